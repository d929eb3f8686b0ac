"""Done, planned or routine: the clause's cue, else the section's, else the document's kind."""

from __future__ import annotations

import re
from functools import lru_cache

from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.events.passages import Passage
from gonghui_nlp.schema import Status, StatusBy

_ALWAYS = (
    "每(?:年|月|周|季|季度|学期|学年|逢|当|[一两二三]个?[月周年]|位[^，。]{1,8}(?:生日|来临))|逢年过节|定期|不定期"
    "|凡(?!事找)|经常|每期|一期一次|总是|如遇|遇有|一旦|无论|不管是|[一两]年(?:至少)?(?:召开|开)?一次|例行|均参加|都会"
)
_ROUTINE = re.compile(_ALWAYS)
# In the clause itself only: some clauses before, it is about something else.
_KEPT_UP = re.compile(f"{_ALWAYS}|坚持(?!以|全心|把)|常年|长年")
# 教师住院，工会派人探望: what is done whenever it happens, to nobody in particular.
_WHENEVER = re.compile(
    "(?:教师|教职工|教工|职工|会员|员工|家属|老人|同志|老师|亲属)[^，。；0-9一二三四五六七八九十了]{0,8}?"
    "(?:生病|患病|住院|结婚|生育|生产|去世|逝世|过世|过生日|退休|婚丧嫁娶|红白喜事)[^，。；了]{0,6}，[^，。；了0-9]{0,12}$"
)
# With a sum of what was done, a 坚持 or 定期 some clauses before is about something else.
_COUNTED = re.compile("[0-9]+(?:余|多)?(?:人次|人|名|户|次|件|份|[万千]?[余多]?元)")
# Each time it happens: 工会必去探望, 工会都派人慰问.
_EACH_TIME = re.compile("必(?=[去到看]|登门|上门)|都(?=派人|派专人|会?去|要去|前往|上门|登门|及时)")
# Every alternative begins with a literal character: the engine then skips to where one can begin.
_PLANNED = re.compile(
    "将(?=[于在继进开举组召表会要以对为]|$)|拟(?!定|订)|计划(?=[于在开举组召])|准备(?=[在于开举组召搞])"
    "|争取(?!了|到|[^，。；]{0,8}(?:补助|资金|经费|支持|名额))|力争|打算(?![，。；、])"
    "|即将|要(?<![主需重必首]要)(?=[举召组开办搞做]|适时|$)|我们要|继续做好|预计"
)
# When, not whether: 下学期举行了… is done all the same.
_LATER = re.compile("下一步|明年|下(?:个)?学期|下半年|今后")
_DONE = re.compile("了(?!解)|已经?|共(?!同|建)|圆满|成功|顺利|获得|荣获|先后|曾|累计")
_PLAN_HEADING = re.compile(
    "计划(?:安排|表|要点)?$|思路|打算|设想|安排|要点|展望|目标(?:任务)?$|措施$|下半年|明年|下[一]?年度|下学期|今后|努力方向|下一步"
)
_DONE_HEADING = re.compile("总结|回顾|成绩|完成情况|小结|已做的|所做的")


@lru_cache(maxsize=1024)
def _under(heading: str) -> Status | None:
    if _DONE_HEADING.search(heading):
        return "done"
    return "planned" if _PLAN_HEADING.search(heading) else None


def status(text: str, mention: Mention, passage: Passage, ahead: bool = False) -> tuple[Status, StatusBy]:
    """The status of a mention and what decided it; ``ahead`` when the sentence told before of what is planned."""
    clause = mention.clause
    before = text[max(clause.sentence, clause.start - 40) : mention.start]
    inside = text[mention.start : mention.end + 2]
    own = text[clause.start : mention.first]
    each = _EACH_TIME.search(text, clause.start, min(mention.first + 3, mention.end))
    counted = _COUNTED.search(text, mention.first, mention.end)
    happened = "了" in inside
    falls_ill = mention.type == "aid" and not happened and not counted
    whenever = falls_ill and _WHENEVER.search(text, clause.sentence, mention.first)
    if each or whenever or _KEPT_UP.search(own) or _ROUTINE.search(own if counted else before):
        return "routine", "cue"
    if not happened and _KEPT_UP.search(inside):
        return "routine", "cue"
    obtained = mention.type in ("aid", "donation") and own.endswith("争取")  # 争取补助: got, not hoped for
    cue = _PLANNED.search(own) or _PLANNED.search(text, clause.start, mention.first + 1) or _PLANNED.match(inside)
    if not obtained and (cue or _PLANNED.search(before)):
        return "planned", "cue"
    if _DONE.search(inside):
        return "done", "cue"
    if ahead or _LATER.search(before):
        return "planned", "cue"
    for heading in reversed(passage.headings):
        said = _under(heading)
        if said is not None:
            return said, "section"
    return ("planned" if passage.kind == "plan" else "done"), "document"
