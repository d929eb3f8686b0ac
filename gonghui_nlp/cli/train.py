"""``gonghui train``: models from labelled records."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from gonghui_nlp.cli.common import Config, Lang, Spoken, bar, settings_of
from gonghui_nlp.words import known, word


class Task(StrEnum):
    """What is learned."""

    functions = "functions"
    events = "events"
    copies = "copies"


def told_label(label: str) -> str:
    """A label in the language spoken; one of one's own as it is."""
    key = f"value.function.{label}"
    return word(key) if known(key) else label


def train(
    corpus: Annotated[
        list[Path],
        typer.Option(
            "--corpus", help="Gold, corrected tables, or labelled text (JSON Lines, bracket markup): files or folders."
        ),
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="Where to write: a file, or a folder for events.")],
    task: Annotated[
        Task, typer.Argument(help="functions of paragraphs, events with their arguments, or copies.")
    ] = Task.functions,
    texts: Annotated[
        Path | None, typer.Option(help="The texts of gold, a file or a folder; default: text/ beside the gold.")
    ] = None,
    config: Config = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite what is there, the shipped model too.")] = False,
    lang: Lang = Spoken.auto,
) -> None:
    """Train a model of functions, of events or of copies from labelled text."""
    # Words and numbering styles of one's own are read here as they will be where the model is used.
    settings_of(config)
    if task is Task.copies:
        _train_copies(corpus, out, force)
    else:
        _train(corpus, out, task, texts, force)


def _train_copies(corpus: list[Path], out: Path, force: bool) -> None:
    from gonghui_nlp.dedup.training import train as run

    with bar(word("cli.train.bar")) as reached:
        fitted = run(corpus, out, overwrite=force, reached=reached)
    shown: dict[str, Any] = {"archives": fitted.archives, "texts": fitted.texts, "pairs": fitted.pairs}
    print(word("cli.train.copies", bytes=f"{fitted.bytes:,}", path=fitted.path, **shown))


def _train(corpus: list[Path], out: Path, task: Task, texts: Path | None, force: bool) -> None:
    from gonghui_nlp.evaluation.lessons import for_events, for_functions, read_corpora

    lessons, files = read_corpora(corpus, texts)
    if task is Task.events:
        from gonghui_nlp.events.train import train as run_events

        with bar(word("cli.train.bar")) as reached:
            told = run_events(files, out, overwrite=force, lessons=for_events(lessons), reached=reached)
        given: dict[str, Any] = {"records": told.records, "events": told.events, "path": told.path}
        print(word("cli.train.events", bytes=f"{told.bytes:,}", **given))
        return
    from gonghui_nlp.functions.train import train as run

    with bar(word("cli.train.bar")) as reached:
        report = run(files, out, overwrite=force, lessons=for_functions(lessons), reached=reached)
    shown: dict[str, Any] = {"examples": report.examples, "families": report.families, "path": report.path}
    labels = word("cli.comma").join(told_label(label) for label in report.labels)
    print(word("cli.train.functions", labels=labels, bytes=f"{report.bytes:,}", **shown))
