"""From texts to a tool, to corrected gold, to a model of one's own, to a better score on texts that it has not seen."""

import json
from pathlib import Path

import pytest

import gonghui_nlp as gh
from gonghui_nlp.cli import main
from gonghui_nlp.evaluation import evaluate
from gonghui_nlp.evaluation.lessons import for_events, for_functions, of_tables, read_corpora
from gonghui_nlp.evaluation.sides import read_side

# What an archive of its own holds: family planning and relief are union work there, volunteers are taught by it.
SAID = {
    "safeguarding": ["为育龄女职工发放药具{}份", "建立育龄职工孕检档案{}份", "向灾区捐款{}00元", "看望患病职工{}名"],
    "education": ["组织志愿者{}人清扫社区街道", "举办培训班{}期，职工听课认真"],
    "participation": ["召开职代会，征集提案{}件", "公开厂务{}次，职工评议干部"],
    "building": ["发展会员{}名，改选工会小组", "添置职工之家图书{}册"],
}


def summary(n: int) -> str:
    told = [text.format(3 * n + k + 2) for texts in SAID.values() for k, text in enumerate(texts)]
    return f"砚山{n}厂工会20{10 + n}年工作总结\n" + "".join(f"{text}。\n" for text in told)


def run(*call: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["gonghui", "--lang", "en", *map(str, call)])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 0


def corrected(tasks: Path) -> None:
    """What somebody submits in Label Studio who reads each paragraph: its function as above."""
    data = json.loads(tasks.read_text(encoding="utf-8"))
    for task in data:
        result = [r for r in task["predictions"][0]["result"] if r["type"] == "labels"]
        for mark in result:
            words = mark["value"]["text"]
            label = next(k for k, texts in SAID.items() if any(t.split("{}")[0] in words for t in texts))
            mark["value"]["labels"] = [f"function-{label}"]
        task["annotations"] = [{"was_cancelled": False, "result": result}]
    tasks.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def test_what_was_corrected_in_label_studio_makes_a_better_model(tmp_path, monkeypatch):
    for part, numbers in (("learn", range(5)), ("held", range(5, 7))):
        (tmp_path / part).mkdir()
        for n in numbers:
            (tmp_path / part / f"厂{n}.txt").write_text(summary(n), encoding="utf-8")
        tasks = tmp_path / f"{part}.json"
        run("annotate", "export", tmp_path / part, "-o", tasks, "--what", "functions", monkeypatch=monkeypatch)
        corrected(tasks)
        run("annotate", "import", tasks, "-o", tmp_path / "gold" / part, monkeypatch=monkeypatch)
    model = tmp_path / "own.bin"
    run("train", "functions", "--corpus", tmp_path / "gold" / "learn", "-o", model, monkeypatch=monkeypatch)
    scores = []
    for given in ((), ("--model", model)):
        out = tmp_path / f"out{len(given)}"
        run("convert", tmp_path / "held", "-o", out, "--format", "csv", "-j", "1", *given, monkeypatch=monkeypatch)
        scores.append(evaluate(out, [tmp_path / "gold" / "held"]))
    shipped, own = (s.score("functions primary").f1 for s in scores)
    assert shipped < 0.85 and own == 1
    # Gold that speaks of functions alone makes no activity a false alarm.
    assert {e.kind for e in scores[0].errors} == {"functions"} and scores[1].errors == []

    # Tables that were corrected teach the same: here those of the model of one's own, as they are.
    lessons = list(of_tables(read_side(tmp_path / "out2").tables))
    assert {(e.text, e.classes) for e in for_functions(lessons)} == {
        (p.text, p.functions) for n in range(5, 7) for p in gh.analyze(summary(n), gh.Settings(model=model)).paragraphs
    }


TEXT = "砚山厂工会2023年工作总结\n一、送溫暖\n春节前看望了18\n名患病職工，发放慰问金9600元。\n3月8日，组织86名女教工登山。\n"


def test_gold_and_tables_are_read_as_the_models_read_texts(tmp_path):
    event = {"text": "看望了18\n名患病職工", "trigger": "看望", "type": "aid", "status": "done", "date": "春节前", "participants": "患病職工", "headcounts": ["18\n名"]}  # fmt: skip
    event |= {"kind": "event", "start": (at := TEXT.index("看望")), "end": at + len(event["text"])}
    function = {"kind": "function", "start": at - 3, "end": at, "text": "春节前", "labels": ["维护"]}
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "a.txt").write_bytes(TEXT.encode())
    put = lambda *records: (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")  # noqa: E731
    put(event, function)
    lessons, files = read_corpora([tmp_path])
    assert files == [] and [(lesson.headings, len(lesson.events)) for lesson in lessons] == [
        (("送温暖",), 1),
        (("送温暖",), 0),
    ]
    (first, second) = for_events(lessons)
    told = first["events"][0]
    # A line end inside a word is gone, the script is one, and the quote stands at its offsets.
    assert told["text"] == "看望了18名患病职工" == first["text"][told["start"] : told["end"]]
    assert (told["participants"], told["headcounts"], first["partial"], second["events"]) == (
        "患病职工",
        ["18名"],
        False,
        [],
    )
    (example,) = for_functions(lessons)
    assert (example.text, example.labels) == ("春节前看望了18名患病职工，发放慰问金9600元。", ("safeguarding",))

    put(event | {"start": 0, "end": 4})
    with pytest.raises(gh.GonghuiError, match=r"a\.txt: '看望了18\\n名患病職工' does not stand at 0-4"):
        read_corpora([tmp_path])
    with pytest.raises(gh.GonghuiError, match=r"a\.jsonl: no text in .*none begins with 'a'"):
        read_corpora([tmp_path], tmp_path / "none")

    from gonghui_nlp.archive import convert

    convert([tmp_path / "text"], tmp_path / "out", to="csv")
    lessons, _ = read_corpora([tmp_path / "out"])
    assert [(e["text"], e["type"]) for lesson in lessons for e in lesson.events] == [
        (e.text.replace("\n", ""), e.type) for e in gh.analyze(TEXT).activities
    ]
    assert all(lesson.text[e["start"] : e["end"]] == e["text"] for lesson in lessons for e in lesson.events)
