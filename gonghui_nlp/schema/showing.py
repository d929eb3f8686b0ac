"""What a notebook shows for things of the rooms below; the display room says how, loaded when the first is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_shown: dict[str, Callable[[Any], str]] = {}
_loaders: list[Callable[[], object]] = []


def show_as(cell: Callable[[Any], str], kind: str = "Document") -> None:
    """Registers what a notebook shows for a class, by its name."""
    _shown[kind] = cell


def show_with(load: Callable[[], object]) -> None:
    """Says who registers the cells: it is called once, when a notebook first shows something."""
    _loaders[:] = [load]


def shown(thing: Any) -> str | None:
    """The cell of a thing; None where nothing is registered, which a notebook takes for its plain form."""
    while _loaders:
        _loaders.pop()()
    cell = _shown.get(type(thing).__name__)
    return None if cell is None else cell(thing)
