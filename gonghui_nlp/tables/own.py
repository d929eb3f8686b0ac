"""Tables of one's own: the records of a stage that does not come with the package."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, get_args, get_type_hints

from gonghui_nlp.errors import InputError
from gonghui_nlp.schema import FUNCTIONS, Document, Finding, Span, text_of
from gonghui_nlp.tables.columns import COLUMNS, TABLES, kind_of

_PLACE = ("doc_id", "section_id", "paragraph_id", "source", "start", "end", "text")


@dataclass(frozen=True, slots=True)
class OwnTable:
    """The columns of a table of one's own: its id, where the record stands, then the record's fields."""

    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    fields: tuple[str, ...]
    zh: Mapping[str, str]


_own: dict[str, OwnTable] = {}


def register_table(name: str, record: type[Finding], zh: Mapping[str, str] | None = None) -> None:
    """Gives the records of the stage ``name`` a table of this name in :func:`to_frames` and ``gonghui convert``.

    Its columns are ``<name>_id``, the place of the record, and every field of the record class: a number, a truth
    value, a text, a Span (its text), or several (joined with ``;``). ``zh`` are Chinese headers by column. Raises
    InputError for a name that is taken and for a class that is no Finding.

    >>> from gonghui_nlp.schema import Date
    >>> register_table("deadlines", Date)
    >>> columns_of("deadlines")[-3:]
    ('text', 'value', 'masked')
    """
    if name in TABLES or not name.isidentifier():
        raise InputError(f"a table of one's own cannot be called {name!r}; {', '.join(TABLES)} are taken")
    if not (isinstance(record, type) and issubclass(record, Finding)):
        raise InputError(f"records of the table {name!r} must be of a class of Findings, not {record!r}")
    hints = get_type_hints(record)
    own = tuple(f.name for f in fields(record) if f.name not in ("id", "start", "end", "text"))
    columns = (f"{name}_id", *_PLACE, *own)
    kinds = ("str",) * 5 + ("int", "int", "str") + tuple(_kind(hints[field]) for field in own)
    _own[name] = OwnTable(columns, kinds, own, dict(zh or {}))


def _kind(hint: Any) -> str:
    parts = {part for part in (get_args(hint) or (hint,)) if part is not type(None)}
    for kind, types in (("bool", {bool}), ("int", {int}), ("float", {int, float})):
        if parts and parts <= types:
            return kind
    return "str"


def tables_of(stages: Sequence[str]) -> tuple[str, ...]:
    """The tables that come out of these stages: all of ours, and those registered for one's own."""
    return (*TABLES, *(name for name in stages if name in _own))


def columns_of(table: str, scored: Sequence[str] = ()) -> tuple[str, ...]:
    """The columns of a table; labels of one's own that have scores have a column each at the end of ``paragraphs``.

    >>> columns_of("paragraphs", ("welfare", "building"))[-2:]
    ('cues', 'score_welfare')
    """
    if table in _own:
        return _own[table].columns
    if table == "paragraphs":
        return (*COLUMNS[table], *(f"score_{label}" for label in scored if label not in FUNCTIONS))
    return COLUMNS[table]


def kind_of_column(table: str, column: str) -> str:
    """``int``, ``float``, ``bool`` or ``str``."""
    if table in _own:
        return dict(zip(_own[table].columns, _own[table].kinds, strict=True))[column]
    return "float" if column.startswith("score_") else kind_of(table, column)


def header_of(table: str, column: str) -> str | None:
    """The Chinese header that was registered for a column of one's own; None without one."""
    return _own[table].zh.get(column) if table in _own else None


def own_rows(document: Document, name: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a table of one's own for one Document."""
    for record in document.more[name]:
        around = (document.constituent_of(record), document.section_of(record), document.paragraph_of(record))
        places = ("" if place is None else document.full_id(place) for place in around)
        source = document.name or "text"
        values = (_cell(getattr(record, field)) for field in _own[name].fields)
        yield (document.full_id(record), *places, source, record.start, record.end, record.text, *values)


def _cell(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return ";".join(str(_cell(part)) for part in value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return text_of(value) if isinstance(value, Span) else str(value)
