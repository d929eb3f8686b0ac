"""One workbook that a person would want to be given: the overview first, then what to sort, sum and check.

Rows are streamed: of a workbook nothing is held but a row, whatever the size of the archive.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from gonghui_nlp.tables.columns import COLUMNS, kind_of
from gonghui_nlp.tables.copies import Completed
from gonghui_nlp.tables.sheets import SHEETS, Sheet
from gonghui_nlp.tables.zh import coded, file_stem, header_in
from gonghui_nlp.words import Language, word

NAMES: dict[Language, str] = {"zh": "汇总.xlsx", "en": "summary.xlsx"}
"""What the file is called."""
MOST_ROWS = 1_048_576
"""So many rows a sheet of a spreadsheet has."""
LONGEST = 32_767
"""So many characters a cell of a spreadsheet has."""
_HEAD = 3
_WIDTHS = {
    "text": 60,
    "headings": 36,
    "document": 36,
    "message": 60,
    "meaning": 44,
    "unit": 26,
    "source": 26,
    "result": 24,
}
_WIDTHS |= {
    "name": 24,
    "participants": 20,
    "organiser": 20,
    "amounts": 18,
    "headcounts": 18,
    "activity": 44,
    "kept": 36,
}
_WIDTHS |= {
    "date": 12,
    "until": 12,
    "when": 16,
    "year": 8,
    "line": 8,
    "what": 16,
    "copy_of": 30,
    "place": 16,
    "keep": 22,
    "yuan": 16,
}
# Control characters and halves of pairs, which no workbook can hold.
_UNWRITABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ISO = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_DAYS = {1: "yyyy", 2: "yyyy-mm", 3: "yyyy-mm-dd"}


def write_workbook(
    path: Path, completed: Completed, language: Language, shown: Mapping[str, str] | None = None
) -> dict[str, int]:
    """Writes the workbook; returned is, by sheet, how many rows were left out because a sheet has no more.

    ``shown`` says what labels of one's own are called.
    """
    import xlsxwriter

    left_out = {}
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": datetime(2000, 1, 1), "title": word("book.title", language)})
        formats = _formats(book)
        for sheet in SHEETS:
            writing = _Writing(book, sheet, language, shown or {}, formats)
            left_out[sheet.name] = writing.write(completed)
    return left_out


def _formats(book: Any) -> dict[str, Any]:
    made = {f"date{n}": book.add_format({"num_format": f, "align": "left"}) for n, f in _DAYS.items()}
    made["head"] = book.add_format(
        {"bold": True, "bg_color": "#DDE7F0", "text_wrap": True, "valign": "vcenter", "bottom": 1}
    )
    made["note"] = book.add_format({"italic": True, "font_color": "#555555"})
    made["sum"] = book.add_format({"bold": True, "num_format": "#,##0.##", "bottom": 1})
    made["whole"] = book.add_format({"num_format": "#,##0"})
    made["count"] = book.add_format({"num_format": '#,##0;-#,##0;"–"'})
    made["cents"] = book.add_format({"num_format": "#,##0.00"})
    made["plain"] = book.add_format({"num_format": "0"})
    made["aside"] = book.add_format({"font_color": "#808080"})
    return made


class _Writing:
    """One sheet: a note, a line of sums, the headers, the rows."""

    def __init__(
        self, book: Any, sheet: Sheet, language: Language, shown: Mapping[str, str], formats: dict[str, Any]
    ) -> None:
        self.sheet, self.language, self.shown, self.formats = sheet, language, shown, formats
        self.page = book.add_worksheet(word(f"sheet.{sheet.name}", language))
        self.page.set_landscape()
        self.page.set_paper(8)  # A3
        self.page.fit_to_pages(1, 0)
        self.page.repeat_rows(_HEAD - 1)
        for at, column in enumerate(sheet.columns):
            number = self._kind(column) in ("int", "float")
            self.page.set_column(at, at, _WIDTHS.get(column, 11 if number else 14))

    def _kind(self, column: str) -> str:
        own = column in COLUMNS.get(self.sheet.table, ())
        return kind_of(self.sheet.table, column) if own else "str"

    def write(self, completed: Completed) -> int:
        """Writes the sheet; returned are the rows that it has no room for."""
        room = min(MOST_ROWS - _HEAD, self.sheet.most)
        total, sums = self._sums(islice(self.sheet.rows(completed), room + 1)), self.sheet.summed
        rows = self.sheet.rows(completed)
        left = 0
        if total["rows"] > room:
            left = total["rows"] - room + sum(1 for _ in islice(self.sheet.rows(completed), room + 1, None))
        self.page.write_string(0, 0, self._note(left, room), self.formats["note"])
        self.page.set_row(2, 32)
        if sums:
            self.page.write_string(1, 0, word("book.sum", self.language), self.formats["sum"])
            for at, column in enumerate(self.sheet.columns):
                if column in sums and total.get(column) is not None:
                    self.page.write_number(1, at, total[column], self.formats["sum"])
        for at, column in enumerate(self.sheet.columns):
            words = header_in(self.sheet.table, column, self.language)
            self.page.write_string(_HEAD - 1, at, words, self.formats["head"])
        number = 0
        for number, row in enumerate(islice(rows, room), 1):
            self._row(_HEAD + number - 1, row)
        self.page.freeze_panes(_HEAD, 1)
        self.page.autofilter(_HEAD - 1, 0, _HEAD - 1 + number, len(self.sheet.columns) - 1)
        return left

    def _note(self, left: int, room: int) -> str:
        note = word(f"sheet.{self.sheet.name}.note", self.language)
        more = word(
            "book.left_out",
            self.language,
            rows=f"{room:,}",
            left=f"{left:,}",
            table=file_stem(self.sheet.table, self.language),
        )
        return f"{note} {more}" if left else note

    def _sums(self, rows: Iterator[Sequence[Any]]) -> dict[str, Any]:
        """Sums over what is counted; None where there is nothing to add."""
        places = {column: self.sheet.columns.index(column) for column in self.sheet.summed}
        counted = self.sheet.columns.index("counted") if "counted" in self.sheet.columns else None
        told = self.sheet.table != "overview" and counted is not None
        found: dict[str, Any] = {"rows": 0}
        for row in rows:
            found["rows"] += 1
            if told and row[counted] is not True:  # type: ignore[index]
                continue
            for column, place in places.items():
                if row[place] is not None:
                    found[column] = found.get(column, 0) + row[place]
        return found

    def _row(self, at: int, row: Sequence[Any]) -> None:
        for place, (column, value) in enumerate(zip(self.sheet.columns, row, strict=True)):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                self._text(at, place, column, value)
            elif isinstance(value, bool):
                self.page.write_string(at, place, word(f"value.{'true' if value else 'false'}", self.language))
            else:
                self.page.write_number(at, place, value, self.formats[self._number(column, value)])

    def _number(self, column: str, value: float) -> str:
        if column in ("year", "line"):
            return "plain"
        if self.sheet.table == "overview" and self._kind(column) == "int":
            return "count"
        return "whole" if float(value).is_integer() else "cents"

    def _text(self, at: int, place: int, column: str, value: str) -> None:
        if column in ("date", "until") and (day := _day(value)):
            self.page.write_datetime(at, place, day[0], self.formats[f"date{day[1]}"])
            return
        words = coded(column, value, self.language, self.shown)
        look = self.formats["aside"] if column.endswith("_id") else None
        self.page.write_string(at, place, shortened(words, self.language), look)


def _day(value: str) -> tuple[date, int] | None:
    """The first day of an ISO date and how many of its parts are known; None for what a spreadsheet has no day for.

    >>> _day("2019-03"), _day("1896-03-08")
    ((datetime.date(2019, 3, 1), 2), None)
    """
    found = _ISO.fullmatch(value)
    if found is None or int(found[1]) < 1900:
        return None
    parts = [int(part) for part in found.groups() if part]
    try:
        return date(*[*parts, 1, 1][:3]), len(parts)
    except ValueError:
        return None


def shortened(text: str, language: Language) -> str:
    """The text as a cell can hold it: cut with a mark where it is too long, without what no workbook can hold.

    >>> shortened("工会", "zh"), len(shortened("长" * 40_000, "zh")) <= LONGEST
    ('工会', True)
    """
    clean = _UNWRITABLE.sub("\ufffd", text)
    # A spreadsheet counts as UTF-16 does: what lies beyond the first 65,536 characters takes two.
    if len(clean) + sum(c > "\uffff" for c in clean) <= LONGEST:
        return clean
    mark = word("book.cut", language, chars=f"{len(text):,}")
    room = LONGEST - len(mark)
    kept: list[str] = []
    for character in clean:
        room -= 1 + (character > "\uffff")
        if room < 0:
            break
        kept.append(character)
    return "".join(kept) + mark
