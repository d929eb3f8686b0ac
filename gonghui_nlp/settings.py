"""One frozen settings object, loadable from TOML."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal

from gonghui_nlp.errors import InputError


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def _is_text(value: object) -> bool:
    return value is None or isinstance(value, str)


def _are_labels(value: object) -> bool:
    return isinstance(value, tuple) and all(
        isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(word, str) and word for word in pair)
        for pair in value
    )


def _are_names(value: object) -> bool:
    return isinstance(value, tuple) and all(isinstance(name, str) and name for name in value)


def _are_stages(value: object) -> bool:
    return value is None or (isinstance(value, tuple) and all(isinstance(name, str) for name in value))


_KINDS: dict[str, tuple[Callable[[object], bool], str]] = {
    "model": (_is_text, "a path"),
    "scheme": (lambda v: v in ("default", "classical"), "'default' or 'classical'"),
    "cues": (lambda v: isinstance(v, int) and not isinstance(v, bool) and v >= 0, "a number of words, 0 or more"),
    "paragraph_threshold": (_is_number, "a number"),
    "document_threshold": (_is_number, "a number"),
    "resources": (_is_text, "the path of a folder"),
    "labels": (_are_labels, "a table of labels and what a reader sees for each"),
    "stages": (_are_stages, "a list of stages"),
    "events": (_is_text, "the path of a folder"),
    "text_column": (_is_text, "the name of a column"),
    "plugins": (_are_names, "a list of modules"),
    "min_confidence": (lambda v: _is_number(v) and v is not None and 0 <= v <= 1, "a number from 0 to 1"),  # type: ignore[operator]
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set for a run; everything else is fixed so that the same input gives the same bytes.

    ``model`` is the path of a function model of your own; ``scheme`` is ``default``, or ``classical`` to set
    building the union itself (自身建设) apart; ``cues`` how many of the words that spoke for a paragraph's function
    to keep with it (0: none; finding them is slow). ``paragraph_threshold`` and ``document_threshold`` are the
    Jaccard similarity from which two texts count as copies of each other (None: the default for that unit).
    ``resources`` is a folder of your own knowledge files, which lie over ours (trigger words, numbering styles, nouns
    for people …). ``labels`` says what a reader sees for each label of a model of your own; they must be the model's.
    ``events`` is a folder of event models of your own; events of a confidence below ``min_confidence`` are left out.
    ``text_column`` is the column of tables (csv, xlsx, jsonl, parquet …) that holds a text a row.
    ``stages`` are the stages to run, all when left out: their names, or ``module:NAME`` for one of your own.
    ``plugins`` are modules of your own that make known a reader, a writer or a table: a name, or a ``.py`` file.
    Paths may be strings or :class:`~pathlib.Path`; they are kept as strings, which configurations can hold.

    >>> Settings(model=Path("own.bin")).model
    'own.bin'
    >>> Settings(labels={"welfare": "福利", "study": "学习"}).labels
    (('welfare', '福利'), ('study', '学习'))
    """

    model: str | None = None
    scheme: Literal["default", "classical"] = "default"
    cues: int = 0
    paragraph_threshold: float | None = None
    document_threshold: float | None = None
    resources: str | None = None
    labels: tuple[tuple[str, str], ...] = ()
    stages: tuple[str, ...] | None = None
    events: str | None = None
    min_confidence: float = 0.0
    text_column: str | None = None
    plugins: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """A wrong value is an InputError that names it; a table of labels becomes pairs, a list a tuple."""
        if isinstance(self.labels, Mapping):
            object.__setattr__(self, "labels", tuple(self.labels.items()))
        for name in ("model", "resources", "events"):
            if isinstance(value := getattr(self, name), os.PathLike):
                object.__setattr__(self, name, os.fspath(value))
        for name in ("stages", "plugins"):
            if isinstance(given := getattr(self, name), list):
                object.__setattr__(self, name, tuple(given))
        for name, (fits, wanted) in _KINDS.items():
            if not fits(value := getattr(self, name)):
                raise InputError(f"{name} = {value!r} is not {wanted}")

    @classmethod
    def load(cls, path: str | Path) -> Settings:
        """The settings in a TOML file; an unknown key or a wrong type is an error that names it."""
        import tomllib

        path = Path(path)
        try:
            values = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise InputError(f"settings {path}: {error.strerror}; give the path of a TOML file") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
            raise InputError(f"settings {path}: not valid TOML: {error}") from error
        known = {f.name for f in fields(cls)}
        if unknown := sorted(values.keys() - known):
            raise InputError(f"settings {path}: unknown key {unknown[0]!r}; known are {', '.join(sorted(known))}")
        try:
            return cls(**values)
        except InputError as error:
            raise InputError(f"settings {path}: {error}") from error
