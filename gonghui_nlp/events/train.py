"""Train the three models of this room on ``corpora/events``: what is an event, of which type, with which arguments."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from gonghui_nlp.errors import InputError
from gonghui_nlp.events import typing
from gonghui_nlp.events.arguments import choosing, outcome
from gonghui_nlp.events.arguments.fillers import Filler, joined, pairs_of
from gonghui_nlp.events.arguments.fillers import features as filler_features
from gonghui_nlp.events.arguments.groups import GroupFinder
from gonghui_nlp.events.arguments.people import called
from gonghui_nlp.events.arguments.places import fillers as place_fillers
from gonghui_nlp.events.arguments.places import place
from gonghui_nlp.events.candidates import candidates, starts_of
from gonghui_nlp.events.detection import FILE as EVENTS_FILE
from gonghui_nlp.events.detection import Scorer, pairs, probabilities
from gonghui_nlp.events.features import features
from gonghui_nlp.events.fitting import INTERCEPT, Sample, fit
from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.events.pairs import codes
from gonghui_nlp.events.passages import Passage
from gonghui_nlp.events.triggers import TYPES
from gonghui_nlp.learning import modelfile
from gonghui_nlp.learning.matching import Record, is_same_event, pair
from gonghui_nlp.quantities import scan
from gonghui_nlp.text.normalize import fold

# Inverse regularisation of each model: of events and types by leaving files of the corpus out in turn; the arguments'
# figures hardly move with it, and it was settled with `choosing.CHANCE`.
STRENGTH = {"events": 0.02, "types": 0.05, "participants": 0.005, "place": 0.01, "result": 0.005}
THRESHOLD = 0.5
NEVER = -30.0  # a type the corpus does not hold
ALIKE = 0.8  # share of its characters that a filler must have in common with the labelled argument


def read(folder: Path) -> Iterator[Record]:
    """The records of every ``*.jsonl`` file of a folder, files in order of name, folded as the pipeline folds texts."""
    paths = sorted(folder.glob("*.jsonl"))
    if not paths:
        raise InputError(f"{folder}: no *.jsonl file of labelled sentences here; pass the folder corpora/events")
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            yield _folded(json.loads(line)) | {"file": path.stem}


def _folded(value: Any) -> Any:
    """The value with every string in it folded; folding keeps offsets."""
    if isinstance(value, str):
        return fold(value)
    if isinstance(value, list):
        return [_folded(each) for each in value]
    return {key: _folded(each) for key, each in value.items()} if isinstance(value, dict) else value


def passage_of(record: Record) -> Passage:
    """The passage a record stands for; its headings have no place in the record's text."""
    headings = tuple(record["headings"])
    return Passage(0, len(record["text"]), headings, ((0, 0),) * len(headings), record["kind"])


def matched(gold: Sequence[Record], found: Sequence[Mention], text: str) -> dict[int, int]:
    """Candidate to gold event, one to one, the largest overlap first."""
    said = [
        {"start": n.start, "end": n.end, "text": text[n.start : n.end], "trigger": n.word, "at": i}
        for i, n in enumerate(found)
    ]
    labelled = [{**g, "at": j} for j, g in enumerate(gold)]
    return {f["at"]: g["at"] for g, f in pair(labelled, said, is_same_event)}


def samples(records: Iterable[Record]) -> Iterator[tuple[list[str], bool]]:
    """Each candidate of the records: its features, and whether it is one of the labelled events.

    Candidates that a labeller found to be on the threshold (``weak``) teach nothing and are left out.
    """
    for record in records:
        text, passage = record["text"], passage_of(record)
        rivals = candidates(text, passage)[1]
        mentions = [n for n, _, _ in rivals]
        named = features(text, rivals, starts_of(scan(text)))
        events = matched(record["events"], mentions, text)
        for i, (mention, names) in enumerate(zip(mentions, named, strict=True)):
            if i not in events or not record["events"][events[i]].get("weak"):
                yield [*names, *pairs(text, mention)], i in events


def weighed(records: Iterable[Record], model: Scorer) -> Iterator[tuple[float, bool]]:
    """The chance the model gives each candidate of the records, and whether it is one of the labelled events."""
    for record in records:
        text, passage = record["text"], passage_of(record)
        rivals = candidates(text, passage)[1]
        named = features(text, rivals, starts_of(scan(text)))
        events = matched(record["events"], [n for n, _, _ in rivals], text)
        for i, chance in enumerate(probabilities(text, rivals, named, model)):
            if i not in events or not record["events"][events[i]].get("weak"):
                yield chance, i in events


def told(record: Record) -> Iterator[tuple[Mention, Record]]:
    """The candidates of a record that are labelled events, each with its label, in the order of the text."""
    text = record["text"]
    mentions = [n for n, _, _ in candidates(text, passage_of(record))[1]]
    for i, at in sorted(matched(record["events"], mentions, text).items()):
        if not record["events"][at].get("weak"):
            yield mentions[i], record["events"][at]


