"""Two sorts of offsets and the one way between them.

The rules read a :class:`View`: folded text without what interrupts it. Everything they find is moved back to the raw
text by one :class:`Mover`, words and all. An offset of the one text is never one of the other: ``RawOffset`` and
``ViewOffset`` are different types, also inside records, and only the View and the Mover turn one into the other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import fields
from functools import lru_cache
from itertools import accumulate
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints, overload

from gonghui_nlp.schema import (
    Amount,
    Count,
    Date,
    Event,
    Extent,
    Headcount,
    Issue,
    Joined,
    RawOffset,
    Span,
    ViewOffset,
    changed,
)
from gonghui_nlp.text.normalize import fold

E = TypeVar("E", bound=Extent)
R = TypeVar("R", bound=Extent[RawOffset])


class View:
    """Folded text without the stretches that interrupt it, and the way back to raw offsets.

    >>> v = View("慰问了1\\n8名职工", cuts=[(4, 5)])
    >>> v.text, v.span(3, 6), v.raw[3:7]
    ('慰问了18名职工', (3, 7), '1\\n8名')
    """

    __slots__ = ("_ends", "_gone", "_starts", "_viewed", "raw", "text")

    def __init__(self, raw: str, cuts: Iterable[tuple[int, int]] = (), folded: str | None = None) -> None:
        """``cuts`` are raw stretches to leave out; they may overlap and come in any order."""
        self.raw = raw
        folded = fold(raw) if folded is None else folded
        merged: list[tuple[int, int]] = []
        for start, end in sorted(c for c in cuts if c[0] < c[1]):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        self._starts = [s for s, _ in merged]
        self._ends = [e for _, e in merged]
        self._gone = list(accumulate((e - s for s, e in merged), initial=0))
        self._viewed = [s - g for s, g in zip(self._starts, self._gone, strict=False)]
        if merged:
            edges = [0, *(x for cut in merged for x in cut), len(folded)]
            self.text = "".join(folded[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
        else:
            self.text = folded

    @property
    def first_cut(self) -> int:
        """The view offset up to which view and raw offsets are the same; the text's length when nothing was left out."""
        return self._viewed[0] if self._viewed else len(self.text)

    def start(self, i: ViewOffset) -> RawOffset:
        """The raw offset of the view character ``i``."""
        return RawOffset(i + self._gone[bisect_right(self._viewed, i)])

    def end(self, i: ViewOffset) -> RawOffset:
        """The raw offset behind the view character ``i - 1``."""
        return RawOffset(i + self._gone[bisect_left(self._viewed, i)])

    def span(self, start: ViewOffset, end: ViewOffset) -> tuple[RawOffset, RawOffset]:
        """The raw stretch of the view stretch; it covers what was left out inside, not at its edges."""
        return (self.start(start), self.end(end)) if start < end else (self.start(start),) * 2

    def at(self, offset: RawOffset) -> ViewOffset:
        """The view offset of a raw offset; inside a left-out stretch, where that stretch was."""
        k = bisect_right(self._starts, offset)
        if k and offset < self._ends[k - 1]:
            return ViewOffset(self._starts[k - 1] - self._gone[k - 1])
        return ViewOffset(offset - self._gone[k])

    def range(self, extent: Extent[RawOffset]) -> tuple[ViewOffset, ViewOffset]:
        """The view stretch of a record of the raw text."""
        return self.at(extent.start), self.at(extent.end)


