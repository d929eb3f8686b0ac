"""The flat frame: one row an activity, numbers only where there is exactly one, years told from where."""

from __future__ import annotations

import pandas as pd

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
    assert frame.money.tolist() == [3200, 12000, pd.NA, pd.NA]
    assert frame.headcounts.tolist()[2] == "5人;3人"


def test_it_groups_by_year_type_and_function() -> None:
    counted = flat().groupby(["year", "type", "function"]).size()
    assert counted[2021, "aid", "safeguarding"] == 2


def test_a_retelling_has_no_row_and_no_text_no_rows() -> None:
    again = gh.analyze("4月，举行了教工拔河比赛。\n综上所述，我们做了以下工作：教工拔河比赛。")
    assert len(gh.to_frames(again).activities()) == 1
    empty = gh.to_frames(gh.analyze("")).activities()
    assert empty.empty
    assert "year_from" in empty


def test_it_works_on_tables_that_were_written(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from typer.testing import CliRunner

    from gonghui_nlp.cli import app

    (tmp_path / "in.txt").write_text(TEXT, encoding="utf-8")
    assert CliRunner().invoke(app, ["convert", str(tmp_path / "in.txt"), "-o", str(tmp_path / "out")]).exit_code == 0
    read = gh.read_tables(tmp_path / "out").activities()
    assert read[["type", "heads", "money"]].equals(flat()[["type", "heads", "money"]])
