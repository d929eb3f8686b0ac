"""The tables as CSV: UTF-8 with BOM, RFC 4180, streamed row by row."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from gonghui_nlp.tables.columns import COLUMNS
from gonghui_nlp.tables.zh import header, translate
from gonghui_nlp.text.cells import cell


class CsvWriter:
    """One table into one CSV file; use as a context manager and give it rows. ``rows`` is how many it wrote."""

    def __init__(self, path: Path, table: str, zh: bool = False) -> None:
        self._path, self._table, self._zh = path, table, zh
        self.rows = 0

    def __enter__(self) -> CsvWriter:
        self._file = self._path.open("w", encoding="utf-8-sig", newline="", errors="surrogatepass")
        self._writer = csv.writer(self._file, lineterminator="\r\n")
        self._writer.writerow(header(self._table) if self._zh else COLUMNS[self._table])
        return self

    def write(self, rows: Iterable[Sequence[Any]]) -> None:
        """Appends rows whose values stand in the order of the table's columns."""
        if self._zh:
            rows = (translate(self._table, row) for row in rows)
        for row in rows:
            self._writer.writerow([cell(value) for value in row])
            self.rows += 1

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()
