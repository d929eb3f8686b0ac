"""Texts as they arrive: bylines, menus, links, tables, lost line ends; what is body stays body."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CASES = tomllib.loads(Path(__file__).with_name("dirt.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_a_dirty_text(case: dict[str, Any], outline_of: Callable[..., Any]) -> None:
    text = case["text"]
    named, structure = outline_of(text, titles=True)
    wanted = case["outline"].strip().splitlines()
    assert [got if " | " in want else got.split(" | ")[0] for want, got in zip(wanted, named, strict=True)] == wanted
    if "paragraphs" in case:
        assert [text[p.start : p.end] for p in structure.paragraphs] == case["paragraphs"]
    if "noise" in case:
        assert [text[a:b] for a, b in structure.noise] == case["noise"]
    if "joined" in case:
        assert [text[a - 2 : a] + text[b : b + 2] for a, b in structure.soft_breaks] == case["joined"]
    if "issues" in case:
        assert [i.code for i in structure.issues] == case["issues"]
    if "rows" in case:
        assert [len(cells) for cells in structure.rows] == case["rows"]
    if "kind" in case:
        assert [c.kind for c in structure.constituents] == [case["kind"]]
