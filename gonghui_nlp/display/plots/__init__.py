"""Plots of the tables: each takes a frame and returns a matplotlib figure, its words Chinese or English.

They need ``pip install 'gonghui-nlp[notebook]'``. The Chinese font comes with it, so that they look the same on a machine
that has none. A notebook shows the figure; ``figure.savefig("months.pdf")`` writes it. Nothing of matplotlib's own
settings is changed.
"""

from gonghui_nlp.display.plots.canvas import font
from gonghui_nlp.display.plots.charts import events_by_month, function_profiles, heads_by_unit_kind, sums_by_purpose
from gonghui_nlp.display.plots.network import template_network

__all__ = ["events_by_month", "font", "function_profiles", "heads_by_unit_kind", "sums_by_purpose", "template_network"]
