"""Which paragraphs and documents of an archive are copies of each other, for the tables' cluster columns.

Texts are compared by the prints that workers made of them, and rows are known by their places: of the texts and their
ids nothing is held but the ids of the canonical members of clusters of several.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
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

    canonical: npt.NDArray[np.int64]
    similarity: npt.NDArray[np.float64]
    several: array[int]
    """The places of the canonical members that stand for others."""
    ends: array[int]
    ids: npt.NDArray[np.uint8]
    """Their ids end to end, and where each ends, behind a 0."""

    def of(self, place: int, own: str) -> tuple[str, bool, float]:
        """Cluster, whether the row is its canonical member, and its similarity to that."""
        best = int(self.canonical[place])
        if best == place:
            return own, True, round(float(self.similarity[place]), 4)
        at = bisect_left(self.several, best)
        name = self.ids[self.ends[at] : self.ends[at + 1]].tobytes().decode("utf-8", "surrogatepass")
        return name, False, round(float(self.similarity[place]), 4)


def find_copies(shards: Path, settings: Settings) -> dict[str, Copies]:
    """The clusters of the documents and of the paragraphs, named by their canonical member."""
    thresholds = {"documents": settings.document_threshold, "paragraphs": settings.paragraph_threshold}
    return {unit: _copies(shards, unit, thresholds[unit]) for unit in UNITS}


def _copies(shards: Path, unit: Any, threshold: float | None) -> Copies:
    from gonghui_nlp.dedup.frame import verdict_of
    from gonghui_nlp.dedup.prints import clusters_of, joined
    from gonghui_nlp.dedup.spill import Spill

    spill = Spill(shards, unit)
    made = joined(prints_in(shards, unit), spill)
    canonical, similarity = clusters_of(made, verdict_of(threshold, unit), spill=spill)
    places = np.unique(canonical[canonical != np.arange(len(canonical))])
    ids, ends = spill.grown("ids", np.uint8), array("q", [0])
    wanted = iter(places)
    next_one = next(wanted, None)
    for place, row in enumerate(read_shards(shards, unit)):
        if next_one is None:
            break
        if place == next_one:
            written = row[0].encode("utf-8", "surrogatepass")
            ids.append(np.frombuffer(written, np.uint8))
            ends.append(ends[-1] + len(written))
            next_one = next(wanted, None)
    return Copies(canonical, similarity, array("q", places.tobytes()), ends, ids.whole())
