"""The cue lexicon: words that speak for a function, with a hand weight and an example each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from gonghui_nlp.errors import InputError
from gonghui_nlp.resources import Row, current, knowledge
from gonghui_nlp.resources.loader import rows_of


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry: ``weight`` 3 decides alone, 1 is a hint."""

    label: str
    weight: float
    text: str
    example: str


def read_cues(path: Path | None = None) -> tuple[Cue, ...]:
    """The lexicon of the current resources, or one's own file of the same four tab-separated columns.

    >>> next(c.label for c in read_cues() if c.text == "教代会")
    'participation'
    """
    if path is None:
        return _current()
    return _cues(rows_of(path.read_text(encoding="utf-8"), str(path), "functions/cues.tsv"))


@knowledge
def _current() -> tuple[Cue, ...]:
    return _cues(current().rows("functions/cues.tsv"))


def _cues(rows: Iterable[Row]) -> tuple[Cue, ...]:
    cues = []
    for row in rows:
        label, weight, text, example = (row[column] for column in ("label", "weight", "cue", "example"))
        try:
            cues.append(Cue(label, float(weight), text, example))
        except ValueError:
            raise InputError(
                f"{row.where}: weight {weight!r} is no number; give 3 (decides alone) or 1 (a hint)"
            ) from None
        if not 1 <= len(text) <= 6:
            raise InputError(f"{row.where}: a cue has 1 to 6 characters, {text!r} has {len(text)}")
    return tuple(cues)
