"""What the whole pipeline costs beside jieba.lcut alone, stage by stage; how it grows, and what it takes to start.

    python benchmarks/pipeline.py [NAME=TEXT_OR_FOLDER ...] [--rounds 5] [--write]

Processor time, in one process and in turn; the texts are cut into lots, and of each lot the quickest round counts, so that
other work on the machine weighs little. The texts are corpora/samples, and paragraphs of corpora/functions, ten to a text;
further ones are read from the paths given. ``--write`` puts the tables and a picture into docs/speed.md.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import multiprocessing
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import jieba

import gonghui_nlp as gh
from gonghui_nlp.pipeline import STAGES, Analysis
from gonghui_nlp.schema import Source
from gonghui_nlp.settings import Settings
from gonghui_nlp.text.normalize import fold

ROOT = Path(__file__).resolve().parents[1]
PAGE, PICTURE = ROOT / "docs" / "speed.md", ROOT / "docs" / "images" / "speed.svg"
LOTS = 6
Row = tuple[str, ...]


def paragraphs() -> list[str]:
    """Single paragraphs without their documents, ten to a text: denser than any document."""
    lines = [line for path in sorted((ROOT / "corpora/functions").glob("part_*.jsonl")) for line in path.open()]
    told = [json.loads(line)["text"] for line in lines[:400]]
    return ["\n".join(told[i : i + 10]) for i in range(0, len(told), 10)]


def texts_in(path: Path) -> list[str]:
    """What can be read there."""
    return [source.text for source in gh.read(path) if source.status == "ok"]


def took(work: Callable[[], object]) -> float:
    """The processor seconds of a call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def quickest(texts: Sequence[str], jobs: dict[str, Callable[[list[str]], object]], rounds: int) -> dict[str, float]:
    """Microseconds a character of each job: the quickest round of each lot of texts, added up."""
    lots = [list(texts[i::LOTS]) for i in range(LOTS) if texts[i::LOTS]]
    best = {name: [math.inf] * len(lots) for name in jobs}
    for _ in range(rounds):
        for i, lot in enumerate(lots):
            for name, job in jobs.items():
                best[name][i] = min(best[name][i], took(lambda job=job, lot=lot: job(lot)))  # type: ignore[misc]
    return {name: 1e6 * sum(times) / sum(map(len, texts)) for name, times in best.items()}


def by_stage(texts: Sequence[str], rounds: int) -> dict[str, float]:
    """Microseconds a character of each stage, over the same analyses."""
    lots = [list(texts[i::LOTS]) for i in range(LOTS) if texts[i::LOTS]]
    best: dict[tuple[str, int], float] = {}

    def note(name: str, i: int, work: Callable[[], object]) -> None:
        best[name, i] = min(best.get((name, i), math.inf), took(work))

    for _ in range(rounds):
        for i, lot in enumerate(lots):
            note("fold", i, lambda lot=lot: [*map(fold, lot)])  # type: ignore[misc]
            analyses = [Analysis(Source("", text), Settings()) for text in lot]
            for stage in STAGES.values():
                note(stage.name, i, lambda stage=stage, a=analyses: stage.run(a))  # type: ignore[misc]
            note("document", i, lambda a=analyses: [each.document for each in a])  # type: ignore[misc]
    size = sum(map(len, texts))
    names = dict.fromkeys(name for name, _ in best)
    return {name: 1e6 * sum(t for (n, _), t in best.items() if n == name) / size for name in names}


def exponent(sizes: Sequence[int], work: Callable[[int], object], rounds: int) -> float:
    """How the time grows with the size: 1 is linear. By least squares over the logarithms."""
    x = [math.log(size) for size in sizes]
    y = [math.log(min(took(lambda size=size: work(size)) for _ in range(rounds))) for size in sizes]  # type: ignore[misc]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / sum((a - mean_x) ** 2 for a in x)


def start_up(arguments: Sequence[str], rounds: int) -> float:
    """The processor seconds of a Python process, the quickest of some."""
    best = math.inf
    for _ in range(rounds):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True, cwd=ROOT)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best


def _analyses(texts: list[str]) -> None:
    list(gh.analyze_many(texts))


def _counts(rounds: int) -> None:
    sum(i * i for i in range(rounds))


def _pair(work: Callable[..., None], argument: object) -> float:
    """How many times the work of one process two do in the same time, by the clock."""

    def clock(many: int) -> float:
        workers = [multiprocessing.get_context("fork").Process(target=work, args=(argument,)) for _ in range(many)]
        start = time.perf_counter()
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        return time.perf_counter() - start

    return 2 * min(clock(1) for _ in range(2)) / min(clock(2) for _ in range(2))


