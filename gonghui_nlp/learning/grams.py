"""Characters to hashed n-grams, and known hashes to their rows: whole batches at once, in numpy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint32]
Characters = npt.NDArray[np.uint16]

_STEP = 0x01000193 | (1 << 20)
_TABLE_BITS = 20
_MOST = 1 << 16


def gram_rows(chars: Characters, sizes: Sequence[int], seed: int, pad: int) -> Hashes:
    """A row for each of the rising ``sizes``: the hash of the gram that starts at each character, 0 where a pad does.

    What runs over the end of ``chars`` has no meaning.
    """
    wide = np.zeros(len(chars) + max(sizes), np.uint32)
    wide[: len(chars)] = chars
    rows = np.empty((len(sizes), len(chars)), np.uint32)
    # The polynomial of a gram is that of the one a character shorter, times the step, and its last character;
    # the size itself comes in as what the polynomial would have begun with.
    value = np.zeros(len(chars), np.uint32)
    row = 0
    for i in range(max(sizes)):
        value *= np.uint32(_STEP)
        value += wide[i : i + len(chars)]
        if i + 1 == sizes[row]:
            begin = seed * (i + 2) * pow(_STEP, i + 1, 1 << 32)
            np.add(value, np.uint32(begin & 0xFFFFFFFF), out=rows[row])
            row += 1
    mix(rows)
    # What begins with a pad would belong to the text before and speak of the one behind.
    rows *= chars != pad
    return rows


def mix(values: Hashes) -> Hashes:
    """The values with their bits stirred, in place."""
    values ^= values >> np.uint32(15)
    values *= np.uint32(0x2C1B3C6D)
    values ^= values >> np.uint32(13)
    return values


class Lookup:
    """From hashes to row numbers: a direct table with the full hash checked behind it."""

    def __init__(self, keys: Hashes) -> None:
        self.keys = keys
        if len(keys) >= _MOST:
            raise ValueError(f"{len(keys)} features; a model has fewer than {_MOST}")
        # Two bytes an entry: the table then stays in the processor's cache.
        self._table = np.zeros(1 << _TABLE_BITS, np.uint16)
        slots = keys >> np.uint32(32 - _TABLE_BITS)
        # Later keys of a slot win; the caller drops keys that share one (`distinct_slots`).
        self._table[slots] = np.arange(1, len(keys) + 1)
        self._behind = np.concatenate((np.zeros(1, np.uint32), keys))

    @staticmethod
    def distinct_slots(keys: Hashes) -> npt.NDArray[np.bool_]:
        """True for the first key of each slot: only these can be looked up."""
        first = np.zeros(len(keys), bool)
        first[np.unique(keys >> np.uint32(32 - _TABLE_BITS), return_index=True)[1]] = True
        return first

    def __call__(self, value: Hashes) -> tuple[Ints, Ints]:
        """Positions in ``value`` that are known, and their row numbers."""
        found = self._table[value >> np.uint32(32 - _TABLE_BITS)]
        at = np.flatnonzero(found)
        row = found[at].astype(np.int64) - 1
        true = self.keys[row] == value[at]
        return at[true], row[true]

    def numbers(self, value: Hashes) -> npt.NDArray[np.uint16]:
        """For every hash its row number plus 1, 0 for an unknown one."""
        found: npt.NDArray[np.uint16] = self._table[value >> np.uint32(32 - _TABLE_BITS)]
        found *= self._behind[found] == value
        return found
