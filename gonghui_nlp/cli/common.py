"""What several commands share: options, settings, one text read, the line that ends a wrong call."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from gonghui_nlp.schema import Document

Encoding = Annotated[str | None, typer.Option(help="Read every file in this encoding instead of finding it out.")]
Config = Annotated[Path | None, typer.Option("--config", help="Settings in a TOML file.")]


def fail(message: str) -> NoReturn:
    print(f"gonghui: {message}", file=sys.stderr)
    raise SystemExit(2)


def settings_of(path: Path | None, **given: Any) -> Any:
    """The settings of the file, what was given on the command line before them."""
    from dataclasses import replace

    from gonghui_nlp.settings import Settings

    settings = Settings.load(path) if path else Settings()
    return replace(settings, **{name: value for name, value in given.items() if value is not None})


def analyzed(file: Path, encoding: str | None) -> Document:
    from gonghui_nlp.pipeline import analyze
    from gonghui_nlp.readers import check_encoding, read_file

    check_encoding(encoding)
    if file.is_dir():
        fail(f"{file}: is a folder; give one text file")
    source = read_file(file, encoding=encoding)
    if source.status == "failed":
        fail(f"{file}: {source.message}")
    return analyze(source)
