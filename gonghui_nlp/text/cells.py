"""Values to cells and back: numbers, lists, and cells that a spreadsheet would run as a formula or take for a number."""

from __future__ import annotations

from typing import Any

from gonghui_nlp.compiling import compiled

# What spreadsheets take for the beginning of a formula, full-width forms included, and our own mark.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "'")


# What they take for a number, a day or an hour that is another when it is saved again: （1） becomes -1, 1. becomes 1, 1.10
# becomes 1.1, 1-2 a day in January.
_TURNED = compiled(
    r"[（(]\s*[0-9０-９.,]+\s*[)）]|[0-9０-９]+[.．]|0[0-9]+|[0-9]*[.．][0-9]*0|[0-9]+[eE][0-9]+|[0-9]{16,}"
    r"|[0-9]{1,4}[-/][0-9]{1,2}(?:[-/][0-9]{1,4})?|[0-9]{1,2}[:：][0-9]{2}(?:[:：][0-9]{2})?"
)


def cell(value: Any, kept: bool = False) -> str:
    """The cell of a value: empty for None, ``true``/``false``, whole floats without a point, formulas neutralised.

    With ``kept`` so is what a spreadsheet would turn into another number or a day.

    >>> cell(30000.0), cell(None), cell(True), cell("=1+1"), cell(0.95)
    ('30000', '', 'true', "'=1+1", '0.95')
    >>> cell("（1）", kept=True), cell("（一）", kept=True)
    ("'（1）", '（一）')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return "'" + value if value.startswith(_FORMULA) or (kept and _TURNED.fullmatch(value)) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def from_cell(text: str) -> str:
    """The text of a cell as it was before :func:`cell` neutralised it.

    >>> from_cell("'=1+1"), from_cell("'（1）"), from_cell("慰问")
    ('=1+1', '（1）', '慰问')
    """
    behind = text[1:]
    return behind if text[:1] == "'" and (behind.startswith(_FORMULA) or _TURNED.fullmatch(behind)) else text
