"""Semantic classes of words: the longest word tells, a clause keeps to itself, and a user's words are known too."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from gonghui_nlp.events import word_classes
from gonghui_nlp.events.layout import edges, grams, lay
from gonghui_nlp.events.pairs import codes
from gonghui_nlp.resources import Resources, current, using


def classes(text: str) -> list[str]:
    """The class over each character of a text."""
    laid = lay([codes(text)])
    names = word_classes._words().names
    found = word_classes.cover(grams(laid.chars))[laid.begins[0] : laid.begins[0] + len(text)]
    return [names[number // 2] for number in found.tolist()]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("架设天线", "build build device device"),
        ("座谈会", "meeting meeting meeting"),  # not the verb 座谈
        ("运动会", "contest contest contest"),
        ("添置，书架", "buy buy  device device"),
        ("魍魉", " "),
    ],
)
def test_the_longest_word_tells(text: str, wanted: str) -> None:
    assert classes(text) == wanted.split(" ")


def test_every_word_has_one_class_and_every_class_shows_one_of_its_words() -> None:
    listed = [word for row in current().rows(word_classes.TABLE) for word in row["words"].split()]
    assert len(listed) == len(set(listed)) and all(1 <= len(word) <= 4 for word in listed)
    for row in current().rows(word_classes.TABLE):
        assert any(word in row["example"] for word in row["words"].split()), row["class"]


def test_nearly_every_listed_word_is_known() -> None:
    listed = [word for row in current().rows(word_classes.TABLE) for word in row["words"].split()]
    known = sum(classes(word)[0] != "" for word in listed[::50])
    assert known >= 0.97 * len(listed[::50])


def test_a_users_words_are_known_beside_ours_and_before_them(tmp_path: Path) -> None:
    (tmp_path / "events").mkdir()
    row = "class\tmeans\texample\twords\ndevice\tthings\t买了一台魍魉\t魍魉 座谈会\n"
    (tmp_path / "events" / "word_classes.tsv").write_text(row, encoding="utf-8")
    with using(Resources(tmp_path)):
        assert classes("魍魉") == ["device", "device"] and classes("书架") == ["device", "device"]
        assert classes("座谈会") == ["device"] * 3 and classes("添置") == ["buy", "buy"]
    assert classes("魍魉") == ["", ""]


def test_what_stands_in_other_clauses_and_passages_changes_nothing() -> None:
    alone, beside = lay([codes("架设天线")]), lay([codes("慰问劳模"), codes("架设天线"), codes("改选")])
    rows = []
    for laid, which in ((alone, 0), (beside, 1)):
        found = word_classes.channels(laid.chars, word_classes.cover(grams(laid.chars)), edges(laid.chars))
        begin = laid.begins[which]
        rows.append(np.array([channel.hashes[begin : begin + 4] for channel in found]))
    assert (rows[0] == rows[1]).all() and (rows[0] != 0).all()
