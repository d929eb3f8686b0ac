"""An output folder that is either finished or plainly not there, and nothing in it that is not ours.

A run writes into a work folder of its own beside the target, ``.OUT.gonghui-1a2b3c4d``, which a marker file
names as ours; only folders with that marker are ever removed. When all is complete the work folder's ``tables``
become the target in one step. A lock file lets one run at a time write to a target. Whatever moment a run is
killed at, the next one finds by the marker what was left, brings back a target that was being replaced, and
clears the rest away.
"""

from __future__ import annotations

import contextlib
import glob
import json
import os
import re
import secrets
import shutil
import socket
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any

from gonghui_nlp.archive.foreign import refuse_foreign
from gonghui_nlp.errors import InputError, OutputError
from gonghui_nlp.files import locked, write_whole
from gonghui_nlp.readers.folders import refuse_address
from gonghui_nlp.tables import manifest
from gonghui_nlp.version import __version__

MARKER = "gonghui-run.json"
_SCRATCH = "scratch"
_LONGEST_NAME = 200
# After a kill the workers of the dead run see within a moment that they are alone, and let go of the lock.
_PATIENCE = 5.0


class Staging:
    """Context manager: ``folder`` is where to write, ``scratch`` for what is not kept; :meth:`publish` makes it the target.

    With a ``key``, which says what the work depends on, the shards in ``scratch`` are kept when the run ends before it
    has published. The next one finds them in ``earlier`` if it is to ``resume`` and has the same key.
    """

    def __init__(self, target: str | os.PathLike[str], key: str = "", resume: bool = False) -> None:
        self.target = _usable(target)
        self._key, self._resume = key, resume
        self.earlier: list[Path] = []
        self._published = False
        name = self.target.name
        if len(os.fsencode(name)) > _LONGEST_NAME:  # our names beside it must not be too long for the file system
            name = sha256(os.fsencode(name)).hexdigest()[:32]
        self._stem = f".{name}.gonghui-"
        self._work = self.target.with_name(self._stem + secrets.token_hex(4))
        self.folder, self.scratch = self._work / "tables", self._work / _SCRATCH
        self._held = contextlib.ExitStack()

    def __enter__(self) -> Staging:
        try:
            self.target.parent.mkdir(parents=True, exist_ok=True)
            lock = self.target.with_name(self._stem + "lock")
            busy = f"{self.target}: another run is writing there; wait for it or choose another output folder"
            self._held.enter_context(locked(lock, busy, _PATIENCE))
            with contextlib.ExitStack() as undo:
                undo.push(self._held.pop_all())
                self._recover()
                refuse_foreign(self.target)
                undo.callback(self._end)
                self._work.mkdir()
                write_whole(self._work / MARKER, json.dumps(self._marker(), indent=1).encode())
                self.folder.mkdir()
                self.scratch.mkdir()
                self._held = undo.pop_all()
        except OSError as error:
            reason = error.strerror or str(error)
            raise OutputError(f"{self.target}: {reason}; choose an output folder that can be written") from error
        return self

    def _marker(self) -> dict[str, Any]:
        return {
            "gonghui run": __version__,
            "target": os.fsencode(self.target.name).hex(),
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "key": self._key,
        }

    def _recover(self) -> None:
        """Settles what killed runs left. The lock is held, so that nobody is at work in any of it."""
        works = [
            w for w in sorted(self.target.parent.glob(glob.escape(self._stem) + "*")) if _is_ours(w, self.target.name)
        ]
        for work in works:
            self._bring_back(work)
        kept = [work for work in works if self._resume and holds_shards(work)]
        self.earlier = [work / _SCRATCH for work in kept if marker_of(work).get("key") == self._key]
        if kept and not self.earlier:
            raise InputError(
                f"{self.target}: what is kept there was made with other settings, models or another version; "
                "give the same ones, or leave out --resume to begin anew"
            )
        for work in works:
            if work / _SCRATCH not in self.earlier:
                _discard(work)

    def _bring_back(self, work: Path) -> None:
        """Brings back the target where a run was stopped between the two steps of publishing."""
        if not os.path.lexists(self.target):
            for found in (work / "tables", work / "replaced"):  # the finished tables first, else the earlier ones
                if (found / manifest.MANIFEST).is_file():
                    found.rename(self.target)
                    break

    def _end(self) -> None:
        """Clears away what is of no use any more: all where the run has published, else all but finished shards."""
        self._bring_back(self._work)
        if not self._published and self._key and holds_shards(self._work):
            for path in self._work.iterdir():
                if path.is_dir() and path.name != _SCRATCH:
                    shutil.rmtree(path, ignore_errors=True)
            return
        _discard(self._work)
        if self._published:
            for scratch in self.earlier:
                _discard(scratch.parent)

    def publish(self, about: dict[str, Any], rows: dict[str, int] | None = None) -> None:
        """Moves the finished folder to the target; what an earlier run wrote there is replaced.

        Where that fails the finished tables are kept beside the target, and the OutputError says where.
        """
        manifest.write(self.folder, about, rows or {})
        replaced = self._work / "replaced"
        try:
            refuse_foreign(self.target)
            if self.target.exists():
                self.target.rename(replaced)
            try:
                self.folder.rename(self.target)
                self._published = True
            except OSError:
                if replaced.exists():
                    replaced.rename(self.target)
                raise
        except (OSError, OutputError) as error:
            spare = self.target.with_name(f"{self.target.name[:100]}-{secrets.token_hex(4)}")
            self.folder.rename(spare)
            self._published = True
            reason = error if isinstance(error, OutputError) else f"{self.target}: {error.strerror}"
            raise OutputError(f"{reason}; the finished output is kept in {spare}") from error

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._held.__exit__(kind, error, at)


