"""Speed and accuracy beside what a user would pick instead, each on the part it can do, on corpora/samples.

    python benchmarks/peers.py [--jionlp PYTHON] [--rounds 3]

JioNLP reads money and times, line by line as it is made for; it is no dependency, ``--jionlp`` names a Python that has it.
spaCy is a blank ``zh`` with jieba's words and a PhraseMatcher over our own list of trigger words: what can be had without a
model. A record is found where one of the other side overlaps it, each once. The samples were seen while our rules were
made, and never by the peers.
"""

from __future__ import annotations

import argparse
import json
import logging
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import gonghui_nlp as gh
from gonghui_nlp.events.triggers import triggers

SAMPLES = Path(__file__).resolve().parents[1] / "corpora" / "samples"
Span = tuple[int, int]
Spans = list[Span]
# What runs in the other Python: texts in; what was found and the seconds of the quickest round out.
JIONLP = """
import json, sys, time
import jionlp
given = json.load(sys.stdin)
best, found = 1e9, []
jionlp.ner.extract_money("1元"), jionlp.ner.extract_time("1月")
for _ in range(given["rounds"]):
    start, found = time.process_time(), []
    for text in given["texts"]:
        at, money, times = 0, [], []
        for line in text.split("\\n"):
            money += [[at + x["offset"][0], at + x["offset"][1]] for x in jionlp.ner.extract_money(line) or ()]
            times += [[at + x["offset"][0], at + x["offset"][1]] for x in jionlp.ner.extract_time(line) or ()]
            at += len(line) + 1
        found.append([money, times])
    best = min(best, time.process_time() - start)
sys.stderr.write("FOUND" + json.dumps({"seconds": best, "found": found}))
"""


def hits(found: Sequence[Span], gold: Sequence[Span]) -> int:
    """How many pairs overlap, each span once, left to right."""
    right, behind, free = 0, 0, sorted(found)
    for start, end in sorted(gold):
        at = next((i for i in range(behind, len(free)) if free[i][0] < end and start < free[i][1]), None)
        if at is not None:
            right, behind = right + 1, at + 1
    return right


def scored(found: Sequence[Spans], gold: Sequence[Spans]) -> tuple[str, str, str]:
    """Precision, recall and F1 over all texts."""
    right = sum(hits(a, b) for a, b in zip(found, gold, strict=True))
    precision, recall = right / max(1, sum(map(len, found))), right / max(1, sum(map(len, gold)))
    both = 2 * precision * recall / (precision + recall) if right else 0.0
    return f"{precision:.2f}", f"{recall:.2f}", f"{both:.2f}"


def quickest(work: Callable[[], Any], rounds: int) -> tuple[Any, float]:
    """What a call gives, and its processor seconds in the quickest round."""
    best, given = float("inf"), None
    for _ in range(rounds):
        start = time.process_time()
        given = work()
        best = min(best, time.process_time() - start)
    return given, best


def places(records: Iterable[Any]) -> Spans:
    return [(record.start, record.end) for record in records]


def gold_of(paths: Sequence[Path], kind: str) -> list[Spans]:
    """The places of the annotated records of a kind, text by text."""
    found: list[Spans] = []
    for path in paths:
        lines = (path.parent / "gold" / f"{path.stem}.jsonl").read_text(encoding="utf-8").splitlines()
        found.append([(r["start"], r["end"]) for r in map(json.loads, lines) if r["kind"] == kind])
    return found


def spacy_matcher() -> Callable[[Sequence[str]], list[Spans]]:
    """The words of the trigger list wherever they stand."""
    import jieba
    import spacy
    from spacy.matcher import PhraseMatcher

    jieba.setLogLevel(logging.ERROR)
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    matcher = PhraseMatcher(nlp.vocab)
    matcher.add("activity", [nlp.make_doc(word) for word in triggers()])

    def find(texts: Sequence[str]) -> list[Spans]:
        found: list[Spans] = []
        for doc in map(nlp, texts):
            spans = [doc[a:b] for _, a, b in matcher(doc)]
            found.append([(span.start_char, span.end_char) for span in spacy.util.filter_spans(spans)])
        return found

    return find


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jionlp", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    paths = sorted(SAMPLES.glob("*.txt"))
    texts = [source.text for path in paths for source in gh.read(path)]
    size = sum(map(len, texts))
    gold = {kind: gold_of(paths, kind) for kind in ("amount", "date", "event")}
    rows: list[tuple[str, ...]] = []

    def add(job: str, tool: str, seconds: float, found: Sequence[Spans], kind: str) -> None:
        rows.append((job, tool, f"{1e6 * seconds / size:.2f}", *scored(found, gold[kind])))

    list(gh.analyze_many(texts))
    stages = ["outline", "quantities"]
    docs, seconds = quickest(lambda: list(gh.analyze_many(texts, stages=stages)), arguments.rounds)
    add("sums of money", "gonghui_nlp: outline, all quantities", seconds, [places(d.amounts) for d in docs], "amount")
    add("dates", "the same run", seconds, [places(d.dates) for d in docs], "date")
    given = json.dumps({"texts": texts, "rounds": arguments.rounds})
    done = subprocess.run([arguments.jionlp, "-c", JIONLP], input=given, capture_output=True, text=True, check=False)
    if "FOUND" in done.stderr:
        said = json.loads(done.stderr.split("FOUND")[1])
        for at, (job, kind) in enumerate((("sums of money", "amount"), ("dates", "date"))):
            tool = "JioNLP: money and time" if at == 0 else "the same run"
            add(job, tool, said["seconds"], [[tuple(x) for x in text[at]] for text in said["found"]], kind)
    docs, seconds = quickest(lambda: list(gh.analyze_many(texts)), arguments.rounds)
    add("activities", "gonghui_nlp: the whole pipeline", seconds, [places(d.events) for d in docs], "event")
    find = spacy_matcher()
    found, seconds = quickest(lambda: find(texts), arguments.rounds)
    add("activities", "spaCy zh (jieba) and a PhraseMatcher", seconds, found, "event")
    for row in (("job", "tool", "µs a character", "precision", "recall", "F1"), ("---",) * 6, *sorted(rows)):
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
