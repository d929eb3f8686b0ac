"""How a sequence model is fitted: maximum likelihood with a Gaussian prior, by L-BFGS. Only training needs scipy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from gonghui_nlp.learning.grams import Hashes, Lookup
from gonghui_nlp.learning.sequence import Chain, Channel, SequenceModel, Table, lots, run

Doubles = npt.NDArray[np.float64]


class Prior(NamedTuple):
    """What keeps the weights small and few."""

    strength: float = 1.0  # of the Gaussian prior
    rarest: int = 3  # times that a hash must occur to get weights
    iterations: int = 50
    largest: int = 60_000  # rows kept of each channel, the heaviest


def fit(
    channels: Sequence[Channel],
    tags: Sequence[str],
    gold: npt.NDArray[np.int8],
    known: npt.NDArray[np.bool_],
    bounds: Sequence[tuple[int, int]],
    chain: Chain,
    prior: Prior,
) -> SequenceModel:
    """A model of the tags ``gold``; where ``known`` is false a character teaches nothing.

    The transitions that ``chain`` forbids stay forbidden. The same input gives the same model.
    """
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix, hstack

    width, length = len(tags), len(gold)
    keys = [_known(channel.hashes, prior.rarest) for channel in channels]
    blocks: list[Any] = []
    for channel, mine in zip(channels, keys, strict=True):
        at, row = Lookup(mine)(channel.hashes)
        for offset in channel.offsets:
            place = at - offset
            inside = (place >= 0) & (place < length)
            ones = np.ones(int(inside.sum()), np.float32)
            blocks.append(csr_matrix((ones, (place[inside], row[inside])), shape=(length, len(mine))))
    design = hstack(blocks, format="csr", dtype=np.float32)
    turned = design.T.tocsr()
    size = design.shape[1] * width
    tagged = np.zeros((length, width))
    tagged[np.arange(length), gold] = 1.0
    inner, covered = np.zeros(length, bool), np.zeros(length, bool)
    for start, end in bounds:
        covered[start:end] = True
        inner[start + 1 : end] = True
    silent = ~(known & covered)  # between the chains nothing is told
    second = np.flatnonzero(inner)
    told = np.zeros((width, width))
    np.add.at(told, (gold[second - 1], gold[second]), 1)
    chains = lots(bounds)

    def loss(point: Doubles) -> tuple[float, Doubles]:
        weights, follow = point[:size].reshape(-1, width), point[size:].reshape(width, width)
        emissions = np.asarray(design @ weights.astype(np.float32), np.float64)
        emissions[silent] = 0.0
        chances = np.zeros_like(emissions)
        here = Chain(chain.start, chain.follow + follow, chain.end)
        value, expected = 0.0, np.zeros((width, width))
        for lot in chains:
            part, pairs = run(emissions, here, lot, chances)
            value += part
            expected += pairs
        value -= float((emissions * tagged)[~silent].sum() + (follow * told).sum())
        excess = chances - tagged
        excess[silent] = 0.0
        slope = np.concatenate([(turned @ excess.astype(np.float32)).ravel(), (expected - told).ravel()])
        return value + prior.strength / 2 * float(point @ point), slope + prior.strength * point

    found = minimize(
        loss,
        np.zeros(size + width * width),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": prior.iterations, "maxcor": 6},
    )
    weights = found.x[:size].reshape(-1, width)
    tables, begin = {}, 0
    for channel, mine in zip(channels, keys, strict=True):
        columns = []
        for _ in channel.offsets:
            columns.append(weights[begin : begin + len(mine)])
            begin += len(mine)
        kept, heaviest = _heaviest(mine, np.hstack(columns).astype(np.float32), prior.largest)
        tables[channel.name] = Table(kept, heaviest, np.ones(heaviest.shape[1], np.float32))
    learned = found.x[size:].reshape(width, width)
    return SequenceModel(tags, tables, Chain(chain.start, (chain.follow + learned).astype(np.float32), chain.end))


def _known(hashes: Hashes, rarest: int) -> Hashes:
    """The hashes that occur often enough, sorted, one for each slot of the look-up."""
    found, count = np.unique(hashes[hashes > 0], return_counts=True)
    often = found[count >= rarest]
    order = np.argsort(-count[count >= rarest], kind="stable")[: (1 << 16) - 1]
    often = np.sort(often[order])
    return often[Lookup.distinct_slots(often)]


def _heaviest(keys: Hashes, weights: npt.NDArray[np.float32], largest: int) -> tuple[Hashes, npt.NDArray[np.float32]]:
    """The rows that weigh most, in the order of their hash."""
    kept = np.sort(np.argsort(-np.abs(weights).max(axis=1), kind="stable")[:largest])
    return keys[kept], np.ascontiguousarray(weights[kept])
