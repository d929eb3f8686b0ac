"""What is drawn to be annotated: the same for the same seed, each copy once, evenly over strata, the least sure first."""

import csv
import json

import pytest

from gonghui_nlp.archive import convert
from gonghui_nlp.cli import main
from gonghui_nlp.errors import InputError, OutputError
from gonghui_nlp.evaluation.sampling import draw, write

UNITS = {  # each in words of its own, so that none is a copy
    "砚山": ["走访住院矿工{}人", "给困难家庭送米面{}袋", "组织矿工登青龙山", "选举产生工会委员{}名"],
    "白鹤": ["慰问患病教师{}名", "为教师办理医疗互助{}份", "举办教师歌咏会", "召开教代会审议方案{}项"],
    "青石": ["救助特困护士{}名", "发放降温用品{}件", "评选最美护士{}名", "公开院务{}次"],
    "柳塘": ["补助下岗纺织工{}名", "签订工资集体合同{}份", "举办挡车工技能比武", "发展纺织会员{}名"],
    "云岭": ["看望退休茶农{}户", "调解劳动争议{}起", "举办采茶培训班{}期", "征集合理化建议{}条"],
    "河口": ["帮扶单亲女船员{}名", "为船员体检{}人", "放映露天电影{}场", "组建船队工会小组{}个"],
}


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    at = tmp_path_factory.mktemp("sample")
    (at / "in").mkdir()
    for n, (unit, told) in enumerate(UNITS.items()):
        kind, year = ("计划" if n % 3 == 0 else "总结"), 1998 + 4 * n
        body = "".join(f"{line.format(3 * n + k + 4)}。\n" for k, line in enumerate(told))
        text = f"{unit}工会{year}年工作{kind}\n一、关心职工\n{body}"
        (at / "in" / f"{unit}.txt").write_text(text, encoding="utf-8")
    (at / "in" / "again.txt").write_text(text, encoding="utf-8")  # a copy of the last
    convert([at / "in"], at / "out", to="csv")
    return at


def test_the_same_seed_draws_the_same_and_another_seed_another(tables):
    first, again, other = (draw(tables / "out", 8, seed=seed) for seed in (1, 1, 2))
    assert first == again and {d.id for d in first} != {d.id for d in other}
    # More of the same are those of before and others; all are had once, and no copy.
    assert {d.id for d in draw(tables / "out", 5, seed=1)} < {d.id for d in first}
    every = draw(tables / "out", 1000)
    assert len(every) == len({d.id for d in every}) == 24 and len({d.text for d in every}) == 24
    assert "砚山工会1998年工作计划\n一、关心职工\n走访住院矿工4人。\n" in {d.text for d in every}


def test_strata_are_drawn_evenly_and_say_what_each_stands_for(tables):
    drawn = draw(tables / "out", 6, by="decade", unit="documents")
    assert {d.stratum: (d.in_stratum, d.drawn) for d in drawn} == {"1990s": (1, 1), "2000s": (2, 2), "2010s": (3, 3)}
    drawn = draw(tables / "out", 6, by="function")
    assert all(d.drawn in (1, 2) and d.in_stratum >= d.drawn for d in drawn) and len({d.stratum for d in drawn}) > 3
    kinds = {d.source[:2]: d.stratum for d in draw(tables / "out", 24, by="kind")}
    assert (kinds["砚山"], kinds["白鹤"]) == ("plan", "summary")
    groups = draw(tables / "out", 4, by="group", groups={"砚山": "北", "白鹤": "南", "青石": "南"})
    assert {d.stratum for d in groups} == {"", "北", "南"}


@pytest.mark.parametrize("of", ["events", "functions"])
def test_the_least_sure_come_first(tables, of):
    few, every = ({d.id: d.distance for d in draw(tables / "out", n, unsure=of)} for n in (3, 1000))
    assert max(few.values()) <= min(distance for name, distance in every.items() if name not in few)
    assert len(set(every.values())) > 3


def test_what_cannot_be_drawn_is_said(tables, tmp_path):
    for given, why in (
        ({"n": 0}, "draw 1 or more"),
        ({"n": 3, "by": "group"}, "no groups were given"),
        ({"n": 3, "unit": "documents", "unsure": "events"}, "documents have no function"),
    ):
        with pytest.raises(InputError, match=why):
            draw(tables / "out", **given)
    drawn = draw(tables / "out", 2)
    write(drawn, tmp_path)
    with pytest.raises(OutputError, match="holds texts already"):
        write(drawn, tmp_path)


def test_the_command_draws_from_texts_for_annotate(tables, tmp_path, monkeypatch, capsys):
    for call in (
        ["sample", str(tables / "in"), "-o", str(tmp_path / "s"), "-n", "3", "--unit", "documents", "--seed", "7"],
        ["annotate", "export", str(tmp_path / "s" / "texts"), "-o", str(tmp_path / "tasks.json")],
    ):
        monkeypatch.setattr("sys.argv", ["gonghui", "--lang", "en", *call])
        with pytest.raises(SystemExit) as stopped:
            main()
        assert stopped.value.code == 0
    assert f"next: gonghui annotate export {tmp_path / 's' / 'texts'}" in capsys.readouterr().err
    with (tmp_path / "s" / "sample.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    tasks = json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))
    assert [t["data"]["source"] for t in tasks] == [row["file"] for row in rows] and len(rows) == 3
    assert [float(row["weight"]) for row in rows] == [2.0, 2.0, 2.0]
    for row, task in zip(rows, tasks, strict=True):
        assert task["data"]["text"].strip() == (tables / "in" / row["source"]).read_text(encoding="utf-8").strip()
