"""What a finished output folder says of itself: every file with its size, its checksum and, for tables, its rows."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

MANIFEST = "gonghui.json"


def write(folder: Path, about: dict[str, Any], rows: dict[str, int]) -> None:
    """Writes the manifest of all files in the folder; ``rows`` are the numbers of rows by file name."""
    # Of every text that was kept there is a file: they are named one by one, and nothing but the names is held.
    before, behind = _json(about | {"files": {}}).split('"files": {}', 1)
    names = sorted(_files(folder))
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


def _files(folder: Path) -> Iterator[str]:
    """The names of all files below a folder, from it on."""
    for inside, _, names in os.walk(folder):
        above = Path(inside).relative_to(folder).as_posix()
        yield from (name if above == "." else f"{above}/{name}" for name in names)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)


def read(folder: Path) -> dict[str, dict[str, Any]]:
    """The files by name as the folder's manifest lists them; nothing where there is no manifest that can be read."""
    try:
        listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        return {str(name): dict(facts) for name, facts in listed.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def checksum(path: Path) -> str:
    """The SHA-256 of the file's bytes."""
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
