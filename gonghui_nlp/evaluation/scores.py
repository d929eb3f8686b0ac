"""Scores of tables against gold annotation: precision, recall and F1 per kind, and every error by name.

Gold is JSON Lines with ``kind``, ``start``, ``end`` and the kind's fields. Mentions are paired one to one by
overlap, the largest share first; records marked ``weak``, ``unsure`` or ``repeat`` are neither a miss nor a
false alarm, nor are the quantities linked to them. An event's ``also`` lists further types that a careful second
reader may give.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from gonghui_nlp.errors import InputError
from gonghui_nlp.evaluation.activities import measure_events
from gonghui_nlp.evaluation.gold import read_gold
from gonghui_nlp.evaluation.measures import Tables, measure_functions, measure_outline, measure_quantities
from gonghui_nlp.evaluation.sides import TABLES, Side, files_of, gold_files, read_side, source_of
from gonghui_nlp.evaluation.tally import ErrorCase, Evaluation
from gonghui_nlp.learning.matching import Record


def evaluate(
    tables: str | Path, gold: Sequence[str | Path], reached: Callable[[int, int], None] | None = None
) -> Evaluation:
    """Scores what stands in ``tables`` against gold files, or folders of them.

    ``tables`` is a folder that `gonghui convert` wrote, in either language, or what a second annotator labelled, in the
    form of gold. What gold has no record of, in any file, is not measured. The gold file ``NAME.jsonl`` scores the rows
    whose source file name begins with ``NAME``. ``reached`` is told how many bytes of how many are done. Raises
    InputError for a missing folder, a missing gold file, or gold that no source answers to.
    """
    folder = Path(tables)
    files = gold_files(map(Path, gold))
    told = reached or (lambda done, total: None)
    done, total = 0, sum(map(_size, [*files, *files_of(folder)]))
    told(done, total)
    side = read_side(folder)
    done = sum(map(_size, files_of(folder)))
    result = Evaluation()
    if not files:
        raise InputError(f"{', '.join(map(str, gold)) or 'gold'}: no gold files there; give files in JSON Lines")
    read = {path: read_gold(path, _labels_of(side)) for path in files}
    measures = _spoken_of(record["kind"] for records in read.values() for record in records)
    for path, records in read.items():
        prefix = source_of(path)
        if not any(name.startswith(prefix) for name in side.sources):
            raise InputError(f"{path}: no source of {folder} begins with {prefix!r}; convert its text first")
        rows = {name: side.tables.get(name, []) for name in (*TABLES, *side.tables)}
        mine = {n: [r for r in found if _is_of(r, prefix, n)] for n, found in rows.items()}
        one = Evaluation()
        _measure(one, measures, [record | {"source": prefix} for record in records], mine, prefix)
        result.take(prefix, one)
        done += _size(path)
        told(done, total)
    return result


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _labels_of(side: Side) -> frozenset[str] | None:
    """The labels the tables have a score for: any other in gold would count as missed wherever it stands."""
    if side.labelled:
        return None
    return frozenset(column.removeprefix("score_") for row in side.tables["paragraphs"][:1] for column in row)


def grouped(result: Evaluation, groups: Mapping[str, str]) -> dict[str, Evaluation]:
    """The evaluations of the sources, added up by their group; sources without one are left out."""
    out: dict[str, Evaluation] = {}
    for source, one in result.documents.items():
        if source in groups:
            out.setdefault(groups[source], Evaluation()).take(source, one)
    return dict(sorted(out.items()))


def _is_of(row: Record, prefix: str, table: str) -> bool:
    """Whether a row is of the source; links are known by their event."""
    return str(row["event_id"] if table.startswith("linked ") else Path(row["source"]).name).startswith(prefix)


_Measure = Callable[[Evaluation, list[Record], Tables], None]
# Of what no gold file has a word, nobody labelled: nothing of it is a false alarm.
_MEASURES: tuple[tuple[frozenset[str], _Measure], ...] = (
    (frozenset({"doc", "mark"}), measure_outline),
    (frozenset({"amount", "headcount", "count", "rate", "date"}), measure_quantities),
    (frozenset({"event"}), measure_events),
    (frozenset({"function"}), measure_functions),
)


def _spoken_of(kinds: Iterable[str]) -> list[_Measure]:
    """The measures of what gold has records of; all where it has none at all."""
    there = {*kinds}
    return [measure for spoken, measure in _MEASURES if not there or there & spoken]


def _measure(result: Evaluation, measures: Sequence[_Measure], gold: list[Record], tables: Tables, prefix: str) -> None:
    """The measures of one source; its errors get the sentence they stand in."""
    for measure in measures:
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
