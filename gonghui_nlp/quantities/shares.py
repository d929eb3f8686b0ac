"""Rates: percentages, fractions, tenths and multiples."""

from __future__ import annotations

import re

from gonghui_nlp.quantities.figures import RANGE_FIRST
from gonghui_nlp.quantities.kinds import QuantityKind
from gonghui_nlp.quantities.numerals import Numeral, read
from gonghui_nlp.quantities.sightings import Sighting, extended, sign
from gonghui_nlp.resources import patterns
from gonghui_nlp.schema import Count
from gonghui_nlp.text.numerals import BIG_UNITS, NINE

_second = patterns.pattern("quantities", "second_share")


def share(text: str, start: int, end: int, number: Numeral | None) -> Count | None:
    """The rate ``text[start:end]``; its sign stands in front of it, and one that cannot be told masks it."""
    if number is None:
        return None
    turn = sign(text, start)
    if turn is None:
        return Count(start - 1, end, text[start - 1 : end], "rate", None, None, masked=True)
    if turn < 0:
        start, number = start - 1, number.negative()
    return Count(start, end, text[start:end], "rate", number.min, number.max, number.approx)


_behind = patterns.pattern("quantities", "behind")
_front = patterns.pattern("quantities", "front")
_odd_whole = patterns.pattern("quantities", "odd_whole")


def fraction(text: str, m: re.Match[str]) -> Count | None:
    """百分之九十, 三分之二, 2/3; masked where what stands beside it may belong to it."""
    if m[0][-1] in BIG_UNITS:
        # 一又二分之一万元 is a sum.
        return None
    behind = _behind().match(text, m.end()) if "分" in m[0] else None
    if behind or _odd_whole().match(m[0]):
        end = behind.end() if behind else m.end()
        return Count(m.start(), end, text[m.start() : end], "rate", None, None, masked=True)
    start, phrase = extended(text, m.start(), m[0])
    return share(text, start, m.end(), read(phrase.replace(" ", "又")))


def half(m: re.Match[str]) -> Count:
    """半折 and 对折 are half the price, 半成 is half of a tenth."""
    value = 0.05 if m[0] == "半成" else 0.5
    return Count(m.start(), m.end(), m[0], "rate", value, value)


def _read(seen: Sighting) -> Count | None:
    text, stop, unit = seen.text, seen.stop, seen.unit["rate"]
    if unit.endswith("百分点") and (front := _front().search(text, max(0, seen.start - 5), seen.start)):
        return Count(front.start(), stop, text[front.start() : stop], "rate", None, None, masked=True)
    second = _second().match(text, stop) if text[stop : stop + 1] in RANGE_FIRST else None
    if second and second["unit"] == unit:
        both = read(f"{seen.raw}至{second['number']}{unit}")
        return share(text, seen.start, second.end(), both) if both else None
    start, number = seen.reading(unit)
    return share(text, start, stop, number)


#: 90%多, 七成多: more than stated.
_OVER = "(?:多(?!于|少|年|次|[人名位])|余(?=[，。；、）的]|$))?"
#: What may stand behind 三成 and 八折: 三成员 and 三折屏风 are no rates.
_SHARED = "[及]?以上|以下|左右|多|的|[，,。；;、！）\\n]|$"

RATES = QuantityKind(
    "rate",
    lambda: (
        f"[%‰]{_OVER}|个百分点{_OVER}|倍(?:[多余](?=[，。；、）]|$)|(?=[，。；、）左以]|$))"
        f"|成[{NINE}半]?(?:[多余](?!于|少)|(?={_SHARED}|[-~～—–─至到]|职工|会员|员工|教师|企业))|折(?={_SHARED}|优惠|价|购|出售|起)"
    ),
    lambda: "%‰个倍成折",
    _read,
    "参与率98%",
    "三成员",
)
