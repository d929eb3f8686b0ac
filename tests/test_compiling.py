"""Patterns are compiled once and kept as bytecode is; a kept code that is not what it says is never used."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from gonghui_nlp import compiling

RUN = """if True:
    import sys
    from gonghui_nlp import compiling
    made, code = [], compiling._code
    compiling._code = lambda *key: (made.append(key), code(*key))[1]
    found = compiling.compiled("(?P<verb>慰问|走访)(?P<n>[0-9一二三]+)?").search("走访三户")
    print(len(made), found["verb"], found["n"], compiling.compiled("A", 2).match("a") is not None)
    print(compiling.parsed('words = ["慰问"]'), "tomllib" in sys.modules)
"""
MADE, TAKEN = "1 走访 三 True\n{'words': ['慰问']} True", "0 走访 三 True\n{'words': ['慰问']} False"


def _run(cache: Path, **more: str) -> str:
    outside = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env = outside | {"PYTHONPYCACHEPREFIX": str(cache), "PYTHONPATH": str(Path(compiling.__file__).parents[1])} | more
    return subprocess.run(
        [sys.executable, "-c", RUN], capture_output=True, text=True, check=True, env=env, encoding="utf-8"
    ).stdout.strip()


def test_what_one_run_compiled_the_next_takes(tmp_path: Path) -> None:
    assert [_run(tmp_path, PYTHONIOENCODING="utf-8") for _ in range(2)] == [MADE, TAKEN]
    (kept,) = tmp_path.rglob("*.patterns")
    data = kept.read_bytes()
    for damaged in (b"", data[:-9] + bytes([data[-9] ^ 1]) + data[-8:], data.replace(b"3.", b"4.", 1)):
        kept.write_bytes(damaged)
        assert _run(tmp_path, PYTHONIOENCODING="utf-8") == MADE
        assert kept.read_bytes() == data  # and it is written anew
    kept.unlink()
    assert _run(tmp_path, PYTHONIOENCODING="utf-8", PYTHONDONTWRITEBYTECODE="1") == MADE
    assert not kept.exists()


def test_what_cannot_be_kept_is_compiled(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert _run(blocked, PYTHONIOENCODING="utf-8") == MADE


@pytest.mark.parametrize("pattern", ["[\ud800-\udfff]", "(?i)a(b)?", "(?<=年)[零〇一-龥]{2,}+", "", "(?P<x>.)(?P=x)"])
@pytest.mark.parametrize("flags", [0, re.MULTILINE])
def test_it_is_what_re_compiles(pattern: str, flags: int) -> None:
    ours, theirs = compiling.compiled(pattern, flags), re.compile(pattern, flags)
    assert (ours.pattern, ours.flags, ours.groups, dict(ours.groupindex)) == (
        theirs.pattern, theirs.flags, theirs.groups, dict(theirs.groupindex)
    )  # fmt: skip
    text = "2024年一一月AbaB\ud800\n慰问慰问"
    assert [m.span() for m in ours.finditer(text)] == [m.span() for m in theirs.finditer(text)]


def test_what_is_parsed_is_nobody_elses() -> None:
    text = 'words = ["慰问"]'
    compiling.parsed(text)["words"].append("走访")
    assert compiling.parsed(text) == {"words": ["慰问"]}


def test_a_wrong_pattern_raises_as_it_would() -> None:
    with pytest.raises(re.error):
        compiling.compiled("(")
