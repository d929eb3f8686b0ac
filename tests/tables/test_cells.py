"""Cells survive the way into a spreadsheet and back."""

from hypothesis import given
from hypothesis import strategies as st

from gonghui_nlp.tables import COLUMNS
from gonghui_nlp.tables.zh import header, translate
from gonghui_nlp.text.cells import cell, from_cell


@given(st.text())
def test_a_text_comes_back_from_its_cell(text):
    assert from_cell(cell(text)) == text


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
