"""``gonghui annotate``: what was found to an annotation tool, and what was corrected there back as gold."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from gonghui_nlp.cli.common import Config, Lang, Spoken, say, settings_of
from gonghui_nlp.words import told, word


class Way(StrEnum):
    """Which way."""

    export = "export"
    import_ = "import"


class Tool(StrEnum):
    """The tools whose forms are written and read."""

    label_studio = "label-studio"
    doccano = "doccano"
    brat = "brat"


def annotate(
    way: Annotated[Way, typer.Argument(help="export texts with what was found, or import what was corrected.")],
    inputs: Annotated[list[Path], typer.Argument(help="Texts or folders to export; or what the tool exported.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="File to export to (brat: folder); folder for the gold.")],
    tool: Annotated[Tool, typer.Option(help="The tool: label-studio, doccano or brat.")] = Tool.label_studio,
    config: Config = None,
    lang: Lang = Spoken.auto,
) -> None:
    """Take what was found to an annotation tool, and what was corrected there back as gold."""
    from gonghui_nlp.evaluation.annotation import read_export, task_of, to_gold, write_export
    from gonghui_nlp.files import write_whole
    from gonghui_nlp.pipeline import analyze_many
    from gonghui_nlp.readers import read

    if way is Way.export:
        sources = [source for path in inputs for source in read(path) if source.status == "ok"]
        tasks = [task_of(document) for document in analyze_many(sources, settings_of(config))]
        write_export(tasks, out, tool.value)
        say(word("cli.annotate.exported", n=len(tasks), out=out))
        return
    out.mkdir(parents=True, exist_ok=True)
    taken, refused = 0, []
    for path in inputs:
        tasks, wrong = read_export(path, tool.value)
        refused += wrong
        for task in tasks:
            records, wrong = to_gold(task)
            refused += wrong
            lines = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
            write_whole(out / f"{Path(task.name).name.split('.')[0]}.jsonl", lines.encode("utf-8", "replace"))
            taken += len(records)
    for where, why in refused:
        say(word("cli.annotate.refused", where=where, why=told(why)))
    say(word("cli.annotate.imported", n=taken, refused=len(refused), out=out))
    raise typer.Exit(1 if refused else 0)