def ratios(name: str, texts: list[str], rounds: int) -> tuple[Row, dict[str, float]]:
    """The line of a kind of text, and what each stage takes on it."""
    found = quickest(
        texts,
        {
            "many": lambda lot: list(gh.analyze_many(lot)),
            "single": lambda lot: [gh.analyze(text) for text in lot],
            "jieba": lambda lot: [jieba.lcut(text) for text in lot],
        },
        rounds,
    )
    size, events = sum(map(len, texts)), sum(len(doc.events) for doc in gh.analyze_many(texts))
    row = (
        name,
        f"{size:,}",
        f"{1000 * events / size:.1f}",
        *(f"{found[job]:.1f}" for job in ("many", "single", "jieba")),
        f"{found['jieba'] / found['many']:.2f}",
        f"{found['jieba'] / found['single']:.2f}",
    )
    return row, by_stage(texts, rounds)


def table(head: Row, rows: Sequence[Row]) -> str:
    """A table of Markdown."""
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ("---",) * len(head), *rows))


def draw(stages: dict[str, dict[str, float]], path: Path) -> None:
    """Where the time goes, as bars beside one another."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "speed"
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(8, 1 + 0.6 * len(stages)), layout="constrained")
    left = [0.0] * len(stages)
    for stage in next(iter(stages.values())):
        widths = [times[stage] for times in stages.values()]
        axes.barh([*stages], widths, left=left, label=stage, height=0.6)
        left = [a + b for a, b in zip(left, widths, strict=True)]
    axes.invert_yaxis()
    axes.set_xlabel("processor seconds for a million characters")
    axes.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False)
    figure.savefig(path, metadata={"Date": None})


def report(kinds: dict[str, list[str]], rounds: int, picture: Path | None) -> Iterator[str]:
    """The tables of the page, one after the other; a picture is drawn on the way where one is wanted."""
    rows, stages = [], {}
    for name, texts in kinds.items():
        row, stages[name] = ratios(name, texts, rounds)
        rows.append(row)
    head = ("text", "characters", "events a 1,000", "in batches, µs", "one by one, µs", "jieba.lcut, µs")
    yield table((*head, "jieba / batches", "jieba / one by one"), rows)
    names = [*next(iter(stages.values()))]
    whole = {kind: sum(times.values()) for kind, times in stages.items()}
    yield table(
        ("stage, seconds a million characters", *stages),
        [(n, *(f"{t[n]:.2f} ({t[n] / whole[k]:.0%})" for k, t in stages.items())) for n in names],
    )
    dense = kinds["samples"]
    long = "\n".join(dense) * 4
    lengths, numbers = (10_000, 20_000, 40_000, 80_000), (100, 200, 400, 800)
    analyses, machine = _pair(_analyses, dense), _pair(_counts, 8_000_000)
    bare, command = start_up(["-c", "pass"], rounds), ["-m", "gonghui_nlp"]
    sample = str(sorted((ROOT / "corpora/samples").glob("*.txt"))[0])
    yield table(
        ("what", "figure"),
        [
            (
                "growth with the length of one text, exponent",
                f"{exponent(lengths, lambda n: gh.analyze(long[:n]), 2):.2f}",
            ),
            (
                "growth with the number of short texts, exponent",
                f"{exponent(numbers, lambda n: list(gh.analyze_many(['慰问职工3人。'] * n)), 2):.2f}",
            ),
            ("two processes against one", f"{analyses:.2f}; the machine gives {machine:.2f}"),
            ("bare Python, s", f"{bare:.2f}"),
            ("`import gonghui_nlp`, s", f"{start_up(['-c', 'import gonghui_nlp'], rounds):.2f}"),
            ("`gonghui --help`, s", f"{start_up([*command, '--help'], rounds):.2f}"),
            ("`gonghui show` of one file, s", f"{start_up([*command, 'show', sample], rounds):.2f}"),
        ],
    )
    if picture:
        draw(stages, picture)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="*", metavar="NAME=PATH")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="put the tables and the picture into docs")
    arguments = parser.parse_args()
    jieba.setLogLevel(logging.ERROR)
    jieba.lcut("预热")
    kinds = {"samples": texts_in(ROOT / "corpora/samples"), "paragraphs": paragraphs()}
    for name, _, path in (given.partition("=") for given in arguments.inputs):
        kinds[name] = texts_in(Path(path))
    for texts in kinds.values():
        list(gh.analyze_many(texts))
    tables = []
    for made in report(kinds, arguments.rounds, PICTURE if arguments.write else None):
        print(made, flush=True)
        tables.append(made)
    if arguments.write:
        page = PAGE.read_text(encoding="utf-8")
        for i, made in enumerate(tables):
            begin, end = f"<!-- table {i} -->\n", f"\n<!-- end {i} -->"
            before, behind = page.split(begin)[0], page.split(end)[1]
            page = before + begin + made + end + behind
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
