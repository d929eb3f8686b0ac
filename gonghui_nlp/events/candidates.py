"""Every mention of a passage with its features: what the scorer decides about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from gonghui_nlp.events import filters
from gonghui_nlp.events.belief import Belief
from gonghui_nlp.events.class_features import of_candidate
from gonghui_nlp.events.clauses import Clause, Place, clauses, places
from gonghui_nlp.events.features import ANCHORS, Numbers, Rival, features
from gonghui_nlp.events.mentions import Mention, mentions
from gonghui_nlp.events.pairs import Array
from gonghui_nlp.events.passages import Passage, Quantities
from gonghui_nlp.events.type_rules import kind
from gonghui_nlp.events.word_classes import WordClasses
from gonghui_nlp.resources import patterns

_year = patterns.pattern("events", "year_or_term")


LONGEST_TITLE = 22  # a longer one is a sentence that tells what was done

_calls_words = patterns.charset("events", "calling_verb")


def starts_of(quantities: Quantities) -> Numbers:
    """The sorted starts of headcounts, amounts, counts (no rates, no durations) and dates finer than a year."""
    return (
        [q.start for q in quantities.headcounts],
        [q.start for q in quantities.amounts],
        [q.start for q in quantities.counts if q.kind == "count"],
        [q.start for q in quantities.dates if not _year().fullmatch(q.text)],
    )


def _calls(mention: Mention) -> bool:
    """True for people called together at the end of a clause, without what for."""
    return mention.word in _calls_words() and not mention.quotes and mention.end - mention.start < 25


def _run_in(passage: Passage) -> int:
    """Where the body begins behind a title that opens the paragraph: 开展关爱行动。走访…"""
    start = passage.start
    for a, b in passage.heading_spans:
        if a >= passage.start and b + 4 < passage.end and b - a <= LONGEST_TITLE and b > start:
            start = b
    return start


def candidates(text: str, passage: Passage, where: list[Place] | None = None) -> tuple[list[Clause], list[Rival]]:
    """The clauses of a passage, and every mention in them with the one before it, left to right.

    ``where`` are the places of the whole text.
    """
    found = clauses(text, passage.start, passage.end, where)
    rivals: list[Rival] = []
    before: Mention | None = None
    waiting: Mention | None = None  # 组织全体青年教师， whose activity stands in the next clause
    titled = _run_in(passage)
    for clause in found:
        own: list[Mention] = []
        if clause.triggered and clause.start >= titled:
            own = [mention for mention in mentions(text, clause) if not filters.FILTERS.hold(text, mention)]
        if waiting is not None:
            _take_up(waiting, own)
            waiting = None
        if own and clause.stop == "，" and _calls(own[-1]):
            waiting = own.pop()
        for mention in own:
            mention = mention.typed(*kind(text, mention, passage))
            rivals.append((mention, passage, before))
            before = mention
    return found, rivals


def _take_up(waiting: Mention, own: list[Mention]) -> None:
    """People called together in the clause before belong to the activity this one opens with; else they stand alone."""
    if own and own[0].words[0].entry.role != "noun":
        own[0] = replace(own[0], start=waiting.start, words=(waiting.words[0], *own[0].words))
    else:
        own.insert(0, waiting)


def joined(text: str, passage: Passage, rivals: Sequence[Rival], unlisted: Sequence[Mention]) -> list[Rival]:
    """The rivals with the candidates no word list holds among them, each again with the one before it."""
    if not unlisted:
        return list(rivals)
    new = [mention.typed(*kind(text, mention, passage)) for mention in unlisted]
    found: list[Rival] = []
    before: Mention | None = None
    for mention in sorted([*(mention for mention, _, _ in rivals), *new], key=lambda m: (m.start, m.end)):
        found.append((mention, passage, before))
        before = mention
    return found


class Reading(NamedTuple):
    """The candidates of some passages: clauses and rivals a passage, for each rival what is evidence for it, and the words."""

    clauses: list[list[Clause]]
    rivals: list[list[Rival]]
    named: list[list[str]]
    classes: WordClasses


def read(text: str, passages: Sequence[Passage], numbers: Numbers, belief: Belief, points: Array) -> Reading:
    """Every candidate of the passages, of the word lists and of the tagger, with its named features."""
    where, classes = places(text, points), belief.classes
    clauses_of, rivals_of = [], []
    for which, passage in enumerate(passages):
        found, rivals = candidates(text, passage, where)
        clauses_of.append(found)
        seen = belief.unlisted(text, which, found, [mention for mention, _, _ in rivals])
        rivals_of.append(joined(text, passage, rivals, seen))
    named = features(text, [rival for rivals in rivals_of for rival in rivals], numbers, points)
    every = ((which, mention) for which, rivals in enumerate(rivals_of) for mention, _, _ in rivals)
    for (which, mention), names in zip(every, named, strict=True):
        names += belief.names(which, mention, next(filter(ANCHORS.__contains__, names), ""))
        names += of_candidate(mention, classes)
    return Reading(clauses_of, rivals_of, named, classes)
