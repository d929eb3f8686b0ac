"""Training gives the same bytes from the same labels, and what is no model is refused by name."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from gonghui_nlp.errors import InputError, ModelError, OutputError
from gonghui_nlp.events import detection, fitting, merging, models, statuses, tagger, train, typing
from gonghui_nlp.events.arguments import choosing
from gonghui_nlp.events.corpus import read
from gonghui_nlp.learning import modelfile
from gonghui_nlp.learning.linear import Linear

ROOT = Path(__file__).parents[2]
CORPORA = ROOT / "corpora"
SHIPPED = ROOT / "gonghui_nlp" / "resources" / models.FOLDER
FILES = (tagger.FILE, detection.FILE, merging.FILE, typing.FILE, statuses.FILE, *map(choosing.file_of, choosing.CHANCE))
needs_corpus = pytest.mark.skipif(not CORPORA.is_dir(), reason="corpora are not part of an installed package")


@needs_corpus
def test_training_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    small = [CORPORA / "events" / "hospitals.jsonl", CORPORA / "events" / "slogans.jsonl"]
    for name in ("first", "second"):
        train.train(small, tmp_path / name)
    for file in FILES:
        assert (tmp_path / "first" / file).read_bytes() == (tmp_path / "second" / file).read_bytes(), file
    assert models.load(tmp_path / "first").events.names


@needs_corpus
def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="there already"):
        train.train([CORPORA / "events"], tmp_path)


def test_examples_of_one_kind_teach_nothing_and_say_so() -> None:
    with pytest.raises(InputError, match=r"one kind only \(done\); give more"):
        fitting.fit([(["慰问"], "done")] * 5, 1.0)


def test_the_models_are_small() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.parent.rglob("*.bin")) < 3 << 20


@needs_corpus
def test_labels_stand_where_they_say() -> None:
    shadows = sorted({path.parent for path in (CORPORA / "shadows").rglob("*.txt")})
    for record in read([CORPORA / "events", *shadows]):
        for event in record["events"]:
            assert record["text"][event["start"] : event["end"]] == event["text"], record["file"]
            for quantity in (*event["headcounts"], *event["amounts"], *event["counts"]):
                assert quantity in record["text"], record["file"]


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no \*\.jsonl"):
        next(read(tmp_path))


def test_a_line_that_is_no_record_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.jsonl, line 1"):
        next(read(tmp_path))


OTHER = modelfile.dump({"task": "something else"}, {})
FOREIGN = Linear.of(("visit",), {"": [0.0]}).to_file(typing.TASK)
NO_NAMES = modelfile.dump(
    {"task": detection.TASK, "labels": list(detection.LABELS)},
    {"names": np.zeros(0, np.uint8), "steps": np.zeros((3, 1), np.int16), "scale": np.ones(1, np.float32)},
)
NO_CHANNELS = modelfile.dump({"task": tagger.TASK, "tags": list(tagger.TAGS), "channels": []}, {})
HALF = modelfile.dump({"task": tagger.TASK, "tags": list(tagger.TAGS), "channels": list(tagger.CHANNELS)}, {})


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    ("content", "says"), [(b"", "no model file"), (b"PK\x03\x04 some archive", "no model file"), (OTHER, "no model of")]
)
def test_a_foreign_file_is_refused(tmp_path: Path, file: str, content: bytes, says: str) -> None:
    refused(tmp_path, file, content, says)


@pytest.mark.parametrize("file", FILES)
def test_a_damaged_file_is_refused(tmp_path: Path, file: str) -> None:
    refused(tmp_path, file, (SHIPPED / file).read_bytes()[:-9], "damaged")


@pytest.mark.parametrize(
    ("file", "content"),
    [(typing.FILE, FOREIGN), (detection.FILE, NO_NAMES), (tagger.FILE, NO_CHANNELS), (tagger.FILE, HALF)],
)
def test_a_model_of_something_else_is_refused(tmp_path: Path, file: str, content: bytes) -> None:
    refused(tmp_path, file, content, "no model of")


def refused(folder: Path, file: str, content: bytes, says: str) -> None:
    for known in FILES:
        (folder / known).write_bytes((SHIPPED / known).read_bytes())
    models.load(folder)
    (folder / file).write_bytes(content)
    with pytest.raises(ModelError, match=says):
        models.load(folder)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        models.load(tmp_path)
