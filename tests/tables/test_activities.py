"""One row an activity: real dates, numbers only where there is exactly one, counted once over copies."""

from __future__ import annotations

import pandas as pd
import pytest

import gonghui_nlp as gh

TEXT = """2021年度工会工作总结
一、文体
3月8日，组织女教工登山，26名教师参加，费用3200元。
2020年12月举行元旦晚会，投入经费1.2万元。
看望住院教师5人、退休教师3人，发放慰问金每人200元。
为名困难教师送去慰问金××元。
"""


def flat() -> pd.DataFrame:
    return gh.to_frames(gh.analyze(TEXT)).activities()


def test_the_year_is_the_date_s_own_or_the_document_s_and_says_which() -> None:
    assert flat()[["year", "year_from"]].values.tolist() == [
        [2021, "document"],
        [2020, "date"],
        [2021, "document"],
        [2021, "document"],
    ]


def test_a_number_stands_only_where_there_is_exactly_one() -> None:
    frame = flat()
    assert frame.heads.tolist() == [26, pd.NA, pd.NA, pd.NA]
    # a sum for each person and a lost sum are no sum of the activity
    assert frame.yuan.tolist() == [3200, 12000, pd.NA, pd.NA]
    assert frame.headcounts.tolist()[2] == "5人;3人"
    assert frame.yuan_each.tolist() == [pd.NA, pd.NA, 200, pd.NA]


def test_it_groups_by_year_type_and_function() -> None:
    counted = flat().groupby(["year", "type", "function"]).size()
    assert counted[2021, "aid", "safeguarding"] == 2


def test_a_retelling_has_no_row_and_no_text_no_rows() -> None:
    again = gh.analyze("4月，举行了教工拔河比赛。\n综上所述，我们做了以下工作：教工拔河比赛。")
    assert len(gh.to_frames(again).activities()) == 1
    empty = gh.to_frames(gh.analyze("")).activities()
    assert empty.empty
    assert "year_from" in empty


YEARS = """2019年工会工作总结及2020年工作计划
一、送温暖
1月8日看望了5名患病职工，2018年12月慰问了3名教师，二季度举办培训班2期，6月3日至5日组织登山。
二、2020年工作计划
3月举办女职工讲座。
三、明年打算
将于5月举办登山比赛。
"""


def test_a_date_is_completed_from_what_stands_around_it() -> None:
    frame = gh.to_frames(gh.analyze(YEARS)).activities()
    found = frame[["text", "date", "until", "year", "line"]].fillna("").values.tolist()
    dates = {text[:4]: rest for text, *rest in found}
    assert dates["看望了5"] == ["2019-01-08", "", 2019, 3]
    assert dates["慰问了3"] == ["2018-12", "", 2018, 3]
    assert dates["举办培训"] == ["2019-04", "2019-06", 2019, 3]
    assert dates["组织登山"] == ["2019-06-03", "2019-06-05", 2019, 3]
    assert dates["举办女职"] == ["2020-03", "", 2020, 5]
    assert dates["将于5月"] == ["2020-05", "", 2020, 7]


@pytest.mark.parametrize(("year", "date"), [(2019, ""), (2020, "2020-02-29")])
def test_a_day_that_the_year_has_not_is_no_date(year: int, date: str) -> None:
    frame = gh.to_frames(gh.analyze(f"{year}年工会工作总结\n2月29日召开了教代会。\n")).activities()
    assert frame.date.fillna("").tolist() == [date]


def test_a_plan_may_call_its_own_year_the_next_one() -> None:
    frame = gh.to_frames(gh.analyze("某厂工会2020年工作计划\n明年3月将组织职工登山。\n")).activities()
    assert frame.date.tolist() == ["2020-03"]


def test_the_whole_among_several_numbers_is_the_one() -> None:
    told = gh.analyze("2021年工会总结\n组织登山，女教师12人、男教师8人，共计20人参加。\n组织12名教师培训，3人获奖。\n")
    assert gh.to_frames(told).activities().heads.tolist() == [20, pd.NA]


