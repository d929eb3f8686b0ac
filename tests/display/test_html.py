"""The page shows the text, all of it and nothing else, and cannot be made to run anything."""

import re
from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st

import gonghui_nlp as gh
from gonghui_nlp.display.page import page

TEXT = "一、送温暖\n春节前看望了18名患病职工，发放慰问金9600元。\n<script>alert(1)</script> 投入资金多万元。\n"


def shown(html):
    """The text between the tags of the text part, badges and rules left out."""
    body = html.split('<div class="text">', 1)[1].rsplit("</div></div>", 1)[0]
    body = re.sub(r'<span class="function[^>]*>[^<]*</span>', "", body)
    return unescape(re.sub(r"<[^>]*>", "", body))


def test_the_page_holds_the_text_and_no_script():
    html = page(gh.analyze(TEXT))
    assert shown(html) == TEXT
    assert "<script" not in html
    assert "http" not in html


def test_amounts_and_lost_numbers_are_told():
    html = page(gh.analyze(TEXT))
    assert "9,600 CNY per total, aid" in html
    assert "number lost" in html


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="一二、（）1慰问名元<>&\"'\n。，了教师", max_size=80))
def test_any_text_is_shown_as_it_is(text):
    assert shown(page(gh.analyze(text))) == text


def test_a_notebook_shows_a_document_and_cuts_a_long_one():
    assert "18名" in gh.analyze(TEXT)._repr_html_()
    assert "more characters" in gh.analyze("工会。\n" * 30_000)._repr_html_()


def test_an_activity_told_again_is_shown_but_counted_once():
    html = page(gh.analyze("4月，举行了教工拔河比赛。\n综上所述，我们做了以下工作：教工拔河比赛。\n"))
    assert ">event 1<" in html
    assert "told before, not counted" in html
