"""From passages and quantities to events."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ..model import Amount, Count, Date, Event, Headcount, Issue, Span
from . import arguments
from .candidates import candidates, starts_of
from .clauses import Clause
from .eventhood import Numbers, probability, weights
from .nuclei import Nucleus
from .passages import Passage, Quantities
from .status import month_heading, status
from .telling import one_telling

THRESHOLD = 0.5
_TIME = re.compile(
    "每(?:年|月|周|季度|学期|学年|[一两二三]个?[月周年])(?:期?初|末)?|每位[^，。]{1,6}生日来临之际|一年来|本学期|今年|本年度|本期|年初|(?:开学|学期)初|一年(?=[^，。]{0,4}召开一次)"
)
_GOES_ON = re.compile("共|本次|这次|此次|参加|参赛|其中|收到|用于|投入|累计|征集|涉及|[（(]|活动")


def extract(text: str, passages: Sequence[Passage], quantities: Quantities) -> tuple[list[Event], list[Issue]]:
    """The events of the passages, sorted by start, and what a reader should know about them.

    All offsets, in and out, are offsets into ``text``. Bad text never raises.
    """
    events: list[Event] = []
    numbers = starts_of(quantities)
    dated = [q.start for q in quantities.dates]
    counts = [q for q in quantities.counts if q.kind == "count"]
    table = weights()
    for passage in passages:
        found, rivals = candidates(text, passage, numbers)
        kept: list[Nucleus] = []
        for nucleus, names in rivals:
            nucleus.score = probability(names, table)
            if nucleus.score >= THRESHOLD:
                kept.append(nucleus)
        kept = one_telling(text, kept)
        if kept:
            linked = _link(text, found, kept, (quantities.headcounts, quantities.amounts, counts), numbers)
            events.extend(
                _event(text, nucleus, kept, i, passage, quantities.dates, dated, linked[i])
                for i, nucleus in enumerate(kept)
            )
    return events, []


def _link(
    text: str, found: list[Clause], kept: list[Nucleus], kinds: tuple[Sequence[Span], ...], numbers: Numbers
) -> list[tuple[list[Span], ...]]:
    """The quantities of each event: of its own clause, of the clauses behind it, of a sentence that goes on about it."""
    linked: list[tuple[list[Span], ...]] = [([], [], []) for _ in kept]
    starts = [n.start for n in kept]
    where = [c.start for c in found]
    low, high = found[0].start, found[-1].end
    for k, quantity in enumerate(kinds):
        for q in quantity[bisect_left(numbers[k], low) : bisect_left(numbers[k], high)]:
            clause = found[max(0, bisect_right(where, q.start) - 1)]
            i = bisect_right(starts, q.start) - 1
            after = i + 1 if i + 1 < len(kept) else None
            if i >= 0 and (kept[i].clause is clause):
                linked[i][k].append(q)
            elif after is not None and kept[after].clause is clause:
                linked[after][k].append(q)
            elif i >= 0 and kept[i].clause.sentence == clause.sentence:
                linked[i][k].append(q)
            elif after is not None and kept[after].clause.sentence == clause.sentence:
                linked[after][k].append(q)
            elif i >= 0 and _GOES_ON.search(text, clause.sentence, q.start):
                linked[i][k].append(q)
    return linked


def _span(text: str, stretch: tuple[int, int] | None) -> Span | None:
    return Span(*stretch, text[stretch[0] : stretch[1]]) if stretch else None


def _date(text: str, nucleus: Nucleus, passage: Passage, dates: Sequence[Date], starts: list[int]) -> Date | None:
    clause = nucleus.clause
    for low, high in ((clause.start, nucleus.end), (clause.sentence, clause.start)):
        i, j = bisect_left(starts, low), bisect_left(starts, high)
        if i < j:
            return dates[j - 1] if low != clause.start else dates[i]
    times = list(_TIME.finditer(text, clause.sentence, nucleus.end))
    if times:
        m = times[-1]
        return Date(m.start(), m.end(), m[0])
    span = month_heading(passage)
    if span:
        i = bisect_left(starts, span[0])
        if i < len(starts) and starts[i] < span[1]:
            return dates[i]
        return Date(*span, text[span[0] : span[1]])
    return None


def _event(
    text: str,
    nucleus: Nucleus,
    kept: list[Nucleus],
    i: int,
    passage: Passage,
    dates: Sequence[Date],
    starts: list[int],
    linked: tuple[list[Span], ...],
) -> Event:
    limit = kept[i + 1].start if i + 1 < len(kept) else passage.end
    state, by = status(text, nucleus, passage)
    heads, amounts, counts = linked
    return Event(
        nucleus.start,
        nucleus.end,
        text[nucleus.start : nucleus.end],
        trigger=nucleus.head.word_text(text),
        type=nucleus.type,
        status=state,
        status_by=by,
        name=_span(text, arguments.name(text, nucleus)),
        date=_date(text, nucleus, passage, dates, starts),
        place=_span(text, arguments.place(text, nucleus)),
        participants=_span(text, arguments.participants(text, nucleus)),
        result=_span(text, arguments.result(text, nucleus, limit)),
        headcounts=tuple(h for h in heads if isinstance(h, Headcount)),
        amounts=tuple(a for a in amounts if isinstance(a, Amount)),
        counts=tuple(c for c in counts if isinstance(c, Count)),
        confidence=round(nucleus.score, 3),
    )
