"""The text of every source, kept beside the tables: what their offsets point into."""

from __future__ import annotations

from pathlib import Path

from gonghui_nlp.archive.packed import KEPT, read_shards
from gonghui_nlp.tables.kept import text_file


def write_texts(shards: Path, folder: Path) -> dict[str, str]:
    """Writes the kept texts into ``folder``, as UTF-8 with their line ends as they stand.

    Returned are the paths, by source, of those that could not have the path of their name: where the file system
    takes two names for one, or one text would have to be a folder for another.
    """
    moved: dict[str, str] = {}
    for source, text in read_shards(shards, KEPT):
        if not _written(folder / text_file(source), text):
            moved[source] = text_file(source, again=True)
            (folder / moved[source]).write_bytes(_encoded(text))
    return moved


def _written(path: Path, text: str) -> bool:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(_encoded(text))
    except (FileExistsError, NotADirectoryError):
        return False
    return True


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
