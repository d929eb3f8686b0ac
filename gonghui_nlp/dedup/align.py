"""Two texts side by side: which stretches are the same, which were changed. rapidfuzz aligns, nothing is home-made.

Texts are compared folded and without white space; every offset that comes back is one of the raw text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from gonghui_nlp.dedup.tokens import Signed, signed
from gonghui_nlp.text.normalize import fold

# Beyond this many characters a side, sentences are aligned first and only what differs is aligned by characters.
_LONG = 4000
# Beyond this many pairs of sentences the alignment's memory would not be bounded: only both ends are compared.
_MATRIX = 1 << 28
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]?")
_GAPS = re.compile(r"\s+")
# A longer change is a passage left out or put in, no slot.
SLOT_CHARS = 24
_BY_CHANCE = 4
# A clause that was replaced whole by another one of more than this is a passage, too.
_CLAUSE_CHARS = 11
_STOPS = "，。；：、！？"


@dataclass(frozen=True, slots=True)
class Plain:
    """A text as it is aligned, and the raw offset of each of its characters (one more behind the last)."""

    text: str
    raw: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """``a[a_start:a_end]`` became ``b[b_start:b_end]``; either may be empty."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int


def without_gaps(raw: str) -> Plain:
    """The text folded, white space left out.

    >>> without_gaps("慰问２２ 名\\n职工").text
    '慰问22名职工'
    """
    folded = fold(raw)
    kept = [m.span() for m in re.finditer(r"\S+", folded)]
    offsets = [i for start, end in kept for i in range(start, end)]
    end = kept[-1][1] if kept else 0
    return Plain(_GAPS.sub("", folded), (*offsets, end))


def changes(a: str, b: str) -> list[Change]:
    """What turns ``a`` into ``b``, in order.

    >>> changes("慰问22名职工", "慰问8名退休职工")
    [Change(a_start=2, a_end=4, b_start=2, b_end=3), Change(a_start=5, a_end=5, b_start=4, b_end=6)]
    """
    if max(len(a), len(b)) <= _LONG:
        return _opcodes(a, b)
    found: list[Change] = []
    left, right = _SENTENCE.findall(a), _SENTENCE.findall(b)
    a_at, b_at = (list(accumulate(map(len, s), initial=0)) for s in (left, right))
    for c in _opcodes(left, right):
        a_start, a_end, b_start, b_end = a_at[c.a_start], a_at[c.a_end], b_at[c.b_start], b_at[c.b_end]
        if max(a_end - a_start, b_end - b_start) > _LONG:
            found.append(Change(a_start, a_end, b_start, b_end))
            continue
        inner = _opcodes(a[a_start:a_end], b[b_start:b_end])
        found += [Change(a_start + i.a_start, a_start + i.a_end, b_start + i.b_start, b_start + i.b_end) for i in inner]
    return found


def _opcodes(a: Sequence[str], b: Sequence[str]) -> list[Change]:
    from rapidfuzz.distance import Indel

    if len(a) * len(b) > _MATRIX:
        return [_middle(a, b)]
    found: list[Change] = []
    for op in Indel.opcodes(a, b):
        if op.tag == "equal":
            continue
        if found and found[-1].a_end == op.src_start and found[-1].b_end == op.dest_start:
            last = found.pop()
            found.append(Change(last.a_start, op.src_end, last.b_start, op.dest_end))
        else:
            found.append(Change(op.src_start, op.src_end, op.dest_start, op.dest_end))
    return found


def _middle(a: Sequence[str], b: Sequence[str]) -> Change:
    """Everything between what both begin and end with, as one change."""
    most = min(len(a), len(b))
    front = next((i for i in range(most) if a[i] != b[i]), most)
    back = next((i for i in range(most - front) if a[-1 - i] != b[-1 - i]), most - front)
    return Change(front, len(a) - back, front, len(b) - back)


class Alignment:
    """Where each stretch of the ``centre`` stands in a ``member``.

    ``changes`` are cut at punctuation, so that a change is either inside a clause or whole clauses, a passage.
    """

    def __init__(self, centre: str, member: str) -> None:
        self.centre, self.member = centre, member
        self.changes, self._values = _aligned(centre, member)
        self._starts = [c.a_start for c in self.changes]
        self._ends = [c.a_end for c in self.changes]

    def slots(self) -> list[Change]:
        """The changes inside clauses."""
        return [c for c in self.changes if not self.passage(c)]

    def valued(self, c: Change) -> bool:
        """True where a number or a date stands against another one of its kind."""
        return c in self._values

    def passage(self, c: Change) -> bool:
        """True for whole clauses put in or left out, and for what is missing at the ends of a text cut off."""
        if c in self._values:
            return False
        a, b = self.centre[c.a_start : c.a_end], self.member[c.b_start : c.b_end]
        if max(len(a), len(b)) > SLOT_CHARS or any(stop in a or stop in b for stop in _STOPS):
            return True
        at_edge = (c.a_start == c.b_start == 0) or (c.a_end == len(self.centre) and c.b_end == len(self.member))
        return (at_edge and not (a and b)) or (max(len(a), len(b)) > _CLAUSE_CHARS and self._whole_clause(c))

    def _whole_clause(self, c: Change) -> bool:
        sides = ((self.centre, c.a_start, c.a_end), (self.member, c.b_start, c.b_end))
        return any((not i or t[i - 1] in _STOPS) and (j == len(t) or t[j] in _STOPS) for t, i, j in sides)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The member's stretch for a stretch of the centre, with what was put in at its edges, but no passage."""
        k = bisect_left(self._ends, start)
        while k < len(self.changes) and self._ends[k] == start and not self._put_in(k, start):
            k += 1
        b_start = self._behind(k - 1, start)
        if k < len(self.changes) and self._starts[k] < start:
            b_start = self.changes[k].b_start
        k = bisect_right(self._starts, end) - 1
        while k >= 0 and self._starts[k] == end and not self._put_in(k, end):
            k -= 1
        b_end = self._behind(k, end)
        if k >= 0 and self._ends[k] > end:
            b_end = self.changes[k].b_end
        return b_start, max(b_start, b_end)

    def _put_in(self, k: int, at: int) -> bool:
        return self._starts[k] == self._ends[k] == at and not self.passage(self.changes[k])

    def _behind(self, k: int, at: int) -> int:
        return self.changes[k].b_end + at - self.changes[k].a_end if k >= 0 else at

    def lacks(self, start: int, end: int) -> bool:
        """True where the stretch lies in a passage that the member does not have."""
        k = bisect_right(self._starts, start) - 1
        return k >= 0 and start < end <= self._ends[k] and self.passage(self.changes[k])

    def value(self, start: int, end: int) -> str | None:
        """What stands in the member for a stretch of the centre; None where it lacks the passage."""
        if self.lacks(start, end):
            return None
        a, b = self.span(start, end)
        return self.member[a:b]


