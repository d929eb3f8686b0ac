"""What sites put around the documents of a compilation: tables of contents, lists of links, counts of documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from gonghui_nlp.compiling import compiled
from gonghui_nlp.outline.lines import Line
from gonghui_nlp.outline.marks import Mark
from gonghui_nlp.outline.wording import is_title, lexicon, opens_document, whose
from gonghui_nlp.resources import knowledge, patterns

_HEADER_ZONE = 1200
_LONGEST_LINK = 46
_LEAST_BODY = 24
_contents = patterns.pattern("outline", "contents_title")
_PAGED = compiled(r"[^。；，\d][\s.…·]+\d{1,3}$")
_title_ends = patterns.charset("outline", "title_ends")
_count = patterns.pattern("outline", "count_of_documents")


def listed(found: Mapping[int, tuple[int, int]]) -> tuple[frozenset[int], frozenset[int]]:
    """Numbered titles (line: number, offset) that open nothing: a table of contents, and the same number told twice.

    >>> listed({0: (1, 0), 1: (2, 0), 2: (1, 0), 9: (2, 0), 10: (2, 0)})
    (frozenset({0, 1}), frozenset({10}))
    """
    lines = sorted(found)
    last = {found[i][0]: i for i in lines}
    contents: set[int] = set()
    repeated: set[int] = set()
    for i in lines:
        number, again = found[i][0], found.get(i - 1)
        if again is not None and again[0] == number and i - 1 not in repeated:
            repeated.add(i)
        elif last[number] > i + 1 and (i + 1 in found or i - 1 in contents):
            contents.add(i)
    return frozenset(contents if len(contents) > 1 else ()), frozenset(repeated)


def numbered_titles(
    text: str, lines: Sequence[Line], marks: Sequence[Mark | None], foreign: Sequence[bool]
) -> dict[int, tuple[int, int]]:
    """Titles of documents that stand behind the marks of one list: line, number, and where the title begins.

    Each has a long line under it, one of them an opening, and they name different owners, or a list begins anew
    inside one that stands higher than the marks of the titles: the sections of one paper have neither.
    """
    sound = zip(marks, foreign, strict=True)
    counted = [(i, m) for i, (m, alien) in enumerate(sound) if m and not alien and m.style.role != "item"]
    found = _list_of_titles(text, lines, marks, counted)
    if len(found) < 2 or not any(_opening_below(text, lines, i) for i in found):
        return {}
    owners = {whose(text[lines[i].start + begin : lines[i].end]) for i, (_, begin) in found.items()}
    return found if len(owners) == len(found) or _begins_anew(counted, found) else {}


def _list_of_titles(
    text: str, lines: Sequence[Line], marks: Sequence[Mark | None], counted: Sequence[tuple[int, Mark]]
) -> dict[int, tuple[int, int]]:
    """The titles over long lines that count from 1 in one list, which begins near the top of the text."""
    found: dict[int, tuple[int, int]] = {}
    family = None
    for i, mark in counted:
        line = lines[i]
        ordinal = mark.ordinal
        titled = text[line.end - 1] in _title_ends() and is_title(text[mark.end : line.end].strip())
        if ordinal is None or not titled:
            continue
        if family is None and (ordinal != 1 or line.start > _HEADER_ZONE):
            return {}
        goes_on = family in (None, mark.style.family) and ordinal == len(found) + 1
        if goes_on and i + 1 < len(lines) and marks[i + 1] is None:
            below = lines[i + 1]
            if below.end - below.start > _LEAST_BODY:
                family = mark.style.family
                found[i] = (ordinal, mark.end - line.start)
    return found


def _opening_below(text: str, lines: Sequence[Line], i: int) -> bool:
    below = lines[i + 1]
    return any(opens_document(text[below.start : min(below.end, below.start + 400)]))


def _begins_anew(counted: Sequence[tuple[int, Mark]], titles: Mapping[int, tuple[int, int]]) -> bool:
    """Whether behind a title a list begins that stands as high as the marks of the titles or higher."""
    style = None
    for i, mark in counted:
        if style is not None and mark.ordinal == 1 and mark.style.rank <= style.rank:
            return True
        if i in titles:
            style = mark.style
    return False


def contents_lines(text: str, lines: Sequence[Line]) -> list[int]:
    """The lines of a table of contents below the word 目录: each ends with a page, or is told again further on."""
    out: list[int] = []
    told: Counter[str] | None = None
    for k, line in enumerate(lines):
        if text[line.start] not in "目-—" or not _contents().fullmatch(text, line.start, line.end):
            continue
        if told is None:
            told = Counter(text[x.start : x.end] for x in lines if x.end - x.start <= _LONGEST_LINK)
        for i in range(k + 1, len(lines)):
            entry = text[lines[i].start : min(lines[i].end, lines[i].start + _LONGEST_LINK + 1)]
            if len(entry) > _LONGEST_LINK or not (_PAGED.search(entry) or told[entry] > 1):
                break
            told[entry] -= 1
            out.append(i)
    return out


def count_of_documents(text: str, start: int, end: int) -> int:
    """Where the count of documents begins at the end of a compilation's title; ``end`` when there is none.

    >>> count_of_documents("工会工作总结（精选8篇）", 0, 12)
    6
    """
    m = _count().search(text, max(start, end - 30), end)
    return m.start() if m else end


@knowledge
def _links() -> tuple[re.Pattern[str], frozenset[str]]:
    entries = lexicon()["links"]
    return compiled("|".join(f"(?:{e['pattern']})" for e in entries)), frozenset("".join(e["first"] for e in entries))


@knowledge
def _link() -> re.Pattern[str]:
    return compiled("|".join(f"(?:{e['pattern']})" for e in lexicon()["link"]))


def _is_body(text: str, line: Line) -> bool:
    return line.end - line.start > _LEAST_BODY or text[line.end - 1] in "。："


def link_lines(text: str, lines: Sequence[Line]) -> list[int]:
    """The lines that announce related papers, and the titles listed below them.

    A title over a long line, or over one that ends as a sentence does, opens a document and is no link.
    """
    announcing, heads = _links()
    out: list[int] = []
    k = 0
    while k < len(lines):
        line = lines[k]
        if text[line.start] not in heads or not announcing.fullmatch(text, line.start, line.end):
            k += 1
            continue
        first = k
        k += 1
        while k < len(lines) and lines[k].end - lines[k].start <= _LONGEST_LINK:
            if text[lines[k].end - 1] in "。：；" or _link().search(text, lines[k].start, lines[k].end) is None:
                break
            k += 1
        if k < len(lines) and k > first + 1 and _is_body(text, lines[k]):
            k -= 1
        out += range(first, k)
    return out
