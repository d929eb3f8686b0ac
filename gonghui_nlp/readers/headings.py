"""Lines in the style of a heading, as their writer set them: marked while a text is put together, then told by place.

A reader puts :func:`heading` before such a line. The sign is one that Unicode keeps for such a use and no text holds;
:func:`assembled` takes it out again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from gonghui_nlp.readers.decoded import Decoded
from gonghui_nlp.schema import Issue

DEEPEST = 9
_FIRST = 0xFDD0
TITLE = chr(_FIRST)
"""What stands before a line that is set as the title of the document."""
_SIGN = re.compile(f"[{TITLE}-{chr(_FIRST + DEEPEST)}]")


def heading(level: int) -> str:
    """What stands before a line in the style of a heading of this level; nothing for 0 and what is deeper than nine."""
    return chr(_FIRST + level) if 0 < level <= DEEPEST else ""


def bare(line: str) -> str:
    """The line without the sign."""
    return _SIGN.sub("", line)


def assembled(lines: Iterable[str], encoding: str = "", issues: tuple[Issue, ...] = ()) -> Decoded:
    """The lines as a text, with the places of its headings, a title of level 0; nothing where all of them are blank.

    >>> assembled([heading(1) + "送温暖", "慰问职工18户。"]).headings
    ((0, 1),)
    """
    places: list[tuple[int, int]] = []
    told: list[str] = []
    at, blank = 0, True
    for line in lines:
        shown = bare(line)
        # In a row of several cells it is a cell that is set as a heading.
        if _SIGN.match(line) and shown.strip() and "\t" not in shown.strip():
            places.append((at, ord(line[0]) - _FIRST))
        told.append(shown)
        at += len(shown) + 1
        blank = blank and not shown.strip()
    return Decoded("" if blank else "\n".join(told) + "\n", encoding, issues, tuple(places))
