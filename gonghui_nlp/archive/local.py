"""The local engine: processes that get paths and write shards; one that dies costs only its own file."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pebble import ProcessExpired, ProcessPool

from gonghui_nlp.archive.packed import Tally
from gonghui_nlp.archive.shards import Chunk, Place, convert_chunk, lost_chunk, reason_of
from gonghui_nlp.errors import GonghuiError, InputError, OutputError
from gonghui_nlp.readers import Entry
from gonghui_nlp.settings import Settings

_CHUNK_BYTES = 1_000_000
_CHUNK_FILES = 64
_DIED = "the process that read it died (out of memory?); try it alone or split it"
_LATE = "took longer than a file may take; try it alone with a longer --timeout or split it"
# So many pools in a row may break without a chunk done before we say that processes cannot be had here.
_BROKEN_POOLS = 5


def chunks_of(files: Sequence[Entry], known: Mapping[str, Place] = MappingProxyType({})) -> list[Chunk]:
    """Files in order, grouped so that a worker's chunk is neither many megabytes nor one tiny file.

    ``known`` is what an earlier run found, by name.
    """
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
    return [
        Chunk(i * (_CHUNK_FILES + 1), tuple(group), {e.name: known[e.name] for e in group if e.name in known})
        for i, group in enumerate(groups)
    ]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: seconds, and megabytes of its process; None is no limit."""

    seconds: float | None = None
    megabytes: int | None = None

    def __post_init__(self) -> None:
        """A limit that no file could keep is an InputError."""
        for name, value in (("timeout", self.seconds), ("memory", self.megabytes)):
            if value is not None and not value > 0:
                raise InputError(f"{name} is {value}; give a number above 0")

    def __bool__(self) -> bool:
        return self.seconds is not None or self.megabytes is not None


def run(left: deque[Chunk], work: Work, jobs: int, limits: Limits = Limits()) -> Generator[Tally, None, None]:
    """Converts the chunks that are ``left`` with ``jobs`` processes, and takes them out; yields a Tally for each as it is done.

    A file whose process dies, or that keeps none of the ``limits``, is a named failure; limits, and deaths, need a
    process beside this one also for one job. Closing the iterator stops all processes at once. They also end by
    themselves when this one dies.
    """
    jobs = min(jobs, len(left))
    if not limits and jobs <= 1:
        while left:
            chunk = left.popleft()
            try:
                yield work.convert(chunk)
            except Exception as error:
                yield from filter(None, [failed(error, chunk, left, work)])
        return
    # Loaded before the fork, lexicons and models are shared by all workers.
    import gonghui_nlp.pipeline  # noqa: F401

    broken = 0
    while left:
        before = len(left)
        yield from _with_pool(left, work, jobs, limits)
        broken = broken + 1 if len(left) == before else 0
        if broken == _BROKEN_POOLS:
            raise OutputError("worker processes die as soon as they start; try again with one process (-j 1)")


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done with a chunk, and where its shard goes."""

    folder: Path
    encoding: str | None
    settings: Settings

    def convert(self, chunk: Chunk) -> Tally:
        """The chunk becomes a shard."""
        return convert_chunk(chunk, self.folder, self.encoding, self.settings)

    def give_up(self, chunk: Chunk, reason: str) -> Tally:
        """The files of the chunk become named failures."""
        return lost_chunk(chunk, self.folder, reason, self.settings)


def _with_pool(left: deque[Chunk], work: Work, jobs: int, limits: Limits) -> Iterator[Tally]:
    """Works on what is left until it is done or the pool breaks; what was begun and not done is left again."""
    running: dict[Future[Tally], Chunk] = {}
    pool = ProcessPool(jobs, initializer=_begin, initargs=(limits.megabytes,), context=_context())
    try:
        while left or running:
            while left and len(running) < 2 * jobs:
                try:
                    begun = pool.schedule(work.convert, (left[0],), timeout=limits.seconds)
                except RuntimeError:  # the pool is broken
                    return
                running[begun] = left.popleft()
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                try:
                    tally: Tally | None = future.result()
                except BrokenProcessPool:  # several died at once, or one in the midst of a message
                    return
                except Exception as error:
                    tally = failed(error, running[future], left, work)
                del running[future]
                if tally:
                    yield tally
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()
        left.extendleft(reversed(running.values()))


def failed(error: Exception, chunk: Chunk, left: deque[Chunk], work: Work, died: str = "") -> Tally | None:
    """A chunk failed: its files are left to be done one by one, and None; a file alone is a named failure.

    ``died`` says that the process did, and how. An error of the call or of the disk is raised.
    """
    if isinstance(error, ProcessExpired):
        died = _DIED
    late = isinstance(error, TimeoutError)
    if isinstance(error, OSError | GonghuiError) and not (died or late):
        raise error
    if len(chunk.files) > 1:
        left.extendleft(reversed(chunk.alone()))
        return None
    return work.give_up(chunk, died or (_LATE if late else reason_of(error)))


def _begin(megabytes: int | None) -> None:
    """A worker's first act: signals end it at once, it watches the process that started it, and its memory is bounded."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the parent ends us
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if megabytes is not None:
        _bound_memory(megabytes << 20)


def _bound_memory(size: int) -> None:
    """Asking for more than so many bytes is a MemoryError from now on, where the system can (Linux; not Windows)."""
    try:
        import resource

        with Path("/proc/self/statm").open(encoding="ascii") as file:
            used = int(file.read().split()[5]) * resource.getpagesize()
    except (ImportError, OSError, ValueError, IndexError):
        return
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    wanted = used + size if hard == resource.RLIM_INFINITY else min(used + size, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _context() -> multiprocessing.context.BaseContext:
    methods = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("fork" if "fork" in methods else "spawn")
