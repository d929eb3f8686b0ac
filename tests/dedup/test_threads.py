"""Threads change nothing but the time."""

from __future__ import annotations

import pandas as pd
import pytest

from gonghui_nlp.dedup import deduplicate
from gonghui_nlp.dedup.threads import cores, in_threads


@pytest.mark.parametrize(
    ("value", "least", "most"), [("1", 1, 1), ("0", 1, 1), ("2,1", 1, 2), ("many", 1, 4), ("", 1, 4)]
)
def test_cores(monkeypatch: pytest.MonkeyPatch, value: str, least: int, most: int) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", value)
    assert least <= cores() <= most


@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize("n", [0, 1, 5, 50])
def test_results_come_in_order(monkeypatch: pytest.MonkeyPatch, threads: int, n: int) -> None:
    monkeypatch.setattr("gonghui_nlp.dedup.threads.cores", lambda: threads)
    assert list(in_threads(lambda x: x * x, range(n))) == [x * x for x in range(n)]


def test_errors_come_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gonghui_nlp.dedup.threads.cores", lambda: 2)
    with pytest.raises(ZeroDivisionError):
        list(in_threads(lambda x: 1 // x, [1, 2, 0, 3]))


def test_same_clusters(monkeypatch: pytest.MonkeyPatch, synthetic) -> None:  # type: ignore[no-untyped-def]
    texts = [t.text for t in synthetic.archive(3000, synthetic.HARD, seed=8)]
    frames = []
    for threads in (1, 3):
        monkeypatch.setattr("gonghui_nlp.dedup.threads.cores", lambda n=threads: n)
        frames.append(deduplicate(texts))
    pd.testing.assert_frame_equal(*frames)


def test_orders_are_those_of_a_stable_sort_however_large_the_numbers() -> None:
    import numpy as np

    from gonghui_nlp.dedup.ordering import order, ordered_by

    made = np.random.default_rng(3).integers(0, 9, (2, 500))
    for large in (0, 1 << 62):
        first, then = made + np.where(made > 6, large, 0)
        assert order(first).tolist() == np.argsort(first, kind="stable").tolist()
        assert ordered_by(first, then).tolist() == np.lexsort((then, first)).tolist()
