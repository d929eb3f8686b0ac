"""The tail of a number: what stands directly in front says that more of it was there than can be read."""

from __future__ import annotations

import re
from collections.abc import Callable

from gonghui_nlp.compiling import compiled
from gonghui_nlp.resources import patterns
from gonghui_nlp.text.numerals import BIG_UNITS, CHARACTERS, FORMAL_UNITS, SMALL_UNITS

_last = patterns.charset("quantities", "tail_last")
_before_ten = patterns.charset("quantities", "before_formal_ten")
_letter = patterns.pattern("quantities", "tail_of_letter")
_SIGNS = (
    patterns.pattern("quantities", "tail_of_figures"),
    patterns.pattern("quantities", "tail_of_range"),
    _letter,
    patterns.pattern("quantities", "tail_of_numeral"),
    patterns.pattern("quantities", "tail_of_comparison"),
    patterns.pattern("quantities", "tail_of_mask"),
)
# 马××两位 names one whose name was taken out; 三干二百 was 三千二百, while 周五于200人 is what it says.
_SIGNS_OF_CHARACTERS = (*_SIGNS[:-1], patterns.pattern("quantities", "tail_of_lookalike"))
_odd_sign = patterns.pattern("quantities", "tail_of_date")
_group = patterns.pattern("quantities", "tail_of_group")
_sign_cue = patterns.pattern("quantities", "sign_cue")
_MINUS = frozenset("-−")
_list = patterns.pattern("quantities", "tail_of_list")
_COMMON = frozenset("，。、, \n")
_NUMERAL = frozenset(CHARACTERS + "123456789数元%")
_REACH = 8
#: 12.000元 is twelve thousand to some, twelve to others; 0012名 is a number of another kind.
_ODD = compiled(r"[1-9][0-9]{0,2}\.[0-9]{3}|0[0-9]+")
_whole = patterns.charset("quantities", "comes_whole")
_PER = frozenset("/每")


def is_tail(text: str, start: int, raw: str) -> bool:
    """Whether the number ``raw`` at ``start`` may be the end of a longer one.

    >>> is_tail("发放12'500元", 5, "500"), is_tail("发放500元", 2, "500")
    (True, False)
    """
    before = text[start - 1 : start]
    return _signed(text, start, raw, before) or _in_itself(text, start, raw, before)


def _signed(text: str, start: int, raw: str, before: str) -> bool:
    """Whether what stands in front of the number says that it is a tail."""

    def said(pattern: Callable[[], re.Pattern[str]]) -> bool:
        return pattern().search(text, max(0, start - _REACH), start) is not None

    if before == "、":
        scaled = any(unit in raw for unit in BIG_UNITS)
        return (scaled and said(_list)) or (len(raw) == 3 and raw.isdigit() and said(_group))
    if before in _MINUS and _sign_cue().search(text, max(0, start - _REACH), start - 1):
        return True
    # Behind a stop or a blank only where a figure stands near in front of it.
    if before not in _last() or (before in _COMMON and _NUMERAL.isdisjoint(text[max(0, start - 4) : start - 1])):
        return False
    return any(map(said, _SIGNS if raw[0].isascii() else _SIGNS_OF_CHARACTERS))


def _in_itself(text: str, start: int, raw: str, before: str) -> bool:
    """Whether the number is none that anybody writes in full: 佰元, 12.000元, 0012名."""
    first = raw[0]
    if first in FORMAL_UNITS:
        # 弐佰元, 5 仟元: in bills the figure in front is never left out.
        return first != FORMAL_UNITS[0] or not (before in _before_ten() or not before)
    if first in SMALL_UNITS and before.isascii() and before.isalnum():
        return True
    if _ODD.fullmatch(raw) is None:
        return False
    behind = text[start + len(raw) : start + len(raw) + 4].lstrip()
    return behind[:1] in _whole() and behind[1:2] not in _PER


def is_tail_of_date(text: str, start: int) -> bool:
    """Whether the first figure of a date may be the last of a longer one: 3?1日, i2月.

    >>> is_tail_of_date("于i2月召开", 2), is_tail_of_date("于2月召开", 1)
    (True, False)
    """
    before = text[start - 1 : start]
    if before not in _last() or not text[start].isdigit() or text[start + 1 : start + 4].isdigit():
        return False
    return any(sign().search(text, max(0, start - _REACH), start) for sign in (_letter, _odd_sign))
