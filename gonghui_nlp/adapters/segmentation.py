"""Words: jieba between the spans we found, so that no word runs across the edge of one."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from gonghui_nlp.schema import Document

# jieba joins runs of white space; every one is a token of its own here, as spaCy has it.
_SPACE = re.compile(r"(\s)")


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    import jieba

    jieba.setLogLevel(logging.ERROR)
    return jieba.Tokenizer()


def edges(document: Document) -> list[int]:
    """The offsets no word may cross: where marks, titles, paragraphs and mentions begin and end, sorted."""
    found: set[int] = set()
    mentions = (document.events, document.amounts, document.headcounts, document.counts, document.dates)
    for span in (s for spans in (document.paragraphs, *mentions) for s in spans):
        found |= {span.start, span.end}
    for event in document.events:
        for argument in (event.name, event.place, event.organiser, event.participants, event.result):
            if argument:
                found |= {argument.start, argument.end}
    for section in document.sections:
        found |= {section.start, section.mark.end}
        if section.title:
            found |= {section.title.start, section.title.end}
    for constituent in document.constituents:
        found |= {constituent.start, constituent.end}
        for line in constituent.title.spans if constituent.title else ():
            found |= {line.start, line.end}
    return sorted(found)


def segment(text: str, cuts: Iterable[int] = ()) -> list[str]:
    """The words of a text, white space included, none of them across one of the ``cuts``; joined they are the text.

    >>> segment("看望了18名患病职工", [2, 3, 6])
    ['看望', '了', '18名', '患病', '职工']
    """
    words: list[str] = []
    start = 0
    whole = {0, len(text)}
    places = sorted({c for c in cuts if 0 < c < len(text)} | whole)
    for end in places[1:]:
        piece = text[start:end]
        for part in _SPACE.split(piece):
            if part:
                words += [part] if len(part) == 1 or _is_number(part) else _tokenizer().lcut(part)
        start = end
    return words


def _is_number(piece: str) -> bool:
    """A stretch that begins and ends with a quantity is one token: 18名, 9600元."""
    return bool(re.fullmatch(r"[\d.,，○〇零一二三四五六七八九十百千万亿两余多近约]+[名人位元个次件项]?", piece))
