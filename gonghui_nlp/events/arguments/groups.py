"""Every group of people or unit that a passage names: what the participants of its events are chosen from."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

import numpy as np

from gonghui_nlp.events.arguments.fillers import Filler, Stretch
from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.events.pairs import Array, Pairs
from gonghui_nlp.events.triggers import group_nouns
from gonghui_nlp.resources import knowledge, patterns

_belonging = patterns.pattern("events", "belonging")
_stops = patterns.charset("events", "group_stops")
_verbs = patterns.words("events", "group_verbs")
_numbered = patterns.pattern("events", "numbered_group")
_no_group = patterns.pattern("events", "no_group")
_and = patterns.pattern("events", "group_joint")
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
    stops[[ord(c) for c in _stops()]] = True
    return _Lexicon({k: tuple(v) for k, v in nouns.items()}, Pairs(nouns), stops, Pairs(_verbs()))


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
        # A thousand characters ask each of these some thirty times.
        self._by_pair = lexicon.nouns
        self._belonging, self._no_group, self._numbered = _belonging(), _no_group(), _numbered()
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
            if self._no_group.match(self._text, behind, behind + 4):
                continue
            begin = self._begin(start, at, behind)
            if found and found[-1][0] <= begin < found[-1][1]:
                found.pop()
            if behind - begin > 1:
                found.append((begin, behind))
        return found

    def _named(self, at: int, end: int) -> int | None:
        """Where the noun that stands here ends, with what belongs to it; None where none stands."""
        for noun in self._by_pair[self._text[at : at + 2]]:
            if self._text.startswith(noun, at, end):
                more = self._belonging.match(self._text, at + len(noun), end)
                return more.end() if more else at + len(noun)
        return None

    def _begin(self, start: int, at: int, behind: int) -> int:
        """Where the words that describe a group begin, without a number."""
        begin = max(start, at - LONGEST, int(self._opened[at]))
        number = self._numbered.match(self._text, begin, behind)
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
            if gap[1] - gap[0] > WIDEST or not _and().fullmatch(text, *gap):
                break
            j += 1
        if j > i:
            rows.append(Filler(single[i][0], single[j][1], "row"))
        i = j + 1
    return rows
