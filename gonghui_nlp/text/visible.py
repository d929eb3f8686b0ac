"""Text as it may be sent to a terminal: what would steer it is shown instead."""

from __future__ import annotations

import re

# Control characters but the line feed and the tab, and what turns the direction of a line or hides in it.
_STEERS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    r"""The text with every character that steers a terminal, or cannot be sent to one, as its escape.

    >>> visible("慰问\x1b[2J 18名")
    '慰问\\x1b[2J 18名'
    """
    return _STEERS.sub(lambda m: m[0].encode("unicode_escape").decode(), text)
