"""Word documents: what Word shows is what is read, numbers that it makes included."""

import pytest
from formats import W, abstract, docx, level, num, p, zipped

from gonghui_nlp.errors import ReadingError
from gonghui_nlp.readers.docx import read, read_xml


def lines(body, **parts):
    return read(docx(body, **parts)).text.splitlines()


FORMATS = [
    ("chineseCounting", "%1、", ["一、", "二、", "三、"]),
    ("chineseCountingThousand", "第%1章", ["第一章 ", "第二章 ", "第三章 "]),
    ("chineseCountingThousand", "（%1）", ["（一）", "（二）", "（三）"]),
    ("ideographTraditional", "%1、", ["甲、", "乙、", "丙、"]),
    ("decimalEnclosedCircle", "%1", ["①", "②", "③"]),
    ("decimalEnclosedCircleChinese", "%1", ["①", "②", "③"]),
    ("decimalFullWidth", "%1．", ["１．", "２．", "３．"]),
    ("decimalEnclosedFullstop", "%1", ["⒈", "⒉", "⒊"]),
    ("decimalEnclosedParen", "%1", ["⑴", "⑵", "⑶"]),
    ("chineseLegalSimplified", "%1、", ["壹、", "贰、", "叁、"]),
    ("ideographLegalTraditional", "%1、", ["壹、", "貳、", "參、"]),
    ("japaneseCounting", "%1、", ["一、", "二、", "三、"]),
    ("upperLetter", "%1.", ["A.", "B.", "C."]),
    ("lowerLetter", "%1)", ["a)", "b)", "c)"]),
    ("upperRoman", "%1.", ["I.", "II.", "III."]),
    ("decimalZero", "%1", ["01 ", "02 ", "03 "]),
    ("decimal", "(%1)", ["(1)", "(2)", "(3)"]),
    ("bullet", "\uf0b7", ["", "", ""]),
    ("none", "", ["", "", ""]),
]


@pytest.mark.parametrize(("number_format", "text", "marks"), FORMATS)
def test_numbers_that_word_makes_are_seen(number_format, text, marks):
    body = "".join(p("甲事", numbered=(1, 0)) for _ in marks)
    numbering = abstract(7, level(0, number_format, text)) + num(1, 7)
    assert lines(body, numbering=numbering) == [mark + "甲事" for mark in marks]


def outline(more="", second=""):
    levels = (
        level(0, "chineseCounting", "%1、"),
        level(1, "chineseCounting", "（%2）"),
        level(2, "decimal", "%1.%2.%3", second),
    )
    return abstract(7, *levels) + num(1, 7) + num(2, 7, more)


def numbered(*places):
    return "".join(p("项", numbered=place) for place in places)


def test_deeper_levels_begin_anew_below_each_higher_one():
    body = numbered((1, 0), (1, 1), (1, 1), (1, 0), (1, 1), (1, 2))
    assert lines(body, numbering=outline()) == ["一、项", "（一）项", "（二）项", "二、项", "（一）项", "二.一.1 项"]


def test_a_level_may_go_on_below_the_next_higher_one_and_legal_numbers_are_figures():
    body = numbered((1, 0), (1, 2), (1, 0), (1, 2))
    go_on = '<w:lvlRestart w:val="0"/><w:isLgl/>'
    assert lines(body, numbering=outline(second=go_on)) == ["一、项", "1.1.1 项", "二、项", "2.1.2 项"]


def test_two_lists_of_one_kind_share_their_numbers_unless_one_begins_anew():
    body = numbered((1, 0), (2, 0), (2, 0), (1, 0))
    assert lines(body, numbering=outline()) == ["一、项", "二、项", "三、项", "四、项"]
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    assert lines(body, numbering=outline(anew)) == ["一、项", "一、项", "二、项", "三、项"]
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "%1.", start=5)}</w:lvlOverride>'
    assert lines(body, numbering=outline(other)) == ["一、项", "5.项", "6.项", "七、项"]


def test_styles_number_their_paragraphs_and_those_made_from_them():
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="own"><w:basedOn w:val="2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="round"><w:basedOn w:val="round"/></w:style>'
    )
    body = (
        p("送温暖", "1") + p("慰问职工", "2") + p("慰问教师", "own") + p("培训", "1") + p("正文") + p("圈", "round")
        + p("无号", "1", (0, 0))
    )  # fmt: skip
    found = lines(body, numbering=outline(), styles=styles)
    assert found == ["一、送温暖", "（一）慰问职工", "（二）慰问教师", "二、培训", "正文", "圈", "无号"]


