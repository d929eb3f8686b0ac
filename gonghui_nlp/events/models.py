"""The trained models of this room, together: where events stand, what is one, of which type, with which arguments."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import NamedTuple

from gonghui_nlp.events import detection, merging, statuses, tagger, typing
from gonghui_nlp.events.arguments import choosing
from gonghui_nlp.events.windows import Windowed
from gonghui_nlp.learning.sequence import SequenceModel
from gonghui_nlp.settings import Settings

FOLDER = "models/events"


class Models(NamedTuple):
    """One model for each question, as training writes them into a folder."""

    tagger: SequenceModel
    events: detection.Scorer
    merging: merging.Weights
    types: Windowed
    status: Windowed
    arguments: choosing.Models


def load(folder: Path) -> Models:
    """The models of a folder; ModelError when one of its files is not what it should be."""
    return Models(
        tagger.read_model(folder / tagger.FILE),
        detection.read_scorer(folder / detection.FILE),
        merging.read_model(folder / merging.FILE),
        typing.read_model(folder / typing.FILE),
        statuses.read_model(folder / statuses.FILE),
        choosing.read_models(folder),
    )


@lru_cache(maxsize=1)
def shipped() -> Models:
    """The models that come with the package."""
    with as_file(files("gonghui_nlp.resources").joinpath(FOLDER)) as folder:
        return load(folder)


def models_of(settings: Settings) -> Models:
    """The models that the settings name, else the shipped ones; each is read once."""
    return _read(settings.events) if settings.events else shipped()


@lru_cache(maxsize=4)
def _read(folder: str) -> Models:
    return load(Path(folder))
