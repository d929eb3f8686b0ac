"""The page shows the text, all of it and nothing else, every fact in words, and cannot be made to run anything."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import gonghui_nlp as gh
from gonghui_nlp.archive import convert
from gonghui_nlp.display.escaped import shown
from gonghui_nlp.display.page import notebook, page, page_of
from gonghui_nlp.display.texts import Text, of_document, of_tables
from gonghui_nlp.words import speaking

Made = Callable[..., Text]
HERE = Path(__file__).parent
TEXT = "一、送温暖\n春节前看望了18名患病职工，发放慰问金9600元。\n<script>alert(1)</script> 投入资金多万元。\n"


def text_of(html: str) -> str:
    """The text between the tags of the text part, signs of functions left out."""
    body = re.split(r'<div class="text[^>]*>', html, maxsplit=1)[1]
    body = re.split(r'</div>\n(?:<p class="keys"|<p class="cut"|<details)', body, maxsplit=1)[0]
    body = re.sub(r'<a class="function[^>]*>[^<]*</a>', "", body)
    return unescape(re.sub(r"<[^>]*>", "", body))


def frameless(html: str) -> str:
    """The page without style and script, which change for reasons of their own."""
    html = re.sub(r"<style>.*?</style>|<script>.*?</script>", "", html, flags=re.DOTALL)
    return re.sub(r"sha256-[A-Za-z0-9+/=]*", "sha256-…", html)


def test_the_page_is_the_same_from_run_to_run(made: Made) -> None:
    with speaking("zh"):
        found = frameless(page_of([made()]))
        assert found == frameless(page_of([made()]))
    # When the page is changed on purpose, look at it and put this text into the file.
    assert found == (HERE / "page.html").read_text(encoding="utf-8")


def test_the_page_holds_the_text_and_no_script_but_ours() -> None:
    html = page(gh.analyze(TEXT))
    assert text_of(html) == TEXT
    assert html.count("<script") == 2 and "http:" not in html and "https:" not in html
    assert " title=" not in html and " onclick" not in html


@settings(deadline=None, max_examples=40)
@given(st.text(alphabet="一二、（）1慰问名元<>&\"'\n\x00\x1b\r\u202e\ud800。，了教师", max_size=80))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    html = page(gh.analyze(text))
    assert text_of(html) == shown(text)
    html.encode("utf-8")
    assert not re.search("[\x00\x1b\u202e]", html)


class _Nesting(HTMLParser):
    void = frozenset({"meta", "input", "br", "link"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.void:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(str(value))
            if name == "href" and tag == "a":
                self.links.append(str(value))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_tags_nest_ids_are_unique_and_every_link_leads_somewhere(made: Made) -> None:
    for texts in ([made()], [made(2), made(name="<b>.txt")], [of_document(gh.analyze(""))], []):
        seen = _Nesting()
        seen.feed(page_of(texts))
        assert seen.open == [] and len(seen.ids) == len(set(seen.ids))
        assert {link[1:] for link in seen.links} <= set(seen.ids)


def test_facts_are_told_in_words(made: Made) -> None:
    with speaking("zh"):
        html = page_of([made()])
    cells = re.sub(r"<[^>]*>", "|", html.split('class="facts"', 1)[1])
    for said in (
        "慰问帮扶",
        "已完成",
        "计划",
        "常规",
        "9,600 元",
        "18 人",
        "数字缺失",
        "2022-05",
        "98.5%",
        "20,000–30,000 元",
        "缺号",
    ):
        assert said in cells, said


def test_a_chinese_page_says_no_english(made: Made) -> None:
    with speaking("zh"):
        html = page_of([made(), made()])
    words = unescape(re.sub(r"<[^>]*>", " ", frameless(html).split("<title>", 1)[1]))
    words += " ".join(
        re.findall(r'(?:aria-label|placeholder|data-(?:shown|hits|words|row|close|label))="([^"]*)"', html)
    )
    assert set(re.findall(r"[A-Za-z]{2,}", words)) <= {
        "gonghui",
        "nlp",
        "txt",
        "script",
        "alert",
        "Tab",
        "Esc",
        "XXXX",
        "all",
    }


def test_an_activity_told_again_is_marked_and_counted_once() -> None:
    html = page(gh.analyze("4月，举行了教工拔河比赛。\n综上所述，我们做了以下工作：教工拔河比赛。\n"))
    assert len(re.findall(r'<tr id="t1-r-e', html)) == 1
    assert "retold" in html and "once" not in html.split("retold")[0].rsplit("<", 1)[1]


def test_a_converted_folder_is_shown_from_its_tables(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a", "b"):
        (tmp_path / "in" / f"{name}.txt").write_text(TEXT.replace("18名", f"1{name}名"), encoding="utf-8")
    convert([tmp_path / "in"], tmp_path / "out")
    texts = list(of_tables(gh.read_tables(tmp_path / "out"), tmp_path / "out"))
    assert [t.name for t in texts] == ["a.txt", "b.txt"]
    for text in texts:
        for table in ("paragraphs", "events", "amounts", "issues"):
            assert all(text.text[r["start"] : r["end"]] == r["text"] for r in text.of(table))
        assert text.text.split() == (tmp_path / "in" / text.name).read_text(encoding="utf-8").split()
    html = page_of(texts)
    assert html.count('<article id="t') == 2 and 'href="#t2-main"' in html


def test_what_is_too_long_for_one_page_is_listed_and_told(made: Made) -> None:
    with speaking("en"):
        html = page_of([made(), made(name="second.txt")], limit=len(made().text))
    assert html.count('<article id="t') == 1 and "second.txt" in html and "Only listed" in html


def test_a_notebook_shows_a_document_and_cuts_a_long_one() -> None:
    html = gh.analyze(TEXT)._repr_html_()
    assert "18名" in html and "<script" not in html
    assert "more characters" in notebook(gh.analyze("工会。\n" * 16_000))


def _work(made: Made, times: int) -> int:
    text, calls = made(times), 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        page_of([text])
    finally:
        sys.setprofile(None)
    return calls


def test_the_work_grows_with_the_text_and_no_faster(made: Made) -> None:
    _work(made, 1)
    once, twice = _work(made, 20), _work(made, 40)
    assert twice < 2.1 * once
