"""Rates: percentages, fractions, tenths and multiples."""

from __future__ import annotations

import re

from gonghui_nlp.quantities.figures import NUMBER, RANGE_FIRST, TO
from gonghui_nlp.quantities.kinds import QuantityKind
from gonghui_nlp.quantities.numerals import Numeral, read
from gonghui_nlp.quantities.sightings import Sighting, extended, sign
from gonghui_nlp.schema import Count

_SECOND = re.compile(f"{TO}(?P<number>{NUMBER})[%‰]")


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


def fraction(text: str, m: re.Match[str]) -> Count | None:
    """百分之九十, 三分之二, 2/3."""
    start, phrase = extended(text, m.start(), m[0])
    return share(text, start, m.end(), read(phrase.replace(" ", "又")))


def _read(seen: Sighting) -> Count | None:
    text, stop, unit = seen.text, seen.stop, seen.unit["rate"]
    if text[stop : stop + 1] in RANGE_FIRST and (second := _SECOND.match(text, stop)):
        both = read(f"{seen.raw}至{second['number']}{unit}")
        return share(text, seen.start, second.end(), both) if both else None
    start, number = seen.reading(unit)
    return share(text, start, stop, number)


RATES = QuantityKind(
    "rate",
    lambda: "%|‰|个百分点|倍(?=[，。；、）多左以]|$)|成[一二三四五六七八九半]?(?=以上|左右|多|的|[，。；）])",
    lambda: "%‰个倍成",
    _read,
    "参与率98%",
    "三成员",
)
