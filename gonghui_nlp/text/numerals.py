"""Numerals: the characters they are written with, and the value of an exact one, Arabic, Chinese or mixed.

The one place where the figures are spelled out: the character classes of patterns that look for numbers are made of
the names below, in code and, as ``{nine}``, in the files of patterns.
"""

from __future__ import annotations

from functools import lru_cache

from gonghui_nlp.compiling import compiled
from gonghui_nlp.resources import patterns

#: The figures one to nine as they are written, and as a bill writes them.
NINE = "一二三四五六七八九"
FORMAL_NINE = "壹贰叁肆伍陆柒捌玖"
ZEROS = "零〇○"
#: Two and three in speech.
SPOKEN = "两俩仨"
#: The units below and above ten thousand.
SMALL_UNITS = "十百千"
FORMAL_UNITS = "拾佰仟"
BIG_UNITS = "万亿"
UNITS = SMALL_UNITS + BIG_UNITS
#: One figure of a Chinese numeral.
DIGIT = ZEROS + NINE + FORMAL_NINE + SPOKEN
#: Written tens.
_TENS = {"廿": "二十", "卅": "三十", "卌": "四十"}
#: The characters a numeral is written with, for character classes.
CHARACTERS = DIGIT + SMALL_UNITS + FORMAL_UNITS + BIG_UNITS + "".join(_TENS) + "几0-9"
#: What bills and old prints write for a figure, by the figure it stands for.
LOOKALIKES = {"弌": "壹", "弍": "贰", "弐": "贰", "貮": "贰", "貳": "贰", "弎": "叁", "叄": "叁", "叅": "叁", "參": "叁", "参": "叁", "陸": "陆"} | {
    "兩": "两", "萬": "万", "億": "亿", "點": "点", "◯": "〇", "卄": "廿"
}  # fmt: skip
#: Letters that a scanner of paper gives for figures.
LETTERS = {"O": "0", "o": "0", "l": "1", "I": "1"}

patterns.stands_for(
    nine=NINE,
    zeros=ZEROS,
    units=UNITS,
    small_units=SMALL_UNITS,
    big_units=BIG_UNITS,
    formal_nine=FORMAL_NINE,
    formal_units=FORMAL_UNITS,
    digit=DIGIT,
    characters=CHARACTERS,
)
#: Arabic figures as Chinese ones, one by one.
CANONICAL_FIGURES = dict(zip(range(ord("1"), ord("9") + 1), NINE, strict=True))
_CANONICAL = str.maketrans(
    dict(zip(FORMAL_NINE, NINE, strict=True))
    | dict(zip(FORMAL_UNITS, SMALL_UNITS, strict=True))
    | dict.fromkeys(ZEROS + "Oo", "零")
    | {"两": "二", "俩": "二", "仨": "三"}
    | _TENS
    | {k: dict(zip(FORMAL_NINE, NINE, strict=True)).get(v, v) for k, v in LOOKALIKES.items()}
)
_FIGURES = "零" + NINE
_SIZES = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}
ARABIC = r"[0-9]+(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_ARABIC = compiled(ARABIC)
STRING = compiled(f"[{DIGIT}Oo]{{2,}}")
_STRING = compiled(f"[{_FIGURES}]{{2,}}")
# 三点五十 is a time of day, no numeral: behind the point only 千, 万 and 亿 can follow.
_POINT = compiled(f"([^点]*)点([{_FIGURES}]+|[0-9]+)([千万亿]*)")


@lru_cache(maxsize=4096)
def cardinal(text: str) -> float | None:
    """The value of an exact numeral, or None when it is none: 1万5千, 三千二, 二○○六, 1,234.5.

    >>> cardinal("1万5千"), cardinal("三千二"), cardinal("二○○六"), cardinal("叁仟")
    (15000, 3200, 2006, 3000)
    """
    if len(text) > 40:
        return None
    if text.isascii():
        return whole(float(text.replace(",", ""))) if _ARABIC.fullmatch(text) else None
    text = text.translate(_CANONICAL)
    if _STRING.fullmatch(text):
        return int("".join(str(_FIGURES.index(c)) for c in text))
    if point := _POINT.fullmatch(text):
        return _decimal(point[1], point[2], point[3])
    value = _sum(text, bare=True)
    return None if value is None else whole(round(value, 6))


def whole(x: float) -> float:
    """A whole number as int."""
    return int(x) if x == int(x) else x


def numeral(text: str) -> int | None:
    """The value of a whole number, Chinese or Arabic; None when it is none.

    >>> numeral("十二"), numeral("二○"), numeral("30"), numeral("百"), numeral("叁")
    (12, 20, 30, 100, 3)
    """
    if text.isdecimal():
        return int(text)
    value = cardinal(text)
    return int(value) if value is not None and value == int(value) else None


def _decimal(before: str, behind: str, units: str) -> float | None:
    start = cardinal(before) if before else None
    if start is None:
        return None
    figures = behind if behind.isascii() else "".join(str(_FIGURES.index(c)) for c in behind)
    scale = 1.0
    for unit in units:
        scale *= _SIZES[unit]
    return whole(round((start + float("0." + figures)) * scale, 6))


def _sum(text: str, bare: bool) -> float | None:
    """The value of a canonical numeral with units; ``bare`` when its first unit may stand without a figure."""
    for unit, size in _SIZES.items():
        if unit in text:
            head, _, tail = text.rpartition(unit)
            high, low = _times(head, unit, bare), _rest(tail, size)
            return None if high is None or low is None else high * size + low
    return _figure(text)


def _times(head: str, unit: str, bare: bool) -> float | None:
    """How often the unit is taken: 三百 before 万, one figure before 百; nothing is one where the numeral begins with it."""
    if not head:
        return 1 if bare or unit == "十" else None
    if unit in SMALL_UNITS or head.isascii():
        # 12十 is two numbers, 12百 one.
        return None if unit == "十" and len(head) > 1 else _figure(head)
    times = _sum(head, bare)
    return times if times is not None and times < _SIZES[unit] else None


def _rest(tail: str, size: float) -> float | None:
    """What follows a unit. 三千二 leaves the unit of its last figure out; 三千零二 does not, nor 3万5000."""
    if not tail:
        return 0
    plain = tail.lstrip("零")
    # 一万零百一十一: behind a nought the unit may stand without its one. 1百01 fills its places, 3万05 does not.
    low = _sum(plain, bare=plain != tail) if plain else None
    if low is None or low >= size or (plain[0] == "0" and plain != "0" and 10 ** len(plain) != size):
        return None
    return low * size / 10 if len(tail) == 1 and size > 10 else low


def _figure(text: str) -> float | None:
    if len(text) == 1 and text in _FIGURES:
        return float(_FIGURES.index(text))
    return float(text.replace(",", "")) if text and text.isascii() and _ARABIC.fullmatch(text) else None
