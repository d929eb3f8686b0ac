"""Compiled patterns and parsed TOML of our own, kept between runs as Python keeps the bytecode of modules.

Compiling some 500 patterns took most of the time of a first result; the code they are compiled to is kept in one file
among the package's ``.pyc`` files, under the same rules (``PYTHONDONTWRITEBYTECODE``, ``PYTHONPYCACHEPREFIX``). It
counts only for the very interpreter that wrote it, under a checksum, and ``_sre`` checks each code before it runs;
where anything is in doubt the pattern is compiled. What is kept is known by the whole text it was made of.
"""

from __future__ import annotations

import atexit
import contextlib
import marshal
import os
import re
import sys
from array import array
from functools import lru_cache
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any
from zlib import crc32

_BUILD = f"gonghui patterns 2 {sys.implementation.name} {sys.version}\0".encode()
_START = len(_BUILD) + 4  # behind it and the checksum
_TOML = -1  # in the place of a pattern's flags
_MOST = 2048  # codes kept; above it those that the run did not ask for go

_codes: dict[tuple[str, int], tuple[Any, ...]] | None = None
_asked: dict[tuple[str, int], tuple[Any, ...]] = {}


@lru_cache(maxsize=_MOST)
def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` gives, for patterns of our own.

    >>> compiled("慰问(?P<whom>职工)?").search("走访慰问职工")["whom"]
    '职工'
    """
    key = pattern, int(flags)
    held = _kept()
    try:
        import _sre  # type: ignore[import-not-found]

        code = held.get(key) or _code(*key)
        made: re.Pattern[str] = _sre.compile(pattern, code[0], array("I", code[1]).tolist(), *code[2:])
    except re.error:
        raise
    except Exception:  # another interpreter, or a file that is not what it says
        return re.compile(pattern, flags)
    _asked[key] = code
    return made


def parsed(text: str) -> dict[str, Any]:
    """What ``tomllib.loads`` gives, anew each time, for a file of our own: no date stands in one.

    >>> parsed('words = ["慰问"]')
    {'words': ['慰问']}
    """
    key = text, _TOML
    if (held := _kept().get(key)) is None:
        import tomllib

        held = (marshal.dumps(tomllib.loads(text)),)
    _asked[key] = held
    found: dict[str, Any] = marshal.loads(held[0])
    return found


def _code(pattern: str, flags: int) -> tuple[Any, ...]:
    """What a pattern is compiled to, as ``re`` does it: flags, code, groups by number and name."""
    from re import _compiler, _parser  # type: ignore[attr-defined]

    tree = _parser.parse(pattern, flags)
    code = array("I", _compiler._code(tree, flags))
    names: list[str | None] = [None] * tree.state.groups
    for name, number in tree.state.groupdict.items():
        names[number] = name
    return (
        flags | tree.state.flags,
        code.tobytes(),
        tree.state.groups - 1,
        dict(tree.state.groupdict),
        tuple(names),
    )


def _file() -> Path:
    return Path(cache_from_source(__file__)).with_suffix(".patterns")


def _kept() -> dict[tuple[str, int], tuple[Any, ...]]:
    """The codes that earlier runs left, read once; what this run adds is written at its end."""
    global _codes
    if _codes is None:
        _codes = {}
        with contextlib.suppress(Exception):  # none, or none of ours
            data = memoryview(_file().read_bytes())
            if data[:_START] == _head(data[_START:]):
                _codes = marshal.loads(data[_START:])
        atexit.register(_keep, os.getpid())
    return _codes


def _head(data: bytes | memoryview) -> bytes:
    return _BUILD + crc32(data).to_bytes(4, "little")


def _keep(process: int) -> None:
    held = _codes or {}
    if sys.dont_write_bytecode or os.getpid() != process or _asked.keys() <= held.keys():
        return
    kept = held | _asked if len(held.keys() | _asked.keys()) <= _MOST else _asked
    data = marshal.dumps(kept)
    draft = _file().with_name(f"{_file().name}.{process}")
    with contextlib.suppress(OSError):  # as with bytecode: a place that cannot be written is no error
        draft.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(_head(data) + data)
        draft.replace(_file())
