"""What a notebook shows for things of the rooms below; the display room says how, where it is loaded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_shown: dict[str, Callable[[Any], str]] = {}


def show_as(cell: Callable[[Any], str], kind: str = "Document") -> None:
    """Registers what a notebook shows for a class, by its name."""
    _shown[kind] = cell


def shown(thing: Any) -> str | None:
    """The cell of a thing; None where nothing is registered, which a notebook takes for its plain form."""
    cell = _shown.get(type(thing).__name__)
    return None if cell is None else cell(thing)
