"""Foreign matter: site advertising and page marks that a compilation picked up."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from gonghui_nlp.compiling import compiled
from gonghui_nlp.outline.lines import Line
from gonghui_nlp.outline.wording import lexicon
from gonghui_nlp.resources import knowledge, patterns

_STOPS = ("。", "！", "？")
_SENTENCE, _SHORT, _INTRODUCTION = 200, 400, 20
_generality = patterns.pattern("outline", "speaks_of_papers")


def _joined(at: str) -> re.Pattern[str]:
    return compiled("|".join(f"(?:{e['pattern']})" for e in lexicon()["noise"] if e["at"] == at))


@knowledge
def _inside() -> tuple[re.Pattern[str], tuple[str, ...]]:
    hints = [h for e in lexicon()["noise"] if e["at"] == "inside" for h in e["hints"]]
    return _joined("inside"), tuple(dict.fromkeys(hints))


@knowledge
def _blurb() -> tuple[re.Pattern[str], tuple[str, ...]]:
    hints = [h for e in lexicon()["noise"] if e["at"] == "sentence" for h in e["hints"]]
    return _joined("sentence"), tuple(dict.fromkeys(hints))


@knowledge
def _start() -> tuple[re.Pattern[str], frozenset[str]]:
    first = "".join(e["first"] for e in lexicon()["noise"] if e["at"] == "start")
    return _joined("start"), frozenset(first)


@knowledge
def _whole() -> tuple[re.Pattern[str], tuple[str, ...]]:
    hints = [h for e in lexicon()["noise"] if e["at"] == "line" for h in e["hints"]]
    return _joined("line"), tuple(dict.fromkeys(hints))


@knowledge
def _end() -> re.Pattern[str]:
    return _joined("end")


def noise_spans(text: str, lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Site advertising and page marks of the folded text, in order and apart from each other.

    A pattern runs only over the lines that can hold it, so that clean text costs next to nothing.
    """
    (inside, hints), (whole, whole_hints), (_, blurb_hints) = _inside(), _whole(), _blurb()
    hit = _lines_with_hints(text, lines, hints)
    barred = _lines_with_hints(text, lines, whole_hints)
    blurbed = _lines_with_hints(text, lines, blurb_hints)
    start, first = _start()
    found: list[tuple[int, int]] = []
    for k, line in enumerate(lines):
        if text[line.start] in first and (m := start.match(text, line.start, line.end)):
            found.append(m.span())
        elif k in barred and line.end - line.start <= _SENTENCE and whole.fullmatch(text, line.start, line.end):
            found.append((line.start, line.end))
        elif k in blurbed and (spans := _blurbs(text, line)):
            found += spans
        else:
            if k in hit:
                found += [m.span() for m in inside.finditer(text, line.start, line.end) if m.end() > m.start()]
            found += _code_at_end(text, line, found)
    return found


def _code_at_end(text: str, line: Line, found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """A site's code at the end of a line, where no other foreign matter reaches it."""
    if not text[line.end - 1].isdigit():
        return []
    m = _end().search(text, max(line.start, line.end - 9), line.end)
    return [m.span()] if m and (not found or found[-1][1] <= m.start()) else []


def _blurbs(text: str, line: Line) -> list[tuple[int, int]]:
    """The sentences of a line in which a site speaks to its readers; a short line is foreign with all it holds."""
    pattern, hints = _blurb()
    found: list[tuple[int, int]] = []
    at = line.start
    while at < line.end:
        hit = _first(hints, text, at, min(line.end, at + _SENTENCE))
        if hit < 0:
            if line.end - at <= _SENTENCE:
                break
            at += _SENTENCE - 8
            continue
        start, end = _sentence(text, at, hit, min(line.end, hit + _SENTENCE))
        if pattern.search(text[start:end]):
            if line.end - line.start <= _SHORT and (
                start - line.start <= _INTRODUCTION or _generality().search(text, line.start, start)
            ):
                return [(line.start, line.end)]
            found.append((start, end))
        at = end
    return found


def _first(words: Sequence[str], text: str, low: int, high: int) -> int:
    """Where the first of some words stands in a stretch; -1 when none does."""
    return min((i for w in words if (i := text.find(w, low, high)) >= 0), default=-1)


def _sentence(text: str, low: int, hit: int, high: int) -> tuple[int, int]:
    """The sentence around ``hit``, no further than the bounds."""
    start = max(low, max(text.rfind(c, low, hit) for c in _STOPS) + 1)
    stop = _first(_STOPS, text, hit, high)
    return start, high if stop < 0 else stop + 1


def _lines_with_hints(text: str, lines: Sequence[Line], hints: Sequence[str]) -> set[int]:
    starts: list[int] = []
    hit: set[int] = set()
    for hint in hints:
        at = text.find(hint)
        while at >= 0:
            if hint != "." or _in_address(text, at):
                starts = starts or [line.start for line in lines]
                k = bisect_right(starts, at) - 1
                hit.add(k)
                at = text.find(hint, max(at + 1, lines[k].end if k >= 0 else at + 1))
            else:
                at = text.find(hint, at + 1)
    return hit


def _in_address(text: str, at: int) -> bool:
    """Whether a full stop stands between letters or digits of an address, not in a decimal or behind a number."""
    around = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
    return len(around) == 2 and around.isascii() and around.isalnum() and not around.isdigit()


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


def covering(spans: Sequence[tuple[int, int]]) -> Callable[[tuple[int, int]], bool]:
    """Whether a span meets one of some sorted spans."""
    ends = [end for _, end in spans]

    def meets(span: tuple[int, int]) -> bool:
        k = bisect_right(ends, span[0])
        return k < len(spans) and spans[k][0] < span[1]

    return meets


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
