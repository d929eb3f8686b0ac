"""The sheets of the workbook: which columns of which table, joined with what a reader needs beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gonghui_nlp.tables.columns import COLUMNS
from gonghui_nlp.tables.copies import Completed, Row, by_source

Rows = Callable[[Completed], Iterator[Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, the table it is mostly of, its columns, how its rows are had, which columns are summed.

    ``most`` is how many rows it shows at most; all of them are in the tables. ``last`` is the last column on paper:
    those behind it are for filters and for programs.
    """

    name: str
    table: str
    columns: tuple[str, ...]
    rows: Rows
    summed: tuple[str, ...] = ()
    most: int = 1 << 30
    last: str = "source"


def _places(table: str, columns: Sequence[str]) -> list[int]:
    return [COLUMNS[table].index(column) for column in columns]


def _of(table: str, columns: Sequence[str]) -> Rows:
    places = _places(table, columns)
    return lambda completed: ([row[i] for i in places] for row in completed.rows(table))


def _title(document: Row | None, source: str) -> tuple[Any, Any, Any]:
    """Title, unit and year of a document."""
    if document is None:
        return source, "", None
    title, unit, year = (document[i] for i in _places("documents", ("title", "organisation", "year")))
    return " ".join((title or "").split()) or source, " ".join((unit or "").split()), year


def _beside(table: str, columns: Sequence[str]) -> Rows:
    """Rows of numbers with their document and their activity beside them."""
    places = _places(table, columns)
    at_doc, at_event = _places(table, ("doc_id", "event_id"))
    (at_text,) = _places("events", ("text",))

    def rows(completed: Completed) -> Iterator[Sequence[Any]]:
        for found in by_source(completed.rows, ("documents", "events", table)):
            documents = {row[0]: row for row in found["documents"]}
            events = {row[0]: row[at_text] for row in found["events"]}
            for row in found[table]:
                own = [row[i] for i in places]
                title = _title(documents.get(row[at_doc]), row[COLUMNS[table].index("source")])
                yield [*title, *own, events.get(row[at_event], ""), row[COLUMNS[table].index("source")], row[0]]

    return rows


_AMOUNTS = ("text", "value", "approx", "per", "purpose", "currency", "masked", "counted")
_HEADCOUNTS = ("text", "value", "approx", "unit", "who", "masked", "counted", "per")
_DUPLICATES = ("document", "organisation", "year", "keep", "kept", "similarity", "chars", "source", "doc_id")
_CHECK = ("what", "meaning", "message", "document", "text", "source", "issue_id")
# What was found and mended, and needs nobody to look at it; it stands in the table of issues.
MENDED = frozenset(("joined_line", "noise", "false_mark", "fused_mark", "compilation_title"))


def _duplicates(completed: Completed) -> Iterator[Sequence[Any]]:
    """Every document that has copies or is one, those of a group together, the one to keep first."""
    d = {name: i for i, name in enumerate(COLUMNS["documents"])}
    sizes = Counter(row[d["cluster_id"]] for row in completed.rows("documents") if row[d["canonical"]] is False)
    groups: dict[str, list[Row]] = {}
    for row in completed.rows("documents"):
        if row[d["cluster_id"]] in sizes:
            groups.setdefault(row[d["cluster_id"]], []).append(row)
    for group in groups.values():
        yield from _group(group, d)


def _group(group: list[Row], d: dict[str, int]) -> Iterator[Sequence[Any]]:
    """The documents of one group; one of another year or unit is not simply to be dropped."""
    group.sort(key=lambda row: not row[d["canonical"]])
    kept = _title(group[0], group[0][d["source"]])
    for row in group:
        title = _title(row, row[d["source"]])
        own = bool(row[d["canonical"]])
        other = any(a and b and a != b for a, b in zip(title[1:], kept[1:], strict=True))
        keep = "yes" if own else "look" if other else "no"
        similar = None if own else row[d["similarity"]]
        yield [*title, keep, "" if own else kept[0], similar, row[d["chars"]], row[d["source"]], row[0]]


def _check(completed: Completed) -> Iterator[Sequence[Any]]:
    """What somebody should look at: files that could not be read, then the issues that were not mended."""
    status, message = _places("sources", ("status", "message"))
    for row in completed.rows("sources"):
        if row[status] in ("failed", "empty"):
            yield [row[status], row[status], row[message], row[0], "", row[0], ""]
    at_doc, at_code, at_message, at_text = _places("issues", ("doc_id", "code", "message", "text"))
    for found in by_source(completed.rows, ("documents", "issues")):
        documents = {row[0]: row for row in found["documents"]}
        for row in found["issues"]:
            if row[at_code] not in MENDED:
                source = row[COLUMNS["issues"].index("source")]
                title = _title(documents.get(row[at_doc]), source)[0]
                told = (row[at_message], title, row[at_text])
                yield [row[at_code], row[at_code], *told, source, row[0]]


_ACTIVITIES = tuple(
    "document year unit function type status date text participants heads yuan result place organiser name until when"
    " yuan_each headcounts amounts headings counted source line event_id".split()
)
_OVERVIEW = tuple(
    "document unit year kind activities counted heads yuan function_safeguarding function_participation"
    " function_education function_building function_other yuan_aid yuan_donation yuan_spending yuan_award yuan_fee"
    " yuan_other".split()
) + tuple(
    column
    for column in COLUMNS["overview"]
    if column.startswith("type_") or column in ("done", "planned", "routine", "not_summed", "gaps", "issues")
)
_OVERVIEW += ("copy_of", "source", "doc_id")

SHEETS = (
    Sheet("overview", "overview", _OVERVIEW, _of("overview", _OVERVIEW), tuple(
        c for c in _OVERVIEW if c not in ("document", "unit", "year", "kind", "copy_of", "source", "doc_id")
    ), last="yuan_other"),
    Sheet("activities", "activities", _ACTIVITIES, _of("activities", _ACTIVITIES), ("heads", "yuan"), last="organiser"),
    Sheet("amounts", "amounts", ("document", "organisation", "year", *_AMOUNTS, "activity", "source", "amount_id"), _beside("amounts", _AMOUNTS)),
    Sheet("headcounts", "headcounts", ("document", "organisation", "year", *_HEADCOUNTS, "activity", "source", "headcount_id"), _beside("headcounts", _HEADCOUNTS)),
    Sheet("duplicates", "documents", _DUPLICATES, _duplicates, most=100_000),
    Sheet("check", "issues", _CHECK, _check),
)  # fmt: skip
"""The sheets in their order."""
