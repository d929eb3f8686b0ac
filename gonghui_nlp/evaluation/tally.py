"""Hits, misses and wrong values, counted by measure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from gonghui_nlp.learning.matching import Record
from gonghui_nlp.schema import shown


class Score(NamedTuple):
    """Precision, recall, F1 and the numbers behind them."""

    precision: float
    recall: float
    f1: float
    gold: int
    found: int


class ErrorCase(NamedTuple):
    """One miss (``-``), false alarm (``+``) or wrong value (``~``), with the sentence it stands in."""

    kind: str
    sign: str
    source: str
    start: int
    text: str
    detail: str
    sentence: str = ""


@dataclass
class Evaluation:
    """The scores by name, in a fixed order, and every error."""

    counts: dict[str, list[int]] = field(default_factory=dict)
    errors: list[ErrorCase] = field(default_factory=list)
    types: dict[str, list[int]] = field(default_factory=dict)
    """Hits, gold and found events by their type."""
    judgements: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """The labels that gold and the other side gave to the same thing, by measure."""
    documents: dict[str, Evaluation] = field(default_factory=dict)
    """The same of each source by itself."""

    def add(self, name: str, hit: int, gold: int, found: int) -> None:
        """Adds to the hits, gold records and found records of a measure."""
        _add(self.counts, name, hit, gold, found)

    def add_type(self, name: str, hit: int, gold: int, found: int) -> None:
        """Adds to the events of a type."""
        _add(self.types, name, hit, gold, found)

    def judged(self, name: str, gold: str, found: str) -> None:
        """Notes the two labels of one thing."""
        self.judgements.setdefault(name, []).append((gold, found))

    def take(self, source: str, one: Evaluation) -> None:
        """Adds what was measured of one source."""
        self.documents[source] = one
        for mine, theirs in ((self.counts, one.counts), (self.types, one.types)):
            for name, (hit, gold, found) in theirs.items():
                _add(mine, name, hit, gold, found)
        for name, labels in one.judgements.items():
            self.judgements.setdefault(name, []).extend(labels)
        self.errors += one.errors

    def score(self, name: str) -> Score:
        """The score of a measure, zeros when nothing of it was there."""
        return score_of(*self.counts.get(name, (0, 0, 0)))

    def kappa(self, name: str) -> float | None:
        """Cohen's kappa of the two labels of a measure; None where chance alone could not differ.

        >>> e = Evaluation()
        >>> for pair in (("aid", "aid"), ("aid", "rules"), ("rules", "rules"), ("rules", "rules")):
        ...     e.judged("event types", *pair)
        >>> e.kappa("event types")
        0.5
        """
        labels = self.judgements.get(name, [])
        mine, theirs = Counter(g for g, _ in labels), Counter(f for _, f in labels)
        n = len(labels)
        by_chance = sum(mine[label] * theirs[label] for label in mine) / (n * n) if n else 1.0
        if by_chance == 1.0:
            return None
        return (sum(g == f for g, f in labels) / n - by_chance) / (1 - by_chance)

    @property
    def functions_macro(self) -> float:
        """The mean F1 of the four functions, or of the labels of one's own, and of ``none``."""
        names = [n for n in self.counts if n.startswith("function ")] or ["function none"]
        return sum(self.score(n).f1 for n in names) / len(names)

    def scores(self) -> dict[str, Score]:
        """All scores by name."""
        return {name: self.score(name) for name in self.counts}

    def miss(self, kind: str, sign: str, record: Record, detail: str = "") -> None:
        """Notes one error of a kind."""
        text = record.get("text") or f"{record.get('mark', '')}{record.get('title', '')[:20]}"
        source = Path(record["source"]).name.split(".")[0]
        self.errors.append(ErrorCase(kind, sign, source, record["start"], text, detail))

    def _repr_html_(self) -> str | None:
        return shown(self)


def score_of(hit: float, gold: float, found: float) -> Score:
    """Precision, recall and F1 of so many hits.

    >>> score_of(3, 4, 6)[:3]
    (0.5, 0.75, 0.6)
    """
    p, r = hit / found if found else 0.0, hit / gold if gold else 0.0
    return Score(p, r, 2 * p * r / (p + r) if p + r else 0.0, int(gold), int(found))


def _add(counts: dict[str, list[int]], name: str, hit: int, gold: int, found: int) -> None:
    row = counts.setdefault(name, [0, 0, 0])
    for i, n in enumerate((hit, gold, found)):
        row[i] += n
