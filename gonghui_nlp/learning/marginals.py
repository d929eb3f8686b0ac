"""The chances of the tags of many chains at once, in steps of numpy that hardly grow with the longest chain.

Chains are cut into blocks. For all blocks at once it is found, step by step, what comes out of a block for each tag it
may be entered with; along the chains that gives what each block is entered with and what waits behind it; then again
all of them are run through at once. One text of long sentences and an archive of short ones take the same few dozen
steps.

Blocks stand in order of their place in the chain, and those of longer chains first: what goes on behind the blocks of
one place are the first of the next place.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Doubles: TypeAlias = npt.NDArray[np.float64]
Indices: TypeAlias = npt.NDArray[np.int64]

BLOCK = 10  # characters; the fewest steps for chains as long as sentences are
_LEAST = -60.0  # how far a score may lie below the best of its character: farther ones would underflow
_RARELY = 4  # steps between two of which the sums are brought back to 1
_TINY = 1e-300


class _Blocks(NamedTuple):
    """Where the blocks begin, how long they are, and how many there are of each place in the chain."""

    starts: Indices
    sizes: Indices
    counts: list[int]


def marginals(
    emissions: npt.NDArray[Any],
    start: npt.NDArray[Any],
    follow: npt.NDArray[Any],
    end: npt.NDArray[Any],
    bounds: Sequence[tuple[int, int]],
    chances: npt.NDArray[Any],
) -> None:
    """Writes the chance of each tag at each character of the chains into ``chances``.

    ``emissions`` and ``chances`` have a row a tag; ``bounds`` are the chains; the other scores are those of tags that
    begin a chain, follow one another and end it. A chain's chances are the same, to the last bit, whatever other
    chains stand beside it.
    """
    blocks = _cut(bounds)
    here = blocks.starts + np.arange(int(blocks.sizes.max()))[:, None]
    inside = here < blocks.starts + blocks.sizes
    here[~inside] = 0
    moves = _moves(emissions[:, here], inside, blocks.counts[0], start, follow)
    entered, left = _along(_products(moves), end, blocks.counts)
    found = _forward(moves, entered)
    found *= _backward(moves, left)
    found /= _summed(found, 1)[:, None]
    chances[:, here[inside]] = found.transpose(1, 0, 2)[:, inside]


def _cut(bounds: Sequence[tuple[int, int]]) -> _Blocks:
    begins, ends = np.array(bounds, np.int64).T
    order = np.argsort(begins - ends, kind="stable")
    begins, ends = begins[order], ends[order]
    many = -(-(ends - begins) // BLOCK)
    counts = [int(np.searchsorted(-many, -k)) for k in range(int(many[0]))]  # chains of more than k blocks
    starts = [begins[:count] + BLOCK * k for k, count in enumerate(counts)]
    sizes = [np.minimum(ends[: len(s)] - s, BLOCK) for s in starts]
    return _Blocks(np.concatenate(starts), np.concatenate(sizes), counts)


def _moves(
    scores: npt.NDArray[Any],
    inside: npt.NDArray[np.bool_],
    chains: int,
    start: npt.NDArray[Any],
    follow: npt.NDArray[Any],
) -> Doubles:
    """What each step weighs from tag to tag: step, tag, tag, block. Behind a block's end nothing moves."""
    width, steps, count = scores.shape
    high = scores.max(axis=0)
    potential = np.exp(np.maximum(scores - high, _LEAST)).astype(np.float64)
    moves = np.empty((steps, width, width, count))
    np.multiply(np.exp(follow.astype(np.float64))[:, :, None], potential.transpose(1, 0, 2)[:, None], out=moves)
    # A chain is entered by its first tag, whatever is thought to stand before it.
    moves[0, :, :, :chains] = np.exp(start.astype(np.float64))[:, None] * potential[:, 0, :chains]
    for t in range(1, steps):
        behind = np.flatnonzero(~inside[t])
        moves[t][:, :, behind] = np.eye(width)[:, :, None]
    return moves


def _products(moves: Doubles) -> Doubles:
    """The product of each block's steps; rows are kept from shrinking, so each has a scale of its own meanwhile."""
    product = moves[0].transpose(1, 0, 2)  # the tag that comes out, the tag it was entered with, block
    scale = np.zeros(product.shape[1:])
    for t in range(1, len(moves)):
        product = _forth(product, moves[t][:, :, None])
        if t % _RARELY == 0 or t == len(moves) - 1:
            total = _summed(product, 0)
            product /= total
            scale += np.log(total)
    product *= np.exp(scale - scale.max(axis=0))
    through: Doubles = product.transpose(1, 0, 2)
    return through


def _along(products: Doubles, end: npt.NDArray[Any], counts: list[int]) -> tuple[Doubles, Doubles]:
    """What each block is entered with, and what waits behind it."""
    width, _, count = products.shape
    entered = np.zeros((width, count))
    entered[0, : counts[0]] = 1.0
    left = np.repeat(np.exp(end.astype(np.float64))[:, None], count, axis=1)
    pairs: list[tuple[slice, slice]] = []  # the blocks that go on, and those behind them
    at = 0
    for before, behind in pairwise(counts):
        pairs.append((slice(at, at + behind), slice(at + before, at + before + behind)))
        at += before
    for here, there in pairs:
        entered[:, there] = _even(_forth(entered[:, here], products[:, :, here]))
    for here, there in reversed(pairs):
        left[:, here] = _even(_back(products[:, :, there], left[:, there]))
    return entered, left


def _forward(moves: Doubles, entered: Doubles) -> Doubles:
    """What has come in at each step: step, tag, block."""
    found = np.empty((len(moves), *entered.shape))
    here = entered
    for t in range(len(moves)):
        here = _forth(here, moves[t])
        if t % _RARELY == 0:
            here = _even(here)
        found[t] = here
    return found


def _backward(moves: Doubles, left: Doubles) -> Doubles:
    """What waits behind each step."""
    found = np.empty((len(moves), *left.shape))
    here = left
    for t in range(len(moves) - 1, -1, -1):
        found[t] = here
        here = _back(moves[t], here)
        if t % _RARELY == 0:
            here = _even(here)
    return found


# Sums are written out, term by term: a matrix product may add in another order for another number of blocks.


def _forth(here: Doubles, moves: Doubles) -> Doubles:
    total: Doubles = here[0] * moves[0]
    for i in range(1, len(here)):
        total += here[i] * moves[i]
    return total


def _back(moves: Doubles, here: Doubles) -> Doubles:
    total: Doubles = moves[:, 0] * here[0]
    for i in range(1, len(here)):
        total += moves[:, i] * here[i]
    return total


def _even(sums: Doubles) -> Doubles:
    sums /= _summed(sums, 0)
    return sums


def _summed(values: Doubles, axis: int) -> Doubles:
    """The sums along an axis, none of them 0."""
    rows = np.moveaxis(values, axis, 0)
    total: Doubles = rows[0] + _TINY
    for row in rows[1:]:
        total += row
    return total
