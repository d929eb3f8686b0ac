"""What reading gives: the text, the encoding it was in, and what a reader should know about the choice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gonghui_nlp.readers.plausible import doubtful
from gonghui_nlp.schema import Issue

# Above this share of undecodable bytes a file is not a text in that encoding; so many alone say nothing.
DAMAGE, FEW = 0.02, 2
# A reading that replaces another must be so much Chinese.
SURE = 0.5
# So many lines are tried before the rest is taken to be like them.
TRIES = 500
AGAIN = "give --encoding if the text looks wrong"


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the encoding that was chosen, and what a reader should know about the choice.

    ``headings`` are the lines in the style of a heading, each by its start and its level, 1 for the highest.
    """

    text: str
    encoding: str
    issues: tuple[Issue, ...] = ()
    headings: tuple[tuple[int, int], ...] = ()


def doubt(message: str) -> Issue:
    """An issue about the encoding of the whole text."""
    return Issue(0, 0, "", "encoding_doubt", f"{message}; {AGAIN}")


def doubts(text: str, encoding: str) -> Iterator[Issue]:
    """An issue for each stretch that does not read as Chinese."""
    for start, end in doubtful(text):
        message = f"read as {encoding}, this does not look like Chinese; {AGAIN}"
        yield Issue(start, end, text[start:end], "encoding_doubt", message)


def losses(text: str, encoding: str) -> Iterator[Issue]:
    """An issue for each run of bytes that were lost."""
    if "\ufffd" not in text and "\0" not in text:  # a hundred times as fast as to look for runs
        return
    for m in re.finditer("\ufffd+|\0+", text):
        yield Issue(*m.span(), m[0], "undecodable", f"{len(m[0])} place(s) here could not be read as {encoding}")
