"""On a Dask cluster the tables are those of one process, also where a worker is lost in the midst of the work."""

import os
import signal
import subprocess
import sys

import pytest

from gonghui_nlp.archive import convert, local
from gonghui_nlp.errors import InputError

distributed = pytest.importorskip("distributed", reason="Dask is not installed")


@pytest.fixture
def cluster(tmp_path):
    """The address of a scheduler with two workers, each a process of its own on loopback."""
    file = tmp_path / "scheduler.json"
    dask = [sys.executable, "-m", "dask"]
    common = ["--scheduler-file", str(file), "--host", "127.0.0.1"]
    runs = [
        subprocess.Popen(
            [*dask, "scheduler", "--port", "0", "--no-dashboard", *common],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    ]
    for i in range(2):
        own = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(tmp_path / str(i))]
        runs.append(
            subprocess.Popen([*dask, "worker", *common, *own], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        )
    try:
        with distributed.Client(scheduler_file=str(file), timeout=120) as client:
            client.wait_for_workers(2, timeout=120)
            yield client
    finally:
        for run in reversed(runs):
            run.terminate()
        for run in runs:
            try:
                run.wait(timeout=15)
            except subprocess.TimeoutExpired:
                run.kill()
                run.wait()


@pytest.mark.skipif(os.name == "nt", reason="kills a process")
def test_the_same_bytes_on_a_cluster_that_loses_a_worker(tmp_path, cluster, monkeypatch):
    source = tmp_path / "in"
    source.mkdir()
    for i in range(12):
        text = f"2019年工会工作总结\n一、送温暖\n春节前看望了{10 + i}名患病教职工。\n"
        (source / f"{i:02}.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr(local, "_CHUNK_FILES", 2)
    convert([source], tmp_path / "one")
    first = next(iter(cluster.run(os.getpid).values()))
    killed = []

    def lose_one(tally, files):
        if not killed:
            killed.append(first)
            os.kill(first, signal.SIGKILL)

    address = cluster.scheduler.address
    report = convert([source], tmp_path / "two", engine="dask", scheduler=address, progress=lose_one)
    assert killed and not report.failures
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / out).rglob("*") if p.is_file()} for out in ("one", "two"))
    assert one == two


def test_a_wrong_engine_is_refused(tmp_path):
    with pytest.raises(InputError, match="it must be local or dask"):
        convert([tmp_path], tmp_path / "out", engine="spark")
