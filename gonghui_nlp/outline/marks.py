"""Numbering marks: the table of styles, one scan for the candidates, and what each mark counts to."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import cast

from gonghui_nlp.compiling import compiled
from gonghui_nlp.errors import InputError
from gonghui_nlp.resources import Entry, current, knowledge, patterns, remembered
from gonghui_nlp.schema import Role
from gonghui_nlp.text.numerals import FORMAL_NINE, FORMAL_UNITS, NINE, ZEROS, numeral

CN = f"[{NINE}十百{ZEROS}]{{1,4}}"
HAN = "[\u3400-\u9fff]"
_SEQUENCE = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 99}
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
_BEFORE = {
    "boundary": r"(?<=[。；！？：）”\"\s…])",
    "clause": r"(?<=[。；！？：）”\"\s…，、—])",
    "any": "",
    "fused": r"(?<=[\u3400-\u9fff])(?<![第唯之统专单万惟期周同初高十百零〇○一二三四五六七八九每届号])",
}
_NUMBER = compiled(f"{CN}|[{FORMAL_NINE}{FORMAL_UNITS}]{{1,3}}|\\d+")
# 三八, 五一: two figures name a day; a list counts 十 in between.
_DAY_NAME = compiled(f"[{NINE}]{{2,}}")


@dataclass(frozen=True, slots=True)
class Style:
    """One way to write a mark; marks of one ``family`` form one list."""

    name: str
    family: str
    rank: int
    role: Role
    pattern: str = ""
    where: str = "line"
    before: str = "boundary"
    weak: bool = False
    firm: bool = False
    example: tuple[str, int] = ("", 0)
    counts: tuple[str, ...] = ()
    first: str = ""


PART_TITLE = Style("part_title", "part_title", 0, "part")
"""The style of an unnumbered part title; found by the lexicon of titles, not by a mark."""


HEADINGS = tuple(Style("heading", f"heading{level}", 0, "part") for level in range(1, 10))
"""The styles of a title that its writer set as a heading, by level from 1."""


BRACKETED = Style("bracketed", "bracketed", 3, "part")
"""The style of a title in brackets before its text, 【送温暖】; found by its like in the document."""


@dataclass(slots=True)
class Mark:
    """A candidate: where it stands, what it counts to, and how much it needs a series to be believed.

    ``heading`` is the level of its line where that is set as a heading, else 0.
    """

    start: int
    end: int
    style: Style
    ordinal: int | None
    line: int
    line_end: int
    inline: bool
    found: bool = False
    heading: int = 0

    @property
    def weak(self) -> bool:
        """Whether only a series makes it a mark."""
        return self.style.weak or (self.inline and not self.style.firm)


@knowledge
def styles() -> tuple[Style, ...]:
    """All numbering styles in their order of trial."""
    entries = current().toml("outline/styles.toml")["style"]
    found = tuple(map(_style, entries))
    for entry, style in zip(entries, found, strict=True):
        if entry.own and style.where != "inline":
            _check(entry.where, style, found)
    return found


def _check(where: str, style: Style, among: tuple[Style, ...]) -> None:
    """A user's style reads its own example."""
    text, ordinal = style.example
    m = _alternation(among).match(text + "\n")
    if m is None or m.lastgroup != style.name:
        hint = "correct its pattern, or name in `first` the characters its marks may begin with"
        raise InputError(f"{where}: {style.name!r} does not read its example {text!r}; {hint}")
    if (counted := _count(m[0], style)) != (ordinal or None):
        raise InputError(
            f"{where}: {m[0]!r} counts to {counted}, not to {ordinal}; list what it counts with in `counts`"
        )


_KEYS = frozenset("name family rank role pattern where before weak firm example counts first".split())


def _style(entry: Entry) -> Style:
    if unknown := sorted(entry.keys() - _KEYS):
        raise InputError(f"{entry.where}: unknown key {unknown[0]!r}; known are {', '.join(sorted(_KEYS))}")
    try:
        return _read_style(entry)
    except (KeyError, TypeError, ValueError, re.error) as error:
        wanted = "a style has a name, a pattern (a regular expression) and an example = [text, ordinal]"
        raise InputError(f"{entry.where}: {error}; {wanted}") from error


