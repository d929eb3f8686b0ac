"""Characters of a text as a page may hold them: markup escaped, what cannot be seen or would steer shown by a sign."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

# As in text/visible.py, and the characters that HTML does not let stand in a page.
_HIDDEN = re.compile(
    "\r\n|[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def _sign(found: re.Match[str]) -> str:
    code = found[0]
    if code == "\r\n":
        return "\n"
    number = ord(code)
    if number < 0x20:
        return chr(0x2400 + number)
    return "\u2421" if number == 0x7F else f"[U+{number:04X}]"


def shown(text: str) -> str:
    r"""The text with a sign for each character that a page cannot show.

    >>> shown("慰问\x1b[2J 18名\u202e")
    '慰问␛[2J 18名[U+202E]'
    """
    return _HIDDEN.sub(_sign, text)


def html(text: str) -> Markup:
    r"""The text as HTML.

    >>> str(html("<script>慰问\x00"))
    '&lt;script&gt;慰问␀'
    """
    return escape(shown(text))
