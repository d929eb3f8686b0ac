"""Headings without a number and without a known wording, told by their place in a document that has no others."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from gonghui_nlp.compiling import compiled
from gonghui_nlp.outline.lines import Line
from gonghui_nlp.outline.marks import BRACKETED, Mark
from gonghui_nlp.outline.wording import is_under_title

_SHORTEST, _LONGEST, _LONGEST_HEADING = 4, 22, 60
_BODY = 40
_LEAST = 3
_PLAIN = compiled(r"[\u3400-\u9fff][\u3400-\u9fff、，“”《》\dA-Za-z]+[\u3400-\u9fff”》]")
_BRACKETED = compiled("【[^【】\\d\\s：。，][^【】：。]{1,13}】")
_CLOSED = frozenset("。！？…：；”）")


def unnumbered_titles(
    text: str, lines: Sequence[Line], marks: Sequence[Mark | None], foreign: Sequence[bool], first: int, last: int
) -> list[int]:
    """The lines from ``first`` to ``last`` that are headings of their own.

    Either the document's only list begins anew under each of them, or there is no list at all and several such
    lines stand each between the end of a paragraph and a long paragraph.
    """
    sections = [m for m in marks[first:last] if m is not None and m.style.role == "section"]
    if len({m.style.family for m in sections}) > 1 or any(m.style.family == "lost" for m in sections):
        return []
    found = [k for k in range(first, last - 1) if _stands_alone(text, lines, marks, foreign, first, k)]
    return _over_lists(marks, first, last, found) if sections else _over_bodies(lines, marks, first, last, found)


def headings_at(
    text: str,
    lines: Sequence[Line],
    foreign: Sequence[bool],
    headings: Sequence[tuple[int, int]],
    first: int,
    last: int,
) -> Iterator[tuple[int, int]]:
    """The lines from ``first`` to ``last`` that were set as headings, and their levels; no whole paragraphs set so."""
    if not headings or first >= last:
        return
    low = bisect_right(headings, lines[first - 1].end, key=lambda h: h[0]) if first else 0
    for start, level in headings[low:]:
        if not level:  # the title of a document
            continue
        k = bisect_left(lines, start, first, last, key=lambda line: line.end)
        if k == last:
            return
        line = lines[k]
        own = not text[start : line.start].strip() and line.end - line.start <= _LONGEST_HEADING
        if own and not foreign[k] and "。" not in text[line.start : line.end - 1]:
            yield k, level


def bracketed_titles(
    text: str, lines: Sequence[Line], marks: Sequence[Mark | None], foreign: Sequence[bool], first: int, last: int
) -> list[Mark]:
    """The titles in brackets at the beginning of lines, 【送温暖】 …, where a document has several."""
    found: list[Mark] = []
    for k in range(first, last):
        line = lines[k]
        if text[line.start] != "【" or marks[k] is not None or foreign[k]:
            continue
        if m := _BRACKETED.match(text, line.start, line.end):
            found.append(Mark(m.start(), m.end(), BRACKETED, None, k, line.end, False))
    return found if len(found) > 1 else []


def _over_bodies(
    lines: Sequence[Line], marks: Sequence[Mark | None], first: int, last: int, found: list[int]
) -> list[int]:
    """Those that stand over a long paragraph, where there are several with the part titles that are known."""
    titled = sum(1 for m in marks[first:last] if _is_part(m))
    bodied = [k for k in found if marks[k + 1] is None and lines[k + 1].end - lines[k + 1].start >= _BODY]
    return bodied if bodied and len(bodied) + titled >= _LEAST else []


def _over_lists(marks: Sequence[Mark | None], first: int, last: int, found: list[int]) -> list[int]:
    """Those that stand over a beginning of the list, where each of several beginnings has a title above it."""
    over_list = [k for k in found if _begins_list(marks[k + 1])]
    begun = [k for k in range(first, last) if _begins_list(marks[k])]
    headed = [k for k in begun if k - 1 in over_list or (k > first and _is_part(marks[k - 1]))]
    return over_list if len(headed) > 1 and len(headed) == len(begun) else []


def _begins_list(mark: Mark | None) -> bool:
    return mark is not None and mark.ordinal == 1 and mark.style.role == "section"


def _is_part(mark: Mark | None) -> bool:
    return mark is not None and mark.style.name == "part_title"


def _stands_alone(
    text: str, lines: Sequence[Line], marks: Sequence[Mark | None], foreign: Sequence[bool], first: int, k: int
) -> bool:
    line = lines[k]
    if marks[k] is not None or foreign[k] or foreign[k + 1] or not _SHORTEST <= line.end - line.start <= _LONGEST:
        return False
    if not _PLAIN.fullmatch(text, line.start, line.end) or is_under_title(text[line.start : line.end]):
        return False
    return k == first or text[lines[k - 1].end - 1] in _CLOSED or marks[k - 1] is not None


def lead_in(text: str, lines: Sequence[Line], marks: Sequence[Mark | None], first: int, last: int) -> int | None:
    """The line above 一、 that only leads into the document's list (本学期工作要点：); None where there is none.

    It heads no section: there is no other part title in the document for it to stand beside.
    """
    found = [k for k in range(first, last) if marks[k] is not None]
    if len(found) < 2 or found[1] != found[0] + 1 or sum(1 for k in found if _heads_part(marks[k])) > 1:
        return None
    lead, mark = marks[found[0]], marks[found[1]]
    if not _is_part(lead) or text[lines[found[0]].end - 1] != "：":
        return None
    return found[0] if _begins_list(mark) and mark is not None and mark.style.family == "cn" else None


def _heads_part(mark: Mark | None) -> bool:
    return mark is not None and mark.style.family in ("part_title", "part", "bracketed")
