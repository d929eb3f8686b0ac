"""Weights fitted on archives whose clusters are known: the same bytes again, and refusals that say what to do."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from typer.testing import CliRunner

from gonghui_nlp.cli import app
from gonghui_nlp.dedup import weighing
from gonghui_nlp.dedup.kin import kin_pairs
from gonghui_nlp.dedup.training import train
from gonghui_nlp.errors import InputError, OutputError


@pytest.fixture(scope="module")
def corpus(synthetic: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    for seed, mix in ((1, synthetic.NORMAL), (2, synthetic.HARD)):
        records = ({"text": t.text, "cluster": t.cluster} for t in synthetic.archive(300, mix, seed))
        lines = [json.dumps(r, ensure_ascii=False) for r in records]
        (folder / f"{seed}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_the_same_corpus_gives_the_same_bytes_and_rare_words_weigh_more(corpus: Path, tmp_path: Path) -> None:
    told = train([corpus], tmp_path / "a.bin")
    assert (told.archives, told.texts, told.bytes) == (2, 600, (tmp_path / "a.bin").stat().st_size)
    ran = CliRunner().invoke(
        app, ["train", "copies", "--corpus", str(corpus), "-o", str(tmp_path / "b.bin"), "--lang", "en"]
    )
    assert ran.exit_code == 0 and "2 archives, 600 texts" in ran.output
    assert (tmp_path / "a.bin").read_bytes() == (tmp_path / "b.bin").read_bytes()
    model = weighing.read(tmp_path / "a.bin")
    weighed = np.array([[0.1, 0.1], [0.2, 0.2], [0.01, 0.01], [0.6, 0.6]])
    common, rare, strange, same = model.odds(weighed, 0.007)
    assert common < rare and strange < 0 < same


def test_a_model_is_not_written_over(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"mine")
    with pytest.raises(OutputError, match="there already"):
        train([corpus], tmp_path / "a.bin")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[1]", "line 1: no record"),
        ('{"text": "a"}', "cluster"),
        ('{"text": 3, "cluster": 1}', "must be a string"),
        ('{"text": "a", "cluster": 1}', "60 independent texts"),
    ],
)
def test_a_bad_corpus_says_what_is_wrong(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "a.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        train([tmp_path], tmp_path / "a.bin")


def test_no_corpus(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no \.jsonl|does not exist"):
        train([tmp_path], tmp_path / "a.bin")
    with pytest.raises(InputError, match="does not exist"):
        train([tmp_path / "none"], tmp_path / "a.bin")


def test_a_word_that_many_share_makes_nobody_kin_and_one_word_is_not_enough() -> None:
    crowd = np.arange(17)
    words = np.concatenate([np.full(17, 5), [7, 7, 8, 8, 9, 9]]).astype(np.uint64)
    rows = np.concatenate([crowd, [0, 1, 0, 1, 2, 3]])
    pairs, hits = kin_pairs(words, rows, 17, 2)
    assert (pairs.tolist(), hits.tolist()) == ([1], [2])
