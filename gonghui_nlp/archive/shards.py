"""What one worker does: a chunk of files becomes a shard on disk; nothing is sent back but counts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from gonghui_nlp.archive.packed import KEPT, Found, Held, Tally, carry_over, files_in, taken_over, write_shard
from gonghui_nlp.archive.reached import Ahead, size_of
from gonghui_nlp.archive.texts import UNITS, texts_of
from gonghui_nlp.dedup.prints import Prints, prints
from gonghui_nlp.errors import GonghuiError
from gonghui_nlp.named import plugged
from gonghui_nlp.pipeline import Pipeline, analyze, analyze_many
from gonghui_nlp.readers import DOUBTS, Entry
from gonghui_nlp.resources import opened, using
from gonghui_nlp.schema import Document, Source
from gonghui_nlp.settings import Settings
from gonghui_nlp.tables import rows, tables_of

# What is larger is a dump or a hole, and cheaper to refuse than to know again.
_LARGEST = 1 << 30
# An archive or a table may hold any number of texts: so many characters of them are analysed at a time.
_AT_ONCE = 1_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where an earlier run left what it found in a file: the shard, the place in it, the checksum of the bytes."""

    folder: Path
    number: int
    place: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some files, in order, for one worker; ``number`` orders the shards, ``known`` is what an earlier run found."""

    number: int
    files: tuple[Entry, ...]
    known: dict[str, Place] = field(default_factory=dict)

    def alone(self) -> list[Chunk]:
        """A chunk for each of the files, in their order."""
        known = [{e.name: self.known[e.name]} if e.name in self.known else {} for e in self.files]
        return [Chunk(self.number + i, (e,), k) for i, (e, k) in enumerate(zip(self.files, known, strict=True))]


def convert_chunk(chunk: Chunk, folder: Path, encoding: str | None, settings: Settings) -> Tally:
    """Reads and analyses the files of a chunk and writes its shard into ``folder``; files found before are taken over."""
    plugged(settings.plugins)  # a process of its own knows nothing of what was made known in another
    sums = [_checksum(entry) for entry in chunk.files]
    files = [Held(entry.name, digest) for entry, digest in zip(chunk.files, sums, strict=True)]
    places = [chunk.known.get(entry.name) for entry in chunk.files]
    # A file whose bytes nobody can read is known to nobody.
    known = [place if place and digest == place.sha256 else None for place, digest in zip(places, sums, strict=True)]
    ahead = Ahead(folder, sum(map(size_of, chunk.files)))
    if whole := _whole_shard(known, folder, chunk.number):
        ahead.end()
        return whole
    with using(opened(settings.resources)):
        tally = write_shard(
            folder, chunk.number, _tables(settings), _found_in(chunk, known, encoding, settings, ahead), files
        )
    ahead.end()
    return tally


def _found_in(
    chunk: Chunk, known: list[Place | None], encoding: str | None, settings: Settings, ahead: Ahead
) -> Iterator[tuple[int, Found]]:
    """What is found in the files, each with the place of its file in the chunk; what is known is taken over."""
    shard = [(place.folder, place.number) if place else None for place in known]
    for earlier, run in groupby(range(len(known)), key=shard.__getitem__):
        here = list(run)
        if earlier:
            old = [place.place for i in here if (place := known[i])]
            yield from zip(here, taken_over(*earlier, old, _tables(settings)), strict=True)
        else:
            read = _read(chunk, here, encoding, settings, ahead)
            yield from ((i, _found(d)) for i, d in _analysed(read, settings, ahead))


def _whole_shard(known: list[Place | None], folder: Path, number: int) -> Tally | None:
    """Takes a shard of an earlier run over as it is, where it holds just these files in this order."""
    places = [place for place in known if place]
    if len(places) < len(known) or len({(place.folder, place.number) for place in places}) != 1:
        return None
    first = places[0]
    held = files_in(first.folder, first.number)
    if [place.place for place in places] != [*range(len(held))]:
        return None
    carry_over(first.folder, first.number, folder, number)
    return sum((file.tally for file in held), Tally())


def _checksum(entry: Entry) -> str:
    """The checksum of the file's bytes, by which another run knows it; empty for what is no file that can be read."""
    if entry.status != "read":
        return ""
    digest = sha256()
    try:
        if not entry.path.is_file() or entry.path.stat().st_size > _LARGEST:
            return ""
        with entry.path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except (OSError, ValueError, MemoryError):
        return ""
    return digest.hexdigest()


