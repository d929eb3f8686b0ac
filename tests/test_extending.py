"""Every section of docs/extending.md, docs/spacy.md and docs/annotation.md, and the sentence of docs/DESIGN.md, runs in a folder of its own."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[1] / "docs"


def sections(page):
    return re.split(r"(?m)^## ", (DOCS / page).read_text(encoding="utf-8"))[1:] if (DOCS / page).exists() else []


SECTIONS = sections("extending.md")
# What these pages tell of commands alone is run by the tests of the commands.
PAGES = [s for page in ("spacy.md", "annotation.md") for s in sections(page) if "```python" in s]
SENTENCE = [s for s in sections("DESIGN.md") if s.startswith("One sentence")]


@pytest.mark.parametrize("section", SECTIONS + PAGES + SENTENCE, ids=lambda s: s.split("\n", 1)[0])
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
                exec(compile(code, section.split("\n", 1)[0], "exec", dont_inherit=True), names)
    finally:
        for name in set(sys.modules) - before:
            if not name.startswith("gonghui_nlp") and str(tmp_path) in str(getattr(sys.modules[name], "__file__", "")):
                del sys.modules[name]


TRIALS = [
    "A numbering style",
    "A trigger word",
    "A new event type",
    "A label scheme of your own",
    "A new kind of quantity",
    "A stage of your own",
    "An input format",
    "An output writer",
]


def test_the_page_covers_the_trials():
    assert [s.split("\n", 1)[0] for s in SECTIONS] == TRIALS and len(SENTENCE) == 1
