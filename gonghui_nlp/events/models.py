"""The trained models of this room, together: what is an event, of which type, with which arguments."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import NamedTuple

from gonghui_nlp.events import detection, typing
from gonghui_nlp.events.arguments import choosing


class Models(NamedTuple):
    """One model for each question, as :mod:`gonghui_nlp.events.train` writes them into a folder."""

    events: detection.Scorer
    types: typing.TypeModel
    arguments: choosing.Models


def load(folder: Path) -> Models:
    """The models of a folder; ModelError when one of its files is not what it should be."""
    return Models(
        detection.read_scorer(folder / detection.FILE),
        typing.read_model(folder / typing.FILE),
        choosing.read_models(folder / choosing.FILE),
    )


@lru_cache(maxsize=1)
def shipped() -> Models:
    """The models that come with the package."""
    with as_file(files(__package__).joinpath(detection.FILE)) as path:
        return load(path.parent)
