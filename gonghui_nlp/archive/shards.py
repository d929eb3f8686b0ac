"""What one worker does: a chunk of files becomes a shard of rows on disk; nothing is sent back but counts.

A shard is a file a table and, written last and in one step, a manifest: which sources (with the checksums of their
bytes) it holds and how many rows of each table. A shard without its manifest is unfinished and counts for nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from gonghui_nlp.archive.texts import texts_of
from gonghui_nlp.errors import GonghuiError, OutputError
from gonghui_nlp.files import write_whole
from gonghui_nlp.pipeline import Pipeline, analyze, analyze_many
from gonghui_nlp.readers import DOUBTS, Entry
from gonghui_nlp.schema import Document, Source
from gonghui_nlp.settings import Settings
from gonghui_nlp.tables import rows, tables_of

TEXTS = "texts"
"""The part of a shard that holds the documents' texts by their ids."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some files, in order, for one worker; ``number`` orders the shards."""

    number: int
    files: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of a chunk; ``files`` are all but the skipped ones, ``doubtful`` those not surely read as written."""

    files: int = 0
    chars: int = 0
    documents: int = 0
    events: int = 0
    failed: int = 0
    skipped: int = 0
    doubtful: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


def convert_chunk(chunk: Chunk, folder: Path, encoding: str | None, settings: Settings) -> Tally:
    """Reads and analyses the files of a chunk and writes its shard into ``folder``."""
    from gonghui_nlp.readers import read_entry

    sources = [read_entry(entry, encoding) for entry in chunk.files]
    return write_shard(chunk, folder, _analysed(sources, settings), settings)


def write_shard(chunk: Chunk, folder: Path, documents: Iterable[Document], settings: Settings) -> Tally:
    """Writes the rows of the documents, and the texts that are compared to find copies, as the shard of the chunk."""
    tally = Tally()
    names = (*tables_of([stage.name for stage in Pipeline(settings=settings).stages]), TEXTS)
    counts = dict.fromkeys(names, 0)
    sources: list[tuple[str, str]] = []
    with ExitStack() as open_files:
        handles = {t: open_files.enter_context(_shard(folder, chunk.number, t).open("w", **_TEXT)) for t in names}
        for document in documents:
            for table, found in [*rows(document).items(), (TEXTS, [*texts_of(document, "documents")])]:
                handles[table].writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in found)
                counts[table] += len(found)
            status = document.source.status if document.source else "ok"
            sources.append((document.name, document.source.sha256 if document.source else ""))
            read = status != "skipped"
            found_here = (len(document.constituents), len(document.activities))
            tally += Tally(
                int(read),
                len(document.text),
                *found_here,
                int(status == "failed"),
                int(not read),
                int(_doubtful(document)),
            )
    about = {"sources": sources, "rows": counts, "tally": astuple(tally)}
    write_whole(_manifest(folder, chunk.number), json.dumps(about).encode())
    return tally


def _doubtful(document: Document) -> bool:
    """Whether bytes were lost or the encoding is in doubt; the issues say where."""
    return document.source is not None and any(i.code in DOUBTS for i in document.source.issues)


def lost_chunk(chunk: Chunk, folder: Path, reason: str, settings: Settings) -> Tally:
    """The shard of a chunk whose worker died: every file a named failure."""
    sources = (Source(e.name, "", status="failed", message=reason) for e in chunk.files)
    return write_shard(chunk, folder, (Document("", s.name, source=s) for s in sources), settings)


def _analysed(sources: list[Source], settings: Settings) -> Iterator[Document]:
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
    try:
        return analyze(source, settings)
    except GonghuiError:
        raise
    except Exception as error:  # the batch goes on whatever one file does to us; the file is named in `sources`
        message = (
            "what is found in it does not fit into the memory; split it"
            if isinstance(error, MemoryError)
            else f"internal error, please report it: {type(error).__name__}: {error}"
        )
        fields = (source.sha256, source.bytes, source.format, source.encoding)
        return Document("", source.name, source=Source(source.name, "", *fields, "failed", message))


def read_shards(folder: Path, table: str) -> Iterator[list[Any]]:
    """The rows of a table from all finished shards, in the order of the input.

    Raises OutputError when a shard does not hold what its manifest says: never a table with rows missing.
    """
    for path in sorted(folder.glob("*.shard.json")):
        number = int(path.name.split(".")[0])
        wanted = json.loads(path.read_bytes())["rows"][table]
        held = 0
        with _shard(folder, number, table).open(**_TEXT) as file:
            for line in file:
                yield json.loads(line)
                held += 1
        if held != wanted:
            raise OutputError(f"{path.parent}: {table} of shard {number} has {held} rows, {wanted} were written")


# Lone surrogates are kept; no line ends but our own.
_TEXT: dict[str, Any] = {"encoding": "utf-8", "errors": "surrogatepass", "newline": "\n"}


def _shard(folder: Path, number: int, table: str) -> Path:
    return folder / f"{number:09d}.{table}.jsonl"


def _manifest(folder: Path, number: int) -> Path:
    return folder / f"{number:09d}.shard.json"
