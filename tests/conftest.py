"""Where the repository and the shared real texts are; the latter may be absent."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
# No test reads a clock: what is slow is counted, not timed.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def seeds() -> Path:
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the shared real texts are not beside this checkout")
    return SHARED / "seeds"


@pytest.fixture(scope="session")
def shared_gold(seeds: Path) -> list[Path]:
    return sorted((SHARED / "gold").glob("*.jsonl"))


@pytest.fixture
def calls() -> Callable[[Callable[[], object]], int]:
    """How many functions a piece of work calls, those of C too: what it costs, on a busy machine as on a quiet one."""

    def counted(work: Callable[[], object]) -> int:
        seen = 0

        def count(frame: object, event: str, arg: object) -> None:
            nonlocal seen
            seen += event in ("call", "c_call")

        sys.setprofile(count)
        try:
            work()
        finally:
            sys.setprofile(None)
        return seen

    return counted