def typed(records: Iterable[Record]) -> Iterator[tuple[list[str], str]]:
    """What the type of each labelled event is told from, and that type."""
    for record in records:
        for mention, event in told(record):
            yield typing.evidence(record["text"], mention), event["type"]


def chosen(records: Iterable[Record]) -> Iterator[tuple[str, list[str], bool]]:
    """Field, features and label of every filler of every labelled event's participants, place and result."""
    for record in records:
        text = record["text"]
        groups = GroupFinder(text, codes(text)).groups(0, len(text))
        events = [(mention.judged(event["type"], 1.0), event) for mention, event in told(record)]
        for k, (mention, event) in enumerate(events):
            limit = events[k + 1][0].start if k + 1 < len(events) else len(text)
            before = events[k - 1][0] if k else None
            together = before is not None and before.clause.sentence == mention.clause.sentence
            caller = called(text, before) if before is not None and together else None
            rule = place(text, mention, before)
            for field, ruled, fillers in (
                ("participants", *choosing.participant_fillers(text, mention, groups, limit, caller)),
                ("place", rule, joined(rule, place_fillers(text, mention))),
            ):
                for filler, right in zip(fillers, _right(text, fillers, event[field]), strict=True):
                    named = filler_features(text, mention, filler, ruled)
                    yield field, [*named, *pairs_of(text, filler)], right
            at = text.find(event["result"], mention.start) if event["result"] else -1
            end = at + len(event["result"]) if at >= 0 else -1
            for clause in outcome.clauses_behind(text, mention, limit):
                overlap = min(end, clause.end) - max(at, clause.start)
                right = 2 * overlap >= clause.end - clause.start
                yield "result", [*outcome.features(text, mention, clause), *pairs_of(text, clause)], right


def _right(text: str, fillers: Sequence[Filler], argument: str | None) -> list[bool]:
    """Which fillers say what the labeller wrote: nearly all of it, or best of all."""
    alike = [_alike(text[o.start : o.end], argument or "") for o in fillers]
    best = max(alike, default=0.0)
    return [a >= ALIKE or (a == best and a > 0.5) for a in alike]


def _alike(filler: str, argument: str) -> float:
    common = sum((Counter(filler) & Counter(argument)).values())
    return 2 * common / max(1, len(filler) + len(argument))


def detection_file(records: Sequence[Record]) -> str:
    """The content of ``weights.json``."""
    weights = {name: w[0] for name, w in fit(list(samples(records)), STRENGTH["events"]).items()}
    weights["bias"] = weights.pop(INTERCEPT)
    header = {
        "format": "gonghui-events",
        "version": 1,
        "threshold": THRESHOLD,
        "weights": {name: round(w, 3) for name, w in sorted(weights.items()) if abs(w) >= 0.005},
    }
    return json.dumps(header, ensure_ascii=False, indent=0) + "\n"


def types_file(records: Sequence[Record]) -> bytes:
    """The content of ``types.bin``."""
    import numpy as np

    labelled = list(typed(records))
    fitted = fit(labelled, STRENGTH["types"])
    columns = [TYPES.index(name) for name in sorted({label for _, label in labelled})]
    weights = np.zeros((len(fitted), len(TYPES)))
    weights[0] = NEVER
    weights[:, columns] = list(fitted.values())
    meta = {"task": typing.TASK, "types": list(TYPES), "names": list(fitted)}
    return modelfile.dump(meta, {"weights": weights.round(2).astype(np.float16)})


def arguments_file(records: Sequence[Record]) -> bytes:
    """The content of ``arguments.bin``."""
    import numpy as np

    labelled: dict[str, list[Sample]] = {field: [] for field in choosing.CHANCE}
    for field, names, right in chosen(records):
        labelled[field].append((names, right))
    fitted = {field: fit(examples, STRENGTH[field]) for field, examples in labelled.items()}
    meta = {"task": choosing.TASK, "names": {field: list(of) for field, of in fitted.items()}}
    weights = {field: np.array([w[0] for w in of.values()]) for field, of in fitted.items()}
    return modelfile.dump(meta, {field: of.round(3).astype(np.float32) for field, of in weights.items()})


def main(corpus: Path, target: Path) -> None:
    """Train on ``corpus`` and write the models into the folder ``target``; the same corpus, the same bytes."""
    write(list(read(corpus)), target)


def write(records: Sequence[Record], target: Path) -> None:
    """Write the models that the records teach into the folder ``target``."""
    (target / choosing.FILE).write_bytes(arguments_file(records))
    (target / typing.FILE).write_bytes(types_file(records))
    (target / EVENTS_FILE).write_text(detection_file(records), encoding="utf-8")


if __name__ == "__main__":
    import sys

    main(Path(sys.argv[1]), Path(__file__).parent)
