"""Every nucleus of a passage with its features: what the scorer decides about."""

from __future__ import annotations

from .clauses import Clause, clauses
from .eventhood import Numbers, features
from .nuclei import Nucleus, nuclei
from .passages import Passage, Quantities


def starts_of(quantities: Quantities) -> Numbers:
    """The sorted starts of headcounts, amounts, counts (rates and durations left out) and dates."""
    return (
        [q.start for q in quantities.headcounts],
        [q.start for q in quantities.amounts],
        [q.start for q in quantities.counts if q.kind == "count"],
        [q.start for q in quantities.dates],
    )


def candidates(text: str, passage: Passage, numbers: Numbers) -> tuple[list[Clause], list[tuple[Nucleus, list[str]]]]:
    """The clauses of a passage, and every nucleus in them with its features, left to right."""
    found = clauses(text, passage.start, passage.end)
    rivals: list[tuple[Nucleus, list[str]]] = []
    before: Nucleus | None = None
    for clause in found:
        if clause.triggered:
            for nucleus in nuclei(text, clause):
                rivals.append((nucleus, features(text, nucleus, passage, numbers, before)))
                before = nucleus
    return found, rivals
