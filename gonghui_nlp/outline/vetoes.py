"""Why a candidate at a line's start is no mark: the line end before it cut a word or a sentence."""

from __future__ import annotations

from gonghui_nlp.compiling import compiled
from gonghui_nlp.outline.marks import Mark
from gonghui_nlp.resources import patterns
from gonghui_nlp.text.numerals import numeral

_festival = patterns.pattern("outline", "festival_of_two_figures")
_quote = patterns.pattern("outline", "opens_quotation")
_pair = patterns.pattern("outline", "pair_of_numbers")
_round_pair = patterns.pattern("outline", "pair_of_round_numbers")
_INSIDE = compiled(r"[。；！？]")
_LONGEST_HEADING = 60


def is_broken_line(text: str, mark: Mark, expected: bool, repeated: bool) -> bool:
    """Whether the mark's line goes on with the sentence before it.

    The line before is known to break off. A festival or an open quote settles it; else a mark that its list
    waits for is believed, unless the same ordinal comes again; and a heading (short, one clause) is believed.
    """
    end = mark.start
    while end > 0 and text[end - 1].isspace():
        end -= 1
    before = text[max(0, end - 12) : end]
    if _quote().search(before) and _festival().match(text, mark.start):
        return True
    if before.endswith(("“", "‘", "《", "（")):
        return True
    sentence = _is_sentence(text[mark.end : min(mark.line_end, mark.end + 200)])
    if repeated:
        return sentence
    return sentence and not expected and mark.ordinal != 1


def is_round_number(text: str, mark: Mark) -> bool:
    """Whether a mark is half of a round number: 三、四十名, 七、八百元."""
    m = _round_pair().match(text, mark.start)
    return m is not None and numeral(text[m.start()]) == (numeral(text[m.end() - 2]) or 0) - 1


def is_pair(text: str, mark: Mark) -> bool:
    """Whether a mark reads as two numbers next to each other: 七、八十岁, 1、2号楼, 5、6月份."""
    m = _pair().match(text, mark.start)
    if m is None or mark.ordinal is None:
        return False
    return mark.ordinal + 1 in (numeral(m[2]), numeral(m[2][0]))


def _is_sentence(line: str) -> bool:
    """Whether the line behind a mark tells something, as the rest of a cut sentence does, rather than names it."""
    if len(line) > _LONGEST_HEADING or _INSIDE.search(line, 0, len(line) - 1):
        return True
    return line.endswith(("。", "；")) and line.count("，") > 1
