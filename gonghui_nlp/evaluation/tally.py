"""Hits, misses and wrong values, counted by measure."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from gonghui_nlp.learning.matching import Record
from gonghui_nlp.schema import FUNCTIONS


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

    def add(self, name: str, hit: int, gold: int, found: int) -> None:
        """Adds to the hits, gold records and found records of a measure."""
        row = self.counts.setdefault(name, [0, 0, 0])
        for i, n in enumerate((hit, gold, found)):
            row[i] += n

    def score(self, name: str) -> Score:
        """The score of a measure, zeros when nothing of it was there."""
        hit, gold, found = self.counts.get(name, (0, 0, 0))
        p, r = hit / found if found else 0.0, hit / gold if gold else 0.0
        return Score(p, r, 2 * p * r / (p + r) if p + r else 0.0, gold, found)

    @property
    def functions_macro(self) -> float:
        """The mean F1 of the four functions and of ``none``."""
        names = [f"function {label}" for label in (*FUNCTIONS, "none")]
        return sum(self.score(n).f1 for n in names) / len(names)

    def scores(self) -> dict[str, Score]:
        """All scores by name."""
        return {name: self.score(name) for name in self.counts}

    def miss(self, kind: str, sign: str, record: Record, detail: str = "") -> None:
        """Notes one error of a kind."""
        text = record.get("text") or f"{record.get('mark', '')}{record.get('title', '')[:20]}"
        source = Path(record["source"]).name.split(".")[0]
        self.errors.append(ErrorCase(kind, sign, source, record["start"], text, detail))
