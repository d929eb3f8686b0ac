"""What holds for every text: offsets, order, no exception, linear work; and every entry of the data files fires."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from re import _parser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gonghui_nlp.pipeline import find_quantities
from gonghui_nlp.quantities import Quantities, edges, scan
from gonghui_nlp.quantities.amounts import purpose
from gonghui_nlp.quantities.calendar_grammar import pattern
from gonghui_nlp.quantities.candidates import master
from gonghui_nlp.quantities.kinds import unit
from gonghui_nlp.quantities.lexicon import classifiers, festivals, person_nouns, rows
from gonghui_nlp.quantities.lost import masked, weak
from gonghui_nlp.resources import current
from gonghui_nlp.schema import Span
from gonghui_nlp.text.normalize import fold
from gonghui_nlp.text.offsets import View

PIECES = list("0123456789零一二三五八十百千万亿两几数余多近约第共名位人次元件篇所年月日份%％“”、，。—至到x×*() \n") + [
    "三八",
    "教师节",
    "期间",
    "上半年",
    "20xx年",
    "百分之",
    "慰问",
    "困难教职工",
    "其中",
    "每人",
    "累计",
    "以上",
    "，",
    "，",
]
HOSTILE = ["3万", "一二三", "1", "年月日", "多", "一", "三、", "“三", "×", "×年", "1,", "1.", "x", "百", "三至", "3-"]
HOSTILE += [
    "2024年",
    "第一",
    "名",
    "十一月",
    "近",
    "的名在职",
    "国",
    "五·",
    "3元",
    "3名",
    "3元，其中",
    "每人3元共",
    "分之",
    "一个",
    "余人，户，",
    "名教职工件，",
    "件，\n为名教职工件，",
    "年月",
    "3 000",
    "张三、",
]


def spans(q: Quantities) -> list[Span]:
    return [*q.amounts, *q.headcounts, *q.counts, *q.dates]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_offsets_hold_and_nothing_overlaps(text: str) -> None:
    folded = fold(text)
    q = scan(folded)
    found = sorted(spans(q), key=lambda s: s.start)
    assert all(s.start < s.end and s.text == folded[s.start : s.end] for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    for kind in (q.amounts, q.headcounts, q.counts, q.dates, q.issues):
        assert list(kind) == sorted(kind, key=lambda s: s.start)
    for s in (*q.amounts, *q.headcounts, *q.counts):
        assert s.min is None or s.max is None or s.min <= s.max
        assert not s.masked or (s.min is None and s.max is None)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    for s in spans(find_quantities(text)):
        assert s.text == text[s.start : s.end]


def test_the_same_text_gives_the_same_quantities() -> None:
    text = fold("3月8日看望18名教师，每人500元，共9000元，参加率98%。")
    assert scan(text) == scan(text)


def test_a_number_cut_by_a_line_break_is_found_whole() -> None:
    raw = "看望了3\n6名退休职工，发放慰问金1\n8000元。"
    view = View(raw, cuts=[(4, 5), (18, 19)])
    q = scan(view.text)
    assert [(h.min, h.text) for h in q.headcounts] == [(36, "36名")]
    assert [a.min for a in q.amounts] == [18000]
    assert raw[slice(*view.span(q.amounts[0].start, q.amounts[0].end))] == "1\n8000元"


def test_a_quotation_mark_before_a_soft_break_stays_outside() -> None:
    text = "喜迎“三八”女神节，喜迎“六一节”活动"
    assert [d.text for d in scan(text).dates] == ["“三八”女神节", "“六一节”"]
    assert [d.text for d in scan(text, {3, 13}).dates] == ["三八”女神节", "六一节"]


def work(text: str) -> int:
    """How many functions a scan calls, those of the regular expressions too."""
    calls = 0

    def count(frame: object, event: str, arg: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        scan(text)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_takes_linear_work(piece: str) -> None:
    """Ten times the text takes about ten times the calls; a search that goes back to the beginning takes a hundred."""
    scan(piece * 2)
    small, large = (work(piece * (size // len(piece))) for size in (600, 6_000))
    assert large < 12 * small + 100


def endless(parsed: Any) -> Iterator[str]:
    """The repeats of a pattern that have no bound and may give back what they took."""
    for op, value in parsed:
        name = str(op)
        if name in ("MAX_REPEAT", "MIN_REPEAT") and int(value[1]) > 200:
            yield str(value[2])
        inner = {
            "MAX_REPEAT": lambda v: [v[2]],
            "MIN_REPEAT": lambda v: [v[2]],
            "POSSESSIVE_REPEAT": lambda v: [v[2]],
            "SUBPATTERN": lambda v: [v[-1]],
            "BRANCH": lambda v: v[1],
            "ASSERT": lambda v: [v[1]],
            "ASSERT_NOT": lambda v: [v[1]],
            "ATOMIC_GROUP": lambda v: [v],
            "GROUPREF_EXISTS": lambda v: [x for x in v[1:] if x],
        }.get(name, lambda v: [])
        for part in inner(value):
            yield from endless(part)


@pytest.mark.parametrize("made", [master, pattern, unit, weak, masked, edges.characters, edges._odd])
def test_no_pattern_over_a_whole_text_repeats_without_bound(made: Callable[[], re.Pattern[str]]) -> None:
    """What is bounded or possessive takes the same work at every place of a text, however long it is."""
    assert list(endless(_parser.parse(made().pattern))) == []


def test_many_characters_without_money_hold_no_amount() -> None:
    text = (
        "工会组织教职工开展多元文化活动，元旦前夕走访3单元502室，制作16块展板，以防万一，二〇一〇年五月三十五人参加；"
    )
    assert scan(text * (100_000 // len(text))).amounts == ()


@pytest.mark.parametrize("word", sorted(classifiers()))
def test_every_classifier_fires_on_its_example(word: str) -> None:
    assert word in [c.unit for c in scan(classifiers()[word].example).counts]


@pytest.mark.parametrize("name", sorted(festivals()))
def test_every_festival_fires_on_its_example(name: str) -> None:
    festival = festivals()[name]
    (found,) = scan(festival.example).dates
    assert found.value == (f"XXXX-{festival.day}" if festival.day else None)


@pytest.mark.parametrize("row", rows("traps.tsv"), ids=lambda r: r["example"])
def test_every_trap_fires_on_its_example(row: dict[str, str]) -> None:
    assert "trap" in {m.lastgroup for m in master().finditer(row["example"])}


@pytest.mark.parametrize("row", rows("purposes.tsv"), ids=lambda r: r["example"])
def test_every_purpose_fires_on_its_example(row: dict[str, str]) -> None:
    (amount,) = scan(row["example"]).amounts
    assert amount.purpose == row["purpose"] == purpose(row["example"], amount.start, amount.end)


@pytest.mark.parametrize("noun", person_nouns())
def test_every_person_noun_is_who_in_its_example(noun: str) -> None:
    example = next(r["example"] for r in current().rows("people.tsv") if r["word"] == noun)
    (headcount,) = scan(example).headcounts
    assert headcount.who is not None and noun in headcount.who.text


@pytest.mark.parametrize("row", rows("concrete.tsv"), ids=lambda r: r["word"])
def test_every_concrete_noun_makes_one_a_number(row: dict[str, str]) -> None:
    assert [c.min for c in scan(row["example"]).counts] == [1]


@pytest.mark.parametrize("row", rows("bare.tsv"), ids=lambda r: r["classifier"])
def test_every_bare_classifier_is_a_lost_number_beside_another(row: dict[str, str]) -> None:
    text = "有名教师参加，" + row["example"]
    assert row["classifier"] in [q.text for q in spans(scan(text)) if q.start > 6]
