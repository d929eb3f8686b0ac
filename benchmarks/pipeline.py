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
from functools import partial
from pathlib import Path

import jieba

import gonghui_nlp as gh
from gonghui_nlp.pipeline import STAGES, Analysis
from gonghui_nlp.schema import Source
from gonghui_nlp.settings import Settings
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

    analyses = [Analysis(Source("", text), Settings()) for text in texts]
    rooms: dict[str, Callable[[], object]] = {
        "fold and view": lambda: [View(t, foreign(f := fold(t)), f) for t in texts],
    }
    for stage in STAGES.values():
        stage.run(analyses)
        many = stage.find_many
        rooms[stage.name] = (
            partial(many, analyses) if many else partial(lambda find: [*map(find, analyses)], stage.find)
        )
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
