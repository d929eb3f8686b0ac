"""What a constituent is: summary or plan, whose, and of which year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gonghui_nlp.compiling import compiled
from gonghui_nlp.outline.wording import is_date_line, lexicon
from gonghui_nlp.resources import patterns
from gonghui_nlp.schema import Kind
from gonghui_nlp.text.numerals import numeral

_year = patterns.pattern("outline", "year")
_masked = patterns.pattern("outline", "masked_year")
_range = patterns.pattern("outline", "last_year_of_range")
_done = patterns.pattern("outline", "cue_of_done")
_ahead = patterns.pattern("outline", "cue_of_ahead")
_other = patterns.pattern("outline", "other_kind")
_plan_section = patterns.pattern("outline", "plan_section")
_ahead_opening = patterns.pattern("outline", "ahead_opening")
_promised = patterns.pattern("outline", "promised")
_PROMISE = 600
_CLAUSE_END = compiled("[，。；：、！？“”（）《》]")
_OPENING_LENGTH = 120
_LEAST_CUES = 3
_NAME = "[\u4e00-\u9fffA-Za-zX×*○]"
_signed = patterns.pattern("outline", "signed_by")
_titled = patterns.pattern("outline", "title_begins_with_unit")
_speaking = patterns.pattern("outline", "body_begins_with_unit")
_lead = patterns.pattern("outline", "before_owner")
_generic = patterns.pattern("outline", "names_nobody")


def kind_of(title: str, body: str, parts: Sequence[str], turns_to_plan: bool = False) -> Kind:
    """The kind of a constituent by its title; without one by its parts, then by the weight of what its body tells.

    A summary whose opening promises a plan, or that turns to one of some length, is both.

    >>> kind_of("某校工会2023年工作总结及2024年工作计划", "", [])
    'summary_plan'
    >>> kind_of("", "组织护士学习急救。要巩固成果，将开展竞赛。", [])
    'other'
    >>> kind_of("某校工会工作总结", "", [], turns_to_plan=True)
    'summary_plan'
    >>> kind_of("", "组织职工参加模拟法庭。", []), kind_of("", "将奖品发给职工，举行了主要比赛。", [])
    ('other', 'summary')
    """
    kind = _kind_of(title, body, parts)
    both = kind == "summary" and (turns_to_plan or _promised().search(body[:_PROMISE]))
    return "summary_plan" if both else kind


def names_plan(title: str) -> bool:
    """Whether a section's title names what is to be done next.

    >>> names_plan("下半年工作打算"), names_plan("落实工作计划")
    (True, False)
    """
    return _plan_section().fullmatch(title) is not None


def looks_ahead(paragraph: str) -> bool:
    """Whether a paragraph opens a plan for the time to come.

    >>> looks_ahead("在新的一年里，我们将团结奋斗。"), looks_ahead("今年我们取得了成绩。")
    (True, False)
    """
    return _ahead_opening().match(paragraph) is not None


def _kind_of(title: str, body: str, parts: Sequence[str]) -> Kind:
    summary, plan = _names(title)
    told = [_names(p) for p in parts]
    summaries, plans = any(s for s, _ in told), any(p for _, p in told)
    if summary != plan and summaries and plans:
        return "summary_plan"
    if summary or plan:
        return _said(summary, plan)
    if _other().search(title):
        return "other"
    if summaries or plans:
        return _said(summaries, plans)
    done, ahead = len(_done().findall(body)), len(_ahead().findall(body))
    # An excerpt without a title is hardly ever a plan: one 将 or 要 too many would make all it tells a promise.
    if ahead > max(_LEAST_CUES, 2 * done):
        return "plan"
    return "summary" if done and (done > ahead or max(done, ahead) >= _LEAST_CUES) else "other"


def _said(summary: bool, plan: bool) -> Kind:
    return "summary_plan" if summary and plan else "summary" if summary else "plan"


def _names(text: str) -> tuple[bool, bool]:
    """Whether a title names a summary, and a plan."""
    words = lexicon()["title"]
    summary = any(w in text for w in words["names_summary"]) or text.endswith(("情况", "报告"))
    return summary, any(w in text for w in words["names_plan"])


def years_of(title: str, body: str, tail: Sequence[str] = ()) -> tuple[int | None, int | None]:
    """The year a paper is about, and the year its title says where the text speaks of another.

    The title's year, else the opening's, else the signature's; None when there is none or it is masked. Where the very
    first words of a body are another year, the body is right (sites put new years into old titles), but for a plan:
    it may begin by looking back.

    >>> years_of("", "二○一九年，我校工会"), years_of("2023年工会总结", "2022年我校工会")
    ((2019, None), (2022, 2023))
    """
    said = _year().search(title)
    opening = _year().search(body[:_OPENING_LENGTH])
    if said:
        year = _value(said)
        told = _value(opening) if opening and opening.start() <= 2 else year
        later = _range().search(title, said.start())
        if told in (year, int(later[0]) if later else year):
            return year, None
        return (year, told) if _names(title)[1] else (told, year)
    if _masked().search(title) or _masked().search(body, 0, _OPENING_LENGTH):
        return None, None
    if opening:
        return _value(opening), None
    signed = next((m for line in reversed(tail) if is_date_line(line) and (m := _year().search(line))), None)
    return (_value(signed) if signed else None), None


def _value(m: re.Match[str]) -> int | None:
    return int(m[1]) if m[1] else numeral(m[2])


def organisation_of(title: str, body: str, tail: Sequence[str]) -> str | None:
    """The body that speaks, as written: from the title, the signature or the opening; None when none has a name.

    >>> organisation_of("2021年青山小学工会工作总结", "", []), organisation_of("学校工会工作总结", "我校工会", [])
    ('青山小学', None)
    """
    signed = [line.replace(" ", "") for line in tail]
    places = [(title, _titled().match), *((text, _signed().fullmatch) for text in reversed(signed))]
    places.append((body[:_OPENING_LENGTH], _speaking().match))
    for text, find in places:
        for clause in _CLAUSE_END.split(text)[:3]:
            m = find(_lead().sub("", clause.strip()))
            if m and _generic().sub("", m[0]):
                return m[0]
    return None
