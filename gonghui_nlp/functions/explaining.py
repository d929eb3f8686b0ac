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
    found: list[tuple[str, int, int, npt.NDArray[np.float64], bool]] = []
    for space, body in (("text", text), ("heading", heading_text(path))):
        found += _terms(model, body, space)
    out = []
    for column in groups.T:
        mine = column > 0
        weights = [(max(t[3][mine], default=0.0), *t[:3], t[4]) for t in found]
        taken: list[Evidence] = []
        for weight, word, start, end, heading in sorted(weights, key=lambda w: (-round(w[0], 6), w[2], -w[3])):
            if weight <= 0 or len(taken) == strongest:
                break
            if not any(e.heading == heading and e.start < end and start < e.end for e in taken):
                taken.append(Evidence(word, start, end, round(float(weight), 4), heading))
        out.append(tuple(taken))
    return out


def _terms(model: LinearModel, body: str, space: str) -> list[tuple[str, int, int, npt.NDArray[np.float64], bool]]:
    encoder = model.encoder
    spots: dict[int, tuple[int, int]] = {}
    for g in grams([body], space):
        at, feature = encoder.lookup(g.hash)
        for a, f in zip(at.tolist(), feature.tolist(), strict=True):
            start = int(g.offset[a])
            last = int(g.offset[a + g.size - 1]) if a + g.size <= len(g.offset) else len(body) - 1
            if f not in spots and start < len(body):
                spots[f] = (start, min(last + 1, len(body)))
    if not spots:
        return []
    features = np.array(list(spots))
    norm = float(np.sqrt((encoder.idf[features] ** 2).sum()))
    terms = encoder.idf[features, None] * model.weights[features] / norm
    terms = terms + _cue_terms(model, features, space)
    terms = terms - terms.mean(axis=1, keepdims=True)
    return [
        (body[start:end], start, end, row.astype(np.float64), space == "heading")
        for (start, end), row in zip(spots.values(), terms, strict=True)
    ]


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
