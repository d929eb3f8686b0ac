"""UTF-8 that was encoded twice: bytes once taken for Latin or GB characters, and then written as UTF-8."""

from __future__ import annotations

import re
from collections.abc import Callable

from gonghui_nlp.readers.decoded import SURE, TRIES, Decoded, doubt, losses
from gonghui_nlp.readers.plausible import evidence, weak_lines

# A line with fewer letters is too little to say of it that it does not read as Chinese.
_LINE = 4


def read_back(text: str) -> Decoded:
    """Valid UTF-8, unless it was encoded twice: bytes once taken for Latin or GB characters, and written as UTF-8."""
    weak = weak_lines(text, _LINE)
    if not weak:
        return Decoded(text, "utf-8", tuple(losses(text, "utf-8")))
    mended, ways = _mended(text, weak)
    issues = [*losses(mended, "utf-8")]
    if ways:
        note = f"was encoded twice ({', '.join(sorted(ways))}) and is read back"
        issues.insert(0, doubt(note))
    lines = mended.split("\n")
    if any(_MOJIBAKE.search(lines[number]) for number in weak_lines(mended, _LINE)):
        note = "holds lines that read as if decoded wrongly before they were saved as UTF-8"
        issues.insert(0, doubt(note))
    return Decoded(mended, "utf-8", tuple(issues))


def _mended(text: str, weak: list[int]) -> tuple[str, set[str]]:
    """The text with its weak lines read back, and in which ways: as a whole where that does, else line by line."""
    for way, undo in _UNDO:
        if (whole := undo(text)) and whole.count("\n") == text.count("\n") and not weak_lines(whole, _LINE):
            return whole, {way}
    lines = text.split("\n")
    ways: set[str] = set()
    for tried, number in enumerate(weak):
        if tried == TRIES and not ways:
            break  # another language, not a text encoded twice
        for way, undo in _UNDO:
            mended = undo(lines[number])
            if mended and mended != lines[number] and evidence(mended).share >= SURE:
                lines[number] = mended
                ways.add(way)
                break
    return "\n".join(lines), ways


# Latin letters and signs in a row are what Chinese bytes become; 锟斤拷 and the like what they become in GB.
_MOJIBAKE = re.compile("[\u0080-\u024f\u2010-\u2122]{6}|锟斤拷|锘|鈥|銆")


# What the first byte of a Chinese character becomes in one set or another: a letter, Latin, Greek or Cyrillic, or a ‰.
_LEAD = re.compile("[\u00b5\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u04ff\u2030]")


def _by_ftfy(line: str) -> str | None:
    if not _LEAD.search(line):
        return None
    import ftfy

    return str(ftfy.fix_encoding(line))


def _through(first: str, second: str) -> Callable[[str], str | None]:
    def undo(line: str) -> str | None:
        try:
            return line.encode(first).decode(second)
        except UnicodeError:
            return None

    return undo


_UNDO: tuple[tuple[str, Callable[[str], str | None]], ...] = (
    ("as if its bytes were Latin", _by_ftfy),
    ("GB bytes as if they were Latin", _through("latin-1", "gb18030")),
    ("GB bytes as if they were Latin", _through("cp1252", "gb18030")),
    ("as if its bytes were GB", _through("gb18030", "utf-8")),
    ("as if its bytes were Big5", _through("big5hkscs", "utf-8")),
)
