"""Kills a run at any moment and looks for what was lost or mixed: ``python benchmarks/kills.py [KILLS] [SEED]``.

Half of the kills (SIGKILL) come at a chosen step, the n-th time the run opens, makes, renames or removes a file;
half after a random while, those with two worker processes. After each the output must be the earlier one or the new
one, whole; the index must hold what was saved before, and all or nothing of what was being saved; a file of the
user's beside it all must be untouched. Two converts in three go on with what killed ones left (``resume``). Now and
then a run follows that is not killed, and must give the bytes it always gives and leave nothing behind. POSIX only.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from gonghui_nlp.archive import convert, local
from gonghui_nlp.archive.resume import key_of
from gonghui_nlp.archive.staging import Staging
from gonghui_nlp.dedup.index import Index
from gonghui_nlp.settings import Settings
from gonghui_nlp.tables import manifest

TEXT = "2019年工会工作总结\n一、送温暖\n春节前看望了{n}名患病教职工，发放慰问金{m}元。\n二、文体活动\n3月8日组织女教工登山。\n"
STEPS = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree", "os.truncate")


def killed(work: Callable[[], object], *, step: int = 0, after: float = 0.0) -> bool:
    """Does the work in a forked process and kills it at a step of its or after a while; False if it ended before."""
    child = os.fork()
    if child == 0:
        try:
            if step:
                _die_at(step)
            work()
            os._exit(0)
        except BaseException as error:
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
            os._exit(1)
    if after:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise AssertionError("the run failed instead of being killed")
    return os.WIFSIGNALED(status)


def _die_at(step: int) -> None:
    left = step

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event in STEPS:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def whole(out: Path) -> dict[str, str]:
    """The checksums of a finished output; AssertionError where it is not just what its manifest says."""
    listed = manifest.read(out)
    assert listed, f"{out}: no manifest"
    names = {p.relative_to(out).as_posix() for p in out.rglob("*") if not p.is_dir()}
    assert names == {*listed, manifest.MANIFEST}, f"{out}: {names}"
    for name, facts in listed.items():
        assert manifest.checksum(out / name) == facts["sha256"], f"{name} is not what was written"
    return {name: facts["sha256"] for name, facts in listed.items()}


class Archive:
    """Two inputs that take turns at one output, and a neighbour that nobody may touch."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.out = folder, folder / "out"
        folder.mkdir()
        self.inputs = [folder / "first", folder / "second"]
        for k, path in enumerate(self.inputs):
            path.mkdir()
            for i in range(4 + k):
                (path / f"{i}.txt").write_text(TEXT.format(n=10 + i, m=100 * (k + 1) + i), encoding="utf-8")
        self.neighbour = folder / "out.partial"
        self.neighbour.mkdir()
        (self.neighbour / "thesis.txt").write_text("years of work", encoding="utf-8")
        self.wanted = []
        local._CHUNK_FILES = 2  # several shards, of which a killed run has finished some
        for path in self.inputs:
            convert([path], self.out)
            self.wanted.append(whole(self.out))

    def kill(self, which: int, jobs: int, resume: bool, *, step: int = 0, after: float = 0.0) -> str:
        """Kills a run on one of the inputs, perhaps one that goes on with others; returned is what became of it."""
        died = killed(lambda: convert([self.inputs[which]], self.out, jobs=jobs, resume=resume), step=step, after=after)
        there = self.out.exists()
        # Another begins and ends: it brings back what was between the renames, and keeps the shards.
        with Staging(self.out, key_of(Settings(), None), resume=True):
            pass
        assert whole(self.out) in self.wanted
        assert (self.neighbour / "thesis.txt").read_text(encoding="utf-8") == "years of work"
        return ("killed" if died else "ended before") + ("" if there else ", output brought back")

    def unbroken(self, which: int, resume: bool) -> None:
        """A run that is not killed, alone or going on with others, gives what it always gives and leaves nothing behind."""
        convert([self.inputs[which]], self.out, resume=resume)
        assert whole(self.out) == self.wanted[which]
        assert sorted(p.name for p in self.folder.iterdir()) == ["first", "out", "out.partial", "second"]


class Saves:
    """An index that grows by one text a save."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.names, self.number = folder / "index", set[str](), 0

    def _save(self) -> None:
        index = Index(self.folder)
        index.add([TEXT.format(n=self.number, m=self.number)], [f"text {self.number}"])
        index.save()

    def kill(self, *, step: int = 0, after: float = 0.0) -> str:
        """Kills a save; returned is what became of it."""
        self.number += 1
        died = killed(self._save, step=step, after=after)
        held = Index(self.folder).names
        assert len(held) == len(set(held))
        new = set(held) - self.names
        assert set(held) >= self.names, "a text that was saved is lost"
        assert new <= {f"text {self.number}"}
        assert died or new, "a save that ended is not there"
        self.names |= new
        return "killed" if died else "ended before"


def run(kills: int, seed: int = 0) -> Counter[str]:
    """So many kills, in turns of converts and index saves; AssertionError where anything was lost or mixed.

    Counted are also the runs that ended before they could be killed.
    """
    draw = random.Random(seed)
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place:
        archive, saves = Archive(Path(place) / "archive"), Saves(Path(place))
        n = -1
        while sum(count for what, count in outcomes.items() if "killed" in what) < kills:
            n += 1
            at_step = n // 2 % 2 == 0
            if n % 2:
                how = {"step": draw.randint(1, 60)} if at_step else {"after": draw.uniform(0.001, 0.15)}
                outcomes["save: " + saves.kill(**how)] += 1
            else:
                how = {"step": draw.randint(1, 150)} if at_step else {"after": draw.uniform(0.001, 0.4)}
                jobs = 1 if at_step else 2
                outcomes["convert: " + archive.kill(draw.randint(0, 1), jobs, n % 3 > 0, **how)] += 1
            if n % 8 == 7:
                archive.unbroken(draw.randint(0, 1), resume=n % 16 == 7)
        archive.unbroken(0, resume=True)
    return outcomes


if __name__ == "__main__":
    for what, count in sorted(run(*map(int, sys.argv[1:] or ["200"])).items()):
        print(f"{count:4} {what}")
    print("nothing lost, nothing mixed")
