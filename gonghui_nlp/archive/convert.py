"""An archive becomes the tables."""

from __future__ import annotations

import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gonghui_nlp.archive.copies import Copies, find_copies
from gonghui_nlp.archive.local import chunks_of, run
from gonghui_nlp.archive.shards import Tally, read_shards
from gonghui_nlp.archive.staging import Staging
from gonghui_nlp.errors import InputError
from gonghui_nlp.readers import check_encoding, find_files
from gonghui_nlp.settings import Settings
from gonghui_nlp.tables import COLUMNS, TABLES, CsvWriter
from gonghui_nlp.version import __version__

Progress = Callable[[Tally, int], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did: ``tally`` in all, ``skipped`` files that are no texts by suffix, and where the tables are."""

    tally: Tally
    skipped: dict[str, int]
    failures: tuple[tuple[str, str], ...]
    seconds: float
    out: Path


def convert(
    paths: Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    zh: bool = False,
    jobs: int = 1,
    encoding: str | None = None,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> Report:
    """Writes the tables of the texts at ``paths`` into the folder ``out``; the same input gives the same bytes.

    A file that cannot be read is a row of status ``failed`` in ``sources``. Raises InputError for a missing
    path or when there is no text at all, OutputError when ``out`` holds files of somebody else.
    """
    started = time.perf_counter()
    if jobs < 1:
        raise InputError(f"jobs is {jobs}; give the number of processes, 1 or more")
    check_encoding(encoding)
    files, skipped = find_files(list(paths))
    if not files:
        raise InputError(f"{', '.join(map(str, paths))}: no text files (.txt) in there")
    with Staging(out) as staging:
        shards = staging.folder / "shards"
        shards.mkdir()
        total = Tally()
        for tally in run(chunks_of(files), shards, encoding, settings or Settings(), jobs):
            total += tally
            if progress:
                progress(total, len(files))
        failures = _merge(shards, staging.folder, find_copies(shards, settings or Settings()), zh)
        shutil.rmtree(shards)
        staging.publish({"gonghui_nlp": __version__, "zh": zh, "sources": total.files})
    suffixes = Counter(p.suffix.lower() or p.name for p in skipped)
    return Report(total, dict(sorted(suffixes.items())), failures, time.perf_counter() - started, staging.target)


def _merge(shards: Path, folder: Path, copies: Copies, zh: bool) -> tuple[tuple[str, str], ...]:
    for table in TABLES:
        with CsvWriter(folder / f"{table}.csv", table, zh) as writer:
            writer.write(_with_copies(table, read_shards(shards, table), copies))
    status, message = COLUMNS["sources"].index("status"), COLUMNS["sources"].index("message")
    return tuple((row[0], row[message]) for row in read_shards(shards, "sources") if row[status] == "failed")


def _with_copies(table: str, rows: Iterator[list[Any]], copies: Copies) -> Iterator[list[Any]]:
    columns = COLUMNS[table]
    found = copies.get(table)
    if found is None:
        yield from rows
        return
    places = [columns.index(name) for name in ("cluster_id", "canonical", "similarity") if name in columns]
    for row in rows:
        for place, value in zip(places, found.get(row[0], (row[0], True, None)), strict=False):
            row[place] = value
        yield row
