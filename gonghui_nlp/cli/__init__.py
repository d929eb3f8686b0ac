"""The command: ``gonghui convert · show · view · dedup · train · evaluate``, one module a command.

Exit status: 0 all went well, 1 some files failed (they are listed in ``sources``), 2 a wrong call.
"""

from __future__ import annotations

import os
import sys

import typer

from gonghui_nlp.cli.common import fail
from gonghui_nlp.cli.convert import convert
from gonghui_nlp.cli.dedup import dedup
from gonghui_nlp.cli.evaluate import evaluate
from gonghui_nlp.cli.show import show
from gonghui_nlp.cli.train import train
from gonghui_nlp.cli.view import view
from gonghui_nlp.errors import GonghuiError

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Chinese trade-union (工会) work summaries turned into data.",
)
for command in (convert, show, view, dedup, train, evaluate):
    app.command()(command)


def main() -> None:
    """Runs the command; an error of ours is one line on standard error and exit status 2."""
    try:
        app()
    except GonghuiError as error:
        fail(str(error))
    except BrokenPipeError:
        # The reader (head, less) went away; Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
