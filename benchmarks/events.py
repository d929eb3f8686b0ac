"""How well the events room does on texts its models were not trained on: each author's files left out in turn.

    python benchmarks/events.py             each part left out: events, types, status, arguments, calibration
    python benchmarks/events.py excerpts    what ships reads corpora/excerpts, which nothing is trained on, by author
    python benchmarks/events.py PART …      only these parts: stock (corpora/events), schools, industry, offices, ordinary, real_manner, kinds

Events are matched as ``gonghui evaluate`` matches them; those labelled as on the threshold (``weak``) are neither
missed nor false. Arguments are counted in characters: of all events, and of the found ones alone, where what the
models chose stands beside what the rules say.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from gonghui_nlp.events import extract, train
from gonghui_nlp.events.arguments.people import participants
from gonghui_nlp.events.arguments.places import place
from gonghui_nlp.events.corpus import passage_of, read
from gonghui_nlp.events.examples import see, told
from gonghui_nlp.events.models import Models, load, shipped
from gonghui_nlp.learning.matching import Record, drop_optional, is_same_event, pair, shared_characters
from gonghui_nlp.learning.sequence import SequenceModel
from gonghui_nlp.quantities import scan
from gonghui_nlp.schema import Event

CORPORA = [Path(__file__).parents[1] / "corpora" / name for name in ("events", "shadows")]
ARGUMENTS = ("date", "place", "participants", "name", "result")
BINS = (0.2, 0.4, 0.6, 0.8, 1.01)
Tally = Counter[tuple[str, str]]


def add(tally: Tally, name: str, right: int, labelled: int, found: int) -> None:
    """Count these under a name."""
    tally.update({(name, "right"): right, (name, "labelled"): labelled, (name, "found"): found})


def as_record(event: Event) -> Record:
    """The event as a row of the events table, as far as it is compared."""
    spans: dict[str, Any] = {name: getattr(event, name) for name in ARGUMENTS}
    told = {name: span.text if span else None for name, span in spans.items()}
    told["trigger"] = event.trigger.text
    return told | {name: getattr(event, name) for name in ("start", "end", "text", "type", "status")}


def rules(record: Record, tagger: SequenceModel) -> dict[tuple[int, int], dict[str, str | None]]:
    """What the rules alone say of each candidate that is a labelled event, by its place in the text."""
    said, text, before = {}, record["text"], None
    for mention, _ in told(see(record, tagger)):
        fillers = {"participants": participants(text, mention), "place": place(text, mention, before)}
        said[mention.start, mention.end] = {n: text[o.start : o.end] if o else None for n, o in fillers.items()}
        before = mention
    return said


def score(records: list[Record], models: Models, tally: Tally) -> None:
    """Count what was found, labelled and right in the records of one file."""
    for record in records:
        text = record["text"]
        found = [as_record(e) for e in extract(text, [passage_of(record)], scan(text), models)[0]]
        pairs = pair(record["events"], found, is_same_event)
        wanted, got, pairs = drop_optional(record["events"], found, pairs, ("weak",))
        ruled = rules(record, models.tagger)
        add(tally, "events", len(pairs), len(wanted), len(got))
        right = sum(f["type"] in (g["type"], *g.get("also", ())) for g, f in pairs)
        add(tally, "types", right, len(wanted), len(got))
        add(tally, "status", sum(g["status"] == f["status"] for g, f in pairs), len(wanted), len(got))
        for argument in ARGUMENTS:
            counts = [shared_characters(g[argument], f[argument]) for g, f in pairs]
            right, _, _ = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0, 0)
            add(
                tally,
                argument,
                right,
                sum(len(g[argument] or "") for g in wanted),
                sum(len(f[argument] or "") for f in got),
            )
            for count in counts:
                add(tally, f"{argument} of found", *count)
        for g, f in pairs:
            for argument, said in ruled.get((f["start"], f["end"]), {}).items():
                add(tally, f"{argument} by rules", *shared_characters(g[argument], said))


def figures(tally: Tally, name: str) -> str:
    """Precision, recall and F1 of one name."""
    right, found, labelled = (tally[name, what] for what in ("right", "found", "labelled"))
    return f"{right / max(1, found):.3f} {right / max(1, labelled):.3f} {2 * right / max(1, found + labelled):.3f}"


def by_author(corpora: list[Path]) -> dict[str, list[Record]]:
    """The records of each author's files; ``stock`` are those in files without a number."""
    files: dict[str, list[Record]] = defaultdict(list)
    for record in read(corpora):
        name, _, number = record["file"].rpartition("_")
        files[name if number.isdigit() else "stock"].append(record)
    return files


def apart() -> None:
    """Print what the shipped models find in the excerpts, by author and in all."""
    total: Tally = Counter()
    for name, records in by_author([CORPORA[0].with_name("excerpts")]).items():
        tally: Tally = Counter()
        score(records, shipped(), tally)
        total.update(tally)
        print(f"{name:22} {'   '.join(f'{what} {figures(tally, what)}' for what in ('events', 'types', 'status'))}")
    for name in dict.fromkeys(name for name, _ in total):
        print(f"{name:22} {figures(total, name)}")


def main(only: list[str]) -> None:
    """Print the figures of each file left out, and of all together."""
    files = by_author(CORPORA)
    total: Tally = Counter()
    bins: dict[float, list[tuple[float, bool]]] = defaultdict(list)
    print(f"{'left out':22} events: P, R, F1      types F1  status F1")
    for name in only or files:
        rest = [record for file, records in files.items() if file != name for record in records]
        with tempfile.TemporaryDirectory() as folder:
            train.write(rest, Path(folder))
            models = load(Path(folder))
        tally: Tally = Counter()
        score(files[name], models, tally)
        total.update(tally)
        events, types, status = (figures(tally, what) for what in ("events", "types", "status"))
        print(f"{name:22} {events}    {types[-5:]}     {status[-5:]}")
        for chance, right in train.weighed(files[name], models):
            bins[next(b for b in BINS if chance < b)].append((chance, right))
    print(f"\n{'all files':22} P, R, F1")
    for name in dict.fromkeys(name for name, _ in total):
        print(f"{name:22} {figures(total, name)}")
    print("\nsaid          candidates  mean said  were events")
    for upper, held in sorted(bins.items()):
        said, were = (sum(column) / len(held) for column in zip(*held, strict=True))
        print(f"under {upper:4.2f} {len(held):12} {said:10.2f} {were:12.2f}")


if __name__ == "__main__":
    apart() if sys.argv[1:] == ["excerpts"] else main(sys.argv[1:])
