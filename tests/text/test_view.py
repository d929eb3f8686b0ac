"""The View leaves out what interrupts the text and always finds the way back."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonghui_nlp.text.normalize import fold, foreign, simplify
from gonghui_nlp.text.offsets import View

DIRT = st.text(
    alphabet="工会慰问２２名９６００元困難職工,.;:()（）\n\r\ue5c5\u200bxiàohuì " + string.ascii_letters, max_size=80
)


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("看望１８名患病困難職工,发放１１,０００元.", "看望18名患病困难职工，发放11,000元."),
        ("(一)加强学习;(二)送温暖", "（一）加强学习；（二）送温暖"),
        ("比分3:2,用时10:30", "比分3:2，用时10:30"),
        ("「工會」活動", "“工会”活动"),
        ("９５％以上", "95%以上"),
        ("http://a.cn/b,c", "http：//a.cn/b,c"),
    ],
)
def test_fold(raw, folded):
    assert fold(raw) == folded


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("校（xiào）务公开", ["（xiào）"]),
        ("教（jiào ）代会", ["（jiào ）"]),
        ("教职工\ue5c5代表", ["\ue5c5"]),
        ("工\u200b会", ["\u200b"]),
        ("KTV（ktv）活动", []),
        ("（一）送温暖", []),
        ("开展QQ群讨论", []),
    ],
)
def test_foreign_stretches(text, gone):
    assert [text[a:b] for a, b in foreign(text)] == gone


@given(st.text(max_size=200) | DIRT)
def test_folding_keeps_every_offset(raw):
    assert len(fold(raw)) == len(raw)


@given(DIRT)
def test_simplifying_keeps_every_offset(raw):
    assert len(simplify(raw)) == len(raw)


@given(DIRT, st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=6), st.data())
def test_every_view_span_has_its_raw_text(raw, pairs, data):
    cuts = [(min(a, b, len(raw)), min(max(a, b), len(raw))) for a, b in pairs]
    view = View(raw, cuts)
    gone = {i for a, b in cuts for i in range(a, b)}
    assert view.text == "".join(c for i, c in enumerate(fold(raw)) if i not in gone)
    if not view.text:
        return
    start = data.draw(st.integers(0, len(view.text) - 1))
    end = data.draw(st.integers(start + 1, len(view.text)))
    a, b = view.span(start, end)
    assert "".join(fold(raw)[i] for i in range(a, b) if i not in gone) == view.text[start:end]
    assert a not in gone and b - 1 not in gone
    assert view.at(a) == start
