"""Word files of 1997 to 2003 (.doc), which WPS writes too (.wps): the text, with the numbers that Word makes.

Of a file of ours, legacy-doc, sharepoint-to-text and wps2md give nothing, other characters, or no numbers and rows;
olefile opens the container, the rest is here. Left out is what the reader of .docx leaves out.
"""

from __future__ import annotations

import itertools
import struct
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from gonghui_nlp.errors import ReadingError
from gonghui_nlp.readers.decoded import Decoded
from gonghui_nlp.readers.doc_file import (
    END_REFS,
    END_TEXTS,
    NOTE_REFS,
    NOTE_TEXTS,
    WordFile,
    open_word,
    properties,
    whole,
)
from gonghui_nlp.readers.doc_lists import Lists
from gonghui_nlp.readers.headings import assembled, bare, heading
from gonghui_nlp.readers.rows import row_lines
from gonghui_nlp.readers.signs import sign, with_raised, with_signs

_IN_TABLE, _ROW_END, _DELETED, _HIDDEN = 0x2416, 0x2417, 0x0800, 0x083C
_SIGN, _PLACE, _FONT = 0x6A09, 0x2A48, 0x4A4F
_NOTE = "注："
_SHOWN = {"\x0b": "\n", "\x0c": "\n", "\x0e": "\n", "\t": "\t", "\x1e": "-", "\n": "\n"}
_NONE = frozenset("\0\x01\x02\x03\x04\x05\x06\x08\x0f\x10\x11\x12\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1f\x7f")


def read(data: bytes) -> Decoded:
    """The plain text of an old Word file; ReadingError for one that is damaged or protected."""
    try:
        file = open_word(data)
        lines = [whole(line) for line in _Story(file).lines()]
    except (struct.error, IndexError, KeyError, ValueError, OSError, OverflowError, RecursionError) as error:
        raise ReadingError(f"is a damaged document: {error}") from error
    return assembled(lines)


@dataclass(slots=True)
class _Notes:
    """Where notes are called, and where each stands in the text."""

    calls: list[int]
    stretches: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Look:
    """What a run makes of its characters: whether they are gone, raised (1) or lowered (2), a sign, and in which font."""

    is_gone: bool = False
    place: int = 0
    sign: str = ""
    font: str = ""

    def drawn(self, c: str) -> str:
        """The sign that stands for a character; empty where it is seen as it is."""
        return self.sign or (with_signs(c, self.font) if "\uf020" <= c <= "\uf0ff" else "")


def _look(held: bytes, fonts: list[str]) -> _Look:
    is_gone, place, drawn, font = False, 0, "", ""
    for meant, how in properties(held):
        if meant in (_DELETED, _HIDDEN):
            is_gone = is_gone or how[:1] == b"\1"
        elif meant == _PLACE:
            place = how[0] if how[:1] in (b"\1", b"\2") else 0
        elif meant == _FONT and len(how) == 2:
            font = _named(fonts, how)
        elif meant == _SIGN and len(how) == 4:
            drawn = sign(struct.unpack_from("<H", how, 2)[0], _named(fonts, how))
    return _Look(is_gone, place, drawn, font)


def _named(fonts: list[str], how: bytes) -> str:
    """The font of a number, which the bytes begin with."""
    (number,) = struct.unpack_from("<H", how)
    return fonts[number] if number < len(fonts) else ""


