"""``gonghui train``: models from labelled records."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


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
