"""All knowledge as data: word lists, numbering styles, patterns, translations, one folder a room."""

from __future__ import annotations

from importlib.resources import files


def read(name: str) -> str:
    """The text of one resource, named by its path in this folder.

    >>> read("quantities/festivals.tsv").startswith("#")
    True
    """
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
