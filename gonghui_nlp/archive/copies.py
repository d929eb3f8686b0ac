"""Which paragraphs and documents of an archive are copies of each other, for the tables' cluster columns."""

from __future__ import annotations

from pathlib import Path

from gonghui_nlp.archive.shards import TEXTS, read_shards
from gonghui_nlp.archive.texts import Unit
from gonghui_nlp.settings import Settings
from gonghui_nlp.tables import COLUMNS

# id of the row -> id of its cluster's canonical row, whether it is that row, its similarity to it
Copies = dict[str, dict[str, tuple[str, bool, float]]]


def find_copies(shards: Path, settings: Settings) -> Copies:
    """The clusters of the documents and of the paragraphs, named by their canonical member."""
    from gonghui_nlp.dedup import deduplicate

    columns = COLUMNS["paragraphs"]
    at_id, at_text = columns.index("paragraph_id"), columns.index("text")
    paragraphs: dict[str, str] = {row[at_id]: row[at_text] for row in read_shards(shards, "paragraphs")}
    documents = {row[0]: row[1] for row in read_shards(shards, TEXTS)}
    copies: Copies = {}
    units: list[tuple[Unit, dict[str, str], float | None]] = [
        ("documents", documents, settings.document_threshold),
        ("paragraphs", paragraphs, settings.paragraph_threshold),
    ]
    for table, texts, threshold in units:
        copies[table] = {}
        if texts:
            ids = list(texts)
            found = deduplicate(list(texts.values()), threshold, unit=table)
            columns_of = zip(ids, found["canonical_id"], found["canonical"], found["similarity"], strict=True)
            copies[table] = {i: (ids[int(c)], bool(own), round(float(s), 4)) for i, c, own, s in columns_of}
    return copies
