"""Characters a second of the whole pipeline against jieba.lcut alone, room by room, and start-up times.

    python benchmarks/pipeline.py [TEXT_OR_FOLDER ...] [--repeat 5]

Reads corpora/samples by default. Both run in this process over the same texts in turn; medians are printed.
"""

from __future__ import annotations

import argparse
import logging
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import jieba

import gonghui_nlp as gh
from gonghui_nlp.events import extract
from gonghui_nlp.functions import load_classifier
from gonghui_nlp.outline import read_structure
from gonghui_nlp.pipeline import _passages
from gonghui_nlp.quantities import scan
from gonghui_nlp.text.normalize import fold, foreign
from gonghui_nlp.text.offsets import View

SAMPLES = Path(__file__).resolve().parents[1] / "corpora" / "samples"


def seconds(work: Callable[[], object], repeat: int) -> float:
    """The median time of a call."""
    taken = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def start_up(command: list[str], repeat: int) -> float:
    """The median time of a process from start to end."""
    return seconds(lambda: subprocess.run(command, check=True, capture_output=True), repeat)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="*", type=Path, default=[SAMPLES])
    parser.add_argument("--repeat", type=int, default=5)
    arguments = parser.parse_args()
    texts = [s.text for path in arguments.inputs for s in gh.read(path) if s.status == "ok"]
    size = sum(map(len, texts))
    repeat = arguments.repeat
    jieba.setLogLevel(logging.ERROR)
    jieba.lcut("预热")
    gh.analyze(texts[0])

    pipeline = seconds(lambda: list(gh.analyze_many(texts)), repeat)
    words = seconds(lambda: [jieba.lcut(t) for t in texts], repeat)
    print(f"{len(texts)} texts, {size:,} characters; median of {repeat}")
    print(f"{'analyze_many':22}{size / pipeline:12,.0f} characters/s")
    print(f"{'jieba.lcut':22}{size / words:12,.0f} characters/s")
    print(f"{'ratio':22}{words / pipeline:12.2f} (aim: 2 or more)")

    folded = [fold(t) for t in texts]
    structures = [read_structure(t) for t in folded]
    views = [
        View(t, (*foreign(f), *s.soft_breaks, *s.noise), f) for t, f, s in zip(texts, folded, structures, strict=True)
    ]
    breaks = [{v.at(a) for a, _ in s.soft_breaks} for v, s in zip(views, structures, strict=True)]
    found = [scan(v.text, b) for v, b in zip(views, breaks, strict=True)]
    passages = [_passages(s, v) for s, v in zip(structures, views, strict=True)]
    classifier = load_classifier()
    rooms: dict[str, Callable[[], object]] = {
        "fold and view": lambda: [View(t, foreign(f := fold(t)), f) for t in texts],
        "structure": lambda: [read_structure(f) for f in folded],
        "quantities": lambda: [scan(v.text, b) for v, b in zip(views, breaks, strict=True)],
        "events": lambda: [extract(v.text, p, q) for v, p, q in zip(views, passages, found, strict=True)],
        "functions": lambda: classifier.classify(
            [v.text[x.start : x.end] for v, p in zip(views, passages, strict=True) for x in p],
            [x.headings for p in passages for x in p],
            folded=True,
        ),
    }
    for name, work in rooms.items():
        taken = seconds(work, repeat)
        print(f"{name:22}{size / taken:12,.0f} characters/s  {1e6 * taken / size:6.3f} µs a character")

    print(
        f"{'import gonghui_nlp':22}{start_up([sys.executable, '-c', 'import gonghui_nlp'], repeat):12.3f} s (aim: 0.3)"
    )
    print(
        f"{'gonghui --help':22}{start_up([sys.executable, '-m', 'gonghui_nlp', '--help'], repeat):12.3f} s (aim: 0.3)"
    )


if __name__ == "__main__":
    main()
