"""Written tables back to rows: as they were written, in Chinese, or saved again by a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gonghui_nlp.errors import InputError
from gonghui_nlp.resources import knowledge
from gonghui_nlp.tables.columns import DAYS
from gonghui_nlp.tables.own import columns_of, kind_of_column
from gonghui_nlp.tables.zh import WORDS_OF, codes, file_stem, header
from gonghui_nlp.text.cells import from_cell
from gonghui_nlp.words import LANGUAGES

_TRUE, _FALSE = frozenset(("true", "是", "1", "yes")), frozenset(("false", "否", "0", "no"))
_MONTHS = dict(zip("jan feb mar apr may jun jul aug sep oct nov dec".split(), range(1, 13), strict=True))
# How spreadsheets show a date: 2019/3/8, 2019年3月8日, 2019/3, Mar-19.
_DAY = re.compile(r"(\d{4})(?:[/.]|年)(\d{1,2})(?:(?:[/.]|月)(\d{1,2})日?|月)?(?: 0?0:00(?::00)?)?")
_SHORT = re.compile(r"([A-Za-z]{3})-(\d\d)")


def read_rows(path: Path, table: str) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """The columns of a table and its rows; InputError that names table, row and column for what cannot be read."""
    csv.field_size_limit(1 << 30)
    text = _decoded(path)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    columns, chinese = _columns(path, table, tuple(cell.strip() for cell in next(reader, ())))
    kinds = [kind_of_column(table, column) for column in columns]
    rows = []
    for number, cells in enumerate(reader, 2):
        if not any(cells):
            continue  # a spreadsheet may leave empty rows at the end
        if len(cells) < len(columns) or any(cells[len(columns) :]):
            raise InputError(f"{path}, row {number}: {len(cells)} cells under {len(columns)} columns; correct the row")
        where = f"{path}, row {number}"
        values = zip(columns, kinds, cells, strict=False)
        rows.append(tuple(_value(where, table, column, kind, cell, chinese) for column, kind, cell in values))
    return columns, rows


def _decoded(path: Path) -> str:
    """The text of the file; a spreadsheet saves UTF-8, UTF-16 or, in China, GBK."""
    data = path.read_bytes()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path}: neither UTF-8 nor GBK ({error.reason} at byte {error.start}); save it as UTF-8"
        ) from error


def _columns(path: Path, table: str, found: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """The columns by their names in the code, and whether the file is in Chinese."""
    while found and not found[-1]:
        found = found[:-1]
    fixed = columns_of(table)
    own = found[len(fixed) :]
    if found[: len(fixed)] == fixed and all(name.startswith("score_") for name in own):
        return found, False
    if list(found[: len(fixed)]) == header(table) and all(name.endswith("得分") for name in own):
        return (*fixed, *(f"score_{name.removesuffix('得分')}" for name in own)), True
    missing = [name for name in fixed if name not in found and name not in ("",)]
    what = f"lacks {', '.join(missing[:3])}" if missing and set(found) & set(fixed) else "has other columns"
    raise InputError(f"{path}: {what}: its columns are not those of this version; convert the archive again")


def _value(where: str, table: str, column: str, kind: str, cell: str, chinese: bool) -> Any:
    if kind == "str":
        text = from_cell(cell)
        if (table, column) in DAYS:
            return _iso(text)
        return _code(column, text) if chinese and text else text
    text = cell.strip()
    if not text:
        return None
    if kind == "bool":
        return _flag(where, column, text)
    try:
        number = float(text.replace(",", "").replace("，", ""))
        if kind == "int" and not number.is_integer():
            raise ValueError
        return int(number) if kind == "int" else number
    except (ValueError, OverflowError):
        raise InputError(f"{where}: {column} is {text[:40]!r}, which is no number; correct the cell") from None


def _flag(where: str, column: str, text: str) -> bool:
    """A truth value in any case and either language.

    >>> _flag("a.csv, row 2", "masked", "TRUE"), _flag("a.csv, row 2", "masked", "否")
    (True, False)
    """
    if text.lower() in _TRUE:
        return True
    if text.lower() in _FALSE:
        return False
    raise InputError(f"{where}: {column} is {text[:40]!r}, which is neither true nor false; correct the cell")


def _iso(text: str) -> str:
    """A date as a spreadsheet shows it, as it was written; anything else as it is.

    >>> _iso("2019/3/8"), _iso("2019年3月"), _iso("Mar-19"), _iso("XXXX-03")
    ('2019-03-08', '2019-03', '2019-03', 'XXXX-03')
    """
    if m := _DAY.fullmatch(text):
        return "-".join([m[1], *(f"{int(part):02d}" for part in m.groups()[1:] if part)])
    if (m := _SHORT.fullmatch(text)) and m[1].lower() in _MONTHS:
        return f"20{m[2]}-{_MONTHS[m[1].lower()]:02d}"
    return text


@knowledge
def _coded() -> dict[str, dict[str, str]]:
    """The codes by column and Chinese words."""
    return {column: {zh: code for code, zh in words.items()} for column, words in codes().items()}


def _code(column: str, text: str) -> str:
    words = _coded().get(WORDS_OF.get(column, column))
    return ";".join(words.get(part, part) for part in text.split(";")) if words else text


def found_in(folder: Path, table: str) -> Path | None:
    """The file of a table in a folder, by its English or its Chinese name; None without one."""
    return next((p for language in LANGUAGES if (p := folder / f"{file_stem(table, language)}.csv").exists()), None)


__all__: Sequence[str] = ("found_in", "read_rows")
