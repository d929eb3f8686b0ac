"""The numbering of an old Word file: lists, their uses, and which paragraph belongs to which."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from gonghui_nlp.readers.doc_file import LIST_USES, LISTS, STYLES, WordFile, properties
from gonghui_nlp.readers.numbering import Counter, Level

# What the format calls the ways to write a number.
_FORMATS = {
    1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 10: "ideographDigital", 11: "japaneseCounting",
    14: "decimalFullWidth", 18: "decimalEnclosedCircle", 19: "decimalFullWidth2", 22: "decimalZero", 23: "bullet",
    26: "decimalEnclosedFullstop", 27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese",
    29: "ideographEnclosedCircle", 30: "ideographTraditional", 31: "ideographZodiac", 32: "ideographZodiac",
    33: "taiwaneseCounting", 34: "ideographLegalTraditional", 35: "taiwaneseCountingThousand", 36: "taiwaneseDigital",
    37: "chineseCounting", 38: "chineseLegalSimplified", 39: "chineseCountingThousand", 57: "numberInDash", 255: "none",
}  # fmt: skip
_LEVEL, _LIST, _OUTLINE, _STYLE_MASK = 0x260A, 0x460B, 0x2640, 0xFFF
# The built-in styles of the headings are the first ones of every file; those of a document's title are known by number.
_HEADINGS, _OF_DOCUMENT = range(1, 10), (62, 74)
_DEEPEST = 12


@dataclass(slots=True)
class _Use:
    list_id: int
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Lists:
    """The lists of a file; asked paragraph by paragraph, in order."""

    def __init__(self, file: WordFile) -> None:
        self._styles, self._numbers = _styles(file)
        self._counters = {key: Counter(levels) for key, levels in _lists(file).items()}
        self._uses = _uses(file)
        self._begun: set[tuple[int, int]] = set()

    def heading(self, style: int, own: bytes) -> int:
        """The level of the heading that a paragraph is by its style, 1 for the highest; 0 for body and for the document's title."""
        data = own
        for _ in range(_DEEPEST):
            for meant, how in properties(data):
                if meant == _OUTLINE and how:
                    return how[0] + 1 if how[0] < len(_HEADINGS) else 0
            if style in _HEADINGS:
                return style
            if style not in self._styles or self._numbers.get(style) in _OF_DOCUMENT:
                return 0
            style, data = self._styles[style]
        return 0

    def mark(self, style: int, own: bytes) -> str:
        """The mark that the next paragraph shows, by its style and its properties; empty for one without."""
        use, level = self._place(style, own)
        if not 0 < use <= len(self._uses):
            return ""
        found = self._uses[use - 1]
        counter = self._counters.get(found.list_id)
        if counter is None:
            return ""
        start = found.starts.get(level) if (use, level) not in self._begun else None
        self._begun.add((use, level))
        return counter.next(level, found.levels.get(level), start)

    def _place(self, style: int, own: bytes) -> tuple[int, int]:
        use: int | None = None
        level: int | None = None
        data: bytes | None = own
        for _ in range(_DEEPEST):
            for meant, how in properties(data or b""):
                if meant == _LIST and len(how) == 2 and (use is None or data is own):
                    use = struct.unpack("<h", how)[0]
                elif meant == _LEVEL and how and (level is None or data is own):
                    level = how[0]
            if use is not None or style not in self._styles:
                break
            style, data = self._styles[style]
        return use or 0, min(level or 0, 8)


def _styles(file: WordFile) -> tuple[dict[int, tuple[int, bytes]], dict[int, int]]:
    """What each style is made from, and the properties it gives to paragraphs; the numbers of built-in ones."""
    _, data = file.pair(STYLES)
    if len(data) < 8:
        return {}, {}
    head, count, base = struct.unpack_from("<HHH", data)
    out: dict[int, tuple[int, bytes]] = {}
    numbers: dict[int, int] = {}
    at = 2 + head
    for n in range(count):
        if at + 2 > len(data):
            break
        (size,) = struct.unpack_from("<H", data, at)
        style = data[at + 2 : at + 2 + size]
        at += 2 + size
        if len(style) > base + 4:
            out[n] = _style(style, base)
            numbers[n] = struct.unpack_from("<H", style)[0] & _STYLE_MASK
    return {n: (made_from, held) for n, (made_from, held) in out.items() if made_from != n}, numbers


def _style(style: bytes, base: int) -> tuple[int, bytes]:
    kind_and_base = struct.unpack_from("<H", style, 2)[0]
    kind, made_from = kind_and_base & 0xF, kind_and_base >> 4 & _STYLE_MASK
    (length,) = struct.unpack_from("<H", style, base)
    at = base + 2 + 2 * length + 2
    if kind != 1 or at + 4 > len(style):
        return made_from, b""
    (size,) = struct.unpack_from("<H", style, at)
    return made_from, style[at + 4 : at + 2 + size]


def _lists(file: WordFile) -> dict[int, dict[int, Level]]:
    start, data = file.pair(LISTS)
    if len(data) < 2:
        return {}
    count = min(struct.unpack_from("<H", data)[0], (len(data) - 2) // 28)
    out: dict[int, dict[int, Level]] = {}
    at = start + len(data)  # the levels stand behind the lists, and are not counted to their length
    for n in range(count):
        key, flags = struct.unpack_from("<i", data, 2 + 28 * n)[0], data[2 + 28 * n + 26]
        levels: dict[int, Level] = {}
        for depth in range(1 if flags & 1 else 9):
            levels[depth], at = _level(file.table, at)
        out[key] = levels
    return out


def _level(data: bytes, at: int) -> tuple[Level, int]:
    start, number_format, flags = struct.unpack_from("<iBB", data, at)
    follow, runs, paragraphs, limit = data[at + 15], data[at + 24], data[at + 25], data[at + 26]
    text_at = at + 28 + runs + paragraphs
    (length,) = struct.unpack_from("<H", data, text_at)
    text = data[text_at + 2 : text_at + 2 + 2 * length].decode("utf-16-le", "replace")
    shown = "".join(f"%{ord(c) + 1}" if ord(c) < 9 else c for c in text)
    restart = (limit if limit else 0) if flags & 8 else None
    level = Level(start, _FORMATS.get(number_format, "decimal"), shown[:60], bool(flags & 4), restart, follow != 2)
    return level, text_at + 2 + 2 * length


def _uses(file: WordFile) -> list[_Use]:
    _start, data = file.pair(LIST_USES)
    if len(data) < 4:
        return []
    count = min(struct.unpack_from("<I", data)[0], (len(data) - 4) // 16)
    out: list[_Use] = []
    at = 4 + 16 * count
    for n in range(count):
        key, overrides = struct.unpack_from("<i", data, 4 + 16 * n)[0], data[4 + 16 * n + 12]
        use = _Use(key)
        at += 4
        for _ in range(overrides):
            if at + 8 > len(data):
                return [*out, use]
            first, flags = struct.unpack_from("<iI", data, at)
            at += 8
            depth = flags & 0xF
            if flags & 0x20:
                use.levels[depth], at = _level(data, at)
                first = use.levels[depth].start
            if flags & 0x30:
                use.starts[depth] = first
        out.append(use)
    return out
