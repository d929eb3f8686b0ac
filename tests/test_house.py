"""The house stays in order: formatted, linted, typed, imports one way."""

import subprocess
import sys
from pathlib import Path

import pytest
from complexipy import file_complexity


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "format", "--check", "."],
        ["ruff", "check", "."],
        ["mypy"],
        ["lint-imports", "--no-cache"],
    ],
    ids=lambda command: command[0] + " " + command[1] if len(command) > 1 else command[0],
)
def test_tool_finds_nothing(command, root):
    tool = Path(sys.executable).with_name(command[0])
    done = subprocess.run([str(tool), *command[1:]], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_function_is_above_cognitive_complexity_20(root):
    package = root / "gonghui_nlp"
    found = {}
    for path in sorted(package.rglob("*.py")):
        complex_ = {f.name for f in file_complexity(str(path)).functions if f.complexity > 20}
        if more := complex_:
            found[path.relative_to(package).as_posix()] = more
    assert not found


def test_importing_the_package_loads_nothing_heavy():
    heavy = ["pandas", "numpy", "scipy", "sklearn", "spacy", "jieba", "rjieba", "opencc", "rapidfuzz", "rich", "typer"]
    code = f"import sys, gonghui_nlp; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
