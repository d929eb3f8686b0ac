"""Bytes to text: files and folders become Sources."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from gonghui_nlp.errors import InputError
from gonghui_nlp.readers import reading
from gonghui_nlp.readers.decoded import Decoded
from gonghui_nlp.readers.encodings import decode, decode_as
from gonghui_nlp.readers.folders import Entry, find_files, writable
from gonghui_nlp.readers.formats import register_reader
from gonghui_nlp.readers.reading import read_entry
from gonghui_nlp.schema import Source

# The codes of issues that say a text may not be what was written.
DOUBTS = frozenset({"undecodable", "encoding_doubt"})

__all__ = [
    "DOUBTS",
    "Decoded",
    "Entry",
    "check_encoding",
    "decode",
    "decode_as",
    "find_files",
    "read",
    "read_entry",
    "read_file",
    "register_reader",
]


def read(path: str | os.PathLike[str], encoding: str | None = None, text_column: str | None = None) -> Iterator[Source]:
    """The texts of a file, or of every file below a folder, in the order of their names; archives are looked into.

    With ``text_column`` tables (csv, xlsx, jsonl, parquet …) give a text a row. A file or folder that cannot be read
    is a Source of status ``failed`` with the reason in ``message``; what is passed over as no text is left out, and so
    are archives and tables themselves. A missing ``path`` or an unknown ``encoding`` is the caller's error and raises
    InputError at once.
    """
    check_encoding(encoding)
    entries = find_files([path])
    found = (source for entry in entries for source in read_entry(entry, encoding, text_column))
    return (s for s in found if s.status != "skipped" and not (s.status == "ok" and not s.text))


def check_encoding(encoding: str | None) -> None:
    """Raises InputError for an encoding that Python does not know, or that does not turn any bytes into text."""
    if encoding is None:
        return
    try:
        if "a".encode(encoding).decode(encoding) == "a":
            b"\xff\xfea\x80".decode(encoding, errors="replace")
            return
    except Exception as error:  # codecs raise whatever they like for names that are none of a character set
        reason = f"{type(error).__name__}: {error}" if not isinstance(error, LookupError) else "unknown"
    else:
        reason = "no character set"
    raise InputError(f"encoding {encoding!r} is {reason}; use one such as utf-8, gb18030, big5")


def read_file(path: str | os.PathLike[str], name: str | None = None, encoding: str | None = None) -> Source:
    """One file as a Source; never raises for what is in the file or for a file that cannot be opened."""
    path = Path(path)
    return reading.read_file(path, writable(path.name if name is None else name), encoding)
