"""``gonghui view``: a text as a page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gonghui_nlp.cli.common import Encoding, Lang, Spoken, analyzed

# So many of the words that spoke for a paragraph's function are told with it.
_WORDS = 5


def view(
    file: Annotated[Path, typer.Argument(help="One text file.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="The HTML file to write.")],
    encoding: Encoding = None,
    lang: Lang = Spoken.auto,
) -> None:
    """Write a text as an HTML page with everything found in it coloured."""
    from gonghui_nlp.display.page import GENERATOR, page
    from gonghui_nlp.errors import OutputError
    from gonghui_nlp.files import write_whole

    if out.exists():
        if out.is_dir():
            raise OutputError(f"{out}: is a folder; give the name of an HTML file")
        if out.samefile(file):
            raise OutputError(f"{out}: is the text itself; choose another file")
        with out.open("rb") as there:
            if GENERATOR.encode() not in there.read(4096):
                raise OutputError(f"{out}: is a file that gonghui did not write; choose another file")
    try:
        write_whole(out, page(analyzed(file, encoding, cues=_WORDS)).encode("utf-8", "replace"))
    except OSError as error:
        raise OutputError(f"{out}: {error.strerror}; choose a file that can be written") from error
