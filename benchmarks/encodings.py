"""How files in many encodings, mixed, cut and damaged, are read: ``python benchmarks/encodings.py [FILES] [SEED]``.

Every file is made from the sample corpus; its text is known. It is read *rightly*, *told* (the text is not the
one meant, and an issue or a failure says so) or *silently* wrong, which must never happen.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from gonghui_nlp.errors import ReadingError
from gonghui_nlp.readers import decode

SAMPLES = Path(__file__).parents[1] / "corpora" / "samples"
ENCODINGS = (
    "utf-8 utf-8-sig utf-16 utf-16-le utf-16-be utf-32 gb2312 gbk gb18030 big5 big5hkscs hz".split()
)  # big5 and big5hkscs get the text in traditional script
RULES = "━" * 40 + "\n" + "┌─┬─┐\n│★│◆│\n└─┴─┘\n"
Made = tuple[bytes, str]


def texts() -> list[str]:
    """The samples that are valid UTF-8."""
    found = []
    for path in sorted(SAMPLES.glob("*.txt")):
        try:
            found.append(path.read_bytes().decode("utf-8").replace("\r\n", "\n"))
        except UnicodeDecodeError:
            continue
    return found


class Maker:
    """Draws texts and makes files of them."""

    def __init__(self, seed: int) -> None:
        from opencc import OpenCC

        self.draw = random.Random(seed)
        self.texts = texts()
        self._traditional = OpenCC("s2t").convert

    def text(self, least: int = 30, most: int = 30_000) -> str:
        """A stretch of a sample of a length drawn on a logarithmic scale."""
        length = int(least * (most / least) ** self.draw.random())
        whole = self.draw.choice(self.texts)
        start = self.draw.randrange(max(1, len(whole) - length))
        return whole[start : start + length].replace("\ufeff", "").replace("\ufffd", "").replace("\0", "")

    def encoded(self, text: str, encoding: str) -> Made:
        """The text in the encoding, without what that cannot say."""
        if encoding.startswith("big5"):
            text = self._traditional(text)
        if encoding == "hz":
            text = text.replace("~", "")
        data = text.encode(encoding, "ignore")
        return data, data.decode(encoding)

    def plain(self) -> Made:
        return self.encoded(self.text(), self.draw.choice(ENCODINGS))

    def boxes(self) -> Made:
        text = self.text(100, 1000)
        parts = [RULES + text[i : i + 60] + "\n" for i in range(0, len(text), 60)]
        return self.encoded("".join(parts), self.draw.choice(("gbk", "gb18030", "big5")))

    def false_mark(self) -> Made:
        data, text = self.encoded(self.text(), self.draw.choice(("gbk", "utf-8", "big5")))
        marks = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf" * 2)
        return self.draw.choice(marks) + data, text

    def one_after_the_other(self) -> Made:
        first, second = self.draw.sample(("gbk", "big5", "utf-8", "gb18030"), 2)
        a, b = self.encoded(self.text() + "\n", first), self.encoded(self.text() + "\n", second)
        return a[0] + b[0], a[1] + b[1]

    def lines_mixed(self) -> Made:
        parts = [
            self.encoded(line + "\n", self.draw.choice(("gbk", "gbk", "gbk", "utf-8")))
            for line in self.text(200).split("\n")
        ]
        return b"".join(p[0] for p in parts), "".join(p[1] for p in parts)

    def behind_utf16(self) -> Made:
        data, text = self.encoded(self.text(), self.draw.choice(("utf-16", "utf-16-le")))
        behind = self.draw.choice((b"\0", b"\n", "一、送温暖，慰问困难职工十八名。".encode() * 20))
        return data + behind, text + behind.decode()

    def nuls(self) -> Made:
        data, text = self.encoded(self.text(), self.draw.choice(("gbk", "utf-8")))
        if self.draw.random() < 0.5:
            return data + b"\0" * 64, text
        at = self.draw.randrange(len(data))
        return data[:at] + b"\0" + data[at:], "?"

    def late(self) -> Made:
        data, text = self.encoded(self.text(), self.draw.choice(("gbk", "big5", "utf-8")))
        head = "20190308,18,9600\n" * (200_000 // 17)
        return head.encode() + data, head + text

    def twice(self) -> Made:
        text = self.text()
        by = self.draw.choice(("latin-1", "cp1252"))
        try:
            return text.encode().decode(by).encode(), text
        except UnicodeDecodeError:
            return text.encode().decode("latin-1").encode(), text

    def cut(self) -> Made:
        data, _ = self.encoded(self.text(), self.draw.choice(("gbk", "utf-8", "big5")))
        start, end = self.draw.randrange(3), self.draw.randrange(3)
        return data[start : len(data) - end], "?"

    def bytes_lost(self) -> Made:
        data, _ = self.encoded(self.text(), self.draw.choice(("gbk", "utf-8", "big5", "utf-16-le")))
        for _ in range(self.draw.randint(1, 4)):
            at = self.draw.randrange(len(data))
            data = data[:at] + data[at + 1 :]
        return data, "?"

    def noise(self) -> Made:
        return self.draw.randbytes(self.draw.randint(30, 3000)), "?"

    def foreign(self) -> Made:
        korean = "우리 노동조합은 설을 앞두고 어려운 조합원을 방문하여 위로금을 전달하였다. 체육대회를 개최하고 백여 명이 참가하였다.\n"
        japanese = "組合は春を前に、生活の苦しい組合員を訪ね、見舞金を渡しました。運動会を開き、百名が参加しました。\n"
        text, encoding = self.draw.choice(((korean, "euc_kr"), (japanese, "shift_jis"), (japanese, "euc_jp")))
        text *= self.draw.randint(1, 20)
        return text.encode(encoding), text


MAKERS: tuple[tuple[Callable[[Maker], Made], int], ...] = (
    (Maker.plain, 10),
    (Maker.boxes, 2),
    (Maker.false_mark, 2),
    (Maker.one_after_the_other, 2),
    (Maker.lines_mixed, 2),
    (Maker.behind_utf16, 1),
    (Maker.nuls, 1),
    (Maker.late, 1),
    (Maker.twice, 1),
    (Maker.cut, 2),
    (Maker.bytes_lost, 3),
    (Maker.noise, 1),
    (Maker.foreign, 1),
)


def outcome(data: bytes, wanted: str) -> str:
    """``rightly``, ``told`` or ``silently``. With ``?`` nobody can know the text: the loss must be told, or nothing lost."""
    try:
        found = decode(data)
    except ReadingError:
        return "told"
    if found.text.lstrip("\ufeff") == wanted:
        return "rightly"
    if found.issues:
        return "told"
    return "rightly" if wanted == "?" and found.text.encode(found.encoding, "surrogatepass") == data else "silently"


def run(files: int, seed: int = 0) -> tuple[Counter[tuple[str, str]], list[tuple[str, bytes, str]]]:
    """The outcomes by kind of file, and the files that were silently read wrongly."""
    maker = Maker(seed)
    kinds, weights = zip(*MAKERS, strict=True)
    counts: Counter[tuple[str, str]] = Counter()
    silent = []
    for kind in maker.draw.choices(kinds, weights, k=files):
        data, wanted = kind(maker)
        how = outcome(data, wanted)
        counts[kind.__name__, how] += 1
        if how == "silently":
            silent.append((kind.__name__, data, wanted))
    return counts, silent


if __name__ == "__main__":
    counts, silent = run(*map(int, sys.argv[1:] or ["1000"]))
    for kind, _ in MAKERS:
        row = {how: counts[kind.__name__, how] for how in ("rightly", "told", "silently")}
        print(f"{kind.__name__:20}", *(f"{how} {n:4}" for how, n in row.items()))
    for kind, data, wanted in silent[:20]:
        print(kind, len(data), data[:60], wanted[:30], decode(data).encoding)
