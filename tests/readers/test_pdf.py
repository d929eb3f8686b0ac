"""PDF files: paragraphs as they were written, without what the pages added."""

import pytest
from formats import pdf, pdf_file, scan

from gonghui_nlp.errors import ReadingError
from gonghui_nlp.readers.layout import Glyph
from gonghui_nlp.readers.pdf import _check, _issues, read

TITLE = "砚山厂工会2023年工作总结"
LONG = "春节前后，厂工会走访慰问困难职工18户、退休职工26名，发放慰问金9600元和米面油等物资45份，把组织的温暖送到职工心坎上。"
ONE = [TITLE, "一、送温暖", LONG, "（一）金秋助学", "8月，为12名职工子女发放助学金2.4万元。" + LONG]
TWO = [
    "二、文体活动",
    "3月8日，组织女职工登山比赛，126人参加。",
    LONG,
    "三、下一步打算",
    "2024年计划举办技能培训班3期。",
]


def test_lines_are_joined_to_the_paragraphs_they_were():
    assert read(pdf([ONE], numbered=False)).text.splitlines() == ONE


@pytest.mark.parametrize("width", [20, 27, 36])
def test_page_numbers_and_running_heads_are_out_and_paragraphs_go_on_over_pages(width):
    cut = "".join(LONG[: width * 2 - 2])
    pages = [ONE, [*TWO, cut + "续"], TWO]
    decoded = read(pdf(pages, width, running="砚山厂工会内部资料"))
    assert decoded.text.splitlines() == [*ONE, *TWO, cut + "续", *TWO]
    assert decoded.issues == ()


def test_rows_are_lines_whose_cells_are_set_apart_and_their_head_is_told_once():
    head, rows = ("时间", "活动", "人数"), [("3月", "登山比赛", "26人"), ("5月", "拔河", "40人")]
    found = read(pdf([[head, *rows], [head, *rows], [head, *rows]])).text.splitlines()
    shown = ["\t".join(row) for row in rows]
    assert found == ["\t".join(head), *shown, *shown, *shown]


def test_a_scan_is_a_named_failure():
    with pytest.raises(ReadingError, match="needs OCR"):
        read(scan())
    assert read(pdf([[]], numbered=False)).text == ""


def test_a_page_without_text_is_told():
    (issue,) = read(pdf([ONE, [], TWO], numbered=False)).issues
    assert "no text on page 2" in issue.message


@pytest.mark.parametrize(
    ("wrong", "right", "fails", "issues"), [(90, 10, True, 0), (20, 70, False, 1), (0, 90, False, 0)]
)
def test_letters_that_a_file_does_not_name_are_no_text(wrong, right, fails, issues):
    def glyphs(chars, wide):
        return [Glyph(c, 10.0 * n, 10.0 * n + (10 if wide else 5), 0, 10, 10) for n, c in enumerate(chars)]

    page = glyphs(("!#$%&*+,-./:;<=>?[" * 9)[:wrong], True) + glyphs("工会慰问困难职工若干户。" * 9, True)[:right]
    page += glyphs("plain ASCII, WWW@ M%"[:20], False)
    if fails:
        with pytest.raises(ReadingError, match="needs OCR"):
            _check(None, [page])
    else:
        _check(None, [page])
        assert len(list(_issues([page]))) == issues


def test_damage_is_refused_with_a_reason():
    for bad in (b"%PDF-1.4\n", b"%PDF-1.7\n" + b"\0\xff" * 2000, pdf([ONE])[:300]):
        with pytest.raises(ReadingError, match="damaged"):
            read(bad)
    round_ = pdf_file(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[2 0 R]>>"])
    with pytest.raises(ReadingError):
        read(round_)
