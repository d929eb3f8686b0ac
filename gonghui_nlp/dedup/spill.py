"""Where the arrays of a search for copies lie: in the memory, or spilt into files when the archive may be large."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


class Spill:
    """Makes arrays; with a ``folder`` they lie there in files, ``name`` in front of each, which it never removes.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     spill = Spill(Path(folder), "paragraphs")
    ...     grown = spill.grown("codes", np.uint16)
    ...     grown.append(np.array([3, 4], np.uint16)); grown.append(np.array([5], np.uint16))
    ...     grown.whole().tolist(), [path.name for path in Path(folder).iterdir()]
    ([3, 4, 5], ['paragraphs.codes'])
    """

    def __init__(self, folder: Path | None = None, name: str = "") -> None:
        self.folder, self.name = folder, name

    def empty(self, name: str, shape: int | tuple[int, ...], of: npt.DTypeLike) -> Array:
        """An array to be filled in."""
        if self.folder is None or not np.prod(shape):
            return np.empty(shape, dtype=of)
        # Not the subclass: every slice of that is slow.
        return np.asarray(np.memmap(self._path(name), dtype=of, mode="w+", shape=shape))

    def keep(self, name: str, array: Array) -> Array:
        """The array, moved to where this one's lie."""
        if self.folder is None or not array.size:
            return array
        kept = self.empty(name, array.shape, array.dtype)
        kept[...] = array
        return kept

    def grown(self, name: str, of: npt.DTypeLike) -> Grown:
        """An array that grows piece by piece."""
        return Grown(None if self.folder is None else self._path(name), of)

    def _path(self, name: str) -> Path:
        assert self.folder is not None
        return self.folder / f"{self.name}.{name}"


class Grown:
    """An array of which pieces come one after the other."""

    def __init__(self, path: Path | None, of: npt.DTypeLike) -> None:
        self._path, self._of = path, np.dtype(of)
        self._file: IO[bytes] | None = path.open("wb") if path else None
        self._held: list[Array] = []

    def append(self, piece: Array) -> None:
        """Takes the next piece."""
        piece = np.ascontiguousarray(piece, dtype=self._of)
        if self._file:
            self._file.write(piece.data)
        else:
            self._held.append(piece)

    def whole(self, shape: Sequence[int] = (-1,)) -> Array:
        """All pieces in that shape; nothing can be added after that."""
        if not self._file or not self._path:
            return np.concatenate(self._held or [np.empty(0, self._of)]).reshape(shape)
        self._file.close()
        if not self._path.stat().st_size:
            return np.empty(0, self._of).reshape(shape)
        return np.asarray(np.memmap(self._path, dtype=self._of, mode="r")).reshape(shape)


IN_MEMORY = Spill()
"""Nothing is spilt."""
