"""A row of a table as lines of text: cells of one line side by side, set apart by tabs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

# The lines of a cell.
Cell = Sequence[str]


def row_lines(cells: Sequence[Cell]) -> Iterator[str]:
    """The lines of a row. A cell of several lines keeps them; what is empty is left out.

    >>> list(row_lines([["3月"], ["登山"], ["26人"]]))
    ['3月\\t登山\\t26人']
    >>> list(row_lines([["主要工作"], ["一、送温暖", "慰问职工。"], ["备注"]]))
    ['主要工作', '一、送温暖', '慰问职工。', '备注']
    """
    beside: list[str] = []
    for cell in cells:
        lines = [line for line in cell if line.strip()]
        if len(lines) > 1:
            if beside:
                yield "\t".join(beside)
            beside = []
            yield from lines
        elif lines:
            beside.append(" ".join(lines[0].split()))
    if beside:
        yield "\t".join(beside)
