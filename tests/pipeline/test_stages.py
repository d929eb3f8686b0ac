"""Stages can be left out, replaced and added; many texts take linear work and give what each gives alone."""

import re
from dataclasses import dataclass

import pytest

import gonghui_nlp as gh
from gonghui_nlp import pipeline
from gonghui_nlp.pipeline import STAGES, Pipeline, Stage
from gonghui_nlp.schema import Finding

TEXT = "一、送温暖\n1、春节前看望了18名患病教職工，发放慰问金９６００元。\n2、新建活动室１２\n０平方米。"


@dataclass(frozen=True, slots=True)
class Area(Finding):
    square_metres: float


def find_areas(analysis):
    for m in re.finditer(r"([0-9]+)平方米", analysis.view.text):
        yield from analysis.to_raw([Area(*m.span(), m[0], float(m[1]))])


AREAS = Stage("areas", find_areas)


def test_a_stage_left_out_finds_nothing_and_the_others_the_same():
    whole, part = gh.analyze(TEXT), gh.analyze(TEXT, stages=["outline", "quantities"])
    assert part.events == () and part.amounts == whole.amounts and part.sections == whole.sections
    assert [p.functions for p in part.paragraphs] == [()] * len(whole.paragraphs) and part.labels == ()
    assert gh.to_frames(part).paragraphs.score_education.isna().all()


def test_a_stage_of_ones_own_sees_the_view_and_stands_in_the_raw_text():
    doc = gh.analyze(TEXT, stages=[*STAGES, AREAS])
    (area,) = doc.more["areas"]
    assert (area.text, area.square_metres, area.id) == ("１２\n０平方米", 120, "areas1")
    assert TEXT[area.start : area.end] == area.text
    assert doc.get(["areas1"]) == (area,) and doc.section_of(area) == doc.sections[-1]


def test_a_stage_gets_what_the_stages_before_it_found():
    seen = []
    gh.analyze(TEXT, stages=["outline", Stage("look", lambda a: seen.append(a.document) or []), "quantities"])
    assert len(seen[0].sections) == 3 and seen[0].amounts == ()


def test_a_shipped_stage_can_be_replaced():
    silent = Stage("events", lambda analysis: ([], []), needs=("outline",))
    doc = Pipeline().with_stage(silent).analyze(TEXT)
    assert doc.events == () and doc.amounts and doc.paragraphs[0].functions


def test_a_stage_is_found_by_module_and_name(tmp_path, monkeypatch):
    (tmp_path / "my_stages.py").write_text("from gonghui_nlp import Stage\nNONE = Stage('none', lambda a: [])\n")
    monkeypatch.syspath_prepend(tmp_path)
    doc = gh.analyze(TEXT, gh.Settings(stages=("outline", "my_stages:NONE")))
    assert doc.more == {"none": ()}


@pytest.mark.parametrize(
    ("stages", "message"),
    [
        (["events"], "'events' needs 'outline' before it"),
        (["outline", "outline"], "stands twice"),
        (["outlines"], "no stage 'outlines'"),
        ("outline", "give a list"),
        ([3], "no stage 3"),
        (["json:dumps"], "must be a Stage"),
        (["no_such_module_of_mine:X"], "no_such_module_of_mine"),
        ([Stage("wrong", lambda a: [Finding(0, 2, "工会")])], "where the text has '一、'"),
        ([Stage("wrong", lambda a: ["工会"])], "returned a str"),
    ],
)
def test_wrong_stages_are_wrong_calls(stages, message):
    with pytest.raises(gh.GonghuiError, match=re.escape(message)):
        gh.analyze(TEXT, stages=stages)


@pytest.mark.parametrize("name", ["paragraphs", "text", "two words", ""])
def test_a_stage_has_a_name_of_its_own(name):
    with pytest.raises(gh.GonghuiError, match="cannot be called"):
        Stage(name, find_areas)


def test_each_text_is_looked_at_once_however_many_there_are(monkeypatch):
    touched = {}

    class Counted(str):
        def __len__(self):
            touched[id(self)] = touched.get(id(self), 0) + 1
            return 0

    texts = [gh.Source(str(i), Counted()) for i in range(3000)]
    sizes = []
    real = Stage.run
    monkeypatch.setattr(Stage, "run", lambda self, analyses: (sizes.append(len(analyses)), real(self, analyses))[1])
    assert len(list(Pipeline(["outline"]).analyze_many(texts))) == 3000
    assert sum(sizes) == 3000 and max(sizes) <= pipeline._TEXTS
    # Twice the texts before a text do not make it be measured more often.
    assert max(touched.values()) == min(touched.values())


def test_many_texts_give_the_very_same_values():
    texts = [TEXT, "", "赛", TEXT * 3, *(f"{TEXT}\n3、召开教代会{n}次。" for n in range(40))]
    assert list(gh.analyze_many(texts)) == [gh.analyze(text) for text in texts]