def _aligned(centre: str, member: str) -> tuple[list[Change], frozenset[Change]]:
    """What turns the centre into the member, in order; and which of it are numbers and dates with another value.

    Both are read with one sign for each number and date, so that these stand against their own kind.
    """
    if centre == member:
        return [], frozenset()
    a, b = signed(centre), signed(member)
    signs = changes(a.text, b.text)
    found = [Change(a.starts[c.a_start], a.starts[c.a_end], b.starts[c.b_start], b.starts[c.b_end]) for c in signs]
    values = list(_other_values(a, b, centre, member, signs))
    between = _clauses(centre, member, found, sorted(v.a_start for v in values))
    return sorted([*between, *values], key=_place), frozenset(values)


def _place(c: Change) -> tuple[int, int, int, int]:
    return c.a_start, c.b_start, c.a_end, c.b_end


def _other_values(a: Signed, b: Signed, centre: str, member: str, signs: list[Change]) -> Iterator[Change]:
    """The signs that both sides have in the same place with something else behind them."""
    ends = [*signs, Change(len(a.text), len(a.text), len(b.text), len(b.text))]
    a_at = b_at = 0
    for c in ends:
        for k in range(c.a_start - a_at):
            if a_at + k in a.tokens:
                x, y = a_at + k, b_at + k
                change = Change(a.starts[x], a.starts[x + 1], b.starts[y], b.starts[y + 1])
                if centre[change.a_start : change.a_end] != member[change.b_start : change.b_end]:
                    yield change
        a_at, b_at = c.a_end, c.b_end


def _clauses(centre: str, member: str, found: list[Change], values: list[int]) -> list[Change]:
    """Changes with nothing but chance between them as one, but for one of the ``values``; those that span stops cut."""
    out: list[Change] = []
    for c in found:
        last = out[-1] if out else None
        stands = last is not None and bisect_left(values, last.a_end) < bisect_left(values, c.a_start)
        if last and not stands and _chance(centre[last.a_end : c.a_start], last, c):
            out[-1] = Change(last.a_start, c.a_end, last.b_start, c.b_end)
        else:
            out.append(c)
    return [piece for c in out for piece in _cut(centre, member, c)]


def _chance(same: str, left: Change, right: Change) -> bool:
    """Unchanged characters between two changes that are there by chance: one, or few between long changes."""
    if len(same) <= 1:
        return same not in _STOPS
    sizes = (max(c.a_end - c.a_start, c.b_end - c.b_start) for c in (left, right))
    return len(same) <= _BY_CHANCE and len(same) < min(sizes)


def _cut(centre: str, member: str, c: Change) -> list[Change]:
    """The change clause by clause; what one side has more clauses of is a passage before or behind the rest."""
    a, b = _contents(centre, c.a_start, c.a_end), _contents(member, c.b_start, c.b_end)
    if len(a) == len(b) == 1 or c.a_start == c.a_end or c.b_start == c.b_end:
        return [c]
    n = min(len(a), len(b))
    first = [Change(*i, *j) for i, j in zip(a[:n], b[:n], strict=True)]
    last = [Change(*i, *j) for i, j in zip(a[-n:], b[-n:], strict=True)]
    if len(a) == len(b):
        pieces = first
    elif _alike(centre, member, first) >= _alike(centre, member, last):
        pieces = [*first, Change(first[-1].a_end, c.a_end, first[-1].b_end, c.b_end)]
    else:
        pieces = [Change(c.a_start, last[0].a_start, c.b_start, last[0].b_start), *last]
    return [p for p in pieces if centre[p.a_start : p.a_end] != member[p.b_start : p.b_end]]


def _alike(centre: str, member: str, pieces: list[Change]) -> float:
    from rapidfuzz.distance import Indel

    pairs = [(centre[p.a_start : p.a_end], member[p.b_start : p.b_end]) for p in pieces]
    length = sum(1 - abs(len(x) - len(y)) / (len(x) + len(y) + 1) for x, y in pairs)
    return length + sum(float(Indel.normalized_similarity(x, y)) for x, y in pairs)


def _contents(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The clauses of a stretch without the stops between them; an empty one at its end counts."""
    stops = [i for i in range(start, end) if text[i] in _STOPS]
    return list(zip([start, *(i + 1 for i in stops)], [*stops, end], strict=True))
