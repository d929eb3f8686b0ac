"""Values to cells and back: numbers, lists, and cells that a spreadsheet would run as a formula."""

from __future__ import annotations

from typing import Any

# What spreadsheets take for the beginning of a formula, full-width forms included, and our own mark.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "'")


def cell(value: Any) -> str:
    """The cell of a value: empty for None, ``true``/``false``, whole floats without a point, formulas neutralised.

    >>> cell(30000.0), cell(None), cell(True), cell("=1+1"), cell(0.95)
    ('30000', '', 'true', "'=1+1", '0.95')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return "'" + value if value.startswith(_FORMULA) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def from_cell(text: str) -> str:
    """The text of a cell as it was before :func:`cell` neutralised it.

    >>> from_cell("'=1+1"), from_cell("慰问")
    ('=1+1', '慰问')
    """
    return text[1:] if text[:1] == "'" and text[1:].startswith(_FORMULA) else text
