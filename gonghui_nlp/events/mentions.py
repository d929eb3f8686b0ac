"""Candidates: from the trigger words of a clause to mentions, verb to end of object, one for each activity."""

from __future__ import annotations

import re
from typing import NamedTuple

from gonghui_nlp.events.clauses import Clause, Quotation, Word
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


class Mention(NamedTuple):
    """A candidate: ``head`` is the word that names it, ``words`` all trigger words inside, ``quotes`` what is quoted.

    Stages that know more give a new one: :meth:`typed`, :meth:`judged`.
    """

    start: int
    end: int
    head: Word
    words: tuple[Word, ...]
    clause: Clause
    quotes: tuple[Quotation, ...] = ()
    type: str = "other"
    settled: bool = False  # the type is a user's own saying
    chance: float = 0.0  # that it is an event
    unlisted: bool = False  # no word list holds it: the tagger saw it

    @property
    def first(self) -> int:
        """Where the first trigger word begins; a fronted object stands before it."""
        return self.words[0].start

    @property
    def word(self) -> str:
        """The trigger word that names it, as the lexicon has it."""
        return self.head.entry.word

    @property
    def opening(self) -> str:
        """The first trigger word, as the lexicon has it."""
        return self.words[0].entry.word

    @property
    def bare(self) -> bool:
        """True for an event noun without a verb: 送温暖活动中，…"""
        return self.words[0].entry is self.head.entry and self.head.entry.role == "noun"

    def typed(self, type: str, settled: bool) -> Mention:
        """With what the rules say of its type, and whether that is a user's own saying."""
        return self._replace(type=type, settled=settled)

    def judged(self, type: str, chance: float) -> Mention:
        """With what the models say."""
        return self._replace(type=type, chance=chance)


def mentions(text: str, clause: Clause) -> list[Mention]:
    """The candidates of one clause, left to right."""
    grouped = [(group.pieces, group.words, group.quotes) for group in groups(text, clause.pieces)]
    found: list[Mention] = []
    for i, (_, words, quotes) in enumerate(grouped):
        limit = grouped[i + 1][0][0].start if i + 1 < len(grouped) else clause.end
        left = grouped[i - 1][0][-1].end if i else clause.start
        quotes = [q for q in quotes if not _FESTIVAL.fullmatch(text, q.start, q.end)]
        head = _head(text, words) if len(words) > 1 else words[0]
        start = _start(text, clause, words, quotes, head, left)
        end = _end(text, words, quotes, head, limit)
        if found and found[-1].end > start:
            last = found.pop()
            found.append(last._replace(end=_trim(text, last.words[-1].end, start)))
        found.append(Mention(start, end, head, tuple(words), clause, tuple(quotes)))
    return found


def _start(text: str, clause: Clause, words: list[Word], quotes: list[Quotation], head: Word, left: int) -> int:
    """Where a mention begins: its first word, or what was put in front of it."""
    first = words[0].start
    if words[0].entry.role != "noun":
        fronted = _fronted(text, quotes, head, left, first)
        if fronted is not None:
            return fronted
        return left if _item(text, clause, words[-1], left) else first
    if quotes and quotes[0].start < first:
        return quotes[0].start
    # a bare event noun takes its modifiers: 教工棋类比赛
    gap = text[left:first]
    cut = max(map(gap.rfind, "、和及与并的于在：；）了"))
    return left + cut + 1 if len(gap) - cut <= 16 else first


def _fronted(text: str, quotes: list[Quotation], head: Word, left: int, first: int) -> int | None:
    """Where the object in front of the verb begins: 将…公示; None without one."""
    fronted = list(_FRONTED.finditer(text, left, first)) if first - left > 2 else []
    if not fronted:
        return None
    at = fronted[-1].start()
    if quotes and quotes[0].start < at < quotes[0].end:
        return None  # a preposition in a title: “与书为友”的倡议
    return at if text[at] != "为" or text[head.start] in "送赠授献颁" else first


def _end(text: str, words: list[Word], quotes: list[Quotation], head: Word, limit: int) -> int:
    """Where a mention ends: with its noun and what belongs to it, or with the object of its verb."""
    last = words[-1]
    end = max(last.end, quotes[-1].end) if quotes else last.end
    if head.entry.role == "noun" or last.entry.role == "noun":
        tail = _LIST.match(text, end, limit) or _TAIL.match(text, end, limit)
        return tail.end() if tail else end
    stop = _CUT.search(text, end, min(limit, end + 60))
    return _trim(text, last.end, stop.start() if stop else min(limit, end + 60))


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
        if i and w.entry.word == "进行":
            words = words[i:]  # 对…创建活动进行了检查验收: what was done stands behind 进行
            break
    telling = [w for w in words if w.entry.role != "light"]
    nouns = [w for w in telling if w.entry.role == "noun" and w.entry.word not in GENERIC]
    verbs = [w for w in telling if w.entry.role == "verb"]
    if verbs and (not nouns or verbs[0] is words[0]):
        return _last_of_row(text, verbs)
    return (nouns or telling or words[:1])[-1]


def _last_of_row(text: str, verbs: list[Word]) -> Word:
    """收集、整理、上报材料: the last of a row of verbs is what it comes to."""
    at = 0
    while at + 1 < len(verbs) and verbs[at + 1].start == verbs[at].end + 1 and text[verbs[at].end] == "、":
        at += 1
    return verbs[at]
