"""The README of an output folder: what each file and each column is, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gonghui_nlp.tables.columns import COLUMNS, TABLES
from gonghui_nlp.tables.kept import FOLDER
from gonghui_nlp.tables.manifest import MANIFEST
from gonghui_nlp.tables.workbook import NAMES as BOOKS
from gonghui_nlp.tables.zh import file_stem, header_in
from gonghui_nlp.version import __version__
from gonghui_nlp.words import LANGUAGES, Language, known, word

NAMES: dict[Language, str] = {"zh": "说明.txt", "en": "README.txt"}
"""What the file is called."""
# For people first.
_ORDER = ("overview", "activities", *(name for name in TABLES if name not in ("overview", "activities")))


def write_readme(folder: Path, language: Language) -> None:
    """Writes what the files of the folder are, in this language first and then in the other."""
    order: tuple[Language, Language] = ("zh", "en") if language == "zh" else ("en", "zh")
    text = "\n\n".join("\n".join(_lines(folder, one)) for one in order)
    # With a mark, so that simple editors take it for UTF-8.
    (folder / NAMES[language]).write_text(text + "\n", encoding="utf-8-sig", newline="\r\n")


def write_copies_readme(folder: Path, language: Language) -> None:
    """Writes what the files of a report on copies are, in this language first and then in the other."""
    order: tuple[Language, Language] = ("zh", "en") if language == "zh" else ("en", "zh")
    lines = []
    for one in order:
        lines += [word("copies.title", one), "=" * 40, word("readme.by", one, version=__version__), ""]
        for name in ("differences", "keep", "clusters", "templates", "slots", "stock"):
            called = word(f"copies.file.{name}", language)
            suffixes = {"differences": "/index.html", "keep": ".csv, .xlsx"}
            lines.append(f"{called}{suffixes.get(name, '.csv')}  {word(f'copies.about.{name}', one)}")
        lines += [f"{MANIFEST}  {word('file.manifest', one)}", ""]
    (folder / NAMES[language]).write_text("\n".join(lines), encoding="utf-8-sig", newline="\r\n")


def _lines(folder: Path, language: Language) -> Iterator[str]:
    title = word("readme.title", language)
    yield from (title, "=" * 40, word("readme.by", language, version=__version__), "")
    yield from (
        word("readme.how", language),
        word("readme.place", language),
        "",
        word("readme.files", language),
        "-" * 40,
    )
    yield from (f"{name}  {word('file.workbook', language)}" for name in BOOKS.values() if (folder / name).exists())
    yield f"{FOLDER}/  {word('file.text', language)}"
    yield f"{MANIFEST}  {word('file.manifest', language)}"
    for table in _ORDER:
        for path in sorted(p for one in LANGUAGES for p in folder.glob(f"{file_stem(table, one)}.*")):
            yield from ("", f"{path.name}  {word(f'file.{table}', language)}")
            yield from (
                f"    {_called(table, column, language)}{about(column, language, table)}" for column in COLUMNS[table]
            )


def _called(table: str, column: str, language: Language) -> str:
    """A column by its header and by its name in the code, either of which may stand in the table."""
    return f"{header_in(table, column, 'zh')}（{column}）：" if language == "zh" else f"{column}: "


def about(column: str, language: Language, table: str = "") -> str:
    """What a column holds, in a few words.

    >>> about("doc_id", "zh"), about("type_aid", "zh")
    ('材料的编号', '该类型的活动数')
    """
    for key in (f"about.{table}.{column}", f"about.{column}", f"about.{column.partition('_')[0]}_all"):
        if known(key):
            return word(key, language)
    return word("about.own", language)
