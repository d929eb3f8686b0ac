"""Continuity as evidence: what comes next in a list, what a jump means, and where a missing mark may hide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gonghui_nlp.compiling import compiled
from gonghui_nlp.outline.marks import Mark

_AHEAD = 80
_DOUBTFUL = 8
_CN = "零一二三四五六七八九"
_MOST_MISSING = 4


@dataclass(frozen=True, slots=True)
class Told:
    """What an ordinal says next to the one before it."""

    code: str
    message: str
    ordinal: int
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Ordinals that a list lacks between two of its marks."""

    before: Mark
    after: Mark
    missing: tuple[int, ...]


class Series:
    """The candidates of a constituent as lists of their families."""

    def __init__(self, marks: Sequence[Mark], broken: Sequence[bool]) -> None:
        self.marks = marks
        self.broken = broken
        later: dict[str, int] = {}
        self._next = [-1] * len(marks)
        self._boundary = [len(marks)] * (len(marks) + 1)
        for i in range(len(marks) - 1, -1, -1):
            family = marks[i].style.family
            self._next[i] = later.get(family, -1)
            later[family] = i
            self._boundary[i] = self._boundary[i + 1] if marks[i].weak else i

    def following(self, i: int, family: str) -> Mark | None:
        """The next mark of a family behind candidate ``i``, near enough to belong to it."""
        if self.marks[i].style.family == family:
            j = self._next[i]
            for _ in range(_AHEAD):
                if j < 0 or not self.broken[j]:
                    break
                j = self._next[j]
            return self.marks[j] if j >= 0 else None
        for j in range(i + 1, min(len(self.marks), i + _AHEAD)):
            if self.marks[j].style.family == family and not self.broken[j]:
                return self.marks[j]
        return None

    def goes_on(self, i: int, family: str, last: int | None) -> bool:
        """Whether the next sound mark of a family behind candidate ``i`` goes on from ``last``."""
        if last is None:
            return False
        for mark in self.marks[i + 1 : i + _AHEAD]:
            if mark.style.family == family and (not mark.weak or mark.style.role == "item"):
                ordinal = mark.ordinal or 0
                return ordinal == last + 1 or (mark.style.name == "sequence" and ordinal > last)
        return False

    def following_like(self, i: int, like: Mark, text: str) -> Mark | None:
        """The next mark behind candidate ``i`` with the family and the separator of ``like``."""
        j = self._next[i]
        separator = separator_of(text, like)
        for _ in range(_AHEAD):
            if j < 0 or separator_of(text, self.marks[j]) == separator:
                break
            j = self._next[j]
        return self.marks[j] if j >= 0 else None

    def run(self, i: int) -> tuple[int, int | None]:
        """How far the list counts from candidate ``i`` on, and the ordinal that breaks it off; None where it ends."""
        last, j = self.marks[i].ordinal or 0, self._next[i]
        for _ in range(_AHEAD):
            if j < 0:
                break
            ordinal = self.marks[j].ordinal
            if ordinal != last + 1:
                return last, ordinal
            last, j = ordinal, self._next[j]
        return last, None

    def has_month_behind(self, i: int) -> bool:
        """Whether a month heading follows that goes on from this one."""
        here, j = self.marks[i], self._next[i]
        if here.inline or j < 0 or here.ordinal is None:
            return False
        return 0 < ((self.marks[j].ordinal or 0) - here.ordinal) % 12 <= 3

    def repeats(self, i: int) -> bool:
        """Whether the next mark of the family says the same ordinal again."""
        j = self._next[i]
        return j >= 0 and self.marks[j].ordinal == self.marks[i].ordinal and not self.marks[j].weak

    def starts(self, i: int, last: int | None) -> bool:
        """Whether a doubtful candidate 1 has its 2 behind it.

        An item's 2 must come before the next section. Inside a line, where the family's list is open at ``last`` = 1
        already, the 2 at a line's start goes on with that list.
        """
        mark = self.marks[i]
        if mark.ordinal != 1:
            return False
        j = self._second(i)
        if j < 0 or (mark.style.role == "item" and self._boundary[i + 1] < j):
            return False
        return not (last == 1 and mark.inline and not self.marks[j].inline)

    def _second(self, i: int) -> int:
        """The mark that goes on from candidate ``i``, a 1: its 2, doubtful candidates between passed over."""
        j = self._next[i]
        for _ in range(_DOUBTFUL):
            if j < 0:
                break
            ordinal = self.marks[j].ordinal or 0
            if ordinal == 2 or (self.marks[i].style.name == "sequence" and ordinal > 1):
                return j
            if not self.marks[j].weak or ordinal == 1:
                break
            j = self._next[j]
        return -1


def separator_of(text: str, mark: Mark) -> str:
    """The sign behind the number of a mark; figures with their full stop in one sign, ⒈ and ⒉, have one and the same.

    >>> from gonghui_nlp.outline.marks import by_name
    >>> [separator_of(x, Mark(0, len(x), by_name()["num"], 2, 0, len(x), False)) for x in ("2、", "⒉")]
    ['、', '⒈']
    """
    sign = text[mark.end - 1]
    return "⒈" if "⒈" <= sign <= "⒛" else sign


def compare(last: int, now: int, following: Mark | None) -> Told | None:
    """What ``now`` behind ``last`` means; None when it is the next one.

    >>> compare(10, 1, None).ordinal
    11
    """
    if now == last + 1:
        return None
    if last >= 9 and now == (last + 1) % 10:
        return Told("lost_digit", f"behind {last} counts {last + 1}: a digit is lost", last + 1, True)
    if last >= 10 and now == 1 and following is not None and following.ordinal == last + 2:
        return Told("lost_digit", f"behind {last} counts {last + 1}: a digit is lost", last + 1, True)
    if now == last:
        return Told("duplicate", "stands twice in a row", now, True)
    if now > last:
        return Told("gap", f"follows {last}: {now - last - 1} missing between", now)
    return Told("restart", f"begins anew behind {last}", now, now != 1)


def hidden_marks(text: str, gap: Gap) -> list[Mark]:
    """Marks of a gap's missing ordinals that stand fused inside a line, without punctuation before them."""
    style = gap.before.style
    if len(gap.missing) > _MOST_MISSING or style.role != "section" or style.family not in ("num", "cn"):
        return []
    out: list[Mark] = []
    position = gap.before.end
    for ordinal in gap.missing:
        shown = str(ordinal) if style.family == "num" else _chinese(ordinal)
        own = r"\d." if style.family == "num" else "一二三四五六七八九十第"
        m = compiled(f"(?<![{own}]){shown}[、.．](?![{own}])").search(text, position, gap.after.start)
        if m is None:
            return out
        out.append(Mark(m.start(), m.end(), style, ordinal, -1, -1, True, found=True))
        position = m.end()
    return out


def _chinese(value: int) -> str:
    """A number below 100 in Chinese.

    >>> _chinese(12), _chinese(20)
    ('十二', '二十')
    """
    tens, ones = divmod(value, 10)
    head = "" if not tens else "十" if tens == 1 else _CN[tens] + "十"
    return head + (_CN[ones] if ones or not tens else "")
