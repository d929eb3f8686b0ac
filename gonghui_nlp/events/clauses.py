"""Cutting a passage into sentences and clauses, and finding the trigger words in them, in one pass."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from .lexicon import Trigger, lookalikes, triggers


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
_COMMA, _STOP, _OPEN = "，：", "。！？；\n", '“《‘【\\"'


# A text without stops, or of nothing but trigger words, is cut at these bounds, so that what looks back into
# the clause or the sentence stays linear; no sentence of a real text is this long.
LONGEST_CLAUSE, MOST_WORDS, LONGEST_SENTENCE = 240, 16, 800


class _Scanner(NamedTuple):
    """``places`` finds the characters where a word, a stop or a quotation may begin; ``words`` which ones."""

    places: re.Pattern[str]
    words: dict[str, tuple[tuple[str, Trigger | None], ...]]


@lru_cache(maxsize=1)
def _scanner() -> _Scanner:
    known: dict[str, Trigger | None] = {**dict.fromkeys(lookalikes()), **triggers()}
    by_start: dict[str, list[tuple[str, Trigger | None]]] = {}
    single = {w for w in known if len(w) == 1}
    for word in sorted(known, key=lambda w: (-len(w), w)):
        by_start.setdefault(word[:2], []).append((word, known[word]))
    index = {start: (*words, *((w, known[w]) for w in single if start[0] == w)) for start, words in by_start.items()}
    first = re.escape("".join(sorted({w[0] for w in known} - single)))
    second = re.escape("".join(sorted({w[1] for w in known if len(w) > 1})))
    lone = re.escape(_COMMA + _STOP + _OPEN + "".join(sorted(single)))
    # One character class first: the engine then skips the rest of the text without trying anything.
    places = re.compile(f"[{lone}{first}](?:(?=[{second}])|(?<=[{lone}]))")
    return _Scanner(places, index)


def clauses(text: str, start: int, end: int) -> list[Clause]:
    """The clauses of ``text[start:end]`` in order, each with its trigger words and quoted stretches.

    >>> [text[c.start:c.end] for text in ["召开“爱岗，敬业”座谈会，慰问4人。"] for c in clauses(text, 0, 18)]
    ['召开“爱岗，敬业”座谈会', '慰问4人']
    """
    places, index = _scanner()
    found: list[Clause] = []
    current = Clause(start, end, start)
    behind = start  # nothing may begin inside what was read
    for m in places.finditer(text, start, end):
        at = m.start()
        if at < behind:
            continue
        c = text[at]
        if at - current.start > LONGEST_CLAUSE or len(current.words) >= MOST_WORDS:
            current.end = at
            found.append(current)
            current = Clause(at, end, current.sentence if at - current.sentence < LONGEST_SENTENCE else at)
        if c in _COMMA or c in _STOP:
            current.end, current.stop = at, c
            if at > current.start:
                found.append(current)
            goes_on = c in _COMMA and at - current.sentence < LONGEST_SENTENCE
            current = Clause(at + 1, end, current.sentence if goes_on else at + 1)
        elif c in _OPEN:
            quoted = _QUOTED.match(text, at, end)
            if quoted:
                behind = quoted.end()
                current.words.append(Word(at, behind, None))
        else:
            for word, entry in index.get(text[at : at + 2]) or index.get(c, ()):
                if text.startswith(word, at, end):
                    behind = at + len(word)
                    if entry is not None and not _vetoed(text, entry, behind):
                        current.words.append(Word(at, behind, entry))
                        current.triggered = True
                    break
    if end > current.start:
        current.end = end
        found.append(current)
    return found


def _vetoed(text: str, entry: Trigger, end: int) -> bool:
    """True when what follows the word says that it is none: 会议室, 上级组织的."""
    if entry.veto is not None and entry.veto.match(text, end):
        return True
    return entry.role != "noun" and _RELATIVE.match(text, end) is not None
