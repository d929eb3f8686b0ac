"""What a line by itself reads like: a title, a date, a document's number, an opening; the lexicon behind it."""

from __future__ import annotations

import re
from typing import Any

from gonghui_nlp.compiling import compiled
from gonghui_nlp.outline.marks import CN
from gonghui_nlp.resources import current, knowledge, patterns
from gonghui_nlp.text.numerals import numeral

TITLE_LENGTH = 50
_chinese_year = patterns.pattern("outline", "chinese_year")
_unspecific = patterns.pattern("outline", "unspecific_in_title")
_number_ends = patterns.charset("outline", "number_ends")
_WRAPPED = {"》": "《", "】": "【", "”": "“"}
_document_heads = patterns.charset("outline", "document_heads")


@knowledge
def lexicon() -> dict[str, Any]:
    """The entries of ``lexicon.toml``."""
    return current().toml("outline/lexicon.toml")


def expand(pattern: str) -> str:
    """A pattern of the lexicon with its placeholders filled in."""
    return pattern.replace("{cn}", CN)


def _any(kind: str) -> str:
    return "|".join(f"(?:{expand(e['pattern'])})" for e in lexicon()[kind])


@knowledge
def _compilation() -> re.Pattern[str]:
    return compiled(_any("compilation"))


@knowledge
def _notice() -> re.Pattern[str]:
    return compiled(_any("notice"))


@knowledge
def _part() -> re.Pattern[str]:
    return compiled(f"(?:{_any('part')})[：；。]?")


@knowledge
def _opening() -> re.Pattern[str]:
    return compiled(_any("opening"))


@knowledge
def _formula() -> re.Pattern[str]:
    return compiled(_any("formula"))


@knowledge
def _past() -> re.Pattern[str]:
    return compiled(_any("past"))


@knowledge
def _future() -> re.Pattern[str]:
    return compiled(_any("future"))


@knowledge
def _closing() -> re.Pattern[str]:
    return compiled(_any("closing"))


@knowledge
def _date_line() -> re.Pattern[str]:
    return compiled(_any("date_line"))


@knowledge
def _file_number() -> re.Pattern[str]:
    return compiled(_any("file_number"))


@patterns.part("outline")
def signers() -> str:
    """Who signs: 工会, 医院."""
    return "|".join(lexicon()["title"]["signers"])


_office = patterns.pattern("outline", "office_line")


@knowledge
def _documents() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The marks before a title, and titles that end with their number."""
    entries = lexicon()["document"]
    before = "|".join(expand(e["pattern"]) for e in entries if not e.get("tail"))
    tail = "|".join(expand(e["pattern"]) for e in entries if e.get("tail"))
    return compiled(before), compiled(tail)


@patterns.part("outline")
def title_nouns() -> str:
    """What the title of a summary or a plan ends with."""
    words = lexicon()["title"]
    return "|".join((*words["summary"], *words["plan"]))


_title = patterns.pattern("outline", "title_line")
_tail = patterns.pattern("outline", "rest_of_title")


@knowledge
def _owner() -> re.Pattern[str]:
    return compiled("|".join(lexicon()["title"]["owner"]))


@knowledge
def _verb_first() -> re.Pattern[str]:
    return compiled("|".join(lexicon()["title"]["verbs"]))


def is_compilation_header(line: str) -> bool:
    """Whether a line names or advertises a whole compilation.

    >>> is_compilation_header("工会工作总结（精选8篇）")
    True
    """
    return len(line) < 200 and _compilation().search(line) is not None


def is_notice(line: str) -> bool:
    """Whether a line is a site's notice: downloads, rights, navigation.

    >>> is_notice("1、本站所有文档由用户上传，付费前请自行鉴别")
    True
    """
    return _notice().search(line, 0, 200) is not None or is_compilation_header(line)


def document_mark(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Number of a mark that opens a constituent document, and where its title begins, counted from ``start``.

    ``第一篇：`` and ``【篇2】`` stand before a title; in ``…总结 篇3`` the number ends the title, which begins at 0.

    >>> document_mark("【篇2】某厂工会工作总结", 0, 12), document_mark("工会工作总结 篇3", 0, 9)
    ((2, 4), (3, 0))
    """
    if end - start <= TITLE_LENGTH + 12 and text[end - 1] in _number_ends():
        m = _documents()[1].fullmatch(text, start, end)
        if m is not None and (value := _number(m)) is not None:
            return value, 0
    if text[start] not in _document_heads():
        return None
    m = _documents()[0].match(text, start, end)
    if m is None or (value := _number(m)) is None:
        return None
    return value, m.end() - start


