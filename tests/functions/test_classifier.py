"""What the shipped classifier says of paragraphs of our own, and how it takes bad input."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gonghui_nlp.errors import InputError
from gonghui_nlp.functions import SELF_BUILDING, Labelled, features, load_classifier
from gonghui_nlp.functions.pieces import joined, runs_on, signs

CASES = [json.loads(line) for line in (Path(__file__).parent / "cases.jsonl").read_text("utf-8").splitlines()]
UNION = "按章程选举产生新一届工会委员会，健全工会组织，管好工会经费。"


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:10] for c in CASES])
def test_case(case: dict[str, object]) -> None:
    (found,) = load_classifier().classify([str(case["text"])], [tuple(case["headings"])])  # type: ignore[arg-type]
    assert list(found.functions) == case["functions"]
    assert found.sub == case.get("sub")


@pytest.mark.parametrize("text", ["", " ", "\n", "好", "。", "The quick brown fox 123", "🎉🎉", "\ud800", "\x00" * 40])
def test_nothing_to_say(text: str) -> None:
    (found,) = load_classifier().classify([text], [()])
    assert found.functions == ()
    assert found.sub is None
    assert len(found.scores) == 4


@pytest.mark.parametrize(
    ("kind", "first"), [("welfare", "safeguarding"), ("culture_sports", "education"), ("oversight", "participation")]
)
def test_what_is_told_of_speaks_where_the_words_are_of_no_use(kind: str, first: str) -> None:
    """Events of one type move a paragraph of unknown words towards the function they belong to, and no other way."""
    classifier = load_classifier()
    text, labels = "全体如期到场。", classifier.labels
    (silent,), (told,) = (classifier.classify([text], events=[e]) for e in ([], [(kind, 1.0)]))
    gain = [after - before for before, after in zip(silent.scores, told.scores, strict=True)]
    assert labels[gain.index(max(gain))] == first and max(gain) > 0
    assert classifier.classify([text], events=[[(kind, 0.0)]]) == [silent]


def test_the_pieces_of_a_broken_sentence_share_their_events() -> None:
    told = load_classifier().classify(["全体人员", "如期到场。"], events=[[], [("aid", 0.9)]], continues=[False, True])
    assert told[0] == told[1]
    with pytest.raises(InputError, match="1 lists of events for 2 texts"):
        load_classifier().classify(["慰问", "三人"], events=[[]])


def test_no_paragraphs() -> None:
    assert load_classifier().classify([], []) == []


@pytest.mark.parametrize("times", [1, 50_000])
def test_every_character_is_hashed_once_however_long_a_paragraph_is(times: int, monkeypatch) -> None:
    hashed = []
    real = features.code_points
    monkeypatch.setattr(features, "code_points", lambda texts: (hashed.extend(map(len, texts)), real(texts))[1])
    text = "召开教代会，审议学校工作报告，征集提案。" * times
    (found,) = load_classifier().classify([text], [()])
    assert found.functions == ("participation",)
    assert sum(hashed) == len(text)


@pytest.mark.parametrize(
    ("texts", "headings", "says"),
    [
        ("召开教代会", None, "wrap a single text"),
        (7, None, "sequence of str"),
        ([None], None, "texts[0] is NoneType"),
        (["慰问", 3], None, "texts[1] is int"),
        (["慰问"], [(), ()], "2 heading paths for 1 texts"),
        (["慰问"], ["关心生活"], "headings[0]"),
        (["慰问"], [(1,)], "headings[0]"),
    ],
)
def test_wrong_types_are_refused(texts: object, headings: object, says: str) -> None:
    with pytest.raises(InputError) as refused:
        load_classifier().classify(texts, headings)  # type: ignore[arg-type]
    assert says in str(refused.value)


def test_wrong_options_are_refused() -> None:
    with pytest.raises(InputError, match="scheme"):
        load_classifier().classify(["慰问"], scheme="strict")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="continues"):
        load_classifier().classify(["慰问"], continues=[])


@given(st.lists(st.text(max_size=60), max_size=6))
@settings(max_examples=60, deadline=None)
def test_any_text_gets_a_label_or_none(texts: list[str]) -> None:
    for found in load_classifier().classify(texts):
        assert isinstance(found, Labelled)
        assert len(set(found.functions)) == len(found.functions)
        assert all(0 <= s <= 1 for s in found.scores)
        assert (found.sub is not None) == ("building" in found.functions)


@given(st.lists(st.sampled_from([c["text"] for c in CASES]), min_size=1, max_size=8))
@settings(max_examples=30, deadline=None)
def test_a_batch_says_what_single_calls_say(texts: list[str]) -> None:
    c = load_classifier()
    apart = [False] * len(texts)
    together = c.classify(texts, continues=apart)
    assert [t.functions for t in together] == [c.classify([t])[0].functions for t in texts]


def test_classical_scheme_sets_self_building_apart() -> None:
    c = load_classifier()
    assert c.classify([UNION])[0].functions == ("building",)
    assert c.classify([UNION], scheme="classical")[0].functions == (SELF_BUILDING,)
    work = "开展劳动竞赛和技术革新，增产节约，完成生产任务。"
    assert c.classify([work], scheme="classical")[0].functions == ("building",)


def test_a_piece_carries_the_label_of_the_whole() -> None:
    c = load_classifier()
    pieces = ["重阳节前夕，学校工会专门安排人员分成三组，分头逐户看望了退休的", "李、王两位先生等十二人。"]
    first, second = c.classify(pieces, [("退休工作",)] * 2)
    assert first.functions == second.functions == ("safeguarding",)
    apart = c.classify(pieces, [("退休工作",)] * 2, continues=[False, False])
    assert apart[1].scores != second.scores


def test_list_items_are_not_joined() -> None:
    whole, owner = joined(["三月：教代会", "四月：春游"], [(), ()], None)
    assert whole == ["三月：教代会", "四月：春游"]
    assert owner.tolist() == [0, 1]
    assert not runs_on("工" * 40, "1、召开会议")
    assert not runs_on("工" * 40 + "。", "又召开会议")


@pytest.mark.parametrize("line", ["改选工会", "指导五家公司", "教师节慰问学校", "组织教师到医院", "工会委员会"])
def test_a_deed_is_no_signature(line: str) -> None:
    assert not signs(line)


def test_explanation_points_into_the_text() -> None:
    text = "看望住院教师三人，送去慰问金"
    why = load_classifier().explain(text, ("关心生活",))
    strongest = why.evidence["safeguarding"][0]
    assert not strongest.heading
    assert text[strongest.start : strongest.end] == strongest.text
    assert strongest.weight > 0
    assert why.labelled.functions == ("safeguarding",)


def test_headings_are_evidence_of_their_own() -> None:
    why = load_classifier().explain("这项工作得到加强。", ("民主管理", "校务公开"))
    assert any(e.heading for e in why.evidence["participation"])


def test_strongest_cues_on_request() -> None:
    c = load_classifier()
    (found,) = c.classify(["召开教代会审议报告"], cues=3)
    assert 1 <= len(found.cues) <= 3
    assert all(word.text in "召开教代会审议报告" for word in found.cues)
    assert c.classify(["召开教代会审议报告"])[0].cues == ()


def test_a_model_is_read_once_and_again_when_its_file_has_changed(tmp_path, monkeypatch) -> None:
    from gonghui_nlp.functions import classifier, shipped_path

    read = []
    real = classifier.modelfile.load
    monkeypatch.setattr(classifier.modelfile, "load", lambda path: (read.append(path), real(path))[1])
    own = tmp_path / "own.bin"
    own.write_bytes(shipped_path().read_bytes())
    assert load_classifier(own) is load_classifier(str(own)) and len(read) == 1
    os.utime(own, ns=(1, 1))
    load_classifier(own)
    assert len(read) == 2
    assert load_classifier() is load_classifier() and shipped_path().stat().st_size < 5_000_000


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("3月份组织“", "三、八”节女教工踢毽子比赛。", True),
        ("开展慰问、", "走访活动。", True),
        ("为迎接“五四”青年节的到来，", "校工会组织登山。", True),
        ("好，", "再来。", False),
        ("四月：教代会", "五月：歌咏会", False),
    ],
)
def test_what_cannot_end_a_paragraph_runs_on(before: str, after: str, whole: bool) -> None:
    assert runs_on(before, after) is whole


def test_a_large_batch_is_read_in_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    from gonghui_nlp.functions import model

    texts = [str(c["text"]) for c in CASES]
    whole = load_classifier().classify(texts)
    for lot in (0, 40, 10_000):
        monkeypatch.setattr(model, "_LOT", lot)
        assert load_classifier().classify(texts) == whole
