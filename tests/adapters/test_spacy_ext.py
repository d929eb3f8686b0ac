"""The spaCy adapter keeps spaCy's promises and ours."""

import json
import pickle
import subprocess
import sys

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy import displacy
from spacy.tokens import Doc, DocBin, Span

import gonghui_nlp as gh
from gonghui_nlp.adapters import stored
from gonghui_nlp.adapters.colours import COLOURS
from gonghui_nlp.adapters.extensions import label_of, register_extensions
from gonghui_nlp.adapters.packing import GROUPS
from gonghui_nlp.errors import InputError

TEXT = (
    "砚山厂工会2023年工作总结\n\n\n一、送温暖\n　　春节前看望了18名患病教职工，发放慰问金9600元。\n\n"
    "二、文体活动\r\n3月8日，组织86名女教工 到青龙山开展“春日健步行”活动！评出优秀奖5个，参与率95%。\n"
)


@pytest.fixture(scope="module")
def nlp():
    return gh.load()


def places(doc):
    return {group: [(s.start_char, s.end_char, s.label_) for s in doc.spans[group]] for group in GROUPS}


def test_every_span_lies_on_token_edges_and_bears_its_label(nlp, root):
    folders = (root / "corpora" / "samples", root / "corpora" / "blind")
    sources = (source for folder in folders for source in gh.read(folder) if source.status == "ok")
    for text in (TEXT, *(source.text for source in sources)):
        doc = nlp(text)
        document, got = doc._.gonghui, places(doc)
        for group in GROUPS:
            want = [(s.start, s.end, label_of(s)) for s in getattr(document, group)]
            # White space at an end: spaCy keeps it with the word before, or whole.
            got[group], want = (
                [(b - len(text[a:b].lstrip()), a + len(text[a:b].rstrip()), label) for a, b, label in each]
                for each in (got[group], want)
            )
            assert got[group] == want, group


def test_a_span_tells_what_its_record_says(nlp):
    doc = nlp(TEXT)
    aid, walk = doc.spans["events"]
    assert (aid._.type, aid._.status, aid._.function, aid._.participants.text) == (
        "aid",
        "done",
        "safeguarding",
        "患病教职工",
    )
    assert [(s.text, s._.value, s._.min, s._.purpose) for s in aid._.amounts] == [("9600元", 9600, 9600, "aid")]
    assert [s._.value for s in walk._.headcounts] == [86] and walk._.amounts == []
    assert (walk._.date.text, walk._.date._.value, walk._.place.text) == ("3月8日", "XXXX-03-08", "青龙山")
    assert (walk._.section._.title.text, walk._.section._.level) == ("文体活动", 1)
    assert [s.text for s in walk._.section._.headcounts] == ["86名"]
    assert doc.spans["amounts"][0]._.event.text == aid.text
    assert doc.spans["counts"][1]._.type == "rate" and doc.spans["counts"][1]._.value == 0.95
    assert doc[0:1]._.record is None and doc[0:1]._.value is None and doc[0:1]._.headcounts == []
    assert ("9600元", "amount") in {(e.text, e.label_) for e in doc.ents}
    assert doc.cats["safeguarding"] == 0.5 and sum(doc.cats.values()) == pytest.approx(1)
    assert doc._.gonghui == gh.analyze(TEXT)


def test_sentences_end_at_their_punctuation_and_at_lines(nlp):
    ends = [s.text.strip()[-1] for s in nlp(TEXT).sents if s.text.strip()]
    assert ends == ["结", "暖", "。", "动", "！", "。"]


@settings(deadline=None, max_examples=25)
@given(st.text(max_size=60) | st.text("工会\n \t　名12、。“", max_size=60))
def test_the_text_of_the_doc_is_the_text_and_comes_back(nlp, text):
    doc = nlp(text)
    assert doc.text == text
    back = Doc(nlp.vocab).from_json(doc.to_json())
    assert back.text == text and places(back) == places(doc)


@pytest.mark.parametrize("way", ["bytes", "pickle", "DocBin", "DocBin without user data", "json"])
def test_docs_come_back_with_what_they_bear(nlp, way, monkeypatch):
    own = gh.load(min_confidence=0.2)
    doc = own(TEXT)
    analysed = []
    monkeypatch.setattr(stored, "analyze", lambda *a: analysed.append(a) or gh.analyze(*a))
    bin_of = lambda kept: DocBin(docs=[doc], store_user_data=kept).to_bytes()  # noqa: E731
    back = {
        "bytes": lambda: Doc(nlp.vocab).from_bytes(doc.to_bytes()),
        "pickle": lambda: pickle.loads(pickle.dumps(doc)),
        "DocBin": lambda: next(DocBin().from_bytes(bin_of(True)).get_docs(nlp.vocab)),
        "DocBin without user data": lambda: next(DocBin().from_bytes(bin_of(False)).get_docs(nlp.vocab)),
        "json": lambda: Doc(nlp.vocab).from_json(json.loads(json.dumps(doc.to_json()))),
    }[way]()
    assert places(back) == places(doc) and back.cats == doc.cats
    for _ in range(3):
        assert [s._.record for s in back.spans["amounts"]] == [s._.record for s in doc.spans["amounts"]]
    lost = way in ("json", "DocBin without user data")
    assert len(analysed) == lost
    if way != "json":  # which has no place for settings
        assert back._.gonghui == doc._.gonghui and back._.gonghui.settings.min_confidence == 0.2


def test_a_doc_that_lost_its_settings_is_not_told_what_others_find():
    doc = gh.load(stages=["outline", "quantities"])(TEXT)
    assert not doc.spans["events"]
    back = Doc(doc.vocab).from_json(doc.to_json())
    with pytest.raises(InputError, match="made with other settings"):
        _ = back.spans["amounts"][0]._.value


