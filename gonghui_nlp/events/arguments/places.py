"""Where: behind 在, 到, 赴 in front of the activity, what is visited, or the meeting that decided."""

from __future__ import annotations

import re

from gonghui_nlp.events.arguments.fillers import Filler, Stretch
from gonghui_nlp.events.clauses import Quotation
from gonghui_nlp.events.mentions import Mention

# Every alternative begins with a literal character: the engine then skips to where one can begin.
_NOT_BEHIND = "[收达得做落感受直现送存所提年不正旨好来回]"
_MARK = re.compile(
    f"(?:{'|'.join(f'{w}(?<!{_NOT_BEHIND}{w})' for w in ('前往', '走进', '来到', '深入', *'在到赴于去'))})(?:(?<=深入)到)?"
    "(?!职|世|年|第一时间|全[县市镇乡区校]|[0-9一二三四五六七八九十]+月|位|此|这|一[定起]|家(?!乡)|日常|全体|各[个项种]|了|[年月])"
)
_SUFFIX = (
    "会议室|报告厅|活动室|活动中心|中心|体育馆|图书馆|纪念馆|博物馆|公园|校园|校园网|乐园|景区|风景区|湿地|广场|操场|球场|剧场|礼堂|食堂|宾馆|酒店|饭店|山庄|基地|农场|果园|庄园|社区|企业|车间"
    "|医院|学校|小学|中学|幼儿园|大学|敬老院|福利院|学院|网上|校园网|内网|网站|公示栏|公开栏|公布栏|宣传栏|电视台|媒体|平台|公众号|信箱|教代会上?|职代会上?|大会上?|会议上?|会上|典礼上?|论坛上?|年会"
    "|等地|外地|各地|当地|市区|城区|省城|县城|[馆厅室楼园场院山湖岛寨谷峡洞寺庙村镇乡县市省州区街江河海店栏厂部滨]|基地|工地|驻地|营地|宿舍|书屋|俱乐部|路段|会址|故居|遗址|现场|校门口|灾区|库房|每层|一线|群里?"
)
_PLACE = re.compile(f'.*(?:{_SUFFIX})[里内]?[”"]?(?:等地)?')
_STOP = re.compile(
    "[，。；：]|召开|举行|举办|开展|隆重|组织|进行|徒步|采|游玩|踏|跟岗|疗|休|旅|参观|观|考察|学习|春游|秋游|慰问|看望|开设|设立|发表|安装|建立|体检|前去|出席|参加|集中|公示|公布|无|经|购|做|为(?!民)|对|向|去(?!年)|与|以(?![上下内外])"
)
_QUOTED = re.compile(f'(?:(?<=[在到赴于])|(?<=前往|走进))[“"‘].*(?:{_SUFFIX})[”"’]')
_TIMES = re.compile(
    "(?:期间|时候?|前夕?|后|中|之际|下|基础上|方面|[年月日节期]|[0-9]号|过程|来临|岗位|精神|重点|首位|过去|今后|实际|工作|作用)$"
)
_VISITED = re.compile(
    "(?:参观|游览|走进|前往|参观考察)了?(?P<what>[^，。；：、“”《》（(0-9]{2,16}?)(?=$|[，。；、]|等|的|[，（(]|学习|活动)"
)
_TRAVEL = frozenset({"outing", "welfare", "training", "aid", "publicity", "culture_sports", "inspection"})
_ORDINAL = "(?:第?[一二三四五六七八九十0-9]+届)?(?:第?[一二三四五六七八九十0-9]+次)?"
_BODY = "(?:教代会|职代会|双代会|工代会|代表大会|教职工大会|教工大会|职工大会|会员大会|全委会|大会|会议|联席会)"
_SITTING = f"{_BODY}(?:(?:暨[^，。；]{{2,14}})?(?:、?第[一二三四五六七八九十0-9]+次(?:会议)?)+)?"
_MEETING = re.compile(
    f"(?P<what>(?:本次|这次|{_ORDINAL})[^，。；：的了在由将经向给“《开行]{{0,16}}?{_SITTING}上?)(?:的?代表们?|以[^，。；]{{2,10}}|还|并|上|一致|认真|也|共|分组|逐项|审议|举手|无记名|投票|表决|讨论)*$"
)
_HELD = re.compile(f"(?:召开|开好|举行|开)了?(?P<what>[^，。；：了《“]{{0,14}}?{_SITTING})(?:[，；：]|$)")
_SUBMITTED = re.compile(
    f"(?:提交|提请|交由?|经过?|通过)给?(?:了)?(?P<what>[^，。；：了《“]{{0,14}}?{_SITTING}(?:和[^，。；：]{{0,12}}?{_SITTING})?)"
)
_ACTS = re.compile("上门|家中|家里|吊唁|探望|人头|迎接|结对")
_NAMED = re.compile(f"(?:{_SUFFIX})[里内上]?")
_ANY_MEETING = re.compile(f"{_ORDINAL}[^，。；：的了在由将经向给“《、\\s]{{0,8}}?{_SITTING}上?")
# What every match must hold is looked for first.
_SOME_MEETING = re.compile("代会|大会|会议|全委会|例会|联席会")
_VISITS = frozenset({"参观", "游览", "走进", "视察", "走访", "慰问", "考察", "前往", "观摩"})
_ANY_VISIT = re.compile(
    "(?:参观|游览|走进|视察|走访|慰问|考察|前往|观摩)了?(?P<what>[^，。；：、“”《》（(0-9]{2,16}?)(?=$|[，。；、（(]|等|的|学习|活动)"
)
_DECIDES = frozenset({"oversight", "election", "rules", "commendation"})
_REPORTED = re.compile("审议|通过")
_DECIDED = re.compile(
    "审议|通过|讨论|选举|选出|产生|推选|表决|听取|评议|测评|述职|表彰|宣读|报告|审查|征集|收到|修订|修改|改选|补选|差额|提案"
)


