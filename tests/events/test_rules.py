"""Every rule of a table holds on its example, is asked about its counter-example and does not hold there."""

from __future__ import annotations

from typing import Any

import pytest

from gonghui_nlp.events.rule_tables import TABLES, Table
from gonghui_nlp.text.rules import Rule, Rules, Watched

CASES = [(table, rule) for table in TABLES for rule in table.rules]


@pytest.mark.parametrize(("table", "rule"), CASES, ids=[f"{t.name}: {r.name}" for t, r in CASES])
def test_a_rule_holds_on_its_example_only(table: Table, rule: Rule[Any]) -> None:
    assert any(rule.test(*asked) for asked in table.asked(rule.example)), list(table.asked(rule.example))
    answers = [rule.test(*asked) for asked in table.asked(rule.counter_example)]
    assert answers, "the rule is not even asked: another counter-example"
    assert not any(answers)


def test_a_table_refuses_two_rules_of_one_name() -> None:
    rule: Rule[[str]] = Rule("long", lambda text: len(text) > 2, "慰问职工", "慰问")
    with pytest.raises(ValueError, match="same name"):
        Rules(rule, rule)
    assert not list(Rules(rule).without("long"))


def test_a_watched_table_says_the_same_and_notes_it() -> None:
    watched = Watched(Rules(Rule("long", lambda text: len(text) > 2, "慰问职工", "慰问")))
    assert [watched.hold(text) for text in ("慰问职工", "慰问")] == [True, False]
    assert watched.asked == [("long",), ()]
