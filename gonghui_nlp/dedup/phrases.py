"""Stock phrases: the sentences of an archive, and in how many independent texts each of them stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from gonghui_nlp.dedup.frame import deduplicate, read_texts
from gonghui_nlp.dedup.normalise import ALL, Steps, normalise

if TYPE_CHECKING:
    import pandas as pd

_SENTENCE = re.compile(r"[^。！？!?；;\r\n]*[^。！？!?；;\s][。！？!?；;]?")
_SHORTEST = 8


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
    found = [(s.strip(), i) for i, text in enumerate(rows) for s in _SENTENCE.findall(text)]
    sentences = [s for s, _ in found]
    normal = normalise(sentences, steps)
    places = np.flatnonzero(normal.lengths >= _SHORTEST)
    _, first, key = np.unique(normal.digests()[places], axis=0, return_index=True, return_inverse=True)
    row = np.array([i for _, i in found], dtype=np.int64)[places]
    pairs = np.unique(np.stack([key.reshape(-1), cluster[row]], axis=1), axis=0)
    documents = np.bincount(pairs[:, 0].astype(np.int64), minlength=len(first))
    frame = pd.DataFrame(
        {
            "text": [sentences[i] for i in places[first].tolist()],
            "documents": documents,
            "occurrences": np.bincount(key.reshape(-1), minlength=len(first)),
            "first": row[first],
        }
    )
    frame = frame[frame["documents"] >= least]
    return frame.sort_values(["documents", "occurrences", "first"], ascending=[False, False, True], ignore_index=True)
