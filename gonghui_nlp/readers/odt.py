"""OpenDocument texts (.odt): paragraphs in order, with the numbers of their lists, and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gonghui_nlp.errors import ReadingError
from gonghui_nlp.readers.decoded import Decoded
from gonghui_nlp.readers.headings import assembled, bare, heading
from gonghui_nlp.readers.numbering import Counter, Level
from gonghui_nlp.readers.packages import Package, attribute, child, local
from gonghui_nlp.readers.rows import row_lines
from gonghui_nlp.readers.signs import raised, with_signs

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NOTE = "注："
_WHITE = re.compile(r"[ \t\r\n]+")
_FORMATS = {
    "1": "decimal", "": "none", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "一, 二, 三, ...": "chineseCountingThousand", "壹, 贰, 叁, ...": "chineseLegalSimplified",
    "壹, 貳, 參, ...": "ideographLegalTraditional", "甲, 乙, 丙, ...": "ideographTraditional",
    "子, 丑, 寅, ...": "ideographZodiac", "①, ②, ③, ...": "decimalEnclosedCircle", "１, ２, ３, ...": "decimalFullWidth",
}  # fmt: skip
_GONE = frozenset(
    "tracked-changes annotation annotation-end sequence-decls forms table-of-content alphabetical-index ruby-text"
    " note-citation desc title bookmark soft-page-break".split()
)
_CELLS = ("table-cell",)


def read(data: bytes) -> Decoded:
    """The plain text of an OpenDocument text; ReadingError for one that is damaged or protected."""
    package = Package(data)
    if b"encryption-data" in (package.part("META-INF/manifest.xml") or b""):
        raise ReadingError("is protected by a password; save it without and run again")
    root = package.xml("content.xml")
    body = None if root is None else child(root, "body", "text")
    if root is None or body is None:
        raise ReadingError("is a damaged document: its text is missing")
    styles = [child(root, "automatic-styles"), child(package.xml("styles.xml"), "styles")]
    styles.append(child(package.xml("styles.xml"), "automatic-styles"))
    return assembled(_Body([s for s in styles if s is not None]).blocks(body))


class _Body:
    """A walk over the body, in order."""

    def __init__(self, styles: list[Element]) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._looks: dict[str, tuple[str, str]] = {}
        self._list_of: dict[str, tuple[str | None, str | None]] = {}
        for style in (s for part in styles for s in part):
            name = attribute(style, "name") or ""
            if local(style) == "list-style":
                self._levels[name] = dict(filter(None, map(_level, style)))
            elif local(style) == "style":
                self._list_of[name] = (attribute(style, "list-style-name"), attribute(style, "parent-style-name"))
                if (look := child(style, "text-properties")) is not None:
                    self._looks[name] = (attribute(look, "text-position") or "", attribute(look, "font-name") or "")
        self._counters: dict[str, Counter] = {}
        self._later: list[Element] = []

    def blocks(self, parent: Element) -> Iterator[str]:
        """The lines of the paragraphs, lists and rows below an element."""
        for element in parent:
            name = local(element)
            if name in _GONE or not name:
                continue
            if name in ("p", "h"):
                yield from self._paragraph(element)
            elif name == "list":
                yield from self._list(element, None, 0, {})
            elif name == "table":
                yield from self._table(element)
            else:
                yield from self.blocks(element)

    def _paragraph(self, paragraph: Element, mark: str = "") -> Iterator[str]:
        outer, self._later = self._later, []
        shown = "".join(self._shown(paragraph)).strip(" ")
        level = attribute(paragraph, "outline-level") if local(paragraph) == "h" else None
        yield heading(int(level) if level and level.isdigit() else 0) + mark + shown
        later, self._later = self._later, outer
        for element in later:
            lines = [line for line in self.blocks(element) if line.strip()]
            if local(element) == "note-body" and lines:
                lines[0] = _NOTE + bare(lines[0]).strip()
            yield from lines

    def _shown(self, element: Element) -> Iterator[str]:
        yield _WHITE.sub(" ", element.text or "")
        for inner in element:
            name = local(inner)
            if name == "s":
                yield " " * min(int(attribute(inner, "c") or 1), 100)
            elif name == "tab":
                yield "\t"
            elif name == "line-break":
                yield "\n"
            elif name in ("note-body", "text-box"):
                self._later.append(inner)
            elif name == "span":
                yield self._span(inner)
            elif name and name not in _GONE:
                yield from self._shown(inner)
            yield _WHITE.sub(" ", inner.tail or "")

    def _span(self, span: Element) -> str:
        """The text of a span as its font and its place on the line show it."""
        text = "".join(self._shown(span))
        place, font = self._looks.get(attribute(span, "style-name") or "", ("", ""))
        text = raised(text, place.startswith("super")) if place.startswith(("super", "sub")) else text
        return with_signs(text, font)

    def _list(self, element: Element, style: str | None, depth: int, own: dict[str, Counter]) -> Iterator[str]:
        style = attribute(element, "style-name") or style
        for item in element:
            first = local(item) == "list-item"
            for inner in item:
                if local(inner) == "list":
                    yield from self._list(inner, style, depth + 1, own)
                elif local(inner) in ("p", "h"):
                    counter = self._counter(style or self._style_of(inner), element, depth, own) if first else None
                    yield from self._paragraph(inner, _mark(counter, depth, attribute(item, "start-value")))
                    first = False
                elif local(inner):
                    yield from self.blocks(inner)

    def _style_of(self, paragraph: Element) -> str | None:
        name, n = attribute(paragraph, "style-name"), 0
        while name in self._list_of and n < 20:
            found, name = self._list_of[name]
            if found:
                return found
            n += 1
        return None

    def _counter(self, style: str | None, element: Element, depth: int, own: dict[str, Counter]) -> Counter | None:
        """The counter of a list: that of the last one of its style where it goes on, else a new one."""
        if style is None or style not in self._levels:
            return None
        if "this" not in own:
            top = element
            for _ in range(depth):
                outer = top.getparent()
                outer = None if outer is None else outer.getparent()
                top = top if outer is None else outer
            goes_on = attribute(top, "continue-numbering") == "true" or attribute(top, "continue-list") is not None
            known = self._counters.get(style) if goes_on else None
            own["this"] = self._counters[style] = known or Counter(self._levels[style])
        return own["this"]

    def _table(self, table: Element) -> Iterator[str]:
        for part in table:
            if local(part) == "table-row":
                yield from row_lines([list(self.blocks(cell)) for cell in part if local(cell) in _CELLS])
            elif local(part) in ("table-header-rows", "table-rows", "table-row-group"):
                yield from self._table(part)


def _mark(counter: Counter | None, depth: int, start: str | None) -> str:
    if counter is None:
        return ""
    return counter.next(min(depth, 9), None, int(start) if start and start.isdigit() else None)


def _level(element: Element) -> tuple[int, Level] | None:
    at = attribute(element, "level") or ""
    if not at.isdigit():
        return None
    depth = int(at) - 1
    if local(element) != "list-level-style-number":
        return depth, Level(number_format="bullet")
    written = attribute(element, "num-format") or ""
    shown = min(int(attribute(element, "display-levels") or 1), depth + 1)
    numbers = ".".join(f"%{n + 1}" for n in range(depth + 1 - shown, depth + 1))
    text = f"{attribute(element, 'num-prefix') or ''}{numbers}{attribute(element, 'num-suffix') or ''}"
    if newer := attribute(element, "num-list-format"):
        text = re.sub(r"%(\d+)%", r"%\1", newer)
    start = attribute(element, "start-value") or "1"
    return depth, Level(int(start) if start.isdigit() else 1, _FORMATS.get(written, "decimal"), text[:60])
