"""Done, planned or routine: the clause's cue, else the section's, else the document's kind."""

from __future__ import annotations

from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.events.passages import Passage
from gonghui_nlp.resources import patterns, remembered
from gonghui_nlp.schema import Status, StatusBy
from gonghui_nlp.text.rules import Rule, Rules

_routine = patterns.pattern("events", "routine_cue")
_kept_up_pattern = patterns.pattern("events", "kept_up")
_whenever_pattern = patterns.pattern("events", "whenever")
_counted_pattern = patterns.pattern("events", "counted_sum")
_each_time_pattern = patterns.pattern("events", "each_time")
_planned = patterns.pattern("events", "planned_cue")
_will = patterns.pattern("events", "will_behind")
_later = patterns.pattern("events", "later_time")
_done_pattern = patterns.pattern("events", "done_cue")
_plan_heading = patterns.pattern("events", "plan_heading")
_done_heading = patterns.pattern("events", "done_heading")


LEADING = 4  # characters of a clause in front of a cue that still heads it


@remembered(1024)
def _under(heading: str) -> Status | None:
    if _done_heading().search(heading):
        return "done"
    return "planned" if _plan_heading().search(heading) else None


def status(text: str, mention: Mention, passage: Passage, ahead: bool = False) -> tuple[Status, StatusBy]:
    """The status of a mention and what decided it; ``ahead`` when the sentence told before of what is planned."""
    if ROUTINE.hold(text, mention):
        return "routine", "cue"
    if PLANNED.hold(text, mention):
        return "planned", "cue"
    if DONE.hold(text, mention):
        return "done", "cue"
    if ahead or _later().search(_before(text, mention)):
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
    return _counted_pattern().search(text, mention.first, mention.end) is not None


def _each_time(text: str, mention: Mention) -> object:
    return not _done(text, mention) and _each_time_pattern().search(
        text, mention.clause.start, min(mention.first + 3, mention.end)
    )


def _whenever(text: str, mention: Mention) -> object:
    if mention.type != "aid" or "了" in _inside(text, mention) or _counted(text, mention):
        return False
    return _whenever_pattern().search(text, mention.clause.sentence, mention.first)


def _kept_up(text: str, mention: Mention) -> object:
    return _kept_up_pattern().search(_own(text, mention))


def _kept_up_inside(text: str, mention: Mention) -> object:
    inside = _inside(text, mention)
    return "了" not in inside and _kept_up_pattern().search(inside)


def _always(text: str, mention: Mention) -> object:
    if _counted(text, mention):
        return False
    return _routine().search(_own(text, mention)) or _always_before(text, mention)


def _always_before(text: str, mention: Mention) -> object:
    """每年重阳节，走访…: what heads the sentence; behind a clause of its own (学校每学期制定计划，) it says no more."""
    if _done(text, mention):
        return False
    low = max(mention.clause.sentence, mention.clause.start - 40)
    said = _routine().search(text, low, mention.clause.start)
    return said and said.start() - max(low, text.rfind("，", low, said.start()) + 1) <= LEADING


def _obtained(text: str, mention: Mention) -> bool:
    """争取补助: got, not hoped for."""
    return mention.type in ("aid", "donation") and _own(text, mention).endswith("争取")


def _ahead(text: str, mention: Mention) -> object:
    planned = _planned().search
    said = (
        planned(text, mention.clause.start, mention.first + 1)
        or planned(_own(text, mention))
        or _will().search(text, mention.head.end, mention.end)
    )
    return said and not _obtained(text, mention)


def _ahead_before(text: str, mention: Mention) -> object:
    # 春节即将来临之际，开展了慰问: what is over is not ahead because something else was.
    return not _done(text, mention) and _planned().search(_before(text, mention)) and not _obtained(text, mention)


def _done(text: str, mention: Mention) -> object:
    return _done_pattern().search(_inside(text, mention))


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
