"""The matcher of word lists: the longest words from left to right, whatever the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonghui_nlp.text.keywords import Keywords

WORDS = st.lists(st.text("慰问金走访a", min_size=1, max_size=4), min_size=1, max_size=8, unique=True)
TEXTS = st.text("慰问金走访a，\ud800𠮷", max_size=40)


def longest(words: list[str], text: str) -> list[tuple[int, int, int]]:
    found, at = [], 0
    while at < len(text):
        word = max((w for w in words if text.startswith(w, at)), key=len, default="")
        if word:
            found.append((words.index(word), at, at + len(word)))
        at += len(word) or 1
    return found


@given(WORDS, TEXTS)
def test_find_gives_the_longest_from_left_to_right(words: list[str], text: str) -> None:
    assert Keywords(words).find(text) == longest(words, text)


@given(WORDS, TEXTS)
def test_every_gives_all_of_them(words: list[str], text: str) -> None:
    wanted = {(i, at, at + len(w)) for i, w in enumerate(words) for at in range(len(text)) if text.startswith(w, at)}
    assert set(Keywords(words).every(text)) == wanted


def test_an_empty_word_is_refused_and_no_words_find_nothing() -> None:
    with pytest.raises(ValueError, match="at least one character"):
        Keywords(["慰问", ""])
    assert Keywords([]).find("慰问") == []