def kept_for(target: str | os.PathLike[str]) -> bool:
    """Whether a run that ended before it was finished has left work that another can go on with; not while one is at it."""
    staging = Staging(target)
    if staging.target.with_name(staging._stem + "lock").exists():
        return False
    works = staging.target.parent.glob(glob.escape(staging._stem) + "*")
    return any(_is_ours(work, staging.target.name) and holds_shards(work) for work in works)


def holds_shards(work: Path) -> bool:
    """Whether a work folder holds finished shards."""
    return any((work / _SCRATCH).glob("*.shard"))


def marker_of(work: Path) -> dict[str, Any]:
    """What the marker of a work folder says; nothing where it cannot be read."""
    try:
        marker = json.loads((work / MARKER).read_text(encoding="utf-8"))
        return marker if isinstance(marker, dict) else {}
    except (OSError, ValueError, RecursionError):
        return {}


def _usable(target: str | os.PathLike[str]) -> Path:
    """The absolute path; an InputError or OutputError when no folder can ever be made of it."""
    refuse_address(target)
    try:
        path = Path(target).resolve()
        path.exists()
    except (OSError, ValueError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(f"{str(target)[:80]!r}: {reason}; choose another output folder") from error
    if not path.name:
        raise OutputError(f"{path}: is the root of the file system; choose a folder below it")
    return path


def _is_ours(work: Path, target: str) -> bool:
    """Whether a run of ours made this work folder for this target, by its marker; with an empty one nothing is lost."""
    if work.is_symlink() or not work.is_dir() or not re.search(r"\.gonghui-[0-9a-f]{8}\Z", work.name):
        return False
    held = [p.name for p in work.iterdir()]
    if all(name.startswith(f".{MARKER}.") for name in held):
        return True  # killed before the marker stood
    marker = marker_of(work)
    return "gonghui run" in marker and marker.get("target") == os.fsencode(target).hex()


def _discard(work: Path) -> None:
    """Removes a work folder of ours, the marker last: what cannot be removed now is found again by the next run."""
    if not work.is_dir():
        return
    with contextlib.suppress(OSError):
        for path in work.iterdir():
            if path.name != MARKER:
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        if [p.name for p in work.iterdir()] in ([], [MARKER]):
            (work / MARKER).unlink(missing_ok=True)
            work.rmdir()
