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

from gonghui_nlp.errors import InputError, OutputError
from gonghui_nlp.files import locked, write_whole
from gonghui_nlp.tables import manifest
from gonghui_nlp.version import __version__

MARKER = "gonghui-run.json"
_LONGEST_NAME = 200
# After a kill the workers of the dead run see within a moment that they are alone, and let go of the lock.
_PATIENCE = 5.0


class Staging:
    """Context manager: ``folder`` is where to write, ``scratch`` for what is not kept; :meth:`publish` makes it the target."""

    def __init__(self, target: str | os.PathLike[str]) -> None:
        self.target = _usable(target)
        name = self.target.name
        if len(os.fsencode(name)) > _LONGEST_NAME:  # our names beside it must not be too long for the file system
            name = sha256(os.fsencode(name)).hexdigest()[:32]
        self._stem = f".{name}.gonghui-"
        self._work = self.target.with_name(self._stem + secrets.token_hex(4))
        self.folder, self.scratch = self._work / "tables", self._work / "scratch"
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
                undo.callback(self._settle, self._work)
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
        }

    def _recover(self) -> None:
        """Settles what killed runs left. The lock is held, so that nobody is at work in any of it."""
        for work in sorted(self.target.parent.glob(glob.escape(self._stem) + "*")):
            if _is_ours(work, self.target.name):
                self._settle(work)

    def _settle(self, work: Path) -> None:
        """Brings back the target where the run was stopped between the two steps of publishing, and clears the rest away."""
        if not os.path.lexists(self.target):
            for found in (work / "tables", work / "replaced"):  # the finished tables first, else the earlier ones
                if (found / manifest.MANIFEST).is_file():
                    found.rename(self.target)
                    break
        _discard(work)

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
            except OSError:
                if replaced.exists():
                    replaced.rename(self.target)
                raise
        except (OSError, OutputError) as error:
            spare = self.target.with_name(f"{self.target.name[:100]}-{secrets.token_hex(4)}")
            self.folder.rename(spare)
            reason = error if isinstance(error, OutputError) else f"{self.target}: {error.strerror}"
            raise OutputError(f"{reason}; the finished output is kept in {spare}") from error

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._held.__exit__(kind, error, at)


def refuse_foreign(target: Path) -> None:
    """OutputError when replacing the folder would lose anything that is not exactly as a run of ours wrote it."""
    if not target.exists():
        return
    if not target.is_dir():
        raise OutputError(f"{target}: is a file; choose another output folder")
    if target.is_mount():
        raise OutputError(f"{target}: is a mount point and cannot be replaced; choose a folder below it")
    ours = manifest.read(target)
    present = {
        p.relative_to(target).as_posix(): p
        for p in target.rglob("*")
        if not p.is_dir() or p.is_symlink() or not any(p.iterdir())
    }
    present.pop(manifest.MANIFEST if ours else "", None)
    if foreign := sorted(present.keys() - ours.keys()):
        raise OutputError(
            f"{target}: holds files that gonghui did not write ({_some(foreign)}); choose another output folder"
        )
    changed = sorted(name for name, path in present.items() if not _as_written(path, ours[name]))
    if changed:
        raise OutputError(
            f"{target}: holds files that were changed since gonghui wrote them ({_some(changed)}); "
            "move them away or choose another output folder"
        )


def _some(names: list[str]) -> str:
    shown = ", ".join(n.encode("utf-8", "backslashreplace").decode() for n in names[:3])
    return shown + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _as_written(path: Path, facts: dict[str, Any]) -> bool:
    size, digest = facts.get("bytes"), facts.get("sha256")
    return not path.is_symlink() and path.stat().st_size == size and manifest.checksum(path) == digest


def _usable(target: str | os.PathLike[str]) -> Path:
    """The absolute path; an InputError or OutputError when no folder can ever be made of it."""
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
    try:
        marker = json.loads((work / MARKER).read_text(encoding="utf-8"))
        return "gonghui run" in marker and marker["target"] == os.fsencode(target).hex()
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False


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
