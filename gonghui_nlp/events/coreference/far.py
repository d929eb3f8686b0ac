"""The same activity told again later in a document: linked to its first telling, never counted twice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from operator import add

from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.events.passages import Passage
from gonghui_nlp.resources import patterns
from gonghui_nlp.schema import Event

_FUNCTION = str.maketrans("", "", '了过的开展举办行组织进参加于在和与及、“”《》‘’"\\ 活动召好我们校')
_ordinal = patterns.pattern("events", "ordinal_far")
_whole_year = patterns.charset("events", "whole_year")
_sums_up = patterns.pattern("events", "sums_up")
ALIKE = 0.5  # share of the later telling's pairs of characters that the earlier one holds
FARTHEST = 400  # tellings before a summing-up that are compared: more than any one summary has, and time stays linear


@lru_cache(maxsize=4096)
def core(words: str) -> str:
    """The words without function characters and those that every activity is told with.

    >>> core("开展了“书香校园”读书活动")
    '书香园读书'
    """
    return words.translate(_FUNCTION)


def shared(small: str, large: str) -> float:
    """The share of the first text's pairs of characters that the second one holds, 0 to 1."""
    if len(small) < 2:
        return 0.0
    pairs = set(map(add, large, large[1:]))
    return sum(map(pairs.__contains__, map(add, small, small[1:]))) / (len(small) - 1)


def _signature(text: str, mention: Mention) -> tuple[str, str] | None:
    """What a retelling has in common with the first telling: the type and the quoted name, else the object.

    None where the object is too plain to tell two activities apart (慰问困难教师).
    """
    if mention.quotes:
        first, last = mention.quotes[0], mention.quotes[-1]
        return mention.type, text[first.start + 1 : last.end - 1]
    told = core(text[mention.start : mention.end])
    return (mention.type, told) if len(told) >= 6 and _ordinal().search(told) else None


class Retellings:
    """The tellings of a text so far, passage by passage, event by event, in the order of the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._first: dict[tuple[int, str, str], int] = {}
        self._told: list[tuple[int, str, int]] = []  # constituent, mention, position of the first telling
        self._summing: tuple[int, tuple[str, ...]] | None = None
        self._before = 0

    def enter(self, passage: Passage) -> None:
        """Go on to the next passage."""
        here = (passage.constituent, passage.headings)
        if _sums_up().match(self._text, passage.start):
            self._summing, self._before = here, len(self._told)
        elif self._summing != here:
            self._summing = None

    def first_of(self, mention: Mention, event: Event, passage: Passage, events: Sequence[Event]) -> int | None:
        """The position in ``events`` of what this event tells again; None, and noted, for a first telling."""
        earlier: int | None = None
        sign = _signature(self._text, mention)
        if sign is not None:
            known = self._first.setdefault((passage.constituent, *sign), len(events))
            if known < len(events) and _retold(events[known], event, passage):
                earlier = known
        if earlier is None and self._summing is not None:
            earlier = self._alike(event, passage.constituent)
        self._told.append((passage.constituent, event.text, len(events) if earlier is None else earlier))
        return earlier

    def _alike(self, event: Event, constituent: int) -> int | None:
        """The most similar telling from before the summing-up."""
        best, found = ALIKE, None
        told = core(event.text)
        for mine, words, position in self._told[max(0, self._before - FARTHEST) : self._before]:
            if mine == constituent and words:
                alike = shared(told, core(words))
                if alike > best or (alike == best and found is None):
                    best, found = alike, position
        return found


def _retold(first: Event, event: Event, passage: Passage) -> bool:
    """True for a later telling of the same thing: another paragraph, and no other date or status."""
    if first.status != event.status or first.start >= passage.start:
        return False
    if event.date is None or first.date is None or event.date.text in _whole_year():
        return True
    return event.date.text == first.date.text