def test_nothing_is_analysed_twice(monkeypatch):
    from gonghui_nlp.pipeline import Analysis

    seen = []
    real = Analysis.__init__
    monkeypatch.setattr(Analysis, "__init__", lambda self, source, s: seen.append(source.text) or real(self, source, s))
    docs = list(gh.load().pipe(f"{TEXT}第{n}份" for n in range(20)))
    for doc in docs * 3:
        _ = [s._.value for s in doc.spans["amounts"]], doc._.gonghui.sections
    assert len(seen) == len(set(seen)) == 20


def test_the_component_takes_the_settings_of_load_behind_any_tokenizer():
    nlp = spacy.blank("zh")
    nlp.add_pipe("gonghui", config={"scheme": "classical", "cues": 2, "labels": {}})
    doc = nlp(TEXT)
    ours = gh.load(scheme="classical", cues=2)(TEXT)
    assert doc._.gonghui.settings == ours._.gonghui.settings == gh.Settings(scheme="classical", cues=2)
    assert [s.text for s in doc.spans["amounts"]] == ["9600元"] and doc._.gonghui == ours._.gonghui
    with pytest.raises(InputError, match="load takes no 'colour'"):
        gh.load(colour="red")
    with pytest.raises(InputError, match="scheme = 'loud'"):
        spacy.blank("zh").add_pipe("gonghui", config={"scheme": "loud"})
    # Wide tokens: a span is as wide as they are, and its record is still found.
    wide = Doc(nlp.vocab, words=["春节前看望了", "18名患病教职工", "，发放慰问金9600元。"])
    (amount,) = nlp.get_pipe("gonghui")(wide).spans["amounts"]
    assert (amount.text, amount._.value) == ("，发放慰问金9600元。", 9600)


def test_extensions_of_others_are_left_alone():
    Span.set_extension("zz_date", default="theirs")
    with pytest.raises(InputError, match=r"Span\._\.zz_date is another package's"):
        register_extensions("zz_")
    assert gh.load()(TEXT)[0:1]._.zz_date == "theirs"
    doc = gh.load(prefix="gh_")(TEXT)
    assert doc.spans["amounts"][0]._.gh_value == 9600


def test_displacy_shows_spans_in_our_colours(nlp):
    doc = nlp(TEXT)
    page = displacy.render(doc, style="span", options={"spans_key": "amounts"}, jupyter=False)
    assert "amount" in page and COLOURS["amount"] in page
    assert {s.label_ for group in GROUPS for s in doc.spans[group]} <= COLOURS.keys()


def test_several_processes_give_the_same(nlp):
    texts = [TEXT] * 6
    told = [(d.to_json(), d._.gonghui) for d in nlp.pipe(texts)]
    assert [(d.to_json(), d._.gonghui) for d in nlp.pipe(texts, n_process=2)] == told


def test_pipe_takes_texts_docs_and_contexts_and_another_tokenizer(nlp):
    alone = nlp(TEXT).to_json()
    texts = [TEXT, nlp.make_doc(TEXT), "", "赛"]
    docs = list(nlp.pipe(texts))
    assert [d.text for d in docs] == [TEXT, TEXT, "", "赛"] and docs[0].to_json() == docs[1].to_json() == alone
    assert [(d.text, c) for d, c in nlp.pipe([("赛", 1), (TEXT, 2)], as_tuples=True)] == [("赛", 1), (TEXT, 2)]
    with pytest.raises(ValueError, match="E088"):
        list(nlp.pipe(["字" * (nlp.max_length + 1)]))
    other = gh.load()
    other.tokenizer = spacy.blank("zh").tokenizer
    (doc,) = other.pipe([TEXT])
    assert [s.text for s in doc.spans["amounts"]] == ["9600元"]


def test_what_is_sent_to_spawned_processes_can_be(nlp):
    from spacy.tokens.underscore import Underscore

    assert pickle.loads(pickle.dumps((nlp, Underscore.get_state())))[0](TEXT).to_json() == nlp(TEXT).to_json()


FRESH = """
import sys, spacy
from spacy.tokens import DocBin
nlp = spacy.load(sys.argv[1])
doc = nlp(sys.argv[3])
back = next(DocBin().from_disk(sys.argv[2]).get_docs(nlp.vocab))
assert back._.gonghui == doc._.gonghui and doc._.gonghui.settings.min_confidence == 0.2
assert [t.text for t in doc] == [t.text for t in back]
print(*(s._.value for s in back.spans["amounts"]))
"""


def test_a_fresh_process_loads_the_pipeline_and_the_docs(tmp_path):
    nlp = gh.load(min_confidence=0.2)
    nlp.to_disk(tmp_path / "model")
    DocBin(docs=[nlp(TEXT)], store_user_data=True).to_disk(tmp_path / "docs.spacy")
    call = [sys.executable, "-c", FRESH, str(tmp_path / "model"), str(tmp_path / "docs.spacy"), TEXT]
    done = subprocess.run(call, capture_output=True, encoding="utf-8", check=False)
    assert done.stdout == "9600\n", done.stderr


@pytest.mark.parametrize("text", ["赛", "\ud800", "看望了\udfff18名患病教职工。"])
def test_lone_surrogates_and_single_characters_keep_every_offset(nlp, text):
    doc = nlp(text)
    assert len(doc.text) == len(text)
    assert [s.text for s in doc.spans["headcounts"]] == [h.text for h in gh.analyze(text).headcounts]
