"""The linear model: texts and heading paths in, one row of class shares each out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from gonghui_nlp.functions.features import present
from gonghui_nlp.learning.grams import Hashes, Ints, Lookup

Singles = npt.NDArray[np.float32]

_LOT = 2_000_000
"""Characters that are hashed at once."""


class Grams(NamedTuple):
    """The numbers of the known grams of each text, text by text, and where those of each begin; the end behind."""

    numbers: Ints
    edges: Ints


@dataclass(frozen=True)
class Encoder:
    """The known grams (body and heading namespaces together), their weight, and which of them are cues.

    ``cues`` has one row a gram and one column a cue label: the hand weight, 0 where the gram is no cue.
    """

    lookup: Lookup
    idf: Singles
    cues: Singles

    @classmethod
    def of(cls, keys: Hashes, idf: Singles, cues: Singles) -> Encoder:
        """An encoder over these gram hashes."""
        return cls(Lookup(keys), idf, cues)

    def grams(self, texts: Sequence[str], space: str = "text") -> Grams:
        """The known grams that each text has, each once."""
        rows, numbers = present(texts, self.lookup, space)
        return Grams(numbers, np.searchsorted(rows, np.arange(len(texts) + 1)))


def dense(cue_sums: Singles) -> Singles:
    """Strength and share of each cue label, from the summed hand weights of the distinct cues of a text."""
    cue_sums = np.maximum(cue_sums, 0)
    total = cue_sums.sum(axis=1, keepdims=True)
    return np.hstack([np.log1p(cue_sums) / 2, 2 * cue_sums / (3 + total)]).astype(np.float32)


BETWEEN_HEADINGS = "。"
"""What stands between the headings of a path when they are encoded as one string."""


def by_rows(rows: npt.NDArray[Any], weights: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The matrix product, each row summed by itself: BLAS would give a row another last digit in another batch.

    >>> by_rows(np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]])).tolist()
    [[11.0]]
    """
    out = np.zeros((len(rows), weights.shape[1]), np.result_type(rows, weights))
    for column, weight in zip(rows.T, weights, strict=True):
        out += column[:, None] * weight
    return out


TypedEvents = Sequence[tuple[str, float]]
"""The events of a text: the type of each, and how sure it is, from 0 to 1."""


def event_parts(told: Sequence[TypedEvents], types: Sequence[str]) -> Singles:
    """A row a text, a column a type: its part of the text's events, or of one whole event where they are no more.

    >>> event_parts([[("aid", 0.5)], [("aid", 1.0), ("outing", 1.0)], []], ["aid", "outing"]).tolist()
    [[0.5, 0.0], [0.5, 0.5], [0.0, 0.0]]
    """
    column = {name: i for i, name in enumerate(types)}
    out = np.zeros((len(told), len(types)), np.float32)
    for row, events in zip(out, told, strict=True):
        for kind, sure in events:
            if kind in column:
                row[column[kind]] += sure
    return np.asarray(out / np.maximum(out.sum(axis=1, keepdims=True), 1), np.float32)


def heading_text(path: Sequence[str]) -> str:
    """A heading path as the one string that is encoded: innermost first, so that its start is told apart."""
    return BETWEEN_HEADINGS.join(reversed(path))


class LinearModel:
    """Weights over the encoder's grams, the dense cue features of body and heading, and the parts of events' types."""

    def __init__(
        self, encoder: Encoder, weights: Singles, body: Singles, heading: Singles, events: Singles, bias: Singles
    ) -> None:
        self.encoder = encoder
        self.weights, self.body, self.heading, self.events, self.bias = weights, body, heading, events, bias
        idf = encoder.idf[:, None]
        self._classes = weights.shape[1]
        self._all = np.ascontiguousarray(np.hstack([idf * weights, encoder.cues, idf * idf]), np.float32)

    def logits(
        self, texts: Sequence[str], headings: Sequence[tuple[str, ...]], parts: Singles
    ) -> npt.NDArray[np.float64]:
        """One row of class logits a text; ``parts`` are those of :func:`event_parts`. Each heading path is scored once."""
        paths = {path: i for i, path in enumerate(dict.fromkeys(headings))}
        which = np.fromiter((paths[path] for path in headings), np.int64, len(headings))
        above = self._part([heading_text(p) for p in paths], "heading", self.heading)
        told = by_rows(parts, self.events)
        return np.asarray(self._part(texts, "text", self.body) + above[which] + told + self.bias, np.float64)

    def _part(self, texts: Sequence[str], space: str, dense_weights: Singles) -> Singles:
        sums = np.zeros((len(texts), self._all.shape[1]), np.float32)
        at = 0
        for lot in _chunks(texts):
            numbers, edges = self.encoder.grams(lot, space)
            for low, high in pairwise(edges.tolist()):
                # Row upon row, in the order of the grams: the same sum in every batch.
                np.add.reduce(self._all.take(numbers[low:high], axis=0), axis=0, out=sums[at])
                at += 1
        k = self._classes
        norm = np.sqrt(np.maximum(sums[:, -1:], 1e-12))
        return np.asarray(sums[:, :k] / norm + by_rows(dense(sums[:, k:-1]), dense_weights), np.float32)


def _chunks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """The texts in lots of bounded size, so that memory does not grow with the batch; one lot at least."""
    begin = size = 0
    for i, text in enumerate(texts):
        size += len(text)
        if size > _LOT:
            yield texts[begin : i + 1]
            begin, size = i + 1, 0
    if begin < len(texts) or not texts:
        yield texts[begin:]


def shares(logits: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Logits as shares that sum to 1."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))
