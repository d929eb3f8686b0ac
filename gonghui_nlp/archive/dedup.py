"""Which texts of an archive are copies of each other, and what was changed: the `gonghui dedup` command's work."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from gonghui_nlp.archive.convert import texts_at
from gonghui_nlp.archive.reached import Reached, told_each
from gonghui_nlp.archive.staging import Staging
from gonghui_nlp.archive.texts import Unit, texts_of
from gonghui_nlp.errors import InputError, OutputError
from gonghui_nlp.pipeline import Pipeline
from gonghui_nlp.readers import Entry, check_encoding, read_entry
from gonghui_nlp.schema import Source
from gonghui_nlp.tables.readme import write_copies_readme
from gonghui_nlp.version import __version__
from gonghui_nlp.words import spoken

if TYPE_CHECKING:
    import pandas as pd

    from gonghui_nlp.dedup.report import Draw

Engine = Literal["local", "dask"]


@dataclass(frozen=True, slots=True)
class DedupReport:
    """What a run found: texts compared, clusters of several, texts that are a copy of another, failed files."""

    texts: int
    clusters: int
    copies: int
    failures: tuple[tuple[str, str], ...]
    out: Path


def dedup(
    paths: Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    unit: str = "documents",
    threshold: float | None = None,
    index: str | os.PathLike[str] | None = None,
    engine: str = "local",
    scheduler: str | None = None,
    encoding: str | None = None,
    draw: Draw | None = None,
    reached: Reached | None = None,
) -> DedupReport:
    """Writes ``clusters.csv``, ``templates.csv``, ``slots.csv``, ``stock.csv`` and ``differences/`` into ``out``.

    Texts are called by the ids of the tables (``a.txt#2``, ``a.txt#2/p3``). With ``index``, the texts are taken
    into an index folder and compared with all it knows; those of earlier runs stand in the same tables, templates and
    differences. ``reached`` is told how many bytes of how many are read.

    Raises InputError for a wrong call, OutputError when ``out`` holds files of somebody else, ModelError for a damaged index.
    """
    from gonghui_nlp.dedup.frame import verdict_of

    check_encoding(encoding)
    if unit not in ("documents", "paragraphs"):
        raise InputError(f"unit is {unit!r}; it must be documents or paragraphs")
    if engine not in ("local", "dask"):
        raise InputError(f"engine is {engine!r}; it must be local or dask")
    if index is not None and engine != "local":
        raise InputError("an index is kept by the local engine; leave out --engine or --index")
    verdict_of(threshold, _unit(unit))
    entries = texts_at(paths)
    failures: list[tuple[str, str]] = []
    try:
        with Staging(out) as staging:
            names, texts = _texts(told_each(entries, reached), unit, encoding, failures)
            if index is None:
                found = _compared(names, texts, threshold, unit, engine, scheduler, staging.folder, draw)
            else:
                found = _compared_with_index(names, texts, threshold, unit, Path(index), staging.folder, draw)
            write_copies_readme(staging.folder, spoken())
            staging.publish({"gonghui_nlp": __version__, "unit": unit, "texts": len(found)})
    except OSError as error:
        raise OutputError(
            f"{out}: {error.strerror or error}; make room there or choose another output folder"
        ) from error
    sizes = found["cluster_id"].value_counts()
    several = int((sizes > 1).sum())
    return DedupReport(len(found), several, int((~found["canonical"]).sum()), tuple(failures), staging.target)


def _compared(
    names: list[str],
    texts: list[str],
    threshold: float | None,
    unit: str,
    engine: str,
    scheduler: Any,
    folder: Path,
    draw: Draw | None,
) -> pd.DataFrame:
    from gonghui_nlp.dedup import deduplicate, write_report

    found = deduplicate(texts, threshold, unit=_unit(unit), engine=_engine(engine), scheduler=scheduler)
    write_report(found, texts, folder, names=names, draw=draw)
    return found


def _compared_with_index(
    names: list[str], texts: list[str], threshold: float | None, unit: str, index: Path, folder: Path, draw: Draw | None
) -> pd.DataFrame:
    from gonghui_nlp.dedup import write_report
    from gonghui_nlp.dedup.index import Index

    kept = Index(index)
    kept.add(texts, names)
    # Saved before anything is published: a run that is killed in between is simply done again.
    kept.save()
    found = kept.clusters(threshold, unit=_unit(unit))
    write_report(found, kept.texts, folder, names=found["name"].tolist(), draw=draw)
    return found


def _unit(unit: str) -> Unit:
    return "paragraphs" if unit == "paragraphs" else "documents"


def _engine(engine: str) -> Engine:
    return "dask" if engine == "dask" else "local"


def _texts(
    entries: Iterable[Entry], unit: str, encoding: str | None, failures: list[tuple[str, str]]
) -> tuple[list[str], list[str]]:
    names: list[str] = []
    texts: list[str] = []
    for source in (s for entry in entries for s in read_entry(entry, encoding)):
        if source.status == "failed":
            failures.append((source.name, source.message))
        for text_name, text in _units(source, unit):
            names.append(text_name)
            texts.append(text)
    return names, texts


def _units(source: Source, unit: str) -> Iterator[tuple[str, str]]:
    """The documents or paragraphs of a source by their ids; only the structure of the text is read."""
    yield from texts_of(Pipeline(["outline"]).analyze(source), _unit(unit))
