"""A summary gives the same rows whatever it was written in."""

import re
from pathlib import Path

import formats as made
import pytest

import gonghui_nlp as gh
from gonghui_nlp.readers import read_file

HEADS = ["砚山厂工会2023年工作总结", "送温暖", "走访慰问", "文体活动", "培训", "下一步打算"]
SUMMARY = f"""{HEADS[0]}
一、{HEADS[1]}
（一）{HEADS[2]}
春节前慰问困难职工18户，发放慰问金9600元。走访退休教师26名。
（二）金秋助学
8月，为12名职工子女发放助学金2.4万元，职工满意率98%。
二、{HEADS[3]}
3月8日，组织女职工登山比赛，126人参加。国庆期间举办摄影展，展出作品60幅。
三、{HEADS[5]}
2024年计划举办技能培训班3期。
"""
LEVELS = made.level(0, "chineseCounting", "%1、") + made.level(1, "chineseCountingThousand", "（%2）")


def as_docx():
    body = ""
    for line in SUMMARY.splitlines():
        for at, mark in enumerate(("[一二三]、", "（[一二]）")):
            if re.match(mark, line):
                body += made.p(re.sub(mark, "", line), numbered=(1, at))
                break
        else:
            body += made.p(line)
    return made.docx(body, made.abstract(7, LEVELS) + made.num(1, 7))


LINES = SUMMARY.splitlines()
FILES = {
    "docx": as_docx,
    "doc": lambda: (Path(__file__).parent / "data" / "summary.doc").read_bytes(),
    "html": lambda: made.page(HEADS[0], "<div>" + "".join(f"<p>{line}</p>" for line in LINES) + "</div>").encode(
        "gb18030"
    ),
    "mhtml": lambda: made.mhtml(made.page(HEADS[0], "<div>" + "<br>".join(LINES) + "</div>").encode()),
    "odt": lambda: made.odt(LINES),
    "pdf": lambda: made.pdf([LINES[:4], LINES[4:]], running="内部资料"),
    "rtf": lambda: made.rtf(LINES),
}


def found(doc):
    """What the tables hold, but for the places."""
    return {
        "sections": [(s.level, s.mark.text.strip(), s.title and s.title.text) for s in doc.sections],
        "documents": [(c.title and c.title.text, c.kind, c.year) for c in doc.constituents],
        "paragraphs": [p.text for p in doc.paragraphs],
        "events": [(e.text, e.type, e.status, doc.path_of(doc.section_of(e))) for e in doc.activities],
        "amounts": [(a.text, a.value, a.purpose) for a in doc.amounts],
        "headcounts": [(h.text, h.value) for h in doc.headcounts],
        "counts": [(c.text, c.kind) for c in doc.counts],
        "dates": [(d.text, d.value) for d in doc.dates],
    }


@pytest.mark.parametrize("kind", FILES)
def test_the_same_summary_gives_the_same_rows(kind, tmp_path):
    (tmp_path / "无后缀").write_bytes(FILES[kind]())
    source = read_file(tmp_path / "无后缀")
    assert (source.status, source.format, source.derived) == ("ok", kind, True)
    assert found(gh.analyze(source)) == (wanted := found(gh.analyze(SUMMARY)))
    assert len(wanted["events"]) >= 5 and len(wanted["sections"]) == 5
