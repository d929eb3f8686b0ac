"""The rows of a table beside a text as HTML; written by hand, since a text may have tens of thousands of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from markupsafe import Markup

from gonghui_nlp.display.escaped import html
from gonghui_nlp.display.facts import Fact


@lru_cache(maxsize=4096)
def _escaped(words: str) -> str:
    """The same few words stand in most rows."""
    return str(html(words))


def body(prefix: str, rows: Iterable[Fact]) -> Markup:
    """The rows, each linked to its place in the text; ``prefix`` begins every id.

    >>> print(body("t1-", [Fact("h1", "<86名>", (), [("对象", "女教工")])]))
    <tr id="t1-r-h1" data-r="h1"><th scope="row"><a href="#t1-h1">&lt;86名&gt;</a></th><td><span class="fact"><b>对象</b> 女教工</span></td></tr>
    """
    return Markup("\n".join(_row(prefix, fact) for fact in rows))


def _row(prefix: str, fact: Fact) -> str:
    data = "".join(f' data-{name}="{_escaped(value)}"' for name, value in fact.data.items() if value)
    return (
        f'<tr id="{prefix}r-{fact.id}" data-r="{fact.id}"{data}>'
        f'<th scope="row"><a href="#{prefix}{fact.id}">{html(fact.words or "—")}</a></th><td>{"".join(_cell(fact))}</td></tr>'
    )


def _cell(fact: Fact) -> Iterator[str]:
    for css, words in fact.signs:
        yield f'<span class="sign {_escaped(css)}">{_escaped(words)}</span>'
    for name, words in fact.facts:
        label = f"<b>{_escaped(name)}</b> " if name else ""
        yield f'<span class="fact">{label}{html(words)}</span>'
    if fact.quiet:
        yield f'<span class="fact quiet">{_escaped(fact.quiet)}</span>'
