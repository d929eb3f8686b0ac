"""The model file: a magic word, a JSON header, then plain little-endian arrays. Reading it runs no code.

Layout: 8 bytes magic with the layout's version, 8 bytes header length, 32 bytes SHA-256 of the header, the header
(UTF-8 JSON: ``meta``, ``arrays``, ``sha256`` of what follows), the arrays one behind the other in the header's order.
Every byte is under a checksum, and no weight may be NaN or infinite.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from gonghui_nlp.errors import ModelError

VERSION = 2
_NAME = b"GONGHUI"
MAGIC = _NAME + str(VERSION).encode()
_START = len(MAGIC) + 8 + hashlib.sha256().digest_size  # where the header begins
_TYPES: dict[str, np.dtype[Any]] = {
    "u4": np.dtype("<u4"),
    "i4": np.dtype("<i4"),
    "f4": np.dtype("<f4"),
    "i2": np.dtype("<i2"),
    "f2": np.dtype("<f2"),
    "i1": np.dtype("i1"),
    "u1": np.dtype("u1"),
}
_LONGEST_HEADER = 1 << 24  # feature names stand in it

Arrays = Mapping[str, npt.NDArray[Any]]


def dump(meta: Mapping[str, Any], arrays: Arrays) -> bytes:
    """The bytes of a model file; the same content always gives the same bytes.

    >>> import numpy as np
    >>> dump({}, {"w": np.zeros(2, np.float32)})[:8]
    b'GONGHUI2'
    """
    listed, body = [], []
    for name, array in arrays.items():
        code = f"{array.dtype.kind}{array.dtype.itemsize}"
        listed.append({"name": name, "type": code, "shape": list(array.shape)})
        body.append(np.ascontiguousarray(array, _TYPES[code]).tobytes())
    payload = b"".join(body)
    fields = {"meta": meta, "arrays": listed, "sha256": hashlib.sha256(payload).hexdigest()}
    return seal(json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()) + payload


def seal(head: bytes) -> bytes:
    """What stands before the arrays: magic, length and checksum of the header ``head``, and itself."""
    return MAGIC + len(head).to_bytes(8, "little") + hashlib.sha256(head).digest() + head


def load(path: Path) -> tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]:
    """The header's ``meta`` and the arrays of a model file.

    Raises:
        ModelError: the file is missing, not one of ours, of another version, or damaged.
    """
    try:
        data = path.read_bytes()
    except OSError as e:
        raise ModelError(f"model file {path} cannot be read: {e.strerror}; give the path of a file that was "
                         "written by `gonghui train`") from e  # fmt: skip
    return parse(data, str(path))


def parse(data: bytes, name: str = "model") -> tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]:
    """As :func:`load`, from bytes; ``name`` is for the error's text."""
    head = header(data, name)
    try:
        fields = json.loads(head, parse_float=_finite, parse_constant=_finite)
        listed, digest, meta = (fields[k] for k in ("arrays", "sha256", "meta"))
        wanted = [(str(a["name"]), _TYPES[a["type"]], tuple(int(n) for n in a["shape"])) for a in listed]
    except (ValueError, KeyError, TypeError, RecursionError) as e:
        raise ModelError(f"{name} has a header that cannot be understood ({type(e).__name__}: {e})") from e
    payload = memoryview(data)[_START + len(head) :]
    if hashlib.sha256(payload).hexdigest() != digest:
        raise ModelError(f"{name} is damaged: its arrays do not match the checksum in its header")
    arrays, at = {}, 0
    for key, dtype, shape in wanted:
        count = math.prod(shape)
        if min(shape, default=0) < 0 or at + count * dtype.itemsize > len(payload):
            raise ModelError(f"{name} is damaged: array {key!r} does not fit into the file")
        arrays[key] = np.frombuffer(payload, dtype, count, at).reshape(shape)
        if dtype.kind == "f" and not np.isfinite(arrays[key]).all():
            raise ModelError(
                f"{name} is damaged: array {key!r} holds a weight that is no finite number; train it again"
            )
        at += count * dtype.itemsize
    if at != len(payload) or not isinstance(meta, dict):
        raise ModelError(f"{name} is damaged: {len(payload) - at} bytes belong to no array")
    return meta, arrays


def header(data: bytes, name: str) -> bytes:
    """The header's bytes as they were written; ModelError when ``data`` is foreign, of another version or damaged there."""
    if data[: len(MAGIC)] != MAGIC:
        if data[: len(_NAME)] == _NAME:
            raise ModelError(f"{name} is of version {data[len(_NAME) : len(MAGIC)].decode('latin-1')!r}; "
                             f"this program reads version {VERSION}: train it again")  # fmt: skip
        raise ModelError(f"{name} is no model file of gonghui: it begins with {data[:8]!r}, not {MAGIC!r}")
    size = int.from_bytes(data[len(MAGIC) : len(MAGIC) + 8], "little")
    if len(data) < _START or size > min(_LONGEST_HEADER, len(data) - _START):
        raise ModelError(f"{name} is cut short or its header is damaged; train it again or copy it afresh")
    head = data[_START : _START + size]
    if hashlib.sha256(head).digest() != data[len(MAGIC) + 8 : _START]:
        raise ModelError(f"{name} is damaged: its header does not match its checksum; copy it afresh or train it again")
    return head


def _finite(number: str) -> float:
    value = float(number)
    if not math.isfinite(value):
        raise ValueError(f"{number} is no finite number")
    return value
