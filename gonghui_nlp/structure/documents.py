"""Splitting a compilation into its constituent documents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gonghui_nlp.structure.lines import (
    Line,
    document_mark,
    is_compilation_header,
    is_date_line,
    is_part_title,
    is_title,
    opens_document,
    without_noise,
)
from gonghui_nlp.structure.marks import Mark

_ENDING = "。；：！？”’）…"
_TAIL_TITLE = re.compile(r"(?:[^，。；：！？]{0,12})?(?:工作)?(?:总结|计划|报告|汇报|思路|要点|安排|方案)")
_FIRST_PAGE = re.compile(r"[-－—]{3,}\s")
_MARK_LOOK = re.compile(r"第|【|［|〖|[总工优精最]|篇|范|例|样|模")


@dataclass(slots=True)
class Block:
    """One constituent as lines ``first`` to ``last`` (exclusive); the first ``heads`` of them are its title."""

    first: int
    last: int
    start: int
    heads: int
    title: str


@dataclass(slots=True)
class _State:
    """What is known of the document being read."""

    open: bool = False
    heads_open: bool = False
    body: int = 0
    sections: bool = False
    families: frozenset[str] = frozenset()
    title: str = ""
    signed: bool = False
    cut: bool = False


def split_documents(
    text: str, lines: Sequence[Line], marks: Sequence[Mark | None], noise: Sequence[bool]
) -> list[Block]:
    """The constituent documents in order; what stands before the first one belongs to none."""
    numbered = _numbered(text, lines, marks, noise)
    has_numbered = bool(numbered)
    indented = _indentation_is_rare(lines)
    blocks: list[Block] = []
    s = _State()
    for i, line in enumerate(lines):
        if noise[i]:
            continue
        content = text[line.start : min(line.end, line.start + 640)]
        if "-" in content[:4] and s.open and s.body > 200 and _FIRST_PAGE.match(content):
            blocks.append(Block(i, i + 1, line.start, 0, ""))
            s = _State(open=True, body=len(content))
            continue
        content = without_noise(content)
        mark = marks[i]
        if i in numbered:
            title = content[numbered[i] :].strip(" ：:，") if line.end - line.start <= 200 else ""
            blocks.append(Block(i, i + 1, line.start, 1, title))
            s = _State(open=True, heads_open=True, title=title)
            continue
        if (
            mark is not None
            and mark.style.name == "title_part"
            and (s.heads_open or not s.open)
            and _is_head(content, blocks, s)
        ):
            mark = marks[i] = None  # type: ignore[index]
        title_like = mark is None and is_title(content)
        if title_like and is_compilation_header(content):
            title_like = False
        if not s.open and not s.body and is_compilation_header(content) and (has_numbered or i < 6):
            continue
        if has_numbered and not blocks and i < min(numbered) and _is_header_zone(lines, min(numbered)):
            continue
        if s.open and s.heads_open:
            if _continues_title(content, mark, title_like, blocks[-1], s):
                blocks[-1].heads += 1
                blocks[-1].last = i + 1
                blocks[-1].title = _longer(blocks[-1].title, content)
                continue
            s.heads_open = False
        if not s.open:
            two = mark is None and not title_like and _two_line_title(text, lines, marks, i, content)
            heads = 1 if title_like or two else 0
            blocks.append(Block(i, i + 1, line.start, heads, content if heads else ""))
            s = _State(open=True, heads_open=bool(heads), title=content if heads else "")
            if heads:
                continue
        elif _begins_anew(text, lines, marks, i, content, title_like, s, indented):
            two = not title_like and _two_line_title(text, lines, marks, i, content)
            heads = 1 if title_like or two else 0
            blocks.append(Block(i, i + 1, line.start, heads, content if heads else ""))
            s = _State(open=True, heads_open=bool(heads), title=content if heads else "")
            if heads:
                continue
        blocks[-1].last = i + 1
        s.body += line.end - line.start
        s.signed = mark is None and ((is_date_line(content) and s.body > 100) or (s.signed and is_date_line(content)))
        s.cut = text[line.end - 1] not in _ENDING and line.end - line.start > 40
        if mark is not None and mark.style.role == "section":
            s.sections = True
            s.families |= {mark.style.family}
    return blocks


def _is_head(content: str, blocks: Sequence[Block], s: _State) -> bool:
    """A part-like line that is (the rest of) the title where it stands."""
    if not s.open:
        return is_title(content) or _TAIL_TITLE.fullmatch(content) is not None
    title = blocks[-1].title
    return is_title(content) or (_TAIL_TITLE.fullmatch(content) is not None and not is_title(title))


def _numbered(text: str, lines: Sequence[Line], marks: Sequence[Mark | None], noise: Sequence[bool]) -> dict[int, int]:
    """Lines that open a document by number, and where their title begins."""
    found: dict[int, int] = {}
    for i, line in enumerate(lines):
        if noise[i] or (marks[i] is not None and marks[i].style.rank != 0):  # type: ignore[union-attr]
            continue
        length = line.end - line.start
        if length > 64 and not _MARK_LOOK.match(text, line.start):
            continue
        got = document_mark(text[line.start : line.start + min(length, 200)])
        if got is not None and not is_compilation_header(text[line.start : line.end]):
            found[i] = got[1] if got[1] < length else 0
    return found


def _is_header_zone(lines: Sequence[Line], first: int) -> bool:
    """Whether what stands before the first numbered document is too short to be a document itself."""
    return lines[first].start - lines[0].start < 900


def _indentation_is_rare(lines: Sequence[Line]) -> bool:
    return sum(1 for x in lines if x.indent) * 8 < len(lines) + 8


def _longer(a: str, b: str) -> str:
    return b if (len(b) > len(a) and b.endswith(a[-2:])) or not a else a


def _continues_title(content: str, mark: Mark | None, title_like: bool, block: Block, s: _State) -> bool:
    if mark is not None or block.heads > 3:
        return False
    if title_like or content == block.title:
        return True
    short = len(content) <= 30 and content[-1] not in "。；，、"
    if block.heads and short and not is_part_title(content) and _TAIL_TITLE.fullmatch(content):
        return not block.title.endswith(("总结", "计划", "思路"))
    return is_date_line(content)


def _two_line_title(text: str, lines: Sequence[Line], marks: Sequence[Mark | None], i: int, content: str) -> bool:
    """A title broken in two: 某校工会 ⏎ 工作计划."""
    if len(content) > 40 or content[-1] in _ENDING + "，、" or i + 1 >= len(lines):
        return False
    if marks[i + 1] is not None and marks[i + 1].style.name != "title_part":  # type: ignore[union-attr]
        return False
    nxt = text[lines[i + 1].start : lines[i + 1].end]
    return len(nxt) <= 24 and _TAIL_TITLE.fullmatch(nxt) is not None and is_title(content + nxt)


def _begins_anew(
    text: str,
    lines: Sequence[Line],
    marks: Sequence[Mark | None],
    i: int,
    content: str,
    title_like: bool,
    s: _State,
    indented: bool,
) -> bool:
    """Whether a line inside a document begins the next one without a number."""
    mark = marks[i]
    apart = indented and lines[i].indent > 0
    if mark is not None:
        return mark.style.family == "part" and mark.ordinal == 1 and s.sections and "part" not in s.families
    if title_like and s.body > 60:
        return not _is_own_part(content, s.title)
    if _two_line_title(text, lines, marks, i, content) and s.body > 60:
        return True
    if s.signed and len(content) > 12 and not content.startswith("附"):
        return True
    return opens_document(content) and s.sections and (apart or s.cut) and s.body > 200


def _is_own_part(content: str, title: str) -> bool:
    """A part title of a paper whose title names both a summary and a plan."""
    both = re.search("总结|汇报|回顾", title) and re.search("计划|思路|打算|设想|安排", title)
    return bool(both) and len(content) < len(title)
