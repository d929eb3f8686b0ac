"""The spaCy adapter keeps spaCy's promises and ours."""

import pickle

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

import gonghui_nlp as gh

TEXT = "一、送温暖\n春节前看望了18名患病教职工，发放慰问金9600元。3月8日，组织86名女教工参加健步行活动！\n"


@pytest.fixture(scope="module")
def nlp():
    return gh.load()


def test_every_span_lies_on_token_edges(nlp):
    doc = nlp(TEXT)
    document = gh.analyze(TEXT)
    for group in ("events", "amounts", "headcounts", "counts", "dates", "sections", "paragraphs"):
        want = [(s.start, s.end) for s in getattr(document, group)]
        assert [(s.start_char, s.end_char) for s in doc.spans[group]] == want, group


def test_records_and_entities(nlp):
    doc = nlp(TEXT)
    assert doc.spans["amounts"][0]._.record.value == 9600
    assert doc.spans["events"][0]._.record.type == "aid"
    assert ("9600元", "AMOUNT") in {(e.text, e.label_) for e in doc.ents}
    assert [s.title.text for s in doc._.sections] == ["送温暖"]


def test_sentences_end_at_their_punctuation(nlp):
    assert [s.text.strip()[-1] for s in nlp(TEXT).sents if s.text.strip()] == ["暖", "。", "！"]


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=120))
def test_the_text_of_the_doc_is_the_text(nlp, text):
    assert nlp(text).text == text


def test_a_pipeline_comes_back_from_disk(nlp, tmp_path):
    nlp.to_disk(tmp_path / "model")
    there, back = nlp(TEXT), spacy.load(tmp_path / "model")(TEXT)
    assert [t.text for t in back] == [t.text for t in there]
    assert [s.text for s in back.spans["events"]] == [s.text for s in there.spans["events"]]


def test_docs_come_back_from_bytes(nlp):
    doc = nlp(TEXT)
    back = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert back.spans["amounts"][0]._.record == doc.spans["amounts"][0]._.record


def test_the_component_works_behind_another_tokenizer():
    nlp = spacy.blank("zh")
    nlp.add_pipe("gonghui")
    doc = nlp(TEXT)
    assert [s.text for s in doc.spans["amounts"]] == ["9600元"]


def test_several_processes_give_the_same(nlp):
    texts = [TEXT] * 6
    assert [d.to_json() for d in nlp.pipe(texts, n_process=2)] == [d.to_json() for d in nlp.pipe(texts)]


def test_what_is_sent_to_spawned_processes_can_be(nlp):
    from spacy.tokens.underscore import Underscore

    assert pickle.loads(pickle.dumps((nlp, Underscore.get_state())))[0](TEXT).to_json() == nlp(TEXT).to_json()


@pytest.mark.parametrize("text", ["赛", "\ud800", "看望了\udfff18名患病教职工。"])
def test_lone_surrogates_and_single_characters_keep_every_offset(text):
    doc = gh.load()(text)
    assert len(doc.text) == len(text)
    assert [s.text for s in doc.spans["headcounts"]] == [h.text for h in gh.analyze(text).headcounts]
