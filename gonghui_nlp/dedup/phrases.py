"""Stock phrases: the sentences of an archive, and in how many independent texts each of them stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from gonghui_nlp.dedup.frame import deduplicate, read_texts
from gonghui_nlp.dedup.normalise import ALL, Steps, normalise

if TYPE_CHECKING:
    import pandas as pd

_SENTENCE = re.compile(r"[^。！？!?；;\r\n]*[^。！？!?；;\s][。！？!?；;]?")
_SHORTEST = 8
_CHUNK = 1 << 14
_NONE = np.empty(0, dtype=np.int64)


def stock_phrases(
    texts: Sequence[str] | pd.Series[Any] | pd.DataFrame,
    clusters: pd.DataFrame | None = None,
    *,
    least: int = 2,
    steps: Steps = ALL,
) -> pd.DataFrame:
    """Which sentences stand in several independent texts; copies of one text count once.

    ``clusters`` is what :func:`deduplicate` returned for the texts; without it, it is made. Sentences are equal
    when their normalised copies are; ones with fewer than 8 characters left are passed over. Returned, the most
    frequent first: ``text`` (as it first stands), ``documents`` (independent texts), ``occurrences``, ``first``
    (position of the text it first stands in). Sentences of fewer than ``least`` documents are left out.

    >>> a, b = "工会是教职工温暖的家园。春季登山去了凤凰岭。", "秋季举行了棋类比赛。工会是教职工温暖的家园。"
    >>> stock_phrases([a, b])[["text", "documents"]].values.tolist()
    [['工会是教职工温暖的家园。', 2]]
    """
    import pandas as pd

    rows, _ = read_texts(texts)
    made = deduplicate(rows, steps=steps) if clusters is None else clusters
    cluster = made["cluster_id"].to_numpy()
    digests, row, ordinal = _sentences(rows, steps)
    _, first, key = np.unique(digests, axis=0, return_index=True, return_inverse=True)
    key = key.reshape(-1)
    pairs = np.unique(np.stack([key, cluster[row]], axis=1), axis=0)
    documents = np.bincount(pairs[:, 0], minlength=len(first))
    frame = pd.DataFrame(
        {
            "digest": first,
            "documents": documents,
            "occurrences": np.bincount(key, minlength=len(first)),
            "first": row[first],
        }
    )
    frame = frame[frame["documents"] >= least]
    order = ["documents", "occurrences", "first", "digest"]
    frame = frame.sort_values(order, ascending=[False, False, True, True], ignore_index=True)
    # Only the sentences that are told are read again.
    at = ordinal[frame["digest"].to_numpy()].tolist()
    texts = [_split(rows[i])[k] for i, k in zip(frame["first"].tolist(), at, strict=True)]
    frame.insert(0, "text", pd.Series(texts, dtype=object))
    return frame.drop(columns="digest")


def _split(text: str) -> list[str]:
    return [s.strip() for s in _SENTENCE.findall(text)]


def _sentences(
    texts: Sequence[str], steps: Steps
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Of every sentence that is long enough: its digest, the place of its text, its place in there."""
    digests, rows, ordinals = [np.empty((0, 2), dtype=np.uint64)], [_NONE], [_NONE]
    for start in range(0, len(texts), _CHUNK):
        split = [_split(t) for t in texts[start : start + _CHUNK]]
        counts = np.array([len(s) for s in split], dtype=np.int64)
        normal = normalise(list(chain.from_iterable(split)), steps)
        long = np.flatnonzero(normal.lengths >= _SHORTEST)
        begins = np.repeat(np.cumsum(counts) - counts, counts)
        digests.append(normal.take(long).digests())
        rows.append(np.repeat(np.arange(start, start + len(split)), counts)[long])
        ordinals.append((np.arange(len(begins)) - begins)[long])
    return np.concatenate(digests), np.concatenate(rows), np.concatenate(ordinals)
