"""Work on independent pieces in threads: numpy lets go of the interpreter while it sorts and gathers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")
_MOST = 4


def cores() -> int:
    """How many cores this process may use; a machine with many has other things to do as well."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    wanted = os.environ.get("OMP_NUM_THREADS", "").split(",")[0]
    return max(1, min(usable, _MOST, int(wanted) if wanted.isdecimal() else _MOST))


def in_threads(work: Callable[[Item], Made], items: Sequence[Item]) -> Iterator[Made]:
    """The results in the order of the items, a few pieces ahead of who takes them.

    >>> list(in_threads(lambda x: x * x, [1, 2, 3]))
    [1, 4, 9]
    """
    threads = cores()
    if threads == 1 or len(items) < 4:
        yield from map(work, items)
        return
    with ThreadPoolExecutor(threads) as pool:
        rest = iter(items)
        waiting = [pool.submit(work, i) for i in islice(rest, 3 * threads)]
        for at in range(len(items)):
            made = waiting[at % len(waiting)].result()
            for i in islice(rest, 1):
                waiting[at % len(waiting)] = pool.submit(work, i)
            yield made
