"""Paragraphs as converted documents have them: every quantity with the value that a reader gives it, and no other value."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from gonghui_nlp import find_quantities
from gonghui_nlp.quantities import Quantities

LINES = (Path(__file__).parent / "paragraphs.txt").read_text(encoding="utf-8").splitlines()
PER = {"": "total", "p": "person", "o": "other"}
_MARKED = re.compile("\\{([^{}|]+)\\|([^{}|]+)\\}")


def ends(value: str) -> tuple[float | None, float | None]:
    """Both ends of what is marked: 30+, -30, ~30, 3~5, 30."""
    if value.endswith("+"):
        return float(value[:-1]), None
    if value.startswith("-"):
        return None, float(value[1:])
    low, _, high = value.lstrip("~").partition("~")
    return float(low), float(high or low)


def said(marked: str) -> Any:
    """What is marked, in the form of :func:`read`."""
    kind = marked[0]
    if kind == "d":
        return (marked[1:].rstrip("m-") or None, marked.endswith("m"))
    value, _, per = marked[1:].partition("/")
    lost = value in ("m", "-")
    low, high = (None, None) if lost else ends(value)
    told = tuple(None if x is None else pytest.approx(x, rel=1e-3) for x in (low, high))
    return (*told, value == "m", *([PER[per]] if kind == "a" else []))


def read(found: Quantities) -> list[tuple[int, int, str, Any]]:
    """Where each quantity stands, its kind, and what it says."""
    of = {"count": "c", "rate": "r", "duration": "u"}
    return [
        *((q.start, q.end, "d", (q.value, q.masked)) for q in found.dates),
        *((q.start, q.end, "a", (q.min, q.max, q.masked, q.per)) for q in found.amounts),
        *((q.start, q.end, "h", (q.min, q.max, q.masked)) for q in found.headcounts),
        *((q.start, q.end, of[q.kind], (q.min, q.max, q.masked)) for q in found.counts),
    ]


@pytest.mark.parametrize("line", [x for x in LINES if x[0] != "#"], ids=lambda x: x[:16])
def test_a_paragraph_is_read_as_it_is_marked(line: str) -> None:
    line = line.replace("⏎", "\n")
    text, marked, done = "", [], 0
    for m in _MARKED.finditer(line):
        text += line[done : m.start()]
        marked.append((len(text), len(text) + len(m[1]), m[2]))
        text, done = text + m[1], m.end()
    everything = read(find_quantities(text + line[done:]))
    for start, end, value in marked:
        here = [(kind, says) for a, b, kind, says in everything if a < end and b > start]
        assert here == [(value[0], said(value))], (line[:12], value)
    assert len(everything) <= len(marked) + 2
