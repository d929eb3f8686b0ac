"""Out to each tool and back: marks, arcs and gold are what they were; what is wrong is refused by name."""

import json
from dataclasses import replace

import pytest

import gonghui_nlp as gh
import gonghui_nlp.adapters.docbin  # makes the form of spaCy known
from gonghui_nlp.cli import main
from gonghui_nlp.errors import InputError
from gonghui_nlp.evaluation.annotation import TOOLS, Mark, Task, read_export, task_of, to_gold, write_export
from gonghui_nlp.evaluation.annotation.tasks import ARGUMENTS, placed

TEXT = "😀砚山厂工会2023年總結\r\n一、送溫暖\r\n春节前看望了18名患病職工，发放慰问金9600元。\r\n3月8日，组织86名女教工到青龙山登山，参与率95%。\r\n"


@pytest.fixture(scope="module")
def task():
    return task_of(gh.analyze(gh.Source("a.txt", TEXT)), "all")


def submitted(path):
    """What Label Studio exports when somebody has submitted what was proposed."""
    data = json.loads(path.read_text(encoding="utf-8"))
    for n, task in enumerate(data, 1):
        task["annotations"] = [{"id": n, "was_cancelled": False, "result": task["predictions"][0]["result"]}]
        task |= {"id": n, "predictions": [n]}
    path.write_text(json.dumps(data), encoding="utf-8")


@pytest.mark.parametrize("tool", TOOLS)
def test_what_goes_out_comes_back(task, tmp_path, tool):
    assert {"aid", "headcount", "amount", "date", "rate", "place", "participants"} <= {m.label for m in task.marks}
    write_export([task], tmp_path / "out", tool)
    if tool == "label-studio":
        (left,) = read_export(tmp_path / "out", tool)[1]
        assert left == ("a.txt", "nobody has submitted an annotation of it")
        submitted(tmp_path / "out")
    (back,), refused = read_export(tmp_path / "out", tool)
    assert refused == [] and back.text == task.text
    assert sorted(m[1:] for m in back.marks) == sorted(m[1:] for m in task.marks)
    quotes = lambda t: sorted((a.label, *(next(m.text for m in t.marks if m.id == i) for i in a[:2])) for a in t.arcs)  # noqa: E731
    assert quotes(back) == quotes(task) and len(back.arcs) > 4
    records, refused = to_gold(back)
    said = [(r["labels"], TEXT[r["start"] : r["end"]][:3]) for r in records if r["kind"] == "function"]
    assert said == [(["维护"], "春节前"), (["教育"], "3月8")]
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


def test_doccano_numbers_its_entities_anew_and_counts_in_units(task, tmp_path):
    write_export([task, replace(task, name="b.txt")], tmp_path / "out", "doccano")
    rows = [json.loads(line) for line in (tmp_path / "out").read_text(encoding="utf-8").splitlines()]
    entity = next(e for e in rows[0]["entities"] if e["label"] == "amount")
    units = TEXT.encode("utf-16-le")
    assert units[2 * entity["start_offset"] : 2 * entity["end_offset"]].decode("utf-16-le") == "9600元"
    for n, row in enumerate(rows):  # as doccano exports: ids count on over the texts
        for name, keys in (("entities", ["id"]), ("relations", ["from_id", "to_id"])):
            row[name] = [e | {key: e[key] + 1000 * n + 7 for key in keys} for e in row[name]]
    rows[1]["entities"].append({"id": 1, "label": "place", "start_offset": 1, "end_offset": 4})  # half an emoji
    rows.append(rows[0] | {"text": "多" + TEXT, "source": "c.txt"})
    (tmp_path / "out").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    back, refused = read_export(tmp_path / "out", "doccano")
    assert [t.name for t in back] == ["a.txt", "b.txt"]
    assert all([m[1:] for m in t.marks] == [m[1:] for m in task.marks] and len(t.arcs) == len(task.arcs) for t in back)
    assert [(r.where, r.why[:16]) for r in refused] == [("b.txt, 1", "has no offsets o"), ("c.txt", "its text was cha")]


def test_brat_parts_a_stretch_at_line_ends(tmp_path):
    text = "组织86名女\r\n教工登山。"
    task = Task("a.txt", text, (Mark("e", 0, 12, "culture_sports", text[:12]),), ())
    write_export([task], tmp_path, "brat")
    assert (tmp_path / "a.ann").read_text(encoding="utf-8") == "T1\tculture_sports 0 6;8 12\t组织86名女 教工登山\n"
    assert read_export(tmp_path, "brat")[0][0].marks[0].text == text[:12]
    conf = (tmp_path / "annotation.conf").read_text(encoding="utf-8")
    assert "[entities]\naid\n" in conf and "aid-planned" in conf


def test_a_docbin_of_ones_own_and_one_that_was_mended(task, tmp_path):
    from spacy.tokens import DocBin

    write_export([task], tmp_path / "out", "spacy")
    (doc,) = DocBin().from_disk(tmp_path / "out").get_docs(gh.load().vocab)
    aid = next(s for s in doc.spans["annotation"] if s.label_ == "aid")
    doc.spans["annotation"] = [
        doc.char_span(s.start_char, s.end_char, "rights", span_id=s.id) if s == aid else s
        for s in doc.spans["annotation"]
    ]
    DocBin(docs=[doc], store_user_data=True).to_disk(tmp_path / "mended")
    (back,), refused = read_export(tmp_path / "mended", "spacy")
    event = next(r for r in to_gold(back)[0] if r["kind"] == "event")
    assert refused == [] and (event["type"], event["amounts"]) == ("rights", ["9600元"])
    DocBin(docs=[gh.load()(TEXT)]).to_disk(tmp_path / "own")
    (own,), refused = read_export(tmp_path / "own", "spacy")
    assert refused == [] and {"aid", "amount", "date"} <= {m.label for m in own.marks}
    (tmp_path / "none").write_bytes(b"no")
    with pytest.raises(InputError, match="no DocBin"):
        read_export(tmp_path / "none", "spacy")


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


def test_each_annotator_of_label_studio_by_themselves(task, tmp_path):
    write_export([task], tmp_path / "out", "label-studio")
    data = json.loads((tmp_path / "out").read_text(encoding="utf-8"))
    one = data[0]["predictions"][0]["result"]
    two = [r | {"value": r["value"] | {"labels": ["rights"]}} if r.get("id") == "e1" else r for r in one]
    data[0]["annotations"] = [
        {"completed_by": 1, "result": one},
        {"completed_by": {"id": 2, "email": "b@c.de"}, "result": two},
    ]
    (tmp_path / "out").write_text(json.dumps(data), encoding="utf-8")
    kinds = [
        next(m.label for m in read_export(tmp_path / "out", "label-studio", who)[0][0].marks if m.id == "e1")
        for who in ("1", "b@c.de", None)
    ]
    assert kinds == ["aid", "rights", "rights"]
    assert read_export(tmp_path / "out", "label-studio", "3")[1] == [
        ("a.txt", "nobody has submitted an annotation of it")
    ]
    with pytest.raises(InputError, match="names no annotators"):
        read_export(tmp_path / "out", "brat", "1")
