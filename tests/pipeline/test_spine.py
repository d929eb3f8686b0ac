"""One text, one spine of records: every word stands in the source, links are ids, one answer to one question."""

import ast
import pickle
from dataclasses import replace
from pathlib import Path

import pytest

import gonghui_nlp as gh
from gonghui_nlp.functions import explain
from gonghui_nlp.outline import read_structure
from gonghui_nlp.schema import ISSUE_CODES, text_of
from gonghui_nlp.tables import rows


def test_the_trigger_and_all_arguments_stand_in_the_source():
    (event,) = gh.analyze("工會購置圖書１２冊。").events
    assert event.trigger.text == "購置"


def test_the_organisation_and_a_title_over_two_lines_stand_in_the_source():
    text = "某某縣育才中学工会\n２０２０年度工作总结\n一、送温暖\n慰问了患病教师。"
    (constituent,) = gh.analyze(text).constituents
    assert constituent.organisation.text == "某某縣育才中学工会"
    assert [text[s.start : s.end] for s in constituent.title.spans] == ["某某縣育才中学工会", "２０２０年度工作总结"]
    (row,) = rows(gh.analyze(text))["documents"]
    assert row[4] == "某某縣育才中学工会２０２０年度工作总结"


def test_who_and_what_stand_in_the_source():
    doc = gh.analyze("看望了１８名患病教職工，購置圖書十二冊。")
    assert [text_of(h.who) for h in doc.headcounts] == ["患病教職工"]
    assert [text_of(c.what) for c in doc.counts] == ["圖書"]


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("２００３年我們慶祝第二十九個教師節，開展座談。", "occasion_year", "第二十九個教師節 points to 2013"),
        ("１、開會。\n２、選舉。\n５、慰問。\n６、參觀。", "gap", "５、 follows 2"),
        ("１、開會議事。\n２、選舉委員。\n２、慰問職工。\n３、參觀工廠。", "duplicate", "２、 stands twice"),
        ("一、關心生活\n慶祝三、\n八”婦女節，組織女教職工參觀。", "joined_line", "read as 慶祝三、八”婦女"),
    ],
)
def test_what_a_message_quotes_stands_in_the_source(text, code, said):
    """Rules read folded text; what they quote of it is read again from the raw text, as every word is."""
    (issue,) = [i for i in gh.analyze(text).issues if i.code == code]
    assert issue.message.startswith(said) or issue.message.endswith(said)
    assert issue.quotes and all(q.text == text[q.start : q.end] for q in issue.quotes)


def test_cues_and_headings_stand_in_the_source():
    text = "一、關心困難職工\n春節前慰問了困難職工。"
    doc = gh.analyze(text, gh.Settings(cues=4))
    (paragraph,) = doc.paragraphs
    assert [h.text for h in doc.headings_of(paragraph)] == ["關心困難職工"]
    assert paragraph.cues
    for cue in paragraph.cues:
        assert text[cue.start : cue.end] == cue.text != ""


def test_the_date_an_event_widens_is_linked_to_it():
    doc = gh.analyze("3月8日下午，组织86名女教工登山。")
    (event,) = doc.events
    assert event.date.text == "3月8日下午"
    assert [d.text for d in doc.get(event.date_ids)] == ["3月8日"]
    assert rows(doc)["dates"][0][1] == "text#1/e1"


def test_two_dates_of_one_event_are_both_linked():
    doc = gh.analyze("元旦、春节，看望了18名患病教职工。")
    assert [d.text for d in doc.get(doc.events[0].date_ids)] == ["元旦", "春节"]


def test_replaced_records_stay_linked():
    doc = gh.analyze("3月8日，组织86名女教工登山，支出9600元。")
    changed = replace(
        doc,
        headcounts=tuple(replace(h, approx="about") for h in doc.headcounts),
        events=tuple(replace(e, type="outing") for e in doc.events),
    )
    (event,) = changed.events
    assert changed.headcounts_of(event)[0].approx == "about"
    assert changed.event_of(changed.amounts[0]).type == "outing"
    assert [row[1] for row in rows(changed)["headcounts"]] == ["text#1/e1"]


def test_a_document_is_pickled_with_its_links():
    doc = gh.analyze("3月8日，组织86名女教工登山。")
    doc.event_of(doc.headcounts[0])
    copy = pickle.loads(pickle.dumps(doc))
    assert copy == doc and copy.event_of(copy.headcounts[0]) == doc.events[0]


