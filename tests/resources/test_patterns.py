"""Named patterns and word lists: each is shown by its example, each is asked for, and a user's takes the place of ours."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

import gonghui_nlp.pipeline  # noqa: F401  every room gives the parts of its patterns when it is imported
from gonghui_nlp.errors import InputError
from gonghui_nlp.outline.marks import CN
from gonghui_nlp.outline.profile import organisation_of
from gonghui_nlp.resources import OURS, Resources, patterns, using
from gonghui_nlp.resources.loader import Entry, _ours
from gonghui_nlp.text.normalize import fold

ROOMS = sorted({name.split("/")[0] for name in _ours() if "/patterns/" in name})
COUNTERED = [room for room in ROOMS if room != "outline"]
"""Rooms whose patterns have a counter-example each."""
ENTRIES = [(room, entry) for room in ROOMS for entry in patterns.entries(room)]


@pytest.mark.parametrize(("room", "entry"), ENTRIES, ids=lambda x: x if isinstance(x, str) else x["name"])
def test_an_entry_is_shown_by_its_example(room: str, entry: Entry) -> None:
    example = entry["example"]
    assert fold(example) == example
    if "words" in entry:
        assert any(word in example for word in entry["words"])
        assert len(set(entry["words"])) == len(entry["words"])
    else:
        made = re.compile(patterns.expanded(room, entry))
        assert made.search(example) is not None
        # What finds the empty text finds every text.
        assert (entry.get("counter", entry.get("left")) is not None) == (room in COUNTERED and made.search("") is None)
        assert made.search(entry["counter"]) is None if "counter" in entry else True


@pytest.mark.parametrize("room", ROOMS)
def test_a_name_stands_once_and_is_asked_for(room: str, root: Path) -> None:
    names = [entry["name"] for entry in patterns.entries(room)]
    code = "".join(path.read_text("utf-8") for path in sorted((root / "gonghui_nlp" / room).rglob("*.py")))
    parts = "".join(entry.get("pattern", "") for entry in patterns.entries(room))
    assert sorted(names) == sorted(set(names))
    # The name alone, or its beginning with the rest of it from a table of rules.
    asked = [n for n in names if f'"{room}", "{n}")' in code or f'"{room}", f"{n.partition("_")[0]}_{{' in code]
    assert [n for n in names if n not in asked and f"{{{n}}}" not in parts] == []


def test_a_number_of_a_mark_is_the_same_in_all_patterns() -> None:
    named = {entry["name"]: entry for entry in patterns.entries("outline")}
    assert named["cn"]["pattern"] == CN


#: Patterns in code with Chinese in them that are no knowledge but the form of something, and why; all others are data.
IN_CODE = {
    "readers/twice.py": "the signs that text shows which was decoded twice",
    "tables/reading.py": "how spreadsheets show a date",
    "text/normalize.py": "bold lines of Markdown, which the fold leaves out before there are settings",
    "text/numerals.py": "the point of a Chinese decimal: arithmetic",
}


def test_a_pattern_in_code_is_the_form_of_something(root: Path) -> None:
    found = Counter()
    for path in sorted((root / "gonghui_nlp").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("re.compile", "compiled"):
                written = "".join(str(n.value) for n in ast.walk(node) if isinstance(n, ast.Constant))
                if re.search("[\u4e01-\u9ffe]", written):
                    found[path.relative_to(root / "gonghui_nlp").as_posix()] += 1
    assert found == dict.fromkeys(IN_CODE, 1), "a new pattern has its place in resources/<room>/patterns"


def write(folder: Path, *lines: str) -> Resources:
    path = folder / "outline/patterns/profile.toml"
    path.parent.mkdir(parents=True)
    path.write_text("\n".join(lines), encoding="utf-8")
    return Resources(folder)


def test_a_part_of_mine_is_read_in_the_patterns_it_is_a_part_of(tmp_path: Path) -> None:
    title = "2021年青山合作社年度总结"
    assert organisation_of(title, "", []) is None
    with using(write(tmp_path, "[[pattern]]", 'name = "unit_noun"', "pattern = '合作社'", 'example = "青山合作社"')):
        assert organisation_of(title, "", []) == "青山合作社"


WRONG = [
    (["pattern = '(合作社'", 'example = "青山合作社"'], "line 1: .* is no regular expression"),
    (["pattern = '合作社'", 'example = "青山公司"'], "line 1: the example '青山公司' does not show it"),
    (["pattern = '{nowhere}社'", 'example = "合作社"'], "line 1: no entry 'nowhere' in outline/patterns"),
    (
        ["pattern = '合作社'", 'example = "青山合作社"', 'counter = "合作社里"'],
        "line 1: it finds the counter-example '合作社里' too",
    ),
    (["remove = true"], "outline/patterns: no pattern 'signed_by'; give an entry in its place"),
]


@pytest.mark.parametrize(("lines", "says"), WRONG, ids=[w[1][:30] for w in WRONG])
def test_a_wrong_entry_is_refused(tmp_path: Path, lines: list[str], says: str) -> None:
    with (
        using(write(tmp_path, "[[pattern]]", 'name = "signed_by"', *lines)),
        pytest.raises(InputError, match=says),
    ):
        patterns.pattern("outline", "signed_by")()


def test_a_list_of_mine_takes_the_place_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "outline/patterns/paragraphs.toml"
    path.parent.mkdir(parents=True)
    path.write_text('[[words]]\nname = "never_ends"\nwords = ["之"]\nexample = "学校之"\n', encoding="utf-8")
    never_ends = patterns.words("outline", "never_ends")
    with using(Resources(tmp_path)):
        assert never_ends() == ("之",)
    with using(OURS):
        assert "的" in never_ends()
