"""What a finished output folder says of itself: every file with its size, its checksum and, for tables, its rows."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

MANIFEST = "gonghui.json"


def write(folder: Path, about: dict[str, Any], rows: dict[str, int]) -> None:
    """Writes the manifest of all files in the folder; ``rows`` are the numbers of rows by file name."""
    # Of every text that was kept there is a file: they are named one by one, and nothing but the names is held.
    before, behind = _json(about | {"files": {}}).split('"files": {}', 1)
    names = sorted(files_in(folder))
    with (folder / MANIFEST).open("w", encoding="utf-8", newline="\n") as file:
        file.write(before + '"files": {')
        for n, name in enumerate(names):
            path = folder / name
            facts: dict[str, Any] = {"bytes": path.stat().st_size, "sha256": checksum(path)}
            if name in rows:
                facts["rows"] = rows[name]
            told = _json({name: facts})[2:-2].replace("\n", "\n ")
            file.write(f"{',' if n else ''}\n {told}")
        file.write(("\n }" if names else "}") + behind + "\n")


def files_in(folder: Path) -> Iterator[str]:
    """The names of all files below a folder, from it on."""
    for inside, _, names in os.walk(folder):
        above = Path(inside).relative_to(folder).as_posix()
        yield from (name if above == "." else f"{above}/{name}" for name in names)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)


def read(folder: Path) -> dict[str, dict[str, Any]]:
    """The files by name as the folder's manifest lists them; nothing where there is no manifest that can be read."""
    return dict(listed(folder))


def listed(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The files one by one, as the folder's manifest lists them; nothing where it cannot be read.

    One that we wrote, and nobody since, is read line by line: of a large archive it lists a file for every text.
    """
    path = folder / MANIFEST
    try:
        with path.open(encoding="utf-8") as file:
            yield from _as_we_write(file) if file.readline() == "{\n" and file.readline() == _FIRST else _whole(path)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return


_FIRST = ' "files": {\n'


def _as_we_write(lines: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    held: list[str] = []
    for line in lines:
        if line.startswith(" }") or not line.startswith("  "):
            return
        held.append(line)
        if line.startswith("  }"):
            ((name, facts),) = json.loads("{" + "".join(held).rstrip(",\n") + "}").items()
            yield name, dict(facts)
            held = []


def _whole(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, facts in json.loads(path.read_text(encoding="utf-8"))["files"].items():
        yield str(name), dict(facts)


def checksum(path: Path) -> str:
    """The SHA-256 of the file's bytes."""
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
