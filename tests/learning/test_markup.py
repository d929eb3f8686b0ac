"""Bracket markup: what it says is read, what it cannot mean is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonghui_nlp.errors import InputError
from gonghui_nlp.functions.corpus import read_examples
from gonghui_nlp.learning import markup

HEAD = "== unit=青石镇工会 | group=township | kind=summary\n"


@pytest.mark.parametrize(
    "line",
    [
        "没有花括号的一行。",
        "{外}不存在的职能。",
        "{-}[1 visit慰问]",
        "{-}[1 aid:慰问]",
        "{-}[1 aid:*慰问*",
        "{-}慰问]",
        "{-}*慰问*",
        "{-}[1 aid:**慰问]",
        "{-}[1 aid:*慰*问*寒*]",
        "{-}<h2:3名>[1 aid:*慰问*]",
        "{-}<d1:五月><d1:六月>[1 aid:*慰问*]",
        "{-}<d1:>[1 aid:*慰问*]",
        "{-}>",
        "{-}<x1:五月>",
        "{-}[1 aid:*慰问*][1 aid:*看望*]",
        "{-}[1 aid:*慰问*[2 aid:*看望*]]",
    ],
)
def test_what_is_no_markup_is_refused_with_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(HEAD + line, encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.txt, line 2"):
        list(markup.read(path))


@pytest.mark.parametrize("head", ["{-}早了。", "== unit=甲\n", "== unit=甲 | kind=novel\n"])
def test_a_document_opens_with_what_it_is(tmp_path: Path, head: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(head, encoding="utf-8")
    with pytest.raises(InputError, match="line 1"):
        list(markup.read(path))


def test_headings_functions_and_documents(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        HEAD + "# 总结\n## 一、办实事\n{维,建u}<d1:五月>[1 aid/welfare p:*看望*病员]。\n{-}\\[完\\]\n", encoding="utf-8"
    )
    first, second = markup.read(path)
    assert (
        first.headings == ("总结", "一、办实事")
        and first.functions == ("safeguarding", "building")
        and first.sub == "union"
    )
    assert (first.events[0].status, first.events[0].also) == ("planned", ("welfare",))
    assert second.text == "[完]" and second.functions == ()
    assert markup.as_record(first)["events"][0]["date"] == "五月"


@given(st.text(alphabet="慰问3名，。[]<>*\\", max_size=30))
def test_a_plain_text_comes_back_from_its_escapes(text: str) -> None:
    escaped = "".join("\\" + c if c in "[]<>*\\" else c for c in text)
    assert markup.parse(escaped) == (text, ())


def test_an_excerpt_without_a_title_keeps_its_section(tmp_path: Path) -> None:
    """The first heading is the title's place: left empty, so that a section is not taken for one."""
    file = tmp_path / "excerpt.txt"
    file.write_text("== unit=某厂工会 | kind=summary\n## 二、办实事\n{维}走访职工。\n", encoding="utf-8")
    (paragraph,) = markup.read(file)
    assert paragraph.headings == ("", "二、办实事")
    assert markup.as_record(paragraph)["headings"] == ["二、办实事"]
    (example,) = read_examples([file])
    assert example.headings == ("办实事",)
