"""What one worker does: a chunk of files becomes a shard of rows on disk; nothing is sent back but counts.

A shard is one file, written in one step: the rows of every table, the prints by which copies are found, and a
manifest: which sources (with the checksums of their bytes and their rows of each table) it holds. So a shard is there,
whole, or not at all, and the rows of a source can be taken over into another shard.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np

from gonghui_nlp.archive.texts import UNITS, texts_of
from gonghui_nlp.dedup.prints import Prints, joined, prints
from gonghui_nlp.errors import GonghuiError, OutputError
from gonghui_nlp.files import write_whole
from gonghui_nlp.pipeline import Pipeline, analyze, analyze_many
from gonghui_nlp.readers import DOUBTS, Entry
from gonghui_nlp.schema import Document, Source
from gonghui_nlp.settings import Settings
from gonghui_nlp.tables import rows, tables_of

_MANIFEST = "shard.json"
# Lone surrogates are kept; no line ends but our own.
_TEXT: dict[str, Any] = {"encoding": "utf-8", "errors": "surrogatepass"}


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


@dataclass(slots=True)
class Found:
    """What is found in one source: its name, the checksum of its bytes, the rows as JSON lines by table, its prints."""

    name: str
    sha256: str
    tally: Tally
    lines: dict[str, list[str]]
    prints: dict[str, Prints] = field(default_factory=dict)


def convert_chunk(chunk: Chunk, folder: Path, encoding: str | None, settings: Settings) -> Tally:
    """Reads and analyses the files of a chunk and writes its shard into ``folder``."""
    from gonghui_nlp.readers import read_entry

    sources = [read_entry(entry, encoding) for entry in chunk.files]
    return write_shard(chunk, folder, map(_found, _analysed(sources, settings)), settings)


def lost_chunk(chunk: Chunk, folder: Path, reason: str, settings: Settings) -> Tally:
    """The shard of a chunk whose worker died: every file a named failure."""
    sources = (Source(e.name, "", status="failed", message=reason) for e in chunk.files)
    return write_shard(chunk, folder, (_found(Document("", s.name, source=s)) for s in sources), settings)


def write_shard(chunk: Chunk, folder: Path, found: Iterable[Found], settings: Settings) -> Tally:
    """Writes what was found in the sources of a chunk as its shard."""
    tables = tables_of([stage.name for stage in Pipeline(settings=settings).stages])
    lines: dict[str, list[str]] = {table: [] for table in tables}
    made: dict[str, list[Prints]] = {unit: [] for unit in UNITS}
    sources: list[dict[str, Any]] = []
    tally = Tally()
    for one in found:
        for table in tables:
            lines[table] += one.lines.get(table, [])
        for unit in UNITS:
            made[unit].append(one.prints[unit])
        counts = {table: len(one.lines.get(table, [])) for table in tables}
        prints_held = {unit: len(one.prints[unit]) for unit in UNITS}
        sources.append(
            {"name": one.name, "sha256": one.sha256, "tally": astuple(one.tally), "rows": counts, "prints": prints_held}
        )
        tally += one.tally
    about = {
        "sources": sources,
        "tally": astuple(tally),
        "rows": {table: len(lines[table]) for table in tables},
        "prints": {unit: sum(map(len, made[unit])) for unit in UNITS},
    }
    packed = io.BytesIO()
    # The quickest level: rows repeat themselves so much that it takes nine parts in ten away.
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for table in tables:
            archive.writestr(f"{table}.jsonl", "".join(lines[table]).encode(**_TEXT))
        for unit in UNITS:
            _pack(archive, unit, joined(made[unit]))
        archive.writestr(_MANIFEST, json.dumps(about).encode())
    write_whole(path_of(folder, chunk.number), packed.getbuffer())
    return tally


def _found(document: Document) -> Found:
    source = document.source
    status = source.status if source else "ok"
    counts = (len(document.text), len(document.constituents), len(document.activities))
    # Bytes were lost or the encoding is in doubt; the issues say where.
    doubtful = source is not None and any(i.code in DOUBTS for i in source.issues)
    tally = Tally(status != "skipped", *counts, status == "failed", status == "skipped", doubtful)
    lines = {
        table: [json.dumps(row, ensure_ascii=False) + "\n" for row in held] for table, held in rows(document).items()
    }
    made: dict[str, Prints] = {unit: prints([text for _, text in texts_of(document, unit)]) for unit in UNITS}
    return Found(document.name, source.sha256 if source else "", Tally(*map(int, astuple(tally))), lines, made)


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


def numbers(folder: Path) -> list[int]:
    """The numbers of the finished shards, in the order of the input."""
    return sorted(int(path.name.split(".")[0]) for path in folder.glob("*.shard"))


def path_of(folder: Path, number: int) -> Path:
    """The file of a shard."""
    return folder / f"{number:09d}.shard"


def manifest_of(folder: Path, number: int) -> dict[str, Any]:
    """What a shard says of itself."""
    with _opened(folder, number) as archive:
        return _manifest(archive)


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    return dict(json.loads(archive.read(_MANIFEST)))


def read_shards(folder: Path, table: str) -> Iterator[list[Any]]:
    """The rows of a table from all finished shards, in the order of the input.

    Raises OutputError when a shard does not hold what its manifest says: never a table with rows missing.
    """
    for number in numbers(folder):
        for line in lines_of(folder, number, table):
            yield json.loads(line)


def lines_of(folder: Path, number: int, table: str) -> Iterator[str]:
    """The rows of a table in one shard, as JSON lines; OutputError where they are not as many as were written."""
    held = 0
    with _opened(folder, number) as archive:
        wanted = _manifest(archive)["rows"][table]
        # Only our own line ends end a line: texts hold others.
        with io.TextIOWrapper(archive.open(f"{table}.jsonl"), **_TEXT, newline="\n") as file:
            for line in file:
                yield line
                held += 1
    if held != wanted:
        raise OutputError(f"{folder}: {table} of shard {number} has {held} rows, {wanted} were written")


def prints_in(folder: Path, unit: str) -> Iterator[Prints]:
    """The prints of the documents or paragraphs, shard by shard, in the order of the input."""
    for number in numbers(folder):
        yield prints_of(folder, number, unit)


def prints_of(folder: Path, number: int, unit: str) -> Prints:
    """The prints of the documents or paragraphs of one shard."""
    with _opened(folder, number) as archive:
        # Read whole, so that the checksum is looked at.
        return Prints(*(np.load(io.BytesIO(archive.read(f"{unit}.{f.name}.npy"))) for f in fields(Prints)))


def _pack(archive: zipfile.ZipFile, unit: str, made: Prints) -> None:
    for f in fields(Prints):
        with archive.open(f"{unit}.{f.name}.npy", "w", force_zip64=True) as file:
            np.lib.format.write_array(file, getattr(made, f.name), allow_pickle=False)


@contextmanager
def _opened(folder: Path, number: int) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path_of(folder, number)) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, NotImplementedError, OSError) as error:
        raise OutputError(f"{folder}: shard {number} is not what was written: {error}") from error
