"""The compact outline of a text, as the cases write it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gonghui_nlp.outline import Structure, read_structure
from gonghui_nlp.schema import text_of
from gonghui_nlp.text.normalize import fold

Drawn = tuple[list[str], Structure]


def _outline_of(text: str, titles: bool = False) -> Drawn:
    """``doc TITLE`` and ``LEVEL MARK | TITLE`` lines of a text, in reading order."""
    structure = read_structure(fold(text))
    rows = [(c.start, 0, f"doc {text_of(c.title)}".strip()) for c in structure.constituents]
    for s in structure.sections:
        mark = text[s.mark.start : s.mark.end]
        rows.append((s.start, 1, f"{s.level} {mark}" + (f" | {s.title.text}" if titles and s.title else "")))
    return [line for _, _, line in sorted(rows)], structure


@pytest.fixture
def outline_of() -> Callable[..., Drawn]:
    return _outline_of
