"""Cutting a passage into sentences and clauses, and finding the trigger words in them, in one pass."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

import numpy as np

from gonghui_nlp.events.pairs import Array, Pairs, codes
from gonghui_nlp.events.triggers import Trigger, lookalikes, triggers
from gonghui_nlp.resources import knowledge


class Word:
    """A trigger word (``entry``) or a quoted stretch (``entry`` is None) in a clause."""

    __slots__ = ("end", "entry", "start")

    def __init__(self, start: int, end: int, entry: Trigger | None) -> None:
        self.start = start
        self.end = end
        self.entry = entry

    def word_text(self, text: str) -> str:
        """The word as it stands."""
        return text[self.start : self.end]


class Clause:
    """A stretch between two stops; ``sentence`` is the start of the sentence it stands in."""

    __slots__ = ("end", "sentence", "start", "stop", "triggered", "words")

    def __init__(self, start: int, end: int, sentence: int) -> None:
        self.start = start
        self.end = end
        self.sentence = sentence
        self.stop = ""
        self.words: list[Word] = []
        self.triggered = False


# Quotation marks that never close end with the bound, so that a text of open quotes stays linear.
_QUOTED = re.compile(
    "“[^“”\n]{1,40}+”|《[^《》\n]{1,60}+》|‘[^‘’\n]{1,40}+’|【[^【】\n]{1,40}+】"
    r'|\\"[^"\\\n]{1,40}+\\"|"[^"\n]{1,40}+"'
)
# A verb before 的 only describes what follows (上级组织的活动), before 率 it is a rate; a document title is what was
# drawn up (制定的《…》).
_RELATIVE = re.compile("率|的(?![《“])")
_DESCRIBES = frozenset("率的")
_COMMA, _STOP, _OPEN = "，：", "。！？；\n", '“《‘【\\"'


# A text without stops, or of nothing but trigger words, is cut at these bounds, so that what looks back into
# the clause or the sentence stays linear; no sentence of a real text is this long.
LONGEST_CLAUSE, MOST_WORDS, LONGEST_SENTENCE = 240, 16, 800


_IS_COMMA, _IS_STOP, _IS_OPEN, _IS_WORD = 1, 2, 3, 4
Places = tuple[list[int], list[int]]


class _Scanner(NamedTuple):
    """``single`` and ``double`` say what may begin at a character or a known pair; ``words`` which words."""

    pairs: Pairs
    single: Array
    double: Array
    words: dict[str, tuple[tuple[str, Trigger | None], ...]]


@knowledge
def _scanner() -> _Scanner:
    known: dict[str, Trigger | None] = {**dict.fromkeys(lookalikes()), **triggers()}
    by_start: dict[str, list[tuple[str, Trigger | None]]] = {}
    lone = {w for w in known if len(w) == 1}
    for word in sorted(known, key=lambda w: (-len(w), w)):
        by_start.setdefault(word[:2], []).append((word, known[word]))
    index = {start: (*words, *((w, known[w]) for w in lone if start[0] == w)) for start, words in by_start.items()}
    pairs = Pairs(start for start in index if len(start) == 2)
    single, double = np.zeros(1 << 16, dtype=np.uint8), np.full(len(pairs.ids) + 1, _IS_WORD, dtype=np.uint8)
    double[0] = 0
    for listed, kind in ((_COMMA, _IS_COMMA), (_STOP, _IS_STOP), (_OPEN, _IS_OPEN), (lone, _IS_WORD)):
        single[[ord(c) for c in listed]] = kind
    return _Scanner(pairs, single, double, index)


def places(text: str, points: Array | None = None) -> Places:
    """Where a word, a stop or a quotation may begin in a text, in order, and which of them."""
    scanner = _scanner()
    points = codes(text) if points is None else points
    kinds = scanner.single[points] | scanner.double[scanner.pairs.of(points)]
    found = np.flatnonzero(kinds)
    return found.tolist(), kinds[found].tolist()


def clauses(text: str, start: int, end: int, where: Places | None = None) -> list[Clause]:
    """The clauses of ``text[start:end]`` in order, each with its trigger words and quoted stretches.

    ``where`` are the places of the whole text.

    >>> [text[c.start:c.end] for text in ["召开“爱岗，敬业”座谈会，慰问4人。"] for c in clauses(text, 0, 18)]
    ['召开“爱岗，敬业”座谈会', '慰问4人']
    """
    index = _scanner().words
    starts, kinds = places(text) if where is None else where
    low = bisect_left(starts, start)
    high = bisect_left(starts, end, low)
    found: list[Clause] = []
    current = Clause(start, end, start)
    words = current.words
    opened = sentence = start
    behind = start  # nothing may begin inside what was read
    for at, kind in zip(starts[low:high], kinds[low:high], strict=True):
        if at < behind:
            continue
        if at - opened > LONGEST_CLAUSE or len(words) >= MOST_WORDS:
            current.end = at
            found.append(current)
            if at - sentence >= LONGEST_SENTENCE:
                sentence = at
            current = Clause(at, end, sentence)
            words, opened = current.words, at
        if kind == _IS_WORD:
            for word, entry in index.get(text[at : at + 2]) or index[text[at]]:
                if text.startswith(word, at, end):
                    behind = at + len(word)
                    # What may only describe is told from 的 or 率 behind the word; most words have neither.
                    if entry is not None and (
                        (entry.veto is None and text[behind : behind + 1] not in _DESCRIBES)
                        or not _vetoed(text, entry, behind)
                    ):
                        words.append(Word(at, behind, entry))
                        current.triggered = True
                    break
        elif kind == _IS_OPEN:
            quoted = _QUOTED.match(text, at, end)
            if quoted:
                behind = quoted.end()
                words.append(Word(at, behind, None))
        else:
            current.end, current.stop = at, text[at]
            if at > opened:
                found.append(current)
            opened = at + 1
            if kind == _IS_STOP or at - sentence >= LONGEST_SENTENCE:
                sentence = opened
            current = Clause(opened, end, sentence)
            words = current.words
    if end > opened:
        current.end = end
        found.append(current)
    return found


def _vetoed(text: str, entry: Trigger, end: int) -> bool:
    """True when what follows the word says that it is none: 会议室, 上级组织的."""
    if entry.veto is not None and entry.veto.match(text, end):
        return True
    return entry.role != "noun" and _RELATIVE.match(text, end) is not None
