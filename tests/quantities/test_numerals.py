"""Numerals: the table of cases, and what holds for every numeral."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonghui_nlp.quantities import parse_numeral
from gonghui_nlp.text import normalize as cleaning
from gonghui_nlp.text.numerals import cardinal

CASES = [json.loads(x) for x in (Path(__file__).parent / "numerals.jsonl").read_text(encoding="utf-8").splitlines()]
DIGITS = "零一二三四五六七八九"


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:12] or "empty" for c in CASES])
def test_numeral(case: dict[str, object]) -> None:
    found = parse_numeral(str(case["text"]))
    if case["kind"] is None:
        assert found is None
        return
    assert found is not None
    assert (found.kind, found.approx) == (case["kind"], case["approx"])
    assert found.min == (None if case["min"] is None else pytest.approx(case["min"], rel=1e-9))
    assert found.max == (None if case["max"] is None else pytest.approx(case["max"], rel=1e-9))


def written(n: int) -> str:
    """A number below ten thousand as it is written in full."""
    out, zero = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, size)
        if digit:
            out += ("零" if zero else "") + DIGITS[digit] + name
            zero = False
        elif out:
            zero = True
    return out or "零"


@given(st.integers(0, 9999))
def test_written_in_full(n: int) -> None:
    assert cardinal(written(n)) == n


@given(st.integers(1, 9999), st.integers(1000, 9999))
def test_sections(high: int, low: int) -> None:
    assert cardinal(f"{written(high)}万{written(low)}") == high * 10_000 + low


@given(st.integers(0, 10**9))
def test_arabic_with_and_without_commas(n: int) -> None:
    assert cardinal(f"{n:,}") == cardinal(str(n)) == n


@given(st.text(alphabet="零一二三四五六七八九十百千万亿两几数余多近约第至-点成分之%0123456789.,", max_size=30))
def test_any_string_gives_a_numeral_or_nothing(text: str) -> None:
    found = parse_numeral(text)
    if found is not None and found.min is not None and found.max is not None:
        assert found.min <= found.max
        assert found.value is not None and found.min <= found.value <= found.max


@given(st.integers(1, 99999))
def test_width_does_not_matter(n: int) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) for c in str(n))
    assert cleaning.fold(wide) == str(n)
    assert parse_numeral(f"{wide}余") == parse_numeral(f"{n}余")
