"""What one worker does: a chunk of files becomes a shard of rows on disk; nothing is sent back but counts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gonghui_nlp.errors import GonghuiError
from gonghui_nlp.schema import Document, Source
from gonghui_nlp.settings import Settings
from gonghui_nlp.tables import TABLES, rows


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some files, in order, for one worker; ``number`` orders the shards."""

    number: int
    files: tuple[tuple[str, Path], ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of a chunk."""

    files: int = 0
    chars: int = 0
    documents: int = 0
    events: int = 0
    failed: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.files + other.files,
            self.chars + other.chars,
            self.documents + other.documents,
            self.events + other.events,
            self.failed + other.failed,
        )


def convert_chunk(chunk: Chunk, folder: Path, encoding: str | None, settings: Settings) -> Tally:
    """Reads and analyses the files of a chunk and writes one shard file a table into ``folder``."""
    from gonghui_nlp.readers import read_file

    return write_shard(chunk, folder, _analysed([read_file(p, name, encoding) for name, p in chunk.files], settings))


def write_shard(chunk: Chunk, folder: Path, documents: Iterator[Document]) -> Tally:
    """Writes the rows of the documents as the shard of the chunk."""
    tally = Tally()
    handles = {table: _shard(folder, chunk.number, table).open("w", encoding="ascii") for table in TABLES}
    try:
        for document in documents:
            for table, found in rows(document).items():
                handles[table].writelines(json.dumps(row) + "\n" for row in found)
            failed = document.source is not None and document.source.status == "failed"
            tally += Tally(1, len(document.text), len(document.constituents), len(document.activities), int(failed))
    finally:
        for handle in handles.values():
            handle.close()
    return tally


def lost_chunk(chunk: Chunk, folder: Path, reason: str) -> Tally:
    """The shard of a chunk whose worker died: every file a named failure."""
    sources = (Source(name, "", status="failed", message=reason) for name, _ in chunk.files)
    return write_shard(chunk, folder, (Document("", s.name, source=s) for s in sources))


def _analysed(sources: list[Source], settings: Settings) -> Iterator[Document]:
    from gonghui_nlp.pipeline import analyze_many

    good = [s for s in sources if s.status == "ok"]
    try:
        documents = iter(list(analyze_many(good, settings)))
    except Exception:  # one file brought it down: read them one by one, so that the others come through
        documents = (_alone(source, settings) for source in good)
    for source in sources:
        if source.status == "ok":
            yield next(documents)
        else:
            yield Document(source.text, source.name, issues=source.issues, source=source)


def _alone(source: Source, settings: Settings) -> Document:
    from gonghui_nlp.pipeline import analyze

    try:
        return analyze(source, settings)
    except GonghuiError:
        raise
    except Exception as error:  # the batch goes on whatever one file does to us; the file is named in `sources`
        message = f"internal error, please report it: {type(error).__name__}: {error}"
        fields = (source.sha256, source.bytes, source.format, source.encoding)
        return Document("", source.name, source=Source(source.name, "", *fields, "failed", message))


def read_shards(folder: Path, table: str) -> Iterator[list[Any]]:
    """The rows of a table from all shards, in the order of the input."""
    for path in sorted(folder.glob(f"*.{table}.jsonl")):
        with path.open(encoding="ascii") as file:
            for line in file:
                yield json.loads(line)


def _shard(folder: Path, number: int, table: str) -> Path:
    return folder / f"{number:09d}.{table}.jsonl"
