"""When: the clause's own date, else one carried from the sentence's opening, else the month heading above."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.events.passages import Passage
from gonghui_nlp.schema import Date

_DAY = "(?:[一二三四五六日末](?![次场期篇节人本堂])(?:、周?[一二三四五六日])*)?(?:下午|晚上?|上午|中午)?"
_RECURRING = re.compile(
    "每(?:当)?位?[^，。0-9]{1,6}(?:生日|节日|重大节日)(?:来临)?(?:之际|时)?|每逢[^，。]{2,12}(?=，)"
    f"|每(?:双周|单周|月第?[一二三四]个?(?:周|星期)){_DAY}"
    "|每逢?(?:年|学期|学年)?(?:重阳|春节|中秋|端午|元旦|国庆|教师节|“?三八”?|节假日|开学)(?:节|前|期间|前后|头一周)*"
    f"|每(?:年|月|周|星期|季度|半年|学期|学年|逢|天|期|[一两二三][个年月周季]{{1,2}})(?:期?初|底|末|[春夏秋冬]季|[0-9一二三四五六七八九十]{{1,3}}[日号])?{_DAY}(?:[至到]周[一二三四五六日]{_DAY})?"
    "|一年(?=[^，。]{0,4}(?:召开|开)一次)|逢年过节|节假日"
)
_LOOSE = re.compile(
    "全年|一年来|本学[期年]|本年度|今年(?!以来)|本期(?:一开始)?|[上下](?:个)?学期|年初|年底(?:前)?|年末|年内|(?:开学|学期|学年)[初末]|开学前后?|期末|去年"
    "|(?:疫情|暑假|寒假|假期|高温|酷暑|汛期|高考|中考)(?:期间)?(?=，)|(?:疫情|汛期|高温|高考|中考|抗疫)期间|第[一二三四五六七八九十0-9]+周|金秋时节|盛夏时节|[暑寒]假(?=[里中前，组]|期间)"
)
# A clause of its own that says on which occasion: 台风过境后，…
_OCCASION = re.compile(
    "(?:在|当|于|每当)?(?P<when>[^，。；：、]{2,16}?(?:期间|之际|时节|前夕|来临前|发生后(?:的第[一二三]天)?|过后|(?:地震|雪灾|洪灾|台风|火灾|水灾)[时后]|头一天|前一天|前半个月))，"
)
_NO_OCCASION = re.compile("^(?:会议|活动|比赛|大会|此|培训|同|其|在此|评选|检查)")
_CALENDAR = re.compile("[0-9一二三四五六七八九十×xX]+(?:月|日|号)|[上中下]旬|月")
_JOINS = frozenset({"、", "和", "及", "至", "到", "-", "—", "——", "－", "~", "或", "，", ""})
_CLOCK = "[0-9]{1,2}(?:[点时](?:[0-9]{1,2}分?|半|整)?|[:：][0-9]{2})"
_AFTER = re.compile(
    f"(?:[上下]午|晚上?)?{_CLOCK}|之?(?:上午|下午|晚上|晚|当天|当日|前夕|期间|之际|前后|那天|清晨|中旬|上旬|下旬|底前?|初|前|后)"
)
_HELD_ON = re.compile("(?:定)?[于在](?=[0-9一二三四五六七八九十])")
_THIS_YEAR = re.compile("(?:今|去|明)年的?$")
_MONTH = re.compile(
    "^[^一-龥0-9]*(?:[0-9一二三四五六七八九十]{1,3}(?:[-—至、,，~～和][0-9一二三四五六七八九十]{1,3})?月份?|[一二三四]季度|[寒暑]假)"
)


@lru_cache(maxsize=1024)
def _names_month(heading: str) -> bool:
    return _MONTH.match(heading) is not None


def date(text: str, mention: Mention, passage: Passage, dates: Sequence[Date], starts: list[int]) -> Date | None:
    """The date of a mention: a date found by the quantities room, widened by what belongs to it, or a time word."""
    clause = mention.clause
    if not text.startswith(mention.word, mention.head.start):  # 春节8户: it opens with its occasion and says no verb
        j = bisect_left(starts, mention.start)
        return dates[j] if j < len(starts) else None
    recurring = _RECURRING.search(text, clause.start, mention.head.start)
    if recurring:
        return Date(recurring.start(), recurring.end(), recurring[0])
    found = _held_on(text, mention, dates, starts) or _found(text, mention, dates, starts)
    heading = _RECURRING.match(text, clause.sentence, mention.head.start)
    if heading and (found is None or heading.start() <= found.start < heading.end()):
        return Date(heading.start(), heading.end(), heading[0])  # 每年重阳节，走访…
    if found:
        return found
    occasion = _OCCASION.match(text, clause.sentence, clause.start)
    if occasion and not _NO_OCCASION.match(occasion["when"]):
        return Date(*occasion.span("when"), occasion["when"])
    loose = _LOOSE.search(text, clause.sentence, mention.head.start)
    if loose:
        return Date(loose.start(), loose.end(), loose[0])
    return _of_heading(text, passage, dates, starts)


def _held_on(text: str, mention: Mention, dates: Sequence[Date], starts: list[int]) -> Date | None:
    """2020年度迎春茶话会于1月13日举行: the day it was held on, whatever its name says."""
    on = _HELD_ON.match(text, mention.head.end, mention.head.end + 3)
    if not on:
        return None
    i = bisect_left(starts, on.end())
    return _whole(text, dates, i, on.end()) if i < len(starts) and starts[i] == on.end() else None


def _found(text: str, mention: Mention, dates: Sequence[Date], starts: list[int]) -> Date | None:
    """The last date in front of the mention in its clause, in its sentence, or the last inside it."""
    clause = mention.clause
    for low, high in ((clause.start, mention.start), (clause.sentence, clause.start), (mention.start, mention.end)):
        j = bisect_left(starts, high) - 1
        if low == mention.start:
            while j >= 0 and dates[j].start >= low and _in_title(mention, dates[j]):
                j -= 1
        if low < high and j >= 0 and dates[j].start >= low:
            return _whole(text, dates, _calendar(dates, j, low) if high == clause.start else j, low)
    return None


def _of_heading(text: str, passage: Passage, dates: Sequence[Date], starts: list[int]) -> Date | None:
    """The month that the nearest heading names."""
    for heading, span in zip(reversed(passage.headings), reversed(passage.heading_spans), strict=False):
        if _names_month(heading):
            i = bisect_left(starts, span[0])
            if i < len(starts) and dates[i].end <= span[1]:
                return dates[i]
            return Date(*span, text[span[0] : span[1]]) if span[0] < span[1] else None
    return None


def _in_title(mention: Mention, found: Date) -> bool:
    """True for a date that is but a part of a quoted title: 《…办法（2018年修订）》."""
    return any(
        q.start < found.start and found.end < q.end and q.end - q.start > found.end - found.start + 2
        for q in mention.quotes
    )


def _calendar(dates: Sequence[Date], j: int, low: int) -> int:
    """Of the dates carried from the sentence's opening the last that names a month or a day, else the last."""
    k = j
    while k >= 0 and dates[k].start >= low:
        if _CALENDAR.search(dates[k].text):
            return k
        k -= 1
    return j


def _whole(text: str, dates: Sequence[Date], j: int, low: int) -> Date:
    """The date with its partners before it (元旦、春节) and the words behind it (前夕, 下午)."""
    first = last = j
    while first > 0 and dates[first - 1].start >= low and text[dates[first - 1].end : dates[first].start] in _JOINS:
        first -= 1
    start, end = dates[first].start, dates[last].end
    while m := _AFTER.match(text, end):
        end = m.end()
    year = _THIS_YEAR.search(text, max(low, start - 3), start)
    if year:
        start = year.start()
    if first == last and (start, end) == (dates[j].start, dates[j].end):
        return dates[j]
    return Date(start, end, text[start:end], dates[first].value if first == last else None, dates[j].masked)
