"""Gold annotation read and checked: a record that cannot be scored is named by its file, its line and its field."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from gonghui_nlp.errors import InputError
from gonghui_nlp.learning.matching import Record

LABELS = {"维护": "safeguarding", "参与": "participation", "教育": "education", "建设": "building"}
"""The functions as gold names them, and as the tables do; a label of one's own has one name."""

Check = tuple[Callable[[Any], bool], str]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _are_labels(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(label, str) and label for label in value)


_OFFSET: Check = (lambda v: isinstance(v, int) and not isinstance(v, bool) and v >= 0, "an offset, 0 or more")
_TEXT: Check = (lambda v: isinstance(v, str), "a text")
_TEXT_OR_NONE: Check = (lambda v: v is None or isinstance(v, str), "a text or null")
_END: Check = (lambda v: v is None or _is_number(v), "a number or null")
_RANGE = {"text": _TEXT, "min": _END, "max": _END}
_NEEDED: dict[str, dict[str, Check]] = {
    "doc": {"text": _TEXT},
    "mark": {"text": _TEXT, "level": (_is_number, "a number"), "role": _TEXT},
    "amount": _RANGE,
    "headcount": _RANGE,
    "count": _RANGE,
    "rate": _RANGE,
    "date": {"text": _TEXT, "value": _TEXT_OR_NONE},
    "event": {"text": _TEXT, "trigger": _TEXT, "type": _TEXT, "status": _TEXT},
    "function": {"text": _TEXT, "labels": (_are_labels, f"a list of {', '.join(LABELS)}, or of labels of your own")},
}


def read_gold(path: Path, own: Collection[str] | None = None) -> list[Record]:
    """The records of a gold file in JSON Lines; kinds that nothing scores are kept.

    Raises InputError for a file that cannot be read, a line that is no JSON object, and a record without a field
    that scoring needs, ``start`` and ``end`` among them. ``own`` are the labels a function may have beside the four;
    any where it is left out.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise InputError(f"{path}: {reason}; give gold files in JSON Lines") from error
    return [_record(f"{path}, line {n}", line, own) for n, line in enumerate(lines, 1) if line.strip()]


def _record(where: str, line: str, own: Collection[str] | None) -> Record:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: not JSON Lines: {error}") from error
    if not isinstance(record, dict) or not isinstance(record.get("kind"), str):
        raise InputError(f'{where}: no gold record; one is an object such as {{"kind": "amount", …}}')
    for name, (fits, wanted) in {"start": _OFFSET, "end": _OFFSET, **_NEEDED.get(record["kind"], {})}.items():
        if name not in record:
            raise InputError(f"{where}: the {record['kind']} record has no {name!r}; it must be {wanted}")
        if not fits(record[name]):
            raise InputError(f"{where}: {name} = {record[name]!r} of the {record['kind']} record is not {wanted}")
    if own is not None and record["kind"] == "function":
        for label in record["labels"]:
            if label not in LABELS and label not in own:
                raise InputError(
                    f"{where}: labels have {label!r}; they are {', '.join(LABELS)}, or those of the tables"
                )
    return record
