"""An evaluation as tables for people: every score with its interval, every error with its sentence."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from gonghui_nlp.errors import InputError, OutputError
from gonghui_nlp.evaluation.intervals import Interval, interval, of_counts
from gonghui_nlp.evaluation.scores import grouped
from gonghui_nlp.evaluation.tally import ErrorCase, Evaluation, Score, score_of
from gonghui_nlp.files import write_whole
from gonghui_nlp.text.cells import cell
from gonghui_nlp.words import known, spoken, told, word

SCORES = ("by", "of", "measure", "precision", "recall", "f1", "low", "high", "kappa", "gold", "found")
"""The columns of the scores; ``by`` is all, type, document or group, ``low`` to ``high`` the 95 % interval of F1."""
ERRORS = ("source", "kind", "sign", "start", "text", "detail", "sentence")
"""The columns of the errors; the sign says whether a record was missed, is extra or differs."""


_SIGNS = {"-": "missed", "+": "extra", "~": "differs"}


def scores(result: Evaluation, groups: Mapping[str, str] | None = None) -> Iterator[tuple[Any, ...]]:
    """The rows of the scores: of all, of each type of event, of each document, of each group."""
    for name, score in result.scores().items():
        yield _row("all", "", name, score, interval(result, name), result.kappa(name))
    for name, counts in sorted(result.types.items()):
        yield _row("type", name, "events", score_of(*counts), of_counts([counts]), None)
    for by, parts in (("document", result.documents), ("group", grouped(result, groups or {}))):
        for part, one in parts.items():
            for name, score in one.scores().items():
                yield _row(by, part, name, score, interval(one, name), one.kappa(name))


def _row(by: str, of: str, name: str, score: Score, sure: Interval | None, kappa: float | None) -> tuple[Any, ...]:
    rounded = [round(x, 4) for x in score[:3]]
    ends = (None, None) if sure is None else sure
    return (by, of, name, *rounded, *ends, None if kappa is None else round(kappa, 4), score.gold, score.found)


def read_groups(path: Path) -> dict[str, str]:
    """The group of each source, from a CSV file of two columns under a header: source and group."""
    try:
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise InputError(f"{path}: {reason}; give a CSV file of sources and groups") from error
    for number, row in enumerate(rows[1:], 2):
        if len(row) != 2:
            raise InputError(f"{path}, row {number}: {len(row)} cells; give a source and its group")
    return {Path(source).name.split(".")[0]: group for source, group in rows[1:]}


def named(measure: str) -> str:
    """What a measure is called in the language spoken.

    >>> named("events"), named("amounts values")
    ('events', 'amounts values')
    """
    key = f"measure.{measure.replace(' ', '_')}"
    return word(key) if known(key) else measure


def write(result: Evaluation, folder: Path, groups: Mapping[str, str] | None = None) -> list[Path]:
    """Writes ``scores.csv``, ``errors.csv`` and both as ``evaluation.xlsx`` into a folder; all in the language spoken."""
    sheets = {
        "scores": (SCORES, [*shown_scores(result, groups)]),
        "errors": (ERRORS, [shown_error(error) for error in sorted(result.errors)]),
    }
    names = [word(f"evaluate.file.{name}") for name in (*sheets, "evaluation")]
    written = [folder / f"{name}{suffix}" for name, suffix in zip(names, (".csv", ".csv", ".xlsx"), strict=True)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, (columns, rows) in zip(written, sheets.values(), strict=False):
            buffer = io.StringIO(newline="")
            writer = csv.writer(buffer)
            writer.writerow(_headers(columns))
            writer.writerows([cell(value) for value in row] for row in rows)
            write_whole(path, buffer.getvalue().encode("utf-8-sig", "replace"))
        write_whole(written[2], _workbook(sheets))
    except OSError as error:
        raise OutputError(f"{folder}: {error.strerror}; choose a folder that can be written") from error
    return written


def shown_scores(result: Evaluation, groups: Mapping[str, str] | None = None) -> Iterator[tuple[Any, ...]]:
    """The rows of :func:`scores` in the language spoken."""
    for by, of, name, *rest in scores(result, groups):
        yield (word(f"evaluate.by.{by}"), _type(of) if by == "type" else of, named(name), *rest)


def shown_error(error: ErrorCase) -> tuple[Any, ...]:
    """An error as a row under ``ERRORS``, in the language spoken."""
    sign = word(f"evaluate.sign.{_SIGNS[error.sign]}")
    return (error.source, named(error.kind), sign, error.start, error.text, detail(error), error.sentence)


def _type(code: str) -> str:
    return word(f"value.type.{code}") if known(f"value.type.{code}") else code


def detail(error: ErrorCase) -> str:
    """What is wrong, in the language spoken: types, fields and codes by their names."""
    if spoken() == "en":
        return error.detail
    if error.kind != "events":
        return (
            _WANTS.sub(_told, error.detail)
            if error.kind == "functions"
            else told(error.detail, group="message.evaluate")
        )
    kind, _, wrong = error.detail.partition(": ")
    fields = "；".join(_FIELD.sub(_told, part) for part in wrong.split("; ") if part)
    return f"{_type(kind)}：{fields}" if fields else _type(kind)


_WANTS = re.compile("(?P<name>)wants (?P<want>.*?) got (?P<got>.*)", re.DOTALL)
_FIELD = re.compile(r"(?P<name>[a-z_]+) wants (?P<want>.*?) got (?P<got>.*)", re.DOTALL)


def _told(found: re.Match[str]) -> str:
    name = found["name"]
    called = word(f"column.{name}") if known(f"column.{name}") else name
    want, got = (
        ";".join(_code(name or "function", code) for code in found[side].split(";")) for side in ("want", "got")
    )
    return f"{called}{word('message.evaluate.wants', want=want, got=got)}"


def _code(column: str, code: str) -> str:
    if code == "none":
        return word("plot.none")
    key = f"value.{column}.{code}"
    return word(key) if known(key) else code


def _headers(columns: tuple[str, ...]) -> list[str]:
    return [word(f"evaluate.column.{name}") for name in columns]


def _workbook(sheets: Mapping[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]]) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True})
    for name, (columns, rows) in sheets.items():
        sheet = book.add_worksheet(word(f"evaluate.sheet.{name}"))
        sheet.write_row(0, 0, _headers(columns), bold)
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, [c[:32_000] if isinstance(c, str) else c for c in row])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
    book.close()
    return buffer.getvalue()
