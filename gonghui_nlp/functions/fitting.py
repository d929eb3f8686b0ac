"""One fit: which grams count, the training matrix, the weights. Shared by training and its cross-validation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, diags, hstack

from gonghui_nlp.functions.corpus import Example, fold_of
from gonghui_nlp.functions.features import LEARNT, gram_hash, grams
from gonghui_nlp.functions.lexicon import Cue
from gonghui_nlp.functions.model import Encoder, LinearModel, dense, event_parts, heading_text, shares
from gonghui_nlp.learning.grams import Hashes, Lookup
from gonghui_nlp.schema import EVENT_TYPES

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fitting:
    """What was chosen by cross-validation over whole families (`benchmarks/functions.py`)."""

    cost: float = 0.3
    """C of the support vector machine."""
    scale: float = 2.0
    """What its margins are multiplied with before they become shares."""
    rarest: int = 5
    """A gram must occur in this many families."""
    largest: int = 40_000
    """So many grams are kept, the heaviest."""
    heading: float = 0.6
    """How loud the headings' grams are beside the body's."""
    heading_cues: float = 0.5
    events: float = 0.3
    """How loud the types of the paragraph's events are."""
    second: float = 0.45
    """The part of a paragraph of two functions that its second one gets in training."""
    floor: float = 0.3
    """The score below which a paragraph has no label, where the corpora know paragraphs of none."""


Weights = npt.NDArray[Any]


def fit_once(
    examples: Sequence[Example], cues: Sequence[Cue], settings: Fitting, names: Sequence[str]
) -> tuple[Encoder, Weights, Weights, Weights, Weights, Weights]:
    """Encoder and weights (grams, body cues, heading cues, events, bias) of one linear SVM, a class against the rest."""
    from sklearn.svm import LinearSVC

    encoder = make_encoder(examples, cues, settings)
    rows, target, weight = unfolded(examples, names, settings.second)
    model = LinearSVC(C=settings.cost, random_state=0, max_iter=5000)
    model.fit(design(encoder, examples, settings)[rows], target, sample_weight=weight)
    coef, bias = np.zeros((len(names), model.coef_.shape[1])), np.full(len(names), -30.0)
    if len(model.classes_) == 2:
        coef[model.classes_] = np.vstack([-model.coef_ / 2, model.coef_ / 2])
        bias[model.classes_] = [-model.intercept_[0] / 2, model.intercept_[0] / 2]
    else:
        coef[model.classes_], bias[model.classes_] = model.coef_, model.intercept_
    coef, bias = coef * settings.scale, bias * settings.scale
    f, k = len(encoder.idf), 2 * encoder.cues.shape[1]
    text = np.ascontiguousarray(coef[:, :f].T)
    heads = _heading_features(encoder, examples)
    text[heads] *= settings.heading
    body, above, told = np.split(coef[:, f:].T, [k, 2 * k])
    return encoder, text, body, above * settings.heading_cues, told * settings.events, bias


def design(encoder: Encoder, examples: Sequence[Example], settings: Fitting) -> csr_matrix[np.float64]:
    """The training matrix: grams of body and heading, cue features of body and of heading, types of events."""
    body = _matrix(encoder, [e.text for e in examples])
    above = _matrix(encoder, [heading_text(e.headings) for e in examples], "heading")
    gram = _unit(encoder, body) + settings.heading * _unit(encoder, above)
    cues = settings.heading_cues * dense(above @ encoder.cues)
    told = settings.events * told_by(examples)
    blocks: list[Any] = [gram, csr_matrix(dense(body @ encoder.cues)), csr_matrix(cues), csr_matrix(told)]
    matrix: csr_matrix[np.float64] = hstack(blocks).tocsr()
    return matrix


def told_by(examples: Sequence[Example]) -> npt.NDArray[np.float32]:
    """The parts of the types of the examples' events, as labelled."""
    return event_parts([[(kind, 1.0) for kind in e.events] for e in examples], EVENT_TYPES)


def _matrix(encoder: Encoder, texts: Sequence[str], space: str = "text") -> csr_matrix[np.float32]:
    """A matrix with 1 for every known gram a text has."""
    numbers, edges = encoder.grams(texts, space)
    return csr_matrix((np.ones(len(numbers), np.float32), numbers, edges), shape=(len(texts), len(encoder.idf)))


def make_encoder(examples: Sequence[Example], cues: Sequence[Cue], settings: Fitting) -> Encoder:
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
    columns = cue_labels(cues)
    table = np.zeros((len(keys), len(columns)), np.float32)
    for i in np.flatnonzero(np.isin(keys, cue_keys)).tolist():
        for cue in spoken[int(keys[i])]:
            table[i, columns.index(cue.label)] = cue.weight
    return Encoder.of(keys, idf.astype(np.float32), table)


def cross_validated(
    examples: Sequence[Example],
    cues: Sequence[Cue],
    settings: Fitting,
    names: Sequence[str],
    told: Callable[[float], None] = lambda share: None,
) -> Floats:
    """Class shares of every example from a model that saw none of its family; ``told`` what share of them is done."""
    fold = np.array([fold_of(e.family) for e in examples])
    out: Floats = np.full((len(examples), len(names)), 1.0 / len(names))
    for k in sorted(set(fold.tolist())):
        rest = [e for e, f in zip(examples, fold, strict=True) if f != k]
        mine = [e for e, f in zip(examples, fold, strict=True) if f == k]
        if len({c for e in rest for c in e.classes}) > 1:
            model = LinearModel(*fit_once(rest, cues, settings, names))
            logits = model.logits([e.text for e in mine], [e.headings for e in mine], told_by(mine))
            out[fold == k] = shares(logits)
        told(float((fold <= k).mean()))
    return out


def _family_counts(texts: Sequence[str], space: str, family: npt.NDArray[np.int64]) -> tuple[Hashes, Any]:
    hashes, counts = [], []
    for g in grams(texts, space, range(1, LEARNT + 1)):
        pairs = np.unique(g.hash.astype(np.int64) << 24 | family[g.owner]) >> 24
        value, count = np.unique(pairs, return_counts=True)
        hashes.append(value.astype(np.uint32))
        counts.append(count)
    value, first = np.unique(np.concatenate(hashes), return_index=True)
    real = value > 0
    return value[real], np.concatenate(counts)[first][real]


def unfolded(
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
    above = _matrix(encoder, [heading_text(e.headings) for e in examples], "heading")
    return np.asarray(above.sum(axis=0)).ravel() > 0


def cue_labels(cues: Sequence[Cue]) -> list[str]:
    return list(dict.fromkeys(c.label for c in cues))
