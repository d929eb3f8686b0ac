"""Whether all in an output folder is as a run of ours wrote it, so that nothing of anybody is lost when it is replaced."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from gonghui_nlp.errors import OutputError
from gonghui_nlp.tables import manifest


def refuse_foreign(target: Path) -> None:
    """OutputError when replacing the folder would lose anything that is not exactly as a run of ours wrote it."""
    if not target.exists():
        return
    if not target.is_dir():
        raise OutputError(f"{target}: is a file; choose another output folder")
    if target.is_mount():
        raise OutputError(f"{target}: is a mount point and cannot be replaced; choose a folder below it")
    # Of a large archive this is a file for every text: of each no more is held than what tells it from another.
    ours = {name: _told(facts) for name, facts in manifest.listed(target)}
    foreign, changed = _Few(), _Few()
    for name in chain(manifest.files_in(target), _empty_folders(target)):
        if ours and name == manifest.MANIFEST:
            continue
        if name not in ours:
            foreign.add(name)
        elif not _as_written(target / name, ours[name]):
            changed.add(name)
    if foreign.count:
        raise OutputError(f"{target}: holds files that gonghui did not write ({foreign}); choose another output folder")
    if changed.count:
        raise OutputError(
            f"{target}: holds files that were changed since gonghui wrote them ({changed}); "
            "move them away or choose another output folder"
        )


class _Few:
    """Names of which the first three are told, and how many there are more."""

    def __init__(self) -> None:
        self.count = 0
        self._first: list[str] = []

    def add(self, name: str) -> None:
        """One more."""
        self.count += 1
        self._first = sorted([*self._first, name])[:3]

    def __str__(self) -> str:
        shown = ", ".join(n.encode("utf-8", "backslashreplace").decode() for n in self._first)
        return shown + (f" and {self.count - 3} more" if self.count > 3 else "")


Told = tuple[int, bytes]


def _told(facts: dict[str, Any]) -> Told:
    """Size and checksum, as far as the manifest says them."""
    size, digest = facts.get("bytes"), facts.get("sha256")
    known = isinstance(size, int) and isinstance(digest, str) and len(digest) == 64
    return (size, bytes.fromhex(digest)) if known else (-1, b"")  # type: ignore[arg-type,return-value]


def _as_written(path: Path, facts: Told) -> bool:
    size, digest = facts
    return not path.is_symlink() and path.stat().st_size == size and bytes.fromhex(manifest.checksum(path)) == digest


def _empty_folders(target: Path) -> Iterator[str]:
    """The folders without anything in them, and the links to folders, which nobody of ours makes."""
    for inside, folders, files in os.walk(target):
        here = Path(inside)
        if not folders and not files and here != target:
            yield here.relative_to(target).as_posix()
        yield from ((here / f).relative_to(target).as_posix() for f in folders if (here / f).is_symlink())
