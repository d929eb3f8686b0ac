"""Two ways to run the command: in a process of its own, and in this one, which spares most tests the start."""

import contextlib
import gc
import io
import os
import signal
import subprocess
import sys
from dataclasses import dataclass

import pytest

from gonghui_nlp.cli import main

_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


@dataclass(frozen=True)
class Done:
    """What a run in this process said, as bytes that a terminal would get, and its exit status."""

    returncode: int
    out: bytes
    err: bytes
    encoding: str = "utf-8"

    @property
    def stdout(self) -> str:
        return self.out.decode(self.encoding)

    @property
    def stderr(self) -> str:
        return self.err.decode(self.encoding)


@contextlib.contextmanager
def _as_before():
    """What the command sets for the whole process stands as before when it has ended."""
    heeded, often, place = {s: signal.getsignal(s) for s in _SIGNALS}, gc.get_threshold(), os.getcwd()  # noqa: PTH109
    try:
        yield
    finally:
        os.chdir(place)
        gc.set_threshold(*often)
        for number, handler in heeded.items():
            signal.signal(number, handler)


def run_here(*arguments, cwd=None, encoding="utf-8"):
    """``gonghui`` with these arguments in this process, its streams in ``encoding``."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="") for _ in range(2))
    status = 0
    with _as_before(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["gonghui", *map(str, arguments)])
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        if cwd is not None:
            os.chdir(cwd)
        try:
            main()
        except SystemExit as ended:
            status = ended.code or 0
    out.flush()
    err.flush()
    return Done(status, out.buffer.getvalue(), err.buffer.getvalue(), encoding)


def run_alone(*arguments, **streams):
    """``gonghui`` with these arguments in a process of its own."""
    command = [sys.executable, "-m", "gonghui_nlp", *map(str, arguments)]
    return subprocess.run(command, check=False, **({"capture_output": True} | streams))


@pytest.fixture
def here():
    return run_here


@pytest.fixture
def alone():
    return run_alone
