"""Every section of docs/extending.md runs, from top to bottom, in a folder of its own."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[1] / "docs" / "extending.md"
SECTIONS = re.split(r"(?m)^## ", PAGE.read_text(encoding="utf-8"))[1:] if PAGE.exists() else []


@pytest.mark.parametrize("section", SECTIONS, ids=lambda s: s.split("\n", 1)[0])
def test_the_section_runs_as_it_stands(section, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    before = set(sys.modules)
    blocks = re.findall(r"(?ms)^```(python|toml|tsv|jsonl)(?: file=(\S+))?\n(.*?)^```", section)
    assert any(language == "python" for language, _, _ in blocks)
    names: dict[str, object] = {"__name__": "page"}
    try:
        for language, file, code in blocks:
            if file:
                Path(file).parent.mkdir(parents=True, exist_ok=True)
                Path(file).write_text(code, encoding="utf-8")
            elif language == "python":
                exec(compile(code, f"extending.md: {section[:20]}", "exec", dont_inherit=True), names)
    finally:
        for name in set(sys.modules) - before:
            if not name.startswith("gonghui_nlp") and str(tmp_path) in str(getattr(sys.modules[name], "__file__", "")):
                del sys.modules[name]


def test_the_page_covers_the_trials():
    assert len(SECTIONS) >= 5
