"""Foreign matter: site advertising and page marks that a compilation picked up."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from gonghui_nlp.structure.lines import Line, lexicon

_SHORT = 40
_PAGE_HEAD = frozenset("-－—第0123456789")


@lru_cache(maxsize=1)
def _site() -> tuple[re.Pattern[str], tuple[str, ...]]:
    entries = [e for e in lexicon()["noise"] if "hints" in e]
    hints = tuple(dict.fromkeys(h for e in entries for h in e["hints"]))
    return re.compile("|".join(f"(?:{e['pattern']})" for e in entries)), hints


@lru_cache(maxsize=1)
def _page() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{e['pattern']})" for e in lexicon()["noise"] if "hints" not in e))


def noise_spans(text: str, lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Site advertising and page marks of the folded text, in order and apart from each other.

    A pattern runs only over the lines that hold one of its words, so that clean text costs next to nothing.
    """
    starts = [line.start for line in lines]
    hit: set[int] = set()
    site, hints = _site()
    for hint in hints:
        at = text.find(hint)
        while at >= 0:
            k = bisect_right(starts, at) - 1
            hit.add(k)
            at = text.find(hint, max(at + 1, lines[k].end if k >= 0 else at + 1))
    found: list[tuple[int, int]] = []
    page = _page()
    for k, line in enumerate(lines):
        if text[line.start] in _PAGE_HEAD and (m := page.match(text, line.start, line.end)) and m.end() > line.start:
            found.append(m.span())
            continue
        if k in hit:
            found += [m.span() for m in site.finditer(text, line.start, line.end) if m.end() > m.start()]
    return found


def covered_lines(lines: Sequence[Line], spans: Sequence[tuple[int, int]]) -> list[bool]:
    """Whether each line is foreign from end to end."""
    out = [False] * len(lines)
    k = 0
    for start, end in spans:
        while k < len(lines) and lines[k].end <= start:
            k += 1
        if k < len(lines) and lines[k].start >= start and lines[k].end <= end:
            out[k] = True
    return out


def without(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> str:
    """``text[start:end]`` without the spans."""
    i = bisect_right(spans, (start, start))
    kept, at = [], start
    while i < len(spans) and spans[i][0] < end:
        kept.append(text[at : spans[i][0]])
        at = spans[i][1]
        i += 1
    kept.append(text[at:end] if at < end else "")
    return "".join(kept).strip()
