"""Worker processes: one that dies costs its own file, none outlives the run, and a stop is a stop."""

import os
import signal
import subprocess
import sys
import time
from functools import partial

import pytest

from gonghui_nlp.archive import convert
from gonghui_nlp.pipeline import stages
from gonghui_nlp.tables import read_tables

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the stubs reach the workers by fork")
GOOD = "一、送温暖\n春节前看望了18名患病教职工。\n"


def archive(folder, texts):
    folder.mkdir()
    for i, text in enumerate(texts):
        (folder / f"{i:03}.txt").write_text(text, encoding="utf-8")
    return folder


def test_a_worker_that_dies_costs_its_own_file_and_the_rest_stays_parallel(tmp_path, monkeypatch):
    source = archive(tmp_path / "in", [GOOD + ("处决\n" if i in (3, 100) else "") for i in range(130)])
    seen = tmp_path / "seen"
    seen.mkdir()
    found = stages.read_structure

    def fall(folded, headings):
        (seen / str(os.getpid())).touch()
        if "处决" in folded:
            os.kill(os.getpid(), signal.SIGKILL)
        return found(folded, headings)

    monkeypatch.setattr(stages, "read_structure", fall)
    report = convert([source], tmp_path / "out", jobs=2)
    assert [name for name, _ in report.failures] == ["003.txt", "100.txt"]
    assert all("died" in message for _, message in report.failures)
    assert list(read_tables(tmp_path / "out").sources["source"]) == [f"{i:03}.txt" for i in range(130)]
    # Each of the two falls with its chunk and once more alone; a new process for each fall, not for each file.
    assert len(list(seen.iterdir())) <= 2 + 4


DRIVER = """
import sys, time
from pathlib import Path
from gonghui_nlp.pipeline import stages
from gonghui_nlp.cli import main

def wait(folded, headings):
    Path(sys.argv[-1]).with_name("working").touch()
    time.sleep(600)

stages.read_structure = wait
main()
"""


@pytest.mark.parametrize(
    ("sign", "status"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGKILL, -9)],
    ids=lambda x: getattr(x, "name", ""),
)
def test_a_stopped_run_stops_all_its_processes_and_leaves_nothing_in_the_way(tmp_path, sign, status):
    source = archive(tmp_path / "in", [GOOD] * 130)
    driver = tmp_path / "driver.py"
    driver.write_text(DRIVER, encoding="utf-8")
    command = [sys.executable, str(driver), "convert", str(source), "-j", "2", "-o", str(tmp_path / "out")]
    # Where the tests themselves run in the background, Ctrl-C is ignored, and that would be inherited.
    heed = partial(signal.signal, sign, signal.SIG_DFL) if sign != signal.SIGKILL else None
    process = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True, preexec_fn=heed)
    while not (tmp_path / "working").exists():
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(sign)
    # The workers hold standard error: it ends when the last of them has ended.
    _, said = process.communicate(timeout=300)
    assert process.returncode == status
    assert said in ((b"",) if sign == signal.SIGKILL else (b"gonghui: stopped before it was finished\n",))
    assert not (tmp_path / "out").exists()
    convert([source], tmp_path / "out", jobs=2)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["driver.py", "in", "out", "working"]


def test_two_runs_into_one_output_never_mix(tmp_path):
    sources = [archive(tmp_path / name, [GOOD.replace("18", str(10 * n + 8))] * 70) for n, name in enumerate("ab")]
    commands = [[sys.executable, "-m", "gonghui_nlp", "convert", s, "-o", tmp_path / "out", "-j", "2"] for s in sources]
    runs = [subprocess.Popen(c, stderr=subprocess.PIPE) for c in commands]
    said = [run.communicate()[1] for run in runs]
    for run, line in zip(runs, said, strict=True):
        assert run.returncode == 0 or b"another run is writing there" in line
    assert 0 in [run.returncode for run in runs]
    assert len(set(read_tables(tmp_path / "out").headcounts["value"])) == 1
