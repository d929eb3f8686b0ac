"""Candidates: from the trigger words of a clause to nuclei, verb to end of object, one for each activity."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .clauses import Clause, Word

# Words that say nothing about which activity it is; a more telling word in the same nucleus names it.
# Light verbs whose object may be anything: 组织教师到森林公园…, 邀请律师作…
_OPEN = frozenset(
    {"组织", "安排", "邀请", "聘请", "举办", "举行", "开展", "进行", "启动", "派专人", "派人", "发起", "开办"}
)
_NUMERAL = re.compile("[0-9一两二三四五六七八九十百]+(?:余|多)?[个名人次场期件台份条项户家]")
# What did not take place is no event: 未能召开, 取消了, …被推迟.
_NEVER = re.compile("未能|没能|没有|未曾|尚未|取消|不再|停办|暂停|推迟|不得(?!不)")
_CALLED_OFF = re.compile("未能|没能|没有如期|取消|推迟|停办|暂停|搁置|流产|延期")
_FORM = re.compile("形式|方式|途径|方法|机会|契机|载体")
_AS_FORM = re.compile("[、和及等\\w]{0,6}(?:的|等)(?:多种|各种|一系列)?(?:形式|方式|途径|方法|机会|契机|载体)")
_AIMS = (
    *(
        "为了",
        "为迎接",
        "为庆祝",
        "为配合",
        "为做好",
        "为搞好",
        "为纪念",
        "为贯彻",
        "为丰富",
        "为提高",
        "为加强",
        "为确保",
    ),
    *(
        "为进一步",
        "为推动",
        "为推进",
        "为激发",
        "为营造",
        "为增强",
        "为保证",
        "为落实",
        "为响应",
        "为开展",
        "为展示",
        "为活跃",
    ),
)
_TAKEN = frozenset("把让对使将")
_OPENING = frozenset("“‘《【")
_MEANS = re.compile(
    "(?:等)?(?:活动|工作)?为(?:契机|载体|抓手|主线|重点|平台|切入点|动力|龙头|依托|突破口|基础|目标|中心)"
)
_WON = frozenset({"contest", "culture_sports", "labour"})
_DURING = re.compile("(?:当)?(?:中|期间)[，、]?")
_TOLD = re.compile("(?:[这此本该](?:次|届|场|一|项|些|个)|上述|通过)")
# Festivals in quotation marks are dates, not themes.
_FESTIVAL = re.compile('[“"‘\\\\]{1,2}[一二三四五六七八九十0-9·.。、,元旦国庆两双节]{1,7}[”"’\\\\]{1,2}')
GENERIC = frozenset({"活动", "大会", "会议"})
# Nouns that stand for an occasion by themselves, so that a list of them is a list of events.
_OCCASION = re.compile(
    "(?:赛|会|演出|演|讲座|班|一日游|活动|运动|游|展|节|行|舞|联欢|联谊|考试|沙龙|论坛|讲堂|夜校|课)$"
)
_COORDINATE = re.compile("(?:、|和|及|以及|并|与|或|并且|同时|还|又|也|，)[一-龥]{0,4}$")
_AND_THEN = re.compile("(?:以及|并|与|或|并且|同时|还|又|也|，)[一-龥]{0,4}$")
_HELD = frozenset({"召开", "举行", "举办", "开展", "筹备", "进行"})
# Behind an event noun these name its kind: 展板评比, 作品展示.
_COMPOUNDS = frozenset(
    {"评比", "评选", "征集", "考核", "检查", "学习", "培训", "演讲", "测评", "观摩", "交流", "演出", "表演", "采购"}
)
# Verbs that stand for an occasion like nouns: 优秀教案评选和粉笔字比赛, 消防演练、知识竞赛.
_OCCASIONS = _COMPOUNDS | {
    "联欢",
    "联谊",
    "考试",
    "比武",
    "竞赛",
    "征文",
    "辩论",
    "研讨",
    "演练",
    "体检",
    "练兵",
    "调研",
}
# 第五届教代会于3月5日召开。: a verb with no object of its own belongs to the meeting in front of it.
_HELD_BEHIND = re.compile("(?:完毕|结束|成功)?(?:[，。；！\\s]|$)")
LONGEST = 12  # words in one nucleus; a text that is nothing but trigger words stays linear
_JOINED = re.compile("(?:、|和|及|与|并|或|了|性|一)?$")
_FRONTED = re.compile("(?:将|把|对(?<![0-9一二两三四五六七八九十百]对)|给|向|就|与|为)(?=[^，。；]{2,40}$)")
_TAIL = re.compile(
    "(?:补助|慰问|互助)?(?:金|款|保险)|(?:队|团|会|节|赛)(?=[，。；、（(和]|$)|开幕式|(?:等)?(?:系列|专题|主题|专项)?(?:活动|工作)(?:周|月|日)?|仪式|典礼"
)
# 篮球、合唱、摄影等8个协会: the list runs to the noun it is a list of.
_LIST = re.compile(
    "(?:、[^，。；：、]{2,12}){0,8}等[0-9一二两三四五六七八九十多几各类]{0,4}[个项类种支]?[^，。；：、等]{0,8}?"
    "(?:协会|俱乐部|社团|兴趣小组|小组|队伍|活动|比赛|项目)"
)
# Every alternative begins with a literal character: the engine then skips to where one can begin.
_CUT = re.compile(
    "从而|以便|进而|使|让(?!利)|以(?=丰富|提高|增强|激发|促进|此)|得到|受到|获得|荣获|获(?!奖)|取得|，|——"
    "|时$|后$|之后$|之前$|过程中$|期间$"
)


@dataclass(slots=True)
class Nucleus:
    """A candidate: ``head`` is the word that names it, ``words`` all trigger words and quotes inside."""

    start: int
    end: int
    head: Word
    words: list[Word]
    clause: Clause
    type: str = "other"
    first: int = 0  # where the first trigger word begins; a fronted object stands before it
    quotes: list[Word] = field(default_factory=list)
    score: float = 0.0


def nuclei(text: str, clause: Clause) -> list[Nucleus]:
    """The candidates of one clause, left to right."""
    groups = _groups(text, clause.words)
    found: list[Nucleus] = []
    for i, group in enumerate(groups):
        limit = groups[i + 1][0].start if i + 1 < len(groups) else clause.end
        left = groups[i - 1][-1].end if i else clause.start
        nucleus = _nucleus(text, clause, group, left, limit)
        if not _hollow(text, nucleus):
            if found and found[-1].end > nucleus.start:
                found[-1].end = _trim(text, found[-1].words[-1].end, nucleus.start)
            found.append(nucleus)
    return found


def _hollow(text: str, nucleus: Nucleus) -> bool:
    """True for what can never be an event: called off, a light verb without a theme, a mention of something told."""
    entry = nucleus.head.entry
    assert entry is not None
    start, end, clause = nucleus.start, nucleus.end, nucleus.clause
    if _NEVER.search(text, clause.start if clause.start > start - 12 else start - 12, start + 3):
        return True
    if _CALLED_OFF.search(text, nucleus.head.end, clause.end if clause.end < end + 16 else end + 16):
        return True
    if entry.role == "light" and text[end - 1] in _OPENING:
        return True  # the name was cut off by a line's end
    if _MEANS.match(text, end):
        return True
    if entry.word == "工会委员会" and nucleus.words[0] is nucleus.head and nucleus.end - nucleus.start > 8:
        return True  # the signature of a unit, not a meeting of its committee
    if entry.role == "light" and not nucleus.quotes and not _OCCASION.search(text, nucleus.start, nucleus.end):
        return entry.word not in _OPEN and not _NUMERAL.search(text, nucleus.start, nucleus.end)
    if clause.stop == "，" and text.startswith(_AIMS, clause.start, start):
        return True  # 为迎接建家验收，: what for, not what
    bare = nucleus.words[0].entry is entry and entry.role == "noun"
    if bare and text[nucleus.clause.start] == "为" and nucleus.clause.stop == "，":
        return True  # 为展示…比赛的风采，: what for, not what
    if bare and text[nucleus.head.start - 1] in _TAKEN and nucleus.head.start > nucleus.clause.start:
        return True  # 把职代会…, 让教代会…: spoken about, not held
    if bare and entry.type not in _WON and _DURING.match(text, nucleus.end):
        return True  # 送温暖活动中，…: when, not what
    if _FORM.search(text, end, end + 13) and _AS_FORM.match(text, end):
        return True
    return bare and _TOLD.search(text[max(clause.start, start - 4) : nucleus.head.end]) is not None


def _groups(text: str, words: list[Word]) -> list[list[Word]]:
    """Trigger words that name one activity together: 组织…参加…比赛; a coordinated verb opens the next."""
    groups: list[list[Word]] = []
    group: list[Word] = []
    last: Word | None = None  # the last trigger word of the group
    told = False  # some word of the group says which activity it is
    for word in words:
        if word.entry is not None:
            listed = bool(group) and group[-1].entry is None and _listed(text, group[-1], word)
            if last is not None and (len(group) >= LONGEST or listed or _opens(text, told, last, word)):
                # quotes behind the coordinator belong to the new activity
                moved: list[Word] = []
                while (
                    not listed and group[-1].entry is None and _COORDINATE.search(text[group[-2].end : group[-1].start])
                ):
                    moved.insert(0, group.pop())
                groups.append(group)
                group, told = moved, False
            last = word
            told = told or word.entry.role != "light"
        group.append(word)
    if last is not None:
        groups.append(group)
    return groups


def _opens(text: str, told: bool, last: Word, word: Word) -> bool:
    """True when ``word`` begins another activity than the one ``last`` belongs to."""
    assert last.entry is not None and word.entry is not None
    gap = text[last.end : word.start]
    if word.entry.role == "noun":
        if last.entry.role == "noun":
            if not _coordinated(gap):
                return False
            telling = len(gap) > 2 or max(len(last.entry.word), len(word.entry.word)) > 2
            return telling and bool(_OCCASION.search(last.entry.word))
        if last.entry.word in _OCCASIONS and len(gap) > 2 and _coordinated(gap):
            return True  # 优秀教案评选和粉笔字比赛
        return told and last.entry.role == "verb" and len(gap) > 1 and _AND_THEN.search(gap) is not None
    if last.entry.role == "noun":
        if not gap and word.entry.word in _COMPOUNDS:
            return False
        if word.entry.word in _HELD and "、" not in gap and _HELD_BEHIND.match(text, word.end):
            return False
        return not (gap == "的" and word.entry.word in _HELD)
    if _JOINED.fullmatch(gap):
        return False
    return _COORDINATE.search(gap) is not None


def _listed(text: str, quote: Word, word: Word) -> bool:
    """True for a second member behind a quoted first one: “温州一日游”、座谈会; not for “…”、“…”等活动."""
    assert word.entry is not None
    return word.entry.role == "noun" and word.entry.word not in GENERIC and text[quote.end] in "、和及"


def _coordinated(gap: str) -> bool:
    numbered = _NUMERAL.match(gap)  # 讲座4场、报告会5场
    gap = gap[numbered.end() :] if numbered else gap
    return gap[:1] in ("、", "和", "及", "与", "并", "或") or gap.startswith(("以及", "等"))


def _nucleus(text: str, clause: Clause, group: list[Word], left: int, limit: int) -> Nucleus:
    words = [w for w in group if w.entry is not None]
    quotes = [w for w in group if w.entry is None and not _FESTIVAL.fullmatch(text, w.start, w.end)]
    head = _head(text, words) if len(words) > 1 else words[0]
    first = words[0].start
    start = first
    if quotes and quotes[0].start < first and words[0].entry is not None and words[0].entry.role == "noun":
        start = quotes[0].start
    if words[0].entry is not None and words[0].entry.role != "noun":
        fronted = list(_FRONTED.finditer(text, left, first)) if first - left > 2 else []
        if fronted and quotes and quotes[0].start < fronted[-1].start() < quotes[0].end:
            fronted = []  # a preposition in a title: “与书为友”的倡议
        if fronted:
            start = (
                fronted[-1].start()
                if text[fronted[-1].start()] != "为" or head.word_text(text)[0] in "送赠授献颁"
                else first
            )
    elif words[0].entry is not None and words[0].entry.role == "noun" and start == first:
        # a bare event noun takes its modifiers: 教工棋类比赛
        gap = text[left:first]
        cut = max(map(gap.rfind, "、和及与并的于在：；）了"))
        start = left + cut + 1 if len(gap) - cut <= 16 else first
    last = words[-1]
    end = last.end
    if quotes and quotes[-1].end > end:
        end = quotes[-1].end
    assert head.entry is not None
    if head.entry.role == "noun" or (last.entry is not None and last.entry.role == "noun"):
        tail = _LIST.match(text, end, limit) or _TAIL.match(text, end, limit)
        end = tail.end() if tail else end
    else:
        stop = _CUT.search(text, end, min(limit, end + 60))
        end = stop.start() if stop else min(limit, end + 60)
        end = _trim(text, last.end, end)
    return Nucleus(start, end, head, words, clause, first=first, quotes=quotes)


_LAST = frozenset("、和及与并且，：（( \u3000\t同时还又也真极入次随行以将把对等")
_TRAILING = re.compile(
    "(?:[、和及与并且，：\\s（(]|以及|并且|同时|还|又|也|认真|积极|深入|及时|再次|随时|进行|予以|将|把|对|等)+$"
)


_DIGITS = frozenset("0123456789一二两三四五六七八九十百余多")


def _trim(text: str, low: int, end: int) -> int:
    if text[end - 1] not in _LAST:
        return end
    m = _TRAILING.search(text, max(low, end - 12), end)
    if m and text[m.start()] == "对" and text[m.start() - 1] in _DIGITS:
        return m.start() + 1
    return m.start() if m else end


def _head(text: str, words: list[Word]) -> Word:
    """The word that names the activity: the last telling noun behind a light verb, else the first telling verb."""
    for i, w in enumerate(words[:-1]):
        if i and w.entry is not None and w.entry.word == "进行":
            words = words[i:]  # 对…创建活动进行了检查验收: what was done stands behind 进行
            break
    telling = [w for w in words if w.entry is not None and w.entry.role != "light"]
    if not telling:
        return words[0]
    nouns = [w for w in telling if w.entry is not None and w.entry.role == "noun" and w.entry.word not in GENERIC]
    verbs = [w for w in telling if w.entry is not None and w.entry.role == "verb"]
    first = words[0].entry
    if verbs and (not nouns or first is None or (first.role == "verb" and verbs[0] is words[0])):
        # 收集、整理、上报材料: the last of a row of verbs is what it comes to
        at = 0
        while at + 1 < len(verbs) and verbs[at + 1].start == verbs[at].end + 1 and text[verbs[at].end] == "、":
            at += 1
        return verbs[at]
    return nouns[-1] if nouns else telling[-1]
