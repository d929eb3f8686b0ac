"""Which words spoke for a label: the model's own terms, laid back onto the text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gonghui_nlp.functions.features import grams
from gonghui_nlp.functions.model import LinearModel, heading_text


@dataclass(frozen=True, slots=True)
class Evidence:
    """A word, where it stands in the (folded) text, and how much it moved the label.

    ``start`` and ``end`` count within the paragraph, or within the heading path joined innermost first when
    ``heading`` is true.
    """

    text: str
    start: int
    end: int
    weight: float
    heading: bool = False


def evidence(
    model: LinearModel,
    text: str,
    path: tuple[str, ...],
    groups: npt.NDArray[np.float64],
    strongest: int,
) -> list[tuple[Evidence, ...]]:
    """Per label (a column of ``groups``) the strongest words for it, none overlapping a stronger one.

    A gram's weight for a label is its term in the label's logit less its mean over all classes, the gram's
    part in the cue features included.
    """
    words: list[tuple[str, int, int, bool]] = []
    parts = []
    for space, body in (("text", text), ("heading", heading_text(path))):
        spots, terms = _terms(model, body, space)
        words += [(body[start:end], start, end, space == "heading") for start, end in spots]
        parts.append(terms)
    weights = np.concatenate(parts)
    starts, ends = np.array([w[1] for w in words], np.int64), np.array([w[2] for w in words], np.int64)
    out = []
    for column in groups.T:
        mine = weights[:, column > 0].max(axis=1, initial=-np.inf)
        taken: list[Evidence] = []
        for i in np.lexsort((-ends, starts, -mine.round(6))).tolist():
            if mine[i] <= 0 or len(taken) == strongest:
                break
            word, start, end, heading = words[i]
            if not any(e.heading == heading and e.start < end and start < e.end for e in taken):
                taken.append(Evidence(word, start, end, round(float(mine[i]), 4), heading))
        out.append(tuple(taken))
    return out


def _terms(model: LinearModel, body: str, space: str) -> tuple[list[tuple[int, int]], npt.NDArray[np.float64]]:
    """Where each known gram first stands, and in a row for each its term in every class less their mean."""
    encoder = model.encoder
    parts = tuple[list[npt.NDArray[np.int64]], ...](([], [], []))
    for g in grams([body], space):
        at, feature = encoder.lookup(g.hash)
        whole = at + g.size <= len(g.offset)
        last = np.where(whole, g.offset[np.minimum(at + g.size, len(g.offset)) - 1], len(body) - 1)
        for part, values in zip(parts, (feature, g.offset[at], np.minimum(last + 1, len(body))), strict=True):
            part.append(values)
    feature, start, end = (np.concatenate([np.empty(0, np.int64), *part]) for part in parts)
    inside = np.flatnonzero(start < len(body))
    first = np.sort(np.unique(feature[inside], return_index=True)[1])
    spots = inside[first]
    if not len(spots):
        return [], np.empty((0, model.weights.shape[1]))
    features = feature[spots]
    norm = float(np.sqrt((encoder.idf[features] ** 2).sum()))
    terms = encoder.idf[features, None] * model.weights[features] / norm
    terms = terms + _cue_terms(model, features, space)
    terms = terms - terms.mean(axis=1, keepdims=True)
    return list(zip(start[spots].tolist(), end[spots].tolist(), strict=True)), terms.astype(np.float64)


def _cue_terms(model: LinearModel, features: npt.NDArray[np.int64], space: str) -> npt.NDArray[np.float32]:
    """Each cue's part in the dense features, shared out by its hand weight."""
    cues = model.encoder.cues[features]
    sums = np.maximum(cues.sum(axis=0), 0)
    total = sums.sum()
    weights = model.body if space == "text" else model.heading
    k = cues.shape[1]
    strength = np.log1p(sums) / 2 / np.maximum(sums, 1e-6)
    share = np.full(k, 2 / (3 + total))
    return np.asarray((cues * strength) @ weights[:k] + (cues * share) @ weights[k:], np.float32)
