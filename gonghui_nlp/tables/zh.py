"""Chinese headers and coded values for readers who open the tables in a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gonghui_nlp.resources import current, knowledge
from gonghui_nlp.tables.own import columns_of, header_of

# Columns that hold several coded values joined with ";" take the words of this column.
_WORDS_OF = {"functions": "function"}


@knowledge
def _words() -> dict[str, Any]:
    return current().toml("tables/zh.toml")


def header(table: str, scored: Sequence[str] = (), shown: Mapping[str, str] | None = None) -> list[str]:
    """The Chinese headers of a table, in the order of its columns; ``shown`` says what labels of one's own are called.

    >>> header("dates")[-2:]
    ['数值', '数字缺失']
    """
    names, labels = _words()["columns"], shown or {}
    own = {f"score_{label}": f"{labels.get(label, label)}得分" for label in scored}
    return [
        header_of(table, column) or names.get(column) or own.get(column, column) for column in columns_of(table, scored)
    ]


def translate(columns: Sequence[str], row: Sequence[Any], shown: Mapping[str, str] | None = None) -> list[Any]:
    """The row with its coded values in Chinese, labels of one's own as they are ``shown``; the rest as it stands."""
    values = _words()["values"]
    if shown:
        values = values | {"function": values["function"] | shown}
    out: list[Any] = []
    for column, value in zip(columns, row, strict=True):
        if isinstance(value, bool):
            out.append(values["true" if value else "false"])
        elif isinstance(value, str) and value and (coded := values.get(_WORDS_OF.get(column, column))):
            out.append(";".join(coded.get(part, part) for part in value.split(";")))
        else:
            out.append(value)
    return out
