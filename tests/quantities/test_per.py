"""Whose a sum is, and whether people are all or so many of each: sentences with what a reader takes them to say."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

import gonghui_nlp as gh
from gonghui_nlp.quantities import scan

LINES = (Path(__file__).parent / "per.txt").read_text(encoding="utf-8").splitlines()
SAYS = {"t": "total", "p": "person", "o": "other"}
_MARKED = re.compile("\\[([^\\]:]+):([tpox])\\]")


def differing(line: str) -> list[tuple[str, str, str | None]]:
    """What is marked in a line and read otherwise: its text, what it says, what was read."""
    marked, text, done = [], "", 0
    for m in _MARKED.finditer(line):
        text += line[done : m.start()]
        marked.append((len(text), m[1], m[2]))
        text, done = text + m[1], m.end()
    found = scan(text + line[done:])
    read = [(q, q.per) for q in (*found.amounts, *found.headcounts)]
    said = [(t, w, next((per for q, per in read if q.start < at + len(t) and q.end > at), None)) for at, t, w in marked]
    return [(t, SAYS[w], per) for t, w, per in said if w != "x" and per != SAYS[w]]


def test_whose_it_is() -> None:
    assert {x: wrong for x in LINES if x[0] not in "#~" and (wrong := differing(x))} == {}


def test_what_is_marked_as_not_read_right_is_not() -> None:
    assert [x for x in LINES if x[0] == "~" and not differing(x[1:])] == []


def test_a_chain_of_sums_is_followed_without_end_or_recursion() -> None:
    assert {a.per for a in scan("每人3元、" + "3元、" * 5_000).amounts} == {"person", "total"}


def test_so_many_of_each_are_not_added_up() -> None:
    doc = gh.analyze("2023年3月8日，组织女职工登山比赛，每队5人。")
    assert [(h.text, h.per) for h in doc.headcounts] == [("5人", "other")]
    (row,) = gh.to_frames(doc).activities()[["heads", "headcounts"]].values.tolist()
    assert pd.isna(row[0])
    assert row[1] == "5人"
