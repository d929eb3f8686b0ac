"""The edges of a number: what stands beside it and belongs to it is joined where that is certain, else masked.

Documents that went through a word processor, a PDF or a scanner break numbers: ``38， 460.50元``, ``1 3 6人``,
``2OO元``, ``12.8 万元``. Before anything is read the text is mended: blanks inside a number are left out, letters
become the figures they stand for, and a number that cannot be told from its neighbour (``35/40人``) is masked. So a
number is read whole or not at all, never from its tail.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from gonghui_nlp.compiling import compiled
from gonghui_nlp.resources import knowledge, patterns
from gonghui_nlp.text.numerals import (
    BIG_UNITS,
    FORMAL_NINE,
    FORMAL_UNITS,
    LETTERS,
    LOOKALIKES,
    NINE,
    SMALL_UNITS,
    SPOKEN,
    cardinal,
)
from gonghui_nlp.text.offsets import Mover, View

#: What stands for a number that is not certain, in the mended text: a mask.
UNSURE = "×"
_CN = NINE + "零〇" + SPOKEN + SMALL_UNITS + BIG_UNITS + FORMAL_NINE + FORMAL_UNITS
patterns.stands_for(broken_figures=_CN)
_SCALES = compiled(f"[{SMALL_UNITS}{FORMAL_UNITS}{BIG_UNITS}]")
_FIGURES = str.maketrans(LETTERS | {"○": "0", "〇": "0"} | {k: v for k, v in LOOKALIKES.items() if k not in "参"})
_numbered = patterns.charset("quantities", "numbered_thing")
_YEAR = compiled("(?:19|20)[0-9]{2}")


Settle = Callable[[re.Match[str]], str | None]
"""Says what is read for a match: a text that is no longer, None to leave it as it stands."""


def _opens_line(m: re.Match[str]) -> bool:
    return m.start() > 0 and m.string[m.start() - 1] == "\n"


def _letters(m: re.Match[str]) -> str | None:
    return m[0].translate(_FIGURES)


def _scale(m: re.Match[str]) -> str | None:
    return "千" if m[0] in "kK" else "万"


def _decimal_point(m: re.Match[str]) -> str | None:
    return "."


def _dash(m: re.Match[str]) -> str | None:
    return "-"


def _dashed(m: re.Match[str]) -> str | None:
    return m[0].replace(" ", "-")


def _nought(m: re.Match[str]) -> str | None:
    return "零"


def _bar(m: re.Match[str]) -> str | None:
    """A bar beside a figure is a one or the edge of a cell; a line with two bars is a row."""
    line_start, line_end = m.string.rfind("\n", 0, m.start()) + 1, m.string.find("\n", m.end())
    line = m.string[line_start : line_end if line_end >= 0 else m.end() + 40]
    return None if line.count("|") > 1 and "|" not in m[0][1:] else UNSURE


def _lookalike(m: re.Match[str]) -> str | None:
    return LOOKALIKES[m[0]]


def _groups(m: re.Match[str]) -> str | None:
    """At the start of a line a short first group may be a numbering mark."""
    parts = re.split("[ ,，]+", m[0])
    # $20，300美元 names its currency twice: two sums or one.
    twice = m.string[: m.start()].endswith("$") and m.string.startswith(("美", "欧", "元"), m.end())
    # 6 ，579人 may be two clauses.
    # 500，200，300元 may be three sums.
    sums = "，" in m[0] and len(parts) > 2 and len(parts[0]) == 3 and all(p.endswith("0") for p in parts)
    unsure = sums or twice or " ，" in m[0] or (_opens_line(m) and len(parts[0]) < 3)
    return UNSURE if unsure else "".join(parts)


def _spaced(m: re.Match[str]) -> str | None:
    joined = m[0].replace(" ", "")
    # 表1 5名: the first figure numbers a table.
    numbered = m.start() > 0 and m.string[m.start() - 1] in _numbered()
    return UNSURE if numbered or (_opens_line(m) and len(joined) == 2) else joined


def _apart(m: re.Match[str]) -> str | None:
    """Figures a blank apart that are no groups are one number or two. A year stands by itself."""
    before = m[0].split(" ")[-2]
    return None if _YEAR.fullmatch(before) or "." in before else UNSURE


def _point(m: re.Match[str]) -> str | None:
    """12. 5万元. Where a sentence opens, 1. may be a numbering mark: people and things are then whole numbers."""
    at = m.start()
    if at and m.string[at - 1] not in "\n。；：":
        return m[0].replace(" ", "")
    return UNSURE if m.string[m.end() : m.end() + 2].lstrip(" ")[:1] in tuple("万亿元%") else None


def _oclock(m: re.Match[str]) -> str | None:
    """8点5万元 is a decimal; 9点30人 is a time of day and people, or no number at all."""
    return m[0].replace("点", ".") if m.string[m.end()] in BIG_UNITS else UNSURE


def _chinese(m: re.Match[str]) -> str | None:
    joined = re.sub("[ \n]", "", m[0])
    one = cardinal(joined) is not None and _SCALES.search(joined)
    return joined if one and " " in m[0] and "\n" not in m[0] else UNSURE


def _unsure(m: re.Match[str]) -> str | None:
    return UNSURE


def _blankless(m: re.Match[str]) -> str | None:
    return m[0].replace(" ", "")


def _year_whole(m: re.Match[str]) -> str | None:
    joined = m[0].replace(" ", "")
    return joined if _YEAR.fullmatch(joined) else None


def _month_or_day(m: re.Match[str]) -> str | None:
    """Behind 年, 月 or 至 the figures of a month or a day can only be one; elsewhere the first may be a number by itself."""
    joined = re.sub("[ \n]", "", m[0])
    last = {"月": 12}.get(m.string[m.end() : m.end() + 3].lstrip(" ")[:1], 31)
    value = cardinal(joined)
    anchored = m.start() > 0 and m.string[m.start() - 1] in "年月至到-—~"
    return joined if value and value <= last and (anchored or joined == "10") else UNSURE


def _dotted(m: re.Match[str]) -> str | None:
    """2012.1 0.21 has the form of a date; the day of 2012.10.2 1 is not certain."""
    return re.sub("[ \n]", "", m[0]) if m["whole"] else m["head"] + UNSURE


def _close(m: re.Match[str]) -> str | None:
    return ""


#: The ways in which a number is broken over its neighbours; the pattern of each, with examples, is ``edge_NAME``.
#: One character for another: the text keeps its length.
CHARACTERS: dict[str, Settle] = {
    "formal_three": _lookalike,
    "letters": _letters,
    "scale_letter": _scale,
    "middle_point": _decimal_point,
    "one_dash": _dash,
    "nought": _nought,
}
#: Several characters for fewer.
JOINS: dict[str, Settle] = {
    "bar": _bar,
    "groups": _groups,
    "spaced": _spaced,
    "year": _year_whole,
    "month": _month_or_day,
    "day": _month_or_day,
    "dotted": _dotted,
    "date_blanks": _dashed,
    "date_gap": _close,
    "date_bar": _bar,
    "point": _point,
    "apart": _apart,
    "irregular": _unsure,
    "fraction": _unsure,
    "headless": _unsure,
    "oclock": _oclock,
    "broken_line": _unsure,
    "share_apart": _blankless,
    "share": _close,
    "chinese": _chinese,
    "gap": _close,
    "scaled": _close,
    "range_gap": _close,
    "line": _close,
}
_SETTLE = CHARACTERS | JOINS
_odd = patterns.pattern("quantities", "odd_character")
#: Where a join can be: looked for first, because it is rare.
_hint = patterns.pattern("quantities", "broken_here")
#: How far before and behind such a place its numbers are looked for.
_REACH = 40
_IN_NUMBER = frozenset(f"0123456789-.,，|/:点 \n百分之个成{_CN}")
_BLANKS = compiled("[ \n]*")
_BETWEEN = compiled("[ \n,，]+")


_pieces = {name: patterns.source("quantities", f"edge_{name}") for name in _SETTLE}
_join_begins = patterns.source("quantities", "join_begins")


def _alternation(edges: dict[str, Settle]) -> str:
    return "|".join(f"(?P<{name}>{_pieces[name]()})" for name in edges)


@knowledge
def characters() -> re.Pattern[str]:
    """The characters that stand for others."""
    return compiled(_alternation(CHARACTERS))


@knowledge
def joins() -> re.Pattern[str]:
    """The joins, behind a look-ahead for the characters they begin with."""
    return compiled(f"{_join_begins()}(?:{_alternation(JOINS)})")


class Mended:
    """A text with its broken numbers mended, and the way back to the text's own offsets.

    >>> mended = Mended("投入 12.8 万元")
    >>> mended.text, mended.view.span(3, 9)
    ('投入 12.8万元', (3, 10))
    """

    __slots__ = ("_folded", "text", "unsure", "view")

    def __init__(self, text: str) -> None:
        source = text
        if _odd().search(text):
            text = characters().sub(_settled, text)
        cuts: list[tuple[int, int]] = []
        #: Where a number was masked because it is not certain, in the text's own offsets.
        self.unsure: list[int] = []
        kept, out = 0, []
        for m in _joins(text):
            new = _SETTLE[m.lastgroup or ""](m)
            if new is None or new == m[0] or m.start() < kept:
                continue
            end = m.end()
            if new and new == _BETWEEN.sub("", m[0]):
                # Each blank and comma is cut where it stands, so that a record that ends inside keeps its end.
                cuts += [(m.start() + b.start(), m.start() + b.end()) for b in _BETWEEN.finditer(m[0])]
                continue
            if new == UNSURE:
                self.unsure.append(m.start())
                end = _BLANKS.match(text, end).end()  # type: ignore[union-attr]
            out += [text[kept : m.start()], new.ljust(end - m.start())]
            cuts.append((m.start() + len(new), end))
            kept = end
        if out:
            text = "".join([*out, text[kept:]])
        #: None where nothing was broken.
        self.view = View(source, cuts, text) if cuts or text is not source else None
        self.text = self.view.text if self.view else text
        self._folded = text

    def mover(self) -> Mover:
        """What moves a record of the mended text to the text."""
        assert self.view is not None
        return Mover(self.view, self._folded)


def _joins(text: str) -> Iterator[re.Match[str]]:
    """The joins that hold one of the rare places where a number may be broken, tried from where its figures begin."""
    done, match = 0, joins().match
    for hint in _hint().finditer(text):
        at, stop = hint.span()
        if at < done:
            continue
        first = max(done, at - _REACH)
        while at > first and text[at - 1] in _IN_NUMBER:
            at -= 1
        while at <= stop:
            if m := match(text, at, stop + _REACH):
                yield m
                done = at = max(m.end(), at + 1)
            else:
                at += 1


def _settled(m: re.Match[str]) -> str:
    new = _SETTLE[m.lastgroup or ""](m)
    return m[0] if new is None else new
