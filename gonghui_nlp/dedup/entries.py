"""From texts to what is compared: equal copies as one node, nodes in an order of their contents, sets, signatures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from gonghui_nlp.dedup.clusters import components, partition
from gonghui_nlp.dedup.connecting import connect
from gonghui_nlp.dedup.kin import Wanted, own_words
from gonghui_nlp.dedup.lsh import BANDS, RANGES, Signatures, sign
from gonghui_nlp.dedup.normalise import LIGHT, Rows, Steps, normalise
from gonghui_nlp.dedup.rarity import Rarity
from gonghui_nlp.dedup.shingles import WIDTH, Grams, Sets, Weights, batches, firsts, windows
from gonghui_nlp.dedup.spill import IN_MEMORY, Spill
from gonghui_nlp.dedup.stock import Stock, frequent, listed, sampled
from gonghui_nlp.dedup.threads import in_threads
from gonghui_nlp.dedup.verdict import Compared, Verdict

Longs = npt.NDArray[np.int64]
# Texts with fewer characters left after normalising must be equal to be copies.
SHORT = 20
EMPTY, BRIEF, FULL = 0, 1, 2
_CHUNK = 1 << 17
# Of more characters in all than this the gram sets are not held but made again; so many grams at once then.
HELD, _LOT = 1 << 26, 1 << 20
# So many pairs of strangers show how much strangers share, and this share of them share less.
_PAIRS, _LESS = 4000, 0.99


@dataclass(frozen=True, slots=True)
class Entries:
    """Distinct texts, normalised: ``keys`` (n × 2) are equal for equal copies, ``state`` says how they compare."""

    rows: Rows
    keys: npt.NDArray[np.uint64]
    state: npt.NDArray[np.uint8]


def prepare(texts: Sequence[str], steps: Steps) -> Entries:
    """Normalise; a short text is keyed by its light copy, so that it must be equal to be a copy."""
    rows = normalise(texts, steps)
    keys = rows.digests().copy()
    state = np.full(len(texts), FULL, dtype=np.uint8)
    short = np.flatnonzero(rows.lengths < SHORT)
    if len(short):
        light = normalise([texts[i] for i in short.tolist()], LIGHT)
        # A short text and a long one never have the same key: the last bit tells them apart.
        keys[short] = light.digests()
        state[short] = np.where(light.lengths > 0, BRIEF, EMPTY)
    keys[:, 1] = keys[:, 1] & ~np.uint64(1) | (state != FULL)
    return Entries(rows, keys, state)


@dataclass(frozen=True, slots=True)
class Nodes:
    """Equal entries as one, in an order that depends on their contents only: first those compared by grams.

    ``of_entry`` is the node of each entry, ``entry`` one entry of each node, of which the first ``compared`` are
    compared by grams.
    """

    of_entry: Longs
    entry: Longs
    compared: int


def gather(keys: npt.NDArray[np.uint64], state: npt.NDArray[np.uint8], spill: Spill = IN_MEMORY) -> Nodes:
    """The nodes of entries with these keys and states."""
    order = np.lexsort((keys[:, 1], keys[:, 0], state != FULL))
    new = firsts(keys[order, 0])
    new |= firsts(keys[order, 1])
    number = np.cumsum(new, dtype=np.int64)
    np.subtract(number, 1, out=number)
    of_entry = spill.empty("of_entry", len(order), np.int64)
    of_entry[order] = number
    entry = spill.keep("entry", order[new])
    return Nodes(of_entry, entry, int((state[entry] == FULL).sum()))


def rank(lengths: Longs) -> Longs:
    """Place of each compared node when the longest stands first; ties by content."""
    order = np.argsort(-lengths, kind="stable")
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order))
    return places


@dataclass(frozen=True, slots=True)
class Solved:
    """Each node's leader, how many grams it shares with it, and the sets of the compared nodes."""

    leader: Longs
    shared: Longs
    sets: Compared


def solve(
    rows: Rows,
    nodes: Nodes,
    verdict: Verdict,
    steps: Steps,
    signatures: Signatures | None = None,
    most: int = HELD,
    spill: Spill = IN_MEMORY,
) -> Solved:
    """Cluster the nodes, ``rows`` being the normalised copies of the entries.

    ``signatures`` are those of the compared nodes in their order, where they are known already. Gram sets of more than
    ``most`` characters in all are made again instead of held.
    """
    compared = nodes.entry[: nodes.compared]
    stock = stock_of(rows, compared, verdict, steps)
    held = int(rows.lengths[compared].sum()) <= most
    built, made = build(rows, compared, stock, signed=signatures is None, held=held, spill=spill)
    sets = Kept(rows, compared, stock, built, held)
    verdict = verdict.knowing(stock.rarity)
    edges = connect(sets, signatures or made, verdict, spill=spill)
    led, shared = partition(sets, edges, rank(rows.lengths[compared]), verdict)
    leader = spill.empty("leader", len(nodes.entry), np.int64)
    leader[: nodes.compared] = led
    leader[nodes.compared :] = np.arange(nodes.compared, len(leader))
    return Solved(leader, spill.keep("shared", shared), sets)


