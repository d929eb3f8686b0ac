"""The Dask engine: chunks go to the workers of a cluster, which write shards where this process finds them.

Paths must mean the same on every machine, and so must the output folder: a file system that all of them share. The
shards, and so the tables, are those of the local engine. A worker that is lost costs time, not files.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Generator
from dataclasses import replace
from importlib import import_module
from typing import Any

from gonghui_nlp.archive.local import Work, failed
from gonghui_nlp.archive.packed import Tally
from gonghui_nlp.archive.shards import Chunk

_DIED = "the processes that read it died (out of memory?); try it alone or split it"
# Dask works on several chunks in one process, the analysis on one.
_ONE_AT_A_TIME = threading.Lock()


def run_on(scheduler: Any, left: deque[Chunk], work: Work) -> Generator[Tally, None, None]:
    """Converts the chunks that are ``left`` on a Dask cluster, and takes them out; yields a Tally for each as it is done.

    ``scheduler`` is the cluster's address or a client; None starts a cluster on this machine. Raises InputError where
    Dask is not installed or nobody answers.
    """
    from gonghui_nlp.dedup.distributed import working

    work = replace(work, folder=work.folder.absolute())
    with working(scheduler) as cluster:
        dask: Any = import_module("distributed")
        running: dict[Any, Chunk] = {}
        try:
            while left or running:
                most = 2 * max(1, len(cluster.nthreads()))
                while left and len(running) < most:
                    chunk = _everywhere(left.popleft())
                    running[cluster.submit(_convert, work, chunk, pure=False)] = chunk
                for future in dask.wait([*running], return_when="FIRST_COMPLETED").done:
                    chunk = running.pop(future)
                    if tally := _result(future, chunk, left, work):
                        yield tally
        finally:
            cluster.cancel([*running])


def _result(future: Any, chunk: Chunk, left: deque[Chunk], work: Work) -> Tally | None:
    try:
        tally: Tally = future.result()
        return tally
    except Exception as error:
        # Dask has given it to several workers, and none of them survived.
        died = _DIED if type(error).__name__ == "KilledWorker" else ""
        return failed(error, chunk, left, work, died)


def _convert(work: Work, chunk: Chunk) -> Tally:
    with _ONE_AT_A_TIME:
        return work.convert(chunk)


def _everywhere(chunk: Chunk) -> Chunk:
    """The chunk with paths that do not depend on the folder a process was started in."""
    files = tuple(replace(entry, place=entry.path.absolute()) for entry in chunk.files)
    known = {name: replace(place, folder=place.folder.absolute()) for name, place in chunk.known.items()}
    return replace(chunk, files=files, known=known)
