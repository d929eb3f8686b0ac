"""The data tables: every entry fires on its own example."""

from __future__ import annotations

import re
from typing import Any

import pytest

from gonghui_nlp.outline import lines, marks, noise, wording
from gonghui_nlp.text.normalize import fold

ENTRIES = [
    (kind, entry)
    for kind, entries in wording.lexicon().items()
    if isinstance(entries, list)
    for entry in entries
    if isinstance(entry, dict)
]


@pytest.mark.parametrize("style", [s for s in marks.styles() if s.where != "inline"], ids=lambda s: s.name)
def test_a_style_reads_its_example(style: marks.Style) -> None:
    text, ordinal = style.example
    m = marks.at_line_start().match(fold(text) + "\n")
    assert m is not None and m.lastgroup == style.name
    assert marks.candidate(m, 0, len(text), inline=False).ordinal == (ordinal or None)


@pytest.mark.parametrize("style", [s for s in marks.styles() if s.where != "line"], ids=lambda s: s.name)
def test_a_style_that_stands_in_lines_is_found_there(style: marks.Style) -> None:
    before = "总体要求" if style.before == "fused" else "开展活动。"
    text = fold(before + style.example[0] + "\n")
    assert [m.lastgroup for m in marks.inside_line().finditer(text)][:1] == [style.name]


@pytest.mark.parametrize(("kind", "entry"), ENTRIES, ids=lambda x: x if isinstance(x, str) else x["example"][:12])
def test_an_entry_of_the_lexicon_fires_on_its_example(kind: str, entry: dict[str, Any]) -> None:
    example = fold(entry["example"])
    assert re.search(wording.expand(entry["pattern"]), example)
    if "hints" in entry:
        assert any(h in example for h in entry["hints"])


@pytest.mark.parametrize("entry", wording.lexicon()["noise"], ids=lambda e: e["example"][:12])
def test_noise_is_found_as_noise(entry: dict[str, Any]) -> None:
    text = fold(entry["example"])
    assert noise.noise_spans(text, lines.split_lines(text))


@pytest.mark.parametrize(
    ("mark", "style", "value"),
    [("二十一、", "cn", 21), ("三○、", "cn", 30), ("一百零二、", "cn", 102), ("⒓", "num", 12), ("⒇", "num_paren", 20),
     ("贰、", "cn_formal", 2), ("Ⅳ、", "roman", 4), ("VIII.", "roman", 8), ("c、", "letter", 3), ("㈥", "cn_paren", 6),
     ("❸", "circled", 3), ("1.2.3", "decimal", 3), ("、", "lost", None)],
)  # fmt: skip
def test_what_marks_count_to(mark: str, style: str, value: int | None) -> None:
    assert marks.ordinal_of(mark, style) == value
