"""What is kept of texts so that they can be compared without being read again: their prints.

A print is the normalised copy with its digest and what a second look at the text would show. Workers make them
where the texts are; :func:`clusters_of` compares them exactly as :func:`~gonghui_nlp.dedup.deduplicate` the texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from gonghui_nlp.dedup.columns import Clustering, canonical
from gonghui_nlp.dedup.entries import EMPTY, gather, prepare, solve
from gonghui_nlp.dedup.normalise import ALL, LIGHT, Codes, Rows, Steps, normalise
from gonghui_nlp.dedup.spill import IN_MEMORY, Spill
from gonghui_nlp.dedup.verdict import Verdict
from gonghui_nlp.dedup.worth import worth

# Gram sets of so many characters are held at most, eight bytes each.
_MOST = 1 << 23

Longs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Prints:
    """Of ``n`` texts: the normalised copies end to end and how long each is, keys (n × 2), state, digests of the

    light copies (n × 2), and what is kept with each text.
    """

    codes: Codes
    lengths: Longs
    keys: npt.NDArray[np.uint64]
    state: npt.NDArray[np.uint8]
    light_digests: npt.NDArray[np.uint64]
    unclean: Longs

    def __len__(self) -> int:
        return len(self.lengths)

    def take(self, rows: Sequence[int]) -> Prints:
        """Those of some of the texts, in the order given."""
        chosen = np.array(rows, dtype=np.int64)
        part = Rows(self.codes, offsets_of(self.lengths)).take(chosen)
        return Prints(part.codes, part.lengths, *(getattr(self, f.name)[chosen] for f in fields(self)[2:]))

    def worth(self, rows: Longs) -> Longs:
        """What is kept with the texts at the given positions."""
        return self.unclean[rows]

    def light(self, rows: Longs) -> npt.NDArray[np.uint64]:
        """Digests of the light copies of the texts at the given positions."""
        return self.light_digests[rows]


def prints(texts: Sequence[str], steps: Steps = ALL) -> Prints:
    """The prints of some texts.

    >>> made = prints(["慰问了26名患病教职工", "走访慰问困难职工家庭"])
    >>> made.lengths.tolist(), len(joined([made, made]))
    ([9, 10], 4)
    """
    entries = prepare(texts, steps)
    light = normalise(texts, LIGHT).digests()
    return Prints(entries.rows.codes, entries.rows.lengths, entries.keys, entries.state, light, worth(texts))


def offsets_of(lengths: Longs) -> Longs:
    """Where each of some stretches begins, and where the last one ends."""
    return np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)


def joined(parts: Iterable[Prints], spill: Spill = IN_MEMORY) -> Prints:
    """Prints one after the other, held or spilt."""
    none = prints([])
    names = [f.name for f in fields(Prints)]
    grown = {name: spill.grown(name, getattr(none, name).dtype) for name in names}
    for part in parts:
        for name in names:
            grown[name].append(getattr(part, name))
    return Prints(*(grown[name].whole((-1, *getattr(none, name).shape[1:])) for name in names))


def clusters_of(
    made: Prints, verdict: Verdict, steps: Steps = ALL, spill: Spill = IN_MEMORY
) -> tuple[Longs, npt.NDArray[np.float64]]:
    """Of each text the canonical member of its cluster, and how similar it is to that.

    They are ``canonical_id`` and ``similarity`` of the frame that :func:`~gonghui_nlp.dedup.deduplicate` returns.

    Less is held than there, and less still with a ``spill``, so that an archive may be of any size; what is found is
    the same.
    """
    nodes = gather(made.keys, made.state, spill)
    offsets = spill.keep("offsets", offsets_of(made.lengths))
    solved = solve(Rows(made.codes, offsets), nodes, verdict, steps, most=_MOST, spill=spill)
    return canonical(Clustering(nodes.of_entry, made.state == EMPTY, made.lengths, solved), made, spill)
