"""An archive becomes the tables."""

from __future__ import annotations

import os
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from gonghui_nlp.archive.cluster import run_on
from gonghui_nlp.archive.copies import find_copies
from gonghui_nlp.archive.kept import write_texts
from gonghui_nlp.archive.local import Limits, Work, chunks_of, run
from gonghui_nlp.archive.packed import Tally, read_shards
from gonghui_nlp.archive.reached import Reached, size_of, watched
from gonghui_nlp.archive.resume import key_of, known_in
from gonghui_nlp.archive.staging import Staging
from gonghui_nlp.errors import InputError, OutputError
from gonghui_nlp.functions import NO_LABELS, labels_of
from gonghui_nlp.named import plugged
from gonghui_nlp.pipeline import Pipeline
from gonghui_nlp.readers import Entry, check_encoding, find_files
from gonghui_nlp.resources import opened, using
from gonghui_nlp.settings import Settings
from gonghui_nlp.tables import COLUMNS, Completed, TableWriter, tables_of, writer_of
from gonghui_nlp.tables.copies import Clusters
from gonghui_nlp.tables.readme import write_readme
from gonghui_nlp.tables.workbook import NAMES, write_workbook
from gonghui_nlp.tables.zh import file_stem
from gonghui_nlp.version import __version__
from gonghui_nlp.words import Language

