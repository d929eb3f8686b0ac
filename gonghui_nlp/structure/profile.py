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


def year_of(title: str, body: str) -> int | None:
    """The year a paper is about: its title's, else its opening's; None when it says none or it is masked.

    >>> year_of("", "二○一九年，我校工会")
    2019
    """
    for text in (title, body[:_OPENING_LENGTH]):
        m = _YEAR.search(text)
        if m:
            return int(m[1]) if m[1] else numeral(m[2])
    return None


def organisation_of(title: str, body: str, tail: Sequence[str]) -> str | None:
    """The body that speaks, as written: from the signature, the title or the opening."""
    for text in (*reversed(tail), title, body[:_OPENING_LENGTH]):
        m = _ORG.search(text)
        if m and len(m[0]) > 3:
            return m[0]
    return None
