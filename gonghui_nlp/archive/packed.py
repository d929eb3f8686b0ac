"""Shards: what was found in some files, packed into one file each.

A shard is written in one step: the rows of every table, the prints by which copies are found, and a manifest of its
files (with the checksums of their bytes and how many rows of each table they gave). So a shard is there, whole, or not
at all, and what is known of a file can be taken over into another shard.
"""

from __future__ import annotations

import io
import json
import os
import secrets
import shutil
import tempfile
import zipfile
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import astuple, dataclass, field, fields
from itertools import accumulate, islice
from pathlib import Path
from typing import IO, Any

import numpy as np

from gonghui_nlp.archive.texts import UNITS
from gonghui_nlp.dedup.prints import Prints, joined
from gonghui_nlp.errors import OutputError

_MANIFEST = "shard.json"
KEPT = "kept"
"""The part of a shard that holds the texts of its sources."""
# Lone surrogates are kept; no line ends but our own.
_TEXT: dict[str, Any] = {"encoding": "utf-8", "errors": "surrogatepass"}
# So many bytes of a table are held before they go to disk: a shard may hold the texts of an archive of any size.
_HELD = 1 << 20


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of some files; ``files`` are all but the skipped ones, ``doubtful`` those not surely read as written."""

    files: int = 0
    chars: int = 0
    documents: int = 0
    events: int = 0
    failed: int = 0
    skipped: int = 0
    doubtful: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True, slots=True)
class Found:
    """What is found in a file or in a part of it: counts, the rows as JSON lines by table, prints by unit."""

    tally: Tally
    lines: dict[str, list[str]]
    prints: dict[str, Prints]


@dataclass(slots=True)
class Held:
    """What a shard holds of a file: the checksum of its bytes (empty where nobody knows), counts, rows, prints."""

    name: str
    sha256: str = ""
    tally: Tally = Tally()
    rows: dict[str, int] = field(default_factory=dict)
    prints: dict[str, int] = field(default_factory=dict)

    def add(self, found: Found) -> None:
        """Counts what is found in the file, too."""
        self.tally += found.tally
        for counts, held in ((self.rows, found.lines), (self.prints, found.prints)):
            for name, things in held.items():
                counts[name] = counts.get(name, 0) + len(things)


def write_shard(
    folder: Path, number: int, tables: Sequence[str], found: Iterable[tuple[int, Found]], files: Sequence[Held]
) -> Tally:
    """Writes what is ``found`` in the ``files``, each with the place of its file in them, as a shard."""
    made: dict[str, list[Prints]] = {unit: [] for unit in UNITS}
    with ExitStack() as open_files:
        spools: dict[str, IO[bytes]] = {}
        for table in tables:
            spools[table] = open_files.enter_context(tempfile.SpooledTemporaryFile(_HELD, dir=str(folder)))
        for place, one in found:
            files[place].add(one)
            for table, lines in one.lines.items():
                spools[table].write("".join(lines).encode(**_TEXT))
            for unit in UNITS:
                made[unit].append(one.prints[unit])
        tally = sum((file.tally for file in files), Tally())
        about = {
            "files": [[f.name, f.sha256, astuple(f.tally), f.rows, f.prints] for f in files],
            "rows": {table: sum(f.rows.get(table, 0) for f in files) for table in tables},
        }
        # The quickest level: rows repeat themselves so much that it takes nine parts in ten away.
        with (
            _in_one_step(path_of(folder, number)) as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        ):
            for table, spool in spools.items():
                spool.seek(0)
                with archive.open(f"{table}.jsonl", "w", force_zip64=True) as packed:
                    shutil.copyfileobj(spool, packed, _HELD)
            for unit in UNITS:
                _pack(archive, unit, joined(made[unit]))
            archive.writestr(_MANIFEST, json.dumps(about).encode())
    return tally


@contextmanager
def _in_one_step(path: Path) -> Iterator[IO[bytes]]:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        with draft.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise


def numbers(folder: Path) -> list[int]:
    """The numbers of the finished shards, in the order of the input."""
    return sorted(int(path.name.split(".")[0]) for path in folder.glob("[0-9]*.shard"))


def path_of(folder: Path, number: int) -> Path:
    """The file of a shard."""
    return folder / f"{number:09d}.shard"


def files_in(folder: Path, number: int) -> list[Held]:
    """What a shard holds of its files."""
    with opened(folder, number) as archive:
        return [
            Held(name, sha256, Tally(*tally), rows, prints)
            for name, sha256, tally, rows, prints in json.loads(archive.read(_MANIFEST))["files"]
        ]


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
    with opened(folder, number) as archive:
        wanted = json.loads(archive.read(_MANIFEST))["rows"][table]
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
    with opened(folder, number) as archive:
        # Read whole, so that the checksum is looked at.
        return Prints(*(np.load(io.BytesIO(archive.read(f"{unit}.{f.name}.npy"))) for f in fields(Prints)))


def taken_over(folder: Path, number: int, places: Sequence[int], tables: Sequence[str]) -> Iterator[Found]:
    """What a shard holds of the files at some places of it, in the order of the places."""
    files = files_in(folder, number)
    chosen = frozenset(places)
    lines = {table: _lines_by_file(folder, number, table, files, chosen) for table in tables}
    made = {unit: _prints_by_file(folder, number, unit, files, chosen) for unit in UNITS}
    for place in places:
        yield Found(files[place].tally, {t: lines[t][place] for t in tables}, {u: made[u][place] for u in UNITS})


def _lines_by_file(
    folder: Path, number: int, table: str, files: Sequence[Held], chosen: frozenset[int]
) -> dict[int, list[str]]:
    rows = lines_of(folder, number, table)
    by_file = {}
    for place, file in enumerate(files):
        part = list(islice(rows, file.rows.get(table, 0)))
        if place in chosen:
            by_file[place] = part
    deque(rows, maxlen=0)  # to its end, where the rows are counted
    return by_file


def _prints_by_file(
    folder: Path, number: int, unit: str, files: Sequence[Held], chosen: frozenset[int]
) -> dict[int, Prints]:
    every = prints_of(folder, number, unit)
    ends = [*accumulate((file.prints.get(unit, 0) for file in files), initial=0)]
    return {place: every.take(range(ends[place], ends[place + 1])) for place in chosen}


def carry_over(folder: Path, number: int, to: Path, new: int) -> None:
    """Makes a shard another one's, without a second copy on disk where the file system can."""
    draft = path_of(to, new).with_name(f".{new:09d}.{secrets.token_hex(4)}.new")
    try:
        draft.hardlink_to(path_of(folder, number))
    except OSError:
        shutil.copyfile(path_of(folder, number), draft)
    draft.replace(path_of(to, new))


def _pack(archive: zipfile.ZipFile, unit: str, made: Prints) -> None:
    for f in fields(Prints):
        with archive.open(f"{unit}.{f.name}.npy", "w", force_zip64=True) as file:
            np.lib.format.write_array(file, getattr(made, f.name), allow_pickle=False)


@contextmanager
def opened(folder: Path, number: int) -> Iterator[zipfile.ZipFile]:
    """A shard; OutputError where it is not what was written."""
    try:
        with zipfile.ZipFile(path_of(folder, number)) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, NotImplementedError, OSError) as error:
        raise OutputError(f"{folder}: shard {number} is not what was written: {error}") from error
