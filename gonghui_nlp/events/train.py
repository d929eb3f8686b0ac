"""Train the eventhood weights on ``corpora/events`` (the only module of this room that needs scikit-learn)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ..errors import InputError
from ..quantities import scan
from .candidates import candidates, starts_of
from .eventhood import pairs
from .features import features
from .nuclei import Nucleus
from .passages import Passage

Record = dict[str, Any]
Sample = tuple[list[str], bool]
STRENGTH = 0.5  # inverse regularisation; chosen by cross-validation over the corpus files


def read(folder: Path) -> Iterator[Record]:
    """The records of every ``*.jsonl`` file of a folder, files in order of name."""
    paths = sorted(folder.glob("*.jsonl"))
    if not paths:
        raise InputError(f"{folder}: no *.jsonl file of labelled sentences here; pass the folder corpora/events")
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line) | {"file": path.stem}


def passage_of(record: Record) -> Passage:
    """The passage a record stands for; its headings have no place in the record's text."""
    headings = tuple(record["headings"])
    return Passage(0, len(record["text"]), headings, ((0, 0),) * len(headings), record["kind"])


def matched(gold: Sequence[Record], found: Sequence[Nucleus], text: str) -> dict[int, int]:
    """Candidate to gold event, one to one, the largest overlap first."""
    pairs = []
    for i, n in enumerate(found):
        inside, head = text[n.start : n.end], n.head.word_text(text)
        for j, g in enumerate(gold):
            overlap = min(g["end"], n.end) - max(g["start"], n.start)
            lengths = (g["end"] - g["start"], n.end - n.start)
            if overlap > 0 and (g["trigger"] in inside or head in g["text"] or 2 * overlap >= min(lengths)):
                pairs.append((-overlap / max(lengths), i, j))
    taken: dict[int, int] = {}
    for _, i, j in sorted(pairs):
        if i not in taken and j not in taken.values():
            taken[i] = j
    return taken


def samples(records: Iterable[Record]) -> Iterator[Sample]:
    """Each candidate of the records: its features, and whether it is one of the labelled events."""
    for record in records:
        text, passage = record["text"], passage_of(record)
        rivals = candidates(text, passage)[1]
        nuclei = [n for n, _, _ in rivals]
        named = features(text, rivals, starts_of(scan(text)))
        events = matched(record["events"], nuclei, text)
        for i, (nucleus, names) in enumerate(zip(nuclei, named, strict=True)):
            yield [*names, *pairs(text, nucleus)], i in events


def fit(labelled: Sequence[Sample], strength: float = STRENGTH) -> dict[str, float]:
    """Logistic regression over binary features: weight by feature name."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([Counter(names) for names, _ in labelled])
    model = LogisticRegression(C=strength, fit_intercept=False, max_iter=2000)
    model.fit(matrix, [label for _, label in labelled])
    return {
        n: round(float(w), 3) for n, w in zip(vectorizer.feature_names_, model.coef_[0], strict=True) if abs(w) >= 0.005
    }


THRESHOLD = 0.5


def main(corpus: Path, target: Path) -> None:
    """Train on ``corpus`` and write the weights to ``target``; the same corpus gives the same bytes."""
    weights = fit(list(samples(read(corpus))))
    header = {
        "format": "gonghui-events",
        "version": 1,
        "threshold": THRESHOLD,
        "weights": dict(sorted(weights.items())),
    }
    target.write_text(json.dumps(header, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    import sys

    main(Path(sys.argv[1]), Path(__file__).with_name("weights.json"))
