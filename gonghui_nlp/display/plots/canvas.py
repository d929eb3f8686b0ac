"""What every plot shares: the font, an empty figure, words and the columns that a frame must have."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gonghui_nlp.errors import InputError
from gonghui_nlp.words import Language, known, spoken, word

if TYPE_CHECKING:
    import pandas as pd

# Okabe and Ito's colours, which the colour-blind tell apart, and two more.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C6D31", "#6A51A3")
GREY = "#B8B8B8"
_INK = "#333333"


@lru_cache(maxsize=1)
def font() -> str:
    """The name of the font in all plots, made known to matplotlib: for plots of one's own, too.

    Raises:
        InputError: the notebook extra is not installed.

    >>> font()
    'Noto Sans SC'
    """
    try:
        from matplotlib import font_manager
    except ImportError as e:
        raise InputError("plots need matplotlib: pip install 'gonghui-nlp[notebook]'") from e
    # The package is not imported: that would set matplotlib's own settings for everyone.
    spec = find_spec("zhplot")
    if spec is None or not spec.submodule_search_locations:
        raise InputError("plots need the Chinese font of zhplot: pip install 'gonghui-nlp[notebook]'")
    path = Path(spec.submodule_search_locations[0]) / "fonts" / "NotoSansSC-Regular.ttf"
    font_manager.fontManager.addfont(str(path))
    return font_manager.FontProperties(fname=str(path)).get_name()


def canvas(width: float, height: float) -> tuple[Any, Any]:
    """A figure of so many inches, and its axes; pyplot does not know of it, so nothing is shown twice or kept."""
    name = font()
    from gonghui_nlp.display.plots.shown import Shown

    figure = Shown(figsize=(width, height), layout="constrained")
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(colors=_INK, labelfontfamily=name)
    return figure, axes


def finish(figure: Any, axes: Any, title: str, note: str = "") -> Any:
    """The figure with its title and a note under it, and our font on all that is written."""
    axes.set_title(title, loc="left", fontsize=12, color=_INK)
    if note:
        figure.supxlabel(note, x=0.01, ha="left", fontsize=8, color="#666666")
    from matplotlib.text import Text

    for text in figure.findobj(Text):
        text.set_fontfamily(font())
    return figure


def legend(axes: Any, columns: int = 1) -> None:
    """The legend beside the axes, in the order in which bars are stacked."""
    handles, labels = axes.get_legend_handles_labels()
    axes.legend(handles, labels, loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize=9, ncols=columns)


def code(column: str, value: object, language: Language | None) -> str:
    """The words of a coded value; what has none (a label of one's own) is its own word."""
    key = f"value.{column}.{value}"
    return (word(key, language) if known(key) else str(value)).replace("_", " ")


def language_or_spoken(language: Language | None) -> Language:
    """The language that was asked for, else the one spoken; InputError for any other."""
    if language not in ("zh", "en", None):
        raise InputError(f"language is {language!r}; it must be zh, en or None")
    return language or spoken()


def need(frame: pd.DataFrame, names: Iterable[str], table: str) -> None:
    """Raises InputError for a frame that lacks a column."""
    lacking = [name for name in names if name not in getattr(frame, "columns", ())]
    if lacking:
        raise InputError(f"the frame has no column {lacking[0]!r}; give {table}")


def counted(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows to count: what copies tell again and what is only planned is left out, as far as the frame tells."""
    if "counted" in frame:
        frame = frame[frame["counted"].astype("boolean").fillna(True)]
    if "status" in frame:
        frame = frame[frame["status"] != "planned"]
    return frame


def nothing(language: Language) -> Any:
    """A figure that says that there is nothing to draw."""
    figure, axes = canvas(5, 1.5)
    axes.set_axis_off()
    axes.text(0.5, 0.5, word("plot.empty", language), ha="center", va="center", color="#666666")
    return finish(figure, axes, "")
