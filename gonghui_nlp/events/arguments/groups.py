"""Every group of people or unit that a passage names: what the participants of its events are chosen from."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

import numpy as np

from gonghui_nlp.events.arguments.fillers import Filler, Stretch
from gonghui_nlp.events.arguments.people import NUMBER
from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.events.pairs import Array, Pairs
from gonghui_nlp.events.triggers import group_nouns
from gonghui_nlp.resources import knowledge

_BELONGING = re.compile("及(?:其)?家属|家属|家庭|们|代表|志愿者|全体|骨干")
# Where the words that describe a group begin: behind a stop, a preposition, a verb that takes people, a date.
_STOPS = "此，。；：！？、“”‘’《》（）() \t\n\r\u3000了过把将对给为向与由让请使在到赴于从以和及同并或年月日节前后被"
_VERBS = "组织|安排|邀请|动员|发动|带领|慰问|走访|看望|探望|表彰|要求|鼓励|引导|选派|选送|推荐|指导|督促|帮助|召开|举办|开展|征求|听取|召集|关心|关爱|评选|评出|参加|期间|其中|共有|一行|同时|及时|随后|发展|做好|荣获|获评|获得|抽查|观看|学习|补选|增补|当选|推选|建立|成立|提供|提高|解决|欢送|派出|现有|已有|仍有|所有|帮扶|救助|资助|比赛|介绍|随机|来自|吸收|接待"
_NUMBERED = re.compile(f"[有派等又]?(?:{NUMBER})(?:余|多)?(?:名|位|个|户|家|对|组|批|支|次|场|期)?的?")
_NO_GROUP = re.compile("大会|座谈会|会议|之家|书屋|工会委员|会(?!员)")
_AND = re.compile(f"[、和及与，]?(?:及|和|以及)?(?:{NUMBER})?(?:名|位|个|户)?")
LONGEST, WIDEST = 16, 6  # characters in front of a group's noun; between the groups of a row
BEFORE, BEHIND = 120, 110  # characters around a mention in which its participants are looked for


class _Lexicon(NamedTuple):
    """Group nouns by their first two characters, the longest first; which characters and pairs open a group."""

    nouns: dict[str, tuple[str, ...]]
    begins: Pairs
    stops: Array
    verbs: Pairs


@knowledge
def _lexicon() -> _Lexicon:
    nouns: dict[str, list[str]] = {}
    for noun in group_nouns():
        nouns.setdefault(noun[:2], []).append(noun)
    stops = np.zeros(1 << 16, dtype=bool)
    stops[[ord(c) for c in _STOPS]] = True
    return _Lexicon({k: tuple(v) for k, v in nouns.items()}, Pairs(nouns), stops, Pairs(_VERBS.split("|")))


class Groups(NamedTuple):
    """The groups a passage names, and the rows of groups, in the order of the text."""

    found: list[Filler]
    starts: list[int]

    def near(self, mention: Mention, limit: int) -> list[Filler]:
        """Those in the sentence of a mention and behind it, up to ``limit``."""
        low = max(mention.clause.sentence, mention.start - BEFORE)
        high = min(limit, mention.end + BEHIND)
        listed = self.found[bisect_left(self.starts, low) : bisect_left(self.starts, high)]
        return [filler for filler in listed if filler.end <= high]


class GroupFinder:
    """Finds the groups of a text's passages.

    >>> from gonghui_nlp.events.pairs import codes
    >>> text = "校领导看望了6名退休教师和困难职工"
    >>> [text[g.start : g.end] for g in GroupFinder(text, codes(text)).groups(0, len(text)).found]
    ['校领导', '退休教师', '退休教师和困难职工', '困难职工']
    """

    def __init__(self, text: str, points: Array) -> None:
        lexicon = _lexicon()
        self._text = text
        self._nouns: list[int] = np.flatnonzero(lexicon.begins.of(points)).tolist()
        ends = np.zeros(len(points) + 2, dtype=np.int64)
        at = np.flatnonzero(lexicon.stops[points])
        ends[at + 1] = at + 1
        at = np.flatnonzero(lexicon.verbs.of(points))
        ends[at + 2] = at + 2
        self._opened = np.maximum.accumulate(ends)  # up to each place, the last end of what opens a group

    def groups(self, start: int, end: int) -> Groups:
        """The groups of ``text[start:end]``."""
        single = self._single(start, end)
        found = sorted([Filler(a, b, "one") for a, b in single] + _rows(self._text, single))
        return Groups(found, [filler.start for filler in found])

    def _single(self, start: int, end: int) -> list[Stretch]:
        found: list[Stretch] = []
        behind = start
        for at in self._nouns[bisect_left(self._nouns, start) : bisect_left(self._nouns, end)]:
            edge = self._named(at, end) if at >= behind else None
            if edge is None:
                continue
            behind = edge
            if _NO_GROUP.match(self._text, behind, behind + 4):
                continue
            begin = self._begin(start, at, behind)
            if found and found[-1][0] <= begin < found[-1][1]:
                found.pop()
            if behind - begin > 1:
                found.append((begin, behind))
        return found

    def _named(self, at: int, end: int) -> int | None:
        """Where the noun that stands here ends, with what belongs to it; None where none stands."""
        nouns = _lexicon().nouns[self._text[at : at + 2]]
        noun = next((n for n in nouns if self._text.startswith(n, at, end)), None)
        if noun is None:
            return None
        more = _BELONGING.match(self._text, at + len(noun), end)
        return more.end() if more else at + len(noun)

    def _begin(self, start: int, at: int, behind: int) -> int:
        """Where the words that describe a group begin, without a number."""
        begin = max(start, at - LONGEST, int(self._opened[at]))
        number = _NUMBERED.match(self._text, begin, behind)
        if number and number.end() < behind:
            begin = number.end()
        while begin < behind and self._text[begin] in "的名位好":
            begin += 1
        return begin


def _rows(text: str, single: list[Stretch]) -> list[Filler]:
    """困难教职工、退休教师和军烈属: groups joined by nothing but 、 and 和, as one."""
    rows: list[Filler] = []
    i = 0
    while i < len(single):
        j = i
        while j + 1 < len(single):
            gap = single[j][1], single[j + 1][0]
            if gap[1] - gap[0] > WIDEST or not _AND.fullmatch(text, *gap):
                break
            j += 1
        if j > i:
            rows.append(Filler(single[i][0], single[j][1], "row"))
        i = j + 1
    return rows
