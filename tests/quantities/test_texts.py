"""Every kind of quantity in sentences: what is found, and what is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gonghui_nlp.quantities import Quantities, scan
from gonghui_nlp.schema import Count, text_of
from gonghui_nlp.text.normalize import fold

FOLDER = Path(__file__).parent


def cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(x) for x in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


def near(x: float | None) -> Any:
    return None if x is None else round(x, 6)


def found(q: Quantities) -> dict[str, list[list[Any]]]:
    def counts(kind: str) -> list[Count]:
        return [c for c in q.counts if c.kind == kind]

    return {
        "amounts": [[a.text, near(a.min), near(a.max), a.per, a.purpose] for a in q.amounts],
        "headcounts": [
            [h.text, near(h.min), near(h.max), text_of(h.who) or None, *([h.per] if h.per != "total" else [])]
            for h in q.headcounts
        ],
        "counts": [[c.text, near(c.min), near(c.max), text_of(c.what) or None] for c in counts("count")],
        "rates": [[c.text, near(c.min), near(c.max)] for c in counts("rate")],
        "durations": [[c.text, near(c.min), near(c.max)] for c in counts("duration")],
        "dates": [[d.text, d.value] for d in q.dates],
    }


@pytest.mark.parametrize("case", cases("texts.jsonl"), ids=lambda c: c["text"][:16])
def test_text(case: dict[str, Any]) -> None:
    """A kind that the case does not name must not be found."""
    expected = {
        kind: [[near(x) if isinstance(x, float) else x for x in row] for row in case.get(kind, [])]
        for kind in ("amounts", "headcounts", "counts", "rates", "durations", "dates")
    }
    assert found(scan(fold(case["text"]))) == expected


@pytest.mark.parametrize("case", cases("traps.jsonl"), ids=lambda c: c["text"][:16])
def test_trap(case: dict[str, Any]) -> None:
    """What looks like a quantity and is none."""
    q = scan(fold(case["text"]))
    assert not getattr(q, case["no"]), getattr(q, case["no"])


@pytest.mark.parametrize("case", cases("issues.jsonl"), ids=lambda c: c["text"][:16])
def test_issue(case: dict[str, Any]) -> None:
    issues = [i for i in scan(fold(case["text"])).issues if i.code != "lost_number" or case["codes"] == ["lost_number"]]
    assert [i.code for i in issues] == case["codes"]
    assert all(i.message and i.text for i in issues)
