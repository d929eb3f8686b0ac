"""Markdown: the text as it is seen, without its signs; numbered lists keep their numbers, tables go row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from gonghui_nlp.readers.decoded import Decoded
from gonghui_nlp.readers.encodings import decode
from gonghui_nlp.readers.headings import assembled, heading
from gonghui_nlp.readers.rows import row_lines
from gonghui_nlp.schema import Issue

_OPENS, _CLOSES = ("ordered_list_open", "bullet_list_open"), ("ordered_list_close", "bullet_list_close")
_MARKED = ("list_item_open", "heading_open")


def read(data: bytes) -> Decoded:
    """The text of a Markdown file, whatever its encoding."""
    decoded = decode(data)
    # What begins with four blanks is an indent to Chinese writers, no program.
    tokens = (
        MarkdownIt("commonmark", {"html": False})
        .enable("table")
        .disable(["code", "html_block", "html_inline"])
        .parse(decoded.text)
    )
    issues = tuple(Issue(0, 0, "", i.code, i.message) for i in decoded.issues[:3])
    return assembled(_lines(tokens), decoded.encoding, issues)


def _lines(tokens: Sequence[Token]) -> Iterator[str]:
    lists: list[int | None] = []
    mark = ""
    cells: list[list[str]] | None = None
    for token in tokens:
        if token.type in _OPENS:
            lists.append(int(token.attrs.get("start", 1)) if token.type == "ordered_list_open" else None)
        elif token.type in _CLOSES:
            lists.pop()
        elif token.type in _MARKED:
            mark = _mark(token, lists)
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close" and cells is not None:
            yield from row_lines(cells)
            cells = None
        elif token.type in ("fence", "code_block"):
            yield from token.content.splitlines()
        elif token.type == "inline":
            shown = "".join(_shown(token.children or [])).split("\n")
            if cells is not None:
                cells.append(shown)
                continue
            yield mark + shown[0]
            yield from shown[1:]
            mark = ""


def _mark(token: Token, lists: list[int | None]) -> str:
    """What stands before the text of an item, by the lists around it, or before a heading."""
    if token.type == "heading_open":
        return heading(int(token.tag[1:]))
    number = lists[-1]
    if number is None:
        return ""
    lists[-1] = number + 1
    return f"{number}{token.markup}"


def _shown(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif token.type in ("text", "code_inline"):
            yield token.content
