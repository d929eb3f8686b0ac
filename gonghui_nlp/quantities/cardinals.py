"""Cardinals: the value of an exact numeral, Arabic, Chinese or mixed."""

from __future__ import annotations

import re
from functools import lru_cache

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")}
DIGITS |= {"○": 0, "两": 2, "俩": 2, "仨": 3, "貳": 2, "参": 3, "O": 0, "o": 0}
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
BIG = {"万": 10_000, "亿": 100_000_000}
_TENS = {"廿": "二十", "卅": "三十", "念": "二十"}

DIGIT = "零一二三四五六七八九〇壹贰叁肆伍陆柒捌玖○两俩仨"
#: The characters a numeral is written with, for character classes.
CHARACTERS = DIGIT + "十拾百佰千仟万亿廿卅几0-9"
_ARABIC = r"[0-9]+(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_TOKEN = re.compile(rf"({_ARABIC})|([{DIGIT}])|([十拾百佰千仟万亿])")
STRING = re.compile(f"[{DIGIT}Oo]{{2,}}")
_POINT = re.compile(f"(.*)点([{DIGIT}]+)([十百千万亿]*)")


@lru_cache(maxsize=4096)
def cardinal(text: str) -> float | None:
    """The value of an exact numeral, or None when it is none: 1万5千, 三千二, 二○○六, 1,234.5.

    >>> cardinal("1万5千"), cardinal("三千二"), cardinal("二○○六"), cardinal("叁仟")
    (15000, 3200, 2006, 3000)
    """
    if text.isascii():
        if not re.fullmatch(_ARABIC, text):
            return None
        return plain(float(text.replace(",", ""))) if len(text) < 40 else None
    if len(text) > 40:
        return None
    for old, new in _TENS.items():
        text = text.replace(old, new)
    if STRING.fullmatch(text):
        return int("".join(str(DIGITS[c]) for c in text))
    if point := _POINT.fullmatch(text):
        whole = cardinal(point[1]) if point[1] else None
        if whole is None:
            return None
        scale = 1.0
        for c in point[3]:
            scale *= SMALL.get(c) or BIG[c]
        return plain(round((whole + float("0." + "".join(str(DIGITS[c]) for c in point[2]))) * scale, 6))
    return _grouped(text)


def plain(x: float) -> float:
    """A whole number as int."""
    return int(x) if x == int(x) else x


def _grouped(text: str) -> float | None:
    """A numeral with units: sections of up to four places below 万 and 亿, each unit smaller than the last."""
    total = section = 0.0
    digit: float | None = None
    last, last_big, at, zero, started = 10_000.0, 10.0**12, 0, False, False
    after_unit = 1.0
    for m in _TOKEN.finditer(text):
        if m.start() != at:
            return None
        at = m.end()
        if unit := m[3]:
            if unit in SMALL:
                size = SMALL[unit]
                if size >= last or (digit is None and started and size != 10):
                    return None
                section += (1 if digit is None else digit) * size
                last = after_unit = size
            else:
                size = BIG[unit]
                section += digit or 0
                if size == BIG["亿"] and total and last_big == BIG["万"]:
                    total, section, last_big = (total + section) * size, 0.0, size
                else:
                    if size >= last_big or (started and not section):
                        return None
                    total += (section or 1) * size
                    section, last_big = 0.0, size
                last, after_unit = 10_000.0, size
            digit, zero = None, False
        elif m[2] and DIGITS[m[2]] == 0 and digit is None:
            zero = True
        else:
            if digit is not None:
                return None
            digit = float(m[1].replace(",", "")) if m[1] else float(DIGITS[m[2]])
        started = True
    if at != len(text) or not started:
        return None
    if digit is not None:
        # 三千二 leaves the unit of its last digit out; 三千零二 does not, nor 3万5000.
        short = after_unit > 10 and not zero and digit < 10 and digit == int(digit)
        section += digit * after_unit / 10 if short else digit
    elif zero and not (total or section):
        return 0
    return plain(round(total + section, 6))
