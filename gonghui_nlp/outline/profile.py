"""What a constituent is: summary or plan, whose, and of which year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gonghui_nlp.outline.wording import is_date_line, lexicon
from gonghui_nlp.schema import Kind
from gonghui_nlp.text.numerals import numeral

_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s?(?:[-—至~]\s?(?:(?:19|20)\d{2}|\d{2})\s?)?(?:年|学年|学年度|\.)|([二一][○〇零九][○〇零一二三四五六七八九]{2})年"
)
_MASKED = re.compile(r"[xX×*＊]{2,4}年|(?:19|20)[xX×*＊_]{1,2}年")
_RANGE = re.compile(r"(?<=[-—至~])(?:19|20)\d{2}")
_DONE = re.compile(r"了|一年来|取得|总结|荣获")
_AHEAD = re.compile(r"(?<![主重需只首])要|将|拟|争取|力争|计划|继续")
_OTHER = re.compile(r"通知|办法|制度|章程|讲话|致辞|主持词|倡议|申请|请示|名单|细则|协议|合同")
_NEXT = (
    r"(?:下半年|下一?步|下一?(?:年度?|阶段|学期)|明年|来年|今后(?:一段时间)?|新的?(?:一年|学期)|20\d\d年)(?:度|上半年)?"
)
_PLAN_NOUN = "(?:打算|计划|思路|设想|安排|规划|要点)"
_PLAN_SECTION = re.compile(
    f"{_NEXT}的?(?:我校|我院|工会)?(?:重点|主要)?的?(?:工会)?(?:工作)?的?(?:重点|主要|初步|几点)?{_PLAN_NOUN}"
)
_AHEAD_OPENING = re.compile(f"(?:在|展望)?{_NEXT}(?:里|中|期间|的工作中)?[^。]{{0,40}}(?:将|要|拟|打算|计划)")
_PROMISED = re.compile(
    f"(?:总结|汇报|小结|报告|情况|回顾)[^。；\n]{{0,24}}(?:和|及|与|以及|并就|并将){_NEXT}[^。；\n]{{0,12}}{_PLAN_NOUN}[^。；\n]{{0,10}}如下"
)
_PROMISE = 600
_CLAUSE_END = re.compile("[，。；：、！？“”（）《》]")
_OPENING_LENGTH = 120
_LEAST_CUES = 3
_UNIT = "(?:(?:总|联合)?工会(?:女职工)?(?:联合会|委员会)?|小学|中学|高中|初中|学校|学院|大学|幼儿园|公司|医院|局|厂|厅|银行|九义校|中心校)"
_NAME = "[\u4e00-\u9fffA-Za-zX×*○]"
_SIGNED = re.compile(f"{_NAME}{{1,24}}{_UNIT}")
_TITLED = re.compile(f"{_NAME}{{1,24}}?{_UNIT}(?:工会(?:委员会)?|女职工委员会|委员会)?(?!工作|[会主])")
_SPEAKING = re.compile(
    f"{_NAME}{{1,20}}?{_UNIT}(?:工会)?(?=在|以|认真|按照|根据|紧紧|坚持|围绕|全面|始终|团结|切实|能够|立足)"
)
_LEAD = re.compile(
    r"^(?:[在对按由以和及与为把向]|[\dxX×*]{2,4}(?:学?年度?|级)|[二一][○〇零一二三四五六七八九]{3}年|[上下]半年|本?学[期年]度?|"
    r"一年来|半年来|今年(?:以?来)?|[春秋夏冬]季期?|年度?|第[一二]学期|关于|来|期|由|根据|按照)+"
)
_GENERIC = re.compile(
    "我们?|本|该|全|各级?|上级|基层|总?工会|教职?工|职工|委员会|联合会|小学|中学|高中|初中|学校|学院|大学|幼儿园|公司|医院|教育|校|园|局|厂|"
    "[区县市省镇乡]|党支部|机关|企业|单位|的|领导|行政|党|委|总|女|和|及|对|在|按照|根据|上半年|下半年|度"
)


def kind_of(title: str, body: str, parts: Sequence[str], turns_to_plan: bool = False) -> Kind:
    """The kind of a constituent by its title; without one by its parts and by what its body tells.

    A summary whose opening promises a plan, or that turns to one of some length, is both.

    >>> kind_of("某校工会2023年工作总结及2024年工作计划", "", [])
    'summary_plan'
    >>> kind_of("某校工会工作总结", "", [], turns_to_plan=True)
    'summary_plan'
    """
    kind = _kind_of(title, body, parts)
    both = kind == "summary" and (turns_to_plan or _PROMISED.search(body[:_PROMISE]))
    return "summary_plan" if both else kind


def names_plan(title: str) -> bool:
    """Whether a section's title names what is to be done next.

    >>> names_plan("下半年工作打算"), names_plan("落实工作计划")
    (True, False)
    """
    return _PLAN_SECTION.fullmatch(title) is not None


def looks_ahead(paragraph: str) -> bool:
    """Whether a paragraph opens a plan for the time to come.

    >>> looks_ahead("在新的一年里，我们将团结奋斗。"), looks_ahead("今年我们取得了成绩。")
    (True, False)
    """
    return _AHEAD_OPENING.match(paragraph) is not None


def _kind_of(title: str, body: str, parts: Sequence[str]) -> Kind:
    summary, plan = _names(title)
    told = [_names(p) for p in parts]
    summaries, plans = any(s for s, _ in told), any(p for _, p in told)
    if summary != plan and summaries and plans:
        return "summary_plan"
    if summary or plan:
        return _said(summary, plan)
    if _OTHER.search(title):
        return "other"
    if summaries or plans:
        return _said(summaries, plans)
    done, ahead = len(_DONE.findall(body)), len(_AHEAD.findall(body))
    if max(done, ahead) < _LEAST_CUES:
        return "summary" if done > ahead else "plan" if ahead else "other"
    return "plan" if ahead > 1.5 * done else "summary"


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
    said = _YEAR.search(title)
    opening = _YEAR.search(body[:_OPENING_LENGTH])
    if said:
        year = _value(said)
        told = _value(opening) if opening and opening.start() <= 2 else year
        later = _RANGE.search(title, said.start())
        if told in (year, int(later[0]) if later else year):
            return year, None
        return (year, told) if _names(title)[1] else (told, year)
    if _MASKED.search(title) or _MASKED.search(body, 0, _OPENING_LENGTH):
        return None, None
    if opening:
        return _value(opening), None
    signed = next((m for line in reversed(tail) if is_date_line(line) and (m := _YEAR.search(line))), None)
    return (_value(signed) if signed else None), None


def _value(m: re.Match[str]) -> int | None:
    return int(m[1]) if m[1] else numeral(m[2])


def organisation_of(title: str, body: str, tail: Sequence[str]) -> str | None:
    """The body that speaks, as written: from the title, the signature or the opening; None when none has a name.

    >>> organisation_of("2021年青山小学工会工作总结", "", []), organisation_of("学校工会工作总结", "我校工会", [])
    ('青山小学', None)
    """
    signed = [line.replace(" ", "") for line in tail]
    places = [(title, _TITLED.match), *((text, _SIGNED.fullmatch) for text in reversed(signed))]
    places.append((body[:_OPENING_LENGTH], _SPEAKING.match))
    for text, find in places:
        for clause in _CLAUSE_END.split(text)[:3]:
            m = find(_LEAD.sub("", clause.strip()))
            if m and _GENERIC.sub("", m[0]):
                return m[0]
    return None
