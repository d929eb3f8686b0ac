"""Files that several runs may touch: one at a time, and never half written."""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

from filelock import lock_descriptor, unlock_descriptor

from gonghui_nlp.errors import OutputError

_PAUSE = 0.05


@contextlib.contextmanager
def locked(path: Path, busy: str, patience: float) -> Iterator[None]:
    """Holds the lock file ``path``; OutputError with the text ``busy`` when another run keeps it for ``patience`` seconds.

    The system lets go of the lock when the process dies, however it dies; the file itself is removed at the end.
    """
    descriptor = _acquire(path, busy, patience)
    try:
        yield
    finally:
        # Removed while it is held, so that nobody can hold a file that is gone without seeing it: see _acquire.
        with contextlib.suppress(OSError):
            path.unlink()
        unlock_descriptor(descriptor)
        os.close(descriptor)
        if os.name == "nt":
            with contextlib.suppress(OSError):
                path.unlink()


def _acquire(path: Path, busy: str, patience: float) -> int:
    left = max(1, round(patience / _PAUSE))
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
        try:
            if lock_descriptor(descriptor, blocking=False):
                # The one who held it may have removed the file we opened: then another may hold a new one.
                if path.exists() and os.path.samestat(os.fstat(descriptor), path.stat()):
                    return descriptor
                unlock_descriptor(descriptor)
            else:
                left -= 1
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        if not left:
            raise OutputError(busy)
        time.sleep(_PAUSE)


def check_free(path: Path, overwrite: bool, shipped: Path | None = None) -> None:
    """OutputError where something stands at ``path`` that may not be overwritten, be it what is ``shipped``."""
    if overwrite or not path.exists():
        return
    if shipped and path.resolve() == shipped.resolve():
        raise OutputError(f"{path} is the shipped model; give another path, or overwrite it (--force, overwrite=True)")
    raise OutputError(f"{path} is there already; give another path, or overwrite it (--force, overwrite=True)")


def write_whole(path: Path, data: bytes | memoryview) -> None:
    """Writes the file in one step: whoever reads it finds the old bytes or the new ones; raises OSError."""
    draft = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.new")
    try:
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise
