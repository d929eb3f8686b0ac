"""The product's evaluator measures as the shared scorer does, and gold scored against itself is perfect."""

import json
import subprocess
import sys

import pytest

from gonghui_nlp.archive import convert
from gonghui_nlp.errors import InputError
from gonghui_nlp.evaluation import evaluate


@pytest.fixture(scope="module")
def samples(root, tmp_path_factory):
    out = tmp_path_factory.mktemp("samples") / "out"
    convert([root / "corpora" / "samples"], out)
    return out, sorted((root / "corpora" / "samples" / "gold").glob("*.jsonl"))


def test_the_same_figures_as_the_shared_scorer(samples, seeds):
    out, gold = samples
    command = [sys.executable, str(seeds.parent / "score.py"), str(out), *map(str, gold), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout)
    ours = evaluate(out, gold)
    assert len(theirs) > 20
    for name, score in theirs.items():
        mine = ours.functions_macro if name == "functions macro" else ours.score(name).f1
        assert mine == pytest.approx(score["f1"]), name


def test_the_samples_are_read_as_their_annotators_read_them(samples):
    out, gold = samples
    result = evaluate(out, gold)
    floors = {"documents": 0.97, "sections": 0.98, "items": 0.92, "amounts values": 0.97, "headcounts values": 0.97}
    floors |= {"counts values": 0.9, "dates values": 0.95, "events": 0.78, "functions primary": 0.85}
    assert {n: result.score(n).f1 for n, floor in floors.items() if result.score(n).f1 < floor} == {}


def test_gold_without_a_source_and_missing_files_are_wrong_calls(samples, tmp_path):
    out, _ = samples
    (tmp_path / "nobody.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="no source"):
        evaluate(out, [tmp_path / "nobody.jsonl"])
    with pytest.raises(InputError, match=r"gone\.jsonl"):
        evaluate(out, [tmp_path / "gone.jsonl"])
    with pytest.raises(InputError, match="no tables there"):
        evaluate(tmp_path, [tmp_path / "nobody.jsonl"])
