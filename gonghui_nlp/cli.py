"""The command: ``gonghui convert · show · view · dedup · train · evaluate``.

Exit status: 0 all went well, 1 some files failed (they are listed in ``sources``), 2 a wrong call.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from gonghui_nlp.errors import GonghuiError

if TYPE_CHECKING:
    from gonghui_nlp.batch import Report, Tally
    from gonghui_nlp.model import Document


class Scheme(StrEnum):
    """How building is counted."""

    default = "default"
    classical = "classical"


app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Chinese trade-union (工会) work summaries turned into data.",
)

Encoding = Annotated[str | None, typer.Option(help="Read every file in this encoding instead of finding it out.")]
Config = Annotated[Path | None, typer.Option("--config", help="Settings in a TOML file.")]


def main() -> None:
    """Runs the command; an error of ours is one line on standard error and exit status 2."""
    try:
        app()
    except GonghuiError as error:
        _fail(str(error))
    except BrokenPipeError:
        # The reader (head, less) went away; Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None


def _fail(message: str) -> NoReturn:
    print(f"gonghui: {message}", file=sys.stderr)
    raise SystemExit(2)


def _settings(path: Path | None, **given: Any) -> Any:
    """The settings of the file, what was given on the command line before them."""
    from dataclasses import replace

    from gonghui_nlp.config import Settings

    settings = Settings.load(path) if path else Settings()
    return replace(settings, **{name: value for name, value in given.items() if value is not None})


@app.command()
def convert(
    inputs: Annotated[list[Path], typer.Argument(help="Text files, or folders of text files.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder for the tables.")],
    zh: Annotated[bool, typer.Option("--zh", help="Chinese headers and coded values.")] = False,
    jobs: Annotated[int | None, typer.Option("-j", "--jobs", help="Processes; default: one a processor.")] = None,
    encoding: Encoding = None,
    scheme: Annotated[
        Scheme | None, typer.Option(help="classical sets building the union itself (自身建设) apart.")
    ] = None,
    cues: Annotated[
        int | None, typer.Option(min=0, help="Keep so many words that spoke for a paragraph's function (slow).")
    ] = None,
    model: Annotated[Path | None, typer.Option(help="A function model of your own, from `gonghui train`.")] = None,
    config: Config = None,
) -> None:
    """Turn an archive of texts into tables (CSV files)."""
    from gonghui_nlp.batch import convert as run

    settings = _settings(config, scheme=scheme and scheme.value, cues=cues, model=model and str(model))

    with _progress() as progress:
        report = run(
            inputs,
            out,
            zh=zh,
            jobs=(os.cpu_count() or 1) if jobs is None else jobs,
            encoding=encoding,
            settings=settings,
            progress=progress,
        )
    _summary(report)
    raise typer.Exit(1 if report.tally.failed else 0)


@contextmanager
def _progress() -> Iterator[Any]:
    """A progress bar on a terminal (files done, characters a second, time left), nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("converting"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("", total=None, rate="")

        def show(tally: Tally, files: int) -> None:
            elapsed = bar.tasks[task].elapsed or 0.0
            rate = f"{tally.chars / elapsed:,.0f} characters/s" if elapsed else ""
            bar.update(task, total=files, completed=tally.files, rate=rate)

        yield show


def _summary(report: Report) -> None:
    """The closing lines, on standard error so that standard output stays free for data."""
    t = report.tally
    for name, message in report.failures:
        print(f"failed: {name}: {message}", file=sys.stderr)
    if report.skipped:
        kinds = ", ".join(f"{n} {suffix}" for suffix, n in report.skipped.items())
        print(f"passed over as no texts: {kinds}", file=sys.stderr)
    print(
        f"{t.files} files, {t.documents} documents, {t.events} events, {t.failed} failed"
        f" — {t.chars:,} characters in {report.seconds:.1f} s; tables in {report.out}",
        file=sys.stderr,
    )


@app.command()
def show(
    file: Annotated[Path, typer.Argument(help="One text file.")],
    events: Annotated[bool, typer.Option("--events", help="List the events under each section.")] = False,
    issues: Annotated[bool, typer.Option("--issues", help="List what a reader should know about the text.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the outline as Markdown.")] = False,
    encoding: Encoding = None,
) -> None:
    """Print the outline of a text as a tree, with its events, sums and heads counted."""
    document = _analyzed(file, encoding)
    if markdown:
        from gonghui_nlp.structure.tree import to_markdown

        print(to_markdown(document))
        return
    from gonghui_nlp.view.terminal import print_document

    print_document(document, events=events, issues=issues)


def _analyzed(file: Path, encoding: str | None) -> Document:
    from gonghui_nlp.pipeline import analyze
    from gonghui_nlp.reading import check_encoding, read_file

    check_encoding(encoding)
    if file.is_dir():
        _fail(f"{file}: is a folder; give one text file")
    source = read_file(file, encoding=encoding)
    if source.status == "failed":
        _fail(f"{file}: {source.message}")
    return analyze(source)


@app.command()
def view(
    file: Annotated[Path, typer.Argument(help="One text file.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="The HTML file to write.")],
    encoding: Encoding = None,
) -> None:
    """Write a text as an HTML page with everything found in it coloured."""
    from gonghui_nlp.errors import OutputError
    from gonghui_nlp.view.html import page

    try:
        out.write_text(page(_analyzed(file, encoding)), encoding="utf-8", errors="replace")
    except OSError as error:
        raise OutputError(f"{out}: {error.strerror}; choose a file that can be written") from error


@app.command()
def dedup(
    inputs: Annotated[list[Path], typer.Argument(help="Text files, or folders of text files.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder for the clusters, templates and differences.")],
    unit: Annotated[str, typer.Option(help="What is compared: documents or paragraphs.")] = "documents",
    threshold: Annotated[float | None, typer.Option(help="Jaccard similarity of copies, 0 to 1.")] = None,
    index: Annotated[
        Path | None, typer.Option(help="Keep signatures here and compare with those of earlier runs.")
    ] = None,
    engine: Annotated[str, typer.Option(help="local, or dask for a cluster.")] = "local",
    scheduler: Annotated[str | None, typer.Option(help="Address of the Dask scheduler, tcp://host:port.")] = None,
    encoding: Encoding = None,
) -> None:
    """Find near-identical texts and show what was changed in them."""
    from gonghui_nlp.batch.dedup import dedup as run

    report = run(
        inputs, out, unit=unit, threshold=threshold, index=index, engine=engine, scheduler=scheduler, encoding=encoding
    )
    for name, message in report.failures:
        print(f"failed: {name}: {message}", file=sys.stderr)
    print(
        f"{report.texts} {unit} compared: {report.clusters} clusters of several, {report.copies} copies;"
        f" what was changed in {report.out}",
        file=sys.stderr,
    )
    raise typer.Exit(1 if report.failures else 0)


@app.command()
def train(
    corpus: Annotated[
        list[Path], typer.Option("--corpus", help="Labelled paragraphs: JSON Lines files, or folders of them.")
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="Where to write the model.")],
    force: Annotated[bool, typer.Option("--force", help="Overwrite what is there, the shipped model too.")] = False,
) -> None:
    """Train a function classifier from labelled paragraphs."""
    from gonghui_nlp.functions.train import train as run

    report = run(corpus, out, overwrite=force)
    print(
        f"{report.examples} paragraphs of {report.families} families, labels {', '.join(report.labels)}:"
        f" {report.path} ({report.bytes:,} bytes)"
    )


@app.command()
def evaluate(
    tables: Annotated[Path, typer.Argument(help="Folder that `gonghui convert` wrote.")],
    gold: Annotated[list[Path], typer.Argument(help="Gold files in JSON Lines.")],
    errors: Annotated[str | None, typer.Option(help="List the errors of one kind: events, amounts, sections …")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,
) -> None:
    """Score tables against gold annotation."""
    from gonghui_nlp.evaluate import evaluate as run
    from gonghui_nlp.view.terminal import print_errors, print_scores

    result = run(tables, gold)
    if errors:
        print_errors(result, errors)
    else:
        print_scores(result, as_json=as_json)


if __name__ == "__main__":
    main()
