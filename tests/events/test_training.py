"""The shipped weights come from corpora/events, and training again gives the same bytes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gonghui_nlp.errors import InputError, ModelError
from gonghui_nlp.events import eventhood, train

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpora" / "events"
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="corpora/events is not part of an installed package")


@needs_corpus
def test_training_reproduces_the_shipped_weights(tmp_path: Path) -> None:
    train.main(CORPUS, tmp_path / "weights.json")
    shipped = Path(eventhood.__file__).with_name("weights.json")
    again, weights = (json.loads(p.read_text(encoding="utf-8")) for p in (tmp_path / "weights.json", shipped))
    # The features also see the quantities room: a change there asks for new weights.
    assert again == weights, "run: python -m gonghui_nlp.events.train corpora/events"


@needs_corpus
def test_labels_stand_where_they_say() -> None:
    for record in train.read(CORPUS):
        for event in record["events"]:
            assert record["text"][event["start"] : event["end"]] == event["text"], record["id"]
            for quantity in (*event["headcounts"], *event["amounts"], *event["counts"]):
                assert quantity in record["text"], record["id"]


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no \*\.jsonl"):
        next(train.read(tmp_path))


def test_a_foreign_file_is_refused() -> None:
    with pytest.raises(ModelError, match="weights file"):
        eventhood.scorer({"format": "something else"})