Progress = Callable[[Tally, int], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did: ``tally`` in all, how many entries of each kind were passed over, and where the tables are."""

    tally: Tally
    skipped: dict[str, int]
    failures: tuple[tuple[str, str], ...]
    seconds: float
    out: Path


def convert(
    paths: Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    to: str = "csv,xlsx",
    zh: bool = False,
    names: Language = "en",
    jobs: int = 1,
    encoding: str | None = None,
    settings: Settings | None = None,
    progress: Progress | None = None,
    reached: Reached | None = None,
    resume: bool = False,
    timeout: float | None = None,
    memory: int | None = None,
    engine: str = "local",
    scheduler: Any = None,
) -> Report:
    """Writes the tables of the texts at ``paths`` into the folder ``out``; the same input gives the same bytes.

    ``to`` are the formats, with commas between them: csv, one that :func:`gonghui_nlp.tables.register_writer` made
    known, and xlsx for one workbook of all that people sort, sum and check. A README says what each file and column
    is. With ``zh`` tables and workbook are in Chinese; ``names`` says in which language the files of tables are called
    (``read_tables`` knows both). Every file and folder that is met has a row in ``sources``; what
    cannot be read there is of status ``failed``, what is no text ``skipped``, with the reason. Raises InputError for a
    missing path, a wrong setting or when there is no text at all, OutputError when ``out`` holds files of somebody
    else, another run writes there, or it cannot be written: what was there before is then still there.

    ``progress`` is told the counts so far and the number of files whenever some files are done; ``reached``, oftener and
    from the start, how many bytes of how many are done.

    A run that ends before it has finished keeps what is done; the next one with ``resume`` goes on with it: files
    whose bytes are the same are not analysed again, and the tables are those of an unbroken run. A file that takes
    longer than ``timeout`` seconds, or for which a process asks for more than ``memory`` megabytes, is of status
    ``failed`` (and tried again by a run that resumes).

    ``engine="dask"`` works on a Dask cluster whose machines share a file system with this one, and gives the same
    bytes: ``scheduler`` is its address or a ``distributed.Client``; None starts a cluster on this machine. ``jobs``
    and limits are then the cluster's own.
    """
    started = time.perf_counter()
    if jobs < 1:
        raise InputError(f"jobs is {jobs}; give the number of processes, 1 or more")
    if engine not in ("local", "dask"):
        raise InputError(f"engine is {engine!r}; it must be local or dask")
    limits = Limits(timeout, memory)
    settings = settings or Settings()
    plugged(settings.plugins)
    writers, book = formats_of(to)
    check_encoding(encoding)
    check_settings(settings)
    entries = texts_at(paths)
    number, size = len(entries), sum(map(size_of, entries))
    try:
        with Staging(out, key_of(settings, encoding), resume) as staging:
            total = Tally()
            work = Work(staging.scratch, encoding, settings)
            # Of the files of a large archive nothing is held when the work on them is over.
            chunks = deque(chunks_of(entries, known_in(staging.earlier)))
            del entries
            tallies = run(chunks, work, jobs, limits) if engine == "local" else run_on(scheduler, chunks, work)
            with closing(tallies), watched(staging.scratch, size, reached):
                for tally in tallies:
                    total += tally
                    if progress:
                        progress(total, number)
            moved = write_texts(staging.scratch, staging.folder)
            language: Language = "zh" if zh else "en"
            with using(opened(settings.resources)):
                copies = find_copies(staging.scratch, settings)
                rows = _merge(staging.scratch, staging.folder, copies, moved, writers, book, language, names, settings)
            failures, skipped = _not_read(staging.scratch)
            staging.publish({"gonghui_nlp": __version__, "zh": zh, "sources": total.files + total.skipped}, rows)
    except OSError as error:
        raise OutputError(
            f"{out}: {error.strerror or error}; make room there or choose another output folder"
        ) from error
    return Report(total, skipped, failures, time.perf_counter() - started, staging.target)


def check_settings(settings: Settings) -> None:
    """Raises what the work would raise for these settings, before the work."""
    from gonghui_nlp.dedup.frame import verdict_of
    from gonghui_nlp.functions import classifier_of

    if any(stage.name == "functions" for stage in Pipeline(settings=settings).stages):
        classifier_of(settings)
    verdict_of(settings.document_threshold, "documents")
    verdict_of(settings.paragraph_threshold, "paragraphs")


def texts_at(paths: Sequence[str | os.PathLike[str]]) -> list[Entry]:
    """All entries at the paths; InputError when there is no text among them, with the first reason."""
    entries = find_files(paths)
    if not any(e.status == "read" for e in entries):
        why = next((f" ({e.name}: {e.message})" for e in sorted(entries, key=lambda e: e.status)), "")
        raise InputError(f"{', '.join(map(str, paths))}: no text files in there{why}")
    return entries


def formats_of(names: str) -> tuple[list[type[TableWriter]], bool]:
    """The writers behind names of formats, and whether a workbook is wanted; InputError for an unknown one."""
    wanted = [name.strip() for name in names.split(",")]
    return [writer_of(name) for name in dict.fromkeys(wanted) if name != "xlsx"], "xlsx" in wanted


def _merge(
    shards: Path,
    folder: Path,
    copies: Mapping[str, Clusters],
    moved: Mapping[str, str],
    writers: Sequence[type[TableWriter]],
    book: bool,
    language: Language,
    names: Language,
    settings: Settings,
) -> dict[str, int]:
    """Writes the tables from the shards; returned are the rows by file name."""
    rows = {}
    stages = [stage.name for stage in Pipeline(settings=settings).stages]
    labelled = labels_of(settings) if "functions" in stages else NO_LABELS
    completed = Completed(partial(_rows, shards, moved), copies)
    for writer in writers:
        for table in tables_of(stages):
            path = folder / f"{file_stem(table, names)}{writer.suffix}"
            with writer(path, table, language == "zh", labelled) as writing:
                writing.write(completed.rows(table))
            rows[path.name] = writing.rows
    if book:
        shown = {label.name: label.zh for label in labelled["labels"]}
        write_workbook(folder / NAMES[language], completed, language, shown)
    write_readme(folder, language)
    return rows


def _not_read(shards: Path) -> tuple[tuple[tuple[str, str], ...], dict[str, int]]:
    """The sources that failed, with the reasons, and how many were passed over by what they are."""
    kind, status, message = map(COLUMNS["sources"].index, ("format", "status", "message"))
    failures: list[tuple[str, str]] = []
    skipped: Counter[str] = Counter()
    for row in read_shards(shards, "sources"):
        if row[status] == "failed":
            failures.append((row[0], row[message]))
        elif row[status] == "skipped":
            skipped[row[kind]] += 1
    return tuple(failures), dict(sorted(skipped.items()))


def _rows(shards: Path, moved: Mapping[str, str], table: str) -> Iterator[list[Any]]:
    """The rows of a table; sources name the files where their texts are in the end."""
    place = COLUMNS["sources"].index("text_file")
    for row in read_shards(shards, table):
        if table == "sources":
            row[place] = moved.get(row[0], row[place])
        yield row
