"""The frame of clusters, which a notebook shows as its clusters before its rows."""

from __future__ import annotations

import pandas as pd

from gonghui_nlp.schema import shown


class Clusters(pd.DataFrame):
    """What :func:`~gonghui_nlp.dedup.deduplicate` returns; whatever is made of it is a frame like any other."""

    def _repr_html_(self) -> str | None:
        told = shown(self)
        rows = super()._repr_html_()  # type: ignore[misc]
        return rows if told is None else f"{told}{rows}"
