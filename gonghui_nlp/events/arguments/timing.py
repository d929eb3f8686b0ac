"""When: the clause's own date, else one carried from the sentence's opening, else the month heading above."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.events.passages import Passage
from gonghui_nlp.resources import patterns, remembered
from gonghui_nlp.schema import Date

_recurring = patterns.pattern("events", "recurring")
_loose = patterns.pattern("events", "loose")
_occasion = patterns.pattern("events", "occasion")
_no_occasion = patterns.pattern("events", "no_occasion")
_calendar_pattern = patterns.pattern("events", "calendar")
_joins = patterns.charset("events", "joins_dates")
_after = patterns.pattern("events", "after")
_held_on_pattern = patterns.pattern("events", "held_on")
_this_year = patterns.pattern("events", "this_year")
_month = patterns.pattern("events", "month")
_in_brackets = patterns.pattern("events", "date_in_brackets")
_head_opens = patterns.pattern("events", "row_opens")
_cell_between = patterns.pattern("events", "cell_between")
MOST, BRACKETS, CELL = 12, 24, 8  # dates looked back at; characters of a bracket, and between two cells


@remembered(1024)
def _names_month(heading: str) -> bool:
    return _month().match(heading) is not None


def date(text: str, mention: Mention, passage: Passage, dates: Sequence[Date], starts: list[int]) -> Date | None:
    """The date of a mention: a date found by the quantities room, widened by what belongs to it, or a time word."""
    clause = mention.clause
    if not text.startswith(mention.word, mention.head.start):  # 春节8户: it opens with its occasion and says no verb
        j = bisect_left(starts, mention.start)
        return dates[j] if j < len(starts) else None
    recurring = _recurring().search(text, clause.start, mention.head.start)
    if recurring:
        return Date(recurring.start(), recurring.end(), recurring[0])
    found = _held_on(text, mention, dates, starts) or _found(text, mention, dates, starts)
    if found is None or (found.start >= mention.start and not _calendar_pattern().search(found.text)):
        found = _of_row(text, mention, passage, dates, starts) or found  # 三月：…；庆祝“三八”节
    heading = _recurring().match(text, clause.sentence, mention.head.start)
    if heading and (found is None or heading.start() <= found.start < heading.end()):
        return Date(heading.start(), heading.end(), heading[0])  # 每年重阳节，走访…
    if found:
        return found
    occasion = _occasion().match(text, clause.sentence, clause.start)
    if occasion and not _no_occasion().match(occasion["when"]):
        return Date(*occasion.span("when"), occasion["when"])
    loose = _loose().search(text, clause.sentence, mention.head.start)
    if loose:
        return Date(loose.start(), loose.end(), loose[0])
    return _of_heading(text, passage, dates, starts)


def _held_on(text: str, mention: Mention, dates: Sequence[Date], starts: list[int]) -> Date | None:
    """2020年度迎春茶话会于1月13日举行: the day it was held on, whatever its name says."""
    on = _held_on_pattern().match(text, mention.head.end, mention.head.end + 3)
    if not on:
        return None
    i = bisect_left(starts, on.end())
    return _whole(text, dates, i, on.end()) if i < len(starts) and starts[i] == on.end() else None


def _found(text: str, mention: Mention, dates: Sequence[Date], starts: list[int]) -> Date | None:
    """The last date in front of the mention in its clause, that it opens with, in brackets behind it, the last in its
    sentence, or the last inside it."""
    clause = mention.clause
    return (
        _last(text, mention, dates, starts, clause.start, mention.start)
        or _opening(text, mention, dates, starts)
        or _bracketed(text, mention, dates, starts)
        or _last(text, mention, dates, starts, clause.sentence, clause.start)
        or _last(text, mention, dates, starts, mention.start, mention.end)
    )


def _last(text: str, mention: Mention, dates: Sequence[Date], starts: list[int], low: int, high: int) -> Date | None:
    """The last date that begins in ``text[low:high]``, whole."""
    j = bisect_left(starts, high) - 1
    if low == mention.start:
        while j >= 0 and dates[j].start >= low and _in_title(mention, dates[j]):
            j -= 1
    if low >= high or j < 0 or dates[j].start < low:
        return None
    return _whole(text, dates, _calendar(dates, j, low) if high == mention.clause.start else j, low)


def _opening(text: str, mention: Mention, dates: Sequence[Date], starts: list[int]) -> Date | None:
    """十月运动会，十二月文艺汇演: a month or a day that the mention itself opens with."""
    j = bisect_left(starts, mention.start)
    if j < len(starts) and starts[j] == mention.start and _calendar_pattern().search(dates[j].text):
        return _whole(text, dates, j, mention.start)
    return None


def _bracketed(text: str, mention: Mention, dates: Sequence[Date], starts: list[int]) -> Date | None:
    """签订集体合同。（七月份）: a date alone in the brackets behind the mention."""
    m = _in_brackets().match(text, mention.end, mention.end + BRACKETS)
    if m is None:
        return None
    j = bisect_left(starts, m.start("when"))
    if j < len(starts) and (dates[j].start, dates[j].end) == m.span("when"):
        return dates[j]
    return None


def _of_row(text: str, mention: Mention, passage: Passage, dates: Sequence[Date], starts: list[int]) -> Date | None:
    """The month that heads the run of sentences (三月：…；…) or, in a table, stands in the cell in front."""
    j = bisect_left(starts, mention.clause.sentence) - 1
    for k in range(j, max(j - MOST, -1), -1):
        if dates[k].start < passage.start:
            break
        opens = _head_opens().search(text, max(passage.start - 1, dates[k].start - 4), dates[k].start) is not None
        if (opens or dates[k].start == passage.start) and text[dates[k].end : dates[k].end + 1] in ("：", ":"):
            return dates[k]
    j = bisect_left(starts, passage.start) - 1
    if j >= 0 and _cell_between().fullmatch(text, dates[j].end, passage.start) and _cell_opens(text, dates[j].start):
        return dates[j] if _calendar_pattern().search(dates[j].text) else None
    return None


def _cell_opens(text: str, at: int) -> bool:
    """True where nothing but the edge of a cell or of a line stands in front."""
    before = text[max(0, at - CELL) : at].rstrip(" \t\u3000")
    return not before or before[-1] in "|\n"


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
        if _calendar_pattern().search(dates[k].text):
            return k
        k -= 1
    return j


def _whole(text: str, dates: Sequence[Date], j: int, low: int) -> Date:
    """The date with its partners before it (元旦、春节) and the words behind it (前夕, 下午)."""
    first = last = j
    while first > 0 and dates[first - 1].start >= low and text[dates[first - 1].end : dates[first].start] in _joins():
        first -= 1
    start, end = dates[first].start, dates[last].end
    while m := _after().match(text, end):
        end = m.end()
    year = _this_year().search(text, max(low, start - 3), start)
    if year:
        start = year.start()
    if first == last and (start, end) == (dates[j].start, dates[j].end):
        return dates[j]
    return Date(start, end, text[start:end], dates[first].value if first == last else None, dates[j].masked)
