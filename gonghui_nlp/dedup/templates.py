"""The common skeleton of a cluster with its slots, and what stands in the slots of each member.

Every member is aligned with the canonical one. What several members changed at the same place is a slot; it is
widened to the whole number, date or name it is a part of, and named after what stands in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gonghui_nlp.dedup.align import SLOT_CHARS, Alignment, Change, Plain, without_gaps
from gonghui_nlp.dedup.tokens import OTHER, kind_of, token
from gonghui_nlp.errors import InputError
from gonghui_nlp.resources import patterns
from gonghui_nlp.schema import shown


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of the skeleton: ``type`` and Chinese ``label``, and its offsets in the canonical member's raw text."""

    type: str
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands in a slot of a member: raw offsets; ``text`` is None where the member lacks that passage."""

    text: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Template:
    """``skeleton`` with its slots as 【…】, the slots in order, and a row of fillings for each member."""

    skeleton: str
    slots: tuple[Slot, ...]
    members: tuple[tuple[Filling, ...], ...]

    def _repr_html_(self) -> str | None:
        return shown(self)


def template(texts: Sequence[str], canonical: int = 0) -> Template:
    """The template of a cluster's texts, ``canonical`` the place of the one the others are held against.

    >>> t = template(["2023年我校工会慰问了26名困难职工。", "2024年我校工会慰问了近8名困难职工。"])
    >>> t.skeleton, [f.text for f in t.members[1]]
    ('【年份】我校工会慰问了【人数】困难职工。', ['2024年', '近8名'])
    """
    if not texts:
        raise InputError("template needs at least one text")
    if not 0 <= canonical < len(texts):
        raise InputError(f"canonical is {canonical}, but there are {len(texts)} texts, counted from 0")
    views = [without_gaps(t) for t in texts]
    centre = views[canonical]
    aligned = [Alignment(centre.text, v.text) for i, v in enumerate(views)]
    kept = _named(centre.text, aligned)
    regions, kinds = [r for r, _ in kept], [k for _, k in kept]
    slots = (Slot(k, label, *_raw(centre, s, e)) for (s, e), (k, label) in zip(regions, kinds, strict=True))
    rows = tuple(tuple(_fillings(texts[i], views[i], a, regions)) for i, a in enumerate(aligned))
    return Template(_skeleton(centre.text, regions, [label for _, label in kinds]), tuple(slots), rows)


def _named(centre: str, aligned: list[Alignment]) -> list[tuple[tuple[int, int], tuple[str, str]]]:
    """The stretches that are slots, each with its type and its label."""
    regions = [_trimmed(centre, r, [v for a in aligned if (v := a.value(*r))]) for r in _regions(centre, aligned)]
    columns = [[v for a in aligned if (v := a.value(*r)) is not None] for r in regions]
    return [(r, kind_of(column)) for r, column in zip(regions, columns, strict=True) if _varies(column)]


def _skeleton(text: str, regions: list[tuple[int, int]], labels: list[str]) -> str:
    parts, at = [], 0
    for (start, end), label in zip(regions, labels, strict=True):
        parts += [text[at:start], f"【{label}】"]
        at = end
    return "".join(parts) + text[at:]


def _regions(centre: str, aligned: list[Alignment]) -> list[tuple[int, int]]:
    """The centre's stretches that are slots, in order, apart from each other."""
    votes: Counter[tuple[int, int]] = Counter()
    telling: set[tuple[int, int]] = set()
    for a in aligned:
        found = {_widened(centre, a, c) for c in a.slots()}
        votes.update(span for span, _ in found)
        telling.update(span for span, tells in found if tells)
    # One member's slip is a slot only where there are few members; another number or date always is.
    least = 1 if len(aligned) < 5 else 2
    groups: list[list[tuple[int, int]]] = []
    for span in sorted(votes):
        if groups and (span[0] < max(e for _, e in groups[-1]) or span[0] == groups[-1][0][0]):
            groups[-1].append(span)
        else:
            groups.append([span])
    kept = (g for g in groups if not telling.isdisjoint(g) or sum(votes[s] for s in g) >= least)
    return [r for g in kept for r in _agreed(g, votes)]


