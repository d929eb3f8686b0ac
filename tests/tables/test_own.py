"""Tables, labels and formats of one's own."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass

import pandas as pd
import pytest

import gonghui_nlp as gh
from gonghui_nlp.archive import convert
from gonghui_nlp.archive.dedup import dedup
from gonghui_nlp.errors import InputError
from gonghui_nlp.functions import profiles
from gonghui_nlp.functions.train import train
from gonghui_nlp.pipeline import Stage
from gonghui_nlp.schema import Finding, Span
from gonghui_nlp.tables import COLUMNS, TableWriter, register_table, register_writer, rows, writer_of
from gonghui_nlp.words import speaking


@dataclass(frozen=True, slots=True)
class Mark(Finding):
    count: int | None = None
    sure: bool = False
    near: Span | None = None
    words: tuple[str, ...] = ()


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    folder = tmp_path_factory.mktemp("model")
    told = (("safety", "检查隐患"), ("press", "编印简报"))
    lines = [
        json.dumps({"text": f"{text}{n}次", "functions": [label], "family": f"{label}{n}"})
        for label, text in told
        for n in range(12)
    ]
    (folder / "own.jsonl").write_text("\n".join(lines), encoding="utf-8")
    train([folder / "own.jsonl"], folder / "own.bin")
    return str(folder / "own.bin")


def test_every_sort_of_field_has_a_column_of_its_type():
    register_table("own_marks", Mark)
    stage = Stage("own_marks", lambda a: [Mark(0, 2, "工会", near=Span(2, 4, "慰问"), words=("甲", "乙"))])
    frame = gh.to_frames(gh.analyze("工会慰问", stages=["outline", stage]))["own_marks"]
    assert frame.iloc[0, -4:].tolist() == [pd.NA, False, "慰问", "甲;乙"]
    assert frame.dtypes.astype(str).tolist()[-4:-2] == ["Int64", "boolean"]


@pytest.mark.parametrize(("name", "record"), [("events", Mark), ("two words", Mark), ("own", dict), ("own", Span)])
def test_a_table_of_ones_own_is_of_findings_and_has_a_name_of_its_own(name, record):
    with pytest.raises(InputError, match=r"taken|Findings"):
        register_table(name, record)


def test_own_labels_have_columns_and_chinese_names(model, tmp_path):
    (tmp_path / "a.txt").write_text("一、安全\n检查隐患3次。", encoding="utf-8")
    settings = gh.Settings(model=model, labels={"safety": "安全", "press": "宣传"})
    convert([tmp_path / "a.txt"], tmp_path / "out", settings=settings)
    paragraphs = gh.read_tables(tmp_path / "out").paragraphs
    assert paragraphs.columns[-2:].tolist() == ["score_press", "score_safety"]
    assert paragraphs.score_safety[0] > 0.5 and paragraphs.score_building.isna().all()
    convert([tmp_path / "a.txt"], tmp_path / "zh", settings=settings, zh=True)
    with (tmp_path / "zh" / "paragraphs.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["安全得分"] and "宣传得分" in row and "safety" not in "".join(row.values())


def test_labels_in_the_settings_must_be_those_of_the_model(model):
    with pytest.raises(InputError, match=r"labels are safety.*those of the model are press, safety"):
        gh.analyze("检查隐患3次。", gh.Settings(model=model, labels={"safety": "安全"}))


def test_documents_of_two_label_sets_are_not_put_into_one_table(model):
    with pytest.raises(InputError, match="other labels"):
        gh.to_frames([gh.analyze("慰问。"), gh.analyze("慰问。", gh.Settings(model=model))])


def test_a_profile_never_takes_an_unknown_label_for_none(model):
    frame = pd.DataFrame({"functions": ["safety", ""], "year": [1, 1]})
    with pytest.raises(InputError, match="'safety'"):
        profiles(frame)
    assert profiles(frame, labels=["safety", "press"]).loc[1, ["safety", "none"]].tolist() == [0.5, 0.5]


def test_the_classical_scheme_is_shown_and_explained():
    from gonghui_nlp.functions import explain

    doc = gh.analyze("工会换届选举产生新一届委员会，健全工会组织。", gh.Settings(scheme="classical"))
    (paragraph,) = doc.paragraphs
    assert paragraph.functions[0] == "self_building"
    assert explain(doc, paragraph).evidence["self_building"]
    with speaking("zh"):
        assert "自身建设" in doc._repr_html_()


def test_tables_and_the_dedup_command_find_the_same_copies(tmp_path):
    body = "春节前夕，工会看望了患病教职工，送去慰问金。\n3月8日组织女教工登山。\n全年召开教代会两次。\n"
    heads = ["一、关心生活，排忧解难\n", "一、强化民主管理，推进校务公开制度化规范化建设\n"]
    (tmp_path / "in").mkdir()
    for i, head in enumerate(heads):
        (tmp_path / "in" / f"{i}.txt").write_text(f"甲乙丙丁校工会202{i}年工作总结\n{head}{body}", encoding="utf-8")
    convert([tmp_path / "in"], tmp_path / "tables")
    dedup([tmp_path / "in"], tmp_path / "dedup")
    documents = gh.read_tables(tmp_path / "tables").documents
    with (tmp_path / "dedup" / "clusters.csv").open(encoding="utf-8-sig", newline="") as file:
        clusters = {row["name"]: row for row in csv.DictReader(file)}
    for row in documents.itertuples():
        told = clusters[row.doc_id]
        assert (str(row.canonical).lower(), round(float(told["similarity"]), 4)) == (told["canonical"], row.similarity)


def test_a_writer_has_a_suffix_and_a_known_name():
    with pytest.raises(InputError, match="suffix"):
        register_writer("none", TableWriter)
    with pytest.raises(InputError, match="cannot be written as 'xml'"):
        writer_of("xml")


def test_rows_of_a_document_without_stages_are_whole():
    assert {len(row) for row in rows(gh.analyze("一、送温暖\n慰问。", stages=["outline"]))["paragraphs"]} == {
        len(COLUMNS["paragraphs"])
    }