@dataclass(frozen=True, slots=True)
class Kept:
    """The chosen rows and their gram sets; where those are too many to be held, eight bytes a character, they are made

    again whenever some are compared.
    """

    rows: Rows
    chosen: Longs
    stock: Stock
    built: Sets
    held: bool = True
    heavy: Longs = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "heavy", np.full((2, len(self.chosen) if self.held else 0), -1))

    @property
    def sizes(self) -> Longs:
        """The number of distinct grams of each set."""
        return self.built.sizes

    def shared(self, pairs: Longs) -> Longs:
        """How many grams the two sets of each pair share."""
        if self.held:
            return self.built.shared(pairs)
        parts = [sets.shared(where) for sets, where in self._again(pairs)]
        return np.concatenate([np.empty(0, np.int64), *parts])

    def weighed(self, pairs: Longs, weights: Weights) -> npt.NDArray[np.float64]:
        """The Jaccard of each pair with every gram counted by its weight, by both measures (n × 2)."""
        if self.held:
            return self.built.weighed(pairs, weights, self.heavy)
        return np.concatenate([np.empty((0, 2)), *(sets.weighed(where, weights) for sets, where in self._again(pairs))])

    def own_words(self, rows: Longs, asked: Wanted) -> tuple[Grams, Longs]:
        """A sample of the words of some rows, and the row each stands in."""
        words, place = own_words(self.rows, self.chosen[rows], self.stock, asked)
        return words, rows[place]

    def _again(self, pairs: Longs) -> Iterator[tuple[Sets, Longs]]:
        """The sets of a lot of pairs after the other, and the pairs by their places there."""
        sizes = self.sizes
        for start, end in batches(sizes[pairs[:, 0]] + sizes[pairs[:, 1]], _LOT):
            used, where = np.unique(pairs[start:end], return_inverse=True)
            sets, _ = build(self.rows, self.chosen[used], self.stock, signed=False)
            yield sets, where.reshape(-1, 2)


def build(
    rows: Rows, chosen: Longs, stock: Stock, signed: bool = True, held: bool = True, spill: Spill = IN_MEMORY
) -> tuple[Sets, Signatures]:
    """Gram sets less the stock grams, and the signatures of the whole sets, of the chosen rows in their order.

    Without ``signed`` the signatures are left empty; without ``held`` the sets are known by their sizes alone.
    """
    lengths = rows.lengths[chosen]
    grams = np.empty(int(np.maximum(lengths - (WIDTH - 1), 0).sum()) if held else 0, dtype=np.uint64)
    indptr = spill.empty("indptr", len(chosen) + 1, np.int64)
    indptr[:1] = 0
    n = len(chosen) if signed else 0
    keys, brief = spill.empty("keys", (BANDS, n), np.uint32), spill.empty("brief", (n, RANGES), np.uint8)
    sample, sample_rows = spill.grown("sample", np.uint64), spill.grown("sample_rows", np.int64)

    def read(cut: tuple[int, int]) -> tuple[Sets, Grams, Longs]:
        start, end = cut
        found = windows(rows.take(chosen[start:end]))
        whole, own = found.sets(stock.flags(found))
        if not signed:
            return own, grams[:0], indptr[:0]
        part = sign(whole)
        keys[:, start:end], brief[start:end] = part.keys, part.brief
        return own, part.sample, part.sample_rows + start

    cuts = list(batches(lengths, _CHUNK))
    for (start, end), (own, few, few_rows) in zip(cuts, in_threads(read, cuts), strict=True):
        at = indptr[start]
        if held:
            grams[at : at + len(own.grams)] = own.grams
        indptr[start + 1 : end + 1] = at + own.indptr[1:]
        sample.append(few)
        sample_rows.append(few_rows)
    return Sets(grams[: indptr[-1]], indptr), Signatures(keys, brief, sample.whole(), sample_rows.whole())


def stock_of(rows: Rows, compared: Longs, verdict: Verdict, steps: Steps) -> Stock:
    """The stock grams of the archive: listed ones, and those of many independent texts of a sample.

    ``compared`` are the rows of the nodes compared by grams, in order of their contents.
    """
    phrases = listed(steps)
    sample, plain = compared[: sampled(rows.lengths[compared])], Stock(phrases[:0], phrases)
    sets, signatures = build(rows, sample, plain)
    labels = components(len(sets), connect(Kept(rows, sample, plain, sets), signatures, verdict))
    order = np.lexsort((-sets.sizes, labels))
    independent = np.zeros(len(sets), dtype=bool)
    independent[order[firsts(labels[order])]] = True
    grams, rarity = frequent(sets, independent)
    stock = Stock(grams, phrases, rarity)
    return Stock(grams, phrases, replace(rarity, strangers=_strangers(rows, sample[independent], stock, rarity)))


def _strangers(rows: Rows, independent: Longs, stock: Stock, rarity: Rarity) -> float:
    """The weighed Jaccard of two independent texts that are rather alike; they stand in no order: neighbours are strangers."""
    some = independent[:_PAIRS]
    n = len(some)
    if n < 2 or not rarity.known:
        return 0.0
    sets, _ = build(rows, some, stock, signed=False)
    apart = range(1, min(n // 2, -(-_PAIRS // n)) + 1)
    pairs = np.concatenate([np.stack([np.arange(n - d), np.arange(d, n)], axis=1) for d in apart])
    return float(np.quantile(sets.weighed(pairs, rarity)[:, 0], _LESS))
