"""One frozen settings object, loadable from TOML."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal

from gonghui_nlp.errors import InputError


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_KINDS: dict[str, tuple[Callable[[object], bool], str]] = {
    "model": (lambda v: isinstance(v, str), "a path"),
    "scheme": (lambda v: v in ("default", "classical"), "'default' or 'classical'"),
    "cues": (lambda v: isinstance(v, int) and not isinstance(v, bool) and v >= 0, "a number of words, 0 or more"),
    "paragraph_threshold": (_is_number, "a number"),
    "document_threshold": (_is_number, "a number"),
    "resources": (lambda v: isinstance(v, str), "the path of a folder"),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set for a run; everything else is fixed so that the same input gives the same bytes.

    ``model`` is the path of a function model of your own; ``scheme`` is ``default``, or ``classical`` to set
    building the union itself (自身建设) apart; ``cues`` how many of the words that spoke for a paragraph's function
    to keep with it (0: none; finding them is slow). ``paragraph_threshold`` and ``document_threshold`` are the
    Jaccard similarity from which two texts count as copies of each other (None: the default for that unit). ``resources`` is a folder of
    your own knowledge files, which lie over ours (trigger words, numbering styles, nouns for people …).
    """

    model: str | None = None
    scheme: Literal["default", "classical"] = "default"
    cues: int = 0
    paragraph_threshold: float | None = None
    document_threshold: float | None = None
    resources: str | None = None

    @classmethod
    def load(cls, path: str | Path) -> Settings:
        """The settings in a TOML file; an unknown key or a wrong type is an error that names it."""
        path = Path(path)
        try:
            values = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise InputError(f"settings {path}: {error.strerror}; give the path of a TOML file") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise InputError(f"settings {path}: not valid TOML: {error}") from error
        known = {f.name for f in fields(cls)}
        if unknown := sorted(values.keys() - known):
            raise InputError(f"settings {path}: unknown key {unknown[0]!r}; known are {', '.join(sorted(known))}")
        for name, value in values.items():
            fits, wanted = _KINDS[name]
            if not fits(value):
                raise InputError(f"settings {path}: {name} = {value!r} is not {wanted}")
        return cls(**values)
