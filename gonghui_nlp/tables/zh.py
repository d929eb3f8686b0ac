"""Headers and coded values in the reader's language, and back: the words are those of ``resources/words``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gonghui_nlp.resources import knowledge
from gonghui_nlp.tables.own import columns_of, header_of
from gonghui_nlp.words import entries, told

# Columns that hold several coded values joined with ";" take the words of this column.
_WORDS_OF = {"functions": "function"}
# Tables whose column "message" is said by us.
_MESSAGES = ("issues", "sources")


@knowledge
def _values() -> dict[str, dict[str, str]]:
    """Chinese words of the coded values by column and code; ``""`` holds those of truth values."""
    found: dict[str, dict[str, str]] = {"": {}}
    for entry in entries().values():
        first, _, rest = entry.key.partition(".")
        if first == "value":
            column, _, code = rest.rpartition(".")
            found.setdefault(column, {})[code] = entry.zh
    return found


def _named(table: str, column: str) -> str | None:
    found = entries().get(f"column.{table}.{column}") or entries().get(f"column.{column}")
    return found and found.zh


def header(table: str, scored: Sequence[str] = (), shown: Mapping[str, str] | None = None) -> list[str]:
    """The Chinese headers of a table, in the order of its columns; ``shown`` says what labels of one's own are called.

    >>> header("dates")[-2:]
    ['数值', '数字缺失']
    """
    labels = shown or {}
    own = {f"score_{label}": f"{labels.get(label, label)}得分" for label in scored}
    return [
        header_of(table, column) or _named(table, column) or own.get(column, column)
        for column in columns_of(table, scored)
    ]


def translate(
    columns: Sequence[str], row: Sequence[Any], shown: Mapping[str, str] | None = None, table: str = ""
) -> list[Any]:
    """The row with its coded values in Chinese, labels of one's own as they are ``shown``; the rest as it stands."""
    values = _values()
    if shown:
        values = values | {"function": values["function"] | dict(shown)}
    out: list[Any] = []
    for column, value in zip(columns, row, strict=True):
        if isinstance(value, bool):
            out.append(values[""]["true" if value else "false"])
        elif not isinstance(value, str) or not value:
            out.append(value)
        elif coded := values.get(_WORDS_OF.get(column, column)):
            out.append(";".join(coded.get(part, part) for part in value.split(";")))
        elif column == "message" and table in _MESSAGES:
            out.append(told(value, "zh"))
        else:
            out.append(value)
    return out
