"""Records of numbers: sums of money, people, things, shares, durations, dates."""

from __future__ import annotations

from dataclasses import dataclass

from gonghui_nlp.schema.labels import Approx, CountKind, PeopleUnit, Per
from gonghui_nlp.schema.spans import Finding, Offset, Span


@dataclass(frozen=True, slots=True)
class Amount(Finding[Offset]):
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
class Headcount(Finding[Offset]):
    """A number of people (``person``) or attendances (``person_time``, 人次); ``who`` are the people, as written.

    ``per`` says whether they are all (``total``) or so many of each: 每班3名 (``other``), 每名教师结对2名学生 (``person``).
    """

    min: float | None
    max: float | None
    approx: Approx = "exact"
    unit: PeopleUnit = "person"
    who: Span[Offset] | None = None
    masked: bool = False
    per: Per = "total"

    @property
    def value(self) -> float | None:
        """The one figure to put into a sum: the number as stated, the middle of a range, None when lost."""
        return stated(self.min, self.max)


@dataclass(frozen=True, slots=True)
class Count(Finding[Offset]):
    """A count of things, a rate (fractions) or a duration (days).

    ``unit`` is the classifier as our lexicon has it, in simplified characters; ``what`` the things, as written.
    """

    kind: CountKind
    min: float | None
    max: float | None
    approx: Approx = "exact"
    unit: str = ""
    what: Span[Offset] | None = None
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Date(Finding[Offset]):
    """A calendar expression; ``value`` is ISO-like with X for what is not said, None when it has no fixed date."""

    value: str | None = None
    masked: bool = False


def stated(low: float | None, high: float | None) -> float | None:
    """The number as stated: the closed end of an open range, the middle of a closed one.

    >>> stated(30000, None), stated(260, 500), stated(None, None)
    (30000, 380.0, None)
    """
    if low is None or high is None:
        return high if low is None else low
    return low if low == high else (low + high) / 2
