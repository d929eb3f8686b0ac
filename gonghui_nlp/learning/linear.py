"""The linear scorer over named features: what every small decision of the events room is made with.

A feature has a name and, for each label, a weight; a score is the sum of the weights of the features that hold and of
the intercept. Weights are kept as small whole numbers and a scale for each label.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from gonghui_nlp.errors import ModelError
from gonghui_nlp.learning import modelfile
from gonghui_nlp.learning.steps import quantised

INTERCEPT = ""
"""The name of the feature that always holds."""
SEPARATOR = "\n"
"""What parts the names in a model file."""
_LOT = 256  # cases that are added up together: what they gather stays in the cache, and small for a text of megabytes
_LONGEST_NAMES = 1 << 26  # bytes of all names; a file that unpacks to more was made to fill the memory
Weights: TypeAlias = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights by the name of a feature, a column for each label; row 0 is the intercept.

    >>> model = Linear.of(("aid", "outing"), {"": [0.0, 0.0], "慰问": [2.0, -1.0]})
    >>> model.scores([["慰问"], ["旅游"]]).round(2).tolist()
    [[2.0, -1.0], [0.0, 0.0]]
    """

    labels: tuple[str, ...]
    rows: Mapping[str, int]
    weights: Weights

    @classmethod
    def of(cls, labels: Sequence[str], fitted: Mapping[str, Sequence[float]]) -> Linear:
        """A scorer with these weights, rounded as the model file holds them."""
        names = [INTERCEPT, *sorted(name for name in fitted if name != INTERCEPT)]
        exact = np.array([fitted.get(name, [0.0] * len(labels)) for name in names], np.float64)
        steps, scale = quantised(exact.reshape(len(names), len(labels)), _step(labels))
        return cls(tuple(labels), {name: i for i, name in enumerate(names)}, steps * scale)

    def scores(self, named: Iterable[Iterable[str]]) -> Weights:
        """One row of sums a case, a column a label; a feature that nobody knows weighs nothing."""
        cases = iter(named)
        lots = [np.zeros((0, len(self.labels)), np.float32)]
        while lot := list(islice(cases, _LOT)):
            lots.append(self._scored(lot))
        return np.concatenate(lots)

    def _scored(self, named: Iterable[Iterable[str]]) -> Weights:
        row = self.rows.get
        known: list[int] = []
        begins: list[int] = []
        for names in named:
            begins.append(len(known))
            known.append(0)
            known += [at for at in map(row, names) if at is not None]
        return np.asarray(np.add.reduceat(self.weights[known], begins, axis=0), np.float32)

    def column(self, label: str) -> dict[str, float]:
        """The weights of one label by name."""
        weights = self.weights[:, self.labels.index(label)].tolist()
        return dict(zip(self.rows, weights, strict=True))

    def to_file(self, task: str, **meta: Any) -> bytes:
        """The bytes of its model file; ``meta`` is what else the task wants to know."""
        steps, scale = quantised(self.weights.astype(np.float64), _step(self.labels))
        names = np.frombuffer(zlib.compress(SEPARATOR.join(self.rows).encode(), 9), np.uint8)
        return modelfile.dump(
            {"task": task, "labels": list(self.labels), **meta}, {"names": names, "steps": steps, "scale": scale}
        )


class Plain(NamedTuple):
    """A scorer as its file holds it: the names, one a line, the labels, and a row of weights for each line."""

    names: str
    labels: tuple[str, ...]
    weights: Weights


def read(path: Path, task: str, labels: Sequence[str] | None = None) -> tuple[Linear, dict[str, Any]]:
    """The scorer of a model file and the file's other facts.

    Raises:
        ModelError: the file is missing, damaged, of another task, or decides between other ``labels``.
    """
    plain, meta = read_plain(path, task, labels)
    return Linear(plain.labels, dict(zip(plain.names.split(SEPARATOR), count(), strict=False)), plain.weights), meta


def read_plain(path: Path, task: str, labels: Sequence[str] | None = None) -> tuple[Plain, dict[str, Any]]:
    """As :func:`read`, with the names still in one piece."""
    meta, arrays = modelfile.load(path)
    again = f"{path}: no model of {task}: train one with `gonghui train`"
    if meta.get("task") != task or (labels is not None and meta.get("labels") != list(labels)):
        raise ModelError(again)
    try:
        unpacked = zlib.decompressobj().decompress(arrays["names"].tobytes(), _LONGEST_NAMES)
        names = unpacked.decode()
        weights = arrays["steps"] * arrays["scale"]
        found = tuple(str(label) for label in meta["labels"])
    except (KeyError, ValueError, TypeError, zlib.error) as error:
        raise ModelError(f"{again} ({type(error).__name__})") from error
    lines = names.count(SEPARATOR) + 1
    if weights.shape != (lines, len(found)) or not f"{names}{SEPARATOR}".startswith(INTERCEPT + SEPARATOR):
        raise ModelError(f"{again} (names and weights differ in number)")
    return Plain(names, found, weights.astype(np.float32)), meta


def _step(labels: Sequence[str]) -> type[np.int8] | type[np.int16]:
    """Between several labels a byte a weight tells them apart; a chance that is calibrated needs two."""
    return np.int8 if len(labels) > 1 else np.int16
