"""What the reference pages say is read from the code while the site is built: `<!-- made: columns -->` becomes it."""

from __future__ import annotations

import inspect
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # the theme's advertisement is no finding of ours
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import typer

import gonghui_nlp
from gonghui_nlp.cli import app
from gonghui_nlp.settings import Settings
from gonghui_nlp.tables import COLUMNS
from gonghui_nlp.tables.readme import about
from gonghui_nlp.tables.zh import header_in
from gonghui_nlp.words import Language, entries, told, word

MARK = re.compile(r"<!-- made: (\w+) -->")
ROLE = re.compile(r":(?:func|class|meth|mod|data|attr|exc):(?=`)")
TITLES = {
    "zh": {"option": "选项", "meaning": "含义", "key": "键", "default": "缺省", "column": "列", "head": "中文表头"},
    "en": {
        "option": "option",
        "meaning": "meaning",
        "key": "key",
        "default": "default",
        "column": "column",
        "head": "in Chinese",
    },
}
VALUES = ("kind", "function", "type", "status", "status_by", "year_from", "approx", "per", "purpose")


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:
    """The page with what the code says in the place of each mark, in the language of the page."""
    chinese = page.file.src_uri.endswith(".zh.md")
    return filled(joined(markdown) if chinese else markdown, "zh" if page.file.locale == "zh" else "en")


def joined(markdown: str) -> str:
    """Chinese lines of a paragraph as one: a browser would show a line end as a blank."""
    parts = re.split(r"(?ms)(^```.*?^```$)", markdown)
    wide = "\u3001-\u9fff\uff01-\uff5e“”"
    return "".join(p if n % 2 else re.sub(f"(?<=[{wide}*])\n(?=[{wide}])", "", p) for n, p in enumerate(parts))


def filled(markdown: str, language: Language) -> str:
    return MARK.sub(lambda m: "\n".join(MAKERS[m[1]](language)), markdown)


def cell(text: object) -> str:
    return str(text).replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


def table(heads: list[str], rows: list[list[str]]) -> Iterator[str]:
    yield from ("", f"| {' | '.join(heads)} |", "|---" * len(heads) + "|")
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


def commands(language: Language) -> Iterator[str]:
    """Each command with its arguments and options."""
    names = TITLES[language]
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        places = " ".join(str(p.name).upper() for p in command.params if p.param_type_name == "argument")
        yield from (f"## gonghui {name} {places}", "", told(command.help, language, "help"))
        rows = [[f"`{option(p)}`", cell(told(p.help, language, "help")), default(p)] for p in command.params]
        yield from table([names["option"], names["meaning"], names["default"]], rows)


def option(param: Any) -> str:
    return ", ".join(sorted(param.opts, key=len)) if param.param_type_name == "option" else str(param.name).upper()


def default(param: Any) -> str:
    value = getattr(param.default, "value", param.default)
    shown = value is not None and value is not False and not callable(value) and not param.required
    return f"`{value}`" if shown and isinstance(value, str | int | float) else ""


def settings(language: Language) -> Iterator[str]:
    """Each key of a settings file."""
    names = TITLES[language]
    rows = [[f"`{f.name}`", cell(word(f"setting.{f.name}", language)), toml(f.default)] for f in fields(Settings)]
    yield from table([names["key"], names["meaning"], names["default"]], rows)


def toml(value: object) -> str:
    return "" if value is None or value == () else f'`"{value}"`' if isinstance(value, str) else f"`{value}`"


def columns(language: Language) -> Iterator[str]:
    """Each table with its columns, tables for people first."""
    names = TITLES[language]
    for name in sorted(COLUMNS, key=lambda t: (t not in ("overview", "activities"), t != "overview")):
        yield from (f"## {word(f'table.{name}', language)} · `{name}`", "", f"{word(f'file.{name}', language)}")
        rows = [[f"`{c}`", header_in(name, c, "zh"), cell(about(c, language, name))] for c in COLUMNS[name]]
        yield from table([names["column"], names["head"], names["meaning"]], rows)


def values(language: Language) -> Iterator[str]:
    """What coded columns may hold."""
    for group in VALUES:
        known = [e for e in entries().values() if e.key.startswith(f"value.{group}.")]
        rows = [[f"`{e.key.rpartition('.')[2]}`", cell(e.zh)] for e in known]
        yield from (f"### `{group}`", *table(["", "中文" if language == "zh" else "in Chinese"], rows))


def issues(language: Language) -> Iterator[str]:
    """What the issues say, by code."""
    known = [e for e in entries().values() if e.key.startswith("meaning.")]
    rows = []
    for entry in known:
        code = entry.key.rpartition(".")[2]
        head = word(f"value.code.{code}", "zh")
        rows.append([f"`{code}`", cell(head), cell(word(entry.key, language))])
    yield from table(["", TITLES[language]["head"], TITLES[language]["meaning"]], rows)


def functions(language: Language) -> Iterator[str]:
    """Every public name: how it is called and its docstring."""
    for name in gonghui_nlp.__all__:
        thing = getattr(gonghui_nlp, name)
        if callable(thing):
            yield from (f"## {name}", *described(thing, name))
            public = vars(thing).items() if inspect.isclass(thing) else ()
            for own, member in public:
                if not own.startswith("_") and inspect.getdoc(member) and not inspect.ismemberdescriptor(member):
                    yield from (f"### {name}.{own}", *described(getattr(thing, own), f"{name}.{own}"))


def described(thing: Any, name: str) -> Iterator[str]:
    doc = inspect.getdoc(thing) or ""
    if inspect.isclass(thing) and is_dataclass(thing):
        yield from ("", "```python", f"{name}(", *(f"    {f.name}: {f.type}" for f in fields(thing)), ")", "```")
    elif callable(thing) and not inspect.isclass(thing):
        yield from ("", "```python", called(thing, name), "```")
    yield from ("", docstring(doc), "")


def called(thing: Any, name: str) -> str:
    """The call; over several lines where it is long."""
    signature = inspect.signature(thing)
    parts = [str(p).replace("'", "") for p in signature.parameters.values() if p.name not in ("self", "cls")]
    returns = f" -> {signature.return_annotation}" if signature.return_annotation is not signature.empty else ""
    line = f"{name}({', '.join(parts)}){returns}".replace("'", "")
    return (
        line
        if len(line) < 90
        else "\n".join((f"{name}(", *(f"    {part}," for part in parts), f"){returns}")).replace("'", "")
    )


def docstring(doc: str) -> str:
    """Examples become code; the roles of docstrings are no words to read."""
    examples = re.sub(r"(?ms)^>>> .*?(?=^\s*$|\Z)", lambda m: f"```python\n{m[0].rstrip()}\n```\n", doc)
    return ROLE.sub("", examples)


MAKERS = {
    "functions": functions,
    "commands": commands,
    "settings": settings,
    "columns": columns,
    "values": values,
    "issues": issues,
}
