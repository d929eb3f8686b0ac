"""Every string that people read stands in one table in both languages, and a Chinese run says no English."""

from __future__ import annotations

import ast
import io
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import openpyxl
import pytest
import typer

from gonghui_nlp import schema, words
from gonghui_nlp.cli import app
from gonghui_nlp.cli.common import bar
from gonghui_nlp.errors import InputError
from gonghui_nlp.readers.kinds import NO_TEXT
from gonghui_nlp.resources import OURS
from gonghui_nlp.tables.columns import COLUMNS
from gonghui_nlp.words import entries, language_of, speaking, told, word

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
    styles = [style["name"] for style in OURS.toml("outline/styles.toml")["style"]]
    currencies = {row["code"] for row in OURS.rows("quantities/currencies.tsv")}
    coded = {"type": schema.EVENT_TYPES, "function": (*schema.FUNCTIONS, "self_building")}
    coded |= {"style": tuple(styles), "currency": tuple(sorted(currencies)), "format": tuple(NO_TEXT)}
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


# What is an entry for each thing that fills it.
EACH = {"the «1» was deleted or masked", "«0» («2»: «4»)", "«0»: «2»; «4»"}


def test_every_message_is_in_the_table(root: Path) -> None:
    """A new message needs an entry in resources/words/messages.tsv."""
    told_of = [(where, said) for where, said in _said(root) if said not in EACH]
    assert len(told_of) > 200
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
    "女教师12人、男教师8人，共计25人参加登山，投入3000美元。\n2020年工作计划\n（1）组织知识竞赛。\n（3）表彰先进15名，入会率120％。\n"
)
# Names of options, commands, formats and files, which are the same in every language.
NAMES = re.compile(
    r"--?[a-z-]+|\b(TEXT|UTF|CSV|HTML|SHA256|GOLD|PRED|PDF|XML|gonghui|gonghui_nlp|python -m gonghui_nlp|auto|zh|en|csv|xlsx|parquet|duckdb|jsonl|classical|default|local|dask|tcp"
    r"|functions?|events|amounts|headcounts|sections|documents|paragraphs|convert|show|view|dedup|train|evaluate|annotate|sample|Dask|Markdown|Lines|JSON|TOML"
    r"|label-studio|doccano|brat|spacy|DocBin|all|group|txt|utf-8|read_tables|Python|Excel|WPS|nope|brew|out|copies|scores|export|import|gonghui\.json|text)\b"
)
# Ids, checksums, names of files and codes in brackets behind their Chinese words.
OWN = re.compile(
    r"\b[a-z0-9]+\.(?:txt|csv|jsonl?|html)[#/~\w.]*|\b[0-9a-f]{64}\b|（[a-z_0-9]+）|X{2,4}[-/0-9X]*|script|alert|gonghui\.json"
    r"|\b(?:Tab|Esc|pdf|PDF|MB)\b"
)
ENGLISH = re.compile(r"[A-Za-z]{2,}[^\n]*")


@pytest.fixture(scope="module")
def spoken_zh(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder in which every command has run in Chinese, and all that was said."""
    folder = tmp_path_factory.mktemp("zh")
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "in" / "d.txt").write_text(TEXT.replace("18名", "28名") + "<script>alert(1)</script>\n", encoding="utf-8")
    (folder / "in" / "b.txt").write_bytes(b"%PDF-1.4\x00")
    (folder / "in" / "c.csv").write_text("1")
    at = TEXT.index("9600元")
    gold = f'{{"kind": "amount", "start": {at}, "end": {at + 5}, "text": "9600元", "min": 960, "max": 960, "per": "total"}}'
    (folder / "a.jsonl").write_text(gold, encoding="utf-8")
    calls = [
        [],
        ["convert", "in", "-o", "out"],
        ["convert", "in", "-o", "out", "--dry-run"],
        ["show", "in/a.txt", "--events", "--issues"],
        ["view", "out", "-o", "all.html"],
        ["view", "in/a.txt", "-o", "one.html"],
        ["dedup", "in", "-o", "copies"],
        ["evaluate", "out", "a.jsonl", "--errors", "amounts"],
        ["evaluate", "out", "a.jsonl", "-o", "scores"],
        ["train", "--corpus", "nope", "-o", "model"],
        ["brew"],
        ["convert", "nope", "-o", "no"],
        ["convert", "in"],
        *([name, "--help"] for name in ("convert", "show", "view", "dedup", "train", "evaluate", "annotate", "sample")),
    ]
    code = (
        "import sys, gonghui_nlp.cli as cli\n"
        "for call in eval(sys.argv[1]):\n"
        "    sys.argv = ['gonghui', '--lang', 'zh', *call]\n"
        "    try: cli.main()\n"
        "    except SystemExit: pass\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, repr(calls)], capture_output=True, encoding="utf-8", cwd=folder, check=True
    )
    return folder, (done.stdout + done.stderr).replace(str(folder), "")


def english(said: str) -> list[str]:
    return ENGLISH.findall(NAMES.sub("", OWN.sub("", said)))


def test_a_chinese_run_says_no_english(spoken_zh: tuple[Path, str]) -> None:
    _, said = spoken_zh
    assert "18名患病教职工" in said and "活动" in said and "召回率" in said
    assert english(said) == []


def test_a_chinese_run_writes_no_english(spoken_zh: tuple[Path, str]) -> None:
    """Names of files and sheets, headers, values, notes, pages."""
    folder, _ = spoken_zh
    names = [p.relative_to(folder).as_posix() for at in ("out", "copies", "scores") for p in (folder / at).rglob("*")]
    assert (
        english(
            "\n".join(
                re.sub(r"^(out|copies|scores)|gonghui\.json|(text/)?[a-z]\.txt\.txt|(index)?\.html", "", name)
                for name in names
            )
        )
        == []
    )
    tables = [p for p in folder.rglob("*.csv") if p.parent.name != "in"]
    assert len(tables) == len(COLUMNS) + 5 + 2
    for path in tables:
        assert english(path.read_text(encoding="utf-8-sig")) == [], path
    books = [*folder.rglob("*.xlsx")]
    assert len(books) == 3
    for path in books:
        book = openpyxl.load_workbook(path)
        cells = [c.value for page in book for row in page.iter_rows() for c in row if isinstance(c.value, str)]
        assert english("\n".join([*book.sheetnames, *cells])) == [], path
    for at, title in (("out", "Trade-union"), ("copies", "Copies and templates")):
        told, _, behind = (folder / at / "说明.txt").read_text(encoding="utf-8-sig").partition(title)
        assert told and behind and english(told) == []
    pages = [*folder.rglob("*.html")]
    assert len(pages) >= 4
    for path in pages:
        html = re.sub(r"<(style|script)\b.*?</\1>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        labels = re.findall(r'(?:aria-label|placeholder|alt|data-(?:shown|hits|words|row|close|label))="([^"]*)"', html)
        words = unescape(re.sub(r"<[^>]*>", "\n", html)) + "\n".join(unescape(one) for one in labels)
        assert english(words.replace("{all}", "")) == [], path


def test_the_bar_speaks_chinese_in_any_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    with speaking("zh"), bar(word("cli.convert.bar"), word("cli.convert.tables")) as reached:
        assert reached is not None
        for done in (0, 500_000, 1_000_000):
            thread = threading.Thread(target=reached, args=(done, 1_000_000))
            thread.start()
            thread.join()
    said = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", sys.stderr.getvalue())  # type: ignore[attr-defined]
    assert "写出表格" in said and "1.00／1.00 兆" in said and english(said) == []
