"""The normalised copy that is compared: one table look-up turns text into small character codes.

The sources delete, mask and swap numbers, so what is a number is dropped, not replaced: digits, numerals,
calendar characters, masks, punctuation and line breaks all leave no trace. What remains is coded in 13 bits
a character, so that four characters and a row number fit one machine word.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

from gonghui_nlp.text import normalize as cleaning

CODE_BITS = 13
_DROP, _TONED, _FIRST = 0, 1, 2
_SLOTS = 1 << CODE_BITS
_CHUNK = 1 << 16
_TONE_MARKS = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
_NUMERALS = "〇○零一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟廿"
_CALENDAR = "年月日"
MASKS = "×✕xX*某□■△▲◇◆●☆★#_＿"

Codes = npt.NDArray[np.uint16]
Offsets = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Steps:
    """Which normalising steps run; every one can be switched off.

    ``width``: full-width letters and digits, Kangxi radicals and compatibility ideographs to plain ones.
    ``script``: traditional characters to simplified. ``case``: capital letters to small ones.
    ``digits``, ``numerals`` (一二三…), ``calendar`` (年月日), ``masks`` (× ＊ xx 某 □), ``punctuation``,
    ``lines`` (white space and line breaks) and ``pinyin`` (readings a site injected) are dropped.
    """

    width: bool = True
    script: bool = True
    case: bool = True
    digits: bool = True
    numerals: bool = True
    calendar: bool = True
    masks: bool = True
    punctuation: bool = True
    lines: bool = True
    pinyin: bool = True

    def mask(self) -> int:
        """The steps as bits, in the order of the fields; an index stores it."""
        return sum(1 << i for i, f in enumerate(fields(self)) if getattr(self, f.name))


ALL = Steps()
# The copy that must be equal for two texts to be called exact copies: spacing, width and script are no change.
LIGHT = Steps(case=False, digits=False, numerals=False, calendar=False, masks=False, punctuation=False, pinyin=False)


@dataclass(frozen=True, slots=True)
class Rows:
    """Normalised texts end to end: text ``i`` is ``codes[offsets[i]:offsets[i + 1]]``."""

    codes: Codes
    offsets: Offsets

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def lengths(self) -> Offsets:
        """The number of characters each text has left."""
        return np.diff(self.offsets)

    def take(self, rows: npt.NDArray[np.intp]) -> Rows:
        """Some of the texts, in the order given."""
        starts, ends = self.offsets[rows], self.offsets[rows + 1]
        parts = [self.codes[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
        offsets = np.concatenate(([0], np.cumsum(ends - starts))).astype(np.int64)
        return Rows(np.concatenate(parts) if parts else self.codes[:0], offsets)

    def digests(self) -> npt.NDArray[np.uint64]:
        """128 bits a text, as two columns: equal for equal normalised copies."""
        buffer, ends = self.codes.data.cast("B"), (self.offsets * 2).tolist()
        pairs = pairwise(ends)
        joined = b"".join(blake2b(buffer[a:b], digest_size=16).digest() for a, b in pairs)
        return np.frombuffer(joined, dtype="<u8").reshape(-1, 2)


@lru_cache(maxsize=8)
def table(steps: Steps = ALL) -> Codes:
    """The code of every character of the basic plane; 0 is dropped, 1 a letter with a tone mark."""
    plane = np.arange(1 << 16, dtype=np.uint32)
    changes: list[dict[int, int]] = []
    if steps.width:
        changes.append({a: ord(b) for a, b in cleaning.WIDTH.items()})
    if steps.script:
        changes.append(_simplified())
    if steps.case:
        changes.append({ord(c): ord(c.lower()) for c in string.ascii_uppercase})
    for change in changes:
        step = np.arange(1 << 16, dtype=np.uint32)
        for source, target in change.items():
            if max(source, target) <= 0xFFFF:
                step[source] = target
        plane = step[plane]
    return _codes(steps)[plane]


def _simplified() -> dict[int, int]:
    return {ord(c): ord(cleaning.simplify(c)) for c in cleaning.traditional_characters()}


def _codes(steps: Steps) -> Codes:
    """Codes by plain character: one each for the common characters, shared slots for the rare."""
    own = [*string.ascii_letters, *string.digits, *string.punctuation, *"，。、；：？！“”‘’（）《》…—·％"]
    rows = ((a, b) for a in range(0xB0, 0xF8) for b in range(0xA1, 0xFF))
    own += [c for a, b in rows if (c := bytes((a, b)).decode("gb2312", "ignore"))]
    codes = np.arange(1 << 16, dtype=np.uint32)
    shared = _FIRST + len(own)
    codes = shared + codes % np.uint32(_SLOTS - shared)
    codes[[ord(c) for c in own]] = np.arange(_FIRST, shared)
    codes[_dropped(steps)] = _DROP
    if steps.pinyin:
        codes[[ord(c) for c in _TONE_MARKS]] = _TONED
    return codes.astype(np.uint16)


_LETTER, _SPACE, _MASK, _NUMERAL, _OF_CALENDAR, _DIGIT, _SIGN, _NOTHING = range(8)


@lru_cache(maxsize=1)
def _kinds() -> npt.NDArray[np.uint8]:
    """What each character of the basic plane is."""
    return np.array([_kind(chr(i)) for i in range(1 << 16)], dtype=np.uint8)


def _kind(c: str) -> int:
    if c.isspace():
        return _SPACE
    if c in MASKS:
        return _MASK
    if c.isalpha():
        return _NUMERAL if c in _NUMERALS else _OF_CALENDAR if c in _CALENDAR else _LETTER
    if c.isnumeric():
        return _NUMERAL if c in _NUMERALS else _DIGIT
    # Control, private-use and other characters that are neither letter nor sign carry no text at all.
    return _SIGN if c.isprintable() else _NOTHING


def _dropped(steps: Steps) -> npt.NDArray[np.bool_]:
    """Which characters of the basic plane are dropped."""
    s = steps
    return np.array([False, s.lines, s.masks, s.numerals, s.calendar, s.digits, s.punctuation, True])[_kinds()]


def normalise(texts: Sequence[str], steps: Steps = ALL) -> Rows:
    """The normalised copies of the texts.

    >>> normalise(["慰问了26名患病職工。", "慰问了××名困难职工"]).lengths.tolist()
    [8, 8]
    """
    offsets = np.fromiter(accumulate(map(len, texts), initial=0), dtype=np.int64, count=len(texts) + 1)
    codes: list[Codes] = []
    ends = np.zeros(len(texts) + 1, dtype=np.int64)
    start, total = 0, 0
    while start < len(texts):
        # A cache's worth at a time: fresh pages for the whole archive cost more than the work itself.
        end = int(np.searchsorted(offsets, offsets[start] + _CHUNK, side="right")) - 1
        end = max(end, start + 1)
        part, kept = _normalise(texts[start:end], offsets[start : end + 1] - offsets[start], steps)
        codes.append(part)
        ends[start + 1 : end + 1] = total + kept[1:]
        start, total = end, total + len(part)
    return Rows(np.concatenate(codes) if codes else np.empty(0, dtype=np.uint16), ends)


def _normalise(texts: Sequence[str], offsets: Offsets, steps: Steps) -> tuple[Codes, Offsets]:
    points = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    if len(points) and points.max() > 0xFFFF:
        # Rare characters of other planes stay distinct from common ones; among themselves they may share a code.
        points = np.where(points > 0xFFFF, 0x3400 + (points & 0xFFF), points)
    codes = table(steps)[points]
    if steps.pinyin and (toned := np.flatnonzero(codes == _TONED)).size:
        for i in np.unique(np.searchsorted(offsets, toned, side="right") - 1):
            _blank_pinyin(texts[i], codes[offsets[i] : offsets[i + 1]])
        codes[codes == _TONED] = _DROP
    kept = codes != _DROP
    return codes[kept], np.concatenate(([0], np.cumsum(kept)))[offsets]


def _blank_pinyin(text: str, codes: Codes) -> None:
    for start, end in cleaning.foreign(cleaning.fold(text)):
        codes[start:end] = _DROP


def readable(texts: Sequence[str], steps: Steps = ALL) -> list[str]:
    """What is left of each text, readable: for looking at, not for comparing.

    >>> readable(["2023年，我校工会慰问××名困難職工！"])
    ['我校工会慰问名困难职工']
    """
    keep = table(steps)
    return [
        "".join(c for c in cleaning.fold(t) if ord(c) > 0xFFFF or keep[ord(c)] not in (_DROP, _TONED)) for t in texts
    ]
