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
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no tables there"):
        evaluate(tmp_path / "empty", [tmp_path / "nobody.jsonl"])


TEXT = "砚山镇小学工会2021年工作总结\n3月8日，组织86名女教工开展“春日健步行”活动，投入经费1200元。\n"


def judged(folder, **fields):
    """The evaluation of one converted event against a gold record of it with other fields."""
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    convert([folder / "a.txt"], folder / "out")
    nucleus = "组织86名女教工开展“春日健步行”活动"
    at = TEXT.index(nucleus)
    event = {"kind": "event", "start": at, "end": at + len(nucleus), "text": nucleus, "trigger": "组织"}
    event |= {"type": "culture_sports", "status": "done", "headcounts": ["86名"], "amounts": ["1200元"], **fields}
    (folder / "a.jsonl").write_text(json.dumps(event, ensure_ascii=False), encoding="utf-8")
    return evaluate(folder / "out", [folder / "a.jsonl"])


def test_the_quantities_of_a_weak_event_are_no_false_alarms(tmp_path):
    assert judged(tmp_path).score("event quantities").found == 2
    for mark in ("weak", "unsure", "repeat"):
        assert judged(tmp_path, **{mark: True}).score("event quantities") == (0, 0, 0, 0, 0)


def test_a_further_type_of_a_careful_reader_is_right_and_no_error(tmp_path):
    assert judged(tmp_path, type="outing").score("event types").f1 == 0
    result = judged(tmp_path, type="outing", also=["culture_sports"])
    assert result.score("event types").f1 == 1
    assert not [e for e in result.errors if "type" in e.detail]


def test_marks_around_a_name_and_vague_dates_are_convention_only(tmp_path):
    marked = judged(tmp_path, name="“春日健步行”活动", date="3月8日", participants="女教工")
    bare = judged(tmp_path, name="春日健步行”活动", date="3月8日", participants="女教工")
    assert marked.score("event arguments") == bare.score("event arguments")
    vague = judged(tmp_path, name="春日健步行”活动", date="今年", participants="女教工")
    assert vague.score("event arguments").gold == bare.score("event arguments").gold - len("3月8日")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"kind": "amount", "line": 1, "text": "9600元", "min": 9600, "max": 9600}', "line 2: the amount.*'start'"),
        ('{"kind": "amount", "start": 0, "end": 5, "text": "9600元", "min": "9600", "max": 1}', "line 2: min = '9600'"),
        ('{"kind": "function", "start": 0, "end": 5, "text": "慰问", "labels": ["别的"]}', "line 2: labels"),
        ('{"kind": "event", "start": 0, "end": 2, "text": "慰问", "type": "aid", "status": "done"}', "'trigger'"),
        ('{"start": 0, "end": 2}', "line 2: no gold record"),
        ("[1]", "line 2: no gold record"),
        ("{", "line 2: not JSON Lines"),
        ("[" * 100_000, "line 2: not JSON Lines"),
    ],
)
def test_gold_that_cannot_be_scored_is_named_by_line_and_field(samples, tmp_path, line, message):
    out, gold = samples
    path = tmp_path / gold[0].name
    path.write_text('{"kind": "doc", "start": 0, "end": 2, "text": "某校"}\n' + line, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        evaluate(out, [path])