def place(text: str, mention: Mention, before: Mention | None = None) -> Filler | None:
    """What the rules say is the venue or the destination; None for times and figures of speech behind 在.

    ``before`` is the activity told before in the same sentence: a meeting is where its reports were adopted.
    """
    marked = _marked(text, mention)
    if marked:
        return Filler(*marked, "marked")
    seen = _visited(text, mention)
    if seen:
        return Filler(*seen, "seen")
    decided = _meeting(text, mention, before)
    return Filler(*decided, "decided") if decided else None


def is_venue(text: str, quote: Quotation) -> bool:
    """True for quotation marks that hold where it was, not under which name: 在“职工乐园”举行."""
    return _QUOTED.fullmatch(text, quote.start, quote.end) is not None


REACH, SPREAD = 80, 40  # characters in front of a mention and behind it that are searched for a place


def fillers(text: str, mention: Mention) -> list[Filler]:
    """Every stretch that may be the place: behind 在, 到, 赴, what is visited, a meeting."""
    low = max(mention.clause.sentence, mention.start - REACH)
    high = min(max(mention.end, mention.clause.end), mention.end + SPREAD)
    found: list[Filler] = []
    for mark in _MARK.finditer(text, low, high):
        start, most = mark.end(), min(high, mark.end() + SPREAD)
        stop = _STOP.search(text, start + 1, most)
        end = stop.start() if stop else most
        if end - start <= 30:
            found.append(Filler(start, end, f"mark {mark[0][:1]}"))
        suffixes = list(_NAMED.finditer(text, start, min(end + 1, high)))
        if suffixes:
            found.append(Filler(start, suffixes[-1].end(), f"suffix {mark[0][:1]}"))
    if _SOME_MEETING.search(text, low, high):
        found += [Filler(*m.span(), "meeting") for m in _ANY_MEETING.finditer(text, low, high)]
    if any(word.entry.word[:2] in _VISITS for word in mention.words):
        found += [Filler(*m.span("what"), "visited") for m in _ANY_VISIT.finditer(text, mention.start, high)]
    return found


def _marked(text: str, mention: Mention) -> Stretch | None:
    low = mention.clause.start
    while m := _MARK.search(text, low, mention.end):
        low = m.end()
        if any(q.start < m.start() < q.end for q in mention.quotes):
            continue
        start = max(m.end(), text.rfind("在", m.end(), m.end() + 14) + 1)
        if start < mention.head.start or m.start() >= mention.start:
            found = _behind_mark(text, mention, m, start)
            if found:
                return _unquoted(text, *found)
    return None


def _behind_mark(text: str, mention: Mention, mark: re.Match[str], start: int) -> Stretch | None:
    """The place behind 在, 到, 赴 …, when it is one."""
    most = min(mention.end, start + 60)
    stop = _STOP.search(text, start + 1, most)
    end = stop.start() if stop else most
    if not 1 < end - start <= 44 or _TIMES.search(text, start, end):
        return None
    found = _PLACE.match(text, start, end)
    if found:
        return start, found.end()
    travels = mention.type in _TRAVEL and mark[0] in ("到", "赴", "前往", "走进")
    whole = (stop or end == mention.end) and end - start <= 8 and not _ACTS.search(text, start, end)
    return (start, end) if travels and whole else None


def _visited(text: str, mention: Mention) -> Stretch | None:
    """参观三国遗址公园: what is looked at is where it was."""
    if mention.type not in ("outing", "training", "culture_sports"):
        return None
    m = _VISITED.search(text, mention.start, mention.end)
    return m.span("what") if m else None


def _meeting(text: str, mention: Mention, before: Mention | None) -> Stretch | None:
    """The meeting that decided: its subject, the one it was put before, or the one told just before."""
    if mention.type not in _DECIDES or not _DECIDED.search(text, mention.start, mention.end):
        return None
    submitted = _SUBMITTED.search(text, mention.start, mention.end)
    if submitted:
        return submitted.span("what")
    subject = _MEETING.search(text, max(mention.clause.start, mention.first - 34), mention.first)
    if subject:
        return subject.span("what") if len(subject["what"]) > 3 else None
    if (
        before is not None
        and before.type == "meeting"
        and _REPORTED.search(text, mention.start, mention.head.end)
        and before.clause.sentence == mention.clause.sentence
    ):
        held = _HELD.search(text, before.start, before.clause.end)
        return held.span("what") if held else None
    return None


def _unquoted(text: str, start: int, end: int) -> Stretch | None:
    while start < end and text[start] in "、，了":
        start += 1
    if text[start] in '“"' and text[end - 1] in '”"':
        start, end = start + 1, end - 1
    return (start, end) if end - start > 1 else None
