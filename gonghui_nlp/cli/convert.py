"""``gonghui convert``: an archive becomes tables."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gonghui_nlp.cli.common import Config, Encoding, Lang, Spoken, bar, fail, say, settings_of
from gonghui_nlp.named import plugged
from gonghui_nlp.text.visible import visible
from gonghui_nlp.words import spoken, told, word

if TYPE_CHECKING:
    from gonghui_nlp.archive import Report


class Scheme(StrEnum):
    """How building is counted."""

    default = "default"
    classical = "classical"


def convert(
    inputs: Annotated[
        list[Path], typer.Argument(help="Files and archives, or folders of them; what a file is, its bytes say.")
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder for the tables.")],
    to: Annotated[
        str,
        typer.Option("--format", "--to", help="Formats, with commas between: csv, xlsx (one workbook), or your own."),
    ] = "csv,xlsx",
    zh: Annotated[
        bool, typer.Option("--zh", help="Headers and values of tables in Chinese, whatever language is spoken.")
    ] = False,
    jobs: Annotated[int | None, typer.Option("-j", "--jobs", help="Processes; default: one a processor.")] = None,
    encoding: Encoding = None,
    scheme: Annotated[
        Scheme | None,
        typer.Option(metavar="default|classical", help="classical sets building the union itself (自身建设) apart."),
    ] = None,
    cues: Annotated[
        int | None, typer.Option(min=0, help="Keep so many words that spoke for a paragraph's function (slow).")
    ] = None,
    model: Annotated[
        list[Path] | None,
        typer.Option(
            help="A model of your own, from `gonghui train`: a file of functions, a folder of events, or both."
        ),
    ] = None,
    events: Annotated[Path | None, typer.Option(help="A folder of event models of your own, likewise.")] = None,
    min_confidence: Annotated[
        float | None, typer.Option(min=0.0, max=1.0, help="Leave out events of a lower confidence.")
    ] = None,
    text_column: Annotated[
        str | None, typer.Option(help="Read tables (csv, xlsx, jsonl, parquet …), a text a row, from this column.")
    ] = None,
    plugin: Annotated[
        list[str] | None,
        typer.Option(help="A module of your own with a reader, writer or table: its name or .py file."),
    ] = None,
    config: Config = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run into OUT that was stopped.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List what would be read, and write nothing.")] = False,
    timeout: Annotated[float, typer.Option(min=0, help="Seconds that one file may take; 0: no limit.")] = 600.0,
    memory: Annotated[
        int | None, typer.Option(min=0, help="Megabytes that one file may take; default: the machine's by jobs.")
    ] = None,
    engine: Annotated[str, typer.Option(help="local, or dask for a cluster.")] = "local",
    scheduler: Annotated[str | None, typer.Option(help="Address of the Dask scheduler, tcp://host:port.")] = None,
    lang: Lang = Spoken.auto,
) -> None:
    """Turn an archive of texts into tables."""
    settings = settings_of(
        config,
        scheme=scheme and scheme.value,
        cues=cues,
        **_models(model or [], events),
        min_confidence=min_confidence,
        text_column=text_column,
        plugins=tuple(plugin) if plugin else None,
    )
    if dry_run:
        plugged(settings.plugins)
        _list(inputs)
        return
    from gonghui_nlp.archive import convert as run

    jobs = (os.cpu_count() or 1) if jobs is None else jobs
    with _kept(out), bar(word("cli.convert.bar"), word("cli.convert.tables")) as reached:
        report = run(
            inputs,
            out,
            to=to,
            zh=zh or spoken() == "zh",
            names=spoken(),
            jobs=jobs,
            encoding=encoding,
            settings=settings,
            reached=reached,
            resume=resume,
            engine=engine,
            scheduler=scheduler,
            timeout=timeout or None,
            memory=_share(jobs) if memory is None else memory or None,
        )
    _summary(report)
    raise typer.Exit(1 if report.tally.failed else 0)


def _models(given: list[Path], events: Path | None) -> dict[str, Any]:
    """What a model is, its place says: one of functions is a file, those of events a folder."""
    files = [path for path in given if not path.is_dir()]
    folders = [*(path for path in given if path.is_dir()), *([events] if events else [])]
    if len(files) > 1 or len(folders) > 1:
        fail(told("give one model of functions (a file) and one of events (a folder)"))
    return {"model": next(iter(files), None), "events": next(iter(folders), None)}


def _list(inputs: list[Path]) -> None:
    """What would be read and what would not, an entry a line, on standard output."""
    from gonghui_nlp.archive.convert import texts_at

    counts: dict[str, int] = {}
    for entry in texts_at(inputs):
        what = word(f"cli.convert.{'skipped_one' if entry.status == 'skipped' else entry.status}")
        counts[what] = counts.get(what, 0) + 1
        said = (what, entry.name, told(entry.message))
        print("\t".join(visible(part) for part in said if part))
    many = word("cli.comma").join(f"{n} {what}" for what, n in counts.items())
    say(word("cli.convert.listed", counts=many))


def _share(jobs: int) -> int | None:
    """The megabytes of the machine's memory for each of the processes; None where nobody knows how many it has."""
    try:
        return max(1, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // max(jobs, 1) >> 20)
    except (AttributeError, ValueError, OSError):
        return None


@contextmanager
def _kept(out: Path) -> Iterator[None]:
    """Says, where the run ends before it has finished, that its work is not lost."""
    try:
        yield
    except BaseException:
        from gonghui_nlp.archive.staging import kept_for

        with suppress(Exception):
            if kept_for(out):
                say(word("cli.convert.kept"))
        raise


def _summary(report: Report) -> None:
    """The closing lines, on standard error so that standard output stays free for data."""
    t = report.tally
    for name, message in report.failures:
        say(word("cli.failed", name=name, why=told(message)))
    if report.skipped:
        kinds = word("cli.comma").join(f"{n} {told(kind, group='message.file')}" for kind, n in report.skipped.items())
        say(word("cli.convert.skipped", kinds=kinds))
    if t.doubtful:
        say(word("cli.convert.doubtful", n=t.doubtful))
    given: dict[str, Any] = {
        "files": t.files,
        "documents": t.documents,
        "events": t.events,
        "failed": t.failed,
        "out": report.out,
    }
    say(word("cli.convert.done", chars=f"{t.chars:,}", seconds=f"{report.seconds:.1f}", **given))
