"""Who held it: the unit in front of the verb, or the one behind 举办的 inside the mention."""

from __future__ import annotations

import re

from gonghui_nlp.events.arguments.fillers import Stretch
from gonghui_nlp.events.mentions import Mention

_UNIT = "总工会|教育工会|联合工会|工会委员会|工会|学校|我校|公司|医院|支行|幼儿园|妇联|团委|党支部|教育局|女工委|分会|工会小组|文化馆|街道|机关党委"
_HELD = "(?:举办|组织|主办|承办|召开|举行|开展)的"
_HELD_BY = re.compile(
    f"(?:参加|参与|赴|出席)?了?(?P<who>[^，。；、的了参赴“《]{{0,12}}(?:{_UNIT}))(?:联合|共同)?{_HELD}"
)
_SOMEBODY_HELD = re.compile(_HELD)
# Characters of verbs and prepositions: a unit behind one of them is met, not acting (在教育局…, 配合学校…).
_SUBJECT = re.compile(
    f"(?<![在到向对为给与和同合据促是于由把])(?:我们|全体)?"
    f"(?P<who>[^，。；、：“”0-9日月年期间前后在于的了由到向对为给与和同配合根据促凡迎审逐把将建接是]{{0,10}}(?:{_UNIT}))"
    "(?![的与和、]|组织(?:的|建设)|工作|活动|干部|主席|会员|委员|小组)"
)


def organiser(text: str, mention: Mention) -> Stretch | None:
    """The unit that held the activity, as written in the same clause; None when the clause names none."""
    # What every match must hold is looked for first: the whole pattern tries every place anew.
    if text.find("的", mention.start, mention.end) >= 0 and _SOMEBODY_HELD.search(text, mention.start, mention.end):
        held = _HELD_BY.search(text, mention.start, mention.end)
        if held:
            return held.span("who")
    low = max(mention.clause.start, mention.start - 40)
    subject = _SUBJECT.search(text, low, mention.start)
    if subject is None and low > mention.clause.sentence:
        # 校工会于3月8日，在操场举办…: the subject stands in the clause that opens the sentence
        subject = _SUBJECT.match(text, mention.clause.sentence, mention.clause.start)
    return subject.span("who") if subject else None
