"""Documents to pandas frames, and written tables back to frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gonghui_nlp.errors import InputError
from gonghui_nlp.schema import Document
from gonghui_nlp.tables import manifest
from gonghui_nlp.tables.columns import COLUMNS, TABLES
from gonghui_nlp.tables.copies import Completed, clusters_of
from gonghui_nlp.tables.kept import restored
from gonghui_nlp.tables.own import columns_of, kind_of_column, tables_of
from gonghui_nlp.tables.reading import found_in, read_rows
from gonghui_nlp.tables.rows import rows

if TYPE_CHECKING:
    import pandas as pd

# Those that are fields of Tables.
_ATTRIBUTES = tuple(name for name in TABLES if name not in ("activities", "overview"))
_DTYPES = {"int": "Int64", "float": "Float64", "bool": "boolean", "str": "object"}


@dataclass(frozen=True, slots=True)
class Tables:
    """One pandas frame a table; ``tables.events``, or ``dict(tables)`` for all by name.

    ``more`` holds ``activities`` and ``overview``, and the tables of one's own: ``tables["overview"]``.
    """

    sources: pd.DataFrame
    documents: pd.DataFrame
    sections: pd.DataFrame
    paragraphs: pd.DataFrame
    events: pd.DataFrame
    amounts: pd.DataFrame
    headcounts: pd.DataFrame
    counts: pd.DataFrame
    dates: pd.DataFrame
    issues: pd.DataFrame
    fields: pd.DataFrame
    more: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    def activities(self) -> pd.DataFrame:
        """``tables["activities"]``: a row an activity, to group by year, type and function; sum where ``counted``.

        >>> import gonghui_nlp as gh
        >>> tables = gh.to_frames(gh.analyze("2021年度工会工作总结\\n3月8日，组织女教工登山，26名教师参加。"))
        >>> tables.activities()[["year", "date", "type", "heads"]].values.tolist()
        [[2021, '2021-03-08', 'culture_sports', 26.0]]
        """
        return self["activities"]

    def __iter__(self) -> Iterator[tuple[str, pd.DataFrame]]:
        yield from ((name, getattr(self, name)) for name in _ATTRIBUTES)
        yield from self.more.items()

    def __getitem__(self, name: str) -> pd.DataFrame:
        for own, frame in self:
            if own == name:
                return frame
        raise InputError(f"no table {name!r}; there are {', '.join(own for own, _ in self)}")

    def keys(self) -> list[str]:
        """The names of the tables."""
        return [name for name, _ in self]


def to_frames(documents: Document | Iterable[Document], copies: bool = True) -> Tables:
    """The tables of one or many Documents; a missing value is NA, lists in one cell are joined with ``;``.

    Copies are told apart as ``gonghui convert`` does over an archive: ``cluster_id``, ``canonical``, ``similarity``,
    ``counted``. Without ``copies`` each text stands by itself and all of it is counted.
    """
    return _tables({table: _frame(table, names, [*found]) for table, names, found in rows_of(documents, copies)})


def rows_of(
    documents: Document | Iterable[Document], copies: bool = True
) -> Iterator[tuple[str, tuple[str, ...], Iterator[Sequence[Any]]]]:
    """Of each table of :func:`to_frames` its name, its columns and its rows."""
    if isinstance(documents, Document):
        documents = [documents]
    held: dict[str, list[tuple[Any, ...]]] = {table: [] for table in TABLES}
    scored: tuple[str, ...] = ()
    texts: list[str] = []
    for document in documents:
        if not isinstance(document, Document):
            raise InputError(f"to_frames takes Documents (from analyze or analyze_many), not {type(document).__name__}")
        if document.scored and scored and document.scored != scored:
            raise InputError("the Documents were labelled by models with other labels; make tables of each by itself")
        scored = scored or document.scored
        for table, found in rows(document).items():
            held.setdefault(table, []).extend(found)
        texts += [document.text[c.start : c.end] for c in document.constituents]
    clusters = {"documents": clusters_of([row[0] for row in held["documents"]], texts if copies else (), "documents")}
    told = [row[COLUMNS["paragraphs"].index("text")] for row in held["paragraphs"]]
    clusters["paragraphs"] = clusters_of([row[0] for row in held["paragraphs"]], told if copies else (), "paragraphs")
    completed = Completed(lambda table: iter(held[table]), clusters)
    yield from ((table, columns_of(table, scored), completed.rows(table)) for table in held)


def _tables(frames: dict[str, pd.DataFrame]) -> Tables:
    own = {name: frame for name, frame in frames.items() if name not in _ATTRIBUTES}
    return Tables(**{name: frames[name] for name in _ATTRIBUTES}, more=own)


def read_tables(folder: str | Path) -> Tables:
    """The frames of tables written by ``gonghui convert``, in English or in Chinese; every text as it was extracted.

    A table that a spreadsheet saved again (TRUE and FALSE, GBK, dates as 2019/3/8, semicolons) is read as it was.
    Messages stay in the language they were written in. Raises InputError where a table is missing, is of another
    version, has not the rows that its run wrote, or holds what cannot be: it names the table, the row and the column.
    """
    folder = Path(folder)
    frames = {}
    listed = manifest.read(folder)
    taken = {path for table in TABLES if (path := found_in(folder, table))}
    own = [path.stem for path in sorted(folder.glob("*.csv")) if path not in taken]
    for table in tables_of(own):
        path = found_in(folder, table)
        if path is None:
            raise InputError(f"{folder / table}.csv: no such table; give a folder that `gonghui convert` wrote")
        columns, found = read_rows(path, table)
        frames[table] = _frame(table, columns, restored(folder, columns, found))
        wanted = listed.get(path.name, {}).get("rows", len(found))
        if wanted != len(found):
            raise InputError(f"{path}: holds {len(found)} rows, but its run wrote {wanted}; convert the archive again")
    return _tables(frames)


def _frame(table: str, names: tuple[str, ...], found: Sequence[Sequence[Any]]) -> pd.DataFrame:
    import pandas as pd

    columns = list(zip(*found, strict=True)) if found else [()] * len(names)
    data: dict[str, Any] = {}
    for name, values in zip(names, columns, strict=True):
        kind = kind_of_column(table, name)
        cells = [None if v == "" else v for v in values] if kind == "str" else list(values)
        data[name] = pd.Series(cells, dtype=_DTYPES[kind])
    return pd.DataFrame(data)
