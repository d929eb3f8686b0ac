"""Plausibility: numbers that contradict each other become issues; nothing is changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TypeVar

from gonghui_nlp.compiling import compiled
from gonghui_nlp.quantities.lexicon import rows, year_in
from gonghui_nlp.resources import knowledge, patterns
from gonghui_nlp.schema import Amount, Count, Date, Headcount, Issue, Span
from gonghui_nlp.text.numerals import cardinal

Q = TypeVar("Q", Amount, Headcount)


@knowledge
def congresses() -> dict[str, int]:
    """The year in which each congress of the Party met."""
    return {row["congress"]: year_in(row, "year") for row in rows("congresses.tsv")}


_FIRST_TEACHERS_DAY = 1984
_END = compiled("[。！？\\n]")
_total = patterns.pattern("quantities", "plausible_total")
_among_pattern = patterns.pattern("quantities", "among")
_share = patterns.pattern("quantities", "share")
_sum = patterns.pattern("quantities", "sum")


def _sentences(text: str, found: Sequence[Q]) -> Iterator[list[Q]]:
    """Runs of two or more quantities that stand in one sentence, none far from the next."""
    group: list[Q] = []
    for q in found:
        if group and (q.start - group[-1].end > 80 or _END.search(text, group[-1].end, q.start)):
            if len(group) > 1:
                yield group
            group = []
        group.append(q)
    if len(group) > 1:
        yield group


def _issue(text: str, start: int, end: int, code: str, message: str) -> Issue:
    return Issue(start, end, text[start:end], code, message)


def _exact(q: Amount | Headcount) -> bool:
    return q.min is not None and q.min == q.max


def _sums(text: str, found: Sequence[Q]) -> Iterator[Issue]:
    """a and b make c (累计), and the parts of a whole (其中)."""
    for group in _sentences(text, found):
        yield from _in_all(text, group)
        yield from _among(text, group)


def _in_all(text: str, group: Sequence[Q]) -> Iterator[Issue]:
    """The total at the end of a sentence against the parts before it."""
    last = group[-1]
    before = [q for q in group[:-1] if q.per == "total"]
    if len(before) < 2 or last.per != "total" or not _exact(last) or not all(_exact(q) for q in before):
        return
    total = sum(q.min or 0 for q in before)
    if abs(total - (last.min or 0)) > 0.005 and _total().search(text, max(0, last.start - 10), last.start):
        message = f"the parts make {total:g}, the total says {last.min:g}"
        yield _issue(text, before[0].start, last.end, "sum_mismatch", message)


def _among(text: str, group: Sequence[Q]) -> Iterator[Issue]:
    """The parts behind 其中 against the whole before them."""
    whole = group[0]
    if not _exact(whole) or not _among_pattern().search(text, whole.end, group[1].start):
        return
    parts = list(_listed(text, group[1:]))
    total = sum(q.min or 0 for q in parts)
    if parts and total > (whole.min or 0) + 0.005:
        message = f"the parts make {total:g} of {whole.min:g}"
        yield _issue(text, whole.start, parts[-1].end, "parts_exceed_total", message)


def _listed(text: str, found: Sequence[Q]) -> Iterator[Q]:
    """The parts behind 其中 that stand in one list: 女职工78人、男职工40人. What follows a comma may overlap them."""
    for i, q in enumerate(found):
        if i and re.search("[，。；]", text[found[i - 1].end : q.start]):
            return
        if q.per == "total":
            yield q


def _for_each(group: Sequence[Amount]) -> Amount | None:
    """The one sum that each person gets; None when there is none or more than one."""
    found = [a for a in group if a.per == "person" and _exact(a)]
    return found[0] if len(found) == 1 else None


def _for_all(text: str, group: Sequence[Amount]) -> Amount | None:
    """The one sum that is told as the sum of all."""
    exact = [a for a in group if a.per == "total" and _exact(a)]
    found = [a for a in exact if _sum().search(text, max(0, a.start - 10), a.start)]
    return found[0] if len(found) == 1 else None


def _each(text: str, amounts: Sequence[Amount], headcounts: Sequence[Headcount]) -> Iterator[Issue]:
    """Heads times the sum for each against the sum for all."""
    heads = sorted((h for h in headcounts if h.per == "total" and _exact(h)), key=lambda h: h.start)
    at = 0
    for group in _sentences(text, amounts):
        each, whole = _for_each(group), _for_all(text, group)
        if each is None or whole is None:
            continue
        low, high = group[0].start - 60, group[-1].end
        while at < len(heads) and heads[at].start < low:
            at += 1
        near = [h for h in islice(heads, at, at + 3) if h.start <= high]
        if len(near) != 1 or _END.search(text, min(near[0].end, group[0].start), max(near[0].start, group[-1].start)):
            continue
        product = (near[0].min or 0) * (each.min or 0)
        if abs(product - (whole.min or 0)) > 0.005:
            start = min(near[0].start, group[0].start)
            message = f"{near[0].min:g} times {each.min:g} makes {product:g}, the total says {whole.min:g}"
            yield _issue(text, start, max(near[0].end, group[-1].end), "each_times_heads", message)


_nth = patterns.pattern("quantities", "nth")


def _years(text: str, dates: Sequence[Date], met: Sequence[tuple[int, int]]) -> Iterator[Issue]:
    """A year beside 第N个教师节, or beside a congress that had not met or was superseded."""
    fixed = [
        (d.start, d.end, _FIRST_TEACHERS_DAY + int(n), True)
        for d in dates
        if "第" in d.text and (m := _nth().search(d.text)) and (n := cardinal(m[1]))
    ]
    fixed += [(start, end, congresses()[text[start : end - 1]], False) for start, end in met]
    if not fixed:
        return
    years = [(d.start, d.end, int(d.value[:4])) for d in dates if d.value and d.value[:4].isdigit()]
    marks = sorted([*((s, e, y, None) for s, e, y in years), *fixed], key=lambda t: t[:2])
    stated: tuple[int, int, int] | None = None
    for start, end, year, kind in marks:
        if kind is None:
            stated = (start, end, year)
        elif stated and start <= stated[1] + 120 and not _END.search(text, stated[1], start):
            wrong = year != stated[2] if kind else not 0 <= stated[2] - year <= 5
            if wrong:
                occasion = Span(start, end, text[start:end])
                message = f"{occasion.text} points to {year}, the text says {stated[2]}"
                yield Issue(stated[0], end, text[stated[0] : end], "occasion_year", message, (occasion,))


_month_and_day = patterns.pattern("quantities", "month_and_day")


def _impossible(text: str, dates: Sequence[Date]) -> Iterator[Issue]:
    """A day that its month has not: 9月31日 gets no value."""
    for d in dates:
        if d.value is None and not d.masked and _month_and_day().search(d.text):
            yield _issue(text, d.start, d.end, "impossible_date", "no month has this day")


_beside = patterns.pattern("quantities", "beside")


def _lost(text: str, found: Sequence[Amount | Headcount | Count | Date]) -> Iterator[Issue]:
    for q in found:
        if q.masked and _beside().search(q.text):
            yield _issue(text, q.start, q.end, "unreadable_number", "what stands beside the number may belong to it")
        elif q.masked:
            what = "date" if isinstance(q, Date) else "number"
            yield _issue(text, q.start, q.end, "lost_number", f"the {what} was deleted or masked")


def issues(
    text: str,
    amounts: Sequence[Amount],
    headcounts: Sequence[Headcount],
    counts: Sequence[Count],
    dates: Sequence[Date],
    met: Sequence[tuple[int, int]],
) -> tuple[Issue, ...]:
    """All issues of one text, sorted by start."""
    out = [*_sums(text, amounts), *_sums(text, headcounts), *_each(text, amounts, headcounts)]
    out += _years(text, dates, met)
    out += _impossible(text, dates)
    out += [
        _issue(text, c.start, c.end, "rate_above_one", "a share of more than the whole")
        for c in counts
        if c.kind == "rate" and (c.min or 0) > 1 and _share().search(text, max(0, c.start - 12), c.start)
    ]
    for kind in (amounts, headcounts, counts, dates):
        out += _lost(text, kind)
    return tuple(sorted(out, key=lambda i: (i.start, i.end, i.code)))
