"""Automatic numbering: what the number of a list item looks like, in every format that Chinese word processors write."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from gonghui_nlp.resources import patterns
from gonghui_nlp.text.numerals import FORMAL_NINE, NINE

_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_LEGAL_TRADITIONAL = "壹貳參肆伍陸柒捌玖"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")) + (
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
# Behind such an end of a mark writers put no blank.
_CLOSED = "、，。．：；）】］〕》」』，.,:;)]"
_ENOUGH = 5000


def chinese(n: int, nine: str = NINE, units: str = "十百千", zero: str = "零") -> str:
    """A number below ten thousand in Chinese.

    >>> [chinese(n) for n in (3, 10, 12, 20, 105, 1010)]
    ['三', '十', '十二', '二十', '一百零五', '一千零一十']
    """
    if not 0 < n < 10000:
        return str(n)
    out, gap = "", False
    for place in (3, 2, 1, 0):
        figure = n // 10**place % 10
        if not figure:
            gap = bool(out)
            continue
        out += (zero if gap else "") + nine[figure - 1] + (units[place - 1] if place else "")
        gap = False
    return out[1:] if out.startswith(nine[0] + units[0]) and nine == NINE else out


def _digits(n: int, figures: str) -> str:
    return "".join(figures[int(c)] for c in str(n))


def _counting(n: int) -> str:
    """一 to 九十九; beyond, figure by figure, as Word does."""
    return chinese(n) if n < 100 else _digits(n, "○" + NINE)


def _letters(n: int) -> str:
    return chr(97 + (n - 1) % 26) * ((n - 1) // 26 + 1) if 0 < n <= 26 * 20 else str(n)


def _roman(n: int) -> str:
    out = ""
    for value, sign in _ROMAN if 0 < n < 4000 else ():
        while n >= value:
            out += sign
            n -= value
    return out or str(n)


def _from(first: str, count: int) -> Callable[[int], str]:
    return lambda n: chr(ord(first) + n - 1) if 0 < n <= count else str(n)


def _circled(n: int) -> str:
    for first, low, high in (("①", 1, 20), ("㉑", 21, 35), ("㊱", 36, 50)):
        if low <= n <= high:
            return chr(ord(first) + n - low)
    return str(n)


def _of(words: str) -> Callable[[int], str]:
    return lambda n: words[(n - 1) % len(words)] if n > 0 else str(n)


def _legal(nine: str) -> Callable[[int], str]:
    return lambda n: chinese(n, nine, "拾佰仟")


#: What Word calls a format of numbers, and how it writes one. Whatever is not here is written in figures.
FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: _digits(n, "０１２３４５６７８９"),
    "decimalFullWidth2": lambda n: _digits(n, "０１２３４５６７８９"),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _from("⒈", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "numberInDash": lambda n: f"- {n} -",
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "japaneseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": lambda n: _digits(n, "〇" + NINE),
    "taiwaneseDigital": lambda n: _digits(n, "○" + NINE),
    "chineseLegalSimplified": _legal(FORMAL_NINE),
    "ideographLegalTraditional": _legal(_LEGAL_TRADITIONAL),
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "ideographEnclosedCircle": _from("㊀", 10),
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda n: _roman(n).upper(),
    "lowerRoman": _roman,
}
SILENT = frozenset({"none", "bullet"})


def shown(n: int, number_format: str) -> str:
    """A number as a format writes it.

    >>> [shown(12, f) for f in ("chineseCounting", "decimalEnclosedCircle", "ideographTraditional", "upperRoman", "decimal")]
    ['十二', '⑫', '乙', 'XII', '12']
    """
    return FORMATS.get(number_format, str)(n)


@dataclass(slots=True)
class Level:
    """One level of a list: where it begins, how its number is written, the text around it (``第%1章``)."""

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    legal: bool = False  # all numbers in figures
    restart: int | None = None  # begins anew only behind this level (counted from 1); 0: never
    blank: bool = True


@dataclass(slots=True)
class Counter:
    """The numbers of one list as its items come."""

    levels: dict[int, Level]
    now: dict[int, int] = field(default_factory=dict)

    def next(self, at: int, level: Level | None = None, start: int | None = None) -> str:
        """The mark of the next item at a level (from 0); ``start`` makes it begin anew there. Bullets have none."""
        level = level or self.levels.get(at) or Level(text=f"%{at + 1}.")
        # An item below levels that have not begun begins them: 一、 is taken by it, and the next one is 二、.
        for higher in range(at):
            self.now.setdefault(higher, self.levels.get(higher, Level()).start)
        first = level.start if start is None else start
        self.now[at] = first if start is not None or at not in self.now else min(self.now[at] + 1, _ENOUGH * 1000)
        for deeper in [d for d in self.now if d > at]:
            restart = self.levels[deeper].restart if deeper in self.levels else None
            if restart is None or (restart > 0 and at < restart):
                del self.now[deeper]
        return "" if level.number_format in SILENT else self._mark(at, level)

    def _mark(self, at: int, level: Level) -> str:
        mark = level.text
        for n in range(min(at, 8), -1, -1):
            if f"%{n + 1}" not in mark:
                continue
            own = level if n == at else self.levels.get(n, Level())
            value = self.now.get(n, own.start)
            written = (
                "" if own.number_format in SILENT else shown(value, "decimal" if level.legal else own.number_format)
            )
            mark = mark.replace(f"%{n + 1}", written)
        mark = re.sub(r"%\d", "", mark)  # of a level that there is not
        return spaced(mark.strip(), level.blank)


def spaced(mark: str, blank: bool = True) -> str:
    """The mark with the blank behind it that a reader sees; none behind 、 and the like.

    >>> spaced("一、"), spaced("第一章"), spaced("①"), spaced("（一）", blank=False)
    ('一、', '第一章 ', '①', '（一）')
    """
    if not mark or not blank or mark[-1] in _CLOSED or (len(mark) == 1 and not mark.isalnum()) or mark in _SIGNS:
        return mark
    return mark + " "


_mark = patterns.pattern("readers", "mark_and_gap")


def tidy(line: str) -> str:
    """A line whose mark is set apart by a tab or blanks, as word processors lay out lists, written as people write it.

    >>> tidy("一、\\t送温暖"), tidy("（一） 走访"), tidy("1.\\t3月"), tidy("3月 登山"), tidy("3月\\t登山")
    ('一、送温暖', '（一）走访', '1.3月', '3月 登山', '3月\\t登山')
    """
    found = _mark().match(line)
    if found is None or not (found[1][-1] in _CLOSED or found[1][0] in "第" or found[1] in _SIGNS):
        return line
    return spaced(found[1]) + line[found.end() :]


_SIGNS = frozenset(
    chr(c)
    for first, last in (("①", "⒛"), ("㉑", "㉟"), ("㊀", "㊉"), ("㊱", "㊿"))
    for c in range(ord(first), ord(last) + 1)
)
