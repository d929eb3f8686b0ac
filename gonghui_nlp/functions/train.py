"""Training: labelled paragraphs in, a model file out. The only module that needs scikit-learn.

The same corpora give the same bytes: nothing is random, features are ordered by their hash, and weights are
rounded before they are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, diags, hstack

from gonghui_nlp.errors import InputError, OutputError
from gonghui_nlp.functions import modelfile
from gonghui_nlp.functions.classifier import Classifier, shipped_path
from gonghui_nlp.functions.corpus import HELD_OUT, NONE, Example, fold_of, read_examples
from gonghui_nlp.functions.features import LEARNT, Hashes, Lookup, gram_hash, grams
from gonghui_nlp.functions.lexicon import Cue, read_cues
from gonghui_nlp.functions.model import Encoder, dense, heading_text, shares
from gonghui_nlp.model import FUNCTIONS

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Settings:
    """What was chosen by cross-validation over whole families (`benchmarks/functions.py`)."""

    regularisation: float = 10.0
    rarest: int = 4
    """A gram must occur in this many families."""
    largest: int = 40_000
    """So many grams are kept, the heaviest."""
    heading: float = 0.6
    """How loud the headings' grams are beside the body's."""
    heading_cues: float = 0.5
    second: float = 0.45
    """The part of a paragraph of two functions that its second one gets in training."""
    floor: float = 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """What :func:`train` did."""

    path: Path
    examples: int
    families: int
    features: int
    labels: tuple[str, ...]
    bytes: int


def train(
    corpus_paths: Iterable[Path | str],
    out: Path | str,
    *,
    overwrite: bool = False,
    cues: Path | None = None,
    settings: Settings | None = None,
) -> Report:
    """Train on labelled JSON Lines and write the model file ``out``.

    The labels are those found in the corpora, whatever they are called; the cue lexicon serves as features
    for any of them. Files are read in the order of their names.

    Raises:
        InputError: a corpus is malformed or holds fewer than two classes.
        OutputError: ``out`` exists already (the shipped model included) and ``overwrite`` is false.
    """
    out = Path(out)
    if out.exists() and not overwrite:
        which = "the shipped model" if out.resolve() == shipped_path().resolve() else "a file that exists"
        raise OutputError(f"{out} is {which}; give another path, or say overwrite to replace it")
    examples = read_examples(sorted(map(Path, corpus_paths)))
    data, features = fit(examples, read_cues(cues), settings or Settings())
    labels = Classifier(*modelfile.parse(data)).labels
    try:
        out.write_bytes(data)
    except OSError as e:
        raise OutputError(f"{out} cannot be written: {e.strerror}") from e
    return Report(out, len(examples), len({e.family for e in examples}), features, labels, len(data))


def fit(examples: Sequence[Example], cues: Sequence[Cue], settings: Settings) -> tuple[bytes, int]:
    """The bytes of a trained model, and how many grams it knows.

    Thresholds and calibration come from cross-validation with whole families left out.
    """
    names = sorted({c for e in examples for c in e.classes}, key=_class_order)
    if len(names) < 2:
        raise InputError(f"training needs at least two classes of paragraphs, the corpora have {names}")
    labels = list(dict.fromkeys(n.split("/")[0] for n in names if n != NONE))
    held_out = cross_validated(examples, cues, settings, names)
    second, slope, offset = _calibrate(examples, held_out, names, labels)
    encoder, weights, body, heading, bias = fit_once(examples, cues, settings, names)
    kept = _heaviest(encoder, weights, settings.largest)
    places = np.argwhere(encoder.cues[kept] != 0).astype(np.int32)
    arrays = {
        "keys": encoder.lookup.keys[kept],
        "idf": encoder.idf[kept],
        "cue_places": places,
        "cue_weights": encoder.cues[kept][tuple(places.T)].astype(np.float32),
        "weights": _rounded(weights[kept]),
        "body": _rounded(body),
        "heading": _rounded(heading),
        "bias": _rounded(bias),
    }
    meta = {
        "task": "functions",
        "classes": [[*n.split("/", 1)] if "/" in n else [n, None] for n in names],
        "labels": labels,
        "cue_labels": _cue_labels(cues),
        "second": second,
        "slope": slope,
        "offset": offset,
        "floor": settings.floor,
        "examples": len(examples),
    }
    return modelfile.dump(meta, arrays), len(kept)


def fit_once(
    examples: Sequence[Example], cues: Sequence[Cue], settings: Settings, names: Sequence[str]
) -> tuple[Encoder, npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[Any]]:
    """Encoder and weights (grams, body cues, heading cues, bias) of one multinomial fit."""
    from sklearn.linear_model import LogisticRegression

    encoder = make_encoder(examples, cues, settings)
    rows, target, weight = _unfolded(examples, names, settings.second)
    model = LogisticRegression(C=settings.regularisation, max_iter=1000, tol=1e-5)
    model.fit(design(encoder, examples, settings)[rows], target, sample_weight=weight)
    coef, bias = np.zeros((len(names), model.coef_.shape[1])), np.full(len(names), -30.0)
    if len(model.classes_) == 2:
        coef[model.classes_] = np.vstack([-model.coef_ / 2, model.coef_ / 2])
        bias[model.classes_] = [-model.intercept_[0] / 2, model.intercept_[0] / 2]
    else:
        coef[model.classes_], bias[model.classes_] = model.coef_, model.intercept_
    f, k = len(encoder.idf), 2 * encoder.cues.shape[1]
    text = np.ascontiguousarray(coef[:, :f].T)
    heads = _heading_features(encoder, examples)
    text[heads] *= settings.heading
    return encoder, text, coef[:, f : f + k].T, coef[:, f + k :].T * settings.heading_cues, bias


def design(encoder: Encoder, examples: Sequence[Example], settings: Settings) -> csr_matrix[np.float64]:
    """The training matrix: grams of body and heading, cue features of body, cue features of heading."""
    body = encoder.grams([e.text for e in examples])
    above = encoder.grams([heading_text(e.headings) for e in examples], "heading")
    gram = _unit(encoder, body) + settings.heading * _unit(encoder, above)
    cues = settings.heading_cues * dense(above @ encoder.cues)
    return hstack([gram, csr_matrix(dense(body @ encoder.cues)), csr_matrix(cues)]).tocsr()


def make_encoder(examples: Sequence[Example], cues: Sequence[Cue], settings: Settings) -> Encoder:
    """The cues and all grams that occur in enough families, ordered by hash."""
    families = {f: i for i, f in enumerate(dict.fromkeys(e.family for e in examples))}
    family = np.array([families[e.family] for e in examples], np.int64)
    spoken: dict[int, list[Cue]] = {}
    for cue in cues:
        for space in ("text", "heading"):
            spoken.setdefault(gram_hash(cue.text, space), []).append(cue)
    tables = [
        _family_counts(texts, space, family)
        for space, texts in (
            ("text", [e.text for e in examples]),
            ("heading", [heading_text(e.headings) for e in examples]),
        )
    ]
    seen = np.concatenate([t[0] for t in tables])
    count = np.concatenate([t[1] for t in tables])
    cue_keys = np.array(sorted(spoken), np.uint32)
    common = seen[(count >= settings.rarest) & ~np.isin(seen, cue_keys)]
    keys = np.concatenate([cue_keys, np.sort(common)])
    keys = np.sort(keys[Lookup.distinct_slots(keys)])
    order = np.argsort(seen)
    place = np.minimum(np.searchsorted(seen[order], keys), len(seen) - 1)
    known = np.where(seen[order][place] == keys, count[order][place], 0)
    idf = np.log((1 + len(families)) / (1 + np.maximum(known, settings.rarest - 1))) + 1
    columns = _cue_labels(cues)
    table = np.zeros((len(keys), len(columns)), np.float32)
    for i in np.flatnonzero(np.isin(keys, cue_keys)).tolist():
        for cue in spoken[int(keys[i])]:
            table[i, columns.index(cue.label)] = cue.weight
    return Encoder.of(keys, idf.astype(np.float32), table)


def cross_validated(
    examples: Sequence[Example], cues: Sequence[Cue], settings: Settings, names: Sequence[str]
) -> Floats:
    """Class shares of every example from a model that saw none of its family."""
    from gonghui_nlp.functions.model import LinearModel

    fold = np.array([fold_of(e.family) for e in examples])
    out = np.full((len(examples), len(names)), 1.0 / len(names))
    for k in sorted(set(fold.tolist())):
        rest = [e for e, f in zip(examples, fold, strict=True) if f != k]
        mine = [e for e, f in zip(examples, fold, strict=True) if f == k]
        if len({c for e in rest for c in e.classes}) > 1:
            model = LinearModel(*fit_once(rest, cues, settings, names))
            out[fold == k] = shares(model.logits([e.text for e in mine], [e.headings for e in mine]))
    return out


def _calibrate(
    examples: Sequence[Example], share: Floats, names: Sequence[str], labels: Sequence[str]
) -> tuple[list[float], list[float], list[float]]:
    """Per label: the share from which it is a second label, and the slope and offset of its score."""
    from sklearn.linear_model import LogisticRegression

    second, slope, offset = [], [], []
    for label in labels:
        mine = share[:, [i for i, n in enumerate(names) if n.split("/")[0] == label]].sum(axis=1)
        true = np.array([label in e.labels for e in examples])
        odds = np.log(np.clip(mine, 1e-9, 1) / np.clip(1 - mine, 1e-9, 1))[:, None]
        if true.all() or not true.any():
            second.append(0.3), slope.append(1.0), offset.append(0.0)
            continue
        platt = LogisticRegression(C=1e3).fit(odds, true)
        slope.append(round(float(platt.coef_[0, 0]), 4))
        offset.append(round(float(platt.intercept_[0]), 4))
        grid = np.arange(0.15, 0.5, 0.01)
        hits = [2 * (true & (mine >= t)).sum() / (true.sum() + (mine >= t).sum()) for t in grid]
        second.append(round(float(grid[int(np.argmax(hits))]), 2))
    return second, slope, offset


def _family_counts(texts: Sequence[str], space: str, family: npt.NDArray[np.int64]) -> tuple[Hashes, Any]:
    hashes, counts = [], []
    for g in grams(texts, space, range(1, LEARNT + 1)):
        pairs = np.unique(g.hash.astype(np.int64) << 24 | family[g.owner]) >> 24
        value, count = np.unique(pairs, return_counts=True)
        hashes.append(value.astype(np.uint32))
        counts.append(count)
    value, first = np.unique(np.concatenate(hashes), return_index=True)
    return value, np.concatenate(counts)[first]


def _unfolded(
    examples: Sequence[Example], names: Sequence[str], second: float
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Floats]:
    """One training row a class of an example, weighted by its part of the paragraph."""
    rows, target, weight = [], [], []
    for i, e in enumerate(examples):
        rest = second / max(1, len(e.classes) - 1) if len(e.classes) > 1 else 0.0
        for j, c in enumerate(e.classes):
            rows.append(i)
            target.append(names.index(c))
            weight.append(rest if j else 1 - rest * (len(e.classes) - 1))
    return np.array(rows), np.array(target), np.array(weight)


def _unit(encoder: Encoder, grams: csr_matrix[np.float32]) -> csr_matrix[np.float64]:
    values = (grams @ diags(encoder.idf.astype(np.float64))).tocsr()
    norm = np.sqrt(np.maximum(np.asarray(values.multiply(values).sum(axis=1)).ravel(), 1e-12))
    return (diags(1 / norm) @ values).tocsr()


def _heading_features(encoder: Encoder, examples: Sequence[Example]) -> npt.NDArray[np.bool_]:
    above = encoder.grams([heading_text(e.headings) for e in examples], "heading")
    return np.asarray(above.sum(axis=0)).ravel() > 0


def _heaviest(encoder: Encoder, weights: npt.NDArray[Any], largest: int) -> npt.NDArray[np.int64]:
    """The features to ship, in the order of their hash: the cues and those that weigh most."""
    force = np.abs(weights).max(axis=1) * encoder.idf + 1e9 * encoder.cues.any(axis=1)
    return np.sort(np.argsort(-force, kind="stable")[:largest])


def _rounded(values: npt.NDArray[Any]) -> npt.NDArray[np.float32]:
    """Three decimals: the last digits of a solver differ between machines, and nothing hangs on them."""
    return np.ascontiguousarray(np.round(values, 3).astype(np.float32))


def _cue_labels(cues: Sequence[Cue]) -> list[str]:
    return list(dict.fromkeys(c.label for c in cues))


def _class_order(name: str) -> tuple[int, str]:
    label = name.split("/")[0]
    return (len(FUNCTIONS) + 1 if label == NONE else FUNCTIONS.index(label) if label in FUNCTIONS else len(FUNCTIONS), name)  # fmt: skip


if __name__ == "__main__":
    import sys

    corpora = sorted(Path("corpora/functions").glob("part_*.jsonl"))
    print(train(corpora, sys.argv[1] if len(sys.argv) > 1 else shipped_path(), overwrite=True))
    assert HELD_OUT
