"""The command: ``gonghui convert · show · view · dedup · train · evaluate``, one module a command.

Exit status: 0 all went well, 1 some files failed (they are listed in ``sources``), 2 a wrong call or a place that
cannot be written, 128 and the number of the signal when stopped.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import io
import os
import signal
import sys
from types import FrameType
from typing import Annotated

import typer

from gonghui_nlp.cli.annotate import annotate
from gonghui_nlp.cli.common import Lang, Spoken, fail, say
from gonghui_nlp.cli.convert import convert
from gonghui_nlp.cli.dedup import dedup
from gonghui_nlp.cli.evaluate import evaluate
from gonghui_nlp.cli.sample import sample
from gonghui_nlp.cli.show import show
from gonghui_nlp.cli.spoken import Command, Group, heard
from gonghui_nlp.cli.train import train
from gonghui_nlp.cli.view import view
from gonghui_nlp.errors import GonghuiError
from gonghui_nlp.version import __version__
from gonghui_nlp.words import speaking, told, word


def _say_version(wanted: bool) -> None:
    if wanted:
        print(f"gonghui_nlp {__version__}")
        raise typer.Exit


app = typer.Typer(
    cls=Group,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for command in (convert, show, view, dedup, train, evaluate, sample, annotate):
    app.command(cls=Command)(command)


@app.callback()
def every_command(
    lang: Lang = Spoken.auto,
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Chinese trade-union (工会) work summaries turned into data."""


def main() -> None:
    """Runs the command; an error of ours, of the system or of the place it writes to is one line and exit status 2."""
    gc.set_threshold(50_000)  # a start makes so much that lasts: looking for cycles in it took a tenth of the time
    atexit.register(gc.freeze)  # and so did looking for cycles in what the system takes back at the end
    _prepare_streams()
    _stop_on_signals()
    with speaking(heard(sys.argv[1:])):
        _run()


def _run() -> None:
    try:
        app()
    except SystemExit:
        _flush()
        raise
    except GonghuiError as error:
        fail(told(str(error)))
    except BrokenPipeError:
        _quiet()
        raise SystemExit(1) from None
    except OSError as error:
        _quiet()
        where = f"{error.filename}: " if error.filename else ""
        fail(f"{where}{told(error.strerror or str(error))}")


def _prepare_streams() -> None:
    """Text goes out in the terminal's own encoding; what that lacks is shown as an escape. A closed stream is none."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _stop_on_signals() -> None:
    """Ctrl-C and the signals that end a program let the work be cleared away first; a second one ends it at once."""

    def stop(number: int, frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        say(f"gonghui: {word('cli.stopped')}")
        raise SystemExit(128 + number)

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:  # as under nohup
            signal.signal(number, stop)


def _flush() -> None:
    """What could not be written to standard output is an error, not a message of the interpreter at its end."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _quiet()
    except OSError as error:
        _quiet()
        fail(word("cli.standard_output", reason=told(error.strerror or str(error))))


def _quiet() -> None:
    """Standard output goes nowhere from now on: Python would complain once more at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
