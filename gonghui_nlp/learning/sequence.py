"""A linear-chain sequence model over hashed features: for every character, the chance of each tag.

A *channel* is one kind of feature: for every character the hash of what stands there (0: nothing), and the offsets at
which it speaks about its neighbours. A gram that begins at ``p`` speaks with offset ``o`` about the character at
``p - o``, so one look-up serves all of its places. Scores of a character are the sums of all that speak about it;
the chain's transitions join them (Lafferty, McCallum and Pereira 2001), and the chances are its marginals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from gonghui_nlp.errors import ModelError
from gonghui_nlp.learning import modelfile
from gonghui_nlp.learning.grams import Hashes, Ints, Lookup
from gonghui_nlp.learning.marginals import marginals
from gonghui_nlp.learning.steps import quantised

Floats: TypeAlias = npt.NDArray[np.float32]
FORBIDDEN = -1e4
"""The transition score of what may not follow."""
_LEAST = -60.0  # how far a score may lie below the best of its character: farther ones would underflow
_LOT = 1 << 16  # characters whose chains are fitted together: enough for numpy, little enough for the cache
_READ = 1 << 14  # and those whose chances are found together
_SCORED = 1 << 16  # and those whose scores are summed together


class Channel(NamedTuple):
    """One kind of feature of a text: a hash a character, and the offsets at which it speaks."""

    name: str
    hashes: Hashes
    offsets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """What may begin, follow and end: scores of tags, :data:`FORBIDDEN` where they may not."""

    start: npt.NDArray[Any]
    follow: npt.NDArray[Any]
    end: npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Table:
    """The known hashes of a channel, and their weights as steps: a row a hash, a column for each offset and tag."""

    keys: Hashes
    steps: npt.NDArray[Any]
    scale: Floats  # of each column


class _Weights:
    """A table made for looking up: the weights of each offset by themselves, those of all tags as one value; row 0 is unknown."""

    def __init__(self, table: Table, width: int) -> None:
        self.lookup = Lookup(table.keys)
        weights = np.multiply(table.steps, table.scale, dtype=np.float32).reshape(len(table.keys), -1, width)
        laid = np.zeros((weights.shape[1], len(table.keys) + 1, width), np.float32)
        laid[:, 1:] = weights.transpose(1, 0, 2)
        # One value to numpy: a row of tags is fetched in one move and added where it lies, nothing is turned.
        self.offsets = laid.view(np.dtype((np.void, laid.itemsize * width)))[:, :, 0]


class SequenceModel:
    """A trained model; made by :func:`read` or by :func:`gonghui_nlp.learning.sequence_fit.fit`."""

    def __init__(self, tags: Sequence[str], tables: Mapping[str, Table], chain: Chain) -> None:
        self.tags = tuple(tags)
        self.chain = chain
        self.tables = dict(tables)
        self._weights = {name: _Weights(table, len(self.tags)) for name, table in tables.items()}

    def emissions(self, channels: Sequence[Channel], length: int) -> Floats:
        """The summed scores of every character, a row a tag."""
        scores = np.empty((len(self.tags), length), np.float32)
        margin = max((abs(o) for channel in channels for o in channel.offsets), default=0)
        for begin in range(0, length, _SCORED):
            end = min(begin + _SCORED, length)
            # With what stands around it and speaks about it, so that each sum is the same wherever the text is cut.
            low, high = max(0, begin - margin), min(length, end + margin)
            part = self._emissions(channels, low, high, margin)
            scores[:, begin:end] = part[margin + begin - low : margin + end - low].T
        return scores

    def _emissions(self, channels: Sequence[Channel], low: int, high: int, margin: int) -> Floats:
        """What the hashes from ``low`` to ``high`` say of the characters from ``margin`` before to ``margin`` behind them."""
        width, length = len(self.tags), high - low
        scores = np.zeros((length + 2 * margin, width), np.float32)
        row = scores.ravel()
        for channel in channels:
            known = self._weights[channel.name]
            numbers = known.lookup.numbers(channel.hashes[low:high]).astype(np.intp)
            for weights, offset in zip(known.offsets, channel.offsets, strict=True):
                begin = (margin - offset) * width
                row[begin : begin + length * width] += weights.take(numbers, mode="clip").view(np.float32)
        return scores

    def chances(self, channels: Sequence[Channel], bounds: Sequence[tuple[int, int]], length: int) -> Floats:
        """The chance of each tag at each character; ``bounds`` are the stretches that are chains of their own."""
        emissions = self.emissions(channels, length)
        chances = np.zeros((len(self.tags), length), np.float32)
        chances[0] = 1.0
        for lot in lots(bounds, _READ):
            marginals(emissions, self.chain.start, self.chain.follow, self.chain.end, lot, chances)
        return chances.T

    def to_file(self, task: str, **meta: Any) -> bytes:
        """The bytes of its model file; ``meta`` is what else the task wants to know."""
        arrays: dict[str, npt.NDArray[Any]] = {}
        for name, table in self.tables.items():
            steps, scale = quantised(table.steps * table.scale, np.int8)
            arrays |= {f"{name}.keys": table.keys, f"{name}.steps": steps, f"{name}.scale": scale}
        chain = {"start": self.chain.start, "follow": self.chain.follow, "end": self.chain.end}
        return modelfile.dump(
            {"task": task, "tags": list(self.tags), "channels": list(self.tables), **meta}, arrays | chain
        )


def read(
    path: Path, task: str, tags: Sequence[str], channels: Mapping[str, int]
) -> tuple[SequenceModel, dict[str, Any]]:
    """The model of a file and the file's other facts; ``channels`` are the names and how many offsets each has.

    Raises:
        ModelError: the file is missing, damaged, of another task, tags or channels.
    """
    meta, arrays = modelfile.load(path)
    again = f"{path}: no model of {task}: train one with `gonghui train`"
    if meta.get("task") != task or meta.get("tags") != list(tags) or meta.get("channels") != list(channels):
        raise ModelError(again)
    width = len(tags)
    try:
        chain = Chain(arrays["start"], arrays["follow"], arrays["end"])
        tables = {
            name: Table(arrays[f"{name}.keys"], arrays[f"{name}.steps"], arrays[f"{name}.scale"]) for name in channels
        }
        fits = chain.start.shape == chain.end.shape == (width,) and chain.follow.shape == (width, width)
        fits = fits and all(
            t.steps.shape == (len(t.keys), channels[name] * width) and t.scale.shape == (channels[name] * width,)
            for name, t in tables.items()
        )
        if not fits or any(t.keys.dtype != np.uint32 for t in tables.values()):
            raise ValueError("the arrays have other shapes")
        return SequenceModel(tags, tables, chain), meta
    except (KeyError, ValueError) as error:
        raise ModelError(f"{again} ({type(error).__name__}: {error})") from error


def lots(bounds: Sequence[tuple[int, int]], most: int = _LOT) -> list[list[tuple[int, int]]]:
    """The chains in lots of bounded size, longest first within each."""
    found: list[list[tuple[int, int]]] = []
    size = most
    for start, end in bounds:
        if end <= start:
            continue
        if size >= most:
            found.append([])
            size = 0
        found[-1].append((start, end))
        size += end - start
    return [sorted(lot, key=lambda b: (b[0] - b[1], b[0])) for lot in found]


def run(
    emissions: npt.NDArray[Any], chain: Chain, bounds: Sequence[tuple[int, int]], chances: npt.NDArray[Any]
) -> tuple[float, npt.NDArray[np.float64]]:
    """Forward and backward over chains sorted by falling length, all of them a step at a time: what fitting needs.

    Writes the marginals into ``chances``; returns the log of the partition function summed over the chains, and the
    expected number of each transition.
    """
    starts: Ints = np.array([b[0] for b in bounds], np.int64)
    lengths: Ints = np.array([b[1] - b[0] for b in bounds], np.int64)
    steps, width = int(lengths[0]), emissions.shape[1]
    active = np.searchsorted(-lengths, -np.arange(steps), side="left")  # chains longer than t
    kind = emissions.dtype
    follow, end = np.exp(chain.follow.astype(kind)), np.exp(chain.end.astype(kind))
    potential = np.zeros((steps, len(starts), width), kind)
    alpha = np.zeros_like(potential)
    partition = 0.0
    norms = np.ones((steps, len(starts), 1), kind)
    for t in range(steps):
        k = active[t]
        scores = emissions[starts[:k] + t]
        if t == 0:
            scores = scores + chain.start.astype(kind)
        high = scores.max(axis=1, keepdims=True)
        potential[t, :k] = np.exp(np.maximum(scores - high, _LEAST))
        partition += float(high.sum())
        alpha[t, :k] = potential[t, :k] if t == 0 else _stepped(alpha[t - 1, :k], follow) * potential[t, :k]
        norms[t, :k] = alpha[t, :k].sum(axis=1, keepdims=True)
        alpha[t, :k] /= norms[t, :k]
    partition += float(np.log(norms).sum())
    last = (alpha[lengths - 1, np.arange(len(starts))] * end).sum(axis=1)
    partition += float(np.log(last).sum())
    expected = np.zeros((width, width))
    beta = np.broadcast_to(end, (len(starts), width)) / last[:, None]
    for t in range(steps - 1, -1, -1):
        k = active[t]
        if t + 1 < steps:
            ahead = active[t + 1]
            behind = potential[t + 1, :ahead] * beta[:ahead] / norms[t + 1, :ahead]
            expected += (alpha[t, :ahead].T @ behind) * follow
            beta = np.concatenate([_stepped(behind, follow.T), beta[ahead:]])
        chances[starts[:k] + t] = alpha[t, :k] * beta[:k]
    return partition, expected


def _stepped(chances: npt.NDArray[Any], follow: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The product of chances and transitions, added up in one order whatever the number of chains.

    A matrix product may round otherwise for other numbers of rows, and a text alone must give what it gives in a batch.
    """
    total: npt.NDArray[Any] = chances[:, :1] * follow[0]
    for i in range(1, len(follow)):
        total += chances[:, i : i + 1] * follow[i]
    return total
