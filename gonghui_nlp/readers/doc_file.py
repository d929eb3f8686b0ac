"""The streams of an old Word file: its text from the piece table, and the properties of paragraphs and runs.

Offsets and numbers are those of [MS-DOC], the published description of the format.
"""

from __future__ import annotations

import io
import struct
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import olefile

from gonghui_nlp.errors import ReadingError

_PAGE = 512
# Where pairs of an offset and a length stand in the header, by their number.
_PAIRS = 0x9A
STYLES, NOTE_REFS, NOTE_TEXTS, RUN_PAGES, PARAGRAPH_PAGES, FONTS, PIECES = 1, 2, 3, 12, 13, 15, 33
END_REFS, END_TEXTS, LISTS, LIST_USES = 46, 47, 73, 74
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_LONG = 0xD608  # the definition of a table: its length takes two bytes


@dataclass(slots=True)
class WordFile:
    """An old Word file taken apart: ``text`` holds all its stories one after the other, ``lengths`` how long they are."""

    main: bytes
    table: bytes
    text: str = ""
    lengths: list[int] = field(default_factory=list)
    places: list[tuple[int, int, int]] = field(
        default_factory=list
    )  # first character, offset in the file, bytes a character
    paragraphs: _Properties | None = None
    runs: _Properties | None = None
    fonts: list[str] = field(default_factory=list)

    def pair(self, number: int) -> tuple[int, bytes]:
        """Where a structure begins in the table stream, and its bytes."""
        start, length = struct.unpack_from("<II", self.main, _PAIRS + 8 * number)
        return start, self.table[start : start + length]

    def offset(self, at: int) -> int:
        """Where in the file a character stands."""
        first, offset, width = self.places[bisect_right(self.places, (at, 1 << 60, 0)) - 1]
        return offset + (at - first) * width


