"""What holds for every text: exact spans inside their passages, the same answer twice, linear work."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gonghui_nlp.events import Passage, extract
from gonghui_nlp.quantities import scan
from gonghui_nlp.schema import Event, Span

Counted = Callable[[Callable[[], object]], int]
PIECES = st.sampled_from(
    [
        "慰问",
        "组织",
        "会员",
        "参加",
        "“",
        "”",
        "《",
        "》",
        "比赛",
        "，",
        "。",
        "、",
        "和",
        "的",
        "了",
        "3月",
        "5名",
        "2万元",
        "\n",
    ]
    + [
        "将",
        "对",
        "为",
        "进行",
        "公示",
        "活动",
        "获得一等奖",
        "×",
        "*会",
        '\\"',
        "（",
        "）",
        "座谈会",
        "等",
        "在",
        "会议室",
        "每年",
    ]
)
TEXTS = st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=120)


def spans(event: Event) -> list[Span]:
    optional = (event.name, event.date, event.place, event.organiser, event.participants, event.result)
    return [event.trigger, *(s for s in optional if s is not None)]


def events(text: str) -> list[Event]:
    return extract(text, [Passage(0, len(text))], scan(text))[0]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_spans_are_exact_and_inside(text: str) -> None:
    for event in events(text):
        assert 0 <= event.start < event.end <= len(text)
        assert text[event.start : event.end] == event.text
        assert 0.0 <= event.confidence <= 1.0
        for span in spans(event):
            assert text[span.start : span.end] == span.text


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_events(text: str) -> None:
    assert events(text) == events(text)


@settings(max_examples=100, deadline=None)
@given(TEXTS, TEXTS)
def test_events_stay_inside_their_passage(before: str, inside: str) -> None:
    text = before + inside
    passage = Passage(len(before), len(text))
    for event in extract(text, [passage], scan(text))[0]:
        assert len(before) <= event.start < event.end <= len(text)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_a_quantity_belongs_to_one_event(text: str) -> None:
    taken = [i for e in events(text) for i in (*e.headcount_ids, *e.amount_ids, *e.count_ids)]
    assert len(taken) == len(set(taken))


@pytest.mark.parametrize(
    "unit",
    [
        "慰问",
        "组织教师",
        "参加比赛",
        "书法比赛、",
        "，慰问教师",
        "“",
        "开展“读书",
        "《学习",
        "*会××",
        "工会组织职工参加活动并慰问",
        "召开会议，",
        "召开会议。",
        "活动\n",
        "看望了王师傅、陈师傅、",
        "组织慰问了3名，",
        "举办“红歌”、",
        "（组织",
        "组织教师春游，3月",
    ],
)
def test_work_is_linear(unit: str, calls: Counted) -> None:
    def work(length: int) -> int:
        text = unit * (length // len(unit))
        quantities = scan(text)
        return calls(lambda: extract(text, [Passage(0, len(text))], quantities))

    work(len(unit))
    assert work(9_000) < 3 * 1.15 * work(3_000)
