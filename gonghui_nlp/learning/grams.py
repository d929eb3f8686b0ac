"""Characters to hashed n-grams, and known hashes to their rows: whole batches at once, in numpy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint32]
Characters = npt.NDArray[np.uint16]

_STEP = 0x01000193 | (1 << 20)
_TABLE_BITS, _FEWEST_BITS = 20, 16
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
    """From hashes to row numbers: a small direct table, the full hash checked behind it, and the few that share a place.

    >>> Lookup(np.array([7, 8, 1 << 31], np.uint32)).numbers(np.array([8, 9, 7, 1 << 31], np.uint32)).tolist()
    [2, 0, 1, 3]
    """

    def __init__(self, keys: Hashes) -> None:
        self.keys = keys
        if len(keys) >= _MOST:
            raise ValueError(f"{len(keys)} features; a model has fewer than {_MOST}")
        # Two bytes a place and eight places a key: the table stays in the processor's cache.
        bits = min(_TABLE_BITS, max(_FEWEST_BITS, (8 * len(keys)).bit_length()))
        self._shift = np.uint32(32 - bits)
        self._table = np.zeros(1 << bits, np.uint16)
        slots = keys >> self._shift
        self._table[slots[::-1]] = np.arange(len(keys), 0, -1)  # the first key of a place
        self._behind = np.concatenate((np.zeros(1, np.uint32), keys))
        rest = np.flatnonzero(self._table[slots] != np.arange(1, len(keys) + 1))
        rest = rest[np.argsort(keys[rest])]
        self._rest = np.concatenate((keys[rest], np.zeros(1, np.uint32)))
        self._rest_numbers = np.concatenate((rest + 1, np.zeros(1, np.intp))).astype(np.uint16)

    @staticmethod
    def distinct_slots(keys: Hashes) -> npt.NDArray[np.bool_]:
        """True for the first key of each slot: a model is trained to know no other, whatever could be looked up."""
        first = np.zeros(len(keys), bool)
        first[np.unique(keys >> np.uint32(32 - _TABLE_BITS), return_index=True)[1]] = True
        return first

    def __call__(self, value: Hashes) -> tuple[Ints, Ints]:
        """Positions in ``value`` that are known, and their row numbers."""
        found = self.numbers(value)
        at = np.flatnonzero(found)
        return at, found[at].astype(np.int64) - 1

    def numbers(self, value: Hashes) -> npt.NDArray[np.uint16]:
        """For every hash its row number plus 1, 0 for an unknown one."""
        found: npt.NDArray[np.uint16] = self._table.take(value >> self._shift, mode="clip")
        other = np.flatnonzero((self._behind.take(found, mode="clip") != value) & (found > 0))
        asked = value[other]
        at = np.searchsorted(self._rest[:-1], asked)
        found[other] = np.where(self._rest[at] == asked, self._rest_numbers[at], 0)
        return found
