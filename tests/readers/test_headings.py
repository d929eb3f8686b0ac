"""Lines set as headings, and what other programs write: LibreOffice wrote the files in ``data/libreoffice.zip``.

They hold two summaries, one numbered by lists with a note, a text box and a table, one told apart by styles alone.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import formats as made
import pytest

import gonghui_nlp as gh
from gonghui_nlp.readers import layout, read_file
from gonghui_nlp.readers.formats import READERS
from gonghui_nlp.readers.layout import Glyph, Line
from gonghui_nlp.schema import Source

WRITTEN = Path(__file__).parent / "data" / "libreoffice.zip"
STYLED = [
    ("title", "砚山厂工会2023年工作总结"), ("", "2023年，我们做了以下工作。"), ("1", "维护职工权益"), ("2", "送温暖"),
    ("", "春节前慰问困难职工18户，发放慰问金9600元。"), ("2", "金秋助学"), ("", "8月，为12名职工子女发放助学金2.4万元。"),
    ("1", "活跃职工文化"), ("", "3月8日，组织女职工登山比赛，126人参加。"), ("1", "下一步打算"),
    ("", "2024年计划举办技能培训班3期。"),
]  # fmt: skip
OUTLINE = [(1, "维护职工权益"), (2, "送温暖"), (2, "金秋助学"), (1, "活跃职工文化"), (1, "下一步打算")]


def _styles(*names):
    return "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:pPr>{more}</w:pPr></w:style>'
        for key, name, more in names
    )


def _odt(lines):
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    body = "".join(
        f'<t:h t:outline-level="{style}">{line}</t:h>' if style.isdigit() else f"<t:p>{line}</t:p>"
        for style, line in lines
    )
    content = f'<o:document xmlns:o="{office}" xmlns:t="{text}"><o:body><o:text>{body}</o:text></o:body></o:document>'
    return made.zipped([("content.xml", content), ("mimetype", "application/vnd.oasis.opendocument.text")])


def _docx(lines, names):
    return made.docx("".join(made.p(line, style) for style, line in lines), styles=names)


BY_NAME = _styles(("1", "heading 1", ""), ("2", "heading 2", ""), ("title", "Title", '<w:outlineLvl w:val="0"/>'))
# As a Chinese word processor writes it whose styles are its own, with levels of the outline.
BY_LEVEL = _styles(
    ("1", "标题 1", ""), ("2", "条目", '<w:outlineLvl w:val="1"/>'), ("title", "标题", '<w:outlineLvl w:val="0"/>')
)


def _tagged(lines):
    return "".join(f"<h{style}>{line}</h{style}>" if style.isdigit() else f"<p>{line}</p>" for style, line in lines)


FILES = {
    "by name.docx": lambda: _docx(STYLED, BY_NAME),
    "by level.docx": lambda: _docx(STYLED, BY_LEVEL),
    "own.odt": lambda: _odt(STYLED),
    "own.html": lambda: made.page("砚山厂工会2023年工作总结", f"<div>{_tagged(STYLED)}</div>").encode(),
    "own.md": lambda: "\n\n".join(f"{'#' * int(s) + ' ' if s.isdigit() else ''}{x}" for s, x in STYLED).encode(),
    **{f"styled.{kind}": lambda kind=kind: _written(f"styled.{kind}") for kind in ("doc", "docx", "html", "rtf")},
}  # fmt: skip


def _written(name):
    with zipfile.ZipFile(WRITTEN) as held:
        return held.read(name)


@pytest.mark.parametrize("name", FILES)
def test_sections_told_by_styles_alone_are_sections(name, tmp_path):
    (tmp_path / name).write_bytes(FILES[name]())
    source = read_file(tmp_path / name)
    doc = gh.analyze(source)
    assert [(s.level, s.title and s.title.text) for s in doc.sections] == OUTLINE
    assert all((s.role, s.style, s.mark.text) == ("part", "heading", "") for s in doc.sections)
    assert all(source.text[s.title.start : s.title.end] == s.title.text for s in doc.sections if s.title)
    assert [c.title and c.title.text for c in doc.constituents] == ["砚山厂工会2023年工作总结"]
    assert [h.text for h in doc.headings_of(doc.activities[0])] == ["维护职工权益", "送温暖"]
    assert (doc.activities[-1].status, doc.path_of(doc.section_of(doc.activities[-1]))) == ("planned", "下一步打算")
    assert len(doc.paragraphs) == len([line for style, line in STYLED if not style])


def _read(*lines):
    decoded = READERS["docx"](_docx(lines, BY_NAME))
    return gh.analyze(Source("a", decoded.text, headings=decoded.headings))


def test_styles_and_numbers_bear_each_other_out():
    def outline(*lines):
        return [(s.level, s.mark.text, s.title and s.title.text) for s in _read(*lines).sections]

    told = ("", "组织职工登山，26人参加。")
    # Numbered headings of one style, and below them such as have no number.
    assert outline(("1", "一、权益"), ("2", "送温暖"), told, ("2", "座谈"), told, ("1", "二、文体"), ("2", "登山"), told) == [
        (1, "一、", "权益"), (2, "", "送温暖"), (2, "", "座谈"), (1, "二、", "文体"), (2, "", "登山"),
    ]  # fmt: skip
    # A list that nobody styled begins anew under each heading.
    assert outline(("1", "文体"), ("", "1.登山"), told, ("", "2.篮球"), told, ("1", "培训"), ("", "1.技能"), told) == [
        (1, "", "文体"), (2, "1.", "登山"), (2, "2.", "篮球"), (1, "", "培训"), (2, "1.", "技能"),
    ]  # fmt: skip
    # A heading stands inside a numbered section that goes on behind it.
    assert outline(("", "一、权益"), ("1", "送温暖"), told, ("", "二、文体"), ("1", "登山"), told) == [
        (1, "一、", "权益"), (2, "", "送温暖"), (1, "二、", "文体"), (2, "", "登山"),
    ]  # fmt: skip
    # A whole paragraph in the style of a heading is none.
    assert outline(("1", "春节前慰问困难职工18户。发放慰问金9600元。"), told) == []


NUMBERED = """砚山厂工会2023年工作总结
一、送温暖
（一）走访慰问
春节前慰问困难职工18户，发放慰问金9600元。走访退休教师26名。
注：慰问金由工会经费列支3000元。
（二）金秋助学
8月，为12名职工子女发放助学金2.4万元，职工满意率98%。
二、文体活动
3月8日，组织女职工登山比赛，126人参加。
国庆期间举办摄影展，展出作品60幅。
月份	活动	人数
5月	组织篮球赛	32人
9月	举办书画展	18人
三、下一步打算
2024年计划举办技能培训班3期。
"""


@pytest.mark.parametrize("kind", ["doc", "docx", "rtf"])
def test_what_another_program_writes_is_read_as_it_was(kind):
    lines = [line for line in READERS[kind](_written(f"numbered.{kind}")).text.splitlines() if line]
    wanted = NUMBERED.splitlines()
    if kind == "doc":  # text boxes stand at the end of an old file
        wanted.append(wanted.pop(wanted.index("国庆期间举办摄影展，展出作品60幅。")))
    assert lines == wanted


def test_the_number_of_a_note_is_no_digit_of_the_text():
    lines = READERS["html"](_written("numbered.html")).text.splitlines()
    assert "春节前慰问困难职工18户，发放慰问金9600元。走访退休教师26名。" in lines
    assert "慰问金由工会经费列支3000元。" in lines and "1. 送温暖" in lines
    page = '<p>慰问金3000<a href="#_ftn1">[1]</a>元，见<a href="#top">第2章</a></p>'.encode()
    assert READERS["html"](page).text == "慰问金3000元，见第2章\n"
    # Two notes on one paragraph, a box inside a group, a note in a note that is torn off.
    rtf = rb"{\rtf1\ansi a{\footnote {\chftn} b}c{\*\footnote d\par e}\par f{\shp{\*\shpinst{\shptxt g\par}}}\par h{\footnote i"
    assert READERS["rtf"](rtf).text.splitlines()[:5] == ["ac", "注：b", "注：d", "e", "f"]


def test_raised_figures_of_a_page_are_no_digits_of_the_text():
    def line(*told):
        out, x = [], 72.0
        for char, size, rise in told:
            out.append(Glyph(char, x, x + size, 700 + rise, 700 + rise + size, size))
            x += size
        return layout.lines_of(out)[0].text

    text = [(c, 12, 0) for c in "慰问金3000"]
    assert line(*text, ("1", 7, 5), *[(c, 12, 0) for c in "元"]) == "慰问金3000元"
    # A power stays, and so does a small figure that stands on the line.
    assert line(*[(c, 12, 0) for c in "建房80m"], ("2", 7, 5)) == "建房80m2"
    assert line(*text, ("1", 7, 0)) == "慰问金30001"


def test_short_lines_are_paragraphs_where_the_page_is_wider():
    def page(*lines):
        return [Line(text, 72, 72 + 12 * len(text), 700 - 20 * n, 712 - 20 * n, 12) for n, text in enumerate(lines)]

    told = page("春节前慰问困难职工十八户。", "金秋助学为十二名子女发放。", "活跃职工文化")
    assert list(layout.joined([told], 595)) == [
        "春节前慰问困难职工十八户。",
        "金秋助学为十二名子女发放。",
        "活跃职工文化",
    ]
    # Where they reach the margin they are lines of one paragraph.
    assert list(layout.joined([told], 72 + 72 + 12 * 13)) == [
        "春节前慰问困难职工十八户。金秋助学为十二名子女发放。活跃职工文化"
    ]


NOTICE = "关于组织参加职工摄影比赛的函"
FOLLOWS = ["4月，组织职工观展26人。", "一、要求", "作品不限。"]
TITLED = {
    "html": lambda: made.page(
        f"{NOTICE}-砚山厂", f"<div><h2>{NOTICE}</h2>{_tagged([('', x) for x in FOLLOWS])}</div>"
    ).encode(),
    "html without a heading": lambda: made.page(
        NOTICE, f"<div>{_tagged([('', x) for x in (NOTICE, *FOLLOWS)])}</div>"
    ).encode(),
    "docx": lambda: _docx([("title", NOTICE), *(("", x) for x in FOLLOWS)], BY_NAME),
}


@pytest.mark.parametrize("kind", TITLED)
def test_what_a_page_or_a_document_is_called_is_its_title_whatever_its_words(kind):
    found = READERS[kind[:4].strip()](TITLED[kind]())
    assert found.headings == ((0, 0),)
    doc = gh.analyze(Source(kind, found.text, headings=found.headings))
    (one,) = doc.constituents
    assert (str(one.title.text), one.kind) == (NOTICE, "other")
    assert [s.title.text for s in doc.sections if s.title] == ["要求"]
    # By its words alone it is none.
    assert gh.analyze(found.text).constituents[0].title is None
