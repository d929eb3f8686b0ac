"""A run killed at any moment loses nothing and mixes nothing; the long run is ``benchmarks/kills.py``."""

import os
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")
def test_kills_at_any_moment_lose_nothing_and_mix_nothing():
    if not (BENCHMARKS / "kills.py").exists():
        pytest.skip("the benchmarks are not beside the tests")
    import kills

    found = kills.run(24, seed=1)
    assert sum(count for what, count in found.items() if "killed" in what) == 24
