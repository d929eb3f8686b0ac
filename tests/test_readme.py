"""What the README promises is what happens."""

import csv
import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def readme(root):
    return (root / "README.md").read_text(encoding="utf-8")


def test_the_snippets_run_and_print_what_they_say(root):
    options = doctest.NORMALIZE_WHITESPACE
    failed, tried = doctest.testfile(str(root / "README.md"), module_relative=False, optionflags=options)
    assert tried > 5
    assert failed == 0


def test_the_chinese_one_runs_too_and_says_the_same(root, readme):
    chinese = (root / "README.zh.md").read_text(encoding="utf-8")
    failed, tried = doctest.testfile(
        str(root / "README.zh.md"), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE, encoding="utf-8"
    )
    assert (failed, tried > 2) == (0, True)
    first = re.findall(r"```(?:sh|text)\n(.+?)```", chinese, re.S)[:2]
    assert all(part in readme for part in first)
    for page in re.findall(r"\]\(([^)#]+)\)", chinese):
        assert (root / Path(page)).exists(), page


def test_the_chinese_commands_lead_from_a_folder_to_the_workbook(root, tmp_path):
    (tmp_path / "我的材料").mkdir()
    text = "砚山厂工会2023年工作总结\n一、送温暖\n春节前慰问困难职工18名，送去慰问金1.2万元。\n"
    (tmp_path / "我的材料" / "总结.txt").write_bytes(text.encode("gb18030"))
    chinese = (root / "README.zh.md").read_text(encoding="utf-8")
    for line in re.findall(r"```sh\n\.venv/bin/gonghui (.+)\n```", chinese):
        run = [sys.executable, "-m", "gonghui_nlp", *line.split()]
        done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "结果" / "汇总.xlsx").is_file()
    assert (tmp_path / "结果" / "说明.txt").is_file()
    assert "送去慰问金1.2万元" in (tmp_path / "全部.html").read_text(encoding="utf-8")


def test_the_first_table_is_what_comes_out(readme):
    import gonghui_nlp as gh

    text = readme.split("```text\n", 1)[1].split("```", 1)[0]
    doc = gh.analyze(text)
    events = {e.text: e for e in doc.events}
    table = readme.split("| event |", 1)[1].split("\n\n", 1)[0]
    rows = [[c.strip() for c in line.strip("|").split("|")] for line in table.splitlines()[2:]]
    assert len(rows) == 2
    for name, kind, status, date, place, participants, heads, sums in rows:
        e = events[name]
        arguments = [a.text if a else "" for a in (e.date, e.place, e.participants)]
        lists = [";".join(q.text for q in found) for found in (doc.headcounts_of(e), doc.amounts_of(e))]
        assert [e.type, e.status, *arguments, *lists] == [kind, status, date, place, participants, heads, sums]


def test_continuous_integration_runs_the_second_command(root, readme):
    commands = re.findall(r"```sh\n(.+)\n```", readme)
    assert len(commands) == 2
    assert commands[1] in (root / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_the_first_command_converts_the_samples(root, readme, tmp_path):
    command = re.findall(r"```sh\n(.+)\n```", readme)[0].rsplit("&& ", 1)[1].split()
    assert command[0].endswith("gonghui")
    arguments = [part if part != "out" else str(tmp_path / "out") for part in command[1:]]
    run = [sys.executable, "-m", "gonghui_nlp", *arguments]
    done = subprocess.run(run, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with (tmp_path / "out" / "sources.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {r["status"] for r in rows} <= {"ok", "skipped"}
    assert {"gb18030", "utf-8-sig", "utf-16", "big5hkscs", "utf-8"} <= {r["encoding"] for r in rows}


def test_every_page_it_names_is_there(root, readme):
    for page in re.findall(r"\]\(([^)#]+)\)", readme):
        assert (root / Path(page)).exists(), page
