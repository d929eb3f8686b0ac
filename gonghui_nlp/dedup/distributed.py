"""The same clusters on a Dask cluster: signatures where the texts are, the band join as a shuffle.

Workers keep normalised texts and gram sets; the band keys of all of them are shuffled by bucket, so that each
bucket is joined in one place. The caller keeps a few hundred bytes a text: brief signatures, labels, pairs.
The pairs, and what follows from them, are those of the local engine to the last one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from gonghui_nlp.dedup.clusters import partition
from gonghui_nlp.dedup.connecting import connect
from gonghui_nlp.dedup.entries import Entries, Longs, Nodes, Solved, build, gather, prepare, rank, stock_of
from gonghui_nlp.dedup.kin import Wanted, own_words
from gonghui_nlp.dedup.lsh import BANDS, Packed, Pairs, Signatures, bucket_pairs, orders
from gonghui_nlp.dedup.normalise import Rows, Steps
from gonghui_nlp.dedup.shingles import Grams, Sets, Weights, batches, joined, overlaps, take
from gonghui_nlp.dedup.stock import Stock, sampled
from gonghui_nlp.dedup.verdict import Verdict
from gonghui_nlp.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

_MOST_PARTS = 32
_WORK = 1 << 17


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the caller knows of the entries: keys, states and normalised lengths."""

    keys: npt.NDArray[np.uint64]
    state: npt.NDArray[np.uint8]
    lengths: Longs


@contextmanager
def working(scheduler: Any = None) -> Iterator[Any]:
    """A Dask client: the one given, that of an address, the current one, or one of a cluster on this machine.

    What was opened here is closed in the end. Raises :class:`InputError` where Dask is not installed or nobody answers.
    """
    try:
        dask: Any = import_module("distributed")
        import_module("dask.dataframe")
    except ImportError as e:
        raise InputError('the dask engine needs Dask: pip install "gonghui-nlp[dask]"') from e
    if isinstance(scheduler, dask.Client):
        yield scheduler
        return
    current = _current(dask) if scheduler is None else None
    if current is not None:
        yield current
        return
    try:
        opened = dask.Client(dashboard_address=None) if scheduler is None else dask.Client(scheduler, timeout=10)
    except (OSError, ValueError, TimeoutError) as e:
        raise InputError(f"no Dask scheduler answers at {scheduler!r} ({e}); start one: dask scheduler") from e
    with opened:
        yield opened


def _current(dask: Any) -> Any:
    try:
        return dask.default_client()
    except ValueError:
        return None


def cluster_on(cluster: Any, texts: Sequence[str], verdict: Verdict, steps: Steps) -> tuple[Prepared, Nodes, Solved]:
    """Cluster distinct texts on the Dask client ``cluster``."""
    parts = max(1, min(2 * len(cluster.scheduler_info(n_workers=-1)["workers"]), _MOST_PARTS, len(texts)))
    edges = np.linspace(0, len(texts), parts + 1).astype(int).tolist()
    chunks = [texts[a:b] for a, b in pairwise(edges)]
    entries = [cluster.submit(prepare, c, steps, pure=False) for c in chunks]
    known = cluster.gather([cluster.submit(_known, e, pure=False) for e in entries])
    made = Prepared(*(np.concatenate(column) for column in zip(*known, strict=True)))
    nodes = gather(made.keys, made.state)
    compared = nodes.entry[: nodes.compared]
    n = len(compared)
    part = np.searchsorted(edges, compared, side="right") - 1
    # An empty part shares its edge with the next one; texts are never in it.
    where = [np.flatnonzero(part == p) for p in range(parts)]
    local = compared - np.array(edges)[part]
    first = sampled(made.lengths[compared])
    stock = _stock(cluster, entries, [(w[w < first], local) for w in where], verdict, steps)
    built = [cluster.submit(_build, e, local[w], stock, pure=False) for e, w in zip(entries, where, strict=True)]
    sets = RemoteSets(cluster, built, part, where, Read(entries, local, stock))
    signatures = _signatures(cluster, built, where, n)
    candidates = _joined(cluster, built, where, n)
    verdict = verdict.knowing(stock.rarity)
    found = connect(sets, signatures, verdict, candidates)
    leader = np.arange(len(nodes.entry), dtype=np.int64)
    leader[:n], shared = partition(sets, found, rank(made.lengths[compared]), verdict)
    return made, nodes, Solved(leader, shared, sets)


