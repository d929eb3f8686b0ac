"""Values on the command line that need no turning: what typer turns them with takes a fifth of a first result to load.

A path is its string, a word is itself, a choice is one of a few. Anything else (numbers, wrong values) goes typer's way,
and so does everything where this version of typer keeps its annotations elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin

_TURN: Any = object()


def lighten(params: Sequence[Any]) -> Sequence[Any]:
    """The parameters, each of which takes values that need no turning as they are."""
    for param in params:
        annotation = getattr(getattr(param, "type_descriptor", None), "annotation", None)
        if annotation is not None and "process_value" not in vars(param):
            param.process_value = _process(param, annotation, param.process_value)
    return params


def _process(param: Any, annotation: Any, turned: Any) -> Any:
    def process(ctx: Any, value: Any) -> Any:
        given = plain(annotation, value)
        missing = given is None and (param.required or param.multiple or param.nargs == -1)
        if given is _TURN or missing or given == []:
            return turned(ctx, value)
        return given if param.callback is None else param.callback(ctx, param, given)

    return process


def plain(annotation: Any, value: Any) -> Any:
    """The value as the annotation wants it, where nothing has to be understood or could be wrong; else a mark of its own.

    >>> plain(list[Path], ("甲.txt", "乙.txt")) == [Path("甲.txt"), Path("乙.txt")], plain(int, "3") is _TURN
    (True, True)
    """
    if value is None or (isinstance(annotation, type) and isinstance(value, annotation)):
        return value
    if get_origin(annotation) is list and isinstance(value, (list, tuple)):
        listed = [plain(get_args(annotation)[0], each) for each in value]
        return _TURN if any(each is _TURN for each in listed) else listed
    if not isinstance(value, str) or not isinstance(annotation, type):
        return _TURN
    if annotation is Path:
        return Path(value)
    if issubclass(annotation, Enum):
        return next((member for member in annotation if member.value == value), _TURN)
    return _TURN
