"""Going on with a run that was stopped: what its work depended on, and what it had found in which file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from gonghui_nlp.archive.packed import files_in, numbers
from gonghui_nlp.archive.shards import Place
from gonghui_nlp.settings import Settings
from gonghui_nlp.tables import manifest
from gonghui_nlp.version import __version__


def key_of(settings: Settings, encoding: str | None) -> str:
    """What the rows of a file depend on beside its bytes: version, settings, and the files these point at.

    >>> key_of(Settings(), None) == key_of(Settings(), None) != key_of(Settings(cues=3), None)
    True
    """
    pointed_at = [settings.model, settings.events, settings.resources, *settings.plugins]
    files = [
        (path.as_posix(), manifest.checksum(path))
        for given in pointed_at
        if given
        for path in sorted([Path(given), *Path(given).rglob("*")])
        if path.is_file()
    ]
    told = [__version__, asdict(settings), encoding, files]
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def known_in(scratches: Sequence[Path]) -> dict[str, Place]:
    """What earlier runs found, by the name of the file; files whose bytes nobody could read are not among them."""
    return {
        file.name: Place(scratch, number, place, file.sha256)
        for scratch in scratches
        for number in numbers(scratch)
        for place, file in enumerate(files_in(scratch, number))
        if file.sha256
    }
