"""``gonghui view``: a text as a page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gonghui_nlp.cli.common import Encoding, analyzed


def view(
    file: Annotated[Path, typer.Argument(help="One text file.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="The HTML file to write.")],
    encoding: Encoding = None,
) -> None:
    """Write a text as an HTML page with everything found in it coloured."""
    from gonghui_nlp.display.page import page
    from gonghui_nlp.errors import OutputError

    try:
        out.write_text(page(analyzed(file, encoding)), encoding="utf-8", errors="replace")
    except OSError as error:
        raise OutputError(f"{out}: {error.strerror}; choose a file that can be written") from error
