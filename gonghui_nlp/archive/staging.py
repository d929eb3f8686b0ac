"""An output folder that is either finished or plainly not there.

Tables are written into ``OUT.partial`` beside the target and moved in one step when all are complete. A
finished folder holds a manifest that lists what we wrote; a folder with anything else in it is not touched.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from pathlib import Path
from types import TracebackType
from typing import Any

from gonghui_nlp.errors import OutputError

MANIFEST = "gonghui.json"


class Staging:
    """Context manager: ``folder`` is where to write; :meth:`publish` makes it the target."""

    def __init__(self, target: str | os.PathLike[str]) -> None:
        self.target = Path(target).resolve()
        self.folder = self.target.with_name(self.target.name + ".partial")

    def __enter__(self) -> Staging:
        self._refuse_foreign(self.target)
        try:
            if self.folder.exists():
                shutil.rmtree(self.folder)
            self.folder.mkdir(parents=True)
        except OSError as error:
            raise OutputError(
                f"{self.folder}: {error.strerror}; choose an output folder that can be written"
            ) from error
        return self

    @staticmethod
    def _refuse_foreign(target: Path) -> None:
        if not target.exists():
            return
        if not target.is_dir():
            raise OutputError(f"{target}: is a file; choose another output folder")
        present = {p.relative_to(target).as_posix() for p in target.rglob("*") if not p.is_dir()}
        ours: set[str] = set()
        with contextlib.suppress(OSError, ValueError, KeyError):
            ours = {*json.loads((target / MANIFEST).read_text(encoding="utf-8"))["files"], MANIFEST}
        if foreign := sorted(present - ours):
            some = ", ".join(foreign[:3]) + (f" and {len(foreign) - 3} more" if len(foreign) > 3 else "")
            raise OutputError(
                f"{target}: holds files that gonghui did not write ({some}); choose another output folder"
            )

    def publish(self, manifest: dict[str, Any]) -> None:
        """Moves the finished folder to the target; what an earlier run wrote there is replaced."""
        written = sorted(p.relative_to(self.folder).as_posix() for p in self.folder.rglob("*") if p.is_file())
        text = json.dumps(manifest | {"files": written}, ensure_ascii=False, indent=1, sort_keys=True)
        (self.folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
        old = self.target.with_name(self.target.name + ".replaced")
        if self.target.exists():
            self.target.rename(old)
        self.folder.rename(self.target)
        shutil.rmtree(old, ignore_errors=True)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
