"""Word documents (.docx, and Word's XML of 2003): paragraphs in order, with the numbers that Word makes, and tables.

Left out is what is no text of the document: headers, footers, comments, deleted and hidden text, tables of contents.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gonghui_nlp.errors import ReadingError
from gonghui_nlp.readers.decoded import Decoded
from gonghui_nlp.readers.docx_lists import Lists
from gonghui_nlp.readers.headings import TITLE, assembled, bare, heading
from gonghui_nlp.readers.packages import Package, attribute, child, children, local, parse_xml
from gonghui_nlp.readers.rows import Cell, row_lines
from gonghui_nlp.readers.signs import raised, sign, with_signs
from gonghui_nlp.resources import patterns

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NOTE = "注："
_contents = patterns.pattern("readers", "contents_style")
_AROUND = frozenset(
    "sdt sdtContent customXml smartTag ins moveTo hyperlink fldSimple dir bdo sdtRun body sect sub-section".split()
)
_GONE = frozenset(
    "del moveFrom instrText delText rPr pPr tblPr tcPr trPr sectPr rt rubyPr sdtPr sdtEndPr fldData binData".split()
)
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "lastRenderedPageBreak": ""}


def read(data: bytes) -> Decoded:
    """The plain text of a Word document; ReadingError for bytes that are none."""
    package = Package(data)
    main = package.related("").get("officeDocument", "word/document.xml")
    root = package.xml(main)
    if root is None:
        raise ReadingError("is a damaged document: its text is missing")
    near = package.related(main)
    parts = {}
    for name in ("numbering", "styles", "footnotes", "endnotes"):
        try:
            parts[name] = package.xml(near.get(name, f"word/{name}.xml"))
        except ReadingError:
            if name != "numbering":  # a style sheet or a note that is damaged is not worth the document
                parts[name] = None
            else:
                raise
    return _text(root, Lists(parts["numbering"], parts["styles"]), parts)


def read_xml(data: bytes) -> Decoded:
    """The plain text of a Word document that is one XML file: of 2003, or a package written flat."""
    root = parse_xml(data)
    if local(root) == "package":
        parts = {attribute(p, "name") or "": _only(child(p, "xmlData")) for p in children(root, "part")}
        found = {name: parts.get(f"/word/{name}.xml") for name in ("numbering", "styles", "footnotes", "endnotes")}
        main = parts.get("/word/document.xml")
    else:
        found, main = {"styles": child(root, "styles")}, root
    if main is None:
        raise ReadingError("is a damaged document: its text is missing")
    return _text(main, Lists(found.get("numbering"), found["styles"]), found)


def _only(element: Element | None) -> Element | None:
    return None if element is None else next(iter(element), None)


def _text(root: Element, lists: Lists, parts: dict[str, Element | None]) -> Decoded:
    body = child(root, "body")
    if body is None:
        raise ReadingError("is a damaged document: its text is missing")
    return assembled(_Body(lists, parts).blocks(body))


class _Body:
    """A walk over the body, in order; notes and text boxes come behind the paragraph they hang on."""

    def __init__(self, lists: Lists, parts: dict[str, Element | None]) -> None:
        self._lists = lists
        self._notes = {
            (kind, attribute(note, "id") or ""): note
            for kind in ("footnote", "endnote")
            for note in children(parts.get(f"{kind}s"), kind)
            if attribute(note, "type") in (None, "normal")
        }
        self._later: list[Element] = []
        self._told: set[tuple[str, str]] = set()

    def blocks(self, parent: Element) -> Iterator[str]:
        """The lines of the paragraphs and rows below an element."""
        for element in parent:
            name = local(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield from self._table(element)
            elif name == "sdt" and _is_contents(element):
                continue
            elif name in _AROUND:
                yield from self.blocks(element)

    def _paragraph(self, paragraph: Element) -> Iterator[str]:
        properties = child(paragraph, "pPr")
        if any(_contents().match(name) for name in self._lists.style_names(properties)[:1]):
            return
        outer, self._later = self._later, []
        shown = "".join(self._runs(paragraph))
        if shown.strip() or not _is_deleted(properties):
            # An item without text has its number, too: it holds a picture or a formula, or waits to be filled in.
            style = TITLE if self._lists.is_title(properties) else heading(self._lists.heading(properties))
            yield style + self._lists.mark(properties) + shown.lstrip("\n")
        later, self._later = self._later, outer
        for note in later:
            lines = [line for line in self.blocks(note) if line.strip()]
            if local(note) != "txbxContent" and lines:
                lines[0] = _NOTE + bare(lines[0]).strip()
            yield from lines

    def _runs(self, parent: Element) -> Iterator[str]:
        """The text of the runs below an element."""
        for element in parent:
            name = local(element)
            if name in _GONE or not name:
                continue
            if name == "t":
                yield (element.text or "").replace("\n", " ")
            elif name in _SIGNS:
                yield _SIGNS[name]
            elif name == "sym":
                yield _sign(attribute(element, "char"), attribute(element, "font") or "")
            elif name in ("footnoteReference", "endnoteReference"):
                self._note(name.removesuffix("Reference"), attribute(element, "id") or "")
            elif name == "txbxContent":
                self._later.append(element)
            elif name == "AlternateContent":  # one of several ways to say the same
                yield from self._runs(next((c for c in element if local(c) == "Choice"), element))
            elif name == "footnote":  # as Word of 2003 writes it
                self._later.append(element)
            elif name == "r":
                yield self._run(element)
            else:
                yield from self._runs(element)

    def _run(self, run: Element) -> str:
        """The text of a run as its font and its place on the line show it."""
        if _is_hidden(run):
            return ""
        text = "".join(self._runs(run))
        if place := attribute(placed) if (placed := child(run, "rPr", "vertAlign")) is not None else None:
            text = raised(text, place == "superscript") if place != "baseline" else text
        fonts = child(run, "rPr", "rFonts")
        return text if fonts is None else with_signs(text, attribute(fonts, "ascii") or attribute(fonts, "hAnsi") or "")

    def _note(self, kind: str, key: str) -> None:
        note = self._notes.get((kind, key))
        if note is not None and (kind, key) not in self._told:
            self._told.add((kind, key))
            self._later.append(note)

    def _table(self, table: Element) -> Iterator[str]:
        for row in _below(table, "tr"):
            if child(row, "trPr", "del") is not None:
                continue
            cells: list[Cell] = []
            for cell in _below(row, "tc"):
                merged = child(cell, "tcPr", "vMerge")
                if merged is None:
                    merged = child(cell, "tcPr", "vmerge")
                if merged is not None and attribute(merged) != "restart":
                    continue
                cells.append(list(self.blocks(cell)))
            yield from row_lines(cells)


def _below(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also where something is wrapped around them."""
    for element in parent:
        if local(element) == name:
            yield element
        elif local(element) in _AROUND:
            yield from _below(element, name)


def _is_contents(element: Element) -> bool:
    gallery = child(element, "sdtPr", "docPartObj", "docPartGallery")
    return gallery is not None and attribute(gallery) == "Table of Contents"


def _is_deleted(properties: Element | None) -> bool:
    """Whether the end of the paragraph was deleted, so that it goes on into the next."""
    return child(properties, "rPr", "del") is not None


def _is_hidden(run: Element) -> bool:
    vanish = child(run, "rPr", "vanish")
    return vanish is not None and attribute(vanish) not in ("0", "false")


def _sign(code: str | None, font: str) -> str:
    try:
        return sign(int(code or "", 16), font)
    except (ValueError, OverflowError):
        return ""
