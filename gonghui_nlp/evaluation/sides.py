"""What is compared with gold: tables that were written, or labels in the form of gold, as a second annotator gives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from gonghui_nlp.errors import InputError
from gonghui_nlp.evaluation.gold import LABELS, read_gold
from gonghui_nlp.evaluation.measures import Tables
from gonghui_nlp.learning.matching import Record
from gonghui_nlp.tables.reading import found_in, read_rows

TABLES = ("documents", "sections", "paragraphs", "events", "amounts", "headcounts", "counts", "dates")
_QUANTITIES = {"amount": "amounts", "headcount": "headcounts", "count": "counts", "rate": "counts", "date": "dates"}


class Side(NamedTuple):
    """The rows of each table, the names of the sources, and whether a person labelled them."""

    tables: Tables
    sources: frozenset[str]
    labelled: bool


def are_tables(path: Path) -> bool:
    """Whether `gonghui convert` wrote the folder, in English or in Chinese."""
    return path.is_dir() and found_in(path, "documents") is not None


def files_of(path: Path) -> list[Path]:
    """The files that :func:`read_side` reads there."""
    if are_tables(path):
        return [file for name in TABLES if (file := found_in(path, name))]
    return gold_files([path])


def read_side(path: Path) -> Side:
    """Tables in a folder, or labels in the form of gold: a file, or a folder of such."""
    if are_tables(path):
        loaded = {name: list(_rows(path, name)) for name in TABLES}
        return Side(loaded, frozenset(Path(r["source"]).name for r in _rows(path, "sources")), False)
    files = gold_files([path])
    if path.is_dir() and not files:
        raise InputError(f"{path}: no tables there, and no gold; give a folder that `gonghui convert` wrote")
    tables: Tables = {}
    for file in files:
        for name, rows in as_tables(read_gold(file), source_of(file)).items():
            tables.setdefault(name, []).extend(rows)
    return Side(tables, frozenset(source_of(file) for file in files), True)


def gold_files(paths: Iterable[Path]) -> list[Path]:
    """The gold files; a folder stands for the ``*.jsonl`` in it."""
    return [file for path in paths for file in (sorted(path.glob("*.jsonl")) if path.is_dir() else [path])]


def source_of(file: Path) -> str:
    """The beginning of the name of the source that a gold file is about."""
    return file.name.split(".")[0]


def _rows(folder: Path, table: str) -> Iterator[Record]:
    path = found_in(folder, table)
    if path is None:
        raise InputError(f"{folder / table}.csv: no such table; give a folder that `gonghui convert` wrote")
    columns, rows = read_rows(path, table)
    return (dict(zip(columns, row, strict=True)) for row in rows)


def as_tables(records: Iterable[Record], source: str) -> Tables:
    """Records in the form of gold as the rows that the measures read."""
    tables: Tables = {name: [] for name in (*TABLES, "linked amounts", "linked headcounts", "linked counts")}
    names = dict(LABELS)
    for number, given in enumerate(records):
        record, kind = {**given, "source": source}, given["kind"]
        if kind == "doc":
            tables["documents"].append(record)
        elif kind == "mark" and record["role"] != "document":
            tables["sections"].append(record | {"mark": record["text"]})
        elif kind in _QUANTITIES:
            tables[_QUANTITIES[kind]].append({"per": "total", "event_id": "", **record})
        elif kind == "function":
            functions = ";".join(names.get(label, label) for label in record["labels"])
            tables["paragraphs"].append(record | {"functions": functions})
        elif kind == "event":
            tables["events"].append(_event(record, f"{source}/{number}"))
            for name in ("amounts", "headcounts", "counts"):
                links = ({"event_id": f"{source}/{number}", "text": text} for text in record.get(name) or [])
                tables[f"linked {name}"] += links
    return tables


def _event(record: Record, event_id: str) -> Record:
    told = {name: record.get(name) or "" for name in ("date", "place", "participants", "name", "result")}
    lists = {name: ";".join(record.get(name) or []) for name in ("amounts", "headcounts", "counts")}
    return record | told | lists | {"event_id": event_id}
