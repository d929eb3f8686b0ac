"""The texts that are compared to find copies: the same for the tables and for the dedup command."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from gonghui_nlp.schema import Document

Unit = Literal["documents", "paragraphs"]
UNITS: tuple[Unit, ...] = ("documents", "paragraphs")


def texts_of(document: Document, unit: Unit) -> Iterator[tuple[str, str]]:
    """The documents (from title to end) or paragraphs of a source by their ids in the tables.

    >>> import gonghui_nlp as gh
    >>> list(texts_of(gh.analyze("工会总结\\n慰问教师。"), "documents"))
    [('text#1', '工会总结\\n慰问教师。')]
    """
    if unit == "documents":
        yield from ((document.full_id(c), document.text[c.start : c.end]) for c in document.constituents)
    else:
        yield from ((document.full_id(p), p.text) for p in document.paragraphs)
