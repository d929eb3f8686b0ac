"""Bytes to text: which encoding, decided by evidence, and every byte that was lost named.

What a file claims is believed when the text then reads as Chinese: a byte-order mark, the shape of UTF-16, the escapes
of HZ, strict UTF-8. Else GB18030, Big5 and damaged UTF-8 are compared by how many of the letters are common ones.
Lines in another encoding than the rest are read in theirs. What still does not read as Chinese is an issue.
"""

from __future__ import annotations

import codecs
import re

from gonghui_nlp.errors import ReadingError
from gonghui_nlp.readers.decoded import DAMAGE, FEW, SURE, Decoded, doubt, doubts, losses
from gonghui_nlp.readers.legacy import read_legacy
from gonghui_nlp.readers.plausible import CHINESE, evidence
from gonghui_nlp.readers.twice import read_back
from gonghui_nlp.schema import Issue

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000


def decode(data: bytes) -> Decoded:
    """The text of ``data``; offsets count its characters, line ends as they stand.

    Undecodable bytes become U+FFFD, each run an issue ``undecodable``; a choice between encodings that the
    evidence does not settle, and what does not read as Chinese, is an issue ``encoding_doubt``. Raises
    ReadingError for what is no text.

    >>> decode("慰问困难职工".encode("gb18030")).encoding
    'gb18030'
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _marked(data, bom, encoding)
    return _unmarked(data)


def decode_as(data: bytes, encoding: str) -> Decoded:
    """The text in the encoding the user named; bytes that do not fit are issues, not errors."""
    text = data.decode(encoding, errors="replace")
    return Decoded(text, encoding, (*doubts(text, encoding), *losses(text, encoding)))


def _marked(data: bytes, bom: bytes, encoding: str) -> Decoded:
    """A text with a byte-order mark, which may lie."""
    text = data.decode(encoding, errors="replace").lstrip("\ufeff")
    found = evidence(text)
    if not found.is_doubtful and found.dirt <= DAMAGE * len(text) + FEW:
        return Decoded(text, encoding, (*doubts(text, encoding), *losses(text, encoding)))
    rest = data
    while rest.startswith(bom):
        rest = rest[len(bom) :]
    try:
        other = _unmarked(rest)
    except ReadingError:
        other = None
    if other is None or evidence(other.text).share <= found.share:
        if found.dirt > DAMAGE * len(text) + FEW and found.share < CHINESE:
            raise ReadingError(f"begins with the mark of {encoding}, but what follows is no text in it")
        return Decoded(text, encoding, (*doubts(text, encoding), *losses(text, encoding)))
    lie = f"the byte-order mark says {encoding}, but the text reads as {other.encoding}"
    return Decoded(other.text, other.encoding, (doubt(lie), *other.issues))


def _unmarked(data: bytes) -> Decoded:
    whole = data.rstrip(b"\0")
    if utf16 := _utf16(data):
        return utf16
    if len(whole) < len(data):  # padding, as some disks and old programs leave it
        found = _unmarked(whole) if whole else Decoded("", "utf-8")
        at = len(found.text)
        padding = Issue(at, at, "", "undecodable", f"{len(data) - len(whole)} NUL bytes at the end are left out")
        return Decoded(found.text, found.encoding, (*found.issues, padding))
    if data.count(b"\0") > FEW + len(data) // 1000:
        raise ReadingError("holds NUL bytes and is no UTF-16: a binary file, not a text")
    if data.isascii():
        return _seven_bit(data)
    try:
        return read_back(data.decode("utf-8"))
    except UnicodeDecodeError:
        return read_legacy(data)


def _utf16(data: bytes) -> Decoded | None:
    """UTF-16 without a mark shows itself by line ends and digits of two bytes, and by reading as Chinese or ASCII."""
    if len(data) < 4:
        return None
    head = data[: _SAMPLE if len(data) > _SAMPLE else len(data) // 2 * 2]
    for encoding, newline in (("utf-16-le", b"\n\0"), ("utf-16-be", b"\0\n")):
        zeros = head[(1 if encoding.endswith("le") else 0) :: 2].count(0)
        if not zeros and newline not in head:
            continue
        sample = head.decode(encoding, errors="replace")
        ordinary = len(re.findall(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\x20-\x7e\r\n\t“”‘’—…·]", sample))
        if ordinary >= 0.9 * len(sample) or evidence(sample).share >= SURE:
            text = data.decode(encoding, errors="replace")
            return Decoded(text, encoding, (*doubts(text, encoding), *losses(text, encoding)))
    return None


_HZ = re.compile(rb"~\{(?:[\x21-\x7e]{2})+~\}")


def _seven_bit(data: bytes) -> Decoded:
    """ASCII, or one of the old encodings that hide in it behind escapes."""
    for sign, encoding in ((_HZ, "hz"), (re.compile(rb"\x1b\$"), "iso2022_jp_2")):
        if sign.search(data):
            text = data.decode(encoding, errors="replace")
            if evidence(text).share >= CHINESE:
                return Decoded(text, encoding, (*doubts(text, encoding), *losses(text, encoding)))
    if b"\x1b$" in data:
        raise ReadingError("is in an encoding of the ISO 2022 family that is not read; convert it to UTF-8")
    text = data.decode("ascii")
    if evidence(text).dirt > DAMAGE * len(text) + FEW:
        raise ReadingError("holds control characters: a binary file, not a text")
    return Decoded(text, "utf-8", tuple(losses(text, "utf-8")))