def test_an_unknown_id_is_a_wrong_call():
    with pytest.raises(gh.GonghuiError, match="'e9'"):
        gh.analyze("工会").get(["e9"])


@pytest.mark.parametrize(
    "text",
    [
        "看望了1\n8名患病职工。",
        "- 3 -\n网址www.abc12.com\n共捐款１．５万余元，3\n6人参加。\n第 2 页 共 9 页\n",
        "第一篇：某校工会工作总结\n更多范文请看某某范文网2018年3月。\n慰问金5.88\n万元。",
    ],
)
def test_find_quantities_is_what_analyze_finds(text):
    doc, found = gh.analyze(text), gh.find_quantities(text)
    assert (found.amounts, found.headcounts, found.counts) == (doc.amounts, doc.headcounts, doc.counts)
    assert found.dates == doc.dates


def test_one_code_means_one_thing():
    outline = read_structure("、加强学习\n中学工会2023年工作总结\n2022年我校工会做了大量工作。").issues
    numbers = gh.find_quantities("2021年宣讲十七大精神，为名患病教师送去慰问金××元。").issues
    assert {i.code for i in outline}.isdisjoint({i.code for i in numbers})
    assert {i.code for i in (*outline, *numbers)} <= ISSUE_CODES.keys()


@pytest.mark.parametrize(
    "text", ["", "赛", "捐", "庆", "\ud800", "工会\udfff慰问", "一、\ud83d", "\udc80" * 40, "捐\ud800赛"]
)
def test_one_character_and_lone_surrogates_go_through_everything(text):
    from gonghui_nlp.adapters.segmentation import edges, segment
    from gonghui_nlp.display.page import page
    from gonghui_nlp.outline.tree import to_markdown

    doc = gh.analyze(text, gh.Settings(cues=3))
    assert list(gh.analyze_many([text, "工会", text], gh.Settings(cues=3)))[2] == doc
    assert "".join(segment(text, edges(doc))) == text
    page(doc), to_markdown(doc), gh.to_frames(doc), gh.find_quantities(text)
    for paragraph in doc.paragraphs:
        explain(doc, paragraph)


def test_no_module_of_ours_is_reached_by_name(root):
    """Contracts hold for what import statements say; import_module would get round them."""
    allowed = {"gonghui_nlp/__init__.py"}
    allowed |= {path.relative_to(root).as_posix() for path in (root / "gonghui_nlp" / "cli").glob("*.py")}
    found = []
    for path in sorted((root / "gonghui_nlp").rglob("*.py")):
        name = path.relative_to(root).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = getattr(getattr(node, "func", None), "attr", getattr(getattr(node, "func", None), "id", ""))
            if called in ("import_module", "__import__") and name not in allowed and _ours(node):
                found.append(f"{name}:{node.lineno}")
    assert found == []


def _ours(call: ast.Call) -> bool:
    """Whether a call may name a module of this package: a text that begins so, or one put together."""
    (first, *_) = call.args
    if isinstance(first, ast.Constant):
        return str(first.value).startswith(("gonghui_nlp", "."))
    # The one name that comes from outside is that of a user's own module.
    return not isinstance(first, ast.Name) or first.id != "module"


def test_documents_hold_their_records_in_order(root):
    path = sorted((Path(root) / "corpora" / "samples").glob("*.txt"))[0]
    doc = gh.analyze(next(gh.read(path)))
    ids = [record.id for record in doc.records()]
    assert len(set(ids)) == len(ids) and "" not in ids
    for kind in (doc.events, doc.amounts, doc.headcounts, doc.counts, doc.dates, doc.sections):
        assert [r.start for r in kind] == sorted(r.start for r in kind)


def test_an_event_reaches_over_a_line_that_ends_inside_a_word():
    text = "一、送温暖\n今年春节前，厂工会在各分会的配合下慰问了困难职\n工12名，发放慰问金9600元，受到广大职工的欢迎。"
    doc = gh.analyze(text)
    assert [e.text for e in doc.events] == ["慰问了困难职\n工12名"]
    assert [h.text for h in doc.get(doc.events[0].headcount_ids)] == ["12名"]


def test_a_line_of_its_own_ends_an_event():
    event, *_ = gh.analyze("一、送温暖\n慰问了困难职工。\n12名教师参加了植树。").events
    assert event.text == "慰问了困难职工"
