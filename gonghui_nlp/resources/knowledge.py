"""The Resources a run goes by, and what is built from them: once for each, never at import."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar, cast

from gonghui_nlp.resources.loader import Resources, opened

T = TypeVar("T")
P = ParamSpec("P")

OURS = opened(None)
_current: ContextVar[Resources] = ContextVar("resources", default=OURS)
current = _current.get
"""The Resources the run goes by: ours, unless :func:`using` says otherwise."""


@contextmanager
def using(resources: Resources) -> Iterator[Resources]:
    """Go by these Resources inside the block, in this thread.

    >>> with using(Resources()) as mine:
    ...     current() is mine
    True
    """
    token = _set(resources)
    try:
        yield resources
    finally:
        _current.reset(token)


def go_by(resources: Resources) -> None:
    """Go by these Resources to the end of the :func:`using` block one is in: for a command, once its settings are read."""
    _set(resources)


def _set(resources: Resources) -> Token[Resources]:
    global _only_ours
    if resources is not OURS:
        _only_ours = False  # for good: a context that was copied meanwhile may be asked later
    return _current.set(resources)


_NOT_YET = object()
_only_ours = True  # no other Resources were gone by in this process


def knowledge(build: Callable[[], T]) -> Callable[[], T]:
    """A value built from the current Resources, once for each of them.

    >>> @knowledge
    ... def festivals():
    ...     return {row["name"] for row in current().rows("quantities/festivals.tsv")}
    >>> "元旦" in festivals()
    True
    """

    ours: T | object = _NOT_YET

    @wraps(build)
    def value() -> T:
        nonlocal ours
        # Asked for twice a character, nearly always of ours.
        if ours is not _NOT_YET and (_only_ours or current() is OURS):
            return ours  # type: ignore[return-value]
        at = current()
        built = at.built
        try:
            made: T = built[value]
        except KeyError:
            built[value] = made = build()
        if at is OURS:
            ours = made
        return made

    return value


def remembered(maxsize: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """An ``lru_cache`` for a function that reads knowledge: what it said under other Resources is not taken for it."""

    def wrapped(function: Callable[P, T]) -> Callable[P, T]:
        ours = cast(Callable[P, T], lru_cache(maxsize)(function))

        @knowledge
        def cache() -> Callable[P, T]:
            return cast(Callable[P, T], lru_cache(maxsize)(function))

        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> T:
            return ours(*args, **kwargs) if current() is OURS else cache()(*args, **kwargs)

        return call

    return wrapped
