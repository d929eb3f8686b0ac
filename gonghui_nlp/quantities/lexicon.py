"""The word lists of this room: classifiers, person nouns, festivals, traps. Each entry carries an example."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gonghui_nlp.errors import InputError
from gonghui_nlp.resources import Row, current, knowledge, patterns


def rows(name: str) -> list[Row]:
    """The rows of a table of this room, by column."""
    return current().rows(f"quantities/{name}")


def any_of(words: list[str] | tuple[str, ...]) -> str:
    """An alternation of literal words, the longest first."""
    return "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w)))


def by_first(words: dict[str, str]) -> str:
    """The patterns of words, the longest first, each of which begins with its word; one branch for a first character.

    A branch that begins with a character of its own is passed over at once, which makes a long alternation several
    times as fast.
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        groups.setdefault(word[0], []).append(words[word].removeprefix(re.escape(word[0])))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(groups[first])})" for first in sorted(groups))


@dataclass(frozen=True, slots=True)
class Classifier:
    """A classifier of things or occasions.

    ``one`` says when 一 before it counts: ``y`` before a concrete noun, ``e`` before an event, ``f`` as a
    frequency, ``n`` never; ``b`` counts at the end of a clause only, ``k`` beside one of its nouns only, whatever the number. ``lost`` are nouns beside which a bare classifier is a number that was deleted,
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


@knowledge
def classifiers() -> dict[str, Classifier]:
    """All classifiers by word."""
    return {
        row["word"]: Classifier(row["word"], row["example"], row["one"], tuple(row["lost"].split()), row["never"])
        for row in rows("classifiers.tsv")
    }


@knowledge
def festivals() -> dict[str, Festival]:
    """All festivals by name."""
    return {row["name"]: Festival(**row) for row in rows("festivals.tsv")}


def year_in(row: Row, column: str) -> int:
    """The year in a column of a row."""
    if not row[column].isdecimal():
        raise InputError(f"{row.where}: {column} {row[column]} is no year; give one in figures")
    return int(row[column])


@knowledge
def eras() -> dict[str, int]:
    """The year before the first of each era: 民国 1911."""
    return {row["era"]: year_in(row, "before") for row in rows("eras.tsv")}


@knowledge
def person_nouns() -> tuple[str, ...]:
    """Nouns that name people."""
    return tuple(row["word"] for row in current().rows("people.tsv") if "number" in row["as"].split())


@patterns.part("quantities")
def person_words() -> str:
    """Nouns that name people, as an alternation."""
    return any_of(person_nouns())


@patterns.part("quantities")
def first_of_persons() -> str:
    """The characters that they begin with."""
    return "".join(sorted({noun[0] for noun in person_nouns()}))
