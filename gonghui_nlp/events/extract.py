"""From passages and quantities to events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gonghui_nlp.events import filters
from gonghui_nlp.events.arguments.choosing import Scale, choose_participants, choose_place, choose_result
from gonghui_nlp.events.arguments.groups import GroupFinder, Groups
from gonghui_nlp.events.arguments.organisers import organiser
from gonghui_nlp.events.arguments.people import called
from gonghui_nlp.events.arguments.timing import date
from gonghui_nlp.events.arguments.titles import name
from gonghui_nlp.events.belief import Belief, believe
from gonghui_nlp.events.candidates import read, starts_of
from gonghui_nlp.events.clauses import Clause
from gonghui_nlp.events.coreference.far import Retellings
from gonghui_nlp.events.coreference.near import one_telling
from gonghui_nlp.events.detection import probabilities
from gonghui_nlp.events.features import Numbers
from gonghui_nlp.events.linking import link
from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.events.models import Models, shipped
from gonghui_nlp.events.pairs import Array, codes
from gonghui_nlp.events.passages import Passage, Quantities
from gonghui_nlp.events.statuses import states, tense
from gonghui_nlp.events.typing import types_of
from gonghui_nlp.schema import Date, Event, Issue, Span, Status, StatusBy, changed
from gonghui_nlp.schema import within as inside


class _Passage(NamedTuple):
    """A passage with what the arguments of its events are taken from."""

    passage: Passage
    kept: list[Mention]
    scale: Scale
    groups: Groups
    dates: Sequence[Date]
    starts: list[int]
    stated: list[tuple[Status, StatusBy]]


class Task(NamedTuple):
    """One text to find events in: its body paragraphs and quantities, all in offsets of ``text``."""

    text: str
    passages: Sequence[Passage]
    quantities: Quantities


def extract(
    text: str, passages: Sequence[Passage], quantities: Quantities, models: Models | None = None
) -> tuple[list[Event], list[Issue]]:
    """The events of the passages, sorted by start, and what a reader should know about them.

    All offsets, in and out, are offsets into ``text``. ``models`` are the shipped ones unless given. Bad text never
    raises.
    """
    return extract_many([Task(text, passages, quantities)], models)[0]


def extract_many(
    tasks: Sequence[Task], models: Models | None = None, least: float = 0.0
) -> list[tuple[list[Event], list[Issue]]]:
    """As :func:`extract`, of several texts at once: what looks at single characters then looks at all of them.

    ``least`` leaves out events of a lower confidence.
    """
    models = models or shipped()
    points = [codes(task.text) for task in tasks]
    beliefs = believe(zip(points, (task.passages for task in tasks), strict=True), models.tagger)
    return [
        (_events(task, models, each, belief, least), [])
        for task, each, belief in zip(tasks, points, beliefs, strict=True)
    ]


def _events(task: Task, models: Models, points: Array, belief: Belief, least: float) -> list[Event]:
    text, passages, quantities = task
    events: list[Event] = []
    numbers = starts_of(quantities)
    found, kept = _kept(task, numbers, models, points, belief, least)
    numbered = (quantities.headcounts, quantities.amounts, [q for q in quantities.counts if q.kind == "count"])
    dated = [q.start for q in quantities.dates]
    tenses = _tenses(text, passages)
    retellings = Retellings(text)
    scale, finder = Scale(models.arguments, points), GroupFinder(text, points)
    for passage, clauses, mentions in zip(passages, found, kept, strict=True):
        retellings.enter(passage)
        if not mentions:
            continue
        told = one_telling(text, mentions)
        groups = finder.groups(passage.start, passage.end)
        stated = states(text, told, passage, tenses[passage.constituent], models.status)
        within = _Passage(passage, told, scale, groups, quantities.dates, dated, stated)
        linked = link(text, clauses, told, numbered, numbers)
        for i, mention in enumerate(told):
            event = _event(text, within, i, linked[i])
            first = retellings.first_of(mention, event, passage, events)
            again = None if first is None else events[first].id
            events.append(changed(event, id=f"e{len(events) + 1}", repeats=again))
    return events


def _kept(
    task: Task, numbers: Numbers, models: Models, points: Array, belief: Belief, least: float
) -> tuple[list[list[Clause]], list[list[Mention]]]:
    """For each passage its clauses, and the mentions that the models take for events, with what they say of each."""
    text = task.text
    found = read(text, task.passages, numbers, belief, points)
    rivals = [rival for listed in found.rivals for rival in listed]
    chances = probabilities(text, rivals, found.named, models.events, points)
    # What no word list holds is asked here what the others were asked before they became candidates.
    accepted = [
        models.events.accepts(mention, chance, least) and not (mention.unlisted and filters.FILTERS.hold(text, mention))
        for (mention, _, _), chance in zip(rivals, chances, strict=True)
    ]
    likely = [(rival[0], chance) for rival, chance, yes in zip(rivals, chances, accepted, strict=True) if yes]
    types = types_of(text, [mention for mention, _ in likely], models.types)
    judged = iter([m.judged(type_, chance) for (m, chance), type_ in zip(likely, types, strict=True)])
    over = iter(accepted)
    kept = [[next(judged) for _ in listed if next(over)] for listed in found.rivals]
    return found.clauses, kept


def _tenses(text: str, passages: Sequence[Passage]) -> dict[int, tuple[str, ...]]:
    """How each document tells what it tells, by its number."""
    bounds: dict[int, tuple[int, int]] = {}
    for p in passages:
        start, end = bounds.get(p.constituent, (p.start, p.end))
        bounds[p.constituent] = min(start, p.start), max(end, p.end)
    return {number: tense(text[start:end]) for number, (start, end) in bounds.items()}


def _span(text: str, stretch: tuple[int, int] | None) -> Span | None:
    if stretch is None:
        return None
    start, end = stretch
    return Span(start, end, text[start:end])


def _event(text: str, within: _Passage, i: int, linked: tuple[list[str], ...]) -> Event:
    passage, kept, scale, groups, dates, starts, stated = within
    mention = kept[i]
    limit = kept[i + 1].start if i + 1 < len(kept) else passage.end
    before = kept[i - 1] if i else None
    same_sentence = before is not None and before.clause.sentence == mention.clause.sentence
    caller = called(text, before) if before is not None and same_sentence else None
    state, by = stated[i]
    heads, amounts, counts = linked
    word = mention.head
    when = date(text, mention, passage, dates, starts)
    return Event(
        mention.start,
        mention.end,
        text[mention.start : mention.end],
        trigger=Span(word.start, word.end, mention.word),
        type=mention.type,
        status=state,
        status_by=by,
        name=_span(text, name(text, mention)),
        date=when,
        place=_span(text, choose_place(text, mention, scale, before)),
        organiser=_span(text, organiser(text, mention)),
        participants=_span(text, choose_participants(text, mention, scale, groups, limit, caller)),
        result=_span(text, choose_result(text, mention, scale, limit)),
        date_ids=() if when is None else tuple(d.id for d in inside(dates, when.start, when.end) if d.end <= when.end),
        headcount_ids=tuple(heads),
        amount_ids=tuple(amounts),
        count_ids=tuple(counts),
        confidence=round(mention.chance, 3),
    )
