"""The cue lexicon: words that speak for a function, with a hand weight and an example each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from gonghui_nlp.errors import InputError
from gonghui_nlp.resources import read


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry: ``weight`` 3 decides alone, 1 is a hint."""

    label: str
    weight: float
    text: str
    example: str


def read_cues(path: Path | None = None) -> tuple[Cue, ...]:
    """The shipped lexicon, or one's own file of the same four tab-separated columns.

    >>> next(c.label for c in read_cues() if c.text == "教代会")
    'participation'
    """
    return _shipped() if path is None else _parse(path.read_text(encoding="utf-8"), str(path))


@lru_cache(maxsize=1)
def _shipped() -> tuple[Cue, ...]:
    return _parse(read("functions/cues.tsv"), "cues.tsv")


def _parse(table: str, name: str) -> tuple[Cue, ...]:
    cues = []
    for number, line in enumerate(table.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        try:
            label, weight, text, example = fields
            cues.append(Cue(label, float(weight), text, example))
        except ValueError:
            raise InputError(f"{name} line {number}: expected label, weight, cue, example, got {fields!r}") from None
        if not 1 <= len(text) <= 6:
            raise InputError(f"{name} line {number}: a cue has 1 to 6 characters, {text!r} has {len(text)}")
    return tuple(cues)
