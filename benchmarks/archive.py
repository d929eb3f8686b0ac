"""Makes an archive as people keep them and accounts for every file: ``python benchmarks/archive.py [DOCUMENTS] [SEED] [JOBS]``.

The documents are cut from the sample corpus and saved in every format that is known here and in many encodings; beside
them lie damaged files and hostile ones. After the run every file has its row in ``sources``, no sound one failed, no
damaged or hostile one passes for sound unless it can be read, a text and its copy in another format give the same
figures, and nothing was written outside the output. POSIX only.
"""

from __future__ import annotations

import csv
import io
import os
import random
import re
import shutil
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from html import escape
from pathlib import Path

from gonghui_nlp.archive import convert
from gonghui_nlp.readers import read

SAMPLES = Path(__file__).parents[1] / "corpora" / "samples"
ENCODINGS = "utf-8 utf-8-sig utf-16 utf-16-le gb18030 gbk".split()
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def zipped(members: dict[str, bytes | str]) -> bytes:
    """A zip file of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx(text: str, head: str = "") -> bytes:
    """A Word file, a paragraph a line."""
    lines = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in text.split("\n")
    )
    body = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{_WORD}"><w:body>{lines}</w:body></w:document>'
    return zipped({"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": body})


def html(text: str) -> bytes:
    """A saved page with its menu."""
    menu = '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/xw">新闻</a></li></ul></div>'
    body = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())
    return f'<html><head><meta charset="gbk"></head><body>{menu}<article>{body}</article></body></html>'.encode(
        "gbk", "ignore"
    )


def rtf(text: str) -> bytes:
    """A rich text file."""
    units = text.encode("utf-16-le", "ignore")
    codes = [int.from_bytes(units[i : i + 2], "little", signed=True) for i in range(0, len(units), 2)]
    return b"{\\rtf1\\ansi\\ansicpg936 " + b"".join(b"\\par\n" if c == 10 else b"\\u%d?" % c for c in codes) + b"}"


FORMATS: dict[str, Callable[[str], bytes]] = {
    ".docx": docx,
    ".html": html,
    ".rtf": rtf,
    ".md": lambda text: text.encode(),
    ".zip": lambda text: zipped({"内/总结.txt": text.encode("gb18030", "ignore")}),
}


class Maker:
    """Draws documents and files."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.draw, self.folder = random.Random(seed), folder
        self.sound: dict[str, str] = {}  # name to the name of the text file with the same text
        self.damaged: set[str] = set()
        self.hostile: set[str] = set()
        texts = [path.read_bytes().decode("utf-8", "replace") for path in sorted(SAMPLES.glob("*.txt"))]
        self._lines = [
            line.strip()
            for text in texts
            for line in text.split("\n")
            if 20 < len(line) < 400 and not re.search("[\0\ufffd]", line)
        ]

    def text(self) -> str:
        """A document."""
        year, place = self.draw.randint(2003, 2023), self.draw.choice("砚青白东南河山江")
        lines = [f"{place}山县工会{year}年工作总结"]
        for mark, title in zip("一二三四", ("送温暖", "文体活动", "权益维护", "自身建设"), strict=True):
            lines += [f"{mark}、{title}", *self.draw.sample(self._lines, self.draw.randint(1, 4))]
        return "\n".join(lines) + "\n"

    def put(self, name: str, data: bytes) -> str:
        """Writes a file; returned is its name."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return name

    def documents(self, number: int) -> None:
        """So many sound documents; of those in a format, each with its text beside it."""
        for i in range(number):
            folder, text = f"{2003 + i % 20}", self.text()
            plain = self.put(f"{folder}/{i:06}.txt", text.encode(ENCODINGS[i % len(ENCODINGS)], "ignore"))
            self.sound[plain] = plain
            if i % 4 == 0:
                suffix = [*FORMATS][i // 4 % len(FORMATS)]
                self.sound[self.put(f"{folder}/{i:06}{suffix}", FORMATS[suffix](text))] = plain

    def damage(self, number: int) -> None:
        """So many files that were cut, torn or overwritten."""
        for i in range(number):
            suffix = [".txt", *FORMATS][i % (len(FORMATS) + 1)]
            text = self.text()
            data = bytearray(text.encode("gb18030", "ignore") if suffix == ".txt" else FORMATS[suffix](text))
            start = self.draw.randrange(len(data))
            if i % 3 == 0:
                del data[start:]
            elif i % 3 == 1:
                data[start : start + 200] = self.draw.randbytes(200)
            else:
                del data[: start // 2 + 1]
            self.damaged.add(self.put(f"damaged/{i:04}{suffix}", bytes(data)))

    def attack(self, number: int) -> None:
        """So many files that were made to do harm."""
        entities = (
            '<!DOCTYPE a [<!ENTITY a "'
            + "工" * 99
            + '">'
            + "".join(f'<!ENTITY {chr(98 + k)} "{f"&{chr(97 + k)};" * 10}">' for k in range(9))
            + "]>"
        )
        outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        makers: list[tuple[str, Callable[[], bytes]]] = [
            (".zip", lambda: zipped({"../../escaped.txt": "x" * 9, "/tmp/escaped.txt": "y", "a/../../escaped": "z"})),
            (".zip", lambda: zipped({"bomb.txt": b"\0" * (64 << 20)})),
            (".zip", lambda: self._nested(8)),
            (".docx", lambda: docx("慰问&j;", entities).replace(b"&amp;j;", b"&j;")),
            (".docx", lambda: docx("慰问&x;", outside).replace(b"&amp;x;", b"&x;")),
            (".html", lambda: b"<div>" * 50_000 + "慰问".encode()),
            (
                ".html",
                lambda: '<script>fetch("http://127.0.0.1:9/")</script><img src="file:///etc/passwd">慰问'.encode(),
            ),
            (".txt", lambda: "慰问\x1b]0;owned\x07\x1b[2J[/url][red]=HYPERLINK(1)\n".encode() * 5),
            (".txt", lambda: ("（" * 30_000 + "一、" * 9_000).encode()),
            (".txt", lambda: b"%PDF-1.7 /JavaScript"),
            (".rtf", lambda: b"{" * 50_000 + b"\\rtf1"),
        ]
        for i in range(number):
            suffix, make = makers[i % len(makers)]
            self.hostile.add(
                self.put(f"hostile/{i:03}\x1b[2J{suffix}" if i % 7 == 0 else f"hostile/{i:03}{suffix}", make())
            )
        (self.folder / "hostile" / "to itself").symlink_to(self.folder)
        (self.folder / "hostile" / "out.txt").symlink_to("/etc/passwd")
        os.mkfifo(self.folder / "hostile" / "pipe.txt")
        self.hostile |= {"hostile/to itself", "hostile/out.txt", "hostile/pipe.txt"}

    def _nested(self, deep: int) -> bytes:
        data = zipped({"a.txt": "慰问困难职工"})
        for _ in range(deep):
            data = zipped({f"{k}.zip": data for k in range(4)})
        return data


def account(maker: Maker, out: Path) -> Counter[tuple[str, str]]:
    """What became of the files, by what they were; AssertionError where one is unaccounted for or wrongly so."""
    with (out / "sources.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["source"]: row for row in csv.DictReader(file)}
    with (out / "amounts.csv").open(encoding="utf-8-sig", newline="") as file:
        amounts = [(row["source"], row["value"]) for row in csv.DictReader(file)]
    found: Counter[tuple[str, str]] = Counter()
    sums: dict[str, list[str]] = {}
    for source, value in amounts:
        sums.setdefault(source, []).append(value)
    for what, names in (("sound", [*maker.sound]), ("damaged", maker.damaged), ("hostile", maker.hostile)):
        for name in names:
            assert name in rows, f"{name} is unaccounted for"
            row = rows[name]
            # What this installation cannot read is named, not lost.
            unknown = row["status"] in ("skipped", "failed") and _is_not_read(maker.folder / name)
            found[what, "no reader here" if unknown else row["status"]] += 1
            assert what != "sound" or row["status"] == "ok" or unknown, f"{name}: {row['status']}: {row['message']}"
            if what == "sound" and not unknown:
                inside = [n for n in rows if n.startswith(f"{name}/")] if name.endswith(".zip") else [name]
                got = [value for n in inside for value in sums.get(n, [])]
                assert got == sums.get(maker.sound[name], []), f"{name} and its text give different sums"
    return found


def _is_not_read(path: Path) -> bool:
    suffix = path.suffix
    if suffix not in FORMATS or not path.is_file():
        return False
    if suffix not in _READ:
        with tempfile.TemporaryDirectory() as place:
            (Path(place) / f"probe{suffix}").write_bytes(FORMATS[suffix]("工会总结\n慰问困难职工18名。\n"))
            _READ[suffix] = any(source.status == "ok" and source.text for source in read(place))
    return not _READ[suffix]


_READ: dict[str, bool] = {}


def run(documents: int, seed: int = 0, jobs: int = 2) -> tuple[Counter[tuple[str, str]], float]:
    """Makes the archive, converts it and accounts for it; the outcomes and the seconds of the run."""
    place = Path(tempfile.mkdtemp())
    try:
        maker = Maker(seed, place / "archive")
        maker.documents(documents)
        maker.damage(max(12, documents // 50))
        maker.attack(max(11, documents // 200))
        began = time.perf_counter()
        convert([place / "archive"], place / "out", jobs=jobs, timeout=120, memory=4000)
        seconds = time.perf_counter() - began
        assert sorted(p.name for p in place.iterdir()) == ["archive", "out"], "something was written outside"
        assert not (place.parent / "escaped.txt").exists() and not Path("/tmp/escaped.txt").exists()
        return account(maker, place / "out"), seconds
    finally:
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    found, seconds = run(*map(int, sys.argv[1:] or ["10000"]))
    for (what, became), count in sorted(found.items()):
        print(f"{count:6} {what:8} {became}")
    print(f"each accounted for, in {seconds:.0f} s")
