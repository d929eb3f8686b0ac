"""When: the clause's own date, else one carried from the sentence's opening, else the month heading above."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from ..model import Date
from .nuclei import Nucleus
from .passages import Passage

_RECURRING = re.compile(
    "每(?:位[^，。]{1,6}生日来临之际|(?:年|月|周|季度|半年|学期|学年|逢|天|期|[一两二三][个年月周季]{1,2})(?:[一二三四五六日末](?![次场期篇节人本堂])(?:下午|晚|上午)?|期?初|底|末)?)|一年(?=[^，。]{0,4}(?:召开|开)一次)"
)
_LOOSE = re.compile(
    "全年|一年来|本学期|本年度|今年(?:以来)?|本期(?:一开始)?|下学期|上学期|年初|年底(?:前)?|年末|(?:开学|学期)[初末]|期末|去年"
)
_JOINS = frozenset({"、", "和", "及", "至", "到", "-", "—", "——", "－", "~", "或", "，", ""})
_AFTER = re.compile(
    "(?:来临)?之?(?:上午|下午|晚上|晚|当天|当日|前夕|期间|之际|前后|那天|来临之际|清晨|中旬|上旬|下旬|底前?|初|前|后)"
)
_MONTH = re.compile(
    "^[^一-龥0-9]*(?:[0-9一二三四五六七八九十]{1,3}(?:[-—至、][0-9一二三四五六七八九十]{1,3})?月份?|[一二三四]季度|[寒暑]假)"
)


@lru_cache(maxsize=1024)
def _names_month(heading: str) -> bool:
    return _MONTH.match(heading) is not None


def date(text: str, nucleus: Nucleus, passage: Passage, dates: Sequence[Date], starts: list[int]) -> Date | None:
    """The date of a nucleus: a date found by the quantities room, widened by what belongs to it, or a time word."""
    clause = nucleus.clause
    recurring = _RECURRING.search(text, clause.start, nucleus.head.start)
    if recurring:
        return Date(recurring.start(), recurring.end(), recurring[0])
    for low, high in ((clause.start, nucleus.start), (clause.sentence, clause.start), (nucleus.start, nucleus.end)):
        if low < high:
            j = bisect_left(starts, high) - 1
            if j >= 0 and dates[j].start >= low:
                return _whole(text, dates, j, low)
    loose = _LOOSE.search(text, clause.sentence, nucleus.head.start)
    if loose:
        return Date(loose.start(), loose.end(), loose[0])
    for heading, span in zip(reversed(passage.headings), reversed(passage.heading_spans), strict=False):
        if _names_month(heading):
            i = bisect_left(starts, span[0])
            if i < len(starts) and dates[i].end <= span[1]:
                return dates[i]
            return Date(*span, text[span[0] : span[1]]) if span[0] < span[1] else None
    return None


def _whole(text: str, dates: Sequence[Date], j: int, low: int) -> Date:
    """The date with its partners before it (元旦、春节) and the words behind it (前夕, 下午)."""
    first = last = j
    while first > 0 and dates[first - 1].start >= low and text[dates[first - 1].end : dates[first].start] in _JOINS:
        first -= 1
    start, end = dates[first].start, dates[last].end
    m = _AFTER.match(text, end)
    if m:
        end = m.end()
    if first == last and end == dates[j].end:
        return dates[j]
    return Date(start, end, text[start:end], dates[first].value if first == last else None, dates[j].masked)
