"""What holds for any text at all."""

import dataclasses
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import gonghui_nlp as gh
from gonghui_nlp.schema import Document, Span
from gonghui_nlp.tables import TABLES, rows
from gonghui_nlp.tables.columns import COLUMNS

PIECES = st.sampled_from(
    "一、 二、 （一） （2） 1、 2. ⑴ 一是 首先， 第一部分 第二篇： 三月份 工作总结 下半年工作思路 慰问 召开 组织 教代会 名教师 "
    "22名 近5万元 3万余元 ×× 20xx年 3月8日 “三八”节 困難職工 《工会法》 “ ” 。 ； ， ： \r\n \ue5c5 （xiào） 、 多万元 "
    "100% 每人800元 元 第一名 五必访 12月份 2024.07. --- 了 将 每年 获一等奖 学校工会 其中".split(" ")
) | st.sampled_from(["\n", "\n\n", " ", "　"])
DIRTY = st.lists(PIECES, max_size=60).map("".join)
SLOW = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def spans_of(value):
    if isinstance(value, Span):
        yield value
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from spans_of(getattr(value, field.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from spans_of(part)


@SLOW
@given(st.text(max_size=300) | st.text(st.characters(exclude_categories=()), max_size=60) | DIRTY)
def test_any_string_gives_a_document_whose_spans_are_exact(text):
    document = gh.analyze(text)
    assert document.text == text
    for span in spans_of(document):
        assert text[span.start : span.end] == span.text


@SLOW
@given(DIRTY)
def test_every_record_finds_its_rows_and_ids_are_unique(text):
    found = rows(gh.analyze(text))
    for table in TABLES:
        for row in found[table]:
            assert len(row) == len(COLUMNS[table])
        if table not in ("sources", "fields"):
            key = {"activities": "event_id", "overview": "doc_id"}.get(table, COLUMNS[table][0])
            ids = [row[COLUMNS[table].index(key)] for row in found[table]]
            assert len(set(ids)) == len(ids), table
    sections = {row[0] for row in found["sections"]}
    assert {row[3] for row in found["sections"]} <= sections | {""}
    events = {row[0] for row in found["events"]}
    for table in ("amounts", "headcounts", "counts", "dates"):
        assert {row[1] for row in found[table]} <= events | {""}


@SLOW
@given(DIRTY)
def test_the_same_text_gives_the_same_document(text):
    assert gh.analyze(text) == gh.analyze(text)


@SLOW
@given(DIRTY)
def test_every_visible_character_of_a_document_is_body_mark_heading_or_noise(text):
    document = gh.analyze(text)
    covered = bytearray(len(text))

    def cover(start, end):
        covered[start:end] = b"\1" * (end - start)

    for before, after in pairwise(document.paragraphs):
        assert before.end <= after.start
    # A heading that runs into its text, or has none under it, is part of a paragraph too; a mark never is.
    for p in document.paragraphs:
        cover(p.start, p.end)
    for s in document.sections:
        assert s.role == "item" or not any(covered[s.start : s.mark.end])
        cover(s.start, max(s.mark.end, s.title.end if s.title else 0))
    for issue in document.issues:
        if issue.code == "noise":
            cover(issue.start, issue.end)
    opened = sorted([s.start for s in document.sections] + [p.start for p in document.paragraphs])
    for c in document.constituents:
        body = next((start for start in opened if start >= c.start), c.end)
        if c.title or text[c.start] in "第篇【":
            cover(c.start, body)
        for i in range(c.start, c.end):
            assert covered[i] or not text[i].isalnum() or "\ue000" <= text[i] <= "\uf8ff", text[i:]


@pytest.mark.parametrize("wrong", [None, 3, b"abc", ["text"]])
def test_what_is_no_text_is_refused(wrong):
    with pytest.raises(gh.GonghuiError, match="analyze takes a str or a Source"):
        gh.analyze(wrong)


def test_several_texts_are_not_one():
    with pytest.raises(gh.GonghuiError, match="several texts"):
        gh.analyze_many("工会")


def test_frames_take_documents_only():
    with pytest.raises(gh.GonghuiError, match="not str"):
        gh.to_frames(["工会"])


def test_a_failed_source_has_its_row_and_no_others():
    found = rows(Document("", "a.txt", source=gh.Source("a.txt", "", status="failed", message="gone")))
    assert [len(found[t]) for t in TABLES] == [1] + [0] * (len(TABLES) - 1)


@SLOW
@given(st.lists(DIRTY, max_size=5))
def test_many_texts_give_what_each_gives_alone(texts):
    assert list(gh.analyze_many(texts)) == [gh.analyze(text) for text in texts]
