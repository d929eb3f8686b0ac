"""Where a heading ends and body text begins."""

from __future__ import annotations

from gonghui_nlp.compiling import compiled
from gonghui_nlp.outline.levels import Node
from gonghui_nlp.resources import patterns

_STOP = compiled(r"[。；：！？]")
_TRIM = "。；：，、 \t"
_telling = patterns.pattern("outline", "tells_as_body")
# A heading that only a blank parts from its text.
_GAP = compiled(r"\s{0,2}([^\s，]{4,16}(?:，[^\s，]{4,16})?)\s+(?=[\u3400-\u9fff]{4})")
_BODY = 40
_UPPER = frozenset(("cn", "cn_paren", "cn_formal", "part", "chapter", "chapter_section", "roman"))
_LONGEST_UPPER, _LONGEST = 50, 32
_RUN_IN_UPPER, _RUN_IN = 40, 28


def heading_end(text: str, node: Node, stop: int, bodied: bool) -> int:
    """The offset behind the heading that a mark opens; the mark's own end when it opens body text.

    ``stop`` is the end of the mark's stretch on its line; ``bodied`` tells whether anything stands under it.
    """
    mark = node.mark
    upper = mark.style.family in _UPPER
    longest = _LONGEST_UPPER if upper else _LONGEST
    m = _STOP.search(text, mark.end, min(stop, mark.end + longest + 1))
    if upper and (gap := _GAP.match(text, mark.end, stop if m is None else m.start())) and stop - gap.end() >= _BODY:
        return gap.end(1)
    if m is None:
        if mark.style.role == "item" or stop - mark.end > longest:
            return mark.end
        return stop if bodied or (upper and mark.line_end == stop) else mark.end
    if m.end() >= stop:
        return m.end() if bodied or (upper and _names(text[mark.end : m.start()])) else mark.end
    return m.end() if _runs_in(text[mark.end : m.start()].strip(), m[0], upper) else mark.end


def _runs_in(head: str, sign: str, upper: bool) -> bool:
    """Whether what stands before the first sign of a longer text is a heading."""
    if (sign == "：" and (not upper or len(head) > 12)) or (sign in "；！？" and not upper):
        return False
    return 4 <= len(head) <= (_RUN_IN_UPPER if upper else _RUN_IN) and not _telling().search(head)


def _names(head: str) -> bool:
    """Whether a sentence over nothing names what is to come rather than tells something."""
    return len(head) <= _RUN_IN and head.count("，") < 2 and not _telling().search(head)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A heading's bounds without white space and its final punctuation."""
    while start < end and text[start] in " \t":
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return start, end
