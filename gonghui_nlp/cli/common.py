"""What several commands share: options, settings, one text read, the line that ends a wrong call."""

from __future__ import annotations

import contextlib
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from gonghui_nlp.text.visible import visible
from gonghui_nlp.words import told

if TYPE_CHECKING:
    from gonghui_nlp.schema import Document
    from gonghui_nlp.settings import Settings


class Spoken(StrEnum):
    """What ``--lang`` may be."""

    zh = "zh"
    en = "en"
    auto = "auto"


Encoding = Annotated[str | None, typer.Option(help="Read every file in this encoding instead of finding it out.")]
Config = Annotated[Path | None, typer.Option("--config", help="Settings in a TOML file.")]
Lang = Annotated[
    Spoken,
    typer.Option(
        metavar="zh|en|auto",
        case_sensitive=False,
        help="Language of all that is said and written; auto goes by the locale.",
    ),
]
"""Heard before anything else, wherever it stands (see :mod:`.spoken`); commands ask ``words.spoken()``."""


def say(message: str) -> None:
    """A line for the person at the terminal, on standard error; what would steer the terminal is shown."""
    with contextlib.suppress(OSError, ValueError):  # nobody listens: no reason to fail
        print(visible(message).replace("\n", "\\n"), file=sys.stderr)


def fail(message: str) -> NoReturn:
    say(f"gonghui: {message}")
    raise SystemExit(2)


def settings_of(path: Path | None, **given: Any) -> Any:
    """The settings of the file, what was given on the command line before them."""
    from dataclasses import replace

    from gonghui_nlp.settings import Settings

    settings = Settings.load(path) if path else Settings()
    return replace(settings, **{name: value for name, value in given.items() if value is not None})


def analyzed(file: Path, encoding: str | None, settings: Settings | None = None) -> Document:
    from gonghui_nlp.pipeline import analyze
    from gonghui_nlp.readers import DOUBTS, check_encoding, read_file

    check_encoding(encoding)
    if file.is_dir():
        fail(told(f"{file}: is a folder; give one text file"))
    source = read_file(file, encoding=encoding)
    if source.status == "failed":
        fail(f"{file}: {told(source.message)}")
    for issue in [i for i in source.issues if i.code in DOUBTS][:3]:
        say(f"{file}: {told(issue.message)}")
    return analyze(source, settings)