class _Properties:
    """The properties of stretches of the file, from its pages of 512 bytes."""

    def __init__(self, file: WordFile, number: int, of_paragraphs: bool) -> None:
        _, listed = file.pair(number)
        count = max((len(listed) - 4) // 8, 0)
        self._ends: list[int] = []
        self._held: list[tuple[int, bytes]] = []
        for page in struct.unpack_from(f"<{count}I", listed, 4 * (count + 1)) if count else ():
            at = (page & 0x3FFFFF) * _PAGE
            self._read(file.main[at : at + _PAGE], of_paragraphs)

    def _read(self, page: bytes, of_paragraphs: bool) -> None:
        if len(page) < _PAGE:
            return
        count = page[-1]
        ends = struct.unpack_from(f"<{count + 1}I", page)
        for n in range(count):
            where = page[4 * (count + 1) + n * (13 if of_paragraphs else 1)] * 2
            held = (0, b"")
            if where and of_paragraphs:
                size, at = (2 * page[where] - 1, where + 1) if page[where] else (2 * page[where + 1], where + 2)
                held = (struct.unpack_from("<H", page, at)[0], page[at + 2 : at + size])
            elif where:
                held = (0, page[where + 1 : where + 1 + page[where]])
            self._ends.append(ends[n + 1])
            self._held.append(held)

    def at(self, offset: int) -> tuple[int, bytes]:
        """The style and the properties at an offset of the file."""
        n = bisect_right(self._ends, offset)
        return self._held[n] if n < len(self._held) else (0, b"")


def open_word(data: bytes) -> WordFile:
    """Takes a file apart; ReadingError where it is damaged, protected, or older than Word 97."""
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        main = ole.openstream("WordDocument").read()
        magic, flags = struct.unpack_from("<H", main)[0], struct.unpack_from("<H", main, 0x0A)[0]
        if flags & 0x0100:
            raise ReadingError("is protected by a password; save it without and run again")
        if magic == 0xA5DC or magic in (0xA59B, 0xA59C, 0xA5DB):
            return _before_97(main)
        if magic != 0xA5EC:
            raise ReadingError("is a damaged document: its text is missing")
        name = "1Table" if flags & 0x0200 else "0Table"
        file = WordFile(main, ole.openstream(name).read())
    counts = struct.unpack_from("<8i", main, 0x4C)
    file.lengths = [max(n, 0) for n in (*counts[:3], *counts[4:])]  # the third is not used any more
    _take_text(file)
    # Where the pages of properties are damaged the text is still there.
    with suppress(struct.error, IndexError):
        file.paragraphs = _Properties(file, PARAGRAPH_PAGES, True)
    with suppress(struct.error, IndexError):
        file.runs = _Properties(file, RUN_PAGES, False)
    with suppress(struct.error, IndexError):
        file.fonts = list(_font_names(file.pair(FONTS)[1]))
    return file


def _font_names(data: bytes) -> Iterator[str]:
    """The names of the fonts by their numbers; each entry begins with its length."""
    at = 4
    for _ in range(struct.unpack_from("<H", data)[0] if data else 0):
        size = data[at]
        yield data[at + 40 : at + 1 + size].decode("utf-16-le", "replace").split("\0")[0]
        at += 1 + size


def _before_97(main: bytes) -> WordFile:
    """Word 6 and 95: one stretch of bytes in the encoding of the system."""
    start, end = struct.unpack_from("<II", main, 0x18)
    text = main[start : min(end, len(main))].decode("gb18030", "replace")
    return WordFile(main, b"", text, [len(text)])


def _take_text(file: WordFile) -> None:
    _, pieces = file.pair(PIECES)
    at = 0
    while at < len(pieces) and pieces[at] == 1:  # properties that pieces may name
        at += 3 + struct.unpack_from("<H", pieces, at + 1)[0]
    if at >= len(pieces) or pieces[at] != 2:
        raise ReadingError("is a damaged document: its text is missing")
    size = min(struct.unpack_from("<I", pieces, at + 1)[0], len(pieces) - at - 5)
    count = max((size - 4) // 12, 0)
    firsts = struct.unpack_from(f"<{count + 1}I", pieces, at + 5)
    out: list[str] = []
    for n in range(count):
        (found,) = struct.unpack_from("<I", pieces, at + 5 + 4 * (count + 1) + 8 * n + 2)
        length = firsts[n + 1] - firsts[n]
        if length < 0 or length > len(file.main):
            raise ReadingError("is a damaged document: its pieces do not fit together")
        narrow = bool(found & 0x40000000)
        offset = (found & 0x3FFFFFFF) // 2 if narrow else found & 0x3FFFFFFF
        width = 1 if narrow else 2
        data = file.main[offset : offset + length * width]
        text = data.decode("cp1252" if narrow else "utf-16-le", "replace")
        # One character a unit, so that places count as the file counts: a pair stands as its two halves for the moment.
        if not narrow and len(text) != length:
            text = data.decode("utf-16-le", "surrogatepass") if len(data) == 2 * length else text
            text = "".join(_halves(text))
        out.append(text.ljust(length, "\0"))
        file.places.append((firsts[n], offset, width))
    file.text = "".join(out)


def _halves(text: str) -> Iterator[str]:
    for c in text:
        if ord(c) > 0xFFFF:
            n = ord(c) - 0x10000
            yield chr(0xD800 + (n >> 10)) + chr(0xDC00 + (n & 0x3FF))
        else:
            yield c


def whole(text: str) -> str:
    """A text whose pairs of halves are characters again."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def properties(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The properties one by one: what is meant, and the bytes that say how."""
    at = 0
    while at + 2 <= len(data):
        (meant,) = struct.unpack_from("<H", data, at)
        at += 2
        size = _SIZES.get(meant >> 13)
        if size is None and meant == _LONG:
            size = (struct.unpack_from("<H", data, at)[0] - 1 if at + 2 <= len(data) else 0) + 2
        elif size is None:
            size = (data[at] if at < len(data) else 0) + 1
        yield meant, data[at : at + size]
        at += max(size, 1)
