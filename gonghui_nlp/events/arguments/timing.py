"""When: the clause's own date, else one carried from the sentence's opening, else the month heading above."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.events.passages import Passage
from gonghui_nlp.resources import patterns
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


@lru_cache(maxsize=1024)
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
