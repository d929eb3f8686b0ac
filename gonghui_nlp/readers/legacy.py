"""GB18030, Big5 and damaged UTF-8: compared by how many letters are common ones, for the whole and line by line."""

from __future__ import annotations

import re

from gonghui_nlp.errors import ReadingError
from gonghui_nlp.readers.decoded import DAMAGE, FEW, SURE, TRIES, Decoded, doubt, doubts, losses
from gonghui_nlp.readers.plausible import CHINESE, evidence, weak_lines
from gonghui_nlp.schema import Issue

_LEGACY = ("utf-8", "gb18030", "big5hkscs")
_SAMPLE = 200_000


def read_legacy(data: bytes) -> Decoded:
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
    issues += [*doubts(text, encoding), *losses(text, encoding)]
    for stranger, (number, count) in sorted(strangers.items()):
        note = f"{count} line(s), the first of them line {number}, are read as {stranger}, the rest as {encoding}"
        issues.insert(0, doubt(note))
    if best - second < 0.1:
        note = f"read as {encoding}, but {other} fits nearly as well"
        issues.insert(0, doubt(note))
    return Decoded(text, encoding, tuple(issues))


def _of_most_lines(sample: bytes) -> str | None:
    """The encoding in which most of the lines read as Chinese, by their bytes; None where hardly any does."""
    votes, heard = dict.fromkeys(_LEGACY, 0), 0
    lines = [line for line in sample.split(b"\n") if not line.isascii()]
    for line in lines[: TRIES // 2] + lines[-TRIES // 2 :]:
        share, encoding = max((evidence(line.decode(e, errors="replace")).share, e) for e in _LEGACY)
        votes[encoding] += len(line) if share >= SURE else 0
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
        note = f"read as {encoding}, where some signs are letters of Japan or Russia"
        return encoding, [doubt(note)]
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
        if there.share >= SURE and there.share > here.share + (0 if other == "utf-8" else 0.2):
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
    if evidence(text).dirt > DAMAGE * len(text) + FEW:
        raise ReadingError("no encoding fits (tried UTF-8, UTF-16, GB18030, Big5); not a text, or badly damaged")
    note = f"does not read as Chinese; taken for {encoding}"
    return Decoded(text, encoding, (doubt(note), *losses(text, encoding)))
