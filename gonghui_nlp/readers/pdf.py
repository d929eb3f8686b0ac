"""PDF files: lines joined to paragraphs by their width; page numbers and running heads are out.

On ours pypdfium2 gives the characters of pdfminer.six in a twentieth of the time, and a table by rows, not by columns.
"""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from gonghui_nlp.errors import ReadingError
from gonghui_nlp.readers.decoded import Decoded
from gonghui_nlp.readers.layout import Glyph, joined, lines_of
from gonghui_nlp.schema import Issue

# So few characters a page are a stamp or a number on the picture of a page.
_FEW = 8
# From this share of letters on that the file does not name it is unreadable; so many of them are no slip where the
# Chinese ones are as few; below the third it is not worth a word.
_UNREADABLE, _MANY, _SOME = 0.3, 0.05, 0.01
# As wide as they are high are Chinese characters; of the letters of ASCII only these come near.
_SQUARE, _WIDE = 0.97, frozenset("MW@%")


def read(data: bytes) -> Decoded:
    """The plain text of a PDF file; ReadingError for one that is damaged, protected, or a scan without text."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise ReadingError("is protected by a password; save it without and run again") from error
        raise ReadingError("is a damaged PDF file") from error
    try:
        pages = [list(_glyphs(document, n)) for n in range(len(document))]
        width = document[0].get_width() if pages else 0.0
        _check(document, pages)
    except pypdfium2.PdfiumError as error:
        raise ReadingError("is a damaged PDF file") from error
    finally:
        document.close()
    text = "\n".join(joined([lines_of(glyphs) for glyphs in pages], width))
    return Decoded(text + "\n" if text else "", "", tuple(_issues(pages)))


def _check(document: pypdfium2.PdfDocument, pages: list[list[Glyph]]) -> None:
    held = sum(map(len, pages))
    if held < _FEW * len(pages) and any(_has_picture(document, n) for n in range(min(len(pages), 5))):
        raise ReadingError("holds pictures of pages and no text: a scan, which needs OCR; run OCR on it first")
    every = [g for page in pages for g in page]
    lost, private = sum(map(_is_lost, every)), sum("\ue000" <= g.char <= "\uf8ff" for g in every)
    few_chinese = lost > sum("\u4e00" <= g.char <= "\u9fff" for g in every) / 2
    if lost + private > _UNREADABLE * held or (lost > _MANY * held and few_chinese):
        raise ReadingError("does not say which characters its letters are, so that it needs OCR; run OCR on it first")


def _is_lost(glyph: Glyph) -> bool:
    """Whether the file does not say which character is drawn: a number in its font stands for it."""
    c = glyph.char
    if "!" <= c <= "~":
        return c not in _WIDE and glyph.right - glyph.left >= _SQUARE * glyph.size > 0
    return c in "\0\ufffd\ufffe" or (c < "\xa0" and not c.isspace())


def _issues(pages: list[list[Glyph]]) -> Iterator[Issue]:
    blank = [str(n) for n, glyphs in enumerate(pages, 1) if len(glyphs) < _FEW]
    if blank and len(pages) > 1:
        yield Issue(0, 0, "", "undecodable", f"no text on page {', '.join(blank[:20])}: a picture?")
    lost = sum(_is_lost(g) for page in pages for g in page)
    if lost > _SOME * sum(map(len, pages)):
        yield Issue(0, 0, "", "undecodable", f"of {lost} letters the file does not say which they are; they are wrong")


def _has_picture(document: pypdfium2.PdfDocument, number: int) -> bool:
    page = document[number]
    return next(iter(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)), None) is not None


def _glyphs(document: pypdfium2.PdfDocument, number: int) -> Iterator[Glyph]:
    """The characters of a page with their places, in the order in which they are read."""
    page = document[number]
    text = page.get_textpage()
    box = pdfium.FS_RECTF()
    high = 0
    for n in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text.raw, n)
        if 0xD800 <= code < 0xDC00:  # a pair of halves: two characters for pdfium
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            if not high:
                continue
            code, high = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00, 0
        # Boxes of the whole character, with the air that belongs to it.
        pdfium.FPDFText_GetLooseCharBox(text.raw, n, box)
        size = pdfium.FPDFText_GetFontSize(text.raw, n) * _scale(text, n)
        yield Glyph(chr(code), box.left, box.right, box.bottom, box.top, size)
    text.close()
    page.close()


def _scale(text: pypdfium2.PdfTextPage, n: int) -> float:
    matrix = pdfium.FS_MATRIX()
    return abs(matrix.d) or abs(matrix.b) or 1.0 if pdfium.FPDFText_GetMatrix(text.raw, n, matrix) else 1.0
