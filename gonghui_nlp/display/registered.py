"""Imported for what it does: it registers what a notebook shows for a Document and what it holds."""

from gonghui_nlp.display.cells import clusters, evaluation, event, section, template
from gonghui_nlp.display.page import notebook
from gonghui_nlp.schema import show_as

show_as(notebook)
for kind, cell in (
    ("Event", event),
    ("Section", section),
    ("Evaluation", evaluation),
    ("Clusters", clusters),
    ("Template", template),
):
    show_as(cell, kind)
