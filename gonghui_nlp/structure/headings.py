"""Where a heading ends and body text begins."""

from __future__ import annotations

import re

from gonghui_nlp.structure.outline import Node

_STOP = re.compile(r"[。；：！？]")
_TRIM = "。；：，、 \t"
_TELLING = re.compile(
    r"^[我你他她这那如当在从为对与把将由就并还也使让]|[了过]|我们|我校|元|人次|\d{2,}|”[^，。]{0,4}期间"
)
_HEADINGS = ("cn", "cn_paren", "cn_formal", "part", "chapter", "chapter_section", "month", "part_title", "roman")


def heading_end(text: str, node: Node, stop: int, body_follows: bool) -> int:
    """The offset behind the heading that a mark opens; the mark's own end when it opens body text.

    ``stop`` is the end of the mark's stretch on its line; ``body_follows`` tells whether children or body lines follow.
    """
    mark = node.mark
    if mark.style.name in ("part_title", "month"):
        return mark.line_end
    upper = mark.style.family in _HEADINGS
    longest = 50 if upper else 32
    m = _STOP.search(text, mark.end, min(stop, mark.end + longest + 1))
    if m is None and mark.style.role == "item":
        return mark.end
    if m is None:
        whole = stop - mark.end <= longest and (mark.line_end == stop)
        return stop if whole and stop > mark.end and (body_follows or upper) else mark.end
    if m.end() >= stop:
        if not (body_follows or upper):
            return mark.end
        if not upper and _TELLING.search(text, mark.end, m.start()) and mark.line_end == stop and not body_follows:
            return mark.end
        return m.end()
    head = text[mark.end : m.start()].strip()
    if m[0] == "：" and (not upper or len(head) > 12):
        return mark.end
    if m[0] in "；！？" and not upper:
        return mark.end
    if len(head) <= (40 if upper else 28) and len(head) >= 4 and not _TELLING.search(head):
        return m.end()
    return mark.end


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A heading's bounds without white space and its final punctuation."""
    while start < end and text[start] in " \t　":
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return start, end
