"""Web pages: the whole text, without what the site put around it."""

import pytest
from formats import mhtml, page

from gonghui_nlp.errors import ReadingError
from gonghui_nlp.readers.html import read, read_mhtml
from gonghui_nlp.readers.kinds import kind_of

TITLE = "砚山厂工会2023年工作总结"
LINES = [
    TITLE,
    "一、送温暖",
    "春节前慰问困难职工18户，发放慰问金9600元。",
    "二、文体活动",
    "3月8日组织女职工登山比赛，26人参加。",
    "（一）培训",
    "举办业务培训班2期。",
    "2023年12月20日",
]
MAKES = {
    "paragraphs": f"<div class='content'><h1>{TITLE}</h1>" + "".join(f"<p>{x}</p>" for x in LINES[1:]) + "</div>",
    "line breaks": "<div id='zoom'>" + "<br/>".join("　　" + x for x in LINES) + "</div>",
    "cells": "<table><tr><td class='menu'><a href=x>栏目</a></td><td>"
    + "".join(f"<p>{x}</p>" for x in LINES)
    + "</td></tr></table>",
    "bare blocks": "<div class='x1'>" + "".join(f"<div>{x}</div>" for x in LINES) + "</div>",
    "pieces": "<div>" + "".join(f"<p class=MsoNormal><span>{x[:4]}</span><b>{x[4:]}</b></p>" for x in LINES) + "</div>",
    "title apart": f"<div class='hd'><h2>{TITLE}</h2></div><div class=c>"
    + "".join(f"<p>{x}</p>" for x in LINES[1:])
    + "</div>",
    "links in it": "<div>" + "".join(f"<p>{x[:-2]}<a href=x>{x[-2:]}</a></p>" for x in LINES) + "</div>",
}


@pytest.mark.parametrize("make", MAKES)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_the_text_is_whole_and_menus_and_advertising_are_not_in_it(make, encoding):
    decoded = read(page(TITLE, MAKES[make]).encode(encoding))
    assert [line.strip("　") for line in decoded.text.splitlines()] == LINES


def test_a_page_without_furniture_and_a_fragment_are_whole():
    assert read(("<html><body>" + MAKES["bare blocks"]).encode()).text.splitlines() == LINES
    assert read("".join(f"<p>{x}" for x in LINES).encode()).text.splitlines() == LINES
    assert read(page(TITLE, "<div><p>慰问职工18户。</p></div>").encode()).text == "慰问职工18户。\n"


def test_the_bytes_say_the_encoding_before_the_page_does():
    lying = page(TITLE, MAKES["paragraphs"]).replace("utf-8", "big5")
    decoded = read(lying.encode("gb18030"))
    assert (decoded.encoding, decoded.text.splitlines()) == ("gb18030", LINES)


def test_rows_lists_and_blanks_are_as_seen():
    body = (
        "<table><tr><th>时间<th>活动<tr><td><p>3月</p><td>登山</table><ol type=a start=3><li>甲</li><li>乙</li></ol>"
        "<ul><li>丙</ul><pre>一\n 二</pre><p>职<ruby>工<rt>gōng</rt></ruby>&nbsp;会  员\n1<sup>2</sup></p>"
    )
    found = read(f"<html><body><div>{body}</div></body></html>".encode()).text.splitlines()
    assert found == ["时间\t活动", "3月\t登山", "c. 甲", "d. 乙", "丙", "一", "二", "职工\xa0会 员 12"]


def test_what_is_not_seen_is_not_read_and_nothing_is_run():
    body = "<p>慰问职工18户。</p><p style='display:none'>藏</p><script>document.write('写')</script><!-- 注 --><img alt='图'>"
    assert read(f"<html><body>{body}</body></html>".encode()).text == "慰问职工18户。\n"
    entities = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "&x;&x;">]><p>甲&x;&y;</p>'
    assert "root:" not in read(entities.encode()).text


def test_a_page_of_mail_parts_is_read():
    whole = page(TITLE, MAKES["paragraphs"])
    for encoding in ("quoted-printable", "base64"):
        data = mhtml(whole.encode("gb18030"), encoding)
        assert kind_of(data, ".doc") == "mhtml"
        assert read_mhtml(data).text.splitlines() == LINES
    with pytest.raises(ReadingError, match="no part of it is HTML"):
        read_mhtml(b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--\n")


def test_pages_are_known_whatever_they_are_called():
    for data in (
        b"\xef\xbb\xbf <!DOCTYPE html><html>",
        b"<?xml version='1.0'?><!-- x --><HTML>",
        "<html>".encode("utf-16"),
    ):
        assert kind_of(data, ".txt") == "html"
    assert kind_of("<p>慰问</p>".encode("gbk"), ".doc") == "html"
    assert kind_of("<慰问>职工".encode(), ".txt") == "txt"


def test_hostile_pages_take_linear_time_and_fall_over_nothing():
    assert read(b"<html>" + b"<div>" * 100_000 + "慰问".encode()).text in ("", "慰问\n")
    assert read(("<html><body>" + "<p>慰问<table><tr><td>" * 3000).encode()).text.count("慰问") >= 1
    assert read(b"<html><body></body></html>").text == ""
