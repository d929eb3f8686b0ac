"""Skeletons, slots, differences; the listed kinds of slots and phrases fire on their own examples."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gonghui_nlp.dedup import deduplicate, difference, stock_phrases, template
from gonghui_nlp.dedup.align import changes
from gonghui_nlp.dedup.normalise import readable
from gonghui_nlp.dedup.stock import boilerplate
from gonghui_nlp.dedup.tokens import entries
from gonghui_nlp.errors import InputError
from gonghui_nlp.text.normalize import fold

CASES = tomllib.loads(Path(__file__).with_name("templates.toml").read_text(encoding="utf-8"))["case"]
chinese = st.text(alphabet="工会慰问了教职工名元年月日次，。0123456789×＊ \n<&>\"'", max_size=80)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["skeleton"][:12])
def test_case(case: dict[str, Any]) -> None:
    made = template(case["texts"])
    assert made.skeleton == case["skeleton"]
    assert [[f.text for f in row] for row in made.members[1:]] == case["values"]


def test_canonical_may_be_any_member() -> None:
    made = template(["慰问了8名困难职工和退休教师", "慰问了26名困难职工和退休教师"], canonical=1)
    assert [f.text for row in made.members for f in row] == ["8名", "26名"]


@pytest.mark.parametrize(("texts", "canonical"), [([], 0), (["a"], 1), (["a"], -1)])
def test_bad_calls(texts: list[str], canonical: int) -> None:
    with pytest.raises(InputError):
        template(texts, canonical)


@example(["<0", ">0", "<<0"])  # what one puts in between two slots that touch
@given(st.lists(chinese, min_size=1, max_size=5))
def test_fillings_stand_where_they_say(texts: list[str]) -> None:
    made = template(texts)
    for text, row in zip(texts, made.members, strict=True):
        at = 0
        for f in row:
            assert at <= f.start <= f.end <= len(text)
            assert f.text is None or text[f.start : f.end] == f.text
            at = f.end
    for slot in made.slots:
        assert 0 <= slot.start <= slot.end <= len(texts[0])


@given(chinese)
def test_one_text_is_all_skeleton(text: str) -> None:
    assert template([text, text]).skeleton == re.sub(r"\s+", "", fold(text))


@given(chinese, chinese)
def test_changes_turn_one_text_into_the_other(a: str, b: str) -> None:
    out, at = [], 0
    for c in changes(a, b):
        out += [a[at : c.a_start], b[c.b_start : c.b_end]]
        at = c.a_end
    assert "".join(out) + a[at:] == b


def test_long_texts_are_aligned_by_sentences_first() -> None:
    sentence = "第{}次例会研究了教职工反映的热点问题。"
    a = "".join(sentence.format(i) for i in range(3000))
    b = a.replace("第1500次例会", "第1500次茶话会")
    assert [(a[c.a_start : c.a_end], b[c.b_start : c.b_end]) for c in changes(a, b)] == [("例", "茶话")]


def test_texts_of_very_many_sentences_need_no_matrix() -> None:
    left, right = ("".join(f"{side}第{i}次例会。" for i in range(40_000)) for side in "甲乙")
    ends = "开头这一句两边都有。", "结尾这一句也是。"
    (change,) = changes(ends[0] + left + ends[1], ends[0] + right + ends[1])
    assert (change.a_start, change.b_start) == (len(ends[0]),) * 2
    assert change.a_end == len(ends[0] + left)


@pytest.mark.parametrize("seed", [31, 32])
def test_slot_characters(synthetic: ModuleType, benchmark_module: ModuleType, seed: int) -> None:
    assert benchmark_module.slots("normal", 600, seed)["f1"] >= 0.97


class _Cells(HTMLParser):
    """The text of the cells, the marked stretches, and the tags."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.marked: dict[str, str] = defaultdict(str)
        self.tags: set[str] = set()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)
        self._open.append(tag)
        if tag == "td":
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        self._open.remove(tag)

    def handle_data(self, data: str) -> None:
        self.cells[-1] += data
        for tag in ("del", "ins"):
            if tag in self._open:
                self.marked[tag] += data


@given(chinese, chinese)
def test_difference_shows_both_texts_whole_and_nothing_as_markup(a: str, b: str) -> None:
    cells = _Cells()
    cells.feed(difference(a, b))
    cells.close()
    assert cells.cells == [a, b]
    assert cells.tags <= {"table", "tr", "td", "del", "ins"}


def test_difference_escapes_names_and_texts() -> None:
    made = difference("<script>a</script>", "<script>b</script>", names=("<img>", "b"))
    assert "<script>" not in made and "<img>" not in made


@pytest.mark.parametrize("entry", entries(), ids=lambda e: e["type"])
def test_slot_kinds_fire_on_their_examples(entry: dict[str, Any]) -> None:
    found = re.search(entry["pattern"], entry["example"])
    assert found and found[0] == entry["finds"]


@pytest.mark.parametrize("phrase", boilerplate(), ids=lambda p: p["text"][:10])
def test_phrases_stand_in_their_examples(phrase: dict[str, str]) -> None:
    text, example = readable([phrase["text"], phrase["example"]])
    assert len(text) >= 4 and text in example


def test_phrases_are_listed_once() -> None:
    texts = readable([p["text"] for p in boilerplate()])
    assert len(set(texts)) == len(texts)


def test_stock_sentences_count_independent_documents() -> None:
    stock = "工会是教职工温暖的家园。"
    one = f"春季登山去了城郊的凤凰岭，六十位教师登顶，归途采摘草莓。{stock}"
    texts = [one, one, one.replace("六十", "八十"), f"{stock}秋季棋类比赛分为三个组别，语文组夺冠。"]
    frame = stock_phrases(texts, deduplicate(texts))
    assert frame[["text", "documents", "occurrences", "first"]].values.tolist() == [[stock, 2, 4, 0]]
    assert stock_phrases([]).empty
