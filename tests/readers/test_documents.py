"""Old Word files, RTF, OpenDocument, Markdown: what each writes in its own way."""

import random
import re
import struct
from pathlib import Path

import formats as made
import pytest

from gonghui_nlp.errors import ReadingError
from gonghui_nlp.readers import doc, docx, html, layout, markdown, odt, pdf, read_file, rtf
from gonghui_nlp.readers.kinds import kind_of

SUMMARY = (Path(__file__).parent / "data" / "summary.doc").read_bytes()


def test_a_damaged_or_protected_old_word_file_is_refused():
    locked = bytearray(SUMMARY)
    at = SUMMARY.find(b"\xec\xa5")
    locked[at + 0x0B] |= 1
    with pytest.raises(ReadingError, match="password"):
        doc.read(bytes(locked))
    for bad in (SUMMARY[:512], SUMMARY[:4000], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 2000):
        with pytest.raises(ReadingError, match="damaged"):
            doc.read(bad)


def test_where_the_lists_of_an_old_word_file_are_damaged_the_text_is_still_read():
    at = SUMMARY.find(b"\xec\xa5")
    broken = bytearray(SUMMARY)
    struct.pack_into("<II", broken, at + 0x2E2, 0x7FFFFF00, 2000)  # where the lists are said to stand
    text = doc.read(bytes(broken)).text
    assert "慰问困难职工18户" in text and "一、" not in text


def test_an_old_office_file_that_is_no_word_file_is_known(tmp_path):
    name = "Workbook".encode("utf-16-le") + b"\0\0"
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * (1024 - 8) + name.ljust(128, b"\0")
    (tmp_path / "a.doc").write_bytes(data)
    assert (read_file(tmp_path / "a.doc").format, read_file(tmp_path / "a.doc").status) == ("xls", "skipped")


