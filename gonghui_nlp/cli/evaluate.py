"""``gonghui evaluate``: tables, or what a second annotator labelled, against gold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gonghui_nlp.cli.common import Lang, Spoken, bar, fail, say
from gonghui_nlp.words import told, word


def evaluate(
    inputs: Annotated[
        list[Path],
        typer.Argument(
            metavar="GOLD... PRED",
            help="Gold in JSON Lines, files or folders; then a folder that `gonghui convert` wrote, or a second gold.",
        ),
    ],
    errors: Annotated[str | None, typer.Option(help="List the errors of one kind: events, amounts, sections …")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="Folder for the scores and all errors as CSV, as a workbook and as a page."),
    ] = None,
    groups: Annotated[
        Path | None,
        typer.Option(help="CSV file of sources and their groups; the scores of each group are written too."),
    ] = None,
    lang: Lang = Spoken.auto,
) -> None:
    """Score tables, or a second annotator, against gold annotation."""
    from gonghui_nlp.display.scores import write as write_page
    from gonghui_nlp.display.tallies import print_errors, print_scores
    from gonghui_nlp.evaluation import report
    from gonghui_nlp.evaluation.scores import evaluate as run
    from gonghui_nlp.evaluation.sides import are_tables

    tables = [path for path in inputs if are_tables(path)]
    if len(inputs) < 2 or len(tables) > 1:
        fail(told("evaluate takes gold and what is scored against it: one folder of tables, or a second gold"))
    # Tables are known as such wherever they stand.
    scored = tables[0] if tables else inputs[-1]
    given = report.read_groups(groups) if groups else {}
    with bar(word("cli.evaluate.bar")) as reached:
        result = run(scored, [path for path in inputs if path != scored], reached)
    if out is not None:
        report.write(result, out, given)
        write_page(result, out, given)
        say(word("cli.evaluate.written", out=out, errors=len(result.errors)))
    if errors:
        print_errors(result, errors)
    else:
        print_scores(result, as_json=as_json)
