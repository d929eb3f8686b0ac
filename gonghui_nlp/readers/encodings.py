"""Bytes to text: which encoding, decided by evidence, and every byte that was lost named.

What a file claims is believed when the text then reads as Chinese: a byte-order mark, the shape of UTF-16, the escapes
of HZ, strict UTF-8. Else GB18030, Big5 and damaged UTF-8 are compared by how many of the letters are common ones.
Lines in another encoding than the rest are read in theirs. What still does not read as Chinese is an issue.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gonghui_nlp.errors import ReadingError
from gonghui_nlp.readers.plausible import CHINESE, doubtful, evidence, weak_lines
from gonghui_nlp.schema import Issue

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = ("utf-8", "gb18030", "big5hkscs")
_SAMPLE = 200_000
# Above this share of undecodable bytes a file is not a text in that encoding; so many alone say nothing.
_DAMAGE, _FEW = 0.02, 2
# A line with fewer letters is too little to say of it that it does not read as Chinese.
_LINE = 4
# So many lines are tried before the rest is taken to be like them.
_TRIES = 500
# A reading that replaces another must be so much Chinese.
_SURE = 0.5
_AGAIN = "give --encoding if the text looks wrong"


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the encoding that was chosen, and what a reader should know about the choice."""

    text: str
    encoding: str
    issues: tuple[Issue, ...] = ()


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
    return Decoded(text, encoding, (*_doubts(text, encoding), *_losses(text, encoding)))


def _marked(data: bytes, bom: bytes, encoding: str) -> Decoded:
    """A text with a byte-order mark, which may lie."""
    text = data.decode(encoding, errors="replace").lstrip("\ufeff")
    found = evidence(text)
    if not found.is_doubtful and found.dirt <= _DAMAGE * len(text) + _FEW:
        return Decoded(text, encoding, (*_doubts(text, encoding), *_losses(text, encoding)))
    rest = data
    while rest.startswith(bom):
        rest = rest[len(bom) :]
    try:
        other = _unmarked(rest)
    except ReadingError:
        other = None
    if other is None or evidence(other.text).share <= found.share:
        if found.dirt > _DAMAGE * len(text) + _FEW and found.share < CHINESE:
            raise ReadingError(f"begins with the mark of {encoding}, but what follows is no text in it")
        return Decoded(text, encoding, (*_doubts(text, encoding), *_losses(text, encoding)))
    lie = f"the byte-order mark says {encoding}, but the text reads as {other.encoding}; {_AGAIN}"
    return Decoded(other.text, other.encoding, (Issue(0, 0, "", "encoding_doubt", lie), *other.issues))


