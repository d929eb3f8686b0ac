"""Numbers that a site deleted: with every Arabic one gone from the samples most must be reported, and none invented."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

import gonghui_nlp as gh
from gonghui_nlp.schema import Amount, Count, Headcount

SAMPLES = Path(__file__).resolve().parents[2] / "corpora" / "samples"
NUMBER = re.compile("[0-9０-９]+(?:[.,][0-9]+)*")
FLOORS = {"headcount": 0.8, "count": 0.7, "amount": 0.65, "date": 0.5}


def test_deleted_numbers_are_reported_and_intact_texts_are_left_alone() -> None:
    deleted: Counter[str] = Counter()
    reported: Counter[str] = Counter()
    false: list[str] = []
    for path in sorted(SAMPLES.glob("*.txt")):
        (source,) = gh.read(path)
        text = source.text
        lines = (SAMPLES / "gold" / f"{path.stem}.jsonl").read_text(encoding="utf-8").splitlines()
        records = [r for r in map(json.loads, (x for x in lines if x.strip())) if r["kind"] in FLOORS]
        masked = [r for r in records if r.get("masked")]
        doc = gh.analyze(source)
        everything: list[Amount | Headcount | Count] = [*doc.amounts, *doc.headcounts, *doc.counts]
        suspects = [q for q in everything if q.masked]
        false += [q.text for q in suspects if not any(r["start"] < q.end and r["end"] > q.start for r in masked)]
        kept = [True] * len(text)
        for m in NUMBER.finditer(text):
            kept[m.start() : m.end()] = [False] * (m.end() - m.start())
        at = [0]
        for k in kept:
            at.append(at[-1] + k)
        left = gh.find_quantities("".join(c for c, k in zip(text, kept, strict=True) if k))
        lost = [q for q in left.all() if q.masked]
        for r in records:
            if NUMBER.search(text, r["start"], r["end"]):
                deleted[r["kind"]] += 1
                start, end = at[r["start"]], at[r["end"]]
                reported[r["kind"]] += any(q.start < end and q.end > start for q in lost)
    if not deleted:
        pytest.skip("no samples in this checkout")
    recall = {kind: round(reported[kind] / deleted[kind], 3) for kind in FLOORS}
    assert all(recall[kind] >= floor for kind, floor in FLOORS.items()), recall
    assert not false