def _agreed(group: list[tuple[int, int]], votes: Counter[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of overlapping stretches those that enough members changed, joined where they still overlap."""
    most = max(votes[s] for s in group)
    out: list[tuple[int, int]] = []
    for start, end in (s for s in group if 4 * votes[s] >= most):
        if out and (start < out[-1][1] or start == out[-1][0]):
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _widened(centre: str, a: Alignment, c: Change) -> tuple[tuple[int, int], bool]:
    """The change as a stretch of the centre, widened to the tokens it touches on either side; whether there are any."""
    if a.valued(c):
        return (c.a_start, c.a_end), True
    start, end, here = _snapped(centre, c.a_start, c.a_end)
    b_start, b_end, there = _snapped(a.member, c.b_start, c.b_end)
    # What the member's tokens reach beyond the change stands unchanged in the centre.
    start = min(start, c.a_start - (c.b_start - b_start))
    end = max(end, c.a_end + (b_end - c.b_end))
    return _organisation(centre, max(start, 0), min(end, len(centre))), here or there


def _snapped(text: str, start: int, end: int) -> tuple[int, int, bool]:
    low, high = max(0, start - SLOT_CHARS), min(len(text), end + SLOT_CHARS)
    found = False
    for m in token().finditer(text, low, high):
        touches = m.start() < end and start < m.end() if start < end else m.start() <= start <= m.end()
        if touches:
            start, end, found = min(start, m.start()), max(end, m.end()), True
    return start, end, found


_organisation_end = patterns.pattern("dedup", "organisation_end")


def _organisation(centre: str, start: int, end: int) -> tuple[int, int]:
    """A name is changed, its kind is not: the slot takes both (河湾|小学)."""
    if start < end and not token().fullmatch(centre, start, end) and (m := _organisation_end().match(centre, end)):
        return start, m.end()
    return start, end


def _trimmed(centre: str, region: tuple[int, int], values: list[str]) -> tuple[int, int]:
    """The stretch without what all values have before and behind their number, date or name (发放补助|800元)."""
    start, end = region
    found = token().search(centre, start, end)
    if not found or not values:
        return region
    before = _common(values)
    behind = _common([v[::-1] for v in values])
    return min(start + before, max(found.start(), start)), max(end - behind, min(found.end(), end))


def _common(values: list[str]) -> int:
    """With how many equal characters all values begin: what the first and the last in order share."""
    first, last = min(values), max(values)
    return next((i for i, (x, y) in enumerate(zip(first, last, strict=False)) if x != y), min(len(first), len(last)))


def _varies(values: list[str]) -> bool:
    """Whether what stands there was filled in, and not spoilt in a few members.

    Another number or date always was. Other words were where none stands in most members, or where two are in use.
    """
    if len(set(values)) < 2:
        return False
    if kind_of(values) != OTHER:
        return True
    n = len(values)
    (_, most), (_, second) = Counter(values).most_common(2)
    return n == 2 or (n - most > 1 and (2 * most <= n or 4 * second >= max(n, 8)))


def _raw(view: Plain, start: int, end: int) -> tuple[int, int]:
    if start >= end:
        return (view.raw[start],) * 2
    return view.raw[start], view.raw[end - 1] + 1


def _fillings(text: str, view: Plain, a: Alignment, regions: Iterable[tuple[int, int]]) -> Iterator[Filling]:
    """What a member has in each slot; what it put in between two slots that touch is the first one's alone."""
    at = 0
    for start, end in regions:
        b_start, b_end = a.span(start, end)
        b_start = max(b_start, at)
        at = max(b_start, b_end)
        raw_start, raw_end = _raw(view, b_start, at)
        if a.lacks(start, end):
            yield Filling(None, raw_start, raw_start)
        else:
            yield Filling(text[raw_start:raw_end], raw_start, raw_end)