def _unmarked(data: bytes) -> Decoded:
    whole = data.rstrip(b"\0")
    if utf16 := _utf16(data):
        return utf16
    if len(whole) < len(data):  # padding, as some disks and old programs leave it
        found = _unmarked(whole) if whole else Decoded("", "utf-8")
        at = len(found.text)
        padding = Issue(at, at, "", "undecodable", f"{len(data) - len(whole)} NUL bytes at the end are left out")
        return Decoded(found.text, found.encoding, (*found.issues, padding))
    if data.count(b"\0") > _FEW + len(data) // 1000:
        raise ReadingError("holds NUL bytes and is no UTF-16: a binary file, not a text")
    if data.isascii():
        return _seven_bit(data)
    try:
        return _once(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _legacy(data)


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
        if ordinary >= 0.9 * len(sample) or evidence(sample).share >= _SURE:
            text = data.decode(encoding, errors="replace")
            return Decoded(text, encoding, (*_doubts(text, encoding), *_losses(text, encoding)))
    return None


_HZ = re.compile(rb"~\{(?:[\x21-\x7e]{2})+~\}")


def _seven_bit(data: bytes) -> Decoded:
    """ASCII, or one of the old encodings that hide in it behind escapes."""
    for sign, encoding in ((_HZ, "hz"), (re.compile(rb"\x1b\$"), "iso2022_jp_2")):
        if sign.search(data):
            text = data.decode(encoding, errors="replace")
            if evidence(text).share >= CHINESE:
                return Decoded(text, encoding, (*_doubts(text, encoding), *_losses(text, encoding)))
    if b"\x1b$" in data:
        raise ReadingError("is in an encoding of the ISO 2022 family that is not read; convert it to UTF-8")
    text = data.decode("ascii")
    if evidence(text).dirt > _DAMAGE * len(text) + _FEW:
        raise ReadingError("holds control characters: a binary file, not a text")
    return Decoded(text, "utf-8", tuple(_losses(text, "utf-8")))


def _once(text: str) -> Decoded:
    """Valid UTF-8, unless it was encoded twice: bytes once taken for Latin or GB characters, and written as UTF-8."""
    weak = weak_lines(text, _LINE)
    if not weak:
        return Decoded(text, "utf-8", tuple(_losses(text, "utf-8")))
    mended, ways = _mended(text, weak)
    issues = [*_losses(mended, "utf-8")]
    if ways:
        note = f"was encoded twice ({', '.join(sorted(ways))}) and is read back; {_AGAIN}"
        issues.insert(0, Issue(0, 0, "", "encoding_doubt", note))
    lines = mended.split("\n")
    if any(_MOJIBAKE.search(lines[number]) for number in weak_lines(mended, _LINE)):
        note = f"holds lines that read as if decoded wrongly before they were saved as UTF-8; {_AGAIN}"
        issues.insert(0, Issue(0, 0, "", "encoding_doubt", note))
    return Decoded(mended, "utf-8", tuple(issues))


def _mended(text: str, weak: list[int]) -> tuple[str, set[str]]:
    """The text with its weak lines read back, and in which ways: as a whole where that does, else line by line."""
    for way, undo in _UNDO:
        if (whole := undo(text)) and whole.count("\n") == text.count("\n") and not weak_lines(whole, _LINE):
            return whole, {way}
    lines = text.split("\n")
    ways: set[str] = set()
    for tried, number in enumerate(weak):
        if tried == _TRIES and not ways:
            break  # another language, not a text encoded twice
        for way, undo in _UNDO:
            mended = undo(lines[number])
            if mended and mended != lines[number] and evidence(mended).share >= _SURE:
                lines[number] = mended
                ways.add(way)
                break
    return "\n".join(lines), ways


# Latin letters and signs in a row are what Chinese bytes become; 锟斤拷 and the like what they become in GB.
_MOJIBAKE = re.compile("[\u0080-\u024f\u2010-\u2122]{6}|锟斤拷|锘|鈥|銆")


def _by_ftfy(line: str) -> str | None:
    import ftfy

    return str(ftfy.fix_encoding(line))


def _through(first: str, second: str) -> Callable[[str], str | None]:
    def undo(line: str) -> str | None:
        try:
            return line.encode(first).decode(second)
        except UnicodeError:
            return None

    return undo


_UNDO: tuple[tuple[str, Callable[[str], str | None]], ...] = (
    ("as if its bytes were Latin", _by_ftfy),
    ("GB bytes as if they were Latin", _through("latin-1", "gb18030")),
    ("GB bytes as if they were Latin", _through("cp1252", "gb18030")),
    ("as if its bytes were GB", _through("gb18030", "utf-8")),
    ("as if its bytes were Big5", _through("big5hkscs", "utf-8")),
)


def _legacy(data: bytes) -> Decoded:
    """GB18030, Big5 or damaged UTF-8, whichever reads as Chinese; all three are compared, none assumed."""
    sample = _sample(data)
    scored = sorted(((evidence(sample.decode(e, errors="replace")).share, e) for e in _LEGACY), reverse=True)
    (best, encoding), (second, other) = scored[0], scored[1]
    if best < CHINESE:
        # Two encodings by halves: none of them is that of the whole, but most lines may be in one.
        if (most := _of_most_lines(sample)) is None:
            return _last_resort(data, sample)
        encoding, best = most, 1.0
    issues: list[Issue] = []
    if encoding == "big5hkscs":
        encoding, issues = _which_big5(data)
    text, strangers = _by_lines(data, encoding)
    issues += [*_doubts(text, encoding), *_losses(text, encoding)]
    for stranger, (number, count) in sorted(strangers.items()):
        note = f"{count} line(s), the first of them line {number}, are read as {stranger}, the rest as {encoding}; {_AGAIN}"
        issues.insert(0, Issue(0, 0, "", "encoding_doubt", note))
    if best - second < 0.1:
        note = f"read as {encoding}, but {other} fits nearly as well; {_AGAIN}"
        issues.insert(0, Issue(0, 0, "", "encoding_doubt", note))
    return Decoded(text, encoding, tuple(issues))


def _of_most_lines(sample: bytes) -> str | None:
    """The encoding in which most of the lines read as Chinese, by their bytes; None where hardly any does."""
    votes, heard = dict.fromkeys(_LEGACY, 0), 0
    lines = [line for line in sample.split(b"\n") if not line.isascii()]
    for line in lines[: _TRIES // 2] + lines[-_TRIES // 2 :]:
        share, encoding = max((evidence(line.decode(e, errors="replace")).share, e) for e in _LEGACY)
        votes[encoding] += len(line) if share >= _SURE else 0
        heard += len(line)
    encoding = max(votes, key=votes.__getitem__)
    return encoding if votes[encoding] > heard / 4 else None


def _which_big5(data: bytes) -> tuple[str, list[Issue]]:
    """Big5 with the characters of Hong Kong or without: some places are 〇 in the one and ⑴ in the other.

    In the wrong one they are letters of Japan or Russia, by which it is known.
    """
    readings = {e: data.decode(e, errors="replace") for e in ("big5hkscs", "big5")}
    alien = {e: 2 * evidence(text).dirt + len(_ALIEN.findall(text)) for e, text in readings.items()}
    encoding = min(readings, key=alien.__getitem__)
    if readings["big5"] != readings["big5hkscs"] and _ALIEN.search(readings[encoding]):
        note = f"read as {encoding}, where some signs are letters of Japan or Russia; {_AGAIN}"
        return encoding, [Issue(0, 0, "", "encoding_doubt", note)]
    return encoding, []


_ALIEN = re.compile("[\u0400-\u04ff\u3040-\u30ff]")


def _sample(data: bytes) -> bytes:
    """The lines from the first one on that holds more than ASCII, and some of the end."""
    first = re.search(rb"[\x80-\xff]", data)
    start = data.rfind(b"\n", 0, first.start()) + 1 if first else 0
    end = start + _SAMPLE
    return data[start:end] + (b"\n" + data[max(end, len(data) - _SAMPLE // 4) :] if end < len(data) else b"")


def _by_lines(data: bytes, encoding: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The text line by line, and which other encodings some lines are in: the first such line and how many."""
    raw = data.split(b"\n")
    out = [line.decode(encoding, errors="replace") for line in raw]
    suspects = {*weak_lines("\n".join(out), 1)}
    if encoding != "utf-8":
        suspects |= {n for n, line in enumerate(raw) if _is_utf8(line)}
    strangers: dict[str, tuple[int, int]] = {}
    for number in sorted(suspects):
        stranger, out[number] = _stranger(raw[number], out[number], encoding)
        if stranger:
            first, count = strangers.get(stranger, (number + 1, 0))
            strangers[stranger] = (first, count + 1)
    return "\n".join(out), strangers


def _is_utf8(line: bytes) -> bool:
    if line.isascii():
        return False
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _stranger(line: bytes, text: str, encoding: str) -> tuple[str, str]:
    """The encoding a line is in if that is not the file's, and its text."""
    here = evidence(text)
    if encoding == "utf-8" and not here.dirt:
        return "", text
    for other in _LEGACY:
        if other.startswith(encoding) or (other != "utf-8" and here.share >= CHINESE):
            continue
        try:
            read = line.decode(other)
        except UnicodeDecodeError:
            continue
        # Strict UTF-8 is proof by itself where it reads as Chinese at all.
        there = evidence(read)
        if there.share >= _SURE and there.share > here.share + (0 if other == "utf-8" else 0.2):
            return other, read
    return "", text


def _last_resort(data: bytes, sample: bytes) -> Decoded:
    """No Chinese: symbols alone, or another language; never without saying so."""
    signs = sample.decode("gb18030", errors="replace")
    if not evidence(signs).letters and not evidence(signs).dirt:
        encoding = "gb18030"
    else:
        from charset_normalizer import from_bytes

        guess = from_bytes(sample).best()
        if guess is None:
            raise ReadingError("no encoding fits (tried UTF-8, UTF-16, GB18030, Big5); not a text, or badly damaged")
        encoding = guess.encoding
    text = data.decode(encoding, errors="replace")
    if evidence(text).dirt > _DAMAGE * len(text) + _FEW:
        raise ReadingError("no encoding fits (tried UTF-8, UTF-16, GB18030, Big5); not a text, or badly damaged")
    note = f"does not read as Chinese; taken for {encoding}; {_AGAIN}"
    return Decoded(text, encoding, (Issue(0, 0, "", "encoding_doubt", note), *_losses(text, encoding)))


def _doubts(text: str, encoding: str) -> Iterator[Issue]:
    for start, end in doubtful(text):
        message = f"read as {encoding}, this does not look like Chinese; {_AGAIN}"
        yield Issue(start, end, text[start:end], "encoding_doubt", message)


def _losses(text: str, encoding: str) -> Iterator[Issue]:
    for m in re.finditer("\ufffd+|\0+", text):
        yield Issue(*m.span(), m[0], "undecodable", f"{len(m[0])} place(s) here could not be read as {encoding}")
