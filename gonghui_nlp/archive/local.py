"""The local engine: processes that get paths and write shards; one that dies costs only its own file."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from gonghui_nlp.archive.shards import Chunk, Tally, convert_chunk, lost_chunk
from gonghui_nlp.settings import Settings

_CHUNK_BYTES = 1_000_000
_CHUNK_FILES = 64


def chunks_of(files: Sequence[tuple[str, Path]]) -> list[Chunk]:
    """Files in order, grouped so that a worker's chunk is neither many megabytes nor one tiny file."""
    groups: list[list[tuple[str, Path]]] = []
    held = 0
    for name, path in files:
        try:
            size = path.stat().st_size
        except OSError:
            size = 0
        if not groups or held + size > _CHUNK_BYTES or len(groups[-1]) >= _CHUNK_FILES:
            groups.append([])
            held = 0
        groups[-1].append((name, path))
        held += size
    # Numbers leave room so that the files of a chunk can be redone one by one and keep their order.
    return [Chunk(i * (_CHUNK_FILES + 1), tuple(group)) for i, group in enumerate(groups)]


def run(chunks: Sequence[Chunk], folder: Path, encoding: str | None, settings: Settings, jobs: int) -> Iterator[Tally]:
    """Converts the chunks with ``jobs`` processes; yields a Tally for each as it is done."""
    if jobs == 1 or len(chunks) <= 1:
        for chunk in chunks:
            yield convert_chunk(chunk, folder, encoding, settings)
        return
    # Loaded before the fork, lexicons and models are shared by all workers.
    import gonghui_nlp.pipeline  # noqa: F401

    left = {chunk.number: chunk for chunk in chunks}
    try:
        with ProcessPoolExecutor(min(jobs, len(chunks)), mp_context=_context()) as pool:
            futures = {pool.submit(convert_chunk, c, folder, encoding, settings): c for c in chunks}
            for future in as_completed(futures):
                tally = future.result()
                del left[futures[future].number]
                yield tally
    except BrokenProcessPool:
        for chunk in left.values():
            for i, file in enumerate(chunk.files):
                yield _alone(Chunk(chunk.number + i, (file,)), folder, encoding, settings)


def _alone(chunk: Chunk, folder: Path, encoding: str | None, settings: Settings) -> Tally:
    try:
        with ProcessPoolExecutor(1, mp_context=_context()) as pool:
            return pool.submit(convert_chunk, chunk, folder, encoding, settings).result()
    except BrokenProcessPool:
        return lost_chunk(chunk, folder, "the process that read it died (out of memory?); try it alone or split it")


def _context() -> multiprocessing.context.BaseContext:
    methods = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("fork" if "fork" in methods else "spawn")
