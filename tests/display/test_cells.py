"""What a notebook shows of a record, of clusters, of a template and of scores: escaped, in the language spoken."""

import pandas as pd
import pytest

import gonghui_nlp as gh
from gonghui_nlp.dedup import template
from gonghui_nlp.display.scores import page
from gonghui_nlp.evaluation.tally import Evaluation
from gonghui_nlp.words import speaking

TEXT = "砚山厂工会2023年总结\n一、送温暖\n春节前看望了18名患病教职工，发放慰问金9600元。\n"
COPY = "我校工会在春节前夕走访慰问了26名患病教职工，送上慰问金13000元和节日的问候。"


def scored() -> Evaluation:
    one = Evaluation()
    one.add("events", 8, 10, 9)
    record = {"text": "看望<i>", "start": 3, "source": "a.txt"}
    one.miss("events", "-", record, "aid")
    one.errors = [one.errors[0]._replace(sentence="春节前看望<i>职工。")]
    whole = Evaluation()
    whole.take("a", one)
    return whole


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ["慰问帮扶", "已完成", "患病教职工", "层级", "1 组有多份", "人数", "活动", "0.842"]),
        ("en", ["aid", "done", "患病教职工", "level", "1 clusters of several", "人数", "events", "0.842"]),
    ],
)
def test_cells_are_in_the_language_and_escaped(language, words):
    doc = gh.analyze(TEXT)
    clusters = gh.deduplicate([COPY, COPY.replace("26", "18"), "召开教代会。"])
    with speaking(language):
        told = [thing._repr_html_() for thing in (doc.events[0], doc.sections[0], clusters)]
        told += [template([COPY, COPY.replace("26", "18")])._repr_html_(), scored()._repr_html_()]
    for cell in told:
        assert "<script" not in cell and "prefers-color" not in cell and len(cell) < 6000
    assert all(word in "".join(told) for word in words)
    assert "送温暖" in told[1] and "看望" in told[0]
    marked = template([COPY.replace("我校", "<b>我校"), COPY.replace("我校", "<b>我校").replace("26", "18")])
    assert "&lt;b&gt;" in marked._repr_html_() and "<b>" not in marked._repr_html_()


def test_what_is_made_of_clusters_is_a_frame_like_any_other():
    clusters = gh.deduplicate(pd.Series([COPY, COPY], index=["a", "b"]))
    assert "<table" in clusters._repr_html_() and "b" in clusters._repr_html_()
    assert type(clusters[["kind"]]) is pd.DataFrame is type(clusters.reset_index())


def test_an_evaluation_is_a_page_that_marks_each_error_in_its_sentence():
    with speaking("zh"):
        told = page(scored(), {"a": "北"})
    assert "春节前<mark>看望&lt;i&gt;</mark>职工。" in told and "<i>" not in told
    assert "分组 北" in told and "慰问帮扶" in told and "0.8421" in told
    assert "http" not in told.replace("http-equiv", "")