class _Story:
    """A walk over the paragraphs; notes come behind the one that calls them, text boxes last."""

    def __init__(self, file: WordFile) -> None:
        self._file = file
        self._looks: dict[bytes, _Look] = {}
        self._lists: Lists | None = None
        with suppress(struct.error, IndexError):
            self._lists = Lists(file) if file.table else None
        lengths = file.lengths + [0] * 7
        # The stories: main text, notes, headers, comments, end notes, text boxes.
        starts = [sum(lengths[:n]) for n in range(len(lengths))]
        self._main = min(lengths[0], len(file.text))
        self._boxes = (starts[5], starts[5] + lengths[5])
        self._notes = [
            _notes(file, NOTE_REFS, NOTE_TEXTS, starts[1]),
            _notes(file, END_REFS, END_TEXTS, starts[4]),
        ]

    def lines(self) -> Iterator[str]:
        """All lines."""
        cells: list[list[str]] = []
        cell: list[str] = []
        for start, end in self._paragraphs(0, self._main):
            of_cell, of_row = self._table(end)
            line = self._line(start, end)
            if not of_cell:
                yield line
            elif of_row:
                yield from row_lines(cells)
                cells, cell = [], []
            else:
                cell += line.split("\n")
                if self._file.text[end : end + 1] == "\x07":
                    cells.append(cell)
                    cell = []
            for notes in self._notes:
                yield from self._called(notes, start, end)
        yield from row_lines([*cells, cell])
        for start, end in self._paragraphs(*self._boxes):
            if line := self._line(start, end).strip():
                yield line

    def _paragraphs(self, low: int, high: int) -> Iterator[tuple[int, int]]:
        """The bounds of paragraphs, the mark that ends each left out."""
        text, start = self._file.text, low
        for at in range(low, min(high, len(text))):
            if text[at] in "\r\x07" or (text[at] == "\x0c" and at > start):
                yield start, at
                start = at + 1
        if start < min(high, len(text)):
            yield start, min(high, len(text))

    def _table(self, end: int) -> tuple[bool, bool]:
        """Whether the paragraph that ends here is in a cell, and whether it ends a row."""
        if self._file.paragraphs is None or end >= len(self._file.text):
            return False, False
        said = dict(properties(self._file.paragraphs.at(self._file.offset(end))[1]))
        return said.get(_IN_TABLE, b"\0") != b"\0", said.get(_ROW_END, b"\0") != b"\0"

    def _line(self, start: int, end: int) -> str:
        shown = with_raised(self._pieces(start, end))
        if self._lists is None or self._file.paragraphs is None or end >= len(self._file.text):
            return shown
        style, own = self._file.paragraphs.at(self._file.offset(end))
        return heading(self._lists.heading(style, own)) + self._lists.mark(style, own) + shown.lstrip("\n")

    def _pieces(self, start: int, end: int) -> Iterator[tuple[str, int]]:
        """The characters that are seen, and where on the line each is set."""
        text = self._file.text
        fields: list[bool] = []  # whether the code of each field around is over, so that its result is shown
        for at in range(start, end):
            c = text[at]
            if c == "\x13":
                fields.append(False)
            elif c == "\x14":
                fields[-1:] = [True]
            elif c == "\x15":
                fields[-1:] = []
            elif c not in _NONE and all(fields):
                look = self._look(at)
                if not look.is_gone:
                    yield look.drawn(c) or _SHOWN.get(c, c), look.place

    def _look(self, at: int) -> _Look:
        runs = self._file.runs
        held = runs.at(self._file.offset(at))[1] if runs else b""
        if held not in self._looks:
            self._looks[held] = _look(held, self._file.fonts)
        return self._looks[held]

    def _called(self, notes: _Notes, start: int, end: int) -> Iterator[str]:
        for n in range(bisect_left(notes.calls, start), bisect_right(notes.calls, end)):
            lines = [bare(self._line(a, b)).strip() for a, b in self._paragraphs(*notes.stretches[n])]
            lines = [line for line in lines if line]
            yield from (_NOTE + line if k == 0 else line for k, line in enumerate(lines))


def _notes(file: WordFile, refs: int, texts: int, story: int) -> _Notes:
    if not file.table:
        return _Notes([], [])
    called, told = file.pair(refs)[1], file.pair(texts)[1]
    count = max((len(called) - 4) // 6, 0)
    ends = struct.unpack_from(f"<{count + 1}I", told) if count and len(told) >= 4 * (count + 1) else ()
    calls = list(struct.unpack_from(f"<{count}I", called)) if ends else []
    return _Notes(calls, [(story + a, story + b) for a, b in itertools.pairwise(ends)])