def _read(
    chunk: Chunk, places: list[int], encoding: str | None, settings: Settings, ahead: Ahead
) -> Iterator[tuple[int, Source]]:
    """The sources in the files at some places of the chunk, each with its place."""
    from gonghui_nlp.readers import read_entry

    for i in places:
        ahead.begin()
        for source in read_entry(chunk.files[i], encoding, settings.text_column, ahead.read):
            ahead.given()
            yield i, source


def lost_chunk(chunk: Chunk, folder: Path, reason: str, settings: Settings) -> Tally:
    """The shard of a chunk whose worker died: every file a named failure, to be tried again by a run that resumes."""
    sources = [Source(e.name, "", status="failed", message=reason) for e in chunk.files]
    found = ((i, _found(Document("", s.name, source=s))) for i, s in enumerate(sources))
    return write_shard(folder, chunk.number, _tables(settings), found, [Held(e.name) for e in chunk.files])


def _tables(settings: Settings) -> tuple[str, ...]:
    return (*tables_of([stage.name for stage in Pipeline(settings=settings).stages]), KEPT)


def _found(document: Document) -> Found:
    source = document.source
    status = source.status if source else "ok"
    counts = (len(document.text), len(document.constituents), len(document.activities))
    # Bytes were lost or the encoding is in doubt; the issues say where.
    doubtful = source is not None and any(i.code in DOUBTS for i in source.issues)
    tally = Tally(int(status != "skipped"), *counts, int(status == "failed"), int(status == "skipped"), int(doubtful))
    held: dict[str, Sequence[Any]] = {**rows(document)}
    if source and source.text:
        held[KEPT] = [(source.name, source.text)]
    lines = {table: [json.dumps(row, ensure_ascii=False) + "\n" for row in found] for table, found in held.items()}
    made: dict[str, Prints] = {unit: prints([text for _, text in texts_of(document, unit)]) for unit in UNITS}
    return Found(tally, lines, made)


def _analysed(
    sources: Iterable[tuple[int, Source]], settings: Settings, ahead: Ahead
) -> Iterator[tuple[int, Document]]:
    for batch in _batches(sources):
        yield from _analysed_at_once(batch, settings, ahead)


def _batches(sources: Iterable[tuple[int, Source]]) -> Iterator[list[tuple[int, Source]]]:
    batch: list[tuple[int, Source]] = []
    held = 0
    for place, source in sources:
        batch.append((place, source))
        held += len(source.text)
        if held >= _AT_ONCE:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def _analysed_at_once(
    sources: list[tuple[int, Source]], settings: Settings, ahead: Ahead
) -> Iterator[tuple[int, Document]]:
    good = [s for _, s in sources if s.status == "ok"]
    try:
        documents = iter([ahead.analysed(document) for document in analyze_many(good, settings)])
    except Exception:  # one file brought it down: read them one by one, so that the others come through
        documents = (ahead.analysed(_alone(source, settings)) for source in good)
    for place, source in sources:
        if source.status == "ok":
            yield place, next(documents)
        else:
            yield place, Document(source.text, source.name, issues=source.issues, source=source)


def _alone(source: Source, settings: Settings) -> Document:
    try:
        return analyze(source, settings)
    except GonghuiError:
        raise
    except Exception as error:  # the batch goes on whatever one file does to us; the file is named in `sources`
        fields = (source.sha256, source.bytes, source.format, source.encoding)
        return Document("", source.name, source=Source(source.name, "", *fields, "failed", reason_of(error)))


def reason_of(error: Exception) -> str:
    """What is said of a file that brought the work on it down."""
    if isinstance(error, MemoryError):
        return "what is found in it does not fit into the memory; split it"
    return f"internal error, please report it: {type(error).__name__}: {error}"
