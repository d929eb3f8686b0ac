"""What the tests of this room share: the synthetic archive of the benchmarks."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="session")
def synthetic() -> ModuleType:
    """The generator of archives whose clusters and slots are known."""
    if not (BENCHMARKS / "dedup_texts.py").exists():
        pytest.skip("the benchmarks are not beside the tests")
    import dedup_texts

    return dedup_texts


@pytest.fixture(scope="session")
def benchmark_module(synthetic: ModuleType) -> ModuleType:
    """The benchmark's scores."""
    import dedup

    return dedup