def _known(entries: Entries) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint8], Longs]:
    return entries.keys, entries.state, entries.rows.lengths


def _rows(entries: Entries, chosen: Longs) -> Rows:
    return entries.rows.take(chosen)


def _build(entries: Entries, chosen: Longs, stock: Stock) -> tuple[Sets, Signatures]:
    return build(entries.rows, chosen, stock)


def _stock(
    cluster: Any, entries: list[Any], wanted: list[tuple[Longs, Longs]], verdict: Verdict, steps: Steps
) -> Stock:
    """The stock grams, from the first nodes wherever they are."""
    asked = [cluster.submit(_rows, e, local[w], pure=False) for e, (w, local) in zip(entries, wanted, strict=True)]
    pieces: list[Rows] = cluster.gather(asked)
    starts = np.concatenate(([0], np.cumsum([len(p.codes) for p in pieces])))
    offsets = np.concatenate([[0], *(s + p.offsets[1:] for s, p in zip(starts, pieces, strict=False))])
    rows = Rows(np.concatenate([p.codes for p in pieces]), offsets.astype(np.int64))
    return stock_of(rows, np.argsort(np.concatenate([w for w, _ in wanted])), verdict, steps)


@dataclass(frozen=True, slots=True)
class Read:
    """Where the texts can be read again: the entries on the workers, each node's place among those of its part."""

    entries: list[Any]
    local: Longs
    stock: Stock


class RemoteSets:
    """Gram sets on workers, compared where one of the two is."""

    def __init__(self, cluster: Any, built: list[Any], part: Longs, where: list[Longs], read: Read) -> None:
        self._cluster, self._built, self._part, self._read = cluster, built, part, read
        self._place = np.empty(len(part), dtype=np.int64)
        self._sizes = np.empty(len(part), dtype=np.int64)
        sizes = cluster.gather([cluster.submit(_sizes, b, pure=False) for b in built])
        for w, s in zip(where, sizes, strict=True):
            self._place[w], self._sizes[w] = np.arange(len(w)), s

    @property
    def sizes(self) -> Longs:
        """The number of distinct grams of each set."""
        return self._sizes.copy()

    def shared(self, pairs: Pairs) -> Longs:
        """How many grams the two sets of each pair share."""
        found = np.zeros(len(pairs), dtype=np.int64)
        tasks, chosen = self._asked(_shared, pairs)
        for rows, answer in zip(chosen, self._cluster.gather(tasks), strict=True):
            found[rows] = answer
        return found

    def weighed(self, pairs: Pairs, weights: Weights) -> npt.NDArray[np.float64]:
        """The Jaccard of each pair with every gram counted by its weight, by both measures (n × 2)."""
        found = np.zeros((len(pairs), 2))
        (held,) = self._cluster.scatter([weights], hash=False)
        tasks, chosen = self._asked(_weighed, pairs, held)
        for rows, answer in zip(chosen, self._cluster.gather(tasks), strict=True):
            found[rows] = answer
        return found

    def own_words(self, rows: Longs, asked: Wanted) -> tuple[Grams, Longs]:
        """A sample of the words of some rows, and the row each stands in."""
        read, parts = self._read, self._part[rows]
        chosen = [rows[parts == p] for p in range(len(read.entries))]
        tasks = [
            self._cluster.submit(_own_words, e, read.local[c], read.stock, asked, pure=False)
            for e, c in zip(read.entries, chosen, strict=True)
        ]
        found = self._cluster.gather(tasks)
        places = [c[place] for c, (_, place) in zip(chosen, found, strict=True)]
        return np.concatenate([words for words, _ in found]), np.concatenate(places)

    def _asked(self, work: Any, pairs: Pairs, *more: Any) -> tuple[list[Any], list[Longs]]:
        """The tasks that look at the pairs where one of the two sets is, and which of the pairs each looks at."""
        groups = self._part[pairs[:, 0]] * len(self._built) + self._part[pairs[:, 1]]
        chosen = [np.flatnonzero(groups == g) for g in np.unique(groups)]
        tasks = []
        for rows in chosen:
            a, b = pairs[rows[0]]
            left, right = self._place[pairs[rows, 0]], self._place[pairs[rows, 1]]
            ends = self._built[self._part[a]], self._built[self._part[b]]
            tasks.append(self._cluster.submit(work, *ends, left, right, *more, pure=False))
        return tasks, chosen


