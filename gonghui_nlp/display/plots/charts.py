"""Bars: activities by month, sums by purpose, shares of the functions, heads by kind of unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gonghui_nlp.display.plots.canvas import (
    COLOURS,
    GREY,
    canvas,
    code,
    counted,
    finish,
    language_or_spoken,
    legend,
    need,
    nothing,
)
from gonghui_nlp.errors import InputError
from gonghui_nlp.functions.profiles import NONE
from gonghui_nlp.schema import FUNCTIONS
from gonghui_nlp.tables.units import unit_kind
from gonghui_nlp.words import Language, word

if TYPE_CHECKING:
    import pandas as pd

_REST = "rest"
_DWARFS = 200
_ACTIVITIES = "the table `activities`"


def events_by_month(activities: pd.DataFrame, *, types: int = 6, language: Language | None = None) -> Any:
    """Activities by the month of their date, stacked by type: the ``types`` most frequent, the rest together.

    Returns a figure. Copies count once, plans do not; how many tell no month is written under it. The table of events
    is read as well.

    Raises:
        InputError: a column of ``activities`` is missing.

    >>> import gonghui_nlp as gh
    >>> tables = gh.to_frames(gh.analyze("2021年度工会工作总结\\n3月8日，组织女教工登山，26名教师参加。"))
    >>> events_by_month(tables.activities(), language="en").axes[0].get_title(loc="left")
    'Activities by month'
    """
    language = language_or_spoken(language)
    need(activities, ("date", "type"), _ACTIVITIES)
    frame = counted(activities)
    # In the table of events ``date`` holds the words of the text, which tell no month: the picture would be empty.
    dates = frame["date_value" if "date_value" in frame else "date"]
    month = dates.astype("string").str.extract(r"^.{4}-(\d\d)", expand=False)
    shown = frame.assign(month=month)[month.notna()]
    if shown.empty:
        return nothing(language)
    order = shown["type"].value_counts()
    ranked = sorted(order.index, key=lambda t: (-order[t], t))
    kept = ranked if len(ranked) <= types + 1 else ranked[:types]
    by = shown["type"].where(shown["type"].isin(kept), _REST)
    table = shown.groupby([shown["month"].astype(int), by]).size().unstack(fill_value=0)
    table = table.reindex(index=range(1, 13), columns=[*kept, *([_REST] if _REST in table else [])], fill_value=0)
    names = [word("plot.rest", language) if t == _REST else code("type", t, language) for t in table]
    figure, axes = canvas(8, 3.6)
    _stack(axes, table, names, [GREY if t == _REST else COLOURS[i % len(COLOURS)] for i, t in enumerate(table)])
    axes.set_xticks(range(12), [str(m) for m in table.index])
    axes.set_xlabel(word("plot.month", language))
    axes.set_ylabel(word("plot.activities", language))
    axes.yaxis.get_major_locator().set_params(integer=True)
    legend(axes)
    note = word("plot.months_note", language, shown=len(shown), left=len(frame) - len(shown))
    return finish(figure, axes, word("plot.months", language), note)


def sums_by_purpose(amounts: pd.DataFrame, *, language: Language | None = None) -> Any:
    """The yuan of each purpose, with the number of sums behind it; from the table ``amounts`` or ``activities``.

    Returns a figure. Sums for each person, other currencies and what copies tell again are left out, and plans where
    the frame has a column ``status``; how many sums lost their number is written under it.

    Raises:
        InputError: a column is missing.
    """
    language = language_or_spoken(language)
    value = "yuan" if "yuan" in amounts else "value"
    need(amounts, (value, "purpose"), "the table `amounts` or `activities`")
    frame = counted(amounts)
    for column, wanted in (("per", "total"), ("currency", "CNY")):
        if column in frame:
            frame = frame[frame[column] == wanted]
    lost = frame["masked"].astype("boolean").fillna(False).sum() if "masked" in frame else 0
    shown = frame[frame[value].notna() & frame["purpose"].notna()]
    if shown.empty:
        return nothing(language)
    table = shown.groupby("purpose")[value].agg(["sum", "size"]).sort_values("sum")
    unit, each = ("plot.ten_thousand", 10_000) if table["sum"].max() >= 100_000 else ("plot.yuan", 1)
    sums = [float(s) / each for s in table["sum"]]
    figure, axes = canvas(7, 1.2 + 0.38 * len(table))
    told = [f"{s:,.4g}" if s < 1000 else f"{s:,.0f}" for s in sums]
    told = [f"{said} (n = {n})" for said, n in zip(told, table["size"], strict=True)]
    _lengths(axes, [code("purpose", p, language) for p in table.index], sums, told)
    axes.set_xlabel(word(unit, language))
    note = word("plot.sums_note", language, shown=len(shown), left=int(lost))
    return finish(figure, axes, word("plot.sums", language), note)


def function_profiles(shares: pd.DataFrame, *, language: Language | None = None) -> Any:
    """A stacked bar a row of :func:`gonghui_nlp.functions.profiles`: by year, unit, or what the rows are.

    Returns a figure; under each bar stands how many paragraphs it is made of.

    Raises:
        InputError: the frame has no shares.
    """
    language = language_or_spoken(language)
    labels = [c for c in shares.columns if c != "paragraphs"]
    if not labels or not all(shares[c].dtype.kind == "f" for c in labels):
        raise InputError("the frame holds no shares; give what gonghui_nlp.functions.profiles returns")
    if shares.empty:
        return nothing(language)
    own = [c for c in labels if c not in (*FUNCTIONS, NONE)]
    colours = dict(zip([*FUNCTIONS, *own], [COLOURS[i % len(COLOURS)] for i in range(len(labels) + 4)], strict=False))
    names = [word("plot.none", language) if c == NONE else code("function", c, language) for c in labels]
    figure, axes = canvas(max(4.5, 0.62 * len(shares) + 2.2), 3.6)
    _stack(axes, shares[labels], names, [GREY if c == NONE else colours[c] for c in labels])
    count = shares["paragraphs"] if "paragraphs" in shares else [None] * len(shares)
    ticks = [_group(g) + (f"\n({n})" if n is not None else "") for g, n in zip(shares.index, count, strict=True)]
    long = max(len(t.split("\n")[0]) for t in ticks) > 6
    axes.set_xticks(range(len(ticks)), ticks, rotation=45 if long else 0, ha="right" if long else "center", fontsize=9)
    axes.set_ylim(0, 1)
    axes.yaxis.set_major_formatter("{x:.0%}")
    axes.set_ylabel(word("plot.share", language))
    legend(axes)
    note = word("plot.profiles_note", language) if "paragraphs" in shares else ""
    return finish(figure, axes, word("plot.profiles", language), note)


def heads_by_unit_kind(activities: pd.DataFrame, *, language: Language | None = None) -> Any:
    """How many people activities had, added up by the kind of unit; a column ``unit_kind`` of one's own goes first.

    Returns a figure. Without that column the kinds are told from the names in ``unit``
    (:func:`gonghui_nlp.tables.units.unit_kind`). Who came twice is counted twice.

    Raises:
        InputError: a column of ``activities`` is missing.
    """
    language = language_or_spoken(language)
    need(activities, ("heads", *(() if "unit_kind" in activities else ("unit",))), _ACTIVITIES)
    frame = counted(activities)
    kinds = frame["unit_kind"] if "unit_kind" in frame else frame["unit"].map(unit_kind)
    shown = frame.assign(unit_kind=kinds.where(kinds.notna(), "unknown"))[frame["heads"].notna()]
    if shown.empty:
        return nothing(language)
    table = shown.groupby("unit_kind")["heads"].agg(["sum", "size"]).sort_values("sum")
    figure, axes = canvas(7, 1.2 + 0.38 * len(table))
    names = [word("plot.unknown", language) if k == "unknown" else code("unit_kind", k, language) for k in table.index]
    told = [
        word("plot.of_activities", language, heads=f"{float(s):,.0f}", count=int(n))
        for s, n in zip(table["sum"], table["size"], strict=True)
    ]
    _lengths(axes, names, [float(s) for s in table["sum"]], told)
    axes.set_xlabel(word("plot.head", language))
    return finish(figure, axes, word("plot.heads", language), word("plot.heads_note", language, shown=len(shown)))


def _stack(axes: Any, table: pd.DataFrame, names: list[str], colours: list[str]) -> None:
    """A bar a row, its columns on top of each other."""
    below = [0.0] * len(table)
    for column, name, colour in zip(table, names, colours, strict=True):
        heights = [float(v) for v in table[column]]
        axes.bar(range(len(table)), heights, 0.75, bottom=below, label=name, color=colour)
        below = [b + h for b, h in zip(below, heights, strict=True)]


def _lengths(axes: Any, names: list[str], values: list[float], told: list[str]) -> None:
    """A bar a name; where one would dwarf the others, dots on a scale of powers, on which a length would say nothing."""
    some = [v for v in values if v > 0]
    if some and max(some) > _DWARFS * min(some):
        axes.scatter(values, names, color=COLOURS[0], zorder=2)
        axes.set_xscale("log")
        axes.grid(axis="x", color="#E5E5E5")
        axes.set_xlim(min(some) / 2, max(some) * 30)
    else:
        axes.barh(names, values, color=COLOURS[0])
        axes.margins(x=0.28)
    for name, value, words in zip(names, values, told, strict=True):
        axes.annotate(words, (value, name), (6, 0), textcoords="offset points", va="center", fontsize=9)


def _group(value: object) -> str:
    """The name of a group: a year is a whole number."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