def test_rows_have_their_cells_side_by_side_and_merged_ones_once():
    def row(*cells, more=""):
        return f"<w:tr>{more}{''.join(f'<w:tc>{c}</w:tc>' for c in cells)}</w:tr>"

    merged = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + p("3月")
    below = "<w:tcPr><w:vMerge/></w:tcPr>" + p("")
    table = (
        row(p("时间"), p("活动"), p("人数"), more="<w:trPr><w:tblHeader/></w:trPr>")
        + row(merged, p("登山"), p("26人"))
        + row(below, p("座谈会"), p("18人"))
        + row('<w:tcPr><w:gridSpan w:val="3"/></w:tcPr>' + p("一、工作") + p("慰问职工。"))
        + row("<w:tcPr/><w:tbl>" + row(p("里"), p("层")) + "</w:tbl>" + p(""))
    )
    found = lines(p("前") + f"<w:tbl>{table}</w:tbl>" + p("后"))
    assert found == [
        "前",
        "时间\t活动\t人数",
        "3月\t登山\t26人",
        "座谈会\t18人",
        "一、工作",
        "慰问职工。",
        "里 层",
        "后",
    ]


def test_what_is_no_text_of_the_document_is_left_out():
    body = (
        p("甲", more="<w:del><w:r><w:delText>删去</w:delText></w:r></w:del><w:ins><w:r><w:t>添上</w:t></w:r></w:ins>")
        + p(
            "",
            more="<w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>移来</w:t></w:r></w:moveTo>",
        )
        + p("", more="<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>")
        + '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        + f"<w:sdtContent>{p('目录行')}</w:sdtContent></w:sdt><w:sdt><w:sdtContent>{p('控件')}</w:sdtContent></w:sdt>"
        + "<w:p><w:r><w:ruby><w:rt><w:r><w:t>zhí</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>职</w:t></w:r></w:rubyBase>"
        + "</w:ruby><w:t>工</w:t><w:tab/><w:t>会</w:t><w:br/><w:t>员</w:t></w:r></w:p>"
    )
    assert lines(body) == ["甲添上", "移来", "", "控件", "职工\t会", "员"]


def test_notes_and_text_boxes_come_behind_their_paragraph_once():
    note = f'<w:footnote w:id="2">{p("数据截至12月。")}</w:footnote>'
    box = f"<w:txbxContent>{p('框中')}</w:txbxContent>"
    both = (
        '<w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:drawing><x>'
        f"{box}</x></w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = p("甲", more='<w:r><w:footnoteReference w:id="2"/></w:r>') + p("乙", more=both)
    assert lines(body, footnotes=note) == ["甲", "注：数据截至12月。", "乙", "框中"]


def test_one_xml_file_of_word_is_read():
    old = (
        '<?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/'
        'wordml" xmlns:wx="x"><w:body><wx:sect><w:p><w:pPr><w:listPr><wx:t wx:val="一、"/></w:listPr></w:pPr>'
        "<w:r><w:t>送温暖</w:t></w:r></w:p></wx:sect></w:body></w:wordDocument>"
    )
    assert read_xml(old.encode()).text == "一、送温暖\n"
    flat = (
        '<pkg:package xmlns:pkg="k"><pkg:part pkg:name="/word/document.xml"><pkg:xmlData>'
        f"<w:document {W}><w:body>{p('慰问')}</w:body></w:document></pkg:xmlData></pkg:part></pkg:package>"
    )
    assert read_xml(flat.encode()).text == "慰问\n"


def test_damage_and_bombs_are_refused_with_a_reason():
    good = docx(p("慰问困难职工18户。") * 50)
    for bad in (good[: len(good) // 2], good[:-100], b"PK\x03\x04", zipped([("word/document.xml", "<w:a>")])):
        with pytest.raises(ReadingError, match="damaged"):
            read(bad)
    entities = '<!DOCTYPE a [<!ENTITY x "工会工会"><!ENTITY y "&x;&x;&x;">]>'
    with pytest.raises(ReadingError, match="entities"):
        read(zipped([("word/document.xml", f"{entities}<w:document {W}><w:body>{p('&y;')}</w:body></w:document>")]))
    with pytest.raises(ReadingError, match="unpacks to more"):
        read(zipped([("word/document.xml", b" " * (65 << 20))]))
    deep = "<w:tbl><w:tr><w:tc>" * 80 + p("底") + "</w:tc></w:tr></w:tbl>" * 80
    assert read(docx(deep)).text == "底\n"
    with pytest.raises(ReadingError, match="damaged"):
        read(docx("<w:sdt>" * 5000 + "</w:sdt>" * 5000))
