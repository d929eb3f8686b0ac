"""Done, planned or routine: the clause's cue, else the section's, else the document's kind."""

from __future__ import annotations

import re
from functools import lru_cache

from ..model import Status, StatusBy
from .nuclei import Nucleus
from .passages import Passage

_ROUTINE = re.compile(
    "每(?:年|月|周|季|季度|学期|学年|逢|当|[一两二三]个?[月周年]|位[^，。]{1,8}(?:生日|来临))|逢年过节|定期|不定期|坚持(?!以|全心|把)"
    "|凡(?!事找)|经常|每期|一期一次|总是|如遇|遇有|一旦|无论|不管是|一年(?:至少)?(?:召开|开)?一次|常年|例行|长年|均参加|都会"
)
# With a sum of what was done, a 坚持 or 定期 some clauses before is about something else.
_COUNTED = re.compile("[0-9]+(?:余|多)?(?:人次|人|名|户|次|件|份|[万千]?[余多]?元)")
# Each time it happens: 工会必去探望, 工会都派人慰问.
_EACH_TIME = re.compile("必(?=[去到看]|登门|上门)|都(?=派人|派专人|会?去|要去|前往|上门|登门|及时)")
# Every alternative begins with a literal character: the engine then skips to where one can begin.
_PLANNED = re.compile(
    "将(?=[于在继进开举组召表会要以对为]|$)|拟(?!定|订)|计划(?=[于在开举组召])|准备(?=[在于开举组召搞])|争取|力争|打算|下一步|明年|下学期|下半年"
    "|即将|今后|要(?<![主需重必首]要)(?=[举召组开办搞做]|适时|$)|我们要|继续做好|预计"
)
_DONE = re.compile("了(?!解)|已经?|共(?!同|建)|圆满|成功|顺利|获得|荣获|先后|曾|累计")
_PLAN_HEADING = re.compile(
    "计划|思路|打算|设想|安排|要点|展望|目标|措施|下半年|明年|下[一]?年度|下学期|今后|努力方向|下一步"
)
_DONE_HEADING = re.compile("总结|回顾|成绩|完成情况|主要工作|小结")


@lru_cache(maxsize=1024)
def _under(heading: str) -> Status | None:
    if _DONE_HEADING.search(heading):
        return "done"
    return "planned" if _PLAN_HEADING.search(heading) else None


def status(text: str, nucleus: Nucleus, passage: Passage) -> tuple[Status, StatusBy]:
    """The status of a nucleus and what decided it."""
    clause = nucleus.clause
    before = text[max(clause.sentence, clause.start - 40) : nucleus.start]
    inside = text[nucleus.start : nucleus.end + 2]
    own = text[clause.start : nucleus.first]
    planned = _PLANNED.search(own) or _PLANNED.search(text, clause.start, nucleus.first + 1) or _PLANNED.match(inside)
    each = _EACH_TIME.search(text, clause.start, min(nucleus.first + 3, nucleus.end))
    counted = _COUNTED.search(text, nucleus.first, nucleus.end)
    if each or _ROUTINE.search(own if counted else before) or _ROUTINE.search(inside):
        return "routine", "cue"
    if planned or _PLANNED.search(before):
        return "planned", "cue"
    if _DONE.search(inside):
        return "done", "cue"
    for heading in reversed(passage.headings):
        said = _under(heading)
        if said is not None:
            return said, "section"
    return ("planned" if passage.kind == "plan" else "done"), "document"
