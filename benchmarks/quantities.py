"""Characters a second of the quantity scan against JioNLP's money and time extraction and a bare regex scan.

    python benchmarks/quantities.py [TEXT_OR_FOLDER ...] [--repeat 5] [--jionlp PYTHON]

Reads corpora/samples by default. The scan finds all kinds, amounts, headcounts, counts, rates, durations and
dates; the bare scan is one guarded pattern that finds runs of numerals and does nothing with them. JioNLP is no
dependency: without it its row says so. ``--jionlp`` names a Python that has it, so that it need not be installed
beside this package; it then runs there over the same texts.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from gonghui_nlp.quantities import scan
from gonghui_nlp.readers import read
from gonghui_nlp.text.normalize import fold

SAMPLES = Path(__file__).resolve().parents[1] / "corpora" / "samples"
BARE = re.compile("(?=[0-9零〇一二三四五六七八九十百千万亿两几])[0-9零〇一二三四五六七八九十百千万亿两几.,]{1,18}+")

PEER = """
import json, sys, time
import jionlp
texts = json.load(sys.stdin)
jionlp.ner.extract_money("1元"), jionlp.ner.extract_time("1月")
start = time.process_time()
found = 0
for text in texts:
    for line in text.splitlines():
        found += len(jionlp.ner.extract_money(line) or ()) + len(jionlp.ner.extract_time(line) or ())
sys.stderr.write("seconds %r found %r" % (time.process_time() - start, found))
"""


def seconds(work: Callable[[], object], repeat: int) -> float:
    """The median processor time of a call, so that other work on the machine does not count."""
    taken = []
    for _ in range(repeat):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def peer(python: str, texts: list[str]) -> tuple[float, int] | None:
    """The time JioNLP takes for money and time, line by line as it is made for, and how many it finds."""
    done = subprocess.run([python, "-c", PEER], input=json.dumps(texts), capture_output=True, text=True, check=False)
    said = re.search(r"seconds ([0-9.e-]+) found ([0-9]+)", done.stderr)
    return (float(said[1]), int(said[2])) if said else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="*", type=Path, default=[SAMPLES])
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--jionlp", default=sys.executable, metavar="PYTHON")
    options = parser.parse_args()
    texts = [fold(s.text) for path in options.texts for s in read(path) if s.text]
    characters = sum(map(len, texts))
    scan(texts[0])
    rows = [
        ("gonghui_nlp scan, all kinds", seconds(lambda: [scan(t) for t in texts], options.repeat)),
        ("bare numeral pattern", seconds(lambda: [sum(1 for _ in BARE.finditer(t)) for t in texts], options.repeat)),
    ]
    print(f"{len(texts)} texts, {characters:,} characters, median of {options.repeat}")
    for name, taken in rows:
        print(f"{name:32}{characters / taken / 1e6:10.3f} million characters/s")
    result = peer(options.jionlp, texts)
    if result is None:
        print("JioNLP is not installed there; `pip install jionlp` into a separate environment and pass --jionlp")
        return
    print(f"{'JioNLP money + time':32}{characters / result[0] / 1e6:10.3f} million characters/s")
    print(f"the scan is {result[0] / rows[0][1]:.0f} times as fast")


if __name__ == "__main__":
    main()
