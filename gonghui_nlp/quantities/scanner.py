"""The scanner: the master pattern finds where a quantity can be, and the kinds say what it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Container
from dataclasses import dataclass, field, replace
from typing import Any, cast

from gonghui_nlp.compiling import compiled
from gonghui_nlp.quantities import amounts, dates, lost, plausible, shares
from gonghui_nlp.quantities.candidates import DATE_NEXT, master
from gonghui_nlp.quantities.counts import COUNT_KINDS, half
from gonghui_nlp.quantities.edges import Mended
from gonghui_nlp.quantities.found import Measure, Quantities, Quantity
from gonghui_nlp.quantities.headcounts import PEOPLE
from gonghui_nlp.quantities.kinds import ByUnit, reading, ship
from gonghui_nlp.quantities.sightings import nearness_of
from gonghui_nlp.quantities.tails import is_tail, is_tail_of_date
from gonghui_nlp.schema import Amount, Count, Date, Headcount, Issue, RawOffset, ViewOffset, named

for _kind in (amounts.MONEY, shares.RATES, *COUNT_KINDS[:1], PEOPLE, *COUNT_KINDS[1:]):
    ship(_kind)

_MARK = compiled(r"[0-9]{1,2}\.(?=[0-9])")


@dataclass
class _Bins:
    """What was found so far, each kind by itself."""

    amounts: list[Amount[ViewOffset]] = field(default_factory=list)
    headcounts: list[Headcount[ViewOffset]] = field(default_factory=list)
    counts: list[Count[ViewOffset]] = field(default_factory=list)
    dates: list[Date[ViewOffset]] = field(default_factory=list)
    measures: list[Measure[ViewOffset]] = field(default_factory=list)
    congresses: list[tuple[int, int]] = field(default_factory=list)
    lossy: bool = False
    #: Where numbers begin that were masked because they may be the end of others.
    tails: set[int] = field(default_factory=set)

    def add(self, found: Quantity) -> None:
        self._of.get(type(found), self.measures).append(found)
        if found.masked and found.start not in self.tails:
            self.lossy = True

    def __post_init__(self) -> None:
        self._of: dict[type, list[Any]] = {
            Amount: self.amounts,
            Headcount: self.headcounts,
            Count: self.counts,
            Date: self.dates,
        }

    def every(self) -> tuple[list[Any], ...]:
        return self.amounts, self.headcounts, self.counts, self.dates, self.measures


def _number(text: str, m: re.Match[str], bins: _Bins, by_unit: ByUnit) -> Quantity | None:
    raw = m["number"]
    start, end = m.span("number")
    after = text[end : end + 1]
    if (after == " " and text[end + 1 : end + 2] in DATE_NEXT) or after in DATE_NEXT:
        found = _date(text, start, bins) or _after_mark(text, start, raw)
        if found:
            return found
    if text[start - 1 : start] in (" ", "\n") and text[max(0, start - 4) : start].rstrip().endswith("第"):
        return None
    unit_known, record = by_unit(text, raw, start, end)
    record = record if unit_known else amounts.bare(text, start, raw, bins.amounts)
    return _unless_tail(text, start, raw, record, bins) if record and not record.masked else record


def _unless_tail(text: str, start: int, raw: str, record: Quantity, bins: _Bins) -> Quantity:
    """The record, masked where its number may be the end of another."""
    if isinstance(record, Date) or record.start != start or not is_tail(text, start, raw):
        return record
    bins.tails.add(start)
    return replace(record, min=None, max=None, masked=True)


def _date(text: str, start: int, bins: _Bins) -> Date | None:
    if is_tail_of_date(text, start):
        return None
    found = dates.date(text, start)
    if found is None or (found.value or "").startswith("XXXX-XX"):
        last = bins.dates[-1] if bins.dates else None
        return dates.bare_day(text, start, last) or found
    return found


def _after_mark(text: str, start: int, raw: str) -> Date | None:
    """1.2021年3月 is the mark 1. and a date."""
    mark = _MARK.match(raw)
    return dates.date(text, start + mark.end()) if mark else None


def _masked(text: str, m: re.Match[str], bins: _Bins) -> Quantity | None:
    if found := _date(text, m.start(), bins):
        return found
    hit = lost.masked().match(text, m.start())
    record = lost.lost(text, hit) if hit else None
    if record is None:
        return None
    start, approx = nearness_of(text, m.start(), m[0])
    return record if approx is None else replace(record, start=start, text=text[start : record.end], approx=approx)


_READERS: dict[str, Callable[[str, re.Match[str], _Bins], Quantity | None]] = {
    "word": lambda text, m, bins: (
        dates.date(text, m.start()) or dates.bare_xun(text, m.start(), bins.dates[-1] if bins.dates else None)
    ),
    "quote": lambda text, m, bins: dates.date(text, m.start()),
    "festival": lambda text, m, bins: _date(text, m.start(), bins),
    "iso": lambda text, m, bins: _date(text, m.start(), bins),
    "halftime": lambda text, m, bins: half(text, m),
    "halfrate": lambda text, m, bins: shares.half(m),
    "wholerate": lambda text, m, bins: shares.fraction(text, m),
    "title": lambda text, m, bins: Date(m.start(), m.end(), m[0], m[0]),
    "signed": lambda text, m, bins: amounts.signed(text, m),
    "mask": _masked,
}


def _lost(text: str, m: re.Match[str], bins: _Bins) -> Quantity | None:
    return lost.lost(text, m)


def _found(text: str, breaks: Container[int]) -> _Bins:
    bins, done = _Bins(), 0
    search, by_unit = master().search, reading()
    while m := search(text, done):
        kind, done = m.lastgroup or "", m.end()
        found: Quantity | None
        if kind == "number":
            found = _number(text, m, bins, by_unit)
        elif kind == "trap":
            continue
        elif kind == "congress":
            bins.congresses.append(m.span())
            continue
        else:
            found = _READERS.get(kind, _lost)(text, m, bins)
        if found is None:
            continue
        if kind == "quote" and isinstance(found, Date) and m.end() in breaks:
            found = dates.without_quotes(found)
        if isinstance(found, Amount) and text[found.start - 1 : found.start] == "、":
            for earlier in amounts.listed(text, found):
                bins.add(earlier)
        bins.add(found)
        done = max(done, found.end)
    return bins


def _recall(text: str, bins: _Bins) -> None:
    """Adds the lost numbers that only their neighbours betray."""
    everything = sorted((q for kind in bins.every() for q in kind), key=lambda q: q.start)
    for q in lost.more(text, everything, bins.tails):
        bins.add(q)
    for kind in bins.every():
        kind.sort(key=lambda q: q.start)


def scan(text: str, breaks: Collection[int] = ()) -> Quantities[ViewOffset]:
    """All quantities of ``text``, which must be folded already (``View.text``); offsets point into it.

    ``breaks`` are the offsets at which a soft line break was cut out (``view.at(start)`` of the cut): a quotation
    mark in front of one stays outside a festival, as ``“ ⏎ 三八”妇女节`` begins on its own line.
    Never raises on bad text; linear in its length.

    >>> found = scan("看望18名患病教职工，发放慰问金9600元。")
    >>> found.headcounts[0].who.text, found.amounts[0].min, found.amounts[0].purpose
    ('患病教职工', 9600, 'aid')
    """
    mended = Mended(text)
    view = mended.view
    if view is not None:
        breaks = {view.at(RawOffset(b)) for b in breaks}
    bins = _found(mended.text, breaks)
    if bins.lossy:
        _recall(mended.text, bins)
    found = plausible.issues(mended.text, bins.amounts, bins.headcounts, bins.counts, bins.dates, bins.congresses)
    issues = cast("tuple[Issue[ViewOffset], ...]", found)
    if bins.tails:
        issues = tuple(_told(i) if i.start in bins.tails else i for i in issues)
    if view is not None:
        move = mended.mover().moved
        for kind in bins.every():
            kind[:] = map(move, kind)
        issues = tuple(_unreadable(i, mended.unsure) for i in map(move, issues))
    return Quantities(
        named(bins.amounts, "a"),
        named(bins.headcounts, "h"),
        named(bins.counts, "c"),
        named(bins.dates, "d"),
        issues,
        named(bins.measures, "m"),
    )


def _unreadable(issue: Issue[ViewOffset], unsure: list[int]) -> Issue[ViewOffset]:
    """A number that was masked by us is not lost: its neighbour may belong to it."""
    at = bisect_left(unsure, issue.start)
    if at == len(unsure) or unsure[at] >= issue.end:
        return issue
    return _told(issue)


def _told(issue: Issue[ViewOffset]) -> Issue[ViewOffset]:
    if issue.code != "lost_number":
        return issue
    return replace(issue, code="unreadable_number", message="what stands beside the number may belong to it; not read")
