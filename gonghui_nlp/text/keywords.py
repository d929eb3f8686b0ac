"""One matcher for all word lists: an Aho-Corasick automaton, one pass over the text however long the list is."""

from __future__ import annotations

from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick, MatchKind

from gonghui_nlp.compiling import compiled

_SURROGATE = compiled("[\ud800-\udfff]")
Hit = tuple[int, int, int]


class Keywords:
    """The words of a list, numbered from 0 in their order, and where they stand in a text.

    >>> words = Keywords(["慰问", "慰问金", "走访"])
    >>> words.find("走访职工，发慰问金"), words.every("慰问金")
    ([(2, 0, 2), (1, 6, 9)], [(0, 0, 2), (1, 0, 3)])
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)
        if not all(self.words):
            raise ValueError("a keyword has at least one character")
        self._longest = AhoCorasick(self.words, matchkind=MatchKind.LeftmostLongest)
        self._every = AhoCorasick(self.words, matchkind=MatchKind.Standard)

    def find(self, text: str) -> list[Hit]:
        """Number, start and end of each word, from left to right the longest, none inside another."""
        return self._longest.find_matches_as_indexes(_sound(text))

    def every(self, text: str) -> list[Hit]:
        """Number, start and end of every word, those inside others too, in order of their ends."""
        return self._every.find_matches_as_indexes(_sound(text), overlapping=True)


def _sound(text: str) -> str:
    """The text without lone surrogates, which no automaton reads; as long as it was."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text
