"""Whole sentences and what a reader gets from them: cases.jsonl, one case a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import gonghui_nlp as gh
from gonghui_nlp.events import Passage, extract
from gonghui_nlp.quantities import scan
from gonghui_nlp.schema import Event

CASES = [json.loads(line) for line in Path(__file__).with_name("cases.jsonl").read_text(encoding="utf-8").splitlines()]


def events_of(case: dict[str, Any]) -> tuple[list[Event], dict[str, str]]:
    """The events of a case, and the text of each quantity by its id."""
    opening = case.get("heading_text", "")
    text = opening + case["text"]
    spans = ((0, len(opening.strip())),) * len(case["headings"])
    passage = Passage(len(opening), len(text), tuple(case["headings"]), spans, case["kind"])
    quantities = scan(text)
    return extract(text, [passage], quantities)[0], {q.id: q.text for q in quantities.all()}


def seen(event: Event, field: str, quantities: dict[str, str]) -> Any:
    if field == "quantities":
        linked = {*event.headcount_ids, *event.amount_ids, *event.count_ids}
        return [text for i, text in quantities.items() if i in linked]
    value = getattr(event, field)
    return value if value is None or isinstance(value, str) else value.text


KNOWN = pytest.mark.xfail(strict=True, reason="known failure: a trained model decides otherwise")


@pytest.mark.parametrize(
    "case", [pytest.param(c, marks=KNOWN if c.get("known_failure") else (), id=c["why"]) for c in CASES]
)
def test_case(case: dict[str, Any]) -> None:
    found, quantities = events_of(case)
    assert [e.type for e in found] == [e["type"] for e in case["events"]]
    for event, wanted in zip(found, case["events"], strict=True):
        assert {field: seen(event, field, quantities) for field in wanted} == wanted


def test_a_retelling_points_to_the_first_telling() -> None:
    first = "3月，举办了“安全在我心中”演讲比赛。"
    text = first + "\n一年来，举办了“安全在我心中”演讲比赛。"
    passages = [Passage(0, len(first)), Passage(len(first) + 1, len(text))]
    events = extract(text, passages, scan(text))[0]
    assert [e.repeats for e in events] == [None, "e1"]


def test_another_document_of_a_compilation_does_not_repeat() -> None:
    first = "3月，举办了“安全在我心中”演讲比赛。"
    text = f"{first}\n{first}"
    passages = [Passage(0, len(first)), Passage(len(first) + 1, len(text), constituent=1)]
    assert [e.repeats for e in extract(text, passages, scan(text))[0]] == [None, None]


SUMMING_UP = "4月，举行了教工拔河比赛。\n看望住院教师5人。\n综上所述，我们做了以下工作：教工拔河比赛；看望住院教师；向灾区捐款3200元。"


def test_a_summing_up_tells_again_but_what_is_new_in_it_counts() -> None:
    document = gh.analyze(SUMMING_UP)
    assert [e.text for e in document.activities] == ["举行了教工拔河比赛", "看望住院教师5人", "向灾区捐款3200元"]
    assert [e.repeats for e in document.events] == [None, None, "e1", "e2", None]


def test_the_table_holds_each_activity_once_and_says_where_it_is_told_again() -> None:
    document = gh.analyze(SUMMING_UP)
    rows = gh.to_frames(document).events
    retold = [tuple(map(int, cell.split("-"))) for cell in rows.retold[:2]]
    assert [SUMMING_UP[a:b] for a, b in retold] == [e.text for e in document.events if e.repeats is not None]


def test_a_row_of_a_table_takes_the_month_of_the_cell_in_front() -> None:
    row = "2024年3月 |\n"
    text = row + "举行登山比赛 |"
    assert extract(text, [Passage(len(row), len(text))], scan(text))[0][0].date.text == "2024年3月"  # type: ignore[union-attr]