def _number(m: re.Match[str]) -> int | None:
    digits = next((g for g in m.groups() if g), None)
    return numeral(digits) if digits else None


def is_title(line: str) -> bool:
    """Whether a line reads like the title of a paper by somebody: 某校工会工作总结."""
    if line[-1:] in _WRAPPED and line[:1] == _WRAPPED[line[-1]] and line.find(line[-1]) == len(line) - 1:
        line = line[1:-1]
    return (
        4 <= len(line) <= TITLE_LENGTH
        and _title().fullmatch(line) is not None
        and _verb_first().match(line) is None
        and not line.endswith("如下")
        and _owner().search(line) is not None
    )


def title_tail(line: str) -> bool:
    """Whether a line reads like the second line of a title, or a bare one: 工作计划, 及2007年工作计划."""
    return len(line) <= 28 and _tail().fullmatch(line) is not None


def is_part_title(line: str) -> bool:
    """Whether a line is an unnumbered part title: 下半年工作思路.

    >>> is_part_title("存在的问题"), is_part_title("积极存在的问题，要改")
    (True, False)
    """
    return 4 <= len(line) <= 26 and _part().fullmatch(line) is not None


def is_date_line(line: str) -> bool:
    """Whether a line is nothing but a date, as under a signature."""
    return 5 <= len(line) <= 20 and _date_line().fullmatch(line.strip("（）()")) is not None


def is_under_title(line: str) -> bool:
    """Whether a short line belongs under a title: a date, a document number, the organisation or its officer."""
    if not line or len(line) > 30 or line[-1] in "。；：，、":
        return False
    return is_date_line(line) or _file_number().fullmatch(line) is not None or _office().fullmatch(line) is not None


def opens_document(line: str, least: int = 40) -> tuple[bool, bool]:
    """Whether a line begins as a summary's first paragraph does, and whether it holds such a paragraph's formula.

    Lines of no more than ``least`` characters are none.

    >>> opens_document("一年来，我校工会在上级工会的领导下，认真履行职责，做了以下工作，现将主要工作总结如下：")
    (True, True)
    """
    if len(line) <= least:
        return False, False
    return _opening().match(line) is not None, _formula().search(line, 0, 600) is not None


def speaks_of_the_past(paragraph: str, within: int = 400) -> bool:
    """Whether a paragraph opens a summary: a union that worked under somebody's lead, or 总结如下; no plans in it.

    ``within``: how far into the paragraph the formula may begin.

    >>> speaks_of_the_past("我校工会在上级工会的领导下，做了大量工作"), speaks_of_the_past("今后工会将在党委领导下工作")
    (True, False)
    """
    m = _past().search(paragraph, 0, 400)
    told = (m is not None and m.start() < within) or all(opens_document(paragraph))
    return told and _future().search(paragraph, 0, 400) is None


def speaks_of_no_plans(paragraph: str) -> bool:
    """Whether the beginning of a paragraph says nothing of what is still to come."""
    return _future().search(paragraph, 0, 400) is None


def closes_document(line: str) -> bool:
    """Whether a line reads like the last paragraph of a paper.

    >>> closes_document("总之，一年来我们做了一些工作，今后将继续努力。"), closes_document("慰问教师5人。")
    (True, False)
    """
    m = _closing().search(line, max(0, len(line) - 400))
    return m is not None


def arabic_years(text: str) -> str:
    """A text with its years written in Arabic numerals.

    >>> arabic_years("二〇一七年总结"), arabic_years("2018年计划")
    ('2017年总结', '2018年计划')
    """
    return _chinese_year().sub(lambda m: "".join(str(numeral(c)) for c in m[0]), text)


def whose(title: str) -> str:
    """What a title says besides years and the names of papers: whose it is.

    >>> whose("2019年实验小学工会工作计划"), whose("下半年学校工会工作计划")
    ('实验小学', '')
    """
    return _unspecific().sub("", title)
