"""Archives as people keep them, with damaged and hostile files; made-up inputs. The long runs are in ``benchmarks/``."""

import os
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
pytestmark = pytest.mark.skipif(
    not (BENCHMARKS / "archive.py").exists(), reason="the benchmarks are not beside the tests"
)


@pytest.fixture(autouse=True)
def beside(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    for name in ("archive", "fuzz"):
        monkeypatch.delitem(sys.modules, name, raising=False)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="makes a pipe")
def test_every_file_of_a_mixed_archive_is_accounted_for():
    import archive

    found, _ = archive.run(12, seed=3, jobs=1)
    assert found["sound", "ok"] >= 12
    assert sum(count for (what, _), count in found.items() if what == "hostile") == 14


def test_made_up_inputs_bring_nothing_down():
    import fuzz

    counts, falls = fuzz.run(120, seed=4)
    assert not falls
    assert counts["text analysed"] > 60


def test_what_stands_elsewhere_than_it_says_is_noticed():
    import fuzz

    import gonghui_nlp as gh

    document = gh.analyze("春节前慰问困难职工18名。")
    (heads,) = document.headcounts
    from dataclasses import replace

    with pytest.raises(AssertionError, match="headcounts"):
        fuzz.check(replace(document, headcounts=(replace(heads, start=heads.start + 1),)))
