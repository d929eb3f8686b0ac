"""``gonghui dedup``: which texts are copies of each other."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from gonghui_nlp.cli.common import Config, Encoding, Lang, Spoken, bar, say, settings_of
from gonghui_nlp.words import told, word


def dedup(
    inputs: Annotated[
        list[Path], typer.Argument(help="Files and archives, or folders of them; what a file is, its bytes say.")
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder for the clusters, templates and differences.")],
    unit: Annotated[str, typer.Option(help="What is compared: documents or paragraphs.")] = "documents",
    threshold: Annotated[float | None, typer.Option(help="Jaccard similarity of copies, 0 to 1.")] = None,
    index: Annotated[
        Path | None, typer.Option(help="Keep texts and signatures here and compare with those of earlier runs.")
    ] = None,
    engine: Annotated[str, typer.Option(help="local, or dask for a cluster.")] = "local",
    scheduler: Annotated[str | None, typer.Option(help="Address of the Dask scheduler, tcp://host:port.")] = None,
    encoding: Encoding = None,
    config: Config = None,
    lang: Lang = Spoken.auto,
) -> None:
    """Find near-identical texts and show what was changed in them."""
    from gonghui_nlp.archive.dedup import dedup as run
    from gonghui_nlp.display.copies import draw

    settings_of(config)
    with bar(word("cli.dedup.bar"), word("cli.dedup.comparing")) as reached:
        report = run(
            inputs,
            out,
            unit=unit,
            threshold=threshold,
            index=index,
            engine=engine,
            scheduler=scheduler,
            encoding=encoding,
            draw=draw,
            reached=reached,
        )
    for name, message in report.failures:
        say(word("cli.failed", name=name, why=told(message)))
    given: dict[str, Any] = {
        "texts": report.texts,
        "clusters": report.clusters,
        "copies": report.copies,
        "out": report.out,
    }
    say(word(f"cli.dedup.{unit}", **given))
    raise typer.Exit(1 if report.failures else 0)
