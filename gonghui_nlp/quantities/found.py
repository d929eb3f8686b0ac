"""What a scan found, and its frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic

from gonghui_nlp.schema import Amount, Approx, Count, Date, Finding, Headcount, Issue, Span, stated
from gonghui_nlp.schema.spans import Offset

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, slots=True)
class Measure(Finding[Offset]):
    """A quantity of a kind that was registered beside the toolkit's own, in the first of its units."""

    kind: str
    min: float | None
    max: float | None
    approx: Approx = "exact"
    unit: str = ""
    what: Span[Offset] | None = None
    masked: bool = False

    @property
    def value(self) -> float | None:
        """The one figure to put into a sum: the number as stated, the middle of a range, None when lost."""
        return stated(self.min, self.max)


Quantity = Amount | Headcount | Count | Date | Measure


@dataclass(frozen=True, slots=True)
class Quantities(Generic[Offset]):
    """All quantities of one text, each kind sorted by start. ``counts`` holds counts, rates and durations.

    A scan gives ``Quantities[ViewOffset]``, :func:`gonghui_nlp.find_quantities` ``Quantities[RawOffset]``.
    """

    amounts: tuple[Amount[Offset], ...] = ()
    headcounts: tuple[Headcount[Offset], ...] = ()
    counts: tuple[Count[Offset], ...] = ()
    dates: tuple[Date[Offset], ...] = ()
    issues: tuple[Issue[Offset], ...] = ()
    measures: tuple[Measure[Offset], ...] = ()

    def to_frame(self) -> DataFrame:
        """One row a quantity, in the order of the text: kind, start, end, text, and the fields of its kind.

        >>> from gonghui_nlp.quantities import scan
        >>> scan("3月看望18名患病教职工。").to_frame()[["kind", "text", "min"]].values.tolist()
        [['date', '3月', None], ['headcount', '18名', 18]]
        """
        from pandas import DataFrame

        rows = [(_kind(q), *(_cell(getattr(q, name, None)) for name in COLUMNS[1:])) for q in self.all()]
        return DataFrame(rows, columns=list(COLUMNS), dtype=object)

    def all(self) -> list[Quantity]:
        """Every quantity in the order of the text."""
        return sorted(
            [*self.amounts, *self.headcounts, *self.counts, *self.dates, *self.measures], key=lambda q: (q.start, q.end)
        )


#: The columns of :meth:`Quantities.to_frame`; a column that a kind does not have is None in its rows.
COLUMNS = tuple("kind start end text min max value approx masked unit who what per purpose currency".split())


def _cell(value: object) -> object:
    return value.text if isinstance(value, Span) else value


def _kind(q: Quantity) -> str:
    return q.kind if isinstance(q, (Count, Measure)) else type(q).__name__.lower()
