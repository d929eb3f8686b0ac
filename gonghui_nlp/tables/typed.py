"""Writers of tables whose cells have types: JSON lines, Parquet, DuckDB."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any, ClassVar

from gonghui_nlp.errors import InputError
from gonghui_nlp.tables.writers import TableWriter, register_writer

# So many rows are held before they are written.
_HELD = 10_000


class JsonLines(TableWriter):
    """An object a row; a missing value is null."""

    suffix: ClassVar[str] = ".jsonl"

    def begin(self) -> None:
        self._file = self.path.open("w", encoding="utf-8", newline="\n", errors="surrogatepass")

    def put(self, row: Sequence[Any]) -> None:
        held = {name: None if value == "" else value for name, value in zip(self.header, row, strict=True)}
        self._file.write(json.dumps(held, ensure_ascii=False) + "\n")

    def end(self) -> None:
        self._file.close()


class Parquet(TableWriter):
    """Columns with their types; a missing value is null."""

    suffix: ClassVar[str] = ".parquet"

    @classmethod
    def ready(cls) -> None:
        if find_spec("pyarrow") is None:
            raise InputError("Parquet needs the package pyarrow; install it with: pip install 'gonghui-nlp[parquet]'")

    def begin(self) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        types = {"int": pa.int64(), "float": pa.float64(), "bool": pa.bool_(), "str": pa.string()}
        # Truth values are words in Chinese tables.
        kinds = ["str" if self.zh and kind == "bool" else kind for kind in self.kinds]
        self._schema = pa.schema([pa.field(n, types[k]) for n, k in zip(self.header, kinds, strict=True)])
        self._file = pq.ParquetWriter(self.path, self._schema)
        self._held: list[list[Any]] = []

    def put(self, row: Sequence[Any]) -> None:
        self._held.append([_whole(value, kind) for value, kind in zip(row, self.kinds, strict=True)])
        if len(self._held) >= _HELD:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        columns = list(zip(*self._held, strict=True)) or [()] * len(self.header)
        arrays = [pa.array(column, field.type) for column, field in zip(columns, self._schema, strict=True)]
        self._file.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        self._held = []

    def end(self) -> None:
        self._flush()
        self._file.close()


class DuckDB(TableWriter):
    """All tables in one database file, ``gonghui.duckdb``; a missing value is NULL."""

    suffix: ClassVar[str] = ".duckdb"

    @classmethod
    def ready(cls) -> None:
        if find_spec("duckdb") is None:
            raise InputError("DuckDB needs the package duckdb; install it with: pip install 'gonghui-nlp[duckdb]'")

    def begin(self) -> None:
        # DuckDB reads a file of rows much faster than it takes rows one by one.
        self._rows = self.path.with_name(f".{self.path.stem}.rows")
        self._file = self._rows.open("w", encoding="utf-8", newline="\n")

    def put(self, row: Sequence[Any]) -> None:
        held = [_whole(value, kind) for value, kind in zip(row, self.kinds, strict=True)]
        self._file.write(json.dumps(dict(zip(self.header, held, strict=True)), ensure_ascii=False) + "\n")

    def end(self) -> None:
        import duckdb

        self._file.close()
        types = {"int": "BIGINT", "float": "DOUBLE", "bool": "VARCHAR" if self.zh else "BOOLEAN", "str": "VARCHAR"}
        columns = {name: types[kind] for name, kind in zip(self.header, self.kinds, strict=True)}
        try:
            with duckdb.connect(str(self.path.with_name("gonghui.duckdb"))) as base:
                base.execute(
                    f'CREATE TABLE "{self.path.stem}" AS SELECT * FROM read_json(?, columns=?, format=?, maximum_object_size=?)',
                    [str(self._rows), columns, "newline_delimited", 1 << 30],
                )
        finally:
            self._rows.unlink()


def _whole(value: Any, kind: str) -> Any:
    """The value as its column's type holds it; what is missing is None, and so is half a character."""
    if value is None or value == "":
        return None
    if kind == "float" and not isinstance(value, str):
        return float(value)
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return value


for _name, _writer in (("jsonl", JsonLines), ("parquet", Parquet), ("duckdb", DuckDB)):
    register_writer(_name, _writer)
