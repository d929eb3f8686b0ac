"""What several commands share: options, settings, one text read, the line that ends a wrong call."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from gonghui_nlp.text.visible import visible
from gonghui_nlp.words import spoken, told, word

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


@contextlib.contextmanager
def bar(doing: str, then: str = "") -> Iterator[Callable[[int, int], None] | None]:
    """One bar on a terminal, over the bytes of files, from the start; None elsewhere. ``then`` is what follows on it."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    shown = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[bytes]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with shown:
        task = shown.add_task(doing, total=None, bytes="")
        language = spoken()  # another thread, which may tell of it, knows none

        def reached(done: int, total: int) -> None:
            said = word("cli.bar.bytes", language, done=f"{done / 1e6:,.2f}", total=f"{total / 1e6:,.2f}")
            # Without a total the bar moves to and fro: something is at work.
            shown.update(task, completed=done, total=total if done else None, bytes=said)
            if then and done >= total:
                shown.update(task, description=then)

        yield reached


def settings_of(path: Path | None, **given: Any) -> Any:
    """The settings of the file, what was given on the command line before them; the command goes by their resources."""
    from dataclasses import replace

    from gonghui_nlp.resources import go_by, opened
    from gonghui_nlp.settings import Settings

    settings = Settings.load(path) if path else Settings()
    settings = replace(settings, **{name: value for name, value in given.items() if value is not None})
    go_by(opened(settings.resources))
    return settings


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
