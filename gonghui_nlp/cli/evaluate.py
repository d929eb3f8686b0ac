"""``gonghui evaluate``: tables against gold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gonghui_nlp.cli.common import Lang, Spoken


def evaluate(
    tables: Annotated[Path, typer.Argument(help="Folder that `gonghui convert` wrote.")],
    gold: Annotated[list[Path], typer.Argument(help="Gold files in JSON Lines.")],
    errors: Annotated[str | None, typer.Option(help="List the errors of one kind: events, amounts, sections …")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,
    lang: Lang = Spoken.auto,
) -> None:
    """Score tables against gold annotation."""
    from gonghui_nlp.display.terminal import print_errors, print_scores
    from gonghui_nlp.evaluation.scores import evaluate as run

    result = run(tables, gold)
    if errors:
        print_errors(result, errors)
    else:
        print_scores(result, as_json=as_json)
