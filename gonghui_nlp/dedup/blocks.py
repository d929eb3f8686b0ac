"""Texts kept compressed: blocks of a few hundred, each a zlib stream of a JSON list, so that nothing in them is ever run."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_TEXTS, _CHARACTERS = 512, 1 << 20
# No zlib stream holds more than some thousand times its own bytes; one that says so was made by somebody else's hand.
_DENSEST = 1100


@dataclass(frozen=True, slots=True)
class Blocks:
    """``streams`` end to end; of each block (n × 3) where its stream ends, how many texts, how many bytes unpacked."""

    streams: npt.NDArray[np.uint8]
    table: npt.NDArray[np.int64]

    def joined(self, other: Blocks) -> Blocks:
        """These and behind them the other ones."""
        moved = other.table + np.array([len(self.streams), 0, 0])
        return Blocks(np.concatenate([self.streams, other.streams]), np.concatenate([self.table, moved]))

    def texts(self) -> list[str]:
        """All texts; ValueError where the blocks are not what :func:`packed` made."""
        out: list[str] = []
        start = 0
        for end, count, size in self.table.tolist():
            if not start <= end <= len(self.streams) or not 0 <= size <= _DENSEST * (end - start):
                raise ValueError("a block of texts lies outside")
            data = zlib.decompressobj().decompress(self.streams[start:end].tobytes(), size + 1)
            texts = json.loads(data.decode("utf-8", "surrogatepass")) if len(data) == size else None
            if not isinstance(texts, list) or len(texts) != count or not all(isinstance(t, str) for t in texts):
                raise ValueError("a block holds no texts")
            out += texts
            start = end
        return out


def packed(texts: Sequence[str]) -> Blocks:
    """The texts as blocks.

    >>> packed(["慰问职工", ""]).joined(packed(["登山"])).texts()
    ['慰问职工', '', '登山']
    """
    streams: list[bytes] = []
    rows: list[tuple[int, int, int]] = []
    end = start = 0
    while start < len(texts):
        stop, characters = start, 0
        while stop < len(texts) and stop - start < _TEXTS and (characters < _CHARACTERS or stop == start):
            characters += len(texts[stop])
            stop += 1
        data = json.dumps(list(texts[start:stop]), ensure_ascii=False).encode("utf-8", "surrogatepass")
        streams.append(zlib.compress(data, 3))
        end += len(streams[-1])
        rows.append((end, stop - start, len(data)))
        start = stop
    return Blocks(np.frombuffer(b"".join(streams), np.uint8), np.array(rows, np.int64).reshape(-1, 3))
