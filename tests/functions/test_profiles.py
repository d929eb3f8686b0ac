"""Shares of the functions over years, units and documents."""

from __future__ import annotations

import pandas as pd
import pytest

from gonghui_nlp.errors import InputError
from gonghui_nlp.functions import profiles

PARAGRAPHS = pd.DataFrame(
    {
        "doc_id": ["a#1", "a#1", "a#1", "b#1", "b#1"],
        "text": ["慰问", "教代会选举", "总结", "联欢", "慰问"],
        "functions": ["safeguarding", "participation;building", "", "education", "safeguarding"],
        "sub": [None, "union", None, None, None],
        "cluster_id": [1, 2, 3, 4, 1],
        "canonical": [True, True, True, True, False],
    }
)
DOCUMENTS = pd.DataFrame({"doc_id": ["a#1", "b#1"], "year": [2022, 2023], "organisation": ["甲校工会", "乙校工会"]})


def test_each_text_counts_once() -> None:
    by_year = profiles(PARAGRAPHS, documents=DOCUMENTS)
    assert by_year.loc[2023, "education"] == 1.0
    assert by_year.loc[2023, "paragraphs"] == 1
    with_copies = profiles(PARAGRAPHS, documents=DOCUMENTS, copies=True)
    assert with_copies.loc[2023, "safeguarding"] == 0.5


def test_shares_sum_to_one_and_two_functions_share_a_paragraph() -> None:
    by_doc = profiles(PARAGRAPHS, by="document")
    assert by_doc.drop(columns="paragraphs").sum(axis=1).tolist() == pytest.approx([1, 1])
    assert by_doc.loc["a#1", "building"] == pytest.approx(1 / 6)
    assert by_doc.loc["a#1", "none"] == pytest.approx(1 / 3)


def test_classical_scheme_and_weight_by_length() -> None:
    classical = profiles(PARAGRAPHS, by="document", scheme="classical")
    assert classical.loc["a#1", "building"] == 0
    assert classical.loc["a#1", "self_building"] == pytest.approx(1 / 6)
    heavy = profiles(PARAGRAPHS, by="document", weight="chars")
    assert heavy.loc["a#1", "participation"] == pytest.approx(2.5 / 9)


def test_by_unit() -> None:
    assert profiles(PARAGRAPHS, by="unit", documents=DOCUMENTS).index.tolist() == ["乙校工会", "甲校工会"]


def test_missing_labels_are_none() -> None:
    frame = pd.DataFrame({"functions": [None, float("nan"), ["education"]], "year": [1, 1, 2], "canonical": [None] * 3})
    out = profiles(frame)
    assert out.loc[1, "none"] == 1.0
    assert out.loc[2, "education"] == 1.0


def test_an_empty_frame_gives_an_empty_profile() -> None:
    assert len(profiles(PARAGRAPHS.iloc[:0], by="document")) == 0


@pytest.mark.parametrize(
    ("frame", "options", "says"),
    [
        (PARAGRAPHS.drop(columns="functions"), {"by": "document"}, "no column 'functions'"),
        (PARAGRAPHS, {"by": "year"}, "no column 'year'"),
        (PARAGRAPHS, {"by": "document", "weight": "tons"}, "weight"),
        (PARAGRAPHS, {"by": "document", "scheme": "strict"}, "scheme"),
    ],
)
def test_refused(frame: pd.DataFrame, options: dict[str, str], says: str) -> None:
    with pytest.raises(InputError, match=says):
        profiles(frame, **options)  # type: ignore[arg-type]
