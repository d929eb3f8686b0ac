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
        (modelfile.MAGIC + (2).to_bytes(8, "little") + b"[]", "header"),
        (modelfile.MAGIC + (4).to_bytes(8, "little") + b"{\xff}}", "header"),
        (modelfile.dump({}, {}), "no model of functions"),
        (modelfile.dump({"classes": [], "labels": []}, {"keys": np.zeros(0, np.uint32)}), "no model of functions"),
    ],
)
def test_refused_with_a_reason(tmp_path: Path, data: bytes, says: str) -> None:
    assert says in refused(tmp_path, data)


def test_another_version_is_refused(tmp_path: Path) -> None:
    assert "version" in refused(tmp_path, GOOD.replace(b'"version":1', b'"version":9', 1))


def test_arrays_larger_than_the_file_are_refused(tmp_path: Path) -> None:
    size = int.from_bytes(GOOD[8:16], "little")
    header = json.loads(GOOD[16 : 16 + size])
    header["arrays"][0]["shape"] = [10**15]
    head = json.dumps(header).encode()
    assert "does not fit" in refused(tmp_path, GOOD[:8] + len(head).to_bytes(8, "little") + head + GOOD[16 + size :])


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


@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
@settings(max_examples=40, deadline=None)
def test_one_wrong_byte_is_found_or_harmless(at: int, change: int) -> None:
    data = bytearray(GOOD)
    data[at] ^= change
    try:
        meta, arrays = modelfile.parse(bytes(data))
    except ModelError:
        return
    # The header's own free text is all that may differ.
    assert at < 16 + int.from_bytes(GOOD[8:16], "little")
    assert arrays.keys() == modelfile.parse(GOOD)[1].keys() or meta


def test_what_is_written_is_read_back() -> None:
    arrays = {"a": np.arange(6, dtype=np.float32).reshape(2, 3), "b": np.zeros(0, np.int32)}
    meta, back = modelfile.parse(modelfile.dump({"名": "甲"}, arrays))
    assert meta == {"名": "甲"}
    assert all(np.array_equal(back[k], arrays[k]) and back[k].shape == arrays[k].shape for k in arrays)
