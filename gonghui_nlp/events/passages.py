"""What the events room reads: body paragraphs with their headings, and the quantities found in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from gonghui_nlp.schema import Amount, Count, Date, Headcount, Kind


@dataclass(frozen=True, slots=True)
class Passage:
    """One body paragraph: ``text[start:end]`` of the text given to :func:`extract`.

    ``headings`` are the titles on the way down to it, outermost first, part titles (三月份, 下半年工作思路)
    among them; ``heading_spans`` their places; ``kind`` the kind of its constituent document.
    """

    start: int
    end: int
    headings: tuple[str, ...] = ()
    heading_spans: tuple[tuple[int, int], ...] = ()
    kind: Kind = "other"
    constituent: int = 0


class Quantities(Protocol):
    """The quantities of a text, each tuple sorted by start (what ``gonghui_nlp.quantities.scan`` returns)."""

    @property
    def amounts(self) -> Sequence[Amount]: ...
    @property
    def headcounts(self) -> Sequence[Headcount]: ...
    @property
    def counts(self) -> Sequence[Count]: ...
    @property
    def dates(self) -> Sequence[Date]: ...
