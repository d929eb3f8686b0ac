"""Words: jieba between the spans we found, so that no word runs across the edge of one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from gonghui_nlp.resources import patterns
from gonghui_nlp.schema import Document, Span

# spaCy makes one token of a run of white space, or the space behind a word; a run is never cut.
_SPACE = re.compile(r"(\s+)")
_LONE = re.compile("[\ud800-\udfff]")
_number = patterns.pattern("adapters", "number_with_unit")


def edges(document: Document) -> list[int]:
    """The offsets no word may cross: where marks, titles, paragraphs, mentions and what belongs to them begin and end."""
    found: set[int] = set()
    mentions = (document.events, document.amounts, document.headcounts, document.counts, document.dates)
    for span in (s for spans in (document.paragraphs, *mentions) for s in spans):
        found |= {span.start, span.end}
    parts: list[tuple[Span | None, ...]] = [
        (e.trigger, e.date, e.name, e.place, e.organiser, e.participants, e.result) for e in document.events
    ]
    parts += [(h.who,) for h in document.headcounts] + [(c.what,) for c in document.counts]
    for part in (part for of in parts for part in of):
        if part:
            found |= {part.start, part.end}
    for section in document.sections:
        found |= {section.start, section.mark.end}
        if section.title:
            found |= {section.title.start, section.title.end}
    for constituent in document.constituents:
        found |= {constituent.start, constituent.end}
        for line in constituent.title.spans if constituent.title else ():
            found |= {line.start, line.end}
    return sorted(found)


def spaced(pieces: list[str]) -> tuple[list[str], list[bool]]:
    """What :func:`segment` gives as spaCy has it: a blank behind a word is the word's own, other white space a word.

    >>> spaced(["组织", " \\n", "登山", " "])
    (['组织', '\\n', '登山'], [True, False, True])
    """
    words: list[str] = []
    spaces: list[bool] = []
    for piece in pieces:
        if piece[0] == " " and words:
            spaces[-1] = True
            piece = piece[1:]
        if piece:
            words.append(piece)
            spaces.append(False)
    return words, spaces


def segment(text: str, cuts: Iterable[int] = ()) -> list[str]:
    """The words of a text, runs of white space among them, none across one of the ``cuts``; joined they are the text.

    >>> segment("看望了18名患病职工", [2, 3, 6])
    ['看望', '了', '18名', '患病', '职工']
    """
    import rjieba

    words: list[str] = []
    is_number = _number().fullmatch
    # Half a character has no UTF-8; a sign that is as long stands for it while words are looked for.
    whole = text if text.isascii() else _LONE.sub("\ufffd", text)
    places = sorted({c for c in cuts if 0 < c < len(text)} | {0, len(text)})
    for start, end in pairwise(places):
        begin = start
        for part in _SPACE.split(text[start:end]):
            begin, at = begin + len(part), begin
            if not part:
                continue
            if words and part.isspace() and words[-1].isspace():
                words[-1] += part
            elif len(part) == 1 or part.isspace() or is_number(part):
                words.append(part)
            else:
                for word in rjieba.cut(whole[at:begin]):
                    words.append(text[at : at + len(word)])
                    at += len(word)
    return words
