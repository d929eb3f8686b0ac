"""Where the plain text of a source is kept beside the tables, so that every offset can be checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

FOLDER = "text"
_LONGEST = 180
# What no file system likes in a name, and what could lead out of the folder.
_UNFIT = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\\\ud800-\udfff]|[. ]+\Z|\A~")
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)")


def text_file(source: str, again: bool = False) -> str:
    """The path, from the output folder, of the text of a source; one whose name cannot be a path gets a checksum.

    ``again`` is for another path, directly in the folder, where the first cannot be.

    >>> text_file("2003/总结.docx")
    'text/2003/总结.docx.txt'
    >>> text_file("a.zip/../../x.txt")
    'text/a.zip/_/_/x.txt~64096c81.txt'
    """
    parts = [_part(part) for part in PurePosixPath(source.lstrip("/")).parts] or ["_"]
    path = parts[-1] if again else "/".join(parts)
    if again or path != source:
        digest = sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[: 32 if again else 8]
        path = f"{path}~{digest}"
    return f"{FOLDER}/{path}.txt"


def kept_text(folder: Path, source: str) -> str | None:
    """The text of a source that is kept in the output folder; None where it is not."""
    for again in (False, True):
        path = folder / text_file(source, again)
        if path.is_file():
            return path.read_bytes().decode("utf-8", "surrogatepass")
    return None


def restored(folder: Path, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> Sequence[tuple[Any, ...]]:
    """The rows with their words as they stand in the text, where a spreadsheet turned them into something else.

    A spreadsheet makes -3 of （3） and 2012.1 of 2012.10: such words have no longer the length of their place.
    """
    if not {"source", "start", "end", "text"} <= set(columns):
        return rows
    source, start, end, text = (columns.index(name) for name in ("source", "start", "end", "text"))
    texts: dict[str, str | None] = {}
    out = list(rows)
    for n, row in enumerate(rows):
        if row[start] is None or row[end] is None or len(row[text] or "") == row[end] - row[start]:
            continue
        name = row[source]
        if name not in texts:
            texts[name] = kept_text(folder, name)
        if (kept := texts[name]) is not None:
            out[n] = (*row[:text], kept[row[start] : row[end]], *row[text + 1 :])
    return out


def _part(part: str) -> str:
    fit = _UNFIT.sub("_", part) or "_"
    if _RESERVED.match(fit):
        fit = "_" + fit
    return fit.encode()[:_LONGEST].decode("utf-8", "ignore")