def _own_words(entries: Entries, chosen: Longs, stock: Stock, asked: Wanted) -> tuple[Grams, Longs]:
    return own_words(entries.rows, chosen, stock, asked)


def _sizes(built: tuple[Sets, Signatures]) -> Longs:
    return built[0].sizes


def _shared(a: tuple[Sets, Signatures], b: tuple[Sets, Signatures], left: Longs, right: Longs) -> Longs:
    out = np.zeros(len(left), dtype=np.int64)
    for i, j in batches(a[0].sizes[left] + b[0].sizes[right], _WORK):
        out[i:j] = overlaps(take(a[0], left[i:j]), take(b[0], right[i:j]))
    return out


def _weighed(
    a: tuple[Sets, Signatures], b: tuple[Sets, Signatures], left: Longs, right: Longs, weights: Weights
) -> npt.NDArray[np.float64]:
    out = np.zeros((len(left), 2))
    for i, j in batches(a[0].sizes[left] + b[0].sizes[right], _WORK):
        n = j - i
        both = joined(take(a[0], left[i:j]), take(b[0], right[i:j]))
        out[i:j] = both.weighed(np.stack([np.arange(n), n + np.arange(n)], axis=1), weights)
    return out


def _signatures(cluster: Any, built: list[Any], where: list[Longs], n: int) -> Signatures:
    """Brief signatures and samples of all nodes; the band keys stay where they are."""
    parts: list[Signatures] = cluster.gather([cluster.submit(_brief, b, pure=False) for b in built])
    brief = np.empty((n, parts[0].brief.shape[1]), dtype=np.uint8)
    for w, p in zip(where, parts, strict=True):
        brief[w] = p.brief
    rows = np.concatenate([w[p.sample_rows] for w, p in zip(where, parts, strict=True)])
    empty = np.empty((BANDS, 0), dtype=np.uint32)
    return Signatures(empty, brief, np.concatenate([p.sample for p in parts]), rows)


def _brief(built: tuple[Sets, Signatures]) -> Signatures:
    s = built[1]
    return Signatures(s.keys[:, :0], s.brief, s.sample, s.sample_rows)


def _joined(cluster: Any, built: list[Any], where: list[Longs], n: int) -> Iterator[Packed]:
    """The candidates of each band: keys shuffled by bucket, buckets joined wherever they land."""
    import dask.dataframe as dd
    import pandas as pd

    frames = [cluster.submit(_keys, b, w, pure=False) for b, w in zip(built, where, strict=True)]
    types = {"bucket": "int64", "order": "int64", "node": "int64"}
    meta = pd.DataFrame({c: pd.Series(dtype=t) for c, t in types.items()})
    frame = dd.from_delayed(frames, meta=meta, verify_meta=False)
    pairs = pd.DataFrame({c: pd.Series(dtype="int64") for c in ("band", "pair")})
    joined = frame.shuffle(on="bucket", npartitions=len(built)).map_partitions(_pairs, n, meta=pairs)
    found = cluster.compute(joined).result()
    bands, candidates = found["band"].to_numpy(), found["pair"].to_numpy()
    order = np.argsort(bands, kind="stable")
    edges = np.searchsorted(bands[order], np.arange(BANDS + 1))
    return iter([candidates[order[a:b]] for a, b in pairwise(edges.tolist())])


def _keys(built: tuple[Sets, Signatures], nodes: Longs) -> pd.DataFrame:
    import pandas as pd

    keys = built[1].keys.astype(np.int64)
    bands = np.arange(BANDS, dtype=np.int64)
    return pd.DataFrame(
        {
            "bucket": (bands[:, None] << 32 | keys).reshape(-1),
            "order": keys[orders(bands)].reshape(-1),
            "node": np.tile(nodes, BANDS),
        }
    )


def _pairs(frame: pd.DataFrame, n: int) -> pd.DataFrame:
    import pandas as pd

    bucket, order, node = (frame[c].to_numpy() for c in ("bucket", "order", "node"))
    place = np.lexsort((node, order))
    bucket, node = bucket[place], node[place]
    found = [bucket_pairs(bucket[bucket >> 32 == b], node[bucket >> 32 == b], n) for b in range(BANDS)]
    bands = np.repeat(np.arange(BANDS, dtype=np.int64), [len(f) for f in found])
    return pd.DataFrame({"band": bands, "pair": np.concatenate(found).astype(np.int64)})
