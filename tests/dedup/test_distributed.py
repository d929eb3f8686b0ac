"""The Dask engine says what the local one says, to the row; a scheduler and two workers run on loopback."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from gonghui_nlp.dedup import deduplicate
from gonghui_nlp.errors import InputError

distributed = pytest.importorskip("distributed", reason="Dask is not installed")
pytest.importorskip("dask.dataframe", reason="Dask has no dataframes here")


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler with two workers, each a process of its own."""
    folder = tmp_path_factory.mktemp("dask")
    file = folder / "scheduler.json"
    dask = [str(Path(sys.executable)), "-m", "dask"]
    common = ["--scheduler-file", str(file), "--no-dashboard"]
    runs = [
        subprocess.Popen([*dask, "scheduler", "--host", "127.0.0.1", "--port", "0", *common], stderr=subprocess.DEVNULL)
    ]
    for i in range(2):
        own = ["--nthreads", "1", "--local-directory", str(folder / str(i)), "--host", "127.0.0.1"]
        runs.append(subprocess.Popen([*dask, "worker", *common, *own], stderr=subprocess.DEVNULL))
    try:
        with distributed.Client(scheduler_file=str(file), timeout=60) as client:
            client.wait_for_workers(2, timeout=60)
            address = str(client.scheduler.address)
        yield address
    finally:
        for run in reversed(runs):
            run.terminate()
            run.wait(30)


def test_same_as_local_to_the_row(synthetic: ModuleType, scheduler: str) -> None:
    texts = [t.text for t in synthetic.archive(1500, synthetic.HARD, seed=6)]
    texts += ["", "召开教代会。", "召开教代会。", " ", texts[0][: len(texts[0]) // 2]]
    pd.testing.assert_frame_equal(deduplicate(texts, engine="dask", scheduler=scheduler), deduplicate(texts))


@pytest.mark.parametrize("texts", [[], ["一"], ["", ""], ["召开教代会。"] * 3])
def test_few_texts(scheduler: str, texts: list[str]) -> None:
    pd.testing.assert_frame_equal(deduplicate(texts, engine="dask", scheduler=scheduler), deduplicate(texts))


def test_nobody_answers() -> None:
    with pytest.raises(InputError, match="no Dask scheduler answers at 'nonsense'"):
        deduplicate(["a"], engine="dask", scheduler="nonsense")
