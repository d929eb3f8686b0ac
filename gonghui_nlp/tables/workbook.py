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
# A longer text is one line in its cell: its row would fill the screen.
_LONG, _MOST_LINES = 600, 12
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
    "organisation": 26,
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
# What people read as sentences goes over several lines; the rest is cut by its neighbour.
_WRAPPED = frozenset("document unit text participants result message meaning activity".split())
# Control characters and halves of pairs, which no workbook can hold.
_UNWRITABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ISO = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_DAYS = {1: "yyyy", 2: "yyyy-mm", 3: "yyyy-mm-dd"}


def write_workbook(
    path: Path,
    completed: Completed,
    language: Language,
    shown: Mapping[str, str] | None = None,
    most_rows: int = MOST_ROWS,
) -> dict[str, int]:
    """Writes the workbook; returned is, by sheet, how many rows were left out because so many are of no use there.

    ``shown`` says what labels of one's own are called. What is more than ``most_rows`` goes on in a further sheet.
    """
    import xlsxwriter

    left_out = {}
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": datetime(2000, 1, 1), "title": word("book.title", language)})
        formats = _formats(book)
        for sheet in SHEETS:
            room = min(most_rows - _HEAD, sheet.most)
            total = _sums(sheet, islice(sheet.rows(completed), sheet.most))
            left_out[sheet.name] = sum(1 for _ in islice(sheet.rows(completed), sheet.most, None))
            rows = islice(sheet.rows(completed), sheet.most)
            parts = max(1, -(-total["rows"] // room))
            for part in range(1, parts + 1):
                writing = _Writing(book, sheet, language, shown or {}, formats, part)
                writing.begin(total, left_out[sheet.name], parts)
                writing.write(islice(rows, room))
    return left_out


def _sums(sheet: Sheet, rows: Iterator[Sequence[Any]]) -> dict[str, Any]:
    """How many rows, and sums over what is counted and not only planned; nothing of a column without any figure."""
    places = {column: sheet.columns.index(column) for column in sheet.summed}
    own = sheet.table != "overview"  # which has left both out already
    counted, status = (sheet.columns.index(c) if own and c in sheet.columns else -1 for c in ("counted", "status"))
    found: dict[str, Any] = {"rows": 0}
    for row in rows:
        found["rows"] += 1
        if (counted >= 0 and row[counted] is not True) or (status >= 0 and row[status] == "planned"):
            continue
        for column, place in places.items():
            if row[place] is not None:
                found[column] = found.get(column, 0) + row[place]
    return found


def _formats(book: Any) -> dict[str, Any]:
    made: dict[str, dict[str, Any]] = {f"date{n}": {"num_format": f, "align": "left"} for n, f in _DAYS.items()}
    made["head"] = {"bold": True, "bg_color": "#DDE7F0", "text_wrap": True, "valign": "vcenter", "bottom": 1}
    made["head_number"] = made["head"] | {"align": "right"}
    made["note"] = {"italic": True, "font_color": "#555555"}
    made["sum"] = {"bold": True, "num_format": "#,##0.##", "bottom": 1}
    made["whole"] = {"num_format": "#,##0"}
    made["count"] = {"num_format": '#,##0;-#,##0;"–"'}
    made["cents"] = {"num_format": "#,##0.00"}
    made["plain"] = {"num_format": "0", "align": "left"}
    made["aside"] = {"font_color": "#808080"}
    made["wrapped"] = {"text_wrap": True}
    made["top"] = {}
    return {name: book.add_format({"valign": "top", **look}) for name, look in made.items()}


class _Writing:
    """One sheet: a note, a line of sums, the headers, the rows."""

    def __init__(
        self, book: Any, sheet: Sheet, language: Language, shown: Mapping[str, str], formats: dict[str, Any], part: int
    ) -> None:
        self.sheet, self.language, self.shown, self.formats, self.part = sheet, language, shown, formats, part
        self.page = book.add_worksheet(word(f"sheet.{sheet.name}", language) + (f" {part}" if part > 1 else ""))
        self.page.set_landscape()
        self.page.set_paper(9)  # A4
        self.page.fit_to_pages(1, 0)
        self.page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.page.set_footer("&C&P / &N")
        self.page.repeat_rows(_HEAD - 1)
        self.widths = [self._width(column) for column in sheet.columns]
        for at, width in enumerate(self.widths):
            self.page.set_column(at, at, width)

    def _width(self, column: str) -> int:
        return _WIDTHS.get(column, 11 if self._kind(column) in ("int", "float") else 14)

    def _kind(self, column: str) -> str:
        own = column in COLUMNS.get(self.sheet.table, ())
        return kind_of(self.sheet.table, column) if own else "str"

    def begin(self, total: Mapping[str, Any], left: int, parts: int) -> None:
        """The note, the sums over all parts of the sheet, and the headers."""
        self.page.write_string(0, 0, self._note(total["rows"], left, parts), self.formats["note"])
        if self.sheet.summed and self.part == 1:
            self.page.write_string(1, 0, word("book.sum", self.language), self.formats["sum"])
            for at, column in enumerate(self.sheet.columns):
                if column in self.sheet.summed and total.get(column) is not None:
                    self.page.write_number(1, at, total[column], self.formats["sum"])
        self.page.set_row(2, 32)
        for at, column in enumerate(self.sheet.columns):
            words = header_in(self.sheet.table, column, self.language)
            look = "head_number" if self._kind(column) in ("int", "float") and column != "year" else "head"
            self.page.write_string(_HEAD - 1, at, words, self.formats[look])

    def write(self, rows: Iterator[Sequence[Any]]) -> None:
        """The rows, and what goes by their number."""
        number = 0
        for number, row in enumerate(rows, 1):
            self._row(_HEAD + number - 1, row)
        self.page.print_area(0, 0, _HEAD - 1 + number, self.sheet.columns.index(self.sheet.last))
        self.page.freeze_panes(_HEAD, 1)
        self.page.autofilter(_HEAD - 1, 0, _HEAD - 1 + number, len(self.sheet.columns) - 1)

    def _note(self, rows: int, left: int, parts: int) -> str:
        pieces = [word(f"sheet.{self.sheet.name}.note", self.language)]
        if parts > 1:
            pieces.append(word("book.parts", self.language, rows=f"{rows:,}", parts=parts, part=self.part))
        if left:
            table = file_stem(self.sheet.table, self.language)
            given = {"rows": f"{rows:,}", "left": f"{left:,}", "table": table}
            pieces.append(word("book.left_out", self.language, **given))
        return " ".join(pieces)

    def _row(self, at: int, row: Sequence[Any]) -> None:
        lines = 1
        cells: list[tuple[int, str, Any]] = []
        for place, (column, value) in enumerate(zip(self.sheet.columns, row, strict=True)):
            if value is None or value == "":
                continue
            if isinstance(value, bool):
                value = word(f"value.{'true' if value else 'false'}", self.language)
            elif isinstance(value, str):
                value = self._said(column, value)
                if column in _WRAPPED and isinstance(value, str) and len(value) < _LONG:
                    # Chinese takes two cells a character, as it takes two bytes there.
                    lines = max(lines, -(-len(value.encode("gb18030", "replace")) // self.widths[place]))
            cells.append((place, column, value))
        if lines > 1:
            self.page.set_row(at, min(lines, _MOST_LINES) * 15)
        for place, column, value in cells:
            self._cell(at, place, column, value)

    def _said(self, column: str, value: str) -> str | tuple[date, int]:
        """What a cell shows: a day where it is one, else words."""
        if column in ("date", "until") and (day := _day(value)):
            return day
        return shortened(coded(column, value, self.language, self.shown), self.language)

    def _cell(self, at: int, place: int, column: str, value: Any) -> None:
        if isinstance(value, tuple):
            self.page.write_datetime(at, place, value[0], self.formats[f"date{value[1]}"])
        elif isinstance(value, str):
            look = (
                "aside" if column.endswith("_id") else "wrapped" if column in _WRAPPED and len(value) < _LONG else "top"
            )
            self.page.write_string(at, place, value, self.formats[look])
        else:
            self.page.write_number(at, place, value, self.formats[self._number(column, value)])

    def _number(self, column: str, value: float) -> str:
        if column in ("year", "line"):
            return "plain"
        if self.sheet.table == "overview" and self._kind(column) == "int":
            return "count"
        return "whole" if float(value).is_integer() else "cents"


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
