"""File formats: which file names are texts, and how each becomes plain text."""

from __future__ import annotations

from collections.abc import Callable

from gonghui_nlp.errors import ReadingError
from gonghui_nlp.readers.encodings import Decoded, decode

TEXT_SUFFIXES = {".txt": "txt", ".text": "txt"}
# Formats that an archive may hold and that need a reader of their own.
KNOWN_SUFFIXES = {
    ".htm": "html",
    ".html": "html",
    ".docx": "docx",
    ".doc": "doc",
    ".wps": "doc",
    ".pdf": "pdf",
    ".zip": "zip",
}

_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip container (docx, xlsx, zip)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (doc, xls, wps)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
    (b"\x1f\x8b", "a gzip file"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
)

Reader = Callable[[bytes], Decoded]


def plain(data: bytes) -> Decoded:
    """Plain text, whatever its encoding; a file that only bears the name of a text is refused by its content."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise ReadingError(f"is {what} under the name of a text; rename it or convert it to text first")
    return decode(data)


READERS: dict[str, Reader] = {"txt": plain}


def format_of(suffix: str) -> str | None:
    """The format behind a file-name suffix, None when no text is to be expected in it.

    >>> format_of(".TXT"), format_of(".jsonl")
    ('txt', None)
    """
    suffix = suffix.lower()
    return TEXT_SUFFIXES.get(suffix) or KNOWN_SUFFIXES.get(suffix)
