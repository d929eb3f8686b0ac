"""The figures of texts as their overview has them: what is counted once, summed, and what no sum holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gonghui_nlp.display.facts import coded, number
from gonghui_nlp.display.texts import Row, Text
from gonghui_nlp.words import word

_PURPOSES = ("aid", "donation", "spending", "award", "fee", "other")


def overview_of(texts: Iterable[Text]) -> list[Row]:
    """The rows of the overview; none where nobody made one."""
    return [row for text in texts for row in text.of("overview")]


def total(rows: Iterable[Row], column: str) -> float | None:
    """The sum of a column; None where no document has a figure."""
    told = [row[column] for row in rows if row[column] is not None]
    return sum(told) if told else None


def sums(rows: Sequence[Row]) -> Iterator[str]:
    """Heads and yuan, as far as any are told."""
    for column in ("heads", "yuan"):
        if (value := total(rows, column)) is not None:
            yield word(f"page.sum.{column}", n=number(value))


def by_purpose(rows: Sequence[Row]) -> list[str]:
    """Yuan by purpose: ``慰问补助 39,100 元``."""
    told = ((purpose, total(rows, f"yuan_{purpose}")) for purpose in _PURPOSES)
    return [
        word("page.purpose", purpose=coded("purpose", purpose), n=number(value)) for purpose, value in told if value
    ]


def left_out(rows: Sequence[Row]) -> str:
    """What the sums leave out; nothing where that is nothing."""
    copies = (total(rows, "activities") or 0) - (total(rows, "counted") or 0)
    found = {"copies": copies, "planned": total(rows, "planned"), "not_summed": total(rows, "not_summed")}
    pieces = [word(f"page.left.{name}", n=number(value)) for name, value in found.items() if value]
    return word("page.left", what=word("page.and").join(pieces)) if pieces else ""
