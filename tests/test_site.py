"""The site of the documents builds without a broken link, and what its pages tell people to type works."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile
from dataclasses import fields
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from gonghui_nlp.cli import app
from gonghui_nlp.settings import Settings
from gonghui_nlp.tables import COLUMNS
from gonghui_nlp.words import LANGUAGES, word

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
# The pages for people, each in both languages; the others have tests of their own.
PAGES = sorted(
    page
    for page in (*DOCS.glob("*.md"), *DOCS.glob("*/*.md"))
    if page.with_suffix("").with_suffix(".zh.md").exists() and page.name != "README.md"
)
TEXT = (
    "砚山厂工会2023年工作总结\n一、送温暖\n1、春节前夕，厂工会看望了18名患病职工，送去慰问金1.2万元。\n"
    "2、3月8日，组织86名女职工到青龙山开展“春日健步行”活动，支出3600元。\n"
)
# What only another machine can run; the names of its options are looked at all the same.
ELSEWHERE = re.compile(r"--scheduler tcp://")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    for module in ("mkdocs", "material", "mkdocs_static_i18n"):
        pytest.importorskip(module, reason="the site needs the extra docs")
    out = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return out


def test_the_site_builds_in_both_languages_and_asks_nothing_of_other_hosts(site):
    for page in PAGES:
        name = page.relative_to(DOCS).as_posix().replace(".zh.md", ".md").replace(".md", ".html")
        assert (site / name).read_text(encoding="utf-8") != (site / "zh" / name).read_text(encoding="utf-8")
    for page in site.rglob("*.html"):
        asked = re.findall(
            r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=[\"']?(?:https?:)?//[^>]*>", page.read_text()
        )
        assert not asked, page
    assert not list(site.rglob("*.py"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reference_holds_what_the_code_holds(site, language):
    folder = site / "reference" if language == "en" else site / "zh" / "reference"
    shown = {p.stem: p.read_text(encoding="utf-8") for p in folder.glob("*.html")}
    assert all("made:" not in page for page in shown.values())
    for table, columns in COLUMNS.items():
        assert all(f"<code>{column}</code>" in shown["columns"] for column in (table, *columns))
    for field in fields(Settings):
        assert f"<code>{field.name}</code>" in shown["settings"]
        said = word(f"setting.{field.name}", language)
        assert re.sub(r"`([^`]*)`", r"<code>\1</code>", said) in shown["settings"]
    for command in typer.main.get_command(app).commands.values():
        assert f"gonghui {command.name}" in shown["commands"]
        assert all(option in shown["commands"] for p in command.params for option in p.opts if option[0] == "-")
    assert all(f">{name}<a" in shown["api"] for name in ("analyze", "to_frames", "Document.headcounts_of"))


def test_every_page_is_in_the_navigation(root):
    nav = (root / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")[2]
    pages = {p.relative_to(DOCS).as_posix() for p in DOCS.rglob("*.md") if not p.name.endswith(".zh.md")}
    assert set(re.findall(r": (\S+\.md)$", nav, flags=re.M)) == pages


def test_every_page_for_people_is_in_both_languages():
    assert len(PAGES) >= 24
    for page in PAGES:
        chinese, english = (page.with_suffix("").with_suffix(s) for s in (".zh.md", ".md"))
        kinds = [re.findall(r"(?m)^(?:```(\w*)|(#+) |<!-- (made: \w+))", p.read_text()) for p in (chinese, english)]
        assert [k for k in kinds[0] if k[1] or k[2]] == [k for k in kinds[1] if k[1] or k[2]], page


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """What the reader of a page has: a folder of summaries, a table of them, labelled paragraphs."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    for folder, name in (("summaries", "yanshan"), ("我的材料", "砚山厂")):
        Path(folder).mkdir()
        Path(folder, f"{name}.txt").write_text(TEXT, encoding="gb18030")
        with zipfile.ZipFile(Path(folder, "old.zip"), "w") as archive:
            archive.writestr("a.html", f"<p>{TEXT}</p>".replace("砚山", "白石").encode("gb18030"))
    for name in ("reports.csv", "材料.csv"):
        Path(name).write_text(f'年度,正文\n2023,"{TEXT}"\n', encoding="utf-8")
    told = {"safety": "检查安全隐患{}处", "press": "编印工作简报{}期"}
    lines = [
        f'{{"text": "{text.format(n)}", "functions": ["{label}"], "family": "{label}{n}"}}'
        for label, text in told.items()
        for n in range(12)
    ]
    Path("own.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """What commands wrote that several pages give, by their words: each runs once."""
    return {}, tmp_path_factory.mktemp("written")


# English pages whose commands are those of the Chinese page with other names: that page tries them.
TWINS = [p for p in PAGES if p.parent != DOCS and p.suffixes == [".md"] and p.name != "correcting.md"]


def _shapes(page):
    """Every command of the page without its language and its names."""
    code = "".join(re.findall(r"(?ms)^```sh\n(.*?)^```", page.read_text(encoding="utf-8")))
    words = [shlex.split(re.sub(r" --lang \w+", "", line)) for line in code.splitlines()]
    verbs = {"convert", "dedup", "train", "functions", "evaluate", "view", "show"}
    return [[w for w in line if w in verbs or w[0] == "-" or w.isdigit()] for line in words]


@pytest.mark.parametrize("page", TWINS, ids=lambda p: p.relative_to(DOCS).as_posix())
def test_the_commands_of_an_english_page_are_those_of_the_chinese_one(page):
    assert _shapes(page) == _shapes(page.with_suffix(".zh.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(DOCS).as_posix())
def test_what_the_page_tells_to_type_works(page, desk, written):
    text = page.read_text(encoding="utf-8")
    names: dict[str, object] = {"__name__": "page"}
    for language, file, code in re.findall(r"(?ms)^```(\w+)(?: file=(\S+))?\n(.*?)^```", text):
        if file:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
            Path(file).write_text(code, encoding="utf-8")
        elif language == "sh" and page not in TWINS:
            for line in code.splitlines():
                _typed(line, written)
        elif language == "python" and ">>>" in code:
            tests = doctest.DocTestParser().get_doctest(code, names, page.name, str(page), 0)
            assert doctest.DocTestRunner().run(tests).failed == 0
        elif language == "python":
            exec(compile(code, page.name, "exec", dont_inherit=True), names)


# The first command of the README, which the test of the README runs.
FIRST = re.search(r"```sh\n(.+)\n```", (ROOT / "README.md").read_text(encoding="utf-8"))[1]  # type: ignore[index]
OPTIONS = {o for c in typer.main.get_command(app).commands.values() for p in c.params for o in p.opts}  # type: ignore[attr-defined]


def _typed(line, written):
    if line == FIRST:
        return
    name, *arguments = shlex.split(line)
    assert name.removeprefix(".venv/bin/") == "gonghui", line
    if ELSEWHERE.search(line):
        assert {a for a in arguments if a.startswith("-")} <= OPTIONS
        return
    kept, folder = written
    out = Path(arguments[arguments.index("-o") + 1]) if "convert" in arguments else None
    key = tuple(arguments) if "--config" not in arguments and "--dry-run" not in arguments else None
    if key in kept:
        shutil.copytree(kept[key], out, dirs_exist_ok=True)
        return
    done = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert done.exit_code == 0, (line, done.output)
    if out and key:
        kept[key] = shutil.copytree(out, folder / str(len(kept)))


def test_extras_that_pages_name_are_there(root):
    extras = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    pages = (root / "README.md", root / "CONTRIBUTING.md", *DOCS.rglob("*.md"))
    for page in pages:
        for named in re.findall(r"(?:gonghui-nlp|\.)\[([\w,]+)\]", page.read_text(encoding="utf-8")):
            assert set(named.split(",")) <= extras.keys(), (page, named)
