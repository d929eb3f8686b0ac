"""Headers and coded values in the reader's language, and back: the words are those of ``resources/words``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gonghui_nlp.resources import knowledge
from gonghui_nlp.tables.own import columns_of, header_of
from gonghui_nlp.words import Language, entries, known, told, word

# Columns that hold several coded values joined with ";" take the words of this column.
WORDS_OF = {"functions": "function"}
# Tables whose column "message" is said by us.
_MESSAGES = ("issues", "sources")


@knowledge
def codes() -> dict[str, dict[str, str]]:
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


def file_stem(table: str, language: Language) -> str:
    """What the file of a table is called, without its suffix; a table of one's own by its own name.

    >>> file_stem("overview", "zh"), file_stem("overview", "en")
    ('总览', 'overview')
    """
    key = f"table.{table}"
    return word(key, language) if known(key) else table


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


def header_in(table: str, column: str, language: Language) -> str:
    """What a reader of the workbook sees of a column.

    >>> header_in("activities", "yuan", "zh"), header_in("activities", "yuan_each", "en")
    ('金额（元）', 'yuan each')
    """
    if language == "zh":
        return header_of(table, column) or _named(table, column) or column
    return column.replace("_", " ")


def coded(column: str, value: str, language: Language, shown: Mapping[str, str]) -> str:
    """A value as a reader of the workbook sees it: a code in words, a message in the language, the rest as it is.

    >>> coded("type", "culture_sports", "en", {}), coded("what", "gap", "zh", {})
    ('culture sports', '缺号')
    """
    if column == "message":
        return told(value, language)
    if column == "meaning":
        return word(f"meaning.{value}", language) if known(f"meaning.{value}") else ""
    known_codes = codes().get({"what": "code"}.get(column, column))
    if not known_codes:
        return value
    if language == "en":
        return value.replace("_", " ") if value in known_codes else value
    return shown.get(value) or known_codes.get(value, value)


def translate(
    columns: Sequence[str], row: Sequence[Any], shown: Mapping[str, str] | None = None, table: str = ""
) -> list[Any]:
    """The row with its coded values in Chinese, labels of one's own as they are ``shown``; the rest as it stands."""
    values = codes()
    if shown:
        values = values | {"function": values["function"] | dict(shown)}
    out: list[Any] = []
    for column, value in zip(columns, row, strict=True):
        if isinstance(value, bool):
            out.append(values[""]["true" if value else "false"])
        elif not isinstance(value, str) or not value:
            out.append(value)
        elif coded := values.get(WORDS_OF.get(column, column)):
            out.append(";".join(coded.get(part, part) for part in value.split(";")))
        elif column == "message" and table in _MESSAGES:
            out.append(told(value, "zh"))
        else:
            out.append(value)
    return out
