"""What writes the tables: a registry of formats, CSV among them."""

from __future__ import annotations

import csv
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self, cast

from gonghui_nlp.errors import InputError
from gonghui_nlp.functions import NO_LABELS, LabelSet
from gonghui_nlp.named import named
from gonghui_nlp.tables.columns import DAYS
from gonghui_nlp.tables.own import columns_of, kind_of_column
from gonghui_nlp.tables.zh import header, translate
from gonghui_nlp.text.cells import cell


class TableWriter(ABC):
    """One table into one file; use as a context manager and give it rows. ``rows`` is how many it wrote.

    A format of one's own says its ``suffix`` and how a file is begun, a row put into it and the file ended.
    ``columns`` are the names of the columns (``header`` what a reader sees of them), ``kinds`` their types: int,
    float, bool or str. ``labelled`` are the labels of the model, by which one's own have columns and names.
    """

    suffix: ClassVar[str]

    def __init__(self, path: Path, table: str, zh: bool = False, labelled: LabelSet = NO_LABELS) -> None:
        self.path, self.table, self.zh = path, table, zh
        self._shown = {label.name: label.zh for label in labelled["labels"]}
        self.columns = columns_of(table, labelled["scored"])
        self.header = header(table, labelled["scored"], self._shown) if zh else self.columns
        self.kinds = tuple(kind_of_column(table, column) for column in self.columns)
        self.rows = 0

    @classmethod
    def ready(cls) -> None:
        """Raises InputError where what the format needs is not there; asked before the work."""
        return

    @abstractmethod
    def begin(self) -> None:
        """Opens the file at ``path``, with the header where the format has one."""

    @abstractmethod
    def put(self, row: Sequence[Any]) -> None:
        """Appends one row whose values stand in the order of the columns; None is a missing one."""

    @abstractmethod
    def end(self) -> None:
        """Closes the file."""

    def __enter__(self) -> Self:
        self.begin()
        return self

    def write(self, rows: Iterable[Sequence[Any]]) -> None:
        """Appends rows whose values stand in the order of the table's columns."""
        for row in rows:
            self.put(translate(self.columns, row, self._shown, self.table) if self.zh else row)
            self.rows += 1

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.end()


class CsvWriter(TableWriter):
    """CSV as spreadsheets open it right: UTF-8 with BOM, RFC 4180, no cell that runs as a formula."""

    suffix = ".csv"

    def begin(self) -> None:
        self._file = self.path.open("w", encoding="utf-8-sig", newline="", errors="surrogatepass")
        self._writer = csv.writer(self._file, lineterminator="\r\n")
        self._writer.writerow(self.header)
        # Words that stand at an offset stay as they are, and days are meant to be days.
        days = {name for table, name in DAYS if table == self.table}
        self._kept = [
            k == "str" and n != "text" and n not in days for n, k in zip(self.columns, self.kinds, strict=True)
        ]

    def put(self, row: Sequence[Any]) -> None:
        self._writer.writerow(map(cell, row, self._kept))

    def end(self) -> None:
        self._file.close()


_writers: dict[str, type[TableWriter]] = {"csv": CsvWriter}


def register_writer(name: str, writer: type[TableWriter]) -> None:
    """Makes a format of one's own known by a name, for ``convert(…, to=name)``.

    Raises InputError for what is no TableWriter with a suffix.
    """
    if not (isinstance(writer, type) and issubclass(writer, TableWriter) and hasattr(writer, "suffix")):
        raise InputError(f"writer {name!r}: {writer!r} must be a class of TableWriter with a suffix such as '.jsonl'")
    _writers[name] = writer


def writer_of(name: str) -> type[TableWriter]:
    """The writer of a format by its name, or by ``module:NAME`` where a module of one's own holds it.

    InputError for one that nobody registered.

    >>> writer_of("csv").suffix
    '.csv'
    """
    if ":" in name:
        return cast("type[TableWriter]", named(name, TableWriter, "writer"))
    from gonghui_nlp.tables import typed  # noqa: F401 – registers ours; it knows this module

    if name not in _writers:
        raise InputError(f"tables cannot be written as {name!r}; known are {', '.join(sorted(_writers))}")
    _writers[name].ready()
    return _writers[name]
