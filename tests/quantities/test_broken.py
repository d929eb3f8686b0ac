"""Sentences as documents leave them, each with all that is read of it: the value, a mask (told as an issue) or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gonghui_nlp import find_quantities

LINES = (Path(__file__).parent / "broken.tsv").read_text(encoding="utf-8").splitlines()
TELLING = ("lost_number", "unreadable_number", "impossible_date")


def value(q: Any) -> str:
    """3, 3..5, 3.. (over), ..5 (under), masked; a date's value or none."""
    if q.masked:
        return "masked"
    if hasattr(q, "value") and not hasattr(q, "min"):
        return q.value or "none"
    low, high = ("" if x is None else f"{x:.9g}" for x in (q.min, q.max))
    return low if low == high and low else f"{low}..{high}"


def read(text: str) -> str:
    found = find_quantities(text)
    quantities = [*found.amounts, *found.headcounts, *found.counts, *found.dates]
    told = {(i.start, i.end) for i in found.issues if i.code in TELLING}
    assert all((q.start, q.end) in told for q in quantities if q.masked)
    letters = {"amounts": "a", "headcounts": "h", "counts": "c", "dates": "d"}
    of = {id(q): letter for kind, letter in letters.items() for q in getattr(found, kind)}
    return " ".join(f"{of[id(q)]}{value(q)}" for q in sorted(quantities, key=lambda q: q.start))


def test_each_sentence_is_read_as_it_stands_there() -> None:
    lines = [line.partition("\t") for line in LINES if line[0] != "#"]
    wrong = {text: (says, got) for text, _, says in lines if (got := read(text.replace("⏎", "\n"))) != says}
    assert wrong == {}
