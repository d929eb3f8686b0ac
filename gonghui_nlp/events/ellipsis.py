"""Occasions that leave the verb out: 元旦慰问3户；春节8户；中秋节5户 are three visits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from gonghui_nlp.events.clauses import Clause, Word
from gonghui_nlp.events.features import Numbers
from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.schema import Date

NEAR = 4  # characters between the occasion and its number
LONGEST = 16  # characters of such a clause


def completed(
    clauses: Sequence[Clause], kept: Sequence[Mention], dates: Sequence[Date], numbers: Numbers
) -> list[Mention]:
    """The events with those that repeat the verb of the one before without saying it, left to right.

    A clause does when it opens with an occasion and its number and holds no word that names an activity, behind an
    event whose sentence opens with an occasion too.
    """
    if not kept:
        return []
    found: list[Mention] = []
    starts = [date.start for date in dates]
    of: dict[int, list[Mention]] = {}  # by where their clauses begin
    for mention in kept:
        of.setdefault(mention.clause.start, []).append(mention)
    told: Mention | None = None  # the last event, where its sentence opens with an occasion
    for clause in clauses:
        mine = of.get(clause.start, [])
        # Without a word that names an activity whatever the tagger saw here is the verb that is left out.
        again = None if told is None or clause.triggered else _again(told, clause, dates, starts, numbers)
        if again is not None:
            found.append(again)
        elif mine:
            found += mine
            told = mine[-1] if _opening(clause.sentence, dates, starts) else None
    return found


def _again(
    told: Mention, clause: Clause, dates: Sequence[Date], starts: Sequence[int], numbers: Numbers
) -> Mention | None:
    """The event told before once more, on the occasion that opens a clause and for the number behind it."""
    date = _opening(clause.start, dates, starts) if clause.end - clause.start <= LONGEST else None
    edge = None if date is None else _number(date.end, clause.end, numbers)
    if date is None or edge is None:
        return None
    word = Word(date.end, edge, told.head.entry)
    return replace(told, start=clause.start, end=edge, head=word, words=(word,), clause=clause, quotes=())


def _opening(at: int, dates: Sequence[Date], starts: Sequence[int]) -> Date | None:
    """The date that stands right here."""
    i = bisect_left(starts, at)
    return dates[i] if i < len(starts) and starts[i] - at <= 1 else None


def _number(at: int, limit: int, numbers: Numbers) -> int | None:
    """The end of a clause in which a number of people, things or money follows an occasion closely; else None."""
    for listed in numbers[:3]:
        i = bisect_left(listed, at)
        if i < len(listed) and listed[i] - at <= NEAR and listed[i] < limit:
            return limit
    return None