def test_a_part_takes_nothing_from_the_whole_in_front_of_it() -> None:
    told = gh.analyze(
        "2021年工会总结\n组织职工40人参加培训，其中女职工12人、青年8人。\n3月慰问病人12人。其中3人住院。\n"
        "举办两期培训，第一期20人，第二期30人。\n"
    )
    assert gh.to_frames(told).activities().heads.tolist() == [40, 12, pd.NA]


def test_the_middle_of_a_range_is_nobody_s_figure() -> None:
    told = gh.analyze("2021年工会总结\n走访慰问困难职工七、八名。\n走访慰问困难职工30余名。\n")
    assert gh.to_frames(told).activities().heads.tolist() == [pd.NA, 30]


def test_of_copies_a_fact_is_counted_once_and_other_years_or_units_are_other_facts() -> None:
    body = (
        "一、送温暖\n春节前夕看望了18名患病教职工，发放慰问金9600元。\n二、文体\n3月8日组织女教工登山比赛，26人参加。\n"
    )
    texts = [
        f"青石中学工会2019年工作总结\n{body}",
        f"青石中学工会2019年工作总结\n\n{body}",  # the same, reposted
        f"青石中学工会2019年工作总结\n{body.replace('26人', '31人')}",  # with another number
        f"青石中学工会2020年工作总结\n{body}",  # used again for another year
        f"赤水中学工会2019年工作总结\n{body}",  # and by somebody else
    ]
    documents = [gh.analyze(gh.Source(f"{n}.txt", text)) for n, text in enumerate(texts)]
    tables = gh.to_frames(documents)
    flat = tables.activities()
    counted = {n: part.counted.tolist() for n, part in flat.groupby("source")}
    assert counted["0.txt"] == [True, True] and counted["1.txt"] == [False, False]
    assert counted["2.txt"] == [False, True]
    assert counted["3.txt"] == counted["4.txt"] == [True, True]
    assert tables.amounts.counted.tolist() == [True, False, False, True, True]
    overview = tables["overview"]
    assert overview.yuan.sum() == flat[flat.counted].yuan.sum() == 3 * 9600
    assert overview.activities.tolist() == [2] * 5 and overview.counted.tolist() == [2, 0, 1, 2, 2]
    assert overview.copy_of.notna().sum() == 4
    # each text by itself
    assert gh.to_frames(documents, copies=False).activities().counted.all()


def test_it_works_on_tables_that_were_written(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from typer.testing import CliRunner

    from gonghui_nlp.cli import app

    (tmp_path / "in.txt").write_text(TEXT, encoding="utf-8")
    assert CliRunner().invoke(app, ["convert", str(tmp_path / "in.txt"), "-o", str(tmp_path / "out")]).exit_code == 0
    read = gh.read_tables(tmp_path / "out").activities()
    assert read[["type", "heads", "yuan"]].equals(flat()[["type", "heads", "yuan"]])


WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def test_a_copy_in_the_same_file_and_in_another_width_is_counted_once_too() -> None:
    body = (
        "一、送温暖\n春节前夕，校工会看望了18名患病教职工，送去慰问金1.2万元，并为困难职工家庭逐户建立了帮扶档案。\n"
        "二、文体活动\n3月8日，组织86名女教工到青龙山开展春日健步行活动，近3万元经费由校工会承担，获得教职工好评。\n"
    )
    one, other = "第一篇 青石坳小学工会2019年工作总结\n", "第二篇 青石坳小学工会2019年工作总结\n"
    tables = gh.to_frames(gh.analyze(gh.Source("汇编.txt", one + body + other + body.translate(WIDE))))
    assert len(tables.documents) == 2
    for name in ("amounts", "headcounts", "events", "activities"):
        told = tables[name].groupby("doc_id").counted.agg(["sum", "size"]).values.tolist()
        assert told[0][0] == told[0][1] == told[1][1] > 1 and told[1][0] == 0, name
