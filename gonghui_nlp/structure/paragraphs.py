"""Body text as paragraphs, and the line breaks that cut a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gonghui_nlp.model import Paragraph
from gonghui_nlp.structure.lines import Line

_ENDS = "。；：！？…）》】”’."
_OPEN = "“‘（《〈【，、"
_CLOSING = "”’）》〉】，。、；：！？"
_LINKS = (
    "的",
    "和",
    "与",
    "及",
    "在",
    "对",
    "为",
    "把",
    "将",
    "以",
    "向",
    "从",
    "由",
    "并",
    "或",
    "使",
    "让",
    "被",
    "等",
    "是",
    "作为",
    "以及",
)
_FRESH = re.compile(
    r"[一二三四五六七八九十\d]+月|\d{2,4}年|[\dxX×]{2,4}年|总之|综上|同时|此外|另外|首先|其次|为了|为|在|通过|一年来|今后|附|我们|我校|当然|经过|根据|按照"
)
_DIGIT = re.compile(r"\d")


def tile(text: str, start: int, end: int, cuts: Sequence[int], gone: Iterable[tuple[int, int]]) -> list[Paragraph]:
    """The body stretches between ``start`` and ``end``, cut at ``cuts``, without the stretches ``gone``."""
    out: list[Paragraph] = []
    edges = [start, *[c for c in cuts if start < c < end], end]
    holes = list(gone)
    for a, b in zip(edges, edges[1:], strict=False):
        pieces = [(a, b)]
        for x, y in holes:
            pieces = [p for u, v in pieces for p in ((u, min(v, x)), (max(u, y), v)) if p[0] < p[1]]
        for u, v in pieces:
            body = text[u:v]
            v = u + len(body.rstrip())
            u = v - len(text[u:v].lstrip())
            if u < v:
                out.append(Paragraph(u, v, text[u:v]))
    return out


def is_soft_break(text: str, before: Line, after: Line, refused: bool) -> bool:
    """Whether the line end between two body lines cuts a sentence or a word."""
    last, first = text[before.end - 1], text[after.start]
    if refused or first in _CLOSING:
        return True
    if last in "“‘（《〈":
        return True
    if after.gap or last in _ENDS:
        return False
    if last in "，、" or (text.endswith(_LINKS, before.start, before.end) and last not in "是等"):
        return True
    if last.isdigit() and (first.isdigit() or first in "年月日号名人元万个次"):
        return True
    length = before.end - before.start
    if length < 12 or _FRESH.match(text, after.start):
        return False
    return length >= 20 and "\u4e00" <= first <= "\u9fff" and not first.isdigit()
