"""From passages and quantities to events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from gonghui_nlp.events import filters
from gonghui_nlp.events.arguments.choosing import Scale, choose_name, choose_participants, choose_place, choose_result
from gonghui_nlp.events.arguments.groups import GroupFinder, Groups
from gonghui_nlp.events.arguments.organisers import organiser
from gonghui_nlp.events.arguments.timing import date
from gonghui_nlp.events.belief import Belief, believe
from gonghui_nlp.events.candidates import read, starts_of
from gonghui_nlp.events.clauses import Clause
from gonghui_nlp.events.coreference.far import Retellings
from gonghui_nlp.events.coreference.near import one_telling
from gonghui_nlp.events.detection import probabilities
from gonghui_nlp.events.ellipsis import completed
from gonghui_nlp.events.features import Numbers, Rival
from gonghui_nlp.events.linking import link
from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.events.merging import Told, merged
from gonghui_nlp.events.models import Models, shipped
from gonghui_nlp.events.pairs import Array, codes
from gonghui_nlp.events.passages import Passage, Quantities
from gonghui_nlp.events.statuses import Asked, asked, states, tense
from gonghui_nlp.events.typing import types_of
from gonghui_nlp.events.word_classes import WordClasses
from gonghui_nlp.schema import Date, Event, Issue, Span, Status, StatusBy, changed
from gonghui_nlp.schema import within as inside


class _Passage(NamedTuple):
    """A passage with its clauses and the mentions in it that are events of their own."""

    passage: Passage
    clauses: list[Clause]
    told: list[Mention]


class _Around(NamedTuple):
    """What the arguments of the events of a passage are taken from."""

    passage: Passage
    told: list[Mention]
    scale: Scale
    groups: Groups
    dates: Sequence[Date]
    starts: list[int]


class _Likely(NamedTuple):
    """A text in which it is known which candidates of each passage are events, and not yet of which type."""

    clauses: list[list[Clause]]
    told: list[Told]
    classes: WordClasses


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
    numbers = [starts_of(task.quantities) for task in tasks]
    beliefs = believe(zip(points, (task.passages for task in tasks), strict=True), models.tagger)
    likely = [_likely(*each, models, least) for each in zip(tasks, points, numbers, beliefs, strict=True)]
    told = _typed(tasks, likely, numbers, models)
    asking = (question for task, passages in zip(tasks, told, strict=True) for question in _questions(task, passages))
    stated = states(asking, models.status)
    return [
        (_events(task, passages, stated, Scale(models.arguments, each, seen.classes), each, starts), [])
        for task, passages, each, starts, seen in zip(tasks, told, points, numbers, likely, strict=True)
    ]


def _likely(task: Task, points: Array, numbers: Numbers, belief: Belief, models: Models, least: float) -> _Likely:
    """What the candidates of a text are, and which of them the model takes for events."""
    text = task.text
    found = read(text, task.passages, numbers, belief, points)
    rivals = [rival for listed in found.rivals for rival in listed]
    chances = probabilities(text, rivals, found.named, models.events, points)
    judged = zip(rivals, chances, strict=True)
    told: list[Told] = []
    for which, listed in enumerate(found.rivals):
        kept = [
            (rival[0], chance)
            for rival, chance in islice(judged, len(listed))
            if _accepts(text, rival, chance, models, least)
        ]
        told.append(merged(text, which, kept, belief, models.merging))
    return _Likely(found.clauses, told, found.classes)


def _accepts(text: str, rival: Rival, chance: float, models: Models, least: float) -> bool:
    mention, _, _ = rival
    # What no word list holds is asked here what the others were asked before they became candidates.
    return models.events.accepts(mention, chance, least) and not (
        mention.unlisted and filters.FILTERS.hold(text, mention)
    )


def _typed(
    tasks: Sequence[Task], likely: Sequence[_Likely], numbers: Sequence[Numbers], models: Models
) -> list[list[_Passage]]:
    """The passages of each text with the events they tell, which know their types."""
    asked_of = [
        (task.text, mention, each.classes)
        for task, each in zip(tasks, likely, strict=True)
        for listed in each.told
        for mention, _ in listed
    ]
    types = iter(types_of(asked_of, models.types))
    told: list[list[_Passage]] = []
    for task, each, starts in zip(tasks, likely, numbers, strict=True):
        passages: list[_Passage] = []
        for passage, clauses, listed in zip(task.passages, each.clauses, each.told, strict=True):
            kept = [mention.judged(next(types), chance) for mention, chance in listed]
            mine = completed(clauses, one_telling(task.text, kept), task.quantities.dates, starts)
            passages.append(_Passage(passage, clauses, mine))
        told.append(passages)
    return told


def _questions(task: Task, passages: Sequence[_Passage]) -> Iterator[Asked]:
    """For each event of a text what speaks for its status."""
    tenses = _tenses(task.text, task.passages)
    for passage, _, told in passages:
        if told:
            yield from asked(task.text, told, passage, tenses[passage.constituent])


def _events(
    task: Task,
    passages: Sequence[_Passage],
    stated: Iterator[tuple[Status, StatusBy]],
    scale: Scale,
    points: Array,
    numbers: Numbers,
) -> list[Event]:
    text, _, quantities = task
    events: list[Event] = []
    numbered = (quantities.headcounts, quantities.amounts, [q for q in quantities.counts if q.kind == "count"])
    dated = [q.start for q in quantities.dates]
    retellings = Retellings(text)
    finder = GroupFinder(text, points)
    for passage, clauses, told in passages:
        retellings.enter(passage)
        if not told:
            continue
        around = _Around(passage, told, scale, finder.groups(passage.start, passage.end), quantities.dates, dated)
        linked = link(text, clauses, told, numbered, numbers)
        for i, mention in enumerate(told):
            event = _event(text, around, i, linked[i], next(stated))
            first = retellings.first_of(mention, event, passage, events)
            again = None if first is None else events[first].id
            events.append(changed(event, id=f"e{len(events) + 1}", repeats=again))
    return events


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


def _event(text: str, around: _Around, i: int, linked: tuple[list[str], ...], stated: tuple[Status, StatusBy]) -> Event:
    passage, kept, scale, groups, dates, starts = around
    mention = kept[i]
    limit = kept[i + 1].start if i + 1 < len(kept) else passage.end
    before = kept[i - 1] if i else None
    same_sentence = before is not None and before.clause.sentence == mention.clause.sentence
    earlier = before if same_sentence else None
    state, by = stated
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
        name=_span(text, choose_name(text, mention, scale)),
        date=when,
        place=_span(text, choose_place(text, mention, scale, before)),
        organiser=_span(text, organiser(text, mention)),
        participants=_span(text, choose_participants(text, mention, scale, groups, limit, earlier)),
        result=_span(text, choose_result(text, mention, scale, limit)),
        date_ids=() if when is None else tuple(d.id for d in inside(dates, when.start, when.end) if d.end <= when.end),
        headcount_ids=tuple(heads),
        amount_ids=tuple(amounts),
        count_ids=tuple(counts),
        confidence=round(mention.chance, 3),
    )
