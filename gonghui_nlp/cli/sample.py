"""``gonghui sample``: what to annotate, drawn from an archive or from its tables."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer

from gonghui_nlp.cli.common import Config, Lang, Spoken, fail, say, settings_of
from gonghui_nlp.words import told, word


class By(StrEnum):
    """What the strata are."""

    group = "group"
    kind = "kind"
    decade = "decade"
    function = "function"


class Unsure(StrEnum):
    """Of what the model is not sure."""

    events = "events"
    functions = "functions"


class Unit(StrEnum):
    """What is drawn."""

    paragraphs = "paragraphs"
    documents = "documents"


def sample(
    inputs: Annotated[
        list[Path], typer.Argument(help="Texts, archives or folders of them; or a folder that `gonghui convert` wrote.")
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder for the texts drawn and their list.")],
    number: Annotated[int, typer.Option("-n", "--number", min=1, help="How many to draw.")] = 100,
    by: Annotated[
        By | None, typer.Option(help="Draw evenly over groups, kinds of document, decades or functions.")
    ] = None,
    unsure: Annotated[
        Unsure | None, typer.Option(help="First those where the model is least sure: of events or of functions.")
    ] = None,
    unit: Annotated[Unit, typer.Option(help="What is drawn: paragraphs or documents.")] = Unit.paragraphs,
    seed: Annotated[int, typer.Option(help="Another number draws another sample.")] = 0,
    groups: Annotated[Path | None, typer.Option(help="CSV file of sources and their groups, for --by group.")] = None,
    config: Config = None,
    lang: Lang = Spoken.auto,
) -> None:
    """Draw what to annotate, each copy once, for `gonghui annotate export`."""
    from gonghui_nlp.archive import convert
    from gonghui_nlp.evaluation.report import read_groups
    from gonghui_nlp.evaluation.sampling import draw, write
    from gonghui_nlp.evaluation.sides import are_tables

    given: dict[str, Any] = {"by": by and by.value, "unsure": unsure and unsure.value, "unit": unit.value, "seed": seed}
    given["groups"] = read_groups(groups) if groups else None
    if any(map(are_tables, inputs)):
        if len(inputs) > 1 or unit is Unit.documents:
            fail(told("sample takes one folder of tables, and documents only from the texts themselves"))
        drawn = draw(inputs[0], number, **given)
        write(drawn, out)
    else:
        with TemporaryDirectory() as scratch:
            folder = Path(scratch, "tables")
            convert(inputs, folder, to="csv", settings=settings_of(config))
            drawn = draw(folder, number, **given)
        texts = _texts(inputs, {d.source for d in drawn}) if unit is Unit.documents else {}
        write(drawn, out, (lambda d: texts[d.source][d.start : d.end]) if texts else None)
    say(word("cli.sample.done", n=len(drawn), out=out, texts=out / "texts"))


def _texts(inputs: list[Path], sources: set[str]) -> dict[str, str]:
    from gonghui_nlp.readers import find_files, read_entry

    found = (source for entry in find_files(inputs) for source in read_entry(entry))
    return {source.name: source.text for source in found if source.name in sources}
