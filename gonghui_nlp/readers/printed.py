"""The text of a web page where the maker of its site says which it is: between two comments, or as an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from gonghui_nlp.resources import current, knowledge

if TYPE_CHECKING:
    from lxml.html import HtmlElement as Element


class Printed(NamedTuple):
    """The comments before and behind a text."""

    first: Element
    last: Element


@knowledge
def marks() -> tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...]:
    """What such comments say before and behind a text, with an example of each pair."""
    listed = current().toml("readers/printed.toml")["mark"]
    return tuple((re.compile(m["pattern"]), re.compile(m["ends"]), m["example"]) for m in listed)


def printed(root: Element) -> Printed | None:
    """The first pair of comments between which a page says that its text stands."""
    from lxml import etree

    comments = [(c, (c.text or "")[:80]) for c in root.iter(etree.Comment)]
    for begins, ends, _ in marks():
        told = (k for k, (_, text) in enumerate(comments) if begins.search(text))
        if (first := next(told, None)) is None:
            continue
        last = next((c for c, text in comments[first + 1 :] if ends.search(text)), None)
        if last is not None:
            return Printed(comments[first][0], last)
    return None


def elements_between(body: Element, marked: Printed) -> Iterator[Element]:
    """The elements that begin between the two comments, in their order."""
    inside = False
    for element in body.iter():
        if element is marked.first:
            inside = True
        elif element is marked.last:
            return
        elif inside:
            yield element


def keep_between(body: Element, marked: Printed) -> None:
    """Takes out of the tree what stands before the first comment and behind the last."""
    for mark, before in ((marked.first, True), (marked.last, False)):
        at = mark
        while at is not body and (parent := at.getparent()) is not None:
            for sibling in list(at.itersiblings(preceding=before)):
                parent.remove(sibling)
            if before:
                parent.text = None
            else:
                at.tail = None
            at = parent
