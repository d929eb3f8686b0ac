"""Where the plain text of a source is kept beside the tables, so that every offset can be checked."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import PurePosixPath

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


def _part(part: str) -> str:
    fit = _UNFIT.sub("_", part) or "_"
    if _RESERVED.match(fit):
        fit = "_" + fit
    return fit.encode()[:_LONGEST].decode("utf-8", "ignore")
