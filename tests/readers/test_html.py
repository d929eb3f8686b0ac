"""Web pages: the whole text, without what the site put around it."""

import re

import pytest
from formats import mhtml, page

from gonghui_nlp.errors import ReadingError
from gonghui_nlp.readers.html import read, read_mhtml
from gonghui_nlp.readers.kinds import kind_of
from gonghui_nlp.readers.printed import marks

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
    assert found == ["时间\t活动", "3月\t登山", "c. 甲", "d. 乙", "丙", "一", "二", "职工\xa0会 员 1²"]


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
    # Neither the place of an item in its list nor what a deep one shows is found by going over all the others.
    items = read(b"<html><body><ol>" + b"<li>a" * 10_000).text.splitlines()
    assert (items[-1], len(items)) == ("10000. a", 10_000)
    assert read(b"<html><body>" + b"<div>" * 240 + "<p>慰问</p>".encode() * 5000).text == "慰问\n" * 5000
    assert read(b"<html><body></body></html>").text == ""


MARKS = [re.findall("<!--.*?-->", example) for _, _, example in marks()]
SHORT = "5月8日(周五)工会全体干部外出培训，当天活动改期。"
MENU = "".join(f"<li><a href=x>{k}号通知：关于做好某项工作的安排</a><span>[0{k}-15]</span></li>" for k in range(1, 8))
AROUND = (
    "<html><head><title>培训通知--公告--砚山厂</title></head><body><div id='top'><a href=x>智慧厂区</a>|<a href=x>电话</a></div>"
    f"<div id='content'><div class='side'><h3>推荐</h3><ul>{MENU}</ul></div><div class='mainContent'><div class='box'>{{}}"
    "<div class='userControl'><a href=x>【打印正文】</a></div><div class='others'><div class='prev'><span>上一篇：</span>"
    "<a href=x>甲</a>[ 04-21 ]</div></div></div></div></div><div id='footer'><p>砚山厂 版权所有 Copyright © 地址：某路1898号</p>"
    "<p>ICP证：某ICP备12345678号</p></div></body></html>"
)
NAMES = "".join(f"<tr><td>{k}</td><td>职工{k}</td><td>车间{k % 7}</td></tr>" for k in range(60))
BODIES = {
    "one sentence beside a hundred links": (f"<p>{SHORT}</p>", [SHORT]),
    "one long paragraph, signed": (
        f"<p>{SHORT * 9}</p><p>工会办公室</p><p>2023年5月8日</p>",
        [SHORT * 9, "工会办公室", "2023年5月8日"],
    ),
    "a long table behind an opening line": (
        f"<div>全厂职工：</div><p>{SHORT}</p><table>{NAMES}</table><p>工会办公室</p>",
        ["全厂职工：", SHORT, "0\t职工0\t车间0", "59\t职工59\t车间3", "工会办公室"],
    ),
}


@pytest.mark.parametrize("marked", ["", "print", "text"])
@pytest.mark.parametrize("body", BODIES)
def test_no_line_of_a_short_or_uneven_body_is_lost(body, marked):
    html, lines = BODIES[body]
    before, behind = {"": ("", ""), "print": MARKS[0], "text": MARKS[3]}[marked]
    whole = AROUND.format(f"{before}<div class='p'><h2>培训通知</h2><div class='con'>{html}</div>{behind}</div>")
    found = [line for line in read(whole.encode()).text.splitlines() if "职工" not in line or line in lines]
    assert found == ["培训通知", *lines]


@pytest.mark.parametrize("pair", MARKS, ids=lambda pair: pair[0])
def test_what_a_page_marks_as_its_text_is_its_text(pair):
    first, last = pair
    other = f"<div><p>{SHORT}别的。</p></div>"
    decoded = read(f"<html><body>{other}前<div>前{first}<p>{SHORT}</p>尾{last}后</div>后{other}</body></html>".encode())
    assert decoded.text.splitlines() == [SHORT, "尾"]
    # Marks that hold next to nothing are not those of the text.
    decoded = read(f"<html><body><div>{first}甲{last}</div><p>{SHORT * 3}</p></body></html>".encode())
    assert SHORT * 3 in decoded.text.splitlines()


def test_lines_that_word_has_folded_are_whole():
    body = "<p class=MsoNormal>春节前慰问困\n难职工18\n户，\r\n发放慰问金9600元。</p>"
    assert read(f"<html><body>{body}</body></html>".encode()).text == "春节前慰问困难职工18 户，发放慰问金9600元。\n"
    plain = body.replace("MsoNormal", "x")
    assert read(f"<html><body>{plain}</body></html>".encode()).text.startswith("春节前慰问困 难职工")


def test_a_page_whose_text_is_a_picture_says_so():
    body = "<p>考核</p><p><img src='a.png'></p><p><img src='icon_xls.gif'><a href='b.xls'>b.xls</a></p>"
    (issue,) = read(f"<html><body>{body}</body></html>".encode()).issues
    assert (issue.code, issue.message[:12]) == ("undecodable", "1 picture(s)")
    assert not read(f"<html><body>{body}<p>{SHORT * 20}</p></body></html>".encode()).issues


@pytest.mark.parametrize(
    ("head", "above"),
    [
        (
            "<title>砚山厂</title><meta name='ArticleTitle' content='关于培训的函'>",
            "<div><b>砚山厂工会委员会</b></div>",
        ),
        ("<title>关于培训的函-通知公告-砚山厂工会委员会</title>", "<h1>砚山厂工会委员会</h1><h2>关于培训的函</h2>"),
    ],
)
def test_a_title_outside_the_marks_of_the_text_is_kept_and_the_name_of_the_site_is_none(head, above):
    first, last = MARKS[2]
    data = (
        f"<html><head>{head}</head><body>{above}<div>{first}<p>{SHORT}</p>{last}</div><div>版权所有</div></body></html>"
    )
    decoded = read(data.encode())
    assert (decoded.text.splitlines(), decoded.headings) == (["关于培训的函", SHORT], ((0, 0),))