def _read_style(entry: Entry) -> Style:
    text, ordinal = entry["example"]
    counts = tuple(entry.get("counts", ()))
    pattern = entry["pattern"].replace("{cn}", CN).replace("{d}", r"\d{1,3}").replace("{han}", HAN)
    pattern = pattern.replace("{counts}", f"(?:{'|'.join(map(re.escape, counts))})")
    if entry.own:  # ours are compiled in the alternations, and tested one by one
        compiled(pattern)
    return Style(
        name=entry["name"],
        family=entry.get("family", entry["name"]),
        rank=entry.get("rank", 5),
        role=cast(Role, entry.get("role", "section")),
        pattern=pattern,
        where=entry.get("where", "line"),
        before=entry.get("before", "boundary"),
        weak=entry.get("weak", False),
        firm=entry.get("firm", False),
        example=(text, int(ordinal)),
        counts=counts,
        first=entry.get("first", "") + "".join(word[0] for word in counts),
    )


@knowledge
def by_name() -> dict[str, Style]:
    """The styles by their names."""
    return {s.name: s for s in styles()}


@knowledge
def at_line_start() -> re.Pattern[str]:
    """One alternation of all marks that may open a line; ``lastgroup`` is the style's name."""
    return _alternation(styles())


def _alternation(among: tuple[Style, ...]) -> re.Pattern[str]:
    options = "|".join(f"(?P<{s.name}>{s.pattern})" for s in among if s.where != "inline")
    first = re.escape("".join(s.first for s in among))
    return compiled(f"(?={_with(_begins(), first)})(?:{options})", re.M)


_begins = patterns.source("outline", "mark_begins")
_begins_inside = patterns.source("outline", "mark_begins_inside")
_around = patterns.source("outline", "around_mark")


def _with(characters: str, more: str) -> str:
    """A class of characters with more of them, of a user's styles."""
    return f"{characters.removesuffix(']')}{more}]"


@knowledge
def inside_line() -> re.Pattern[str]:
    """One alternation of all marks that may stand inside a line; ``lastgroup`` is the style's name and the mark.

    A match takes up one character only, the mark's first: matches may lie inside the mark before.
    """
    groups: dict[str, list[str]] = {}
    for s in styles():
        if s.where != "line":
            groups.setdefault(s.before, []).append(f"(?P<{s.name}>{s.pattern})")
    options = "|".join(f"{_BEFORE[before]}(?:{'|'.join(g)})" for before, g in groups.items())
    # Beginning with a class of characters, the scan passes over all others at full speed.
    first = _with(_begins_inside(), re.escape("".join(s.first for s in styles() if s.where != "line")))
    return compiled(f"{first}{_around()}(?<=(?={options}){first})", re.M)


def candidate(m: re.Match[str], line: int, line_end: int, inline: bool) -> Mark:
    """The candidate that a match of one of the two alternations stands for."""
    name = m.lastgroup or ""
    style, length, ordinal = _read(m[name], name)
    start = m.start()
    return Mark(start, start + length, style, ordinal, line, line_end, inline)


@remembered(4096)
def _read(found: str, name: str) -> tuple[Style, int, int | None]:
    """The style of what was found, its length, and what it counts to."""
    shown = found.rstrip(" ")
    style = by_name()[name]
    return style, len(shown), _count(shown, style)


def _count(mark: str, style: Style) -> int | None:
    """What a mark counts to, by the words its style counts with, else by its numerals."""
    for number, word in enumerate(style.counts, 1):
        if word in mark:
            return number
    return ordinal_of(mark.rstrip(" "), style.name)


def ordinal_of(mark: str, style: str) -> int | None:
    """What a mark counts to: ``（三）`` 3, ``⑵`` 2, ``其次，`` 2, ``1.12`` 12; None when it does not say.

    >>> ordinal_of("⑵", "num_paren"), ordinal_of("其次，", "sequence"), ordinal_of("1.12", "decimal")
    (2, 2, 12)
    """
    if style == "lost":
        return None
    if style == "sequence":
        return _SEQUENCE[mark[:2]]
    if style == "letter":
        return ord(mark[0].lower()) - 96
    found = _NUMBER.findall(mark)
    if found and len(found[0]) > 1 and _DAY_NAME.fullmatch(found[0]):
        return None
    if found:
        return numeral(found[-1] if style.startswith("decimal") else found[0])
    if style == "roman" and mark[0].isascii():
        return _ROMAN.get(mark.rstrip("、."))
    value = unicodedata.numeric(mark[0], 0)
    return int(value) if value else None
