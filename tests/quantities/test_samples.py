"""The samples' hand annotation: the share of quantities found with their exact span and value."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import gonghui_nlp as gh

SAMPLES = Path(__file__).resolve().parents[2] / "corpora" / "samples"
FLOORS = {"amount": 0.97, "headcount": 0.97, "count": 0.95, "rate": 0.97, "date": 0.96}


def facts(kind: str, record: Any) -> tuple[Any, ...]:
    """What must agree: the place, and the value where the annotation gives one."""
    get = record.get if isinstance(record, dict) else lambda name: getattr(record, name)
    if kind == "date":
        return (get("start"), get("end"))
    return (get("start"), get("end"), get("min"), get("max"))


def test_the_samples_are_read_as_they_are_annotated() -> None:
    right: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wrong: list[str] = []
    for path in sorted(SAMPLES.glob("*.txt")):
        (source,) = gh.read(path)
        doc = gh.analyze(source)
        lines = (SAMPLES / "gold" / f"{path.stem}.jsonl").read_text(encoding="utf-8").splitlines()
        records = [json.loads(line) for line in lines if line.strip()]
        unsure = {(r["start"], r["end"]) for r in records if r.get("unsure")}
        predicted = {
            "amount": doc.amounts,
            "headcount": doc.headcounts,
            "date": doc.dates,
            "count": [c for c in doc.counts if c.kind == "count"],
            "rate": [c for c in doc.counts if c.kind == "rate"],
        }
        for kind, spans in predicted.items():
            want = {facts(kind, r) for r in records if r["kind"] == kind and not r.get("unsure")}
            have = {facts(kind, s) for s in spans if (s.start, s.end) not in unsure}
            right[kind] += len(want & have)
            gold[kind] += len(want)
            found[kind] += len(have)
            values = {(r["start"], r["end"]): r["value"] for r in records if r["kind"] == "date" and r.get("value")}
            if kind == "date":
                wrong += [d.text for d in doc.dates if values.get((d.start, d.end), d.value) != d.value]
    if not gold:
        pytest.skip("no samples in this checkout")
    f1 = {kind: 2 * right[kind] / (gold[kind] + found[kind]) for kind in FLOORS}
    assert all(f1[kind] >= floor for kind, floor in FLOORS.items()), f1
    assert len(wrong) <= 0.02 * gold["date"], wrong
