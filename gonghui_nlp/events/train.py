"""Train the two models of this room on ``corpora/events`` (the only module here that needs scikit-learn)."""

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
from .lexicon import TYPES
from .nuclei import Nucleus
from .passages import Passage
from .retyping import FILE, FORMAT, evidence

Record = dict[str, Any]
Sample = tuple[list[str], bool]
LEAST = 2  # candidates that must show a feature for its weight to be shipped; one seen once still takes up noise
TYPE_STRENGTH = 0.05
NEVER = -30.0
STRENGTH = 0.03  # inverse regularisation; chosen by cross-validation over the documents of the corpus


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
    """Each candidate of the records: its features, and whether it is one of the labelled events.

    Candidates that a labeller found to be on the threshold (``weak``) teach nothing and are left out.
    """
    for record in records:
        text, passage = record["text"], passage_of(record)
        rivals = candidates(text, passage)[1]
        nuclei = [n for n, _, _ in rivals]
        named = features(text, rivals, starts_of(scan(text)))
        events = matched(record["events"], nuclei, text)
        for i, (nucleus, names) in enumerate(zip(nuclei, named, strict=True)):
            if i not in events or not record["events"][events[i]].get("weak"):
                yield [*names, *pairs(text, nucleus)], i in events


def fit(labelled: Sequence[Sample], strength: float = STRENGTH) -> dict[str, float]:
    """Logistic regression: weight by feature name.

    A feature is scaled by the logarithm of how rare it is, so that the rare ones, which say more, are held back
    less; the scale is part of the weight. ``bias`` is the intercept.
    """
    import numpy as np
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([Counter(names) for names, _ in labelled])
    shown = np.asarray((matrix > 0).sum(axis=0)).ravel()
    rarity = np.log(matrix.shape[0] / shown)
    model = LogisticRegression(C=strength, max_iter=2000)
    model.fit(matrix.multiply(rarity).tocsr(), [label for _, label in labelled])
    kept = np.where(shown >= LEAST, model.coef_[0] * rarity, 0.0)
    weights = dict(zip(vectorizer.feature_names_, map(float, kept), strict=True))
    weights["bias"] = float(model.intercept_[0])
    return {name: round(weight, 3) for name, weight in weights.items() if abs(weight) >= 0.005}


def typed(records: Iterable[Record]) -> Iterator[tuple[list[str], str]]:
    """What the type of each found event is told from, and the type the labeller gave it."""
    for record in records:
        text = record["text"]
        nuclei = [n for n, _, _ in candidates(text, passage_of(record))[1]]
        for i, at in sorted(matched(record["events"], nuclei, text).items()):
            event = record["events"][at]
            if not event.get("weak"):
                yield evidence(text, nuclei[i]), event["type"]


def fit_types(labelled: Sequence[tuple[list[str], str]]) -> dict[str, Any]:
    """Multinomial logistic regression, features scaled as in :func:`fit`: the arrays of the model file."""
    import numpy as np
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([Counter(names) for names, _ in labelled])
    shown = np.asarray((matrix > 0).sum(axis=0)).ravel()
    rarity = np.log(matrix.shape[0] / shown)
    model = LogisticRegression(C=TYPE_STRENGTH, max_iter=500)
    model.fit(matrix.multiply(rarity).tocsr(), [label for _, label in labelled])
    kept = np.flatnonzero(shown >= LEAST)
    weights = np.zeros((len(kept) + 1, len(TYPES)))
    weights[0] = NEVER  # a type the corpus does not hold
    for name, intercept, coefficients in zip(model.classes_, model.intercept_, model.coef_ * rarity, strict=True):
        weights[:, TYPES.index(name)] = [intercept, *coefficients[kept]]
    names = ["", *(vectorizer.feature_names_[i] for i in kept)]
    return {
        "format": np.array(FORMAT),
        "types": np.array(TYPES),
        "names": np.array("\n".join(names)),
        "weights": weights.round(2).astype(np.float16),
    }


THRESHOLD = 0.5


def main(corpus: Path, target: Path) -> None:
    """Train on ``corpus`` and write the two models into the folder ``target``; the same corpus, the same bytes."""
    import numpy as np

    records = list(read(corpus))
    np.savez_compressed(target / FILE, **fit_types(list(typed(records))))
    weights = fit(list(samples(records)))
    header = {
        "format": "gonghui-events",
        "version": 1,
        "threshold": THRESHOLD,
        "weights": dict(sorted(weights.items())),
    }
    (target / "weights.json").write_text(json.dumps(header, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    import sys

    main(Path(sys.argv[1]), Path(__file__).parent)
