"""The word lists of this room: classifiers, person nouns, festivals, traps. Each entry carries an example."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from gonghui_nlp.resources import read


def rows(name: str) -> list[list[str]]:
    """The rows of a data file: tab-separated, ``#`` opens a comment line."""
    text = read(f"quantities/{name}")
    return [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]


def any_of(words: list[str] | tuple[str, ...]) -> str:
    """An alternation of literal words, the longest first."""
    return "|".join(re.escape(w) for w in sorted(set(words), key=len, reverse=True))


def by_first(words: dict[str, str], size: int = 6) -> str:
    """The patterns of words, the longest first, behind look-aheads for a few first characters each.

    Most words are then never tried, which makes a long alternation several times as fast.
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        groups.setdefault(word[0], []).append(words[word])
    firsts = sorted(groups)
    parts = [firsts[i : i + size] for i in range(0, len(firsts), size)]
    return "|".join(f"(?=[{re.escape(''.join(p))}])(?:{'|'.join(w for c in p for w in groups[c])})" for p in parts)


@dataclass(frozen=True, slots=True)
class Classifier:
    """A classifier of things or occasions.

    ``one`` says when 一 before it counts: ``y`` before a concrete noun, ``e`` before an event, ``f`` as a
    frequency, ``n`` never; ``b`` counts at the end of a clause only, whatever the number. ``lost`` are nouns beside which a bare classifier is a number that was deleted,
    ``never`` what may not follow it (an alternation).
    """

    word: str
    example: str
    one: str
    lost: tuple[str, ...]
    never: str


@dataclass(frozen=True, slots=True)
class Festival:
    """A festival; ``day`` is its MM-DD or empty, ``form`` how it must be written to be one (see the data file)."""

    name: str
    day: str
    form: str
    example: str
    not_after: str
    not_before: str


@lru_cache(maxsize=1)
def classifiers() -> dict[str, Classifier]:
    """All classifiers by word."""
    return {
        word: Classifier(word, example, one, tuple(lost.split()), never)
        for word, example, one, lost, never in rows("classifiers.tsv")
    }


@lru_cache(maxsize=1)
def festivals() -> dict[str, Festival]:
    """All festivals by name."""
    return {r[0]: Festival(*r) for r in rows("festivals.tsv")}


@lru_cache(maxsize=1)
def person_nouns() -> tuple[str, ...]:
    """Nouns that name people."""
    return tuple(r[0] for r in rows("person_nouns.tsv"))
