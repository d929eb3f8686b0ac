"""What a page shows of a text: its characters and the rows of its tables, from a Document or from written tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gonghui_nlp.schema import Document
from gonghui_nlp.tables.kept import kept_text
from gonghui_nlp.tables.own import columns_of
from gonghui_nlp.tables.rows import rows
from gonghui_nlp.words import word

if TYPE_CHECKING:
    from gonghui_nlp.tables import Tables

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Text:
    """One source: its name, its text, the rows of each table with their cells by column, what its labels are called."""

    name: str
    text: str
    rows: Mapping[str, Sequence[Row]]
    labels: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    def of(self, table: str) -> Sequence[Row]:
        """The rows of a table; none where there is no such table."""
        return self.rows.get(table, ())


def of_document(document: Document) -> Text:
    """A Document as a page shows it.

    >>> import gonghui_nlp as gh
    >>> [row["text"] for row in of_document(gh.analyze("3月8日，组织86名女教工登山。")).of("headcounts")]
    ['86名']
    """
    held = {
        table: [dict(zip(columns_of(table, document.scored), row, strict=False)) for row in found]
        for table, found in rows(document).items()
    }
    called = {label.name: label.zh for label in document.labels}
    return Text(document.name, document.text, held, called)


def of_documents(documents: Iterable[Document]) -> list[Text]:
    """Documents as one page shows them: copies told apart, their overview among the rows.

    >>> import gonghui_nlp as gh
    >>> [text.of("overview")[0]["heads"] for text in of_documents([gh.analyze("3月8日，组织86名女教工登山。")])]
    [86]
    """
    from gonghui_nlp.tables.frames import rows_of

    several = list(documents)
    held: dict[str, dict[str, list[Row]]] = {}
    for table, columns, found in rows_of(several):
        for row in found:
            mine = dict(zip(columns, (None if value == "" else value for value in row), strict=True))
            held.setdefault(str(mine["source"]), {}).setdefault(table, []).append(mine)
    labels = {id(d): {label.name: label.zh for label in d.labels} for d in several}
    return [Text(d.name, d.text, held.get(d.name or "text", {}), labels[id(d)]) for d in several]


def _by_source(tables: Tables) -> dict[str, dict[str, list[Row]]]:
    """The rows of the tables by source and table."""
    held: dict[str, dict[str, list[Row]]] = {}
    for table, frame in tables:
        if "source" not in frame.columns:
            continue
        for row in frame.astype(object).where(frame.notna(), None).to_dict("records"):
            held.setdefault(str(row["source"]), {}).setdefault(table, []).append({str(k): v for k, v in row.items()})
    return held


def of_tables(tables: Tables, folder: Path) -> Iterator[Text]:
    """The sources of written tables; a text that somebody took away from beside them is laid out from their rows."""
    held = _by_source(tables)
    read = tables.sources[tables.sources["status"] != "skipped"]
    for source in read["source"].tolist():
        mine = held.get(str(source), {})
        kept = kept_text(folder, str(source))
        if kept is not None:
            yield Text(str(source), kept, mine)
        else:
            yield Text(str(source), laid_out(mine), mine, note=word("page.rebuilt"))


def laid_out(held: Mapping[str, Iterable[Row]]) -> str:
    """The text as far as the tables hold it, every character at its offset; what they do not hold is left blank.

    >>> laid_out({"paragraphs": [{"start": 3, "text": "慰问职工。"}], "sections": []})
    '\\n  慰问职工。'
    """
    pieces = sorted(_pieces(held), key=lambda piece: (piece[0], -len(piece[1])))
    out: list[str] = []
    at = 0
    for start, words in pieces:
        if start > at:
            out.append("\n" + " " * (start - at - 1))
            at = start
        if start + len(words) > at:
            out.append(words[at - start :])
            at = start + len(words)
    return "".join(out)


def _pieces(held: Mapping[str, Iterable[Row]]) -> Iterator[tuple[int, str]]:
    for p in held.get("paragraphs", ()):
        yield p["start"], p["text"] or ""
    for s in held.get("sections", ()):
        yield s["start"], s["mark"] or ""
        if s["title"] and s["title_start"] is not None:
            yield s["title_start"], s["title"]
    for d in held.get("documents", ()):
        if d["title"]:
            yield d["start"], d["title"]
    for i in held.get("issues", ()):
        yield i["start"], i["text"] or ""
