"""Which paragraphs and documents of an archive are copies of each other, for the tables' cluster columns."""

from __future__ import annotations

from pathlib import Path

from gonghui_nlp.batch.shards import read_shards
from gonghui_nlp.config import Settings
from gonghui_nlp.tables import COLUMNS

# id of the row -> id of its cluster's canonical row, whether it is that row, its similarity to it
Copies = dict[str, dict[str, tuple[str, bool, float]]]


def find_copies(shards: Path, settings: Settings) -> Copies:
    """The clusters of the documents (by their body text) and of the paragraphs, named by their canonical member."""
    from gonghui_nlp.dedup import deduplicate

    columns = COLUMNS["paragraphs"]
    at_id, at_doc, at_text = columns.index("paragraph_id"), columns.index("doc_id"), columns.index("text")
    paragraphs: dict[str, str] = {}
    documents: dict[str, list[str]] = {}
    for row in read_shards(shards, "paragraphs"):
        paragraphs[row[at_id]] = row[at_text]
        if row[at_doc]:
            documents.setdefault(row[at_doc], []).append(row[at_text])
    copies: Copies = {}
    for table, texts, threshold in (
        ("documents", {i: "\n".join(t) for i, t in documents.items()}, settings.document_threshold),
        ("paragraphs", paragraphs, settings.paragraph_threshold),
    ):
        copies[table] = {}
        if texts:
            ids = list(texts)
            unit = {"unit": table} if threshold is None else {"unit": table, "threshold": threshold}
            found = deduplicate(list(texts.values()), **unit)  # type: ignore[arg-type]
            columns_of = zip(ids, found["canonical_id"], found["canonical"], found["similarity"], strict=True)
            copies[table] = {i: (ids[int(c)], bool(own), round(float(s), 4)) for i, c, own, s in columns_of}
    return copies
