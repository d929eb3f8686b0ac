"""Bytes to text: files and folders become Sources."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from gonghui_nlp.errors import InputError, ReadingError
from gonghui_nlp.readers.encodings import Decoded, decode, decode_as
from gonghui_nlp.readers.formats import READERS, format_of
from gonghui_nlp.schema import Source

__all__ = ["Decoded", "decode", "find_files", "read", "read_file"]


def read(path: str | os.PathLike[str], encoding: str | None = None) -> Iterator[Source]:
    """The texts of a file, or of every text file below a folder, in the order of their names.

    A file that cannot be read is a Source of status ``failed`` with the reason in ``message``; a missing
    ``path`` or an unknown ``encoding`` is the caller's error and raises InputError at once.
    """
    check_encoding(encoding)
    files, _ = find_files([path])
    return (read_file(file, name, encoding) for name, file in files)


def check_encoding(encoding: str | None) -> None:
    """Raises InputError for an encoding Python does not know."""
    if encoding is not None:
        try:
            "".encode(encoding)
        except LookupError as error:
            raise InputError(f"encoding {encoding!r} is unknown; use one such as utf-8, gb18030, big5") from error


def find_files(paths: list[str | os.PathLike[str]]) -> tuple[list[tuple[str, Path]], list[Path]]:
    """The text files at ``paths`` as (source name, path), and the files passed over as being no texts.

    A file below a folder is named by its path from that folder; a file given by itself by its name. Two
    inputs with one name are told apart by the folder they were found in.
    """
    found: list[tuple[str, Path]] = []
    skipped: list[Path] = []
    for given in paths:
        root = Path(given)
        if root.is_dir():
            for folder, folders, names in os.walk(root):
                folders[:] = sorted(f for f in folders if not f.startswith("."))
                for name in sorted(n for n in names if not n.startswith(".")):
                    file = Path(folder) / name
                    if format_of(file.suffix):
                        found.append((file.relative_to(root).as_posix(), file))
                    else:
                        skipped.append(file)
        elif root.exists():
            found.append((root.name, root))
        else:
            raise InputError(f"{root}: no such file or folder; give a text file or a folder of text files")
    names_seen: dict[str, int] = {}
    for name, _ in found:
        names_seen[name] = names_seen.get(name, 0) + 1
    unique = [(name if names_seen[name] == 1 else f"{file.parent.name}/{name}", file) for name, file in found]
    taken: set[str] = set()
    for i, (name, file) in enumerate(unique):
        if name in taken:
            unique[i] = (name, file) = (file.as_posix(), file)
        taken.add(name)
    return sorted(dict.fromkeys(unique)), skipped


def read_file(path: str | os.PathLike[str], name: str | None = None, encoding: str | None = None) -> Source:
    """One file as a Source; never raises for what is in the file or for a file that cannot be opened."""
    path = Path(path)
    # A name that is not valid UTF-8 on disk must still be writable into the tables.
    name = (path.name if name is None else name).encode("utf-8", "backslashreplace").decode("utf-8")
    kind = format_of(path.suffix) or "txt"
    try:
        data = path.read_bytes()
    except OSError as error:
        return Source(
            name, "", format=kind, encoding="", status="failed", message=f"cannot be opened: {error.strerror}"
        )
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
        return source(decode_as(data, encoding) if encoding else READERS[kind](data))
    except ReadingError as error:
        return source(None, str(error))
