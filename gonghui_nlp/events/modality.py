"""Done, planned or routine: the clause's cue, else the section's, else the document's kind."""

from __future__ import annotations

import re
from functools import lru_cache

from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.events.passages import Passage
from gonghui_nlp.schema import Status, StatusBy
from gonghui_nlp.text.rules import Rule, Rules

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
    "|争取(?!了|到|[^，。；]{0,8}(?:补助|资金|经费|支持|名额|[金款元]))|力争|打算(?![，。；、])"
    "|即将|要(?<![主需重必首]要)(?=[举召组开办搞做]|适时|$)|我们要|继续做好|预计"
)
_WILL = re.compile("将(?=会|要|于|在)")  # behind the noun: 运动会将于10月举行
# When, not whether: 下学期举行了… is done all the same.
_LATER = re.compile("下一步|明年|下(?:个)?学期|下半年|今后")
_DONE = re.compile("了(?!解)|已经?|共(?!同|建)|圆满|成功|顺利|获得|荣获|先后|曾|累计")
_PLAN_HEADING = re.compile(
    "计划(?:安排|表|要点)?$|思路|打算|设想|安排|要点|展望|目标(?:任务)?$|措施$|下半年|明年|下[一]?年度|下学期|今后|努力方向|下一步"
)
_DONE_HEADING = re.compile("总结|回顾|成绩|完成情况|小结|已做的|所做的")


LEADING = 4  # characters of a clause in front of a cue that still heads it


@lru_cache(maxsize=1024)
def _under(heading: str) -> Status | None:
    if _DONE_HEADING.search(heading):
        return "done"
    return "planned" if _PLAN_HEADING.search(heading) else None


def status(text: str, mention: Mention, passage: Passage, ahead: bool = False) -> tuple[Status, StatusBy]:
    """The status of a mention and what decided it; ``ahead`` when the sentence told before of what is planned."""
    if ROUTINE.hold(text, mention):
        return "routine", "cue"
    if PLANNED.hold(text, mention):
        return "planned", "cue"
    if DONE.hold(text, mention):
        return "done", "cue"
    if ahead or _LATER.search(_before(text, mention)):
        return "planned", "cue"
    for heading in reversed(passage.headings):
        said = _under(heading)
        if said is not None:
            return said, "section"
    return ("planned" if passage.kind == "plan" else "done"), "document"


def _before(text: str, mention: Mention) -> str:
    """What stands in front of it in its sentence."""
    return text[max(mention.clause.sentence, mention.clause.start - 40) : mention.start]


def _own(text: str, mention: Mention) -> str:
    """What stands in front of it in its clause."""
    return text[mention.clause.start : mention.first]


def _inside(text: str, mention: Mention) -> str:
    return text[mention.start : mention.end + 2]


def _counted(text: str, mention: Mention) -> bool:
    return _COUNTED.search(text, mention.first, mention.end) is not None


def _each_time(text: str, mention: Mention) -> object:
    return not _done(text, mention) and _EACH_TIME.search(
        text, mention.clause.start, min(mention.first + 3, mention.end)
    )


def _whenever(text: str, mention: Mention) -> object:
    if mention.type != "aid" or "了" in _inside(text, mention) or _counted(text, mention):
        return False
    return _WHENEVER.search(text, mention.clause.sentence, mention.first)


def _kept_up(text: str, mention: Mention) -> object:
    return _KEPT_UP.search(_own(text, mention))


def _kept_up_inside(text: str, mention: Mention) -> object:
    inside = _inside(text, mention)
    return "了" not in inside and _KEPT_UP.search(inside)


def _always(text: str, mention: Mention) -> object:
    if _counted(text, mention):
        return False
    return _ROUTINE.search(_own(text, mention)) or _always_before(text, mention)


def _always_before(text: str, mention: Mention) -> object:
    """每年重阳节，走访…: what heads the sentence; behind a clause of its own (学校每学期制定计划，) it says no more."""
    if _done(text, mention):
        return False
    low = max(mention.clause.sentence, mention.clause.start - 40)
    said = _ROUTINE.search(text, low, mention.clause.start)
    return said and said.start() - max(low, text.rfind("，", low, said.start()) + 1) <= LEADING


def _obtained(text: str, mention: Mention) -> bool:
    """争取补助: got, not hoped for."""
    return mention.type in ("aid", "donation") and _own(text, mention).endswith("争取")


def _ahead(text: str, mention: Mention) -> object:
    said = (
        _PLANNED.search(text, mention.clause.start, mention.first + 1)
        or _PLANNED.search(_own(text, mention))
        or _WILL.search(text, mention.head.end, mention.end)
    )
    return said and not _obtained(text, mention)


def _ahead_before(text: str, mention: Mention) -> object:
    # 春节即将来临之际，开展了慰问: what is over is not ahead because something else was.
    return not _done(text, mention) and _PLANNED.search(_before(text, mention)) and not _obtained(text, mention)


def _done(text: str, mention: Mention) -> object:
    return _DONE.search(_inside(text, mention))


ROUTINE = Rules(
    Rule("each time", _each_time, "职工住院，工会必去探望。", "职工住院，工会去探望了。"),
    Rule("whenever it happens", _whenever, "教师住院，工会派人探望。", "教师住院，工会派人探望了2次。"),
    Rule("kept up", _kept_up, "坚持开展读书活动。", "积极开展读书活动。"),
    Rule("kept up, in its own words", _kept_up_inside, "组织教师定期体检。", "组织教师体检。"),
    Rule("always", _always, "每年重阳节，走访退休教师。", "今年重阳节，走访退休教师。"),
)
"""What is done again and again."""
PLANNED = Rules(
    Rule("ahead", _ahead, "工会将举办运动会。", "工会举办运动会。"),
    Rule(
        "ahead, before it in the sentence",
        _ahead_before,
        "下月将开展评比，举办演讲比赛。",
        "上月开展评比，举办演讲比赛。",
    ),
)
"""What is yet to come."""
DONE = Rules(Rule("done", _done, "举办了演讲比赛。", "举办演讲比赛。"))
"""What is over, whatever the headings say."""
