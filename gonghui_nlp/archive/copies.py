"""Which paragraphs and documents of an archive are copies of each other, for the tables' cluster columns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gonghui_nlp.archive.shards import TEXTS, read_shards
from gonghui_nlp.archive.texts import Unit
from gonghui_nlp.settings import Settings
from gonghui_nlp.tables import COLUMNS

# id of the row -> id of its cluster's canonical row, whether it is that row, its similarity to it
Copies = dict[str, dict[str, tuple[str, bool, float]]]


def find_copies(shards: Path, settings: Settings) -> Copies:
    """The clusters of the documents and of the paragraphs, named by their canonical member."""
    columns = COLUMNS["paragraphs"]
    at_id, at_text = columns.index("paragraph_id"), columns.index("text")
    # One after the other, so that the texts of one are let go before those of the other are read.
    return {
        "documents": _copies(read_shards(shards, TEXTS), 0, 1, "documents", settings.document_threshold),
        "paragraphs": _copies(
            read_shards(shards, "paragraphs"), at_id, at_text, "paragraphs", settings.paragraph_threshold
        ),
    }


def _copies(
    rows: Iterator[list[Any]], at_id: int, at_text: int, unit: Unit, threshold: float | None
) -> dict[str, tuple[str, bool, float]]:
    from gonghui_nlp.dedup import deduplicate

    ids: list[str] = []
    texts: list[str] = []
    for row in rows:
        ids.append(row[at_id])
        texts.append(row[at_text])
    if not ids:
        return {}
    found = deduplicate(texts, threshold, unit=unit)
    del texts
    columns = zip(ids, found["canonical_id"], found["canonical"], found["similarity"], strict=True)
    return {i: (ids[c], bool(own), round(float(s), 4)) for i, c, own, s in columns}
