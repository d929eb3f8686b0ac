"""Cutting a passage into sentences and clauses, and finding the trigger words in them, in one pass."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from .lexicon import Trigger, alternation, lookalikes, triggers


@dataclass(slots=True)
class Word:
    """A trigger word (``entry``) or a quoted stretch (``entry`` is None) in a clause."""

    start: int
    end: int
    entry: Trigger | None

    def word_text(self, text: str) -> str:
        """The word as it stands."""
        return text[self.start : self.end]


@dataclass(slots=True)
class Clause:
    """A stretch between two stops; ``sentence`` is the start of the sentence it stands in."""

    start: int
    end: int
    sentence: int
    stop: str = ""
    words: list[Word] = field(default_factory=list)
    triggered: bool = False


# Quotation marks that never close end with the bound, so that a text of open quotes stays linear.
_QUOTED = (
    "“[^“”\n]{1,40}+”|《[^《》\n]{1,60}+》|‘[^‘’\n]{1,40}+’|【[^【】\n]{1,40}+】"
    r'|\\"[^"\\\n]{1,40}+\\"|"[^"\n]{1,40}+"'
)


# A verb before 的 only describes what follows (上级组织的活动); a document title is what was drawn up (制定的《…》).
_RELATIVE = re.compile("的(?![《“])")


@lru_cache(maxsize=1)
def _scanner() -> tuple[re.Pattern[str], dict[str, Trigger]]:
    known = triggers()
    words = [*known, *lookalikes()]
    first = "".join(sorted({word[0] for word in words}))
    guard = f'(?=[。！？；\n，：“《‘【\\\\"{first}])'
    pattern = f"{guard}(?:({alternation(words)})|([，：])|([。！？；\n])|({_QUOTED}))"
    return re.compile(pattern), known


def clauses(text: str, start: int, end: int) -> list[Clause]:
    """The clauses of ``text[start:end]`` in order, each with its trigger words and quoted stretches.

    >>> [text[c.start:c.end] for text in ["召开“爱岗，敬业”座谈会，慰问4人。"] for c in clauses(text, 0, 18)]
    ['召开“爱岗，敬业”座谈会', '慰问4人']
    """
    pattern, known = _scanner()
    found: list[Clause] = []
    current = Clause(start, end, start)
    for m in pattern.finditer(text, start, end):
        group = m.lastindex
        if group == 1:
            entry = known.get(m[1])
            if (
                entry is not None
                and not (entry.veto and entry.veto.match(text, m.end()))
                and not (entry.role != "noun" and _RELATIVE.match(text, m.end()))
            ):
                current.words.append(Word(m.start(), m.end(), entry))
                current.triggered = True
        elif group == 4:
            current.words.append(Word(m.start(), m.end(), None))
        else:
            at = m.start()
            current.end, current.stop = at, m[0]
            if at > current.start:
                found.append(current)
            current = Clause(at + 1, end, current.sentence if group == 2 else at + 1)
    if current.end > current.start:
        found.append(current)
    return found