class Mover:
    """Moves records to the raw text: every offset, and every word read again from where it stands there.

    >>> v = View("慰问了1\\n8名職工", cuts=[(4, 5)])
    >>> Mover(v).all([Span(3, 8, "18名职工")])
    (Span(start=3, end=9, text='1\\n8名職工'),)
    """

    def __init__(self, view: View, folded: str | None = None) -> None:
        """``folded`` is the folded text of the view, where it is at hand."""
        self._view = view
        # Up to the first cut view offsets are raw ones; there a span stays as it is unless folding changed it.
        self._kept = view.first_cut
        self._changed = _differences(view.raw, fold(view.raw) if folded is None else folded)

    @overload
    def all(self, records: Iterable[Amount[ViewOffset]]) -> tuple[Amount[RawOffset], ...]: ...
    @overload
    def all(self, records: Iterable[Headcount[ViewOffset]]) -> tuple[Headcount[RawOffset], ...]: ...
    @overload
    def all(self, records: Iterable[Count[ViewOffset]]) -> tuple[Count[RawOffset], ...]: ...
    @overload
    def all(self, records: Iterable[Date[ViewOffset]]) -> tuple[Date[RawOffset], ...]: ...
    @overload
    def all(self, records: Iterable[Event[ViewOffset]]) -> tuple[Event[RawOffset], ...]: ...
    @overload
    def all(self, records: Iterable[Issue[ViewOffset]]) -> tuple[Issue[RawOffset], ...]: ...
    @overload
    def all(self, records: Iterable[Span[ViewOffset]]) -> tuple[Span[RawOffset], ...]: ...
    def all(self, records: Iterable[Any]) -> tuple[Any, ...]:
        """Each of the records in raw offsets, and every span in its fields too."""
        return tuple(map(self.moved, records))

    def moved(self, record: E) -> E:
        """A record of any class in raw offsets; the record itself where nothing changes."""
        start, end = record.start, record.end
        if end > self._kept:
            start, end = self._view.span(ViewOffset(start), ViewOffset(end))
        stays = start == record.start and end == record.end
        if type(record) is Span:  # nearly all: the words of other records
            return cast(E, self._span(cast(Span, record), start, end, stays))
        changes: dict[str, Any] = {} if stays else {"start": start, "end": end}
        if isinstance(record, Span):
            text = record.text if stays and self._same(start, end) else self._view.raw[start:end]
            if text != record.text:
                changes["text"] = text
        for name in _words_in(type(record)):  # type: ignore[arg-type]
            old = getattr(record, name)
            if old is not None and (new := self._words(old)) is not old:
                changes[name] = new
        if isinstance(record, Issue) and "quotes" in changes:
            changes["message"] = _requoted(record, changes["quotes"])
        return changed(record, **changes) if changes else record

    def _span(self, span: Span, start: int, end: int, stays: bool) -> Span:
        if stays and self._same(start, end):
            return span
        words = self._view.raw[start:end]
        return span if stays and words == span.text else Span(start, end, words)

    def _words(self, value: Any) -> Any:
        if isinstance(value, Extent):
            return self.moved(value)
        if isinstance(value, Joined):
            spans = self._words(value.spans)
            return value if spans is value.spans else Joined(spans)
        if isinstance(value, tuple):
            moved = tuple(map(self._words, value))
            return value if all(a is b for a, b in zip(value, moved, strict=True)) else moved
        return value

    def _same(self, start: int, end: int) -> bool:
        """Whether folding left the stretch alone."""
        at = bisect_left(self._changed, start)
        return at == len(self._changed) or self._changed[at] >= end


class Rereader:
    """Reads words again where they stand in the raw text, in records whose offsets are of it already.

    >>> Rereader("職工", "职工").all([Span(0, 2, "职工")])
    (Span(start=0, end=2, text='職工'),)
    """

    def __init__(self, raw: str, folded: str) -> None:
        self._moved = Mover(View(raw, (), folded), folded).moved

    def all(self, records: Iterable[R]) -> tuple[R, ...]:
        """Each of the records, with every word in its fields as the raw text has it."""
        return tuple(map(self._moved, records))


def _requoted(issue: Issue, quotes: Iterable[Span]) -> str:
    """The message of an issue with its quotes as they are now; a line end within one would break the line of a table.

    >>> _requoted(Issue(0, 2, "1.", "gap", "1. follows 3", (Span(0, 2, "1."),)), [Span(0, 2, "１．")])
    '１． follows 3'
    """
    said: list[str] = []
    at = 0
    for old, new in zip(issue.quotes, quotes, strict=True):
        here = issue.message.find(old.text, at)
        if here < 0:  # a stage of one's own may say it quotes what it does not
            continue
        said += issue.message[at:here], " ".join(new.text.splitlines())
        at = here + len(old.text)
    return "".join(said) + issue.message[at:]


@lru_cache(maxsize=256)
def _words_in(cls: type[Extent]) -> tuple[str, ...]:
    """The fields of a record that hold words of the text: a Span, a Joined, several, or none."""
    hints = get_type_hints(cls)
    return tuple(f.name for f in fields(cls) if _holds_words(hints[f.name]))


def _holds_words(hint: Any) -> bool:
    of = get_origin(hint) or hint
    if isinstance(of, type) and issubclass(of, (Extent, Joined)):
        return True
    return any(_holds_words(part) for part in get_args(hint))


def _differences(raw: str, folded: str) -> list[int]:
    """The offsets at which two texts of one length differ."""
    if raw == folded:
        return []
    import numpy as np

    a, b = (np.frombuffer(t.encode("utf-32-le", "surrogatepass"), dtype=np.uint32) for t in (raw, folded))
    return [int(i) for i in np.flatnonzero(a != b)]
