"""The command in the reader's language: help, usage and wrong calls, whichever place ``--lang`` stands at."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from shutil import get_terminal_size
from typing import Any

from rich.cells import cell_len, chop_cells
from typer.core import TyperCommand, TyperGroup

from gonghui_nlp.cli.values import lighten
from gonghui_nlp.resources import OURS, using
from gonghui_nlp.text.visible import visible
from gonghui_nlp.words import LANGUAGES, Language, known, language_of, speaking, spoken, told, word

_WIDEST = 100
_LEFT = 30


def heard(arguments: Sequence[str]) -> Language:
    """The language that the arguments ask for, else that of the locale; a wrong one is told of later."""
    wanted = "auto"
    for at, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and at + 1 < len(arguments):
            wanted = arguments[at + 1]
        elif argument.startswith("--lang="):
            wanted = argument.partition("=")[2]
    return language_of(wanted if wanted.lower() in LANGUAGES else "auto")


class Command(TyperCommand):
    """A command whose help is in the language spoken."""

    def get_params(self, ctx: Any) -> Any:
        return lighten(super().get_params(ctx))

    def get_help(self, ctx: Any) -> str:
        return _help(self, ctx)

    def get_usage(self, ctx: Any) -> str:
        return _usage(self, ctx)


class Group(TyperGroup):
    """The commands together; what is wrong with a call is told in one line and is exit status 2."""

    def get_params(self, ctx: Any) -> Any:
        return lighten(super().get_params(ctx))

    def get_help(self, ctx: Any) -> str:
        return _help(self, ctx)

    def get_usage(self, ctx: Any) -> str:
        return _usage(self, ctx)

    def main(self, *args: Any, standalone_mode: bool = True, **more: Any) -> Any:
        given = args[0] if args else more.get("args")
        more["standalone_mode"] = False
        with speaking(heard(sys.argv[1:] if given is None else given)), using(OURS):
            if not standalone_mode:
                return super().main(*args, **more)
            try:
                done = super().main(*args, **more)
            except Exception as error:  # Typer's own errors, of whichever class this version has
                if not hasattr(error, "format_message"):
                    raise
                _wrong_call(error)
                raise SystemExit(2) from None
            raise SystemExit(done if isinstance(done, int) else 0)


def _wrong_call(error: Any) -> None:
    message, context = error.format_message(), getattr(error, "ctx", None)
    if context is None or message == context.get_help():  # nothing was given: the help is what is missing
        print(visible(message), file=sys.stderr)
        return
    said = visible(told(message))
    print(context.get_usage(), word("cli.help.more", command=context.command_path), "", sep="\n", file=sys.stderr)
    print(word("cli.help.error", message=said), file=sys.stderr)


def _usage(command: Any, ctx: Any) -> str:
    # A Chinese colon is followed by no blank.
    pieces = [word("cli.help.usage") + ("" if spoken() == "zh" else " ") + ctx.command_path]
    pieces.append(word("cli.help.options_place"))
    if isinstance(command, TyperGroup):
        pieces.append(word("cli.help.command_place"))
    pieces += [_argument(p) for p in command.get_params(ctx) if p.param_type_name == "argument"]
    return " ".join(pieces)


def _argument(param: Any) -> str:
    name = _place(str(param.name)) + ("..." if param.nargs != 1 else "")
    return name if param.required else f"[{name}]"


def _place(name: str) -> str:
    """What stands for a value in help: ``OUT``, 结果."""
    key = f"cli.place.{name}"
    return word(key, "zh") if spoken() == "zh" and known(key) else name.upper()


def _help(command: Any, ctx: Any) -> str:
    width = min(get_terminal_size().columns, _WIDEST)
    parts = [
        _usage(command, ctx),
        "",
        *(f"  {line}" for line in _wrapped(told(command.help or "", group="help"), width - 2)),
    ]
    shown = [p for p in command.get_params(ctx) if not p.hidden] if hasattr(command, "get_params") else []
    for kind, title in (("argument", "cli.help.arguments"), ("option", "cli.help.options")):
        rows = [(_name(p), _about(p)) for p in shown if p.param_type_name == kind]
        parts += _section(word(title), rows, width)
    if isinstance(command, TyperGroup):
        rows = [(name, told(c.help or "", group="help")) for name, c in command.commands.items()]
        parts += _section(word("cli.help.commands"), rows, width)
    return "\n".join(parts)


def _name(param: Any) -> str:
    if param.param_type_name == "argument":
        return _argument(param)
    names = ", ".join(sorted(param.opts, key=len))
    return names if getattr(param, "is_flag", False) else f"{names} {param.metavar or _place(str(param.name))}"


def _about(param: Any) -> str:
    words = told(param.help or "", group="help")
    default = param.default
    if param.required:
        return f"{words}{word('cli.help.required')}"
    if default is None or callable(default) or getattr(param, "is_flag", False):
        return words
    shown = f"{default:g}" if isinstance(default, float) else getattr(default, "value", default)
    return f"{words}{word('cli.help.default', value=shown)}"


def _section(title: str, rows: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    """The rows in two columns, counted in the cells of a terminal: a Chinese character takes two."""
    if not rows:
        return
    yield from ("", f"{title}")
    left = min(max(cell_len(name) for name, _ in rows), _LEFT)
    for name, about in rows:
        lines = _wrapped(about, max(width - left - 4, 20))
        if cell_len(name) > left:
            yield f"  {name}"
        else:
            yield f"  {name}{' ' * (left - cell_len(name))}  {lines.pop(0) if lines else ''}".rstrip()
        yield from (" " * (left + 4) + line for line in lines)


def _wrapped(text: str, width: int) -> list[str]:
    """Lines of at most so many cells; Chinese is broken anywhere, but never before a mark that ends a clause."""
    lines, line = [], ""
    for token in _tokens(text):
        if line and cell_len(line + token.rstrip()) > width:
            lines.append(line.rstrip())
            line = token.lstrip()
        else:
            line += token
        while cell_len(line) > width:
            first, *_ = chop_cells(line, width)
            lines.append(first)
            line = line[len(first) :]
    return [*lines, line.rstrip()] if line.strip() else lines


def _tokens(text: str) -> Iterator[str]:
    token = ""
    for character in text:
        wide = cell_len(character) > 1
        if token and (token[-1] == " " or (wide and character not in "，。；：、）》”")):
            yield token
            token = ""
        token += character
    yield token
