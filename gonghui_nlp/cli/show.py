"""``gonghui show``: the outline of a text in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gonghui_nlp.cli.common import Config, Encoding, Lang, Spoken, analyzed, settings_of
from gonghui_nlp.text.visible import visible


def show(
    file: Annotated[Path, typer.Argument(help="One text file.")],
    events: Annotated[bool, typer.Option("--events", help="List the events under each section.")] = False,
    issues: Annotated[bool, typer.Option("--issues", help="List what a reader should know about the text.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the outline as Markdown.")] = False,
    encoding: Encoding = None,
    config: Config = None,
    lang: Lang = Spoken.auto,
) -> None:
    """Print the outline of a text as a tree, with its events, sums and heads counted."""
    document = analyzed(file, encoding, settings_of(config))
    if markdown:
        from gonghui_nlp.outline.tree import to_markdown

        print(visible(to_markdown(document)))
        return
    from gonghui_nlp.display.terminal import print_document

    print_document(document, events=events, issues=issues)
