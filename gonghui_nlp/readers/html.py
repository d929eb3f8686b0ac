"""Web pages (.html, .mhtml): the main text as it is seen, a line a paragraph, tables row by row.

The encoding is what the bytes say, before what the page says of itself. Measured on pages of eleven makes against
trafilatura (keeps all, but with the menus of short pages and without rows), resiliparse (loses short lines) and
readability (loses short pages); lxml alone is what all of them stand on.
"""

from __future__ import annotations

import email
import email.policy
import re
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
    body = main_part(root)
    return assembled(lines_of(body), decoded.encoding, (*issues, *_pictures(body)))


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
    text = "".join(_pieces(element))
    for line in text.split(_BREAK):
        if shown_line := line.strip(" \t"):
            yield shown_line


def _pieces(element: Element) -> Iterator[str]:
    """The text below an element, line ends where the eye sees them."""
    tag = element.tag
    if not isinstance(tag, str):
        return
    if tag == "br":
        yield _BREAK
        return
    if tag == "table":
        yield _BREAK
        for row in _rows(element):
            yield from (line + _BREAK for line in row)
        return
    block = tag in _BLOCKS
    if block:
        yield _BREAK
    if element.get(OF_DOCUMENT):
        yield TITLE
    elif tag in _HEADINGS:
        yield heading(_HEADINGS[tag])
    if tag == "li" and (number := _number(element)):
        # What is numbered may be a block of its own.
        yield number + "".join(_inner(element)).lstrip(" \t\n")
    elif tag == "pre":
        yield element.text_content()
    elif tag in ("sup", "sub"):
        yield raised("".join(_inner(element)), tag == "sup")
    elif not _is_note_call(element):
        yield from _inner(element)
    if block:
        yield _BREAK


def _inner(element: Element) -> Iterator[str]:
    yield _WHITE.sub(" ", element.text or "")
    for child in element:
        yield from _pieces(child)
        yield _WHITE.sub(" ", child.tail or "")


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


def _number(item: Element) -> str:
    """The number of an item of a numbered list."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol" or "none" in (parent.get("style") or ""):
        return ""
    before = sum(1 for other in item.itersiblings("li", preceding=True))
    number = _whole(item.get("value"), _whole(parent.get("start"), 1) + before)
    return spaced(shown(number, _LISTS.get(parent.get("type") or "1", "decimal")) + ".") + " "


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else otherwise
