"""Bytes to text: which encoding, decided by evidence, and every byte that was lost named.

The order of evidence: a byte-order mark; the shape of UTF-16; strict UTF-8; then GB18030 against Big5 by
how many of the decoded characters are common ones; charset-normalizer only when neither fits.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from gonghui_nlp.errors import ReadingError
from gonghui_nlp.schema import Issue

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000
# Above this share of undecodable bytes a file is not a text in that encoding.
_DAMAGE = 0.02


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the encoding that was chosen, and what a reader should know about the choice."""

    text: str
    encoding: str
    issues: tuple[Issue, ...] = ()


def decode(data: bytes) -> Decoded:
    """The text of ``data``; offsets count its characters, line ends as they stand.

    Undecodable bytes become U+FFFD, each run an issue ``undecodable``; a choice between encodings that the
    evidence does not settle is an issue ``encoding_doubt``. Raises ReadingError for what is no text.

    >>> decode("慰问困难职工".encode("gb18030")).encoding
    'gb18030'
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _finish(data, encoding)
    if utf16 := _utf16_without_bom(data):
        return _finish(data, utf16)
    if b"\0" in data:
        raise ReadingError("holds NUL bytes and is no UTF-16: a binary file, not a text")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    return _legacy(data)


def _utf16_without_bom(data: bytes) -> str | None:
    """UTF-16 shows itself by line ends and digits of two bytes, and by decoding into known characters only."""
    if len(data) < 4 or len(data) % 2:
        return None
    sample = data[:_SAMPLE]
    for encoding, newline in (("utf-16-le", b"\n\0"), ("utf-16-be", b"\0\n")):
        zeros = sample[(1 if encoding.endswith("le") else 0) :: 2].count(0)
        if not zeros and newline not in sample:
            continue
        text = sample.decode(encoding, errors="replace")
        ordinary = len(re.findall(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\x20-\x7e\r\n\t“”‘’—…·]", text))
        if ordinary >= 0.9 * len(text):
            return encoding
    return None


def _legacy(data: bytes) -> Decoded:
    """GB18030, Big5 or damaged UTF-8, whichever reads as Chinese; all three are compared, none assumed."""
    scored = sorted(
        ((_plausibility(data, encoding), encoding) for encoding in ("utf-8", "gb18030", "big5hkscs")), reverse=True
    )
    (best, encoding), (second, other) = scored[0], scored[1]
    if best < 0.5:
        encoding, best = _last_resort(data)
        other, second = "", 0.0
    decoded = _finish(data, encoding)
    if best - second < 0.1:
        doubt = f"read as {encoding}, but {other} fits nearly as well; give --encoding if the text looks wrong"
        return Decoded(decoded.text, encoding, (Issue(0, 0, "", "encoding_doubt", doubt), *decoded.issues))
    return decoded


def _plausibility(data: bytes, encoding: str) -> float:
    """Share of the non-ASCII characters that are common ones in this encoding; lost bytes count against it."""
    text = data[:_SAMPLE].decode(encoding, errors="replace")
    wide = [c for c in text if c > "\x7f"]
    if not wide:
        return 0.0
    lost = wide.count("\ufffd")
    if lost > _DAMAGE * len(text) + 2:
        return 0.0
    # The first level of GB 2312 (B0-D7) and of Big5 (A4-C6) holds what fills more than 95 % of any text.
    codec, low, high = ("big5", 0xA4, 0xC6) if encoding == "big5hkscs" else ("gb2312", 0xB0, 0xD7)
    common = sum(_first_level(c, codec, low, high) for c in wide[:20_000])
    return (common - 5 * lost) / min(len(wide), 20_000)


def _first_level(character: str, codec: str, low: int, high: int) -> bool:
    if character in "，。、；：？！“”‘’（）《》—…　·％１２３４５６７８９０":
        return True
    try:
        encoded = character.encode(codec)
    except UnicodeEncodeError:
        return False
    return low <= encoded[0] <= high


def _last_resort(data: bytes) -> tuple[str, float]:
    from charset_normalizer import from_bytes

    guess = from_bytes(data[:_SAMPLE]).best()
    if guess is None:
        raise ReadingError("no encoding fits (tried UTF-8, UTF-16, GB18030, Big5); not a text, or badly damaged")
    return guess.encoding, 0.0


def _finish(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    issues = tuple(
        Issue(m.start(), m.end(), m[0], "undecodable", f"{len(m[0])} place(s) here could not be read as {encoding}")
        for m in re.finditer("\ufffd+", text)
    )
    return Decoded(text, encoding, issues)


def decode_as(data: bytes, encoding: str) -> Decoded:
    """The text in the encoding the user named; bytes that do not fit are issues, not errors."""
    return _finish(data, encoding)
