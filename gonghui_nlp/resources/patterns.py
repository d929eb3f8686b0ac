"""Named patterns and word lists: the files in ``<room>/patterns/``, each entry with a name and an example.

A ``[[pattern]]`` is a regular expression over folded text, a ``[[words]]`` a list of words, or of characters where one
string is given. ``{name}`` in a pattern stands for the entry of that name in the same room: the text of a pattern, the
words of a list parted by ``|``, its characters as they are; or for what a module gives by that name (:func:`part`,
:func:`stands_for`): what it makes of a table, the figures of numerals. A pattern's ``counter`` is a near thing that it does not find.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from gonghui_nlp.compiling import compiled
from gonghui_nlp.errors import InputError
from gonghui_nlp.resources.knowledge import current, knowledge, remembered
from gonghui_nlp.resources.loader import Entry

_PART = compiled(r"\{([a-z][a-z_]*)\}")


def pattern(room: str, name: str) -> Callable[[], re.Pattern[str]]:
    """What gives the compiled pattern of a name, by the current Resources; compiled once for each.

    It raises InputError where a user's entry is no regular expression or does not find its example, or ours is taken
    away without another in its place.

    >>> pattern("outline", "promised")().search("现将工作总结及2024年工作计划汇报如下") is not None
    True
    """

    @knowledge
    def made() -> re.Pattern[str]:
        return _compiled(room, _entry(room, name, "pattern"))

    return made


def words(room: str, name: str) -> Callable[[], tuple[str, ...]]:
    """What gives the words of a list in their order, by the current Resources.

    >>> "的" in words("outline", "never_ends")()
    True
    """

    @knowledge
    def listed() -> tuple[str, ...]:
        return tuple(_entry(room, name, "words")["words"])

    return listed


def charset(room: str, name: str) -> Callable[[], frozenset[str]]:
    """What gives the words or characters of a list as a set, by the current Resources.

    >>> "月" in charset("outline", "behind_number")()
    True
    """

    @knowledge
    def listed() -> frozenset[str]:
        return frozenset(_entry(room, name, "words")["words"])

    return listed


def source(room: str, name: str) -> Callable[[], str]:
    """What gives the text of a pattern, its parts filled in, or what stands for a word list in one: for longer patterns.

    >>> "今年" in source("quantities", "deictic")()
    True
    """

    @knowledge
    def text() -> str:
        entry = _named(room).get(name)
        if entry is None:
            raise InputError(
                f"{room}/patterns: no entry {name!r}; give an entry in its place instead of taking it away"
            )
        return expanded(room, entry)

    return text


_given: dict[tuple[str, str], Callable[[], str]] = {}


def part(room: str = "") -> Callable[[Callable[[], str]], Callable[[], str]]:
    """Makes what a function gives a part of patterns, under its name: ``{person}``; of those of all rooms where none is said.

    For what is put together from a table.
    """

    def given(source: Callable[[], str]) -> Callable[[], str]:
        _given[room, source.__name__.lstrip("_")] = source
        return source

    return given


def stands_for(**parts: str) -> None:
    """Parts of the patterns of all rooms that are always the same: the figures that numerals are written with."""
    _given.update({("", name): lambda text=text: text for name, text in parts.items()})  # type: ignore[misc]


def entries(room: str) -> Iterator[Entry]:
    """All entries of a room's files, in order."""
    for file in current().names(f"{room}/patterns"):
        for listed in current().toml(file).values():
            yield from listed


@remembered(16)
def _named(room: str) -> dict[str, Entry]:
    return {entry["name"]: entry for entry in entries(room)}


def _entry(room: str, name: str, kind: str) -> Entry:
    entry = _named(room).get(name)
    if entry is None or kind not in entry:
        raise InputError(f"{room}/patterns: no {kind} {name!r}; give an entry in its place instead of taking it away")
    return entry


def expanded(room: str, entry: Entry) -> str:
    """The text of a pattern with its parts filled in, or what stands for a word list in a pattern."""
    if "words" in entry:
        listed = entry["words"]
        return listed if isinstance(listed, str) else "|".join(listed)

    def filled(m: re.Match[str]) -> str:
        if (named := _named(room).get(m[1])) is not None:
            return expanded(room, named)
        if (given := _given.get((room, m[1])) or _given.get(("", m[1]))) is not None:
            return given()
        raise InputError(f"{entry.where}: no entry {m[1]!r} in {room}/patterns; correct the name")

    return _PART.sub(filled, entry["pattern"])


@part()
def people() -> str:
    """The nouns that name participants, the longest first."""
    listed = [row["word"] for row in current().rows("people.tsv") if "participants" in row["as"].split()]
    return "|".join(sorted(listed, key=lambda word: (-len(word), word)))


def _compiled(room: str, entry: Entry) -> re.Pattern[str]:
    try:
        made = compiled(expanded(room, entry))
    except re.error as error:
        raise InputError(
            f"{entry.where}: {entry['pattern']!r} is no regular expression ({error}); correct it"
        ) from error
    if entry.own and made.search(entry["example"]) is None:
        raise InputError(f"{entry.where}: the example {entry['example']!r} does not show it; give one that does")
    if entry.own and "counter" in entry and made.search(entry["counter"]):
        raise InputError(f"{entry.where}: it finds the counter-example {entry['counter']!r} too; give one it does not")
    return made
