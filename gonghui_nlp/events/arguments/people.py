"""Who took part: called together (组织…), met (对…, 为…), visited or honoured (慰问…), or the subject of the clause."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from gonghui_nlp.events.arguments.fillers import Filler, Stretch
from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.events.triggers import group_nouns
from gonghui_nlp.resources import knowledge


class _Nouns(NamedTuple):
    """The patterns that the nouns for people go into."""

    people: re.Pattern[str]
    last: re.Pattern[str]
    group: re.Pattern[str]
    filed: re.Pattern[str]  # 建立困难职工档案: whom the papers are about


@knowledge
def _nouns() -> _Nouns:
    noun = "|".join(word for word, of_rules in group_nouns().items() if of_rules)
    return _Nouns(
        re.compile(f"(?:{noun})(?:及(?:其)?家属|家属|家庭|们|全体|代表)?$"),
        re.compile(f".*(?:{noun})(?:及其家属|家属|家庭|们)?"),
        re.compile(
            f"(?:全体|全校|全县|全区|全院|[女男]|青年|中青年|中年|老年|退休|离退休|困难|优秀|骨干|单身|新(?=教)|党员|先进|农民工|工会)+(?:{noun})(?!会)|工会小组长|班组长|劳模先进|农民工|单身青年教师|女工"
        ),
        re.compile(
            f"(?P<who>(?:困难|特困|贫困|离退休|退休|单亲|患病|住院|留守|新|女|优秀|先进|骨干)+(?:{noun})|孤儿|留守儿童|劳模|会员)(?:电子|纸质|有关|相关)*(?:档案|台账|材料|登记册|登记表|名册|花名册|信息|资料)"
        ),
    )


NUMBER = "(?:近|约|共|全部|达)?[0-9０-９〇○零一二两三四五六七八九十百千万余多几数×xX*＊]+(?:余|多)?"
_TRAILING_NUMBER = re.compile(f"(?:{NUMBER})(?:名|位|人次|人|户|家|个|对)?$")
_LEADING_NUMBER = re.compile(f"(?:{NUMBER}(?:名|位|个|户|家|对|组|批|次(?!人)|场|期)|[名位])(?!人)")
_THINGS = re.compile("[0-9一二三四五六七八九十][份件条项篇张本]")
_CALLS = frozenset(
    {
        "组织",
        "安排",
        "动员",
        "发动",
        "倡议",
        "号召",
        "带领",
        "率领",
        "邀请",
        "聘请",
        "选派",
        "选送",
        "推荐",
        "指导",
        "组织开展",
        "派人",
        "要求",
    }
)
_STOP = re.compile(
    "到|赴|前往|去|在(?![职岗编读校园册])|为(?!期)|向|对|与|外出|积极|认真|深入|广泛|分批|分期|分两批|统一|集体|进行|响应|踊跃|走进|来|利用|观|听|参|作(?!者)|走|于|过|吃|撰写|开|搞|举|交流|登|全程|上(?!级)"
)
_FRONT = re.compile(
    "[对给为向](?P<who>[^，。；]{2,40}?)(?:进行|开展|实施|实行|举办|举行|采取|办理|购买|配备|送|赠|授|颁|发|献|做|提供|申请|建立|投保|安装|添置|解决|$)"
)
_WITH = re.compile("[与和同](?P<who>[^，。；、]{2,14}?)(?:共同|联合|一起|一道|协商)")
_JOINING = re.compile(
    "(?:联合|会同|配合)(?P<who>[^，。；]{2,16}?)(?:开展|组织|举办|举行|搞好|做好|对|召开|进行|开办|调解|到)"
)
_GENERIC_GROUP = re.compile(
    "(?:^|[了办行展”》次届场期年月份节加织开好名]|全[县市校区镇乡系统]{1,2})(教职员工|教职工|教工|教师|职工|会员|员工|妇女|女工)"
    "(?!代表|大会|之家|书屋|风采|职业|队伍|工会|权益|生日|食堂|活动室|活动中心|文化|提案|宿舍|档案|教育|素质|业余|满意|委员|座谈会上|小家|医疗|互助|基本功|专业|节)"
)
_SUBJECT = re.compile(
    "(?:^|[，年月日天前后初末期旬份来：]|本次|我们|共|由|日上午|日下午)(?P<who>[^，。；：]{2,24}?)"
    "(?:分别|均|都|共|积极|踊跃|自愿|全部|一举|被|代表[^，。；]{2,8}|也|先后|再次|还|已|利用[^，。；]{2,8}|认真|集体|统一|分批|代表|坚持|[到赴在][^，。；]{2,10}){0,2}$"
)
_ON_PAPER = frozenset({"rules", "organisation", "publicity"})
_VISITS = frozenset({"aid", "commendation", "welfare", "election", "oversight", "training", "inspection", "outing"})
_HONOURED = frozenset(
    {"荣获", "获得", "被评为", "评为", "当选", "取得", "夺得", "命名", "授予", "参保", "体检", "捐款", "述职", "参赛"}
)
_NOT_SUBJECT = re.compile(
    "(?:我校|学校|我们|校工会|(?<!分)工会|公司|医院|县总工会|我会|会上|期间|时|单位|企业|部门|支部|党委|机关)$"
    "|^[^，]*(?:已有|共有|现有|均有|[0-9])|^(?:在|为|通过|并|以|于|从|由于|全年|今年|本|对|向|给|将|把|与|和|同|根据|按|凡|针对|了|的|是|使|让|要|组织|结合|围绕|配合|关心|不断|进一步|积极|认真|充分|做|开|加强|提高|协助)"
)
_CHOSEN = re.compile("(?P<who>[^，。；]{2,16}?)(?:为|荣获|当)")


ATTENDED = 110  # characters behind a gathering in which who came is told


def _clean(text: str, start: int, end: int) -> Stretch | None:
    """The stretch without numbers at its edges; None when no people are left."""
    while start < end and text[start] in "了过的好、‘’“”":
        start += 1
    m = _LEADING_NUMBER.match(text, start, end)
    if m and m.end() < end:
        start = m.end()
    m = _TRAILING_NUMBER.search(text, max(start, end - 12), end)
    if m and m.start() > start:
        end = m.start()
    if text.find("《", start, end) >= 0 or _THINGS.search(text, start, end):
        return None  # words of a title, what is counted
    return (start, end) if 2 <= end - start <= 60 else None


def _people(text: str, start: int, end: int) -> Stretch | None:
    """The longest beginning of the stretch that ends in people."""
    m = _nouns().last.match(text, start, min(end, start + 60))
    return _clean(text, start, m.end()) if m else None


def called(text: str, mention: Mention) -> Stretch | None:
    """Who the mention itself calls together: what later activities of the sentence inherit."""
    for i, word in enumerate(mention.words):
        if word.entry.word not in _CALLS:
            continue
        behind = mention.words[i + 1].start if i + 1 < len(mention.words) else mention.end
        start = word.end
        stop = _STOP.search(text, start, behind)
        end = stop.start() if stop else behind
        quote = next((q.start for q in mention.quotes if start <= q.start < end), end)
        if 2 <= min(end, quote) - start <= 50:
            found = _people(text, start, min(end, quote))
            if found:
                return found
    return None


def _together(text: str, mention: Mention) -> Stretch | None:
    low, high = max(mention.clause.start, mention.first - 30), min(mention.end, mention.first + 24)
    m = _WITH.search(text, low, high) or _JOINING.search(text, low, high)
    return m.span("who") if m else None


def _met(text: str, mention: Mention) -> Stretch | None:
    low = max(mention.clause.start, mention.first - 42)
    m = _FRONT.search(text, low, mention.head.start) or _FRONT.search(text, low, mention.head.end)
    if not m or m.start() > mention.head.start:
        return None
    start, end = m.span("who")
    return _people(text, start, end)


def _object(text: str, mention: Mention) -> Stretch | None:
    entry = mention.head.entry
    if entry.role != "verb" or mention.type not in _VISITS or entry.word in _HONOURED:
        return None
    if mention.type == "oversight" and entry.word[-2:] not in ("评议", "测评"):
        return None
    verbs = [w for w in mention.words if w.entry.role == "verb"]
    start = verbs[-1].end if verbs[-1].end < mention.end else mention.head.end
    if mention.type == "election" or entry.word in ("推选", "推荐", "推选产生"):
        m = _CHOSEN.match(text, mention.head.end, mention.end)
        return m.span("who") if m else None
    quote = next((q.start for q in mention.quotes if q.start >= start), mention.end)
    return _people(text, start, quote) if quote - start > 1 else None


def _subject(text: str, mention: Mention) -> Stretch | None:
    low = max(mention.clause.start, mention.start - 28)
    m = _SUBJECT.search(text, low, mention.start)
    if not m or _NOT_SUBJECT.search(m["who"]):
        return None
    start, end = m.span("who")
    return _clean(text, start, end) if _nouns().people.search(text, start, end) else None


_ATTEND = "(?:参加|出席|参赛|参与|列席)(?:了|会议|活动|比赛|$)"
_SOMEBODY_ATTENDED = re.compile(_ATTEND)
_ATTENDED = re.compile(
    "[，。](?:共有|共|有|近|约|会议由|来自)?(?P<who>[^，。；！？的了]{2,60}?)(?:分别|均|都|共|等|代表|共计)?"
    f"(?:{NUMBER}[名位]?(?:余|多)?(?:人|人次)?)?{_ATTEND}"
)
_GATHERINGS = frozenset({"meeting", "training", "contest", "culture_sports", "outing", "labour"})


def _attended(text: str, mention: Mention) -> Stretch | None:
    """Who is said to have come, in the clauses behind: 召开了总结大会，各分会主席、积极分子参加了会议。"""
    if mention.type not in _GATHERINGS:
        return None
    # What every match must hold is looked for first: the whole pattern tries every place anew.
    if not _SOMEBODY_ATTENDED.search(text, mention.end, mention.end + ATTENDED):
        return None
    m = _ATTENDED.search(text, mention.end, mention.end + ATTENDED)
    if m is None or text.find("\n", mention.end, m.start()) >= 0:
        return None
    start, end = m.span("who")
    return _people(text, start, end)


def _modifier(text: str, mention: Mention) -> Stretch | None:
    if mention.type in _ON_PAPER:
        m = _nouns().filed.search(text, mention.first, mention.end)
        return m.span("who") if m else None
    quote = mention.quotes[0].start if mention.quotes else mention.end
    m = _nouns().group.search(text, mention.start, min(mention.end, quote)) or (
        _nouns().group.search(text, mention.quotes[-1].end, mention.end) if mention.quotes else None
    )
    if m:
        return m.span()
    if mention.type in _GATHERINGS:
        m = _GENERIC_GROUP.search(text, mention.start, mention.end)
        return m.span(1) if m else None
    return None


# 3月，区总工会随机抽查…: who stands between the time and what speaks of the doing.
_DOER = re.compile(
    "(?:[^，。；：]{0,16}?(?:[0-9一二三四五六七八九十][日月年号]|月份|[上中下]旬|期间|之际|前夕?|后|[上下]午|晚上?|当天|节)，?)?"
    "(?P<who>[^，。；：“”《》（）0-9的了是]{2,18}?)(?=$|[将把对为给向被获在到赴于]|先后|专门|积极|随机|分别|均|都[^道]|共[^产青同]|联合|还|也|又|已"
    "|再次|及时|主动|自愿|特[地意]|多次|认真|深入|广泛|集体|统一|共同|荣获|派[出人]|利用|通过|按照|根据|历来|组织|前往|举[办行]|召开|开展|坚持|自发|踊跃|全部)"
)


def doers(text: str, mention: Mention) -> list[Filler]:
    """Who may be the subject: what heads the clause of a mention, and what heads its sentence."""
    clause = mention.clause
    found: list[Filler] = []
    for how, low in (("doer", clause.start), ("doer^", clause.sentence)):
        if low < mention.first and (how == "doer" or low < clause.start):
            m = _DOER.match(text, low, mention.first)
            if m:
                found.append(Filler(*m.span("who"), how))
    return found


_RULES: tuple[tuple[str, Callable[[str, Mention], Stretch | None]], ...] = (
    ("called", called),
    ("together", _together),
    ("met", _met),
    ("object", _object),
    ("subject", _subject),
    ("modifier", _modifier),
    ("attended", _attended),
)


def participants(text: str, mention: Mention) -> Filler | None:
    """The people the rules say took part, without the number in front or behind, and the rule that says so."""
    for rule, find in _RULES:
        found = find(text, mention)
        if found:
            return Filler(*found, rule)
    return None
