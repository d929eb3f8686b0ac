"""Throws made-up inputs at the readers and the analysis: ``python benchmarks/fuzz.py [INPUTS] [SEED] [SECONDS]``.

Texts are cut from the sample corpus, joined, torn and sprinkled with what parsers stumble over; files are such texts
in some encoding, their bytes changed, lost, doubled. A reader may refuse a file, with a reason; nothing may raise
anything else. What is analysed must stand where it says: every record's words are those between its offsets. The
same seed makes the same inputs; SECONDS ends the run earlier.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from pathlib import Path

from gonghui_nlp.errors import ReadingError
from gonghui_nlp.pipeline import analyze
from gonghui_nlp.readers import decode
from gonghui_nlp.readers.formats import READERS
from gonghui_nlp.schema import Document

SAMPLES = Path(__file__).parents[1] / "corpora" / "samples"
ENCODINGS = "utf-8 utf-8-sig utf-16 utf-16-be gb18030 big5hkscs hz latin-1".split()
ODD = (
    *"\0\t\r\n\v\f\x1b\x85\u2028\ufeff\ufffd\ud800\u200b\u3000𠮷◎①⒈㈠Ⅻ",
    *(
        "一、",
        "（二）",
        "第三章",
        "1.1.1",
        "⑴",
        "3月8日",
        "××元",
        "1,2,3万元",
        "百分之",
        "余名",
        "—" * 30,
        "\n" * 9,
        "。" * 40,
    ),
    *("1" * 400, "零" * 90, "（" * 60, "工会" * 60, "2023-02-30", "１６名", "[/url]", "=HYPERLINK(1)", "\x1b]0;x\x07"),
)


class Maker:
    """Draws inputs."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.texts = [path.read_bytes().decode("utf-8", "replace") for path in sorted(SAMPLES.glob("*.txt"))]

    def _piece(self, most: int) -> str:
        text = self.draw.choice(self.texts)
        start = self.draw.randrange(len(text))
        return text[start : start + int(most ** self.draw.random())]

    def text(self) -> str:
        """A text of up to some thousand characters."""
        parts = [self._piece(400) if self.draw.random() < 0.6 else self.draw.choice(ODD) for _ in range(self._few(12))]
        made = list("".join(parts))
        for _ in range(self._few(6) if made else 0):
            at = self.draw.randrange(len(made))
            made[at] = self.draw.choice((made[-1 - at], "", "\n", self.draw.choice(ODD)[:1]))
        return "".join(made)

    def _few(self, most: int) -> int:
        return int(most * self.draw.random() ** 2)

    def data(self) -> bytes:
        """The bytes of a file."""
        if self.draw.random() < 0.05:
            return self.draw.randbytes(self._few(300))
        data = bytearray(self.text().encode(self.draw.choice(ENCODINGS), "ignore"))
        for _ in range(self._few(5) if data else 0):
            at, end = sorted(self.draw.randrange(len(data) + 1) for _ in range(2))
            change = self.draw.randrange(4)
            if change == 0:
                data[at : at + 1] = self.draw.randbytes(1)
            elif change == 1:
                del data[at : min(end, at + 3)]
            elif change == 2:
                data[at:at] = data[at : min(end, at + 50)]
            else:
                data[at:at] = self.draw.choice(
                    (b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"~{", b"\x1b$", b"%PDF-", b"PK\3\4")
                )
        return bytes(data)


def check(document: Document) -> None:
    """AssertionError where a record does not stand where it says."""
    for kind in ("sections", "paragraphs", "activities", "amounts", "headcounts", "counts", "dates", "issues"):
        for record in getattr(document, kind):
            assert 0 <= record.start <= record.end <= len(document.text), f"{kind}: {record}"
            said = getattr(record, "text", None)
            # An issue about the whole text, and a section, say nothing of their own.
            if said and kind not in ("sections", "issues"):
                assert document.text[record.start : record.end] == said, f"{kind}: {record}"


def run(inputs: int, seed: int = 0, seconds: float = float("inf")) -> tuple[Counter[str], list[tuple[str, object]]]:
    """Counts by outcome, and the inputs that brought something down with what that was."""
    maker, counts, falls = Maker(seed), Counter[str](), list[tuple[str, object]]()
    end = time.monotonic() + seconds
    readers = [decode, *(reader for name, reader in sorted(READERS.items()) if callable(reader))]
    for number in range(inputs):
        if time.monotonic() > end:
            break
        made: object = None
        try:
            if number % 2:
                made = data = maker.data()
                reader = readers[maker.draw.randrange(len(readers))] if maker.draw.random() < 0.5 else decode
                try:
                    text = reader(data).text
                except ReadingError:
                    counts["file refused"] += 1
                    continue
                counts["file read"] += 1
                if maker.draw.random() < 0.8:
                    continue
            else:
                made = text = maker.text()
            check(analyze(text))
            counts["text analysed"] += 1
        except Exception as error:
            counts["fallen"] += 1
            falls.append((f"{type(error).__name__}: {error}", made))
    return counts, falls


if __name__ == "__main__":
    found, falls = run(*(float(a) if i == 2 else int(a) for i, a in enumerate(sys.argv[1:] or ["10000"])))  # type: ignore[arg-type]
    for what, count in sorted(found.items()):
        print(f"{count:8} {what}")
    for reason, made in falls[:20]:
        print(reason[:200], repr(made)[:300], sep="\n    ")
    sys.exit(1 if falls else 0)
