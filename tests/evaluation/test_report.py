"""Scores with intervals, by type, document and group; two annotators; Chinese tables; errors as tables."""

import csv
import json

import openpyxl
import pytest

from gonghui_nlp.archive import convert
from gonghui_nlp.cli import main
from gonghui_nlp.evaluation import evaluate, report
from gonghui_nlp.evaluation.intervals import interval, of_counts
from gonghui_nlp.words import speaking

TEXT = "砚山镇小学工会2021年工作总结\n3月8日，组织86名女教工开展“春日健步行”活动。\n看望了18名患病教职工，发放慰问金9600元。\n"


def record(kind, text, **fields):
    at = TEXT.index(text)
    return {"kind": kind, "start": at, "end": at + len(text), "text": text, **fields}


def gold(**changed):
    walk = {"trigger": "组织", "type": "culture_sports", "status": "done", "headcounts": ["86名"], **changed}
    aid = {"trigger": "看望", "type": "aid", "status": "done", "headcounts": ["18名"]}
    return [
        record("doc", "砚山镇小学工会"),
        record("event", "组织86名女教工开展“春日健步行”活动", **walk),
        record("event", "看望了18名患病教职工", **aid),
        record("headcount", "86名", min=86, max=86),
        record("amount", "9600元", min=9600, max=9600),
        record("function", "看望了18名", labels=["维护"]),
    ]


def put(path, records):
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    at = tmp_path_factory.mktemp("evaluate")
    for name in "ab":
        (at / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    (at / "gold").mkdir()
    put(at / "gold" / "a.jsonl", gold())
    put(at / "gold" / "b.jsonl", gold(type="outing"))
    convert([at / "a.txt", at / "b.txt"], at / "en")
    with speaking("zh"):
        convert([at / "a.txt", at / "b.txt"], at / "zh", zh=True)
    (at / "groups.csv").write_text("source,group\na.txt,小学\nb.txt,中学\n", encoding="utf-8")
    return at


def test_chinese_tables_score_as_english_ones(folder):
    english, chinese = (evaluate(folder / name, [folder / "gold"]) for name in ("en", "zh"))
    assert english.counts == chinese.counts and english.errors == chinese.errors
    assert english.score("events").f1 == 1 and english.score("amounts values").f1 == 1


def test_scores_by_type_document_and_group(folder):
    result = evaluate(folder / "en", [folder / "gold"])
    rows = {row[:3]: row for row in report.scores(result, report.read_groups(folder / "groups.csv"))}
    f1 = report.SCORES.index("f1")
    assert rows["all", "", "event types"][f1] == 0.75
    assert {of: row[f1] for (by, of, _), row in rows.items() if by == "type"} == {
        "aid": 1, "culture_sports": pytest.approx(2 / 3, abs=1e-4), "outing": 0,
    }  # fmt: skip
    assert (rows["document", "a", "event types"][f1], rows["document", "b", "event types"][f1]) == (1, 0.5)
    assert (rows["group", "小学", "event types"][f1], rows["group", "中学", "event types"][f1]) == (1, 0.5)


def test_intervals_hold_the_score_narrow_with_more_and_draw_sources_where_there_are_many():
    few, many = of_counts([[8, 10, 10]]), of_counts([[800, 1000, 1000]])
    assert few.low < 0.8 < few.high and many.low < 0.8 < many.high
    assert few.high - few.low > 4 * (many.high - many.low)
    # Ten sources that are alike leave nothing to chance; ten of which half are all wrong leave much.
    alike, apart = of_counts([[8, 10, 10]] * 10), of_counts([[10, 10, 10]] * 5 + [[0, 10, 10]] * 5)
    assert (alike.low, alike.high) == (0.8, 0.8)
    assert apart.low < 0.3 < 0.7 < apart.high and apart == of_counts([[10, 10, 10]] * 5 + [[0, 10, 10]] * 5)


def test_two_annotators_by_the_same_command(folder, tmp_path, monkeypatch, capsys):
    put(tmp_path / "a.jsonl", gold(type="outing"))
    result = evaluate(tmp_path, [folder / "gold" / "a.jsonl"])
    assert result.score("events").f1 == 1 and result.score("event types").f1 == 0.5
    assert result.score("event quantities").f1 == 1 and result.score("functions primary").f1 == 1
    assert result.kappa("event types") == pytest.approx(1 / 3) and interval(result, "event types").low < 0.5
    same = evaluate(folder / "gold", [folder / "gold"])
    assert same.errors == [] and same.kappa("event types") == 1
    monkeypatch.setattr(
        "sys.argv", ["gonghui", "--lang", "en", "evaluate", str(folder / "gold" / "a.jsonl"), str(tmp_path)]
    )
    with pytest.raises(SystemExit) as stopped:
        main()
    told = capsys.readouterr().out
    assert stopped.value.code == 0 and "0.333" in told and "kappa" in told


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_command_writes_scores_and_errors(folder, tmp_path, monkeypatch, capsys, language):
    out = tmp_path / "out"
    call = [
        "evaluate",
        str(folder / "gold"),
        str(folder / "zh"),
        "-o",
        str(out),
        "--groups",
        str(folder / "groups.csv"),
    ]
    monkeypatch.setattr("sys.argv", ["gonghui", "--lang", language, *call])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 0
    printed = capsys.readouterr().out
    with (out / f"{'错误' if language == 'zh' else 'errors'}.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *errors = csv.reader(file)
    wrong = [
        e for e in errors if e[2] in ("differs", "不同") and ("参观旅游" if language == "zh" else "outing") in e[5]
    ]
    assert [(e[0], "春日健步行" in e[6]) for e in wrong] == [("b", True)]
    book = openpyxl.load_workbook(out / f"{'评测' if language == 'zh' else 'evaluation'}.xlsx")
    assert len(book.sheetnames) == 2 and book.worksheets[1].max_row == len(errors) + 1
    assert [c.value for c in book.worksheets[1][1]] == head
    if language == "zh":
        assert head[0] == "来源文件" and "活动类型" in printed and "precision" not in printed
    else:
        assert head == list(report.ERRORS) and "event types" in printed


def test_two_folders_of_tables_or_one_side_alone_are_wrong_calls(folder, monkeypatch, capsys):
    for call in ([str(folder / "en")], [str(folder / "en"), str(folder / "zh")]):
        monkeypatch.setattr("sys.argv", ["gonghui", "--lang", "en", "evaluate", *call])
        with pytest.raises(SystemExit) as stopped:
            main()
        assert stopped.value.code == 2 and "one folder of tables, or a second gold" in capsys.readouterr().err
