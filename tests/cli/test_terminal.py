"""What a text or a file name holds is shown in the terminal and never sent to it; whatever the terminal's encoding."""

import cProfile
import io
import os
import pstats
import subprocess
import sys
from contextlib import redirect_stdout

import pytest

import gonghui_nlp as gh
from gonghui_nlp.display.page import page
from gonghui_nlp.display.terminal import print_document
from gonghui_nlp.text.visible import visible

STEERING = "\x1b]52;c;cm0gLXJmIH4=\x07\x1b[2J\x9b2J\x07\x7f\u202e"
TEXT = (
    f"2019年工会工作总结{STEERING}\n一、送温暖[/url]{STEERING}\n春节前看望了18名患病教职工{STEERING}，"
    f"发放慰问金9600元。✓[/url]\n1、{STEERING}座谈会\n3月8日组织女教工登山{STEERING}比赛。\n3、完\n"
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.parametrize("options", [(), ("--events", "--issues"), ("--markdown",)])
def test_show_sends_nothing_that_steers_the_terminal(file, options, here):
    done = here("show", file, *options)
    assert done.returncode == 0, done.stderr
    shown = done.stdout
    assert not any(c in shown for c in STEERING if not c.isprintable())
    assert "\\x1b" in shown
    assert "[/url]" in shown


def test_lines_about_files_send_nothing_that_steers_the_terminal(tmp_path, here):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text("看望了18名教师。", encoding="utf-8")
    (folder / f"a{STEERING[:9]}\n.txt").write_bytes(b"%PDF-1.4\x00")
    for command in ("convert", "dedup"):
        done = here(command, folder, "-o", tmp_path / command)
        assert done.returncode == 1
        assert "\x1b" not in done.stderr
        assert "failed: a\\x1b]52" in done.stderr
    missing = here("show", "no\x1b[2J.txt")
    assert (missing.returncode, "\x1b" in missing.stderr) == (2, False)


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp1252", "latin-1"])
def test_any_encoding_of_the_terminal_will_do(file, encoding, here):
    for options in ((), ("--markdown",)):
        done = here("show", file, *options, encoding=encoding)
        assert (done.returncode, done.err) == (0, b"")
        assert "1" in done.stdout
        assert ("送温暖" in done.stdout) == (encoding == "gbk")


def test_the_encoding_of_the_terminal_is_that_of_the_process(file, alone):
    done = alone("show", file, env=os.environ | {"PYTHONIOENCODING": "gbk"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert "送温暖" in done.stdout.decode("gbk")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")  # noqa: PTH110
def test_a_full_standard_output_is_one_line_and_status_two(file, alone):
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        for options in ((), ("--markdown",)):
            done = alone("show", file, *options, stdout=full, stderr=subprocess.PIPE, capture_output=False)
            assert done.returncode == 2
            assert len(done.stderr.splitlines()) == 1
            assert b"No space left" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="shells there close no streams")
def test_a_closed_standard_error_is_no_reason_to_fail(file, tmp_path):
    command = f'"{sys.executable}" -m gonghui_nlp convert "{file}" -o "{tmp_path / "out"}" 2>&-'
    done = subprocess.run(command, shell=True, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, b"")
    assert (tmp_path / "out" / "events.csv").exists()


def test_line_ends_and_tabs_are_no_steering():
    assert visible("甲\r\n乙\t丙\n") == "甲\n乙\t丙\n"
    assert visible("甲\r乙\ud800") == "甲\\r乙\\ud800"


def calls(work, document):
    profile = cProfile.Profile()
    with redirect_stdout(io.StringIO()):
        profile.runcall(work, document)
    return pstats.Stats(profile).total_calls


@pytest.mark.parametrize("work", [lambda d: print_document(d, events=True, issues=True), page])
def test_a_text_four_times_as_long_takes_four_times_the_work(work):
    part = "一、送温暖\n1.春节前看望了18名教职工，发放慰问金9600元。\n2.举办讲座，36人参加。\n"
    few, many = (gh.analyze("2019年工会工作总结\n" + part * n) for n in (25, 100))
    work(few)  # once, so that what is loaded at first use is not counted
    assert calls(work, many) < 5 * calls(work, few)
