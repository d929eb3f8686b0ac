"""What a finished output folder says of itself: every file with its size, its checksum and, for tables, its rows."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

MANIFEST = "gonghui.json"


def write(folder: Path, about: dict[str, Any], rows: dict[str, int]) -> None:
    """Writes the manifest of all files in the folder; ``rows`` are the numbers of rows by file name."""
    files: dict[str, dict[str, Any]] = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        files[name] = {"bytes": path.stat().st_size, "sha256": checksum(path)}
        if name in rows:
            files[name]["rows"] = rows[name]
    text = json.dumps(about | {"files": files}, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


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