RTF = [
    (r"\'b9\'a4\'bb\'e1\par \u24944?\u38382?", "工会\n慰问"),
    (r"{\listtext\pard\plain \'d2\'bb\'a1\'a2\tab}\'b9\'a4\par", "一、工"),
    ("\\'81@ \\'b9\\'a4|x", "丂 工|x"),
    (r"{\header \'b9}{\footer \'b9}{\info{\title x}}{\*\generator x}{\pict 00ff}\'b9\'a4", "工"),
    (r"\'b9\'a4{\deleted \'bb\'e1}{\rtlch\deleted0 x}", "工x"),
    (r"\trowd\intbl \'b9\'a4\cell\intbl a\cell\row b", "工\ta\nb"),
    (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt \'b9\'a4}}", "工"),
]


@pytest.mark.parametrize(("written", "seen"), RTF)
def test_rtf(written, seen):
    assert rtf.read(f"{{\\rtf1\\ansi\\ansicpg936 {written}}}".encode("latin-1")).text.strip() == seen


def test_open_document_lists_notes_and_what_is_left_out():
    text = odt.read(made.odt(["一、甲", "（一）乙", "正文", "（二）丙", "二、丁", "（一）戊", ("3月", "登山")])).text
    assert text.splitlines() == ["一、甲", "（一）乙", "正文", "（二）丙", "二、丁", "（一）戊", "3月\t登山"]
    note = (
        "<text:p>甲<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>注文</text:p></text:note-body>"
        "</text:note><text:s text:c='2'/>乙<text:tab/>丙<text:line-break/>丁<office:annotation><text:p>批注</text:p></office:annotation></text:p>"
        "<text:tracked-changes><text:p>删</text:p></text:tracked-changes>"
    )
    inner = made.odt([])
    content = made.zipfile.ZipFile(made.io.BytesIO(inner)).read("content.xml").decode()
    whole = content.replace("<office:text>", f"<office:text>{note}")
    assert odt.read(made.zipped([("content.xml", whole)])).text.splitlines() == ["甲  乙\t丙", "丁", "注：注文"]
    with pytest.raises(ReadingError, match="password"):
        odt.read(made.zipped([("META-INF/manifest.xml", "<a><encryption-data/></a>"), ("content.xml", whole)]))
    with pytest.raises(ReadingError, match="entities"):
        odt.read(made.zipped([("content.xml", '<!DOCTYPE a [<!ENTITY x "y">]>' + whole)]))


def test_markdown_is_read_without_its_signs():
    text = (
        "# 砚山厂工会总结\n\n## 一、送温暖\n\n春节前**慰问**困难职工[18户](http://x)。\n第二行\n\n    缩进的正文\n\n3. 甲\n4. 乙\n\n"
        "- 丙\n\n|时间|活动|\n|---|---|\n|3月|登山|\n\n<b>1 < 2</b>\n"
    )
    found = markdown.read(text.encode("gb18030")).text.splitlines()
    assert found == [
        "砚山厂工会总结", "一、送温暖", "春节前慰问困难职工18户。", "第二行", "缩进的正文", "3.甲", "4.乙", "丙", "时间\t活动", "3月\t登山",
        "<b>1 < 2</b>",
    ]  # fmt: skip


NAMED = [
    (made.zipped([("OFD.xml", "<x/>")]), "ofd", "OFD document"),
    (made.zipped([("ppt/presentation.xml", "<x/>")]), "pptx", "presentation"),
    (made.zipped([("mimetype", "application/epub+zip"), ("META-INF/container.xml", "x")]), "epub", "e-book"),
    (b"%!PS-Adobe-3.0\n", "postscript", "PostScript"),
]


@pytest.mark.parametrize(("data", "kind", "said"), NAMED)
def test_what_is_not_read_is_named(data, kind, said, tmp_path):
    (tmp_path / "a").write_bytes(data)
    source = read_file(tmp_path / "a")
    assert (source.format, source.status) == (kind, "failed") and said in source.message


def test_chinese_texts_are_never_taken_for_something_else():
    texts = [
        "BM工会工作总结",
        "工会工作总结",
        "MZ",
        "<慰问>",
        "ID3",
        "From: 工会\n\n正文",
        "%总结",
        "{总结}",
        "PK 赛情况",
    ]
    for text in texts:
        for encoding in ("utf-8", "gb18030", "utf-16", "utf-8-sig"):
            assert kind_of(text.encode(encoding) + "慰问困难职工。".encode(encoding) * 50) == "txt"


def test_a_file_with_macros_is_read_and_nothing_in_it_is_run():
    parts = [(name, data) for name, data in made.members(made.docx(made.p("慰问职工18户。")))]
    assert docx.read(made.zipped([*parts, ("word/vbaProject.bin", b"Auto_Open")])).text == "慰问职工18户。\n"


SEEDS = {
    doc: SUMMARY,
    docx: made.docx(
        made.p("慰问职工", numbered=(1, 0)), made.abstract(7, made.level(0, "decimal", "%1.")) + made.num(1, 7)
    ),
    odt: made.odt(["一、甲", "正文", ("3月", "登山")]),
    rtf: made.rtf(["一、甲", "正文", ("3月", "登山")]),
    html: made.page("总结", "<p>慰问职工</p><table><tr><td>3月</td></tr></table>").encode("gb18030"),
    pdf: made.pdf([["总结", "慰问困难职工。"]]),
}


@pytest.mark.parametrize("reader", SEEDS, ids=lambda reader: reader.__name__.rsplit(".", 1)[-1])
def test_damaged_files_are_read_or_refused_and_never_raise_anything_else(reader):
    rng = random.Random(18)
    for n in range(60):
        data = made.damaged(SEEDS[reader], rng, inside=reader in (docx, odt) and n % 3 > 0)
        try:
            assert isinstance(reader.read(data).text, str)
        except ReadingError as error:
            assert str(error)


def test_many_lines_of_a_page_take_linear_time(monkeypatch):
    counted = []
    for n in (100, 400):
        calls = [0]

        def goes_on(*_, calls=calls):
            calls[0] += 1
            return False

        monkeypatch.setattr(layout, "_goes_on", goes_on)
        list(layout.joined([[layout.Line("行", 0, 10, 10 * k, 10 * k + 8, 8) for k in range(n, 0, -1)]]))
        counted.append(calls[0])
    assert counted[1] < 4.2 * counted[0]


def test_the_page_about_formats_runs(root, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = (root / "docs" / "formats.md").read_text(encoding="utf-8")
    held: dict[str, object] = {}
    blocks = re.findall(r"```python\n(.*?)```", page, flags=re.S)
    for block in blocks:
        exec(block, held)
    assert len(blocks) == 2
