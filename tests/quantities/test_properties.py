"""What holds for every text: offsets, order, no exception, linear time; and every entry of the data files fires."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gonghui_nlp.pipeline import find_quantities
from gonghui_nlp.quantities import Quantities, scan
from gonghui_nlp.quantities.amounts import purpose
from gonghui_nlp.quantities.candidates import master
from gonghui_nlp.quantities.lexicon import classifiers, festivals, person_nouns, rows
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


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_megabyte_takes_linear_time(piece: str) -> None:
    """Ten times the text takes about ten times the time; a quadratic pattern takes a hundred times."""
    master()
    scan(piece)

    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        best = 1e9
        for _ in range(3):
            begin = time.process_time()
            scan(text)
            best = min(best, time.process_time() - begin)
        return best

    small, large = seconds(20_000), seconds(200_000)
    assert large < 40 * small + 0.1


def test_a_million_characters_without_money_hold_no_amount() -> None:
    text = (
        "工会组织教职工开展多元文化活动，元旦前夕走访3单元502室，制作16块展板，以防万一，二〇一〇年五月三十五人参加；"
    )
    assert scan(text * (1_000_000 // len(text))).amounts == ()


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
