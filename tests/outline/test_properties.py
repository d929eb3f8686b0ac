"""What holds for every text, sensible or not."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from gonghui_nlp.outline import Structure, read_structure
from gonghui_nlp.text.normalize import fold

FRAGMENTS = [
    "一、", "二、", "三、", "二.", "（一）", "（二）", "1、", "2、", "3．", "10、", "1 ", "（1）", "(2)", "⑴", "①", "②", "一是", "二是",
    "首先，", "其次，", "第一，", "第二，", "第一部分：", "第二部分", "第一篇：", "【篇2】", "篇三", "、", "一、二月份", "三月份", "3月",
    "某校工会工作总结", "下半年工作思路", "存在的问题", "2020年1月3日", "工会工作总结（精选3篇）", "--- 2 ---", "更多范文请看某某范文网。",
    "慰问困难职工五名。", "开展活动；", "“", "三、八”节", "组织教师参加由城关", "\n", "\n", "\n", "\n\n", "\r\n", " ", "\u3000", "\ufeff", "\ue5c5",
    "一年来，我校工会在上级的领导下开展工作，现总结如下：", "2.5万元", "1.1", "第三条", "更多范文请访问某某范文网", " x0123", "附：工作安排", "- 3 -", "第一章 总则", "\x0c", "\u2028",
]  # fmt: skip
texts = st.one_of(st.text(), st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join))


def headings(s: Structure) -> list[tuple[int, int]]:
    return [(x.title.start, x.title.end) for x in s.sections if x.title]


@settings(max_examples=400, deadline=None)
@given(texts)
def test_sections_are_sorted_nested_and_in_their_constituent(text: str) -> None:
    s = read_structure(fold(text))
    starts = [x.start for x in s.sections]
    assert starts == sorted(set(starts))
    for i, x in enumerate(s.sections):
        assert 0 <= x.start < x.end <= len(text)
        assert x.start == x.mark.start
        for words in (x.mark, *([x.title] if x.title else [])):
            assert fold(text)[words.start : words.end] == words.text != ""
            assert x.start <= words.start <= words.end <= x.end
        later = [y.start for y in s.sections[i + 1 :] if y.level <= x.level and y.start < x.end]
        assert not later, "a section ends where the next one that is not inside it begins"
        if x.parent is None:
            assert x.level == 1
        else:
            above = [y.id for y in s.sections].index(x.parent)
            parent = s.sections[above]
            assert above < i and x.level == parent.level + 1
            assert parent.start < x.start and x.end <= parent.end
        home = bisect_right([c.start for c in s.constituents], x.start) - 1
        assert home >= 0 and x.end <= s.constituents[home].end


@settings(max_examples=400, deadline=None)
@given(texts)
def test_constituents_and_paragraphs_lie_apart_and_in_order(text: str) -> None:
    folded = fold(text)
    s = read_structure(folded)
    for spans in (s.constituents, s.paragraphs):
        for a, b in pairwise(spans):
            assert a.end <= b.start
    for p in s.paragraphs:
        assert p.text == folded[p.start : p.end] and p.text.strip() == p.text != ""
        assert any(c.start <= p.start and p.end <= c.end for c in s.constituents)


@settings(max_examples=400, deadline=None)
@given(texts)
def test_every_character_of_a_constituent_is_body_mark_title_or_noise(text: str) -> None:
    folded = fold(text)
    s = read_structure(folded)
    covered = bytearray(len(folded))
    for p in s.paragraphs:
        covered[p.start : p.end] = b"\1" * (p.end - p.start)
    for x in s.sections:
        assert not any(covered[x.start : x.mark.end]) or x.role == "item", "a mark is no body"
        end = max(x.mark.end, x.title.end if x.title else 0)
        covered[x.start : end] = b"\1" * (end - x.start)
    for a, b in s.noise:
        covered[a:b] = b"\1" * (b - a)
    marks = [x.start for x in s.sections]
    for c in s.constituents:
        first = min(
            [p.start for p in s.paragraphs if p.start >= c.start] + [m for m in marks if m >= c.start] + [c.end]
        )
        for i in range(first, c.end):
            assert covered[i] or folded[i].isspace() or folded[i] in "。；：，、" or not folded[i].isprintable()


@settings(max_examples=200, deadline=None)
@given(texts)
def test_soft_breaks_are_line_breaks_and_noise_lies_apart(text: str) -> None:
    folded = fold(text)
    s = read_structure(folded)
    for a, b in s.soft_breaks:
        assert a < b and not any(c.isalnum() for c in folded[a:b])
    for (_, b), (c, _) in pairwise(s.noise):
        assert b <= c
    assert [i.start for i in s.issues] == sorted(i.start for i in s.issues)
    assert all(i.text == folded[i.start : i.end] and i.code and i.message for i in s.issues)


@settings(max_examples=100, deadline=None)
@given(st.integers(2, 12), st.lists(st.sampled_from(["、", ".", "．", "、", "："]), min_size=12, max_size=12))
def test_separators_are_not_identity(n: int, separators: list[str]) -> None:
    numerals = "一二三四五六七八九十"
    names = [numerals[i] if i < 10 else "十" + numerals[i - 10] for i in range(n)]
    text = "".join(f"{m}{s}开展工作\n组织活动。\n" for m, s in zip(names, separators, strict=False))
    s = read_structure(fold(text))
    assert [(x.level, x.ordinal) for x in s.sections] == [(1, i + 1) for i in range(n)]
    assert not s.issues
