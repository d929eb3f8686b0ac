"""How sure a score is: bootstrap intervals, the same for the same figures."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from gonghui_nlp.evaluation.tally import Evaluation

# With fewer sources than these, drawing sources says nothing; records are drawn instead.
LEAST_SOURCES = 5
DRAWS = 2000
_SEED = 20


class Interval(NamedTuple):
    """The middle 95 % of F1 over the draws."""

    low: float
    high: float


def interval(result: Evaluation, name: str) -> Interval | None:
    """The interval of a measure's F1; None for what nobody has.

    From five sources on, whole sources are drawn, since what stands in one text is alike. With fewer, hits, misses and
    false alarms are drawn one by one, which takes them for independent and is rather too narrow.
    """
    rows = [one.counts[name] for one in result.documents.values() if name in one.counts]
    return of_counts(rows if len(rows) >= LEAST_SOURCES else [result.counts.get(name, [0, 0, 0])])


def of_counts(rows: list[list[int]]) -> Interval | None:
    """The interval of the sum of some counts (hits, gold, found), one of each source.

    >>> of_counts([[9, 10, 10]])
    Interval(low=0.7059, high=1.0)
    >>> of_counts([[0, 0, 0]]) is None
    True
    """
    counts = np.array(rows, dtype=np.float64)
    if not counts[:, 1:].any():
        return None
    rng = np.random.default_rng(_SEED)
    if len(rows) >= LEAST_SOURCES:
        drawn = rng.multinomial(len(rows), np.full(len(rows), 1 / len(rows)), size=DRAWS) @ counts
        f1 = _f1(drawn[:, 0], drawn[:, 1] + drawn[:, 2])
    else:
        hit, gold, found = counts.sum(axis=0)
        kinds = np.array([hit, gold - hit, found - hit]).clip(0)
        drawn = rng.multinomial(int(kinds.sum()), kinds / kinds.sum(), size=DRAWS).astype(np.float64)
        f1 = _f1(drawn[:, 0], 2 * drawn[:, 0] + drawn[:, 1] + drawn[:, 2])
    low, high = np.quantile(f1, (0.025, 0.975), method="nearest")
    return Interval(round(float(low), 4), round(float(high), 4))


def _f1(hits: npt.NDArray[np.float64], both: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    f1: npt.NDArray[np.float64] = np.divide(2 * hits, both, out=np.zeros(len(hits)), where=both > 0)
    return f1
