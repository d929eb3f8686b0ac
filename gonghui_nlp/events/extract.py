"""From passages and quantities to events."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple, cast

from gonghui_nlp.events.arguments.choosing import Scale, choose_participants, choose_place, choose_result
from gonghui_nlp.events.arguments.groups import GroupFinder, Groups
from gonghui_nlp.events.arguments.organisers import organiser
from gonghui_nlp.events.arguments.people import called
from gonghui_nlp.events.arguments.timing import date
from gonghui_nlp.events.arguments.titles import name
from gonghui_nlp.events.candidates import candidates, starts_of
from gonghui_nlp.events.clauses import Clause, places
from gonghui_nlp.events.eventhood import probabilities
from gonghui_nlp.events.features import Numbers, features
from gonghui_nlp.events.models import Models, shipped
from gonghui_nlp.events.nuclei import Nucleus
from gonghui_nlp.events.pairs import codes
from gonghui_nlp.events.passages import Passage, Quantities
from gonghui_nlp.events.retelling import Retellings
from gonghui_nlp.events.retyping import retype
from gonghui_nlp.events.status import status
from gonghui_nlp.events.telling import one_telling
from gonghui_nlp.schema import Amount, Count, Date, Event, Headcount, Issue, Span

# Parts of a number already linked, and what there is rather than what was done.
_PART = re.compile("其中|总数|现有|共有.{0,4}(?:教职|职工|会员)|工会委员")
_EFFECT = frozenset("使让令")  # 使一个有150人的工会…: what it led to, not what it held
_GOES_ON = re.compile("共|本次|这次|此次|参加|参赛|其中|收到|用于|投入|累计|征集|涉及|^[（(]|活动|有[近约]?$")


class _Passage(NamedTuple):
    """A passage with what the arguments of its events are taken from."""

    passage: Passage
    kept: list[Nucleus]
    scale: Scale
    groups: Groups
    dates: Sequence[Date]
    starts: list[int]


def extract(
    text: str, passages: Sequence[Passage], quantities: Quantities, models: Models | None = None
) -> tuple[list[Event], list[Issue]]:
    """The events of the passages, sorted by start, and what a reader should know about them.

    All offsets, in and out, are offsets into ``text``. ``models`` are the shipped ones unless given. Bad text never
    raises.
    """
    events: list[Event] = []
    numbers = starts_of(quantities)
    dated = [q.start for q in quantities.dates]
    counts = [q for q in quantities.counts if q.kind == "count"]
    models = models or shipped()
    least = models.events.threshold
    retellings = Retellings(text)
    points = codes(text)
    where = places(text, points)
    read = [candidates(text, passage, where) for passage in passages]
    rivals = [rival for _, listed in read for rival in listed]
    named = features(text, rivals, numbers, points)
    for (nucleus, _, _), score in zip(rivals, probabilities(text, rivals, named, models.events, points), strict=True):
        nucleus.score = score
    retype(text, [n for n, _, _ in rivals if n.score >= least], models.types)
    scale, finder = Scale(models.arguments, points), GroupFinder(text, points)
    for passage, (found, rivals) in zip(passages, read, strict=True):
        retellings.enter(passage)
        kept = [nucleus for nucleus, _, _ in rivals if nucleus.score >= least]
        if kept:
            kept = one_telling(text, kept)
            groups = finder.groups(passage.start, passage.end)
            within = _Passage(passage, kept, scale, groups, quantities.dates, dated)
            linked = _link(text, found, kept, (quantities.headcounts, quantities.amounts, counts), numbers)
            for i, nucleus in enumerate(kept):
                event = _event(text, within, i, linked[i], events[-1] if i else None)
                first = retellings.first_of(nucleus, event, passage, events)
                events.append(event if first is None else replace(event, repeats=first))
    return events, []


def _link(
    text: str, found: list[Clause], kept: list[Nucleus], kinds: tuple[Sequence[Span], ...], numbers: Numbers
) -> list[tuple[list[Span], ...]]:
    """The quantities of each event: of its own clause, of the clauses behind it, of a sentence that goes on about it."""
    linked: list[tuple[list[Span], ...]] = [([], [], []) for _ in kept]
    low, high = found[0].start, found[-1].end
    if not any(bisect_left(n, low) < bisect_left(n, high) for n in numbers[: len(kinds)]):
        return linked
    starts = [n.start for n in kept]
    where = [c.start for c in found]
    for k, quantity in enumerate(kinds):
        for q in quantity[bisect_left(numbers[k], low) : bisect_left(numbers[k], high)]:
            clause = found[max(0, bisect_right(where, q.start) - 1)]
            if _PART.search(text, clause.start, q.start) or text[clause.start] in _EFFECT:
                continue
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
    if stretch is None:
        return None
    start, end = stretch
    return Span(start, end, text[start:end])


def _event(text: str, within: _Passage, i: int, linked: tuple[list[Span], ...], last: Event | None) -> Event:
    passage, kept, scale, groups, dates, starts = within
    nucleus = kept[i]
    limit = kept[i + 1].start if i + 1 < len(kept) else passage.end
    before = kept[i - 1] if i else None
    same_sentence = before is not None and before.clause.sentence == nucleus.clause.sentence
    caller = called(text, before) if before is not None and same_sentence else None
    ahead = same_sentence and last is not None and (last.status, last.status_by) == ("planned", "cue")
    state, by = status(text, nucleus, passage, ahead)
    heads, amounts, counts = linked
    return Event(
        nucleus.start,
        nucleus.end,
        text[nucleus.start : nucleus.end],
        trigger=nucleus.head.word_text(text),
        type=nucleus.type,
        status=state,
        status_by=by,
        name=_span(text, name(text, nucleus)),
        date=date(text, nucleus, passage, dates, starts),
        place=_span(text, choose_place(text, nucleus, scale, before)),
        organiser=_span(text, organiser(text, nucleus)),
        participants=_span(text, choose_participants(text, nucleus, scale, groups, limit, caller)),
        result=_span(text, choose_result(text, nucleus, scale, limit)),
        headcounts=tuple(cast("list[Headcount]", heads)),
        amounts=tuple(cast("list[Amount]", amounts)),
        counts=tuple(cast("list[Count]", counts)),
        confidence=round(nucleus.score, 3),
    )
