"""``gonghui train``: models from labelled records."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from gonghui_nlp.cli.common import Lang, Spoken, bar
from gonghui_nlp.words import word


class Task(StrEnum):
    """What is learned."""

    functions = "functions"
    events = "events"


def train(
    corpus: Annotated[
        list[Path], typer.Option("--corpus", help="Labelled text: JSON Lines or bracket markup, files or folders.")
    ],
    out: Annotated[
        Path, typer.Option("-o", "--out", help="Where to write: a file for functions, a folder for events.")
    ],
    task: Annotated[
        Task, typer.Argument(help="functions of paragraphs, or events with their arguments.")
    ] = Task.functions,
    force: Annotated[bool, typer.Option("--force", help="Overwrite what is there, the shipped model too.")] = False,
    lang: Lang = Spoken.auto,
) -> None:
    """Train a model of functions or of events from labelled text."""
    if task is Task.events:
        from gonghui_nlp.events.train import train as run_events

        with bar(word("cli.train.bar")) as reached:
            told = run_events(corpus, out, overwrite=force, reached=reached)
        given: dict[str, Any] = {"records": told.records, "events": told.events, "path": told.path}
        print(word("cli.train.events", bytes=f"{told.bytes:,}", **given))
        return
    from gonghui_nlp.functions.train import train as run

    with bar(word("cli.train.bar")) as reached:
        report = run(corpus, out, overwrite=force, reached=reached)
    shown: dict[str, Any] = {"examples": report.examples, "families": report.families, "path": report.path}
    print(word("cli.train.functions", labels=", ".join(report.labels), bytes=f"{report.bytes:,}", **shown))
