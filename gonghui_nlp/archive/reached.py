"""How far the work has come, in bytes of the files that were met.

Workers add what they are done with to a file in the scratch folder, a few bytes at a time, which the process that waits
for them adds up: so a bar moves while the first chunk is still at work, on a cluster too.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from gonghui_nlp.readers import Entry
from gonghui_nlp.schema import Document

Reached = Callable[[int, int], None]
"""Is told so many bytes are done, of so many."""
_LEDGER, _RECORD = "reached", 8
_PAUSE = 0.2


def size_of(entry: Entry) -> int:
    """The bytes of what is to be read; 0 for what is not."""
    try:
        return entry.path.stat().st_size if entry.status == "read" else 0
    except OSError:
        return 0


def told_each(entries: Iterable[Entry], reached: Reached | None) -> Iterator[Entry]:
    """The entries one by one; each is done when the next one is asked for."""
    held = list(entries)
    total, done = sum(map(size_of, held)), 0
    if reached:
        reached(0, total)
    for entry in held:
        yield entry
        done += size_of(entry)
        if reached:
            reached(min(done, total), total)


class Ahead:
    """What was read and is not analysed yet: bytes read are done when the text read with them is."""

    def __init__(self, folder: Path, total: int) -> None:
        self._ledger, self._left = folder / _LEDGER, total
        self._at, self._new = 0, 0
        self._waiting: deque[int] = deque()

    def begin(self) -> None:
        """Another file is begun."""
        self._at = 0

    def read(self, position: int) -> None:
        """The open file is read up to here."""
        self._new += max(position - self._at, 0)
        self._at = max(position, self._at)

    def given(self) -> None:
        """A text is given to the analysis."""
        self._waiting.append(self._new)
        self._new = 0

    def analysed(self, document: Document) -> Document:
        """The analysis of the next text is done; what came of it."""
        if self._waiting:
            self._add(self._waiting.popleft())
        return document

    def end(self) -> None:
        """All is done."""
        self._add(self._left)

    def _add(self, size: int) -> None:
        size = min(size, self._left)
        self._left -= size
        if size:
            with suppress(OSError), self._ledger.open("ab", buffering=0) as ledger:
                ledger.write(size.to_bytes(_RECORD, "big"))


def done_in(folder: Path, since: int = 0) -> tuple[int, int]:
    """The bytes that were added to the ledger from a place in it on, and its new end."""
    try:
        with (folder / _LEDGER).open("rb") as ledger:
            ledger.seek(since)
            added = ledger.read()
    except OSError:
        return 0, since
    whole = len(added) - len(added) % _RECORD
    sizes = (int.from_bytes(added[i : i + _RECORD], "big") for i in range(0, whole, _RECORD))
    return sum(sizes), since + whole


@contextmanager
def watched(folder: Path, total: int, reached: Reached | None) -> Iterator[None]:
    """Tells what is done again and again while the block works; all when it ends without an error."""
    if reached is None:
        yield
        return
    over = threading.Event()
    reached(0, total)

    def watch() -> None:
        done = place = 0
        while not over.wait(_PAUSE):
            more, place = done_in(folder, place)
            if more:
                done += more
                reached(min(done, total), total)  # what a dead worker had done is done again

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield
    finally:
        over.set()
        watching.join()
    reached(total, total)
