"""How well the events room does on texts its models were not trained on: each corpus file left out in turn.

    python benchmarks/events.py             leave one file out: events, types, arguments, calibration
    python benchmarks/events.py FILE …      only these files (names without .jsonl)

A found event is the labelled one when they overlap and one holds the other's trigger, or by half of the shorter;
events labelled as on the threshold (``weak``) are neither missed nor false. Arguments are counted in characters.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from gonghui_nlp.events import extract, train
from gonghui_nlp.events.models import Models, load
from gonghui_nlp.model import Event
from gonghui_nlp.quantities import scan

CORPUS = Path(__file__).parents[1] / "corpora" / "events"
ARGUMENTS = ("date", "place", "participants", "name", "result")
BINS = (0.2, 0.4, 0.6, 0.8, 1.01)
Tally = Counter[tuple[str, str]]


def matched(labelled: list[dict[str, Any]], found: list[Event]) -> dict[int, int]:
    """Found event to labelled one, one to one, the largest overlap first."""
    pairs = []
    for i, f in enumerate(found):
        for j, g in enumerate(labelled):
            overlap = min(f.end, g["end"]) - max(f.start, g["start"])
            telling = g["trigger"] in f.text or f.trigger in g["text"]
            if overlap > 0 and (telling or 2 * overlap >= min(f.end - f.start, g["end"] - g["start"])):
                pairs.append((-overlap, i, j))
    taken: dict[int, int] = {}
    for _, i, j in sorted(pairs):
        if i not in taken and j not in taken.values():
            taken[i] = j
    return taken


def score(records: list[dict[str, Any]], models: Models, tally: Tally) -> None:
    """Count what was found, labelled and right in the records of one file."""
    for record in records:
        text = record["text"]
        found = extract(text, [train.passage_of(record)], scan(text), models)[0]
        pairs = matched(record["events"], found)
        weak = {j for j, g in enumerate(record["events"]) if g.get("weak")}
        counted = [i for i in range(len(found)) if pairs.get(i) not in weak]
        wanted = [j for j in range(len(record["events"])) if j not in weak]
        right = {j: found[i] for i, j in pairs.items() if j not in weak}
        for name in ("events", "types", "status"):
            tally[name, "found"] += len(counted)
            tally[name, "labelled"] += len(wanted)
        tally["events", "right"] += len(right)
        tally["types", "right"] += sum(e.type == record["events"][j]["type"] for j, e in right.items())
        tally["status", "right"] += sum(e.status == record["events"][j]["status"] for j, e in right.items())
        for argument in ARGUMENTS:
            for i in counted:
                span = getattr(found[i], argument)
                tally[argument, "found"] += len(span.text) if span else 0
            for j in wanted:
                label = record["events"][j][argument] or ""
                span = getattr(right[j], argument) if j in right else None
                tally[argument, "labelled"] += len(label)
                tally[argument, "right"] += sum((Counter(label) & Counter(span.text if span else "")).values())


def figures(tally: Tally, name: str) -> str:
    """Precision, recall and F1 of one name."""
    right, found, labelled = (tally[name, what] for what in ("right", "found", "labelled"))
    return f"{right / max(1, found):.3f} {right / max(1, labelled):.3f} {2 * right / max(1, found + labelled):.3f}"


def main(only: list[str]) -> None:
    """Print the figures of each file left out, and of all together."""
    files: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in train.read(CORPUS):
        files[record["file"]].append(record)
    total: Tally = Counter()
    bins: dict[float, list[float]] = defaultdict(list)
    print(f"{'left out':20} events: P, R, F1      types F1  status F1")
    for name in only or files:
        rest = [record for file, records in files.items() if file != name for record in records]
        with tempfile.TemporaryDirectory() as folder:
            train.write(rest, Path(folder))
            models = load(Path(folder))
        tally: Tally = Counter()
        score(files[name], models, tally)
        total += tally
        print(
            f"{name:20} {figures(tally, 'events')}    {figures(tally, 'types')[-5:]}     {figures(tally, 'status')[-5:]}"
        )
        for chance, right in train.weighed(files[name], models.events):
            bins[next(b for b in BINS if chance < b)].append(chance + 2 * right)
    for name in ("events", "types", "status", *ARGUMENTS):
        print(f"{name:20} {figures(total, name)}")
    print("said          candidates  mean said  were events")
    for upper, held in sorted(bins.items()):
        said = [x % 2 for x in held]
        print(
            f"under {upper:4.2f} {len(held):12} {sum(said) / len(said):10.2f} {sum(x >= 2 for x in held) / len(held):12.2f}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
