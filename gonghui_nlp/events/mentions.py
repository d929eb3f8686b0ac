"""Candidates: from the trigger words of a clause to mentions, verb to end of object, one for each activity."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gonghui_nlp.events.clauses import Clause, Word
from gonghui_nlp.events.grouping import GENERIC, groups

# Festivals in quotation marks are dates, not themes.
_FESTIVAL = re.compile('[“"‘\\\\]{1,2}[一二三四五六七八九十0-9·.。、,元旦国庆两双节]{1,7}[”"’\\\\]{1,2}')
_FRONTED = re.compile("(?:将|把|对(?<![0-9一二两三四五六七八九十百]对)|给|向|就|与(?!此)|为)(?=[^，。；]{2,40}$)")
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
class Mention:
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
    settled: bool = False  # the type is a user's own saying


def mentions(text: str, clause: Clause) -> list[Mention]:
    """The candidates of one clause, left to right."""
    grouped = groups(text, clause.words)
    found: list[Mention] = []
    for i, group in enumerate(grouped):
        limit = grouped[i + 1][0].start if i + 1 < len(grouped) else clause.end
        left = grouped[i - 1][-1].end if i else clause.start
        mention = _mention(text, clause, group, left, limit)
        if found and found[-1].end > mention.start:
            found[-1].end = _trim(text, found[-1].words[-1].end, mention.start)
        found.append(mention)
    return found


def _mention(text: str, clause: Clause, group: list[Word], left: int, limit: int) -> Mention:
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
        elif start == first and _item(text, clause, words[-1], left):
            start = left
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
    return Mention(start, end, head, words, clause, first=first, quotes=quotes)


def _item(text: str, clause: Clause, word: Word, left: int) -> bool:
    """True for a verb that closes an item of a list like a noun: 妇女用品发放."""
    alone = clause.start == clause.sentence and clause.stop not in ("，", "：") and left == clause.start
    before = text[left : word.start]
    short = 2 <= len(before) <= LONGEST_ITEM and clause.end - word.end <= 2
    return alone and short and _ITEM.fullmatch(before) is not None


LONGEST_ITEM = 12  # characters in front of the verb
# Nothing that acts: 工会慰问 is told, not listed.
_ITEM = re.compile("[一-龥“”0-9]+(?<![会校院们员工部长班组了将要应须会能已均都])")
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
