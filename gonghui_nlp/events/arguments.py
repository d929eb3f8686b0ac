"""Who, where, under which name and with what outcome: read off the clause around a nucleus."""

from __future__ import annotations

import re

from .nuclei import Nucleus

Stretch = tuple[int, int]

_PEOPLE = (
    "教职员工|教职工|教工|教师|老师|职工|员工|会员|女工|女同志|干部|学生|师生|劳模|领导|代表|党员|委员|退休人员|人员|医护|护士|医生|家属|子女"
    "|小组|工会主席|主席|选手|青年|农民工|患者|单位|基层工会|学校|校级领导|户|人|者|员|工|师"
)
_WHO = re.compile(
    "(?:组织|安排|动员|发动|号召|倡议|要求|带领|邀请|聘请|选派|指导|让|由)了?(?P<who>[^，。；、“《]{1,24}?(?:、[^，。；“《]{1,12}?){0,2})"
    "(?=积极|认真|深入|广泛|分批|分期|到|赴|前往|去|参加|参与|开展|召开|举行|进行|观看|收看|学习|参观|外出|集体|为|向|在|走进|来|统一|体检|捐|赴|开好|过|对|面对|响应|$)"
)
_NUMBER = re.compile(
    "(?:近|约|共|全部)?[0-9〇○一二三四五六七八九十百千万余多几×*]+(?:余|多)?(?:名|位|个|人次|人|户|家)?"
)
_OBJECT_TYPES = frozenset({"aid", "commendation", "election"})
_PLACE = re.compile(
    "(?:在|到|赴|前往|走进|来到|去)(?P<place>(?!各|全[校体]|职工中|教师中|此|这|一[定]|开展|日常)[^，。；、在到]{2,24}?)"
    "(?=召开|举行|举办|开展|开幕|组织|进行|参观|考察|休养|疗养|旅游|观光|学习|春游|秋游|隆重|观看|参加|去|慰问|看望|公示|公布|体检|，|$)"
)
_NOT_PLACE = re.compile(
    "(?:期间|时|前|后|中|之际|下|基础上|方面|月|日|年|期|过程|节|来临|岗位|精神|重点|首位|第一位|工作|活动|作用|会上)$"
)
_RESULT = re.compile(
    "(?:[^，。；]{0,20}?(?:荣?获(?:得)?[^，。；]{0,20}?(?:奖|名|称号|冠军|亚军|成绩|好评|荣誉|优胜|证书)|取得[^，。；]{0,14}?(?:成绩|名次|效果|成效)"
    "|(?:得到|受到|赢得)[^，。；]{1,24}?(?:好评|欢迎|肯定|赞扬|认可|表扬|一致|称赞)|收到[^，。；]{0,10}?(?:效果|成效)|(?:满意率|通过率|合格率|参与率|参保率|覆盖率)[^，。；]{1,12}))"
)


def participants(text: str, nucleus: Nucleus) -> Stretch | None:
    """The people who took part, or who were visited, honoured, chosen; the number in front is left out."""
    m = _WHO.search(text, nucleus.start, nucleus.end) or _WHO.search(text, nucleus.clause.start, nucleus.end)
    if m and re.search(f"(?:{_PEOPLE})$", m["who"]):
        return _without_number(text, *m.span("who"))
    if text[nucleus.start] in "对给为向将与" and nucleus.start < nucleus.first and text[nucleus.start] != "将":
        if re.search(f"(?:{_PEOPLE})$", text[nucleus.start : nucleus.first].rstrip("进行了开展")):
            stop = re.search("进行|开展|实施|送|赠|授|的", text[nucleus.start + 1 : nucleus.first + 1])
            end = nucleus.start + 1 + stop.start() if stop else nucleus.first
            return _without_number(text, nucleus.start + 1, end)
        return None
    if nucleus.type in _OBJECT_TYPES and nucleus.head.entry is not None and nucleus.head.entry.role == "verb":
        low = nucleus.words[-1].end
        while low < nucleus.end and text[low] in "了过":
            low += 1
        m2 = re.compile("[^，。；“《]{1,30}").match(text, low, nucleus.end)
        if m2:
            people = [p.end() for p in re.finditer(f"(?:{_PEOPLE})(?:家属)?", m2[0])]
            if people:
                return _without_number(text, low, low + people[-1])
        return None
    beneficiary = re.compile(
        "(?:为|给|对)([^，。；在]{2,24}?)(?:进行|开展|实行|办理|送|发|组织|举行|举办|购买)"
    ).search(text, nucleus.clause.start, nucleus.first + 2)
    if beneficiary and re.search(f"(?:{_PEOPLE})$", beneficiary[1]):
        return _without_number(text, *beneficiary.span(1))
    modifier = re.compile(
        "(?:全体|全校)?(?:女教职工|女教工|女教师|女职工|教职工|教工|教师|职工|会员|女工|青年教师|退休教师)"
    ).search(text, nucleus.first, nucleus.end)
    return modifier.span() if modifier else None


def _without_number(text: str, start: int, end: int) -> Stretch | None:
    while start < end and text[start] in "了过的":
        start += 1
    m = _NUMBER.match(text, start, end)
    if m and m.end() < end:
        start = m.end()
    tail = re.compile("[0-9]+(?:余|多)?(?:名|位|人次|人)$").search(text, start, end)
    if tail and tail.start() > start:
        end = tail.start()
    return (start, end) if end > start else None


def place(text: str, nucleus: Nucleus) -> Stretch | None:
    """Where it was held, or where the journey went."""
    for m in _PLACE.finditer(text, nucleus.clause.start, nucleus.end):
        if not _NOT_PLACE.search(m["place"]):
            return m.span("place")
    return None


def name(text: str, nucleus: Nucleus) -> Stretch | None:
    """The title or theme: quoted titles inside the nucleus, else the event noun with its modifiers."""
    if nucleus.quotes:
        first, last = nucleus.quotes[0], nucleus.quotes[-1]
        strip = 2 if text[first.start] == "\\" else 1
        if len(nucleus.quotes) > 1:
            return first.start, last.end
        return (first.start + strip, first.end - strip) if text[first.start] != "《" else (first.start, first.end)
    entry = nucleus.head.entry
    if entry is not None and entry.role == "noun" and nucleus.type in ("contest", "culture_sports", "meeting"):
        start = nucleus.start
        if nucleus.words[0] is not nucleus.head:
            before = [w for w in nucleus.words if w.start < nucleus.head.start and w.entry and w.entry.role != "noun"]
            start = before[-1].end if before else start
            while start < nucleus.head.start and text[start] in "了过":
                start += 1
        if 2 < nucleus.end - start <= 24 and nucleus.head.start > start:
            return start, nucleus.end
    return None


def result(text: str, nucleus: Nucleus, limit: int) -> Stretch | None:
    """The award, rate or outcome told behind the nucleus, before the next event."""
    m = _RESULT.search(text, nucleus.end, min(limit, nucleus.end + 120))
    if not m:
        return None
    start, end = m.span()
    while start < end and text[start] in "，。；并且、 ":
        start += 1
    return start, end
