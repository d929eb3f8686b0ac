"""``deduplicate``: texts in, a frame of clusters out, one row an input in input order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from gonghui_nlp.dedup.columns import Clustering, columns
from gonghui_nlp.dedup.entries import EMPTY, gather, prepare, solve
from gonghui_nlp.dedup.normalise import ALL, LIGHT, Steps, normalise
from gonghui_nlp.dedup.verdict import Verdict
from gonghui_nlp.dedup.weighing import shipped
from gonghui_nlp.dedup.worth import worth
from gonghui_nlp.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

Unit = Literal["paragraphs", "documents"]
THRESHOLDS: dict[Unit, float] = {"paragraphs": 0.25, "documents": 0.3}


def deduplicate(
    texts: Sequence[str] | pd.Series[Any] | pd.DataFrame,
    threshold: float | None = None,
    *,
    unit: Unit = "paragraphs",
    steps: Steps = ALL,
    engine: Literal["local", "dask"] = "local",
    scheduler: Any = None,
) -> pd.DataFrame:
    """Which texts are copies of which: a frame, one row an input in input order.

    ``texts`` is a sequence of strings, a Series, or a frame with a ``text`` column; its index is kept. A missing
    value is an empty text; empty texts are copies of nothing. ``threshold`` is the Jaccard similarity of the
    normalised character 4-grams (0 < threshold <= 1) from which two texts are copies; None takes the default of
    the ``unit``. A text that stands in another is one, too. Texts of fewer than 20 characters must be equal.

    Columns: ``cluster_id`` (numbered by first appearance), ``canonical`` (bool), ``canonical_id`` (position of
    the canonical member among the inputs), ``kind`` (``exact`` ``near`` ``contained`` ``unique``; the canonical
    member of a cluster is ``exact``, and so is what equals another member), ``similarity`` (Jaccard with the canonical member), ``containment`` (the
    share of the text's grams that stand in it), ``reason`` (why that member: it alone has all ``figures``, is ``unmasked``, holds
    only its ``own`` matter, is the ``longest`` or the ``first``; ``only`` where there is no other).

    ``engine="dask"`` computes the same on a Dask cluster: ``scheduler`` is its address or a ``distributed.Client``;
    None takes the current client or starts a cluster on this machine.

    Raises :class:`InputError` for rows that are no text, for a threshold out of range, and where no Dask answers.

    >>> a = "我校工会在春节前夕走访慰问了26名患病教职工，送上慰问金13000元和节日的问候。"
    >>> deduplicate([a, a.replace("26", "18"), "召开教代会。"])[["cluster_id", "kind", "canonical_id"]].values.tolist()
    [[0, 'exact', 0], [0, 'near', 0], [1, 'unique', 2]]
    """
    from gonghui_nlp.dedup.shown import Clusters

    verdict = verdict_of(threshold, unit)
    rows, index = read_texts(texts)
    if engine not in ("local", "dask"):
        raise InputError(f"engine is {engine!r}; it must be local or dask")
    if engine == "local" or not rows:
        return Clusters(cluster_columns(rows, verdict, steps), index=index)
    from gonghui_nlp.dedup.distributed import working

    with working(scheduler) as cluster:
        return Clusters(cluster_columns(rows, verdict, steps, cluster), index=index)


def verdict_of(threshold: float | None, unit: Unit) -> Verdict:
    if unit not in THRESHOLDS:
        raise InputError(f"unit is {unit!r}; it must be one of: {', '.join(THRESHOLDS)}")
    if threshold is None:
        return Verdict(THRESHOLDS[unit], model=shipped())
    if not isinstance(threshold, int | float) or not 0 < threshold <= 1:
        raise InputError(f"threshold is {threshold!r}; give a Jaccard similarity above 0 and at most 1, such as 0.35")
    return Verdict(float(threshold))


def read_texts(texts: Any) -> tuple[list[str], Any]:
    """The texts as a list, and the frame's index, None for a plain sequence."""
    index = None
    if isinstance(texts, str | bytes):
        raise InputError("deduplicate takes many texts, not one string; put it into a list")
    if hasattr(texts, "columns"):
        if "text" not in texts.columns:
            raise InputError(f"the frame has no column 'text', only: {', '.join(map(str, texts.columns))}")
        texts = texts["text"]
    if hasattr(texts, "tolist"):
        index = getattr(texts, "index", None)
        texts = texts.tolist()
    if not isinstance(texts, Iterable):
        raise InputError(f"deduplicate takes a sequence of strings, a Series or a frame, not {type(texts).__name__}")
    rows = list(texts)
    if set(map(type, rows)) != {str}:
        rows = [t if isinstance(t, str) else _missing(t, i) for i, t in enumerate(rows)]
    return rows, index


def _missing(value: Any, row: int) -> str:
    if value is None or type(value).__name__ in ("NAType", "NaTType") or (isinstance(value, float) and value != value):
        return ""
    hint = "decode it first" if isinstance(value, bytes) else "turn it into a string or leave the row out"
    raise InputError(f"row {row} is {type(value).__name__} {repr(value)[:40]}, not a text: {hint}")


def cluster_columns(texts: list[str], verdict: Verdict, steps: Steps, cluster: Any = None) -> dict[str, Any]:
    """The columns of the frame :func:`deduplicate` returns; ``cluster`` is a Dask client to work on."""
    distinct = list(dict.fromkeys(texts))
    place = dict(zip(distinct, range(len(distinct)), strict=True))
    of_row = np.fromiter(map(place.__getitem__, texts), dtype=np.int64, count=len(texts))
    del place
    if cluster is None:
        entries = prepare(distinct, steps)
        state, lengths = entries.state, entries.rows.lengths
        nodes = gather(entries.keys, state)
        solved = solve(entries.rows, nodes, verdict, steps)
    else:
        from gonghui_nlp.dedup.distributed import cluster_on

        made, nodes, solved = cluster_on(cluster, distinct, verdict, steps)
        state, lengths = made.state, made.lengths
    found = Clustering(nodes.of_entry[of_row], state[of_row] == EMPTY, lengths[of_row], solved)
    return columns(found, _Look(distinct, of_row), verdict)


@dataclass(frozen=True, slots=True)
class _Look:
    """A second look at the texts themselves."""

    distinct: list[str]
    of_row: npt.NDArray[np.int64]

    def worth(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        used, where = np.unique(self.of_row[rows], return_inverse=True)
        return worth([self.distinct[i] for i in used.tolist()])[where]

    def light(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64]:
        used, where = np.unique(self.of_row[rows], return_inverse=True)
        return normalise([self.distinct[i] for i in used.tolist()], LIGHT).digests()[where]
