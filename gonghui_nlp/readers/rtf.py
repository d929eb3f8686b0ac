"""RTF files: the text, with the list numbers that word processors write beside each item."""

from __future__ import annotations

import re
from collections.abc import Iterator

from striprtf.striprtf import rtf_to_text

from gonghui_nlp.errors import ReadingError
from gonghui_nlp.readers.decoded import Decoded
from gonghui_nlp.readers.numbering import tidy
from gonghui_nlp.readers.rows import row_lines

# striprtf sets the cells of a row apart by this; a sign of the text is put aside for the time.
_CELL, _ASIDE = "|", "\ue0f8"
# Not where it may be the second byte of a character.
# Letters behind bytes: they may be the second byte of a character, which striprtf does not see.
_SPLIT = re.compile(r"((?:\\'[0-9a-fA-F]{2})+)([@-\[\]-z|~])")
_DELETED = re.compile(r"\{[^{}]*\\deleted\b(?!0)[^{}]*\}")
_BAR = re.compile(r"(?<![\x81-\xfe])(?<!\\'[89a-fA-F][0-9a-fA-F])\|")
# What the header says of the encoding: Chinese systems write 936 or 950, old ones nothing.
_CODE_PAGE = re.compile(r"\\ansicpg(\d+)")


def read(data: bytes) -> Decoded:
    """The plain text of an RTF file; ReadingError for one that is damaged."""
    raw = _DELETED.sub("", data.decode("latin-1"))
    named = _CODE_PAGE.search(raw[:2000])
    encoding = f"cp{named[1]}" if named and named[1] in ("936", "950", "932", "949", "65001") else "cp936"
    raw = _SPLIT.sub(_paired, raw)
    try:
        text = rtf_to_text(  # type: ignore[no-untyped-call]
            _BAR.sub(r"\\u57592?", raw), encoding="gb18030" if encoding == "cp936" else encoding, errors="replace"
        )
    except (ValueError, IndexError, KeyError, TypeError, LookupError, RecursionError, OverflowError) as error:
        raise ReadingError(f"is a damaged document: {error}") from error
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")  # pairs of halves become characters
    lines = [line for shown in text.split("\n") for line in _lines(shown)]
    whole = "\n".join(lines).replace(_ASIDE, "|").strip("\n")
    return Decoded(whole + "\n" if whole.strip() else "", encoding)


def _paired(found: re.Match[str]) -> str:
    """The second byte of a character, where it is written as a letter, written as a byte."""
    at, escaped = 0, bytes.fromhex(found[1].replace("\\'", ""))
    while at < len(escaped):
        at += 2 if 0x81 <= escaped[at] <= 0xFE else 1
    return f"{found[1]}\\'{ord(found[2]):02x}" if at > len(escaped) else found[0]


def _lines(shown: str) -> Iterator[str]:
    if shown.endswith(_CELL):
        yield from row_lines([[cell.strip()] for cell in shown[:-1].split(_CELL)])
        return
    yield tidy(shown)
