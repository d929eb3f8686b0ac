"""The fold: the raw text in one width, one script and one punctuation, of the same length.

Cleaning has two steps. :func:`fold` changes single characters and keeps every offset: width, punctuation,
compatibility forms, traditional characters. A :class:`~gonghui_nlp.text.offsets.View` then leaves out stretches that
interrupt the text (injected pinyin, private-use and control characters, line breaks inside a word).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import cast

from gonghui_nlp.compiling import compiled
from gonghui_nlp.resources import OURS

_CJK = "\u3400-\u9fff\uf900-\ufaff"


def _width_table() -> dict[int, str]:
    """Full-width letters, digits and a few signs to ASCII; Kangxi radicals and compatibility ideographs to plain."""
    table = {c: chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F) if unicodedata.category(chr(c - 0xFEE0))[0] in "NL"}
    table |= {ord(a): b for a, b in zip("％＋－＊／＝＜＞＆＠＃＿．～｜", "%+-*/=<>&@#_.~|", strict=True)}
    table |= {ord(a): b for a, b in zip("﹒﹪﹣｡､｢｣﹐﹑﹔﹕﹖﹗", ".%-。、“”，、；：？！", strict=True)}
    table |= {ord(a): b for a, b in zip("「」『』〝〞＂", '“”‘’“”"', strict=True)}
    table |= dict.fromkeys((0x3000, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F), " ")
    for block in (range(0x2F00, 0x2FD6), range(0x2E80, 0x2EF4), range(0xF900, 0xFB00)):
        table |= {c: f for c in block if len(f := unicodedata.normalize("NFKC", chr(c))) == 1 and f != chr(c)}
    return table


WIDTH = _width_table()
"""What :func:`fold` does to a single character's width or form, by code point."""
_WIDE = compiled(f"[{re.escape(''.join(map(chr, sorted(WIDTH))))}]")
_ASCII_PUNCTUATION = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！", "?": "？", "[": "［", "]": "］"}
# Half-width punctuation is Chinese punctuation unless it stands between two ASCII characters (1,000  16:30  a;b).
_HALF = compiled(r"[,;:!?()\[\]](?:(?<=[()\[\]])|(?![0-9A-Za-z])|(?<![0-9A-Za-z].))")


@lru_cache(maxsize=1)
def traditional_characters() -> str:
    """The characters that stand in traditional script only.

    >>> "難" in traditional_characters(), "难" in traditional_characters()
    (True, False)
    """
    listed = OURS.text("text/traditional.txt")
    return re.sub(r"\s+|#.*", "", listed)


@lru_cache(maxsize=1)
def _traditional() -> re.Pattern[str]:
    return compiled(f"[{traditional_characters()}]")


@lru_cache(maxsize=1)
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC

    return cast(Callable[[str], str], OpenCC("t2s").convert)


_SURROGATE = compiled("[\ud800-\udfff]")


def simplify(text: str) -> str:
    """Traditional characters to simplified ones, character for character: the length never changes.

    >>> simplify("困難職工")
    '困难职工'
    """
    if not _traditional().search(text):
        return text
    if _SURROGATE.search(text):  # a lone half of a character, which the converter cannot take
        halves = {m.start(): m[0] for m in _SURROGATE.finditer(text)}
        whole = simplify(_SURROGATE.sub("\ufffd", text))
        return "".join(halves.get(i, c) for i, c in enumerate(whole))
    convert = _converter()
    converted = convert(text)
    if len(converted) == len(text):
        return converted
    # A phrase changed its length: convert the traditional characters one by one.
    return _traditional().sub(lambda m: c if len(c := convert(m[0])) == 1 else m[0], text)


_VOID = "\u200b"
_ENTITIES = {
    "&nbsp;": " ", "&ldquo;": "“", "&rdquo;": "”", "&lsquo;": "‘", "&rsquo;": "’", "&middot;": "·", "&mdash;": "—",
    "&hellip;": "…", "&quot;": '"', "&amp;": "&", "&lt;": "<", "&gt;": ">", "&ensp;": " ", "&emsp;": " ", "&times;": "×",
}  # fmt: skip
_ENTITY = compiled("|".join(_ENTITIES))
# Bold that wraps a line, or a heading at its start; other asterisks are masks (**元).
_BOLD = compiled(
    r"(?m)^((?:&nbsp;|[ \t])*)(\*\*)([^*\n]{2,80}|(?=[（【［第篇\d一二三四五六七八九十])[^*\n]{1,80})(\*\*)(?=[ \t\r]*$|(?<=[、.：。；）】 ]\*\*)|[ \t])"
)
_HASHES = compiled(r"(?m)^([ \t]*)(#{1,6})(?=[ \t]+\S)")


def _unmark(text: str) -> str:
    """Markdown headings, bold lines and character entities become what a reader sees, padded to their length."""
    if "**" in text:
        text = _BOLD.sub(lambda m: f"{m[1]}{_VOID * 2}{m[3]}{_VOID * 2}", text)
    if "# " in text:
        text = _HASHES.sub(lambda m: m[1] + _VOID * len(m[2]), text)
    if "&" in text:
        text = _ENTITY.sub(lambda m: _ENTITIES[m[0]].ljust(len(m[0]), _VOID), text)
    return text


def fold(raw: str) -> str:
    """The raw text in one width, one script and one punctuation; same length, so every offset still holds.

    Marks of Markdown and HTML entities become what they stand for, padded with zero-width spaces.

    >>> fold("看望１８名患病困難職工,共11,000元(含物资)。")
    '看望18名患病困难职工，共11,000元（含物资）。'
    """
    text = _unmark(simplify(_WIDE.sub(lambda m: WIDTH[ord(m[0])], raw)))
    return _HALF.sub(lambda m: _ASCII_PUNCTUATION[m[0]], text)


_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010fffd"
_PINYIN = "a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ"
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
# It begins with one class of characters, by which the scan passes over all others at full speed.
_FOREIGN = compiled(
    f"[{_INVISIBLE}{_PRIVATE}（{_PINYIN}](?:(?<=[{_INVISIBLE}])[{_INVISIBLE}]*|(?<=[{_PRIVATE}])[{_PRIVATE}]*"
    # pinyin that a site put behind a character against copying: 校（xiào）务
    f"|(?<=[{_CJK}]（)(?=[^）\n]{{0,11}}[{_TONED}])[{_PINYIN} ]{{1,12}}）"
    f"|(?<=[{_CJK}][{_PINYIN}])(?:(?<=[{_TONED}])|(?<=[a-z])(?=[a-z]{{0,5}}[{_TONED}]))[{_PINYIN}]{{0,11}}(?=[{_CJK}，。；：、]))"
)


def foreign(folded: str) -> list[tuple[int, int]]:
    """Stretches inside the text that are none of it: invisible and private-use characters, injected pinyin.

    >>> foreign("校（xiào）务公开")
    [(1, 7)]
    """
    if folded.isascii():
        return [m.span() for m in re.finditer(f"[{_INVISIBLE}]+", folded)]
    return [m.span() for m in _FOREIGN.finditer(folded)]
