"""Words that were read from a text found again where they stand in it, over line breaks and left-out matter."""

from __future__ import annotations

from gonghui_nlp.schema import Joined, Span


def quoted(text: str, words: str, start: int, end: int) -> Joined | None:
    """The places of ``words`` in the stretch, in as few pieces as can be; None where they are not there in order.

    >>> quoted("某校工会\\n工作总结", "某校工会工作总结", 0, 9).spans
    (Span(start=0, end=4, text='某校工会'), Span(start=5, end=9, text='工作总结'))
    """
    spans = []
    while words:
        length, at = _longest(text, words, start, end)
        if not length:
            return None
        spans.append(Span(at, at + length, words[:length]))
        start, words = at + length, words[length:]
    return Joined(tuple(spans)) if spans else None


def _longest(text: str, words: str, start: int, end: int) -> tuple[int, int]:
    """The length of the longest beginning of ``words`` that stands in the stretch, and where it does first."""
    low, high, place = 0, len(words), -1
    length = high
    while low < high:
        at = text.find(words[:length], start, end)
        if at >= 0:
            low, place = length, at
        else:
            high = length - 1
        length = (low + high + 1) // 2
    return low, place
