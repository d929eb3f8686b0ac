"""Which texts to keep and which are copies, by the names of their files, as CSV and as a workbook."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

from gonghui_nlp.dedup.report import Listed
from gonghui_nlp.text.cells import cell
from gonghui_nlp.text.visible import visible
from gonghui_nlp.words import known, word

_COLUMNS = ("file", "text", "decision", "keep", "kind", "similarity", "containment", "reason", "cluster")
_WIDTHS = (36, 36, 10, 36, 12, 10, 10, 16, 8)
# So many rows a sheet of a spreadsheet has; what is more stands in the CSV file.
_MOST_ROWS = 1_048_575


def write_keep(folder: Path, listing: Sequence[Listed]) -> list[Path]:
    """``keep.csv`` and ``keep.xlsx`` (去留清单), a row a text, in the language spoken; the paths."""
    header = [word(f"copies.column.{column}") for column in _COLUMNS]
    paths = [folder / f"{word('copies.file.keep')}{suffix}" for suffix in (".csv", ".xlsx")]
    with paths[0].open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows([cell(value) for value in row] for row in _rows(listing))
    _workbook(paths[1], header, listing)
    return paths


def _rows(listing: Sequence[Listed]) -> Iterator[tuple[str | float, ...]]:
    for row in listing:
        decision = word("copies.keep" if row.kept else "copies.drop")
        kind, reason = (_called(c, v) for c, v in (("kind", row.kind), ("reason", row.reason)))
        numbers = (round(row.similarity, 4), round(row.containment, 4))
        yield (
            row.name.rpartition("#")[0] or row.name,
            row.name,
            decision,
            row.keep,
            kind,
            *numbers,
            reason,
            row.cluster + 1,
        )


def _called(column: str, code: str) -> str:
    key = f"copies.{column}.{code}"
    return word(key) if known(key) else code


def _workbook(path: Path, header: Sequence[str], listing: Sequence[Listed]) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(
        path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        # The same bytes for the same texts.
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})
        sheet = book.add_worksheet(word("copies.sheet"))
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 1)
        for place, (name, width) in enumerate(zip(header, _WIDTHS, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, name, bold)
        for number, row in enumerate(_rows(listing[:_MOST_ROWS]), 1):
            for place, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, place, visible(value))
                else:
                    sheet.write_number(number, place, value)
        sheet.autofilter(0, 0, min(len(listing), _MOST_ROWS), len(header) - 1)
