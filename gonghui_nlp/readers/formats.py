"""File formats: which file names are texts, and how each becomes plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gonghui_nlp.errors import InputError, ReadingError
from gonghui_nlp.readers.decoded import Decoded
from gonghui_nlp.readers.encodings import decode

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


def read_plain_text(data: bytes) -> Decoded:
    """Plain text, whatever its encoding; a file that only bears the name of a text is refused by its content."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise ReadingError(f"is {what} under the name of a text; rename it or convert it to text first")
    return decode(data)


READERS: dict[str, Reader] = {"txt": read_plain_text}


def register_reader(name: str, suffixes: Iterable[str], reader: Reader) -> None:
    """Makes a format known: files of these suffixes are texts, and ``reader`` turns their bytes into one.

    A reader returns :class:`~gonghui_nlp.readers.Decoded`; it raises ReadingError, with the reason, for bytes that
    are no such file. Raises InputError for a suffix without its dot or one that another format has.

    >>> register_reader("shouting", [".shout"], lambda data: decode(data.upper()))
    >>> format_of(".shout")
    'shouting'
    """
    suffixes = [suffix.lower() for suffix in suffixes]
    for suffix in suffixes:
        taken = format_of(suffix)
        if not suffix.startswith("."):
            raise InputError(f"suffix {suffix!r} of the format {name!r} has no dot; give one such as '.md'")
        if taken not in (None, name) and taken in READERS:
            raise InputError(f"files with the suffix {suffix!r} are read as {taken} already")
    READERS[name] = reader
    TEXT_SUFFIXES.update(dict.fromkeys(suffixes, name))


def format_of(suffix: str) -> str | None:
    """The format behind a file-name suffix, None when no text is to be expected in it.

    >>> format_of(".TXT"), format_of(".jsonl")
    ('txt', None)
    """
    suffix = suffix.lower()
    return TEXT_SUFFIXES.get(suffix) or KNOWN_SUFFIXES.get(suffix)
