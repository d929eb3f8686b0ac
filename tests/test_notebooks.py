"""The notebooks run from top to bottom in a kernel of their own, and lie here with what they showed."""

from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
nbformat = pytest.importorskip("nbformat", reason="the test extra is not installed")


def shown(notebook: Any) -> list[list[str]]:
    """What each cell of code shows, by kind; what is printed may come in several pieces, as time would have it."""
    cells = [c for c in notebook.cells if c.cell_type == "code"]
    return [
        [kind for kind, _ in groupby(k for o in c.outputs for k in sorted(o.get("data") or {o.output_type: ""}))]
        for c in cells
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_it_runs_and_was_committed_with_what_it_shows(path: Path) -> None:
    from nbclient import NotebookClient

    committed = nbformat.read(path, as_version=4)
    run = nbformat.read(path, as_version=4)
    NotebookClient(
        run, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    assert not [o.text for c in run.cells for o in c.get("outputs", ()) if o.get("name") == "stderr"]
    assert shown(run) == shown(committed) and any(shown(run))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_it_is_small_in_both_languages_and_names_no_place_of_its_maker(path: Path) -> None:
    assert path.stat().st_size <= 400_000
    text = path.read_text(encoding="utf-8")
    assert not [place for place in ("/home/", "/root/", "/tmp/", "/work/", "site-packages") if place in text]
    told = "".join(c.source for c in nbformat.read(path, as_version=4).cells if c.cell_type == "markdown")
    assert sum("\u4e00" <= c <= "\u9fff" for c in told) > 100 and sum(c.isascii() and c.isalpha() for c in told) > 200


def test_there_are_as_many_as_the_readme_names() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert NOTEBOOKS and all(f"notebooks/{path.name}" in readme for path in NOTEBOOKS)
