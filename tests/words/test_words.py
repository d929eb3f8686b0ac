"""Every string that people read stands in one table in both languages, and a Chinese run says no English."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from gonghui_nlp import schema, words
from gonghui_nlp.cli import app
from gonghui_nlp.errors import InputError
from gonghui_nlp.resources import OURS
from gonghui_nlp.tables.columns import COLUMNS
from gonghui_nlp.words import entries, language_of, told, word

SLOT = re.compile(r"\{[a-z_]+\}")
CHINESE = re.compile("[\u4e00-\u9fff、（），]")
# What is the same in both languages.
SAME = {"message.click.value_error", "column.sha256"}


def test_an_entry_has_both_languages_and_the_same_slots() -> None:
    for entry in entries().values():
        assert entry.zh and entry.en, entry.key
        assert set(SLOT.findall(entry.zh)) == set(SLOT.findall(entry.en)), entry.key
        assert entry.key in SAME or CHINESE.search(entry.zh), entry.key
    rows = [row["key"] for name in OURS.names("words") for row in OURS.rows(name)]
    assert len(rows) == len(set(rows))


def test_every_header_code_and_value_has_an_entry() -> None:
    for table, columns in COLUMNS.items():
        assert f"table.{table}" in entries()
        for column in columns:
            assert f"column.{table}.{column}" in entries() or f"column.{column}" in entries(), column
    for code in schema.ISSUE_CODES:
        assert f"value.code.{code}" in entries() and f"meaning.{code}" in entries()
    coded = {"type": schema.EVENT_TYPES, "function": (*schema.FUNCTIONS, "self_building")}
    for column, codes in coded.items():
        assert all(f"value.{column}.{code}" in entries() for code in codes)


def test_all_help_is_in_the_table() -> None:
    root = typer.main.get_command(app)
    commands = [root, *root.commands.values()]  # type: ignore[attr-defined]
    for command in commands:
        for said in (command.help, *(p.help for p in command.params)):
            assert told(said, "zh", "help") != said, said


def _said(root: Path) -> Iterator[tuple[str, str]]:
    """Where, and every message of an error, an issue or a source that the package makes."""
    makers = re.compile(r"(Error|Issue|_issue|tell|Told|refused|fail|doubt)\Z")
    for path in sorted((root / "gonghui_nlp").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and makers.search(getattr(node.func, "id", getattr(node.func, "attr", ""))):
                for argument in (*node.args, *(k.value for k in node.keywords)):
                    if (said := _template(argument)) and " " in re.sub(r"«\d+»", "", said).strip():
                        yield f"{path.relative_to(root)}, line {node.lineno}", said


def _template(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(v.value if isinstance(v, ast.Constant) else f"«{n}»" for n, v in enumerate(node.values))  # type: ignore[misc]
    return None


# Where what people at the desk meet is said: a new message there needs an entry in resources/words/messages.tsv.
DESK = ("archive", "cli", "readers", "tables")


def test_every_message_at_the_desk_is_in_the_table(root: Path) -> None:
    told_of = [(where, said) for where, said in _said(root) if where.split("/")[1] in DESK]
    assert len(told_of) > 50
    assert [
        (where, said) for where, said in told_of if told(said, "zh") == said and told(f"x {said}", "zh") == f"x {said}"
    ] == []


def test_a_message_is_found_by_its_english_and_filled_in_chinese() -> None:
    assert told("三、 follows 1: 1 missing between", "zh") == "“三、”跟在第 1 项之后：中间缺 1 项"
    assert told("out: No space left on device; choose another output folder", "zh").startswith("out：磁盘空间不足；")
    assert told("三、 follows 1: 1 missing between", "en") == "三、 follows 1: 1 missing between"
    # What fills a slot is never taken for one.
    assert word("cli.failed", "en", name="{why}", why="x") == "failed: {why}: x"


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW"}, "zh"),
        ({"LANG": "C.UTF-8"}, "en"),
    ],
)
def test_auto_goes_by_the_locale(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert language_of() == language
    assert words.spoken() == "en"
    with pytest.raises(InputError, match="language is 'fr'"):
        language_of("fr")


TEXT = (
    "2019年工会工作总结\n一、送温暖\n春节前看望了18名患病教职工，发放慰问金9600元。\n三、文体\n为××名教师过生日，"
    "女教师12人、男教师8人，共计25人参加登山。\n"
)
# Names of options, commands, formats and files, which are the same in every language.
NAMES = re.compile(
    r"--?[a-z-]+|[A-Z_]{2,}|\b(gonghui|python -m gonghui_nlp|auto|zh|en|csv|xlsx|parquet|duckdb|jsonl|classical|default|local|dask|tcp"
    r"|functions?|events|amounts|headcounts|sections|documents|paragraphs|convert|show|view|dedup|train|evaluate|train|Dask|Markdown|Lines|JSON|TOML"
    r"|txt|utf-8|inputs|file|summary|README|nope|out|copies|brew)\b"
)


def test_a_chinese_run_says_no_english(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_bytes(b"%PDF-1.4\x00")
    (tmp_path / "in" / "c.csv").write_text("1")
    calls = [
        [],
        ["convert", "in", "-o", "out"],
        ["show", "in/a.txt", "--events", "--issues"],
        ["dedup", "in", "-o", "copies"],
        ["brew"],
        ["convert", "nope", "-o", "no"],
        ["convert", "in"],
        *([name, "--help"] for name in ("convert", "show", "view", "dedup", "train", "evaluate")),
    ]
    code = (
        "import sys, gonghui_nlp.cli as cli\n"
        "for call in eval(sys.argv[1]):\n"
        "    sys.argv = ['gonghui', '--lang', 'zh', *call]\n"
        "    try: cli.main()\n"
        "    except SystemExit: pass\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, repr(calls)], capture_output=True, encoding="utf-8", cwd=tmp_path, check=True
    )
    said = done.stdout + done.stderr
    assert "18名患病教职工" in said and "活动" in said
    left = re.findall(r"[A-Za-z]{2,}[^\n]*", NAMES.sub("", said.replace(str(tmp_path), "")))
    assert left == []
