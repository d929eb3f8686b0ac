"""Texts as a page shows them, made without any model, and the browser of this machine."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from gonghui_nlp.display.texts import Text

HERE = Path(__file__).parent


def text_times(times: int = 1, name: str = "") -> Text:
    """The text of ``text.json``, so many times one after the other as one text."""
    kept = json.loads((HERE / "text.json").read_text(encoding="utf-8"))
    rows: dict[str, list[dict[str, Any]]] = {}
    for n in range(times):
        shift = n * len(kept["text"])
        for table, found in kept["rows"].items():
            rows.setdefault(table, []).extend(_moved(row, shift, n) for row in found)
    return Text(name or kept["name"], kept["text"] * times, rows)


def _moved(row: dict[str, Any], shift: int, n: int) -> dict[str, Any]:
    offsets = {c: row[c] + shift for c in ("start", "end", "title_start", "title_end") if c in row}
    ids = {c: f"{v}~{n}" for c, v in row.items() if c.endswith("_id") and v and n}
    return row | offsets | ids


@pytest.fixture(scope="session")
def made() -> Callable[..., Text]:
    return text_times


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The system's Chromium, headless."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield opened
        opened.close()
