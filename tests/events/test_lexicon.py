"""Every entry of the events lexicon fires on its own example."""

from __future__ import annotations

import pytest

from gonghui_nlp.events.arguments.groups import GroupFinder
from gonghui_nlp.events.candidates import candidates
from gonghui_nlp.events.clauses import Word, clauses
from gonghui_nlp.events.pairs import codes
from gonghui_nlp.events.passages import Passage
from gonghui_nlp.events.triggers import (
    TYPES,
    Theme,
    group_nouns,
    heading_types,
    lookalikes,
    themes,
    triggers,
    type_rules,
)
from gonghui_nlp.events.type_rules import kind
from gonghui_nlp.resources import current

PEOPLE = [row for row in current().rows("people.tsv") if row["as"] != "number"]


def found_words(text: str) -> set[str]:
    return {w.entry.word for c in clauses(text, 0, len(text)) for w in c.pieces if isinstance(w, Word)}


@pytest.mark.parametrize("word", sorted(triggers()))
def test_a_trigger_fires_on_its_example(word: str) -> None:
    example = triggers()[word].example
    assert word in example
    assert word in found_words(example)


@pytest.mark.parametrize("word", sorted(lookalikes()))
def test_a_lookalike_holds_no_trigger(word: str) -> None:
    example = lookalikes()[word]
    at = example.index(word)
    inside = {w.start for c in clauses(example, 0, len(example)) for w in c.pieces if at <= w.start < at + len(word)}
    assert not inside


@pytest.mark.parametrize("rule", type_rules(), ids=lambda r: f"{r.type}-{r.example}")
def test_a_type_rule_decides_its_example(rule) -> None:  # type: ignore[no-untyped-def]
    text = rule.example
    kinds = {n.type for n, _, _ in candidates(text, Passage(0, len(text)))[1]}
    assert rule.type in kinds


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.example)
def test_a_theme_decides_its_example(theme: Theme) -> None:
    example = theme.example
    assert theme.shows_in(example)
    passage = Passage(0, len(example))
    assert theme.type in {kind(example, n, passage)[0] for n, _, _ in candidates(example, passage)[1]}


@pytest.mark.parametrize("row", PEOPLE, ids=lambda row: row["word"])
def test_a_group_noun_names_the_group_of_its_example(row: dict[str, str]) -> None:
    word, example = row["word"], row["example"]
    found = [example[g.start : g.end] for g in GroupFinder(example, codes(example)).groups(0, len(example)).found]
    assert any(word in group for group in found)
    assert group_nouns()[word] == ("participants" in row["as"])


@pytest.mark.parametrize("theme", heading_types(), ids=lambda theme: theme.example)
def test_a_heading_decides_what_is_under_it(theme: Theme) -> None:
    assert theme.shows_in(theme.example)
    text = "举办了活动。"
    passage = Passage(0, len(text), (theme.example,), ((0, 0),))
    assert [n.type for n, *_ in candidates(text, passage)[1]] == [theme.type]


def test_types_are_the_documented_ones() -> None:
    assert {t.type for t in triggers().values()} | {r.type for r in type_rules()} <= set(TYPES)
