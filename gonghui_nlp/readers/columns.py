"""Tables with a column of texts: each row a text, and beside it what the other columns say."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gonghui_nlp.errors import ReadingError
from gonghui_nlp.readers.encodings import decode, decode_as
from gonghui_nlp.readers.packages import LARGEST_PART, Package


@dataclass(frozen=True, slots=True)
class Row:
    """A text, where it stands in its table, and what stands beside it by the names of the columns."""

    place: str
    text: str
    fields: tuple[tuple[str, str], ...]


def rows_of(kind: str, data: bytes, column: str, encoding: str | None = None) -> Iterator[Row]:
    """The texts in a column; the rows are numbered as a spreadsheet shows them. ReadingError where it is not there."""
    if kind in ("csv", "tsv"):
        yield from _sheet("", _delimited(kind, data, encoding), column)
    elif kind in ("jsonl", "json"):
        yield from _records(_json(kind, data, encoding), column)
    elif kind == "parquet":
        yield from _records(_parquet(data), column)
    else:
        yield from _workbook(data, column)


def _sheet(name: str, lines: Iterable[Sequence[Any]], column: str) -> Iterator[Row]:
    """The rows of a sheet whose first line that holds anything names the columns."""
    head: list[str] | None = None
    for number, cells in enumerate(lines, 1):
        shown = [_shown(cell) for cell in cells]
        if head is None:
            if any(shown):
                head = [cell.strip() for cell in shown]
                _check(head, column)
            continue
        if not any(shown):
            continue
        held = dict(zip(head, shown, strict=False))
        beside = tuple((k, v) for k, v in held.items() if k and k != column and v)
        yield Row(f"{name}{number}", held.get(column, ""), beside)


def _records(records: Iterable[tuple[int, Any]], column: str) -> Iterator[Row]:
    """The rows of records that each name their columns."""
    seen: set[str] = set()
    found = False
    for number, record in records:
        held = record if isinstance(record, dict) else {}
        found = found or column in held
        seen.update(map(str, list(held)[:50]))
        beside = tuple((str(k), _shown(v)) for k, v in held.items() if k != column and _shown(v))
        yield Row(str(number), _shown(held.get(column)), beside)
    if not found:
        _check(sorted(seen), column)


def _check(columns: Sequence[str], column: str) -> None:
    if column not in columns:
        known = ", ".join(c for c in columns[:20] if c)
        raise ReadingError(f"has no column {column!r}; its columns are {known}")


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _delimited(kind: str, data: bytes, encoding: str | None) -> Iterator[list[str]]:
    text = (decode_as(data, encoding) if encoding else decode(data)).text
    # A quote that is never closed would take in the rest of the file.
    csv.field_size_limit(1 << 30)
    head = text[:10_000].splitlines()[0] if text else ""
    sign = (
        "\t"
        if kind == "tsv" or head.count("\t") > head.count(",")
        else ";"
        if head.count(";") > head.count(",")
        else ","
    )
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    except csv.Error as error:
        raise ReadingError(f"is a damaged table: {error}") from error


def _json(kind: str, data: bytes, encoding: str | None) -> Iterator[tuple[int, Any]]:
    text = (decode_as(data, encoding) if encoding else decode(data)).text
    number = 1
    try:
        if kind == "json":
            held = json.loads(text)
            yield from enumerate(held if isinstance(held, list) else [held], 1)
            return
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                yield number, json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ReadingError(f"is a damaged table: line {number}: {error}") from error


def _parquet(data: bytes) -> Iterator[tuple[int, Any]]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise ReadingError("needs the package pyarrow; install it with: pip install 'gonghui-nlp[parquet]'") from error
    number = 0
    try:
        for batch in pq.ParquetFile(io.BytesIO(data)).iter_batches():
            for record in batch.to_pylist():
                number += 1
                yield number, record
    except (pa.ArrowException, OSError, ValueError) as error:
        raise ReadingError(f"is a damaged table: {error}") from error


def _check_size(data: bytes) -> None:
    """ReadingError for a workbook that would unpack to more than any is."""
    if data.startswith(b"PK"):
        package = Package(data)
        if sum(len(package.part(name) or b"") for name in package.names()) > 4 * LARGEST_PART:
            raise ReadingError(f"unpacks to more ({4 * LARGEST_PART:,} bytes) than a text can be; it is left packed")


def _workbook(data: bytes, column: str) -> Iterator[Row]:
    from python_calamine import CalamineError, CalamineWorkbook

    _check_size(data)
    failure: ReadingError | None = None
    found = False
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names
        for name in names:
            lines = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            place = f"{name}/" if len(names) > 1 else ""
            try:
                for row in _sheet(place, lines, column):
                    found = True
                    yield row
            except ReadingError as error:  # a sheet about something else
                failure = failure or error
    except (CalamineError, OSError, ValueError) as error:
        raise ReadingError(f"is a damaged table: {error}") from error
    if failure and not found:
        raise failure
