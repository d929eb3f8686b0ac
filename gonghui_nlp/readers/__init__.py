"""Bytes to text: files and folders become Sources."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from gonghui_nlp.errors import InputError, ReadingError
from gonghui_nlp.readers.decoded import Decoded
from gonghui_nlp.readers.encodings import decode, decode_as
from gonghui_nlp.readers.folders import LARGEST, Entry, find_files, is_regular
from gonghui_nlp.readers.formats import READERS, format_of, register_reader
from gonghui_nlp.schema import Source

# The codes of issues that say a text may not be what was written.
DOUBTS = frozenset({"undecodable", "encoding_doubt"})

__all__ = [
    "DOUBTS",
    "Decoded",
    "Entry",
    "check_encoding",
    "decode",
    "find_files",
    "read",
    "read_entry",
    "read_file",
    "register_reader",
]


def read(path: str | os.PathLike[str], encoding: str | None = None) -> Iterator[Source]:
    """The texts of a file, or of every text file below a folder, in the order of their names.

    A file or folder that cannot be read is a Source of status ``failed`` with the reason in ``message``; what is
    passed over as no text is left out. A missing ``path`` or an unknown ``encoding`` is the caller's error and
    raises InputError at once.
    """
    check_encoding(encoding)
    entries = find_files([path])
    return (read_entry(entry, encoding) for entry in entries if entry.status != "skipped")


def read_entry(entry: Entry, encoding: str | None = None) -> Source:
    """What :func:`find_files` found, as a Source; one that is not read says why."""
    if entry.status == "read":
        return read_file(entry.path, entry.name, encoding)
    return Source(entry.name, "", format="", encoding="", status=entry.status, message=entry.message)


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
    # A name that is not valid UTF-8 on disk must still be writable into the tables.
    name = (path.name if name is None else name).encode("utf-8", "backslashreplace").decode("utf-8")
    kind = format_of(path.suffix) or "txt"

    def refused(message: str) -> Source:
        return Source(name, "", format=kind, encoding="", status="failed", message=message)

    try:
        if not is_regular(path):
            return refused("is no file that can be read to its end (a folder, pipe, socket or device)")
        if (size := path.stat().st_size) > LARGEST:
            return refused(f"is larger ({size:,} bytes) than a text can be ({LARGEST:,}); split it")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        return refused(f"cannot be opened: {getattr(error, 'strerror', None) or error}")
    except MemoryError:
        return refused("does not fit into the memory; split it")
    digest = hashlib.sha256(data).hexdigest()

    def source(decoded: Decoded | None, message: str = "") -> Source:
        if decoded is None:
            return Source(name, "", digest, len(data), kind, "", "failed", message)
        status = "ok" if decoded.text.strip() else "empty"
        note = "" if status == "ok" else "holds no text"
        return Source(name, decoded.text, digest, len(data), kind, decoded.encoding, status, note, decoded.issues)  # type: ignore[arg-type]

    if kind not in READERS:
        return source(None, f"format {kind} is not read yet; convert the file to text and run again")
    try:
        return source(decode_as(data, encoding) if encoding and kind == "txt" else READERS[kind](data))
    except ReadingError as error:
        return source(None, str(error))
    except MemoryError:
        return source(None, "its text does not fit into the memory; split it")
