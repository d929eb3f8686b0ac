"""One frozen settings object, loadable from TOML."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from gonghui_nlp.errors import InputError


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set for a run; everything else is fixed so that the same input gives the same bytes.

    ``model`` is the path of a function model of your own, ``paragraph_threshold`` and
    ``document_threshold`` the Jaccard similarity from which two texts count as copies of each other
    (None: the default measured for that unit).
    """

    model: str | None = None
    paragraph_threshold: float | None = None
    document_threshold: float | None = None

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
            wanted = str if name == "model" else (int, float)
            if not isinstance(value, wanted) or isinstance(value, bool):
                raise InputError(
                    f"settings {path}: {name} = {value!r} is not a {'path' if name == 'model' else 'number'}"
                )
        return cls(**values)
