"""One row an activity, for people who count and sort: real dates, numbers as numbers, where it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from gonghui_nlp.quantities.dates import possible
from gonghui_nlp.resources import patterns
from gonghui_nlp.schema import Amount, Constituent, Document, Event, Headcount, text_of

Row = tuple[Any, ...]
SEPARATOR = " › "
_LINE_END = re.compile("\r\n|\r|\n")
_next = patterns.pattern("tables", "next_year")
_last = patterns.pattern("tables", "last_year")
_year_named = patterns.pattern("tables", "year_named")
_PARTS = {"Q1": ("01", "03"), "Q2": ("04", "06"), "Q3": ("07", "09"), "Q4": ("10", "12"), "H1": ("01", "06")}
_PARTS["H2"] = ("07", "12")
_as_whole = patterns.pattern("tables", "told_as_whole")


def activity_rows(document: Document) -> Iterator[Row]:
    """The rows of ``activities``, in the order of its columns.

    ``year`` is that of the activity's own date, else the one that its heading or its document names; ``year_from``
    says which. ``date`` and ``until`` are ISO as far as they are known (``2019-03-08``, ``2019-03``), empty without a
    year. ``heads`` and ``yuan`` are the one number linked to the activity, or the whole among several; they are empty
    where several stand side by side, where a range was told or the number was lost: ``headcounts`` and ``amounts`` list them as written.
    """
    source = document.name or "text"
    ends = [m.start() for m in _LINE_END.finditer(document.text)]
    for event in document.activities:
        around, paragraph = document.constituent_of(event), document.paragraph_of(event)
        headings = [h.text.strip() for h in document.headings_of(event)]
        functions = paragraph.functions if paragraph else ()
        year, told_by = _year(event, around, headings)
        begin, until = _dates(event, year)
        heads, money = document.headcounts_of(event), document.amounts_of(event)
        total = _whole(document.text, [a for a in money if a.per == "total" and a.currency == "CNY"], money)
        each = [a for a in money if a.per == "person" and a.currency == "CNY"]
        people = [h for h in heads if h.per == "total"]
        yield (
            (_named(around, source), year, _plain(text_of(around.organisation)) if around else "")
            + (
                SEPARATOR.join(map(_plain, headings)),
                functions[0] if functions else "",
                event.type,
                event.status,
                begin,
            )
            + (text_of(event.place), text_of(event.organiser), text_of(event.participants), text_of(event.name))
            + (_value(_whole(document.text, people, people)), _value(total), text_of(event.result), event.text, True)
            + (source, bisect_right(ends, event.start - 1) + 1, document.full_id(event), until, text_of(event.date))
            + (_value(each[0] if len(each) == 1 else None), total.purpose if total else "")
            + (";".join(h.text for h in heads), ";".join(a.text for a in money), ";".join(functions), told_by)
            + (document.full_id(paragraph) if paragraph else "", document.full_id(around) if around else "")
        )


def _plain(words: str) -> str:
    """Words on one line."""
    return re.sub(r"\s+", " ", words).strip()


def _named(around: Constituent | None, source: str) -> str:
    return (_plain(text_of(around.title)) if around else "") or source


def _year(event: Event, around: Constituent | None, headings: Sequence[str]) -> tuple[int | None, str]:
    """The year of an activity and what says it: ``date``, ``heading``, ``document`` or nothing."""
    own = event.date.value[:4] if event.date and event.date.value else ""
    if own.isdigit():
        return int(own), "date"
    year = around.year if around else None
    if event.status == "planned":
        for heading in reversed(headings):
            if said := _year_named().findall(heading):
                return int(said[-1]), "heading"
    if around is None or year is None:
        return None, ""
    # A plan speaks of its own year, and may call it the next one.
    words = text_of(event.date) + (" ".join(headings) if event.status == "planned" else "")
    if around.kind != "plan" and _next().search(words):
        return year + 1, "date" if _next().search(text_of(event.date)) else "heading"
    if _last().search(text_of(event.date)):
        return year - 1, "date"
    return year, "document"


def _dates(event: Event, year: int | None) -> tuple[str, str]:
    """First and last day, month or year as far as they are known; empty for what has no year or no such day.

    >>> from gonghui_nlp import analyze
    >>> [e.date.value for e in analyze("3月8日至10日，组织女教工登山。").events]
    ['XXXX-03-08/XXXX-03-10']
    """
    value = event.date.value if event.date else None
    if not value:
        return "", ""
    begin, _, until = value.partition("/")
    whole = [_known(part, year) for part in (begin, until or begin)]
    if not all(whole):
        return "", ""
    first, last = whole[0][0], whole[1][1]
    return first, "" if first == last else last


def _known(value: str, year: int | None) -> tuple[str, str]:
    """What a value begins and ends with, its year filled in."""
    if value.startswith("XXXX") and year is not None:
        value = f"{year}{value[4:]}"
    head, _, part = value.partition("-")
    if part in _PARTS and head.isdigit():
        return f"{head}-{_PARTS[part][0]}", f"{head}-{_PARTS[part][1]}"
    return (value, value) if re.fullmatch("[0-9]{4}(-[0-9]{2}){0,2}", value) and possible(value) else ("", "")


def _parts(text: str, linked: Sequence[Amount | Headcount]) -> set[int]:
    """Where the numbers begin that tell a part of one in front of them."""
    parts: set[int] = set()
    ordered = sorted(linked, key=lambda q: q.start)
    for before, q in pairwise(ordered):
        gap = text[before.end : q.start]
        stopped = any(stop in gap for stop in "。；;\n")
        if "其中" in gap or (before.start in parts and not stopped):
            parts.add(q.start)
    return parts


def _whole(text: str, found: Sequence[Any], linked: Sequence[Amount | Headcount]) -> Any:
    """The one number of an activity: the only one, or that which is told as the whole of the others.

    40人参加，其中女职工12人: what stands behind 其中, up to the end of the sentence, is a part of what stands in front.
    """
    parts = _parts(text, linked)
    found = [q for q in found if q.start not in parts]
    linked = [q for q in linked if q.start not in parts]
    if len(linked) == 1:
        return found[0] if found else None
    if len(found) < 2 or any(q.value is None for q in found):
        return None
    largest = max(found, key=lambda q: q.value)
    others = sum(q.value for q in found) - largest.value
    told = _as_whole().search(text, found[0].start - 4 if found[0].start > 4 else 0, found[-1].end)
    return largest if told and abs(others - largest.value) < 0.005 * largest.value else None


def _value(quantity: Any) -> float | None:
    """The number as stated; None for a closed range (三四百人), whose middle nobody ever said."""
    if quantity is None or (None not in (quantity.min, quantity.max) and quantity.min != quantity.max):
        return None
    value: float | None = quantity.value
    return value
