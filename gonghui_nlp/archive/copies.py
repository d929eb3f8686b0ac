"""Which paragraphs and documents of an archive are copies of each other, for the tables' cluster columns.

Texts are compared by the prints that workers made of them, and rows are known by their places: of the texts and their
ids nothing is held but the ids of the canonical members of clusters of several.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from gonghui_nlp.archive.packed import prints_in, read_shards
from gonghui_nlp.archive.texts import UNITS
from gonghui_nlp.settings import Settings


@dataclass(frozen=True, slots=True)
class Copies:
    """Of the rows of a table, by their places: the canonical member, the similarity to it, and that one's id."""

    canonical: npt.NDArray[np.int32]
    similarity: npt.NDArray[np.float64]
    ids: dict[int, str]

    def of(self, place: int, own: str) -> tuple[str, bool, float]:
        """Cluster, whether the row is its canonical member, and its similarity to that."""
        best = int(self.canonical[place])
        return self.ids.get(best, own), best == place, round(float(self.similarity[place]), 4)


def find_copies(shards: Path, settings: Settings) -> dict[str, Copies]:
    """The clusters of the documents and of the paragraphs, named by their canonical member."""
    thresholds = {"documents": settings.document_threshold, "paragraphs": settings.paragraph_threshold}
    return {unit: _copies(shards, unit, thresholds[unit]) for unit in UNITS}


def _copies(shards: Path, unit: Any, threshold: float | None) -> Copies:
    from gonghui_nlp.dedup.frame import verdict_of
    from gonghui_nlp.dedup.prints import clusters_of, joined
    from gonghui_nlp.dedup.spill import Spill

    spill = Spill(shards, unit)
    found = clusters_of(joined(prints_in(shards, unit), spill), verdict_of(threshold, unit), spill=spill)
    canonical = found["canonical_id"].astype(np.int32)
    similarity = found["similarity"]
    del found
    copies = np.flatnonzero(canonical != np.arange(len(canonical)))
    wanted = np.unique(canonical[copies]).tolist()
    return Copies(canonical, similarity, dict(_ids(read_shards(shards, unit), wanted)))


def _ids(rows: Iterator[list[Any]], places: list[int]) -> Iterator[tuple[int, str]]:
    """The ids of the rows at some places."""
    wanted = iter(places)
    next_one = next(wanted, None)
    for place, row in enumerate(rows):
        if next_one is None:
            return
        if place == next_one:
            yield place, row[0]
            next_one = next(wanted, None)
