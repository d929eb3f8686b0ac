"""What a constituent is: summary or plan, whose, and of which year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gonghui_nlp.model import Kind
from gonghui_nlp.structure.lines import lexicon
from gonghui_nlp.structure.marks import numeral

_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s?(?:[-—至~]\s?(?:(?:19|20)\d{2}|\d{2})\s?)?(?:年|学年|学年度|\.)|([二一][○〇零九][○〇零一二三四五六七八九]{2})年"
)
_RANGE = re.compile(r"(?<=[-—至~])(?:19|20)\d{2}")
_OPENING_LENGTH = 120
_ORG = re.compile(
    r"[^，。；：、！？\s“”\d年度度届期季上下第一二三四五六七八九十的]{0,20}?(?:工会(?:委员会)?|总工会|教育工会|小学|中学|学校|学院|大学|幼儿园|公司|医院|局)+(?:工会)?"
)


def kind_of(title: str, body: str, parts: Sequence[str]) -> Kind:
    """The kind of a constituent by its title; without one by its opening and its parts.

    >>> kind_of("某校工会2023年工作总结及2024年工作计划", "", [])
    'summary_plan'
    """
    summary, plan = _names(title)
    if summary or plan:
        if not plan and any(_names(p)[1] and not _names(p)[0] for p in parts) and any(_names(p)[0] for p in parts):
            plan = True
        return "summary_plan" if summary and plan else "summary" if summary else "plan"
    told = [_names(p) for p in parts]
    summary = any(s for s, _ in told) or re.search("一年来|总结|取得|汇报", body) is not None
    plan = any(p for _, p in told) or (not summary and re.search("将|计划|要|拟", body) is not None)
    if summary and plan:
        return "summary_plan"
    return "summary" if summary else "plan" if plan else "other"


def _names(text: str) -> tuple[bool, bool]:
    words = lexicon()["title"]
    return (
        any(w in text for w in words["summary"] if w not in ("情况", "材料", "报告", "纪实"))
        or text.endswith(("情况", "报告")),
        any(w in text for w in words["plan"] if w not in ("目标",)),
    )


def years_of(title: str, body: str) -> tuple[int | None, int | None]:
    """The year a paper is about and the year that contradicts it.

    The title's year, else the opening's; None when there is none or it is masked. A body whose very first words
    are another year contradicts the title.

    >>> years_of("", "二○一九年，我校工会"), years_of("2023年工会总结", "2022年我校工会")
    ((2019, None), (2023, 2022))
    """
    said = _YEAR.search(title)
    opening = _YEAR.search(body[:_OPENING_LENGTH])
    first = _value(said) if said else _value(opening) if opening else None
    if said and opening and opening.start() <= 2 and _value(opening) != first:
        later = int(m[0]) if (m := _RANGE.search(title, said.start())) else None
        return first, None if _value(opening) == later else _value(opening)
    return first, None


def _value(m: re.Match[str]) -> int | None:
    return int(m[1]) if m[1] else numeral(m[2])


def organisation_of(title: str, body: str, tail: Sequence[str]) -> str | None:
    """The body that speaks, as written: from the signature, the title or the opening."""
    for text in (*reversed(tail), title, body[:_OPENING_LENGTH]):
        m = _ORG.search(text)
        if m and len(m[0]) > 3:
            return m[0]
    return None
