"""The local engine: processes that get paths and write shards; one that dies costs only its own file."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from gonghui_nlp.archive.shards import Chunk, Tally, convert_chunk, lost_chunk
from gonghui_nlp.errors import OutputError
from gonghui_nlp.readers import Entry
from gonghui_nlp.settings import Settings

_CHUNK_BYTES = 1_000_000
_CHUNK_FILES = 64
_DIED = "the process that read it died (out of memory?); try it alone or split it"
# So many pools in a row may break without a chunk done before we say that processes cannot be had here.
_BROKEN_POOLS = 5


def chunks_of(files: Sequence[Entry]) -> list[Chunk]:
    """Files in order, grouped so that a worker's chunk is neither many megabytes nor one tiny file."""
    groups: list[list[Entry]] = []
    held = 0
    for entry in files:
        try:
            size = entry.path.stat().st_size if entry.status == "read" else 0
        except OSError:
            size = 0
        if not groups or held + size > _CHUNK_BYTES or len(groups[-1]) >= _CHUNK_FILES:
            groups.append([])
            held = 0
        groups[-1].append(entry)
        held += size
    # Numbers leave room so that the files of a chunk can be redone one by one and keep their order.
    return [Chunk(i * (_CHUNK_FILES + 1), tuple(group)) for i, group in enumerate(groups)]


def run(
    chunks: Sequence[Chunk], folder: Path, encoding: str | None, settings: Settings, jobs: int
) -> Generator[Tally, None, None]:
    """Converts the chunks with ``jobs`` processes; yields a Tally for each as it is done.

    Closing the iterator stops all processes at once. They also end by themselves when this one dies.
    """
    if jobs == 1 or len(chunks) <= 1:
        for chunk in chunks:
            yield convert_chunk(chunk, folder, encoding, settings)
        return
    # Loaded before the fork, lexicons and models are shared by all workers.
    import gonghui_nlp.pipeline  # noqa: F401

    left = deque(chunks)
    broken = 0
    while left:
        before = len(left)
        yield from _with_pool(left, folder, encoding, settings, min(jobs, len(chunks)))
        broken = broken + 1 if len(left) == before else 0
        if broken == _BROKEN_POOLS:
            raise OutputError("worker processes die as soon as they start; try again with one process (-j 1)")


def _with_pool(
    left: deque[Chunk], folder: Path, encoding: str | None, settings: Settings, jobs: int
) -> Iterator[Tally]:
    """Works on what is left until it is done or the pool breaks; what was begun and not done is left again."""
    running: dict[Future[Tally], Chunk] = {}
    pool = ProcessPool(jobs, initializer=_begin, context=_context())
    try:
        while left or running:
            while left and len(running) < 2 * jobs:
                try:
                    begun = pool.schedule(convert_chunk, (left[0], folder, encoding, settings))
                except RuntimeError:  # the pool is broken
                    return
                running[begun] = left.popleft()
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                try:
                    tally = _result(future, running[future], left, folder, settings)
                except BrokenProcessPool:  # several died at once, or one in the midst of a message
                    return
                del running[future]
                if tally:
                    yield tally
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()
        left.extendleft(reversed(running.values()))


def _result(future: Future[Tally], chunk: Chunk, left: deque[Chunk], folder: Path, settings: Settings) -> Tally | None:
    """What came of a chunk; None where its process died and the files are left to be done one by one."""
    try:
        return future.result()
    except ProcessExpired:
        if len(chunk.files) == 1:
            return lost_chunk(chunk, folder, _DIED, settings)
    left.extendleft(Chunk(chunk.number + i, (f,)) for i, f in reversed([*enumerate(chunk.files)]))
    return None


def _begin() -> None:
    """A worker's first act: signals end it at once, and it watches the process that started it."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the parent ends us
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _context() -> multiprocessing.context.BaseContext:
    methods = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("fork" if "fork" in methods else "spawn")
