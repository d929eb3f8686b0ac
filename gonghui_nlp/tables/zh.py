"""Chinese headers and coded values for readers who open the tables in a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gonghui_nlp.resources import current, knowledge
from gonghui_nlp.tables.columns import COLUMNS

# Columns that hold several coded values joined with ";" take the words of this column.
_WORDS_OF = {"functions": "function"}


@knowledge
def _words() -> dict[str, Any]:
    return current().toml("tables/zh.toml")


def header(table: str) -> list[str]:
    """The Chinese headers of a table, in the order of its columns.

    >>> header("dates")[-2:]
    ['数值', '数字缺失']
    """
    names = _words()["columns"]
    return [names[column] for column in COLUMNS[table]]


def translate(table: str, row: Sequence[Any]) -> list[Any]:
    """The row with its coded values in Chinese; everything else as it stands."""
    values = _words()["values"]
    out: list[Any] = []
    for column, value in zip(COLUMNS[table], row, strict=True):
        if isinstance(value, bool):
            out.append(values["true" if value else "false"])
        elif isinstance(value, str) and value and (coded := values.get(_WORDS_OF.get(column, column))):
            out.append(";".join(coded.get(part, part) for part in value.split(";")))
        else:
            out.append(value)
    return out
