"""Web pages (.html, .mhtml): the main text as it is seen, a line a paragraph, tables row by row.

The encoding is what the bytes say, before what the page says of itself. Measured on pages of eleven makes against
trafilatura (keeps all, but with the menus of short pages and without rows), resiliparse (loses short lines) and
readability (loses short pages); lxml alone is what all of them stand on.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree
from lxml import html as parser

from gonghui_nlp.errors import ReadingError
from gonghui_nlp.readers.decoded import Decoded
from gonghui_nlp.readers.encodings import decode
from gonghui_nlp.readers.headings import TITLE, assembled, heading
from gonghui_nlp.readers.layout import HAN
from gonghui_nlp.readers.numbering import shown, spaced
from gonghui_nlp.readers.pages import OF_DOCUMENT, main_part
from gonghui_nlp.readers.rows import Cell, row_lines
from gonghui_nlp.readers.signs import raised
from gonghui_nlp.schema import Issue

if TYPE_CHECKING:
    from lxml.html import HtmlElement as Element

_BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 li dt dd dl ul ol tr table tbody thead tfoot caption section article main header footer"
    " center blockquote pre form fieldset figure figcaption address hr body html aside details summary".split()
)
_WHITE = re.compile(r"[ \t\r\n\f]+")
_DECLARED = re.compile(r"\A\s*<\?xml[^>]*>")
# What no tree can hold.
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_LISTS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_BREAK = "\n"
# Word and its like end a line of the source wherever it is full, in the middle of a word, too; browsers show a blank.
_WORD_PAGE = re.compile(r"""(?i)class=["']?mso|<meta[^>]{1,40}generator[^>]{1,40}(?:word|office|wps)""")
_FOLD = re.compile(f"(?<=[{HAN}])\r?\n(?=[{HAN}])")
# On a page with fewer letters a picture may be the text; one that is this small, in dots, is a sign.
_FEW_LETTERS, _SIGN = 200, 40
_CALL = re.compile(r"[\[［（(]?(?:\d{1,3}|[ivx]{1,4}|[①-⑳*†])[\]］）)]?")


def read(data: bytes) -> Decoded:
    """The main text of a page; ReadingError where there is none to be had."""
    decoded = decode(data)
    source = _UNFIT.sub(" ", _DECLARED.sub("", decoded.text))
    try:
        root = parser.document_fromstring(_FOLD.sub("", source) if _WORD_PAGE.search(source) else source)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        if not decoded.text.strip():
            return Decoded("", decoded.encoding, decoded.issues)
        raise ReadingError(f"is a damaged page: {error}") from error
    # Where bytes were lost is told by their number: the places are those of the page, not of its text.
    issues = tuple(Issue(0, 0, "", i.code, i.message) for i in decoded.issues[:3])
    # While they are held lxml makes no new objects for the elements, each time anew that one is looked at.
    held = list(root.iter())
    body = main_part(root)
    made = assembled(lines_of(body), decoded.encoding, (*issues, *_pictures(body)))
    del held
    return made


def read_mhtml(data: bytes) -> Decoded:
    """The main text of a page saved as one file of mail parts."""
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                return read(payload)
    raise ReadingError("is a damaged page: no part of it is HTML")


def _pictures(body: Element) -> Iterator[Issue]:
    """What is to be said of a page that shows pictures and hardly any text."""
    if sum(not c.isspace() for c in body.text_content()) > _FEW_LETTERS:
        return
    if held := sum(not _is_sign(picture) for picture in body.iter("img")):
        message = f"{held} picture(s) on the page; text in them is not read, it needs OCR"
        yield Issue(0, 0, "", "undecodable", message)


def _is_sign(picture: Element) -> bool:
    """Whether a picture is the sign of a kind of file or the like."""
    name = (picture.get("src") or "").lower()
    sides = [picture.get(side) or "" for side in ("width", "height")]
    return "icon" in name or "filetype" in name or any(s.isdecimal() and int(s) < _SIGN for s in sides)


def lines_of(element: Element) -> Iterator[str]:
    """The lines of an element as they are seen."""
    for line in "".join(_Seen().text(element)).split(_BREAK):
        if shown_line := line.strip(" \t"):
            yield shown_line


class _Seen:
    """The text below an element, line ends where the eye sees them, piece by piece; no piece is handed on from depth to depth."""

    def __init__(self) -> None:
        self._items: Counter[Element] = Counter()

    def text(self, element: Element) -> list[str]:
        """The pieces of an element, itself included."""
        out: list[str] = []
        self._add(element, out)
        return out

    def _add(self, element: Element, out: list[str]) -> None:
        tag = element.tag
        if not isinstance(tag, str):
            return
        if tag == "br":
            out.append(_BREAK)
        elif tag == "table":
            out.append(_BREAK)
            out += (line + _BREAK for row in _rows(element) for line in row)
        elif tag in _BLOCKS:
            out.append(_BREAK + (TITLE if element.get(OF_DOCUMENT) else heading(_HEADINGS.get(tag, 0))))
            self._block(element, out)
            out.append(_BREAK)
        elif tag in ("sup", "sub"):
            out.append(raised("".join(self._inside(element)), tag == "sup"))
        elif not _is_note_call(element):
            self._add_inside(element, out)

    def _block(self, element: Element, out: list[str]) -> None:
        if element.tag == "li" and (number := self._number(element)):
            # What is numbered may be a block of its own.
            out.append(number + "".join(self._inside(element)).lstrip(" \t\n"))
        elif element.tag == "pre":
            out.append(element.text_content())
        else:
            self._add_inside(element, out)

    def _inside(self, element: Element) -> list[str]:
        out: list[str] = []
        self._add_inside(element, out)
        return out

    def _add_inside(self, element: Element, out: list[str]) -> None:
        out.append(_WHITE.sub(" ", element.text or ""))
        for child in element:
            self._add(child, out)
            out.append(_WHITE.sub(" ", child.tail or ""))

    def _number(self, item: Element) -> str:
        """The number of an item of a numbered list."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol" or "none" in (parent.get("style") or ""):
            return ""
        number = _whole(item.get("value"), _whole(parent.get("start"), 1) + self._items[parent])
        self._items[parent] += 1
        return spaced(shown(number, _LISTS.get(parent.get("type") or "1", "decimal")) + ".") + " "


def _is_note_call(element: Element) -> bool:
    """Whether an element is the raised number of a note: what is glued to a number of the text would make another of it."""
    if element.tag != "a" or "#" not in (element.get("href") or ""):
        return False
    return _CALL.fullmatch(element.text_content().strip()) is not None


def _rows(table: Element) -> Iterator[Iterator[str]]:
    for part in table:
        if part.tag in ("tbody", "thead", "tfoot"):
            yield from _rows(part)
        elif part.tag == "tr":
            cells: list[Cell] = [list(lines_of(cell)) for cell in part if cell.tag in ("td", "th")]
            yield row_lines(cells)
        else:
            yield lines_of(part)


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else otherwise
