"""Every case of the TOML files here: the outline drawn is the outline expected."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CASES = [
    case
    for name in ("cases.toml", "compilations.toml")
    for case in tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))["case"]
]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_outline(case: dict[str, Any], outline_of: Callable[..., Any]) -> None:
    expected = case["outline"].strip().splitlines()
    plain, structure = outline_of(case["text"])
    assert plain == [line.split(" | ")[0] for line in expected]
    named, _ = outline_of(case["text"], titles=True)
    for want, got in zip(expected, named, strict=True):
        if " | " in want:
            assert got == want
    if "issues" in case:
        assert [i.code for i in structure.issues] == case["issues"]
