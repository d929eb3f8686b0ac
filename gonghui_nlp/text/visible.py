"""Text as it may be sent to a terminal: what would steer it is shown instead."""

from __future__ import annotations

from gonghui_nlp.compiling import compiled

# Control characters but line feed and tab, what turns the direction of a line, and lone surrogates.
_STEERS = compiled("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    r"""The text with every character that steers a terminal, or cannot be sent to one, as its escape.

    >>> visible("慰问\x1b[2J 18名")
    '慰问\\x1b[2J 18名'
    """
    return _STEERS.sub(lambda m: m[0].encode("unicode_escape").decode(), text.replace("\r\n", "\n"))
