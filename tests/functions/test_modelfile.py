"""A damaged or foreign model file is refused with a reason and runs nothing."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gonghui_nlp.errors import InputError, ModelError
from gonghui_nlp.functions import load_classifier, shipped_path
from gonghui_nlp.learning import modelfile

GOOD = shipped_path().read_bytes()


def refused(tmp_path: Path, data: bytes) -> str:
    path = tmp_path / "m.bin"
    path.write_bytes(data)
    with pytest.raises(ModelError) as error:
        load_classifier(path)
    return str(error.value)


def test_the_shipped_file_loads_from_a_path() -> None:
    text = "召开教代会"
    assert load_classifier(shipped_path()).classify([text]) == load_classifier().classify([text])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "begins with"),
        (b"PK\x03\x04 some archive", "begins with"),
        (GOOD[:12], "cut short"),
        (GOOD[:-5], "checksum"),
        (GOOD + b"x", "checksum"),
        (GOOD[:-400] + bytes(400), "checksum"),
        (modelfile.MAGIC + (10**12).to_bytes(8, "little") + b"{}", "cut short"),
        (modelfile.seal(b"[]"), "header"),
        (modelfile.seal(b"{\xff}}"), "header"),
        (modelfile.seal(b"[" * 100_000), "header"),
        (modelfile.seal(b'{"meta":{"second":[NaN]},"arrays":[],"sha256":""}'), "no finite number"),
        (modelfile.seal(b'{"meta":{"second":[1e999]},"arrays":[],"sha256":""}'), "no finite number"),
        (GOOD[:60] + b"~" + GOOD[61:], "checksum"),
        (modelfile.dump({}, {"w": np.array([0.5, np.nan], np.float32)}), "no finite number"),
        (modelfile.dump({}, {"w": np.array([np.inf], np.float16)}), "no finite number"),
        (modelfile.dump({}, {}), "no model of functions"),
        (modelfile.dump({"classes": [], "labels": []}, {"keys": np.zeros(0, np.uint32)}), "no model of functions"),
    ],
)
def test_refused_with_a_reason(tmp_path: Path, data: bytes, says: str) -> None:
    assert says in refused(tmp_path, data)


def test_another_version_is_refused(tmp_path: Path) -> None:
    assert "is of version '1'" in refused(tmp_path, GOOD.replace(modelfile.MAGIC, b"GONGHUI1", 1))


def test_arrays_larger_than_the_file_are_refused(tmp_path: Path) -> None:
    head = modelfile.header(GOOD, "m")
    header = json.loads(head)
    header["arrays"][0]["shape"] = [10**15]
    payload = GOOD[len(modelfile.seal(head)) :]
    assert "does not fit" in refused(tmp_path, modelfile.seal(json.dumps(header).encode()) + payload)


def test_a_pickle_is_not_run(tmp_path: Path) -> None:
    trace = tmp_path / "ran"

    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str, str]]:
            return (open, (str(trace), "w"))

    refused(tmp_path, pickle.dumps(Trap()))
    refused(tmp_path, GOOD[:16] + pickle.dumps(Trap()))
    assert not trace.exists()


def test_missing_file_and_wrong_type() -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        load_classifier("no/such/model.bin")
    with pytest.raises(InputError, match="str or Path"):
        load_classifier(3)  # type: ignore[arg-type]


HEADER_END = len(modelfile.seal(modelfile.header(GOOD, "m")))


@given(st.one_of(st.integers(0, HEADER_END - 1), st.integers(0, len(GOOD) - 1)), st.integers(1, 255))
@settings(max_examples=200, deadline=None)
def test_one_wrong_byte_anywhere_is_found(at: int, change: int) -> None:
    data = bytearray(GOOD)
    data[at] ^= change
    with pytest.raises(ModelError):
        modelfile.parse(bytes(data))


def test_what_is_written_is_read_back() -> None:
    arrays = {"a": np.arange(6, dtype=np.float32).reshape(2, 3), "b": np.zeros(0, np.int32)}
    meta, back = modelfile.parse(modelfile.dump({"名": "甲"}, arrays))
    assert meta == {"名": "甲"}
    assert all(np.array_equal(back[k], arrays[k]) and back[k].shape == arrays[k].shape for k in arrays)
