"""Cutting a passage into sentences and clauses, and finding the trigger words in them, in one pass."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from gonghui_nlp.compiling import compiled
from gonghui_nlp.events.pairs import Array, codes
from gonghui_nlp.events.triggers import Trigger, lookalikes, triggers
from gonghui_nlp.resources import knowledge, patterns
from gonghui_nlp.text.keywords import Keywords


@dataclass(slots=True, eq=False)
class Word:
    """A trigger word where it stands."""

    start: int
    end: int
    entry: Trigger


@dataclass(slots=True, eq=False)
class Quotation:
    """A stretch in quotation marks, the marks with it."""

    start: int
    end: int


class Clause:
    """A stretch between two stops; ``sentence`` is the start of the sentence it stands in."""

    __slots__ = ("end", "pieces", "sentence", "start", "stop", "triggered")

    def __init__(self, start: int, end: int, sentence: int) -> None:
        self.start = start
        self.end = end
        self.sentence = sentence
        self.stop = ""
        self.pieces: list[Word | Quotation] = []
        self.triggered = False


# Quotation marks that never close end with the bound, so that a text of open quotes stays linear.
_QUOTED = compiled(
    "“[^“”\n]{1,40}+”|《[^《》\n]{1,60}+》|‘[^‘’\n]{1,40}+’|【[^【】\n]{1,40}+】"
    r'|\\"[^"\\\n]{1,40}+\\"|"[^"\n]{1,40}+"'
)
_relative = patterns.pattern("events", "relative_mark")
_describes = patterns.charset("events", "describing_mark")
_COMMA, _STOP, _OPEN = "，：", "。！？；\n", '“《‘【\\"'


# A text without stops, or of nothing but trigger words, is cut at these bounds, so that what looks back into
# the clause or the sentence stays linear; no sentence of a real text is this long.
LONGEST_CLAUSE, MOST_WORDS, LONGEST_SENTENCE = 240, 16, 800


_COMMA_AT, _STOP_AT, _OPEN_AT = -1, -2, -3


Place = tuple[int, int, int]
"""Where a word, a stop or a quotation stands: its start and end, and the number of the word or what else it is."""


class _Scanner(NamedTuple):
    """The words, what is known of each (None for a lookalike), and what a single character is."""

    words: Keywords
    entries: tuple[Trigger | None, ...]
    single: Array


@knowledge
def _scanner() -> _Scanner:
    known: dict[str, Trigger | None] = {**dict.fromkeys(lookalikes()), **triggers()}
    single = np.zeros(1 << 16, dtype=np.int8)
    for listed, kind in ((_COMMA, _COMMA_AT), (_STOP, _STOP_AT), (_OPEN, _OPEN_AT)):
        single[[ord(c) for c in listed]] = kind
    return _Scanner(Keywords(known), tuple(known.values()), single)


def places(text: str, points: Array | None = None) -> list[Place]:
    """Where words, stops and quotations stand in a text, in order."""
    scanner = _scanner()
    kinds = scanner.single[codes(text) if points is None else points]
    marks = np.flatnonzero(kinds)
    listed = [(at, at + 1, kind) for at, kind in zip(marks.tolist(), kinds[marks].tolist(), strict=True)]
    listed += [(start, end, number) for number, start, end in scanner.words.find(text)]
    listed.sort()
    return listed


class _Reader:
    """Cuts a passage, place by place."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._end = text, end
        self._entries = _scanner().entries
        self._sentence = start
        self.current = Clause(start, end, start)
        self.found: list[Clause] = []

    def bound(self, at: int) -> None:
        """Cut what no real text holds: a clause or a sentence without end."""
        self.current.end = at
        self.found.append(self.current)
        if at - self._sentence >= LONGEST_SENTENCE:
            self._sentence = at
        self.current = Clause(at, self._end, self._sentence)

    def stop(self, at: int, ends_sentence: bool) -> None:
        """A stop closes the clause."""
        current = self.current
        current.end, current.stop = at, self._text[at]
        if at > current.start:
            self.found.append(current)
        if ends_sentence or at - self._sentence >= LONGEST_SENTENCE:
            self._sentence = at + 1
        self.current = Clause(at + 1, self._end, self._sentence)

    def quotation(self, at: int) -> int:
        """Note what is quoted from here on; where it ends."""
        quoted = _QUOTED.match(self._text, at, self._end)
        if quoted is None:
            return at
        self.current.pieces.append(Quotation(at, quoted.end()))
        return quoted.end()

    def word(self, at: int, end: int, number: int) -> int:
        """Note a trigger word; where it ends."""
        entry = self._entries[number]
        if end > self._end:
            return at
        # What may only describe is told from 的 or 率 behind the word; most words have neither.
        if entry is not None and (
            (not entry.veto and self._text[end : end + 1] not in _describes()) or not _vetoed(self._text, entry, end)
        ):
            self.current.pieces.append(Word(at, end, entry))
            self.current.triggered = True
        return end

    def close(self) -> list[Clause]:
        """The clauses, with what is left at the end."""
        if self._end > self.current.start:
            self.current.end = self._end
            self.found.append(self.current)
        return self.found


def clauses(text: str, start: int, end: int, where: list[Place] | None = None) -> list[Clause]:
    """The clauses of ``text[start:end]`` in order, each with its trigger words and quoted stretches.

    ``where`` are the places of the whole text.

    >>> [text[c.start:c.end] for text in ["召开“爱岗，敬业”座谈会，慰问4人。"] for c in clauses(text, 0, 18)]
    ['召开“爱岗，敬业”座谈会', '慰问4人']
    """
    listed = places(text) if where is None else where
    low = bisect_left(listed, (start,))
    high = bisect_left(listed, (end,), low)
    reader = _Reader(text, start, end)
    behind = start  # nothing may begin inside what was read
    for at, edge, kind in listed[low:high]:
        if at < behind:
            continue
        if at - reader.current.start > LONGEST_CLAUSE or len(reader.current.pieces) >= MOST_WORDS:
            reader.bound(at)
        if kind >= 0:
            behind = reader.word(at, edge, kind)
        elif kind == _OPEN_AT:
            behind = reader.quotation(at)
        else:
            reader.stop(at, kind == _STOP_AT)
    return reader.close()


def _vetoed(text: str, entry: Trigger, end: int) -> bool:
    """True when what follows the word says that it is none: 会议室, 上级组织的."""
    if entry.veto and compiled(entry.veto).match(text, end):
        return True
    return entry.role != "noun" and _relative().match(text, end) is not None
