"""The labelled sentences that the models of this room learn from, folded as the pipeline folds texts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from gonghui_nlp.errors import InputError
from gonghui_nlp.events.passages import Passage
from gonghui_nlp.events.statuses import tense
from gonghui_nlp.learning import markup
from gonghui_nlp.learning.matching import Record
from gonghui_nlp.text.normalize import fold


def read(paths: Iterable[Path | str] | Path) -> Iterator[Record]:
    """The records of JSON Lines (``*.jsonl``) and bracket markup (``*.txt``), of files or of folders in order of name.

    Raises:
        InputError: there is no such file, or a line of one is neither.
    """
    for path in files_of([paths] if isinstance(paths, Path) else [*map(Path, paths)]):
        lines = map(markup.as_record, markup.read(path)) if path.suffix == ".txt" else _lines(path)
        yield from prepared(lines, path.stem)


def prepared(records: Iterable[Record], file: str) -> Iterator[Record]:
    """Records as the models learn from them: folded, with the name of their file and the tense of their document."""
    records = [_folded(record) | {"file": file} for record in records]
    documents: dict[str, list[str]] = {}
    for record in records:
        documents.setdefault(record["unit"], []).append(record["text"])
    tenses = {unit: tense("\n".join(texts)) for unit, texts in documents.items()}
    for record in records:
        yield record | {"tense": tenses[record["unit"]]}


def passage_of(record: Record) -> Passage:
    """The passage a record stands for; its headings have no place in the record's text."""
    headings = tuple(record["headings"])
    return Passage(0, len(record["text"]), headings, ((0, 0),) * len(headings), record["kind"])


def files_of(paths: Sequence[Path]) -> list[Path]:
    """The files of labelled text at some paths; InputError for a folder without any."""
    found: list[Path] = []
    for path in paths:
        listed = sorted([*path.glob("*.jsonl"), *path.glob("*.txt")]) if path.is_dir() else [path]
        if not listed:
            raise InputError(
                f"{path}: no *.jsonl or *.txt file of labelled sentences here; pass a folder like corpora/events"
            )
        found += listed
    return found


def _lines(path: Path) -> Iterator[Record]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            record: Record = json.loads(line)
            _ = record["text"], record["kind"], record["headings"], record["events"], record["unit"]
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{path}, line {number}: no labelled record ({type(error).__name__}: {error})") from error
        yield record


def _folded(value: Any) -> Any:
    """The value with every string in it folded; folding keeps offsets."""
    if isinstance(value, str):
        return fold(value)
    if isinstance(value, list):
        return [_folded(each) for each in value]
    return {key: _folded(each) for key, each in value.items()} if isinstance(value, dict) else value
