"""What fonts and places on the line make of characters, and items without text: LibreOffice wrote the files."""

import zipfile
from pathlib import Path

import pytest

import gonghui_nlp as gh
from gonghui_nlp.readers.formats import READERS
from gonghui_nlp.readers.signs import sign

WRITTEN = Path(__file__).parent / "data" / "libreoffice.zip"
LINES = [
    "新建活动室120m²，投入10³元，慰问18[¹]户，减少CO₂。",
    "□已走访≥18户☑",
    "一、送温暖",
    "二、",
    "三、金秋助学",
    # An item of the second level before any of the first: that level has begun by it.
    "（一）走访",
    "二、权益维护",
]


@pytest.mark.parametrize("kind", ["doc", "docx", "odt", "rtf"])
def test_signs_raised_figures_and_items_without_text_are_seen(kind):
    with zipfile.ZipFile(WRITTEN) as held:
        assert READERS[kind](held.read(f"signs.{kind}")).text.splitlines() == LINES


def test_a_raised_figure_makes_no_other_number():
    doc = gh.analyze("慰问18¹户困难职工，投入10³元。3月，慰问12户²。")
    assert [q.text for q in (*doc.headcounts, *doc.counts, *doc.amounts)] == ["12户"]


def test_every_code_of_a_symbol_font_has_a_sign_or_stays():
    for font in ("Symbol", "wingdings", "Wingdings 2", "Arial"):
        assert all(len(sign(code, font)) == 1 for code in (*range(0x20, 0x100), *range(0xF000, 0xF100)))
    assert (sign(0xF0E0, "Arial"), sign(0xF0E0, "Wingdings")) == ("\uf0e0", "→")
