"""The notebooks run from top to bottom."""

import json
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_every_cell_runs(path, monkeypatch):
    matplotlib = pytest.importorskip("matplotlib", reason="the notebook extra is not installed")
    matplotlib.use("Agg")
    monkeypatch.chdir(path.parent)
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]
    assert len(code) > 3
    names: dict[str, object] = {"display": print}
    for number, source in enumerate(code):
        exec(compile(source, f"{path.name}[{number}]", "exec"), names)
