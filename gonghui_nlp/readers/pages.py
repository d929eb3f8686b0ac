"""The main text of a web page: what is left when menus, advertising and the foot of the page are taken away.

Nothing is taken for its look alone: a part goes for what it is (script, menu, form), for being links for the most part,
or for the name its maker gave it while the page has much more text elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement as Element

_NEVER = frozenset(
    "script style noscript iframe object embed applet head meta link title template svg canvas nav menu select option"
    " input button textarea datalist audio video map rt rp del xml".split()
)
_FURNITURE = re.compile(
    r"(?i)(?:^|[\s_-])(?:nav\w*|menu\w*|foot\w*|copyright|side(?:bar|nav)?|aside|related|recommend\w*|hot|rank\w*|ads?|advert\w*"
    r"|banner|comments?|share\w*|crumbs?|breadcrumbs?|location|position|search\w*|login|toolbar|pager|prev|next|links?|xglj|dqwz)(?=$|[\s_-])"
)
_HIDDEN = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
_BLOCKS = frozenset(
    "div section article main table tbody tr td ul ol dl aside header footer center form p h1 h2 h3 li".split()
)
_HEADS = frozenset(("h1", "h2", "h3"))
_LETTER = re.compile(r"[\u3400-\u9fffA-Za-z0-9]")
# So much of the text in one part: the rest of the page is around it.
_MOST = 0.75
_LINKED = 0.6
_SMALL, _NEARLY = 0.3, 0.9
_OWNERS = re.compile("版权所有|ICP备|(?i:copyright)|主办单位|技术支持")


def main_part(root: Element) -> Element:
    """The element that holds the text of the page; what is foreign is taken out of the tree."""
    title = _squeezed(" ".join(t.text_content() for t in root.iter("title")))
    _drop(root, lambda e: _is_never(e) or _is_hidden(e))
    body = next(iter(root.iter("body")), root)
    sizes = _sizes(body)
    whole = max(sizes[body][0], 1)

    def furniture(element: Element) -> bool:
        if element.tag not in _BLOCKS or element is body:
            return False
        prose, linked = sizes[element]
        if linked > _LINKED * (prose + linked) and element.tag not in ("p", "h1", "h2", "h3"):
            return True
        if prose >= _NEARLY * whole:
            return False
        named = f"{element.get('class', '')} {element.get('id', '')}"
        if element.tag in ("footer", "aside") or _FURNITURE.search(named):
            return prose < _SMALL * whole or (prose < 200 and _OWNERS.search(element.text_content()) is not None)
        return False

    _drop(body, furniture)
    sizes = _sizes(body)
    main = body
    while (inner := _holding(main, sizes)) is not None:
        main = inner
    _with_heads(body, main, title)
    return body


def _holding(element: Element, sizes: dict[Element, tuple[int, int]]) -> Element | None:
    """The child that holds most of the text, where what stands around it is not prose of its own."""
    if element.tag in ("table", "tbody", "tr", "ul", "ol") and len(element) > 1 and element.tag != "tr":
        return None
    wanted = _MOST * sizes[element][0]
    return next((c for c in element if isinstance(c.tag, str) and c.tag in _BLOCKS and sizes[c][0] >= wanted > 0), None)


def _with_heads(body: Element, main: Element, title: str) -> None:
    """Takes out what stands around the main part, but for headings and the title of the page before it."""
    at = main
    while at is not body and (parent := at.getparent()) is not None:
        before = True
        for sibling in list(parent):
            if sibling is at:
                before = False
            elif not isinstance(sibling.tag, str) or not (before and _is_head(sibling, title)):
                _remove(sibling, keep_tail=False)
        parent.text = None
        at.tail = None
        at = parent


def _is_head(element: Element, title: str) -> bool:
    text = _squeezed(element.text_content())
    if not text or len(text) > 120:
        return False
    return element.tag in _HEADS or any(True for _ in element.iter(*_HEADS)) or (len(text) >= 4 and text in title)


def _sizes(body: Element) -> dict[Element, tuple[int, int]]:
    """How many letters stand below each element, outside and inside of links."""
    out: dict[Element, tuple[int, int]] = {}
    linked_at = 0
    for event, element in _events(body):
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            linked_at += element.tag == "a"
            continue
        own = len(_LETTER.findall(element.text or "")) if isinstance(element.tag, str) else 0
        in_link = linked_at > 0
        linked_at -= element.tag == "a"
        prose, linked = (0, own) if in_link else (own, 0)
        for child in element:
            p, k = out.get(child, (0, 0))
            tail = len(_LETTER.findall(child.tail or ""))
            prose, linked = prose + p + (0 if in_link else tail), linked + k + (tail if in_link else 0)
        out[element] = (prose, linked)
    return out


def _events(body: Element) -> Iterator[tuple[str, Element]]:
    from lxml import etree

    yield from etree.iterwalk(body, events=("start", "end"))


def _is_never(element: Element) -> bool:
    return element.tag in _NEVER


def _is_hidden(element: Element) -> bool:
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")) is not None


def _drop(root: Element, wanted: Callable[[Element], bool]) -> None:
    for element in list(root.iter()):
        if element is root or element.getparent() is None:
            continue
        if not isinstance(element.tag, str) or wanted(element):
            _remove(element)


def _remove(element: Element, keep_tail: bool = True) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if keep_tail and element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    element.tail = None
    parent.remove(element)


def _squeezed(text: str) -> str:
    return "".join(text.split())
