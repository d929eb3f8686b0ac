"""``gonghui view``: a text, a folder of texts or a converted folder as a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gonghui_nlp.cli.common import Config, Encoding, Lang, Spoken, analyzed, say, settings_of
from gonghui_nlp.errors import InputError
from gonghui_nlp.words import told, word

if TYPE_CHECKING:
    from gonghui_nlp.display.texts import Text
    from gonghui_nlp.schema import Source


def view(
    what: Annotated[
        Path, typer.Argument(help="A text file, a folder of text files, or a folder that `gonghui convert` wrote.")
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="The HTML file to write.")],
    encoding: Encoding = None,
    cues: Annotated[
        int, typer.Option(min=0, help="Keep so many words that spoke for a paragraph's function (slow).")
    ] = 0,
    config: Config = None,
    lang: Lang = Spoken.auto,
) -> None:
    """Write texts as one HTML page: everything found in them, coloured where it stands."""
    from gonghui_nlp.display.page import page_of
    from gonghui_nlp.display.texts import of_documents
    from gonghui_nlp.errors import OutputError
    from gonghui_nlp.files import write_whole
    from gonghui_nlp.pipeline import analyze_many
    from gonghui_nlp.tables.manifest import MANIFEST

    _check(out, what)
    settings = settings_of(config, cues=cues or None)
    if (what / MANIFEST).is_file():
        texts = _written(what)
    else:
        sources = _sources(what, encoding)
        several = what.is_dir() or len(sources) > 1  # an archive
        documents = analyze_many(sources, settings) if several else [analyzed(what, encoding, settings)]
        texts = of_documents(documents)
    many = what.is_dir() or len(texts) > 1
    title = what.resolve().name if many else ""
    try:
        write_whole(out, page_of(texts, title=title, many=many).encode("utf-8", "replace"))
    except OSError as error:
        raise OutputError(f"{out}: {error.strerror}; choose a file that can be written") from error
    say(word("cli.view.done", n=len(texts), out=out))


def _check(out: Path, what: Path) -> None:
    from gonghui_nlp.display.page import GENERATOR
    from gonghui_nlp.errors import OutputError

    if out.exists():
        if out.is_dir():
            raise OutputError(f"{out}: is a folder; give the name of an HTML file")
        if out.samefile(what):
            raise OutputError(f"{out}: is the text itself; choose another file")
        with out.open("rb") as there:
            if GENERATOR.encode() not in there.read(4096):
                raise OutputError(f"{out}: is a file that gonghui did not write; choose another file")


def _written(folder: Path) -> list[Text]:
    from gonghui_nlp.display.texts import of_tables
    from gonghui_nlp.tables import read_tables

    return list(of_tables(read_tables(folder), folder))


def _sources(what: Path, encoding: str | None) -> list[Source]:
    """The texts of a folder or an archive; what cannot be read is told of, and what is no text left out."""
    from gonghui_nlp.readers import read

    sources = []
    for source in read(what, encoding):
        if source.status == "failed" and what.is_dir():
            say(word("cli.failed", name=source.name, why=told(source.message)))
        elif source.status != "failed":
            sources.append(source)
    if what.is_dir() and not sources:
        raise InputError(f"{what}: no text files in there")
    return sources
