"""The domain: frozen records whose offsets point into the raw text.

Every record that has a place in a text is a :class:`Span`: ``start`` and ``end`` are half-open
code-point offsets and ``text == source[start:end]``. Links between records are positions in the
Document's tuples or the records themselves; nothing is ever changed after it was made.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

Role = Literal["part", "section", "item"]
Kind = Literal["summary", "plan", "summary_plan", "other"]
Approx = Literal["exact", "over", "under", "about", "range"]
Per = Literal["total", "person", "other"]
Status = Literal["done", "planned", "routine"]
StatusBy = Literal["cue", "section", "document"]
Function = Literal["safeguarding", "participation", "education", "building"]
FUNCTIONS: tuple[Function, ...] = ("safeguarding", "participation", "education", "building")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the source text.

    >>> Span(2, 4, "工会")
    Span(start=2, end=4, text='工会')
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Issue(Span):
    """Something a reader of the data should know: a gap, a repair, a lost number, foreign matter."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Constituent:
    """One document of a compilation, or the only one of a plain text. ``title`` is ``""`` when it has none."""

    start: int
    end: int
    title: str
    kind: Kind = "other"
    organisation: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered unit, an unnumbered part or a running item.

    ``start`` is where the mark begins (a part: its title), ``end`` where the next section that is not
    inside it begins. ``level`` is 1 for the first level below the document. ``parent`` is the position of
    the enclosing section in ``Document.sections``. ``title`` is "" when the mark opens body text directly;
    ``title_start == title_end`` then.
    """

    start: int
    end: int
    level: int
    role: Role
    style: str
    mark: str
    ordinal: int | None
    title: str
    title_start: int
    title_end: int
    parent: int | None = None
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph(Span):
    """A stretch of body text, headings left out, from one mark or line start to the next.

    ``functions`` are the functions it reports on, most important first (with the classical scheme
    ``self_building`` may be among them); ``scores`` four calibrated probabilities in the order of
    :data:`FUNCTIONS`. ``headings`` are the titles it stands under, outermost first; ``cues`` the words that spoke
    for its first function, when the settings ask for them.
    """

    functions: tuple[str, ...] = ()
    sub: Literal["work", "union"] | None = None
    scores: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0)
    headings: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()

    def explain(self, strongest: int = 5) -> Any:
        """The words, of the paragraph and of its headings, that spoke for each function (shipped model)."""
        classifier = import_module("gonghui_nlp.functions").load_classifier()
        return classifier.explain(self.text, self.headings, strongest=strongest)


@dataclass(frozen=True, slots=True)
class Amount(Span):
    """A sum of money. ``min`` and ``max`` are in ``currency`` units (yuan); None is an open or lost end."""

    min: float | None
    max: float | None
    approx: Approx = "exact"
    per: Per = "total"
    purpose: str = "other"
    masked: bool = False
    currency: str = "CNY"

    @property
    def value(self) -> float | None:
        """The one figure to put into a sum: the number as stated, the middle of a range, None when lost."""
        return stated(self.min, self.max)


@dataclass(frozen=True, slots=True)
class Headcount(Span):
    """A number of people (``person``) or attendances (``person_time``, 人次)."""

    min: float | None
    max: float | None
    approx: Approx = "exact"
    unit: Literal["person", "person_time"] = "person"
    who: str | None = None
    masked: bool = False

    @property
    def value(self) -> float | None:
        """The one figure to put into a sum: the number as stated, the middle of a range, None when lost."""
        return stated(self.min, self.max)


@dataclass(frozen=True, slots=True)
class Count(Span):
    """A count of things, a rate (fractions) or a duration (days)."""

    kind: Literal["count", "rate", "duration"]
    min: float | None
    max: float | None
    approx: Approx = "exact"
    unit: str = ""
    what: str | None = None
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Date(Span):
    """A calendar expression; ``value`` is ISO-like with X for what is not said, None when it has no fixed date."""

    value: str | None = None
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Event(Span):
    """One concrete activity: the nucleus from the trigger to the end of its object, and its arguments.

    Arguments are Spans of the same source; ``date`` may stand outside the event's own clause (a month heading).
    ``repeats`` is the position in ``Document.events`` of the telling this one repeats; ``Document.activities``
    leaves such retellings out.
    """

    trigger: str
    type: str
    status: Status
    status_by: StatusBy
    name: Span | None = None
    date: Date | None = None
    place: Span | None = None
    organiser: Span | None = None
    participants: Span | None = None
    result: Span | None = None
    headcounts: tuple[Headcount, ...] = ()
    amounts: tuple[Amount, ...] = ()
    counts: tuple[Count, ...] = ()
    confidence: float = 1.0
    repeats: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One text as it was read: the decoded text, how it was decoded, and what was lost on the way.

    ``status`` is ``ok``, ``empty``, ``failed`` or ``skipped`` (passed over, being no text); a source that failed or
    was skipped has an empty text and a ``message``.
    """

    name: str
    text: str
    sha256: str = ""
    bytes: int = 0
    format: str = "txt"
    encoding: str = "utf-8"
    status: Literal["ok", "empty", "failed", "skipped"] = "ok"
    message: str = ""
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """All that was found in one source text. ``text[span.start:span.end] == span.text`` for every span."""

    text: str
    name: str = ""
    constituents: tuple[Constituent, ...] = ()
    sections: tuple[Section, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    events: tuple[Event, ...] = ()
    amounts: tuple[Amount, ...] = ()
    headcounts: tuple[Headcount, ...] = ()
    counts: tuple[Count, ...] = ()
    dates: tuple[Date, ...] = ()
    issues: tuple[Issue, ...] = ()
    source: Source | None = None

    # What hangs on a Document lives in the rooms above; looked up by name, so that the model depends on none.

    @property
    def activities(self) -> tuple[Event, ...]:
        """The events without those that only tell an earlier one again: what to count, and what the table holds."""
        return tuple(e for e in self.events if e.repeats is None)

    def outline(self) -> list[Any]:
        """The constituents as trees of sections: see :func:`gonghui_nlp.outline.tree.outline`."""
        return list(import_module("gonghui_nlp.outline.tree").outline(self))

    def to_markdown(self) -> str:
        """The text as Markdown, headings by their depth."""
        return str(import_module("gonghui_nlp.outline.tree").to_markdown(self))

    def _repr_html_(self) -> str:
        return str(import_module("gonghui_nlp.display.page").notebook(self))


def stated(low: float | None, high: float | None) -> float | None:
    """The number as stated: the closed end of an open range, the middle of a closed one.

    >>> stated(30000, None), stated(260, 500), stated(None, None)
    (30000, 380.0, None)
    """
    if low is None or high is None:
        return high if low is None else low
    return low if low == high else (low + high) / 2


def containing(starts: list[int], offset: int) -> int | None:
    """The position of the last of the sorted ``starts`` that is not behind ``offset``; None before the first.

    >>> containing([0, 10, 20], 15)
    1
    """
    i = bisect_right(starts, offset) - 1
    return i if i >= 0 else None


_SEPARATORS = "、．.：，,:; ；。"


def bare_mark(section: Section) -> str:
    """A section's mark without its separators; its title, then ``?``, where nothing is left."""
    return section.mark.strip(_SEPARATORS) or section.title or "?"


def path_of(sections: Sequence[Section], position: int) -> str:
    """The way to a section by the bare marks of those around it, from the outermost inwards.

    >>> outer = Section(0, 9, 1, "section", "cn", "一、", 1, "", 2, 2)
    >>> inner = Section(3, 9, 2, "section", "cn_paren", "（二）", 2, "", 6, 6, parent=0)
    >>> path_of([outer, inner], 1)
    '一/（二）'
    """
    names: list[str] = []
    at: int | None = position
    while at is not None:
        names.append(bare_mark(sections[at]))
        at = sections[at].parent
    return "/".join(reversed(names))
