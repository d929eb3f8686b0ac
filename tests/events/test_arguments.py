"""Groups, and what no argument may do: leave the passage, or take more than linear work."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonghui_nlp.events import Passage, extract
from gonghui_nlp.events.arguments.fillers import Filler, joined
from gonghui_nlp.events.arguments.groups import GroupFinder
from gonghui_nlp.events.pairs import codes
from gonghui_nlp.quantities import scan

Counted = Callable[[Callable[[], object]], int]
GROUPS = {
    "走访了6名退休教师和困难职工": ["退休教师", "退休教师和困难职工", "困难职工"],
    "由各年级组长、班主任参加": ["各年级组长", "各年级组长、班主任", "班主任"],
    "召开教师大会": [],
    "把慰问金送到住院会员家属手中": ["住院会员家属"],
}


@pytest.mark.parametrize("text", GROUPS)
def test_the_groups_a_passage_names(text: str) -> None:
    found = GroupFinder(text, codes(text)).groups(0, len(text)).found
    assert [text[g.start : g.end] for g in found] == GROUPS[text]


def test_what_the_rules_found_comes_first_and_once() -> None:
    assert joined(Filler(2, 4, "met"), [Filler(2, 4, "one"), Filler(0, 4, "row"), Filler(5, 6, "one")]) == [
        Filler(2, 4, "met"),
        Filler(0, 4, "row"),
    ]


WORDS = [
    "组织",
    "慰问",
    "教师",
    "困难职工",
    "、",
    "和",
    "，",
    "。",
    "在",
    "会议室",
    "召开",
    "教代会",
    "获得一等奖",
    "3名",
    "于",
    "“",
    "”",
    "\n",
]


@given(st.lists(st.sampled_from(WORDS), max_size=60).map("".join))
def test_arguments_stand_in_the_text(text: str) -> None:
    for event in extract(text, [Passage(0, len(text))], scan(text))[0]:
        for span in (event.name, event.date, event.place, event.organiser, event.participants, event.result):
            assert span is None or (span.text and text[span.start : span.end] == span.text)


@pytest.mark.parametrize(
    "piece", ["慰问困难教师、", "召开大会在会议室审议，", "组织教师、教师、教师参观公园，获一等奖，", "教职工参加"]
)
def test_a_long_passage_takes_linear_work(piece: str, calls: Counted) -> None:
    def work(length: int) -> int:
        text = (piece * (length // len(piece) + 1))[:length]
        passages, quantities = [Passage(0, length)], scan(text)
        return calls(lambda: extract(text, passages, quantities))

    work(1000)
    assert work(12_000) < 3.4 * work(4_000)


def test_a_long_summing_up_takes_linear_work(calls: Counted) -> None:
    signs = "春夏秋冬山水云月花鸟松竹梅兰菊荷柳"

    def work(events: int) -> int:
        names = [signs[i % 17] + signs[i // 17 % 17] + signs[i // 289] for i in range(events)]
        told = "".join(f"{i % 12 + 1}月，举办了“{name}”演讲比赛。" for i, name in enumerate(names))
        again = "总之，" + "".join(f"举办了“新{name}”演讲比赛。" for name in names)
        text = f"{told}\n{again}"
        passages, quantities = [Passage(0, len(told)), Passage(len(told) + 1, len(text))], scan(text)
        found: list[object] = []
        cost = calls(lambda: found.extend(extract(text, passages, quantities)[0]))
        assert len(found) == 2 * events
        return cost

    # As much as is looked back at is not all there is from about three hundred events on.
    assert work(800) < 2.2 * work(400)
