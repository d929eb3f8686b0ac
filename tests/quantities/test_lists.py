"""The runner for lists of others counts what is read right, told, left out and silently wrong."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
pytestmark = pytest.mark.skipif(
    not (BENCHMARKS / "quantity_lists.py").exists(), reason="the benchmarks are not beside the tests"
)

AMOUNTS = """# a list
慰问金500元\t500
补助300至500元，另3000多元\t300..500 3000..
没有钱\t
捐款××元\t80
补助三百\t
家里有三百\t300
捐款600元\t500
"""


def test_each_outcome_is_counted(tmp_path, monkeypatch, capsys):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import quantity_lists

    (tmp_path / "a.txt").write_text(AMOUNTS, encoding="utf-8")
    (tmp_path / "d.txt").write_text("3月8日开会，重阳节登山\tXXXX-03-08 -\n", encoding="utf-8")
    (tmp_path / "n.txt").write_text("三千五\t3,500.0\n三千\t3001\n", encoding="utf-8")
    got = quantity_lists.main(["amounts", str(tmp_path / "a.txt"), "--show"])
    assert got == {"right": 3, "told": 1, "left out": 1, "silently wrong": 2}
    assert "'捐款600元': meant ['500'], given ['600']" in capsys.readouterr().out
    assert quantity_lists.main(["dates", str(tmp_path / "d.txt")]) == {"right": 1}
    assert quantity_lists.main(["numeral", str(tmp_path / "n.txt")]) == {"right": 1, "silently wrong": 1}
    (tmp_path / "bad.txt").write_text("三千五 3500\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="line 1: no tab"):
        quantity_lists.main(["numeral", str(tmp_path / "bad.txt")])
    sys.modules.pop("quantity_lists")
