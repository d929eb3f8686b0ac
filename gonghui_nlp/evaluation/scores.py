"""Scores of tables against gold annotation: precision, recall and F1 per kind, and every error by name.

Gold is JSON Lines with ``kind``, ``start``, ``end`` and the kind's fields. Mentions are paired one to one by
overlap, the largest share first; records marked ``weak``, ``unsure`` or ``repeat`` are neither a miss nor a
false alarm, nor are the quantities linked to them. An event's ``also`` lists further types that a careful second
reader may give.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from gonghui_nlp.errors import InputError
from gonghui_nlp.evaluation.activities import measure_events
from gonghui_nlp.evaluation.gold import read_gold
from gonghui_nlp.evaluation.measures import Tables, measure_functions, measure_outline, measure_quantities
from gonghui_nlp.evaluation.tally import ErrorCase, Evaluation
from gonghui_nlp.learning.matching import Record
from gonghui_nlp.text.cells import from_cell

_TABLES = ("documents", "sections", "paragraphs", "events", "amounts", "headcounts", "counts", "dates")


def evaluate(tables: str | Path, gold: Sequence[str | Path]) -> Evaluation:
    """Scores the tables in the folder ``tables`` against gold files.

    The gold file ``NAME.jsonl`` scores the rows whose source file name begins with ``NAME``. Raises InputError
    for a missing folder, a missing gold file, or gold that no source answers to.
    """
    folder = Path(tables)
    if not (folder / "documents.csv").is_file():
        raise InputError(f"{folder}: no tables there; give a folder that `gonghui convert` wrote (without --zh)")
    loaded = {name: _load(folder / f"{name}.csv") for name in _TABLES}
    sources = {Path(r["source"]).name for r in _load(folder / "sources.csv", offsets=False)}
    result = Evaluation()
    for path in map(Path, gold):
        records = read_gold(path)
        prefix = path.name.split(".")[0]
        if not any(name.startswith(prefix) for name in sources):
            raise InputError(f"{path}: no source of {folder} begins with {prefix!r}; convert its text first")
        mine = {n: [r for r in rows if Path(r["source"]).name.startswith(prefix)] for n, rows in loaded.items()}
        _measure(result, [record | {"source": prefix} for record in records], mine, prefix)
    return result


def _measure(result: Evaluation, gold: list[Record], tables: Tables, prefix: str) -> None:
    """Every measure of one source; its errors get the sentence they stand in."""
    for measure in (measure_outline, measure_quantities, measure_events, measure_functions):
        measure(result, gold, tables)
    paragraphs = tables["paragraphs"]
    result.errors = [_in_its_sentence(e, paragraphs) if e.source == prefix else e for e in result.errors]


def _in_its_sentence(error: ErrorCase, paragraphs: list[Record]) -> ErrorCase:
    at = next((p for p in paragraphs if p["start"] <= error.start < p["end"]), None)
    if error.sentence or at is None:
        return error
    text, place = at["text"], error.start - at["start"]
    begin = max(text.rfind(stop, 0, place) for stop in "。！？；\n") + 1
    ends = [text.find(stop, place) for stop in "。！？；\n"]
    end = min((e for e in ends if e >= 0), default=len(text))
    return error._replace(sentence=text[begin : end + 1])


def _load(path: Path, offsets: bool = True) -> list[Record]:
    csv.field_size_limit(1 << 30)
    with path.open(encoding="utf-8-sig", newline="") as file:
        found: list[Record] = [{k: from_cell(v) for k, v in row.items()} for row in csv.DictReader(file)]
    if found and "source" not in found[0]:
        raise InputError(f"{path}: columns are not the English ones; convert without --zh to evaluate")
    if offsets:
        for row in found:
            row["start"], row["end"] = int(row["start"]), int(row["end"])
    return found
