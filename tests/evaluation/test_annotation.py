"""Out to each tool and back: marks, arcs and gold are what they were; what is wrong is refused by name."""

import json

import pytest

import gonghui_nlp as gh
from gonghui_nlp.cli import main
from gonghui_nlp.evaluation.annotation import TOOLS, read_export, task_of, to_gold, write_export
from gonghui_nlp.evaluation.annotation.tasks import ARGUMENTS, placed

TEXT = "😀砚山厂工会2023年總結\r\n一、送溫暖\r\n春节前看望了18名患病職工，发放慰问金9600元。\r\n3月8日，组织86名女教工到青龙山登山，参与率95%。\r\n"


@pytest.fixture(scope="module")
def task():
    return task_of(gh.analyze(gh.Source("a.txt", TEXT)))


@pytest.mark.parametrize("tool", TOOLS)
def test_what_goes_out_comes_back(task, tmp_path, tool):
    assert {"aid", "headcount", "amount", "date", "rate", "place", "participants"} <= {m.label for m in task.marks}
    write_export([task], tmp_path / "out", tool)
    (back,), refused = read_export(tmp_path / "out", tool)
    assert refused == [] and back.text == task.text
    assert sorted(m[1:] for m in back.marks) == sorted(m[1:] for m in task.marks)
    quotes = lambda t: sorted((a.label, *(next(m.text for m in t.marks if m.id == i) for i in a[:2])) for a in t.arcs)  # noqa: E731
    assert quotes(back) == quotes(task) and len(back.arcs) > 4
    records, refused = to_gold(back)
    assert refused == [] and all(TEXT[r["start"] : r["end"]] == r["text"] for r in records)
    aid = next(r for r in records if r["kind"] == "event")
    assert (aid["type"], aid["headcounts"], aid["amounts"], aid["line"]) == ("aid", ["18名"], ["9600元"], 3)
    assert next(r for r in records if r["kind"] == "amount")["min"] == 9600


def test_offsets_of_every_way_to_count_are_borne_out_by_the_quote():
    start = TEXT.index("9600元")
    ends = TEXT[:start].count("\r\n")
    for given in (start, start + 1, start - ends, start + 1 - ends):
        assert placed(TEXT, given, given + 5, "9600元") == (start, start + 5)
    assert placed(TEXT, start + 7, start + 12, "9600元") is None
    assert placed(TEXT, 0, 10**9, "9600元") is None


def test_a_bad_row_is_refused_by_name_and_the_rest_goes_on(task, tmp_path, monkeypatch, capsys):
    write_export([task], tmp_path / "tasks.json", "label-studio")
    data = json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))
    result = data[0].pop("predictions")[0]["result"]
    whole = len([r for r in result if r["type"] == "labels" and r["value"]["labels"][0] not in ARGUMENTS[1:]])
    result[0]["value"]["text"] = "别的话"
    result[1]["value"]["labels"] = ["weather"]
    data[0]["annotations"] = [{"result": result}]
    data.append({"nothing": 1})
    (tmp_path / "tasks.json").write_text(json.dumps(data), encoding="utf-8")
    call = ["annotate", "import", str(tmp_path / "tasks.json"), "-o", str(tmp_path / "gold")]
    monkeypatch.setattr("sys.argv", ["gonghui", "--lang", "en", *call])
    with pytest.raises(SystemExit) as stopped:
        main()
    told = capsys.readouterr().err
    assert stopped.value.code == 1
    assert f"a.txt, {result[0]['id']}: '别的话' does not stand at" in told
    assert f"a.txt, {result[1]['id']}: 'weather' is no label of ours" in told and "task 2: is no task" in told
    lines = (tmp_path / "gold" / "a.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == whole - 2
