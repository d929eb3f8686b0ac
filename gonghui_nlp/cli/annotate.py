"""``gonghui annotate``: what was found to an annotation tool, and what was corrected there back as gold."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

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
    spacy = "spacy"


class What(StrEnum):
    """What is annotated."""

    events = "events"
    functions = "functions"
    all = "all"


def annotate(
    way: Annotated[Way, typer.Argument(help="export texts with what was found, or import what was corrected.")],
    inputs: Annotated[list[Path], typer.Argument(help="Texts or folders to export; or what the tool exported.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="File to export to (brat: folder); folder for the gold.")],
    tool: Annotated[
        Tool, typer.Option(help="The tool: label-studio, doccano, brat or spacy (a DocBin).")
    ] = Tool.label_studio,
    layer: Annotated[
        What, typer.Option("--what", help="events with arguments and quantities, functions of paragraphs, or all.")
    ] = What.events,
    annotator: Annotated[
        str | None, typer.Option(help="Import the work of this person (Label Studio: number or address).")
    ] = None,
    config: Config = None,
    lang: Lang = Spoken.auto,
) -> None:
    """Take what was found to an annotation tool, and what was corrected there back as gold."""
    if tool is Tool.spacy:
        import gonghui_nlp.adapters.docbin  # noqa: F401  makes the form known
    if way is Way.export:
        _export(inputs, out, tool, layer, settings_of(config))
    else:
        _import(inputs, out, tool, annotator, settings_of(config))


def _export(inputs: list[Path], out: Path, tool: Tool, what: What, settings: Any) -> None:
    from gonghui_nlp.evaluation.annotation import task_of, write_export
    from gonghui_nlp.pipeline import analyze_many
    from gonghui_nlp.readers import read

    sources, failed = [], 0
    for source in (source for path in inputs for source in read(path)):
        if source.status == "ok":
            sources.append(source)
        else:
            failed += 1
            say(word("cli.failed", name=source.name, why=told(source.message)))
    tasks = [task_of(document, what.value) for document in analyze_many(sources, settings)]
    write_export(tasks, out, tool.value)
    say(word("cli.annotate.exported", n=len(tasks), out=out))
    raise typer.Exit(1 if failed else 0)


def _import(inputs: list[Path], out: Path, tool: Tool, annotator: str | None, settings: Any) -> None:
    from gonghui_nlp.evaluation.annotation import Refused, read_export, to_gold
    from gonghui_nlp.evaluation.lessons import TEXTS
    from gonghui_nlp.files import write_whole

    (out / TEXTS).mkdir(parents=True, exist_ok=True)
    taken, refused = 0, []
    written: set[str] = set()
    for path in inputs:
        tasks, wrong = read_export(path, tool.value, annotator)
        refused += wrong
        for task in tasks:
            name = Path(task.name).name.split(".")[0]
            if name in written:
                refused.append(
                    Refused(task.name, "another text of this name was imported; import it into a folder of its own")
                )
                continue
            written.add(name)
            records, wrong = to_gold(task, settings)
            refused += wrong
            lines = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
            write_whole(out / f"{name}.jsonl", lines.encode("utf-8", "replace"))
            # What the offsets point into, and what models learn from.
            write_whole(out / TEXTS / f"{name}.txt", task.text.encode("utf-8", "replace"))
            taken += len(records)
    for where, why in refused:
        say(word("cli.annotate.refused", where=where, why=told(why)))
    say(word("cli.annotate.imported", n=taken, refused=len(refused), out=out))
    raise typer.Exit(1 if refused else 0)
