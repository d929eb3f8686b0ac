"""Cells survive the way into a spreadsheet and back."""

from hypothesis import given
from hypothesis import strategies as st

from gonghui_nlp.tables import COLUMNS
from gonghui_nlp.tables.zh import header, translate
from gonghui_nlp.text.cells import cell, from_cell


@given(st.one_of(st.text(), st.text(alphabet="0123456789（）().-/:'e", max_size=8)), st.booleans())
def test_a_text_comes_back_from_its_cell(text, kept):
    assert from_cell(cell(text, kept)) == text


def test_what_a_spreadsheet_would_turn_into_another_number_or_a_day_is_kept_as_it_is():
    turned = ("（1）", "(1)", "（１２）", "1.", "1.10", "007", "1e5", "3/8", "1-2", "2019-03-08", "8:30", "1" * 16)
    assert [cell(text, kept=True) for text in turned] == ["'" + text for text in turned]
    same = ("（一）", "1、", "①", "3月8日", "2019年", "18名", "1.2", "100", "第1期")
    assert [cell(text, kept=True) for text in same] == list(same)


@given(st.text())
def test_no_cell_begins_a_formula(text):
    assert not cell(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_every_column_has_one_chinese_header():
    for table, columns in COLUMNS.items():
        assert len(set(header(table))) == len(columns), table


def test_coded_values_are_translated_and_texts_are_not():
    row = [
        "p1",
        "d1",
        "s1",
        "a.txt",
        0,
        2,
        "done",
        "building",
        "building;education",
        "union",
        0.1,
        0.2,
        0.3,
        0.9,
        "",
        True,
        "慰问",
    ]
    assert translate(COLUMNS["paragraphs"], row)[6:10] == ["done", "建设", "建设;教育", "自身建设"]
    assert translate(COLUMNS["paragraphs"], row)[-2:] == ["是", "慰问"]
