"""The main text of a web page: what is left when menus, advertising and the foot of the page are taken away.

Nothing is taken for its look alone: a part goes for what it is (script, menu, form), for being links for the most part,
for the name its maker gave it while the page has much more text elsewhere, or for standing around the part that the
maker marked as the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING

from gonghui_nlp.readers.printed import Printed, elements_between, keep_between, printed
from gonghui_nlp.resources.patterns import pattern

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
# What stands in one flow with the text, however short it is.
_FLOW = frozenset("p ul ol dl blockquote pre table h1 h2 h3 h4 h5 h6".split())
_ROWS = frozenset(("table", "tbody", "ul", "ol", "dl"))
_LETTER = re.compile(r"[\u3400-\u9fffA-Za-z0-9]")
_STOP = re.compile("[。！？；]")
# So much of the text in one part: the rest of the page is around it.
_MOST = 0.75
_LINKED = 0.6
_SMALL, _NEARLY = 0.3, 0.9
# So many letters are text of its own even without a full stop.
_OWN = 30
# Between its marks a page has at least so much of all it says.
_MARKED = 0.1
_owners = pattern("readers", "owners")
_handles = pattern("readers", "handles")
_leads_elsewhere = pattern("readers", "leads")
_SHORT = 200
OF_DOCUMENT = "gonghui-title"
"""The attribute of the element that holds the title of the page."""
_FIRST_LINES, _NAME, _MOST_OF_TITLE = 12, 4, 0.6


def main_part(root: Element) -> Element:
    """The element that holds the text of the page; what is foreign is taken out of the tree."""
    title = _squeezed(" ".join(t.text_content() for t in root.iter("title")))
    called = _called(root, title)
    body = _main(root, title, printed(root))
    if not _has_title(body, title) and called:
        line = body.makeelement("h1", {OF_DOCUMENT: "1"})
        line.text = called
        body.insert(0, line)
    return body


def _called(root: Element, title: str) -> str:
    """What the text of the page is called: as sites of offices say it of their pages, else by a heading."""
    for said in root.iter("meta"):
        if (said.get("name") or "").lower() == "articletitle" and (
            name := " ".join((said.get("content") or "").split())
        ):
            return name
    heads = (" ".join(e.text_content().split()) for e in root.iter(*_HEADS))
    return next((h for h in heads if len(h) >= _NAME and title.startswith(_squeezed(h))), "")


def _has_title(body: Element, title: str) -> bool:
    """Whether one of the first lines is what the page calls itself by; it is marked as its title."""
    for element in islice((e for e in body.iter() if e.tag in _BLOCKS and _is_leaf(e)), _FIRST_LINES):
        text = _squeezed(element.text_content())
        if len(text) < (_NAME if element.tag in _HEADS else 2 * _NAME) or text not in title:
            continue
        # The name of the site stands there, too, mostly behind.
        if title.startswith(text) or len(text) > _MOST_OF_TITLE * len(title):
            element.set(OF_DOCUMENT, "1")
            return True
    return False


def _main(root: Element, title: str, marked: Printed | None) -> Element:
    _drop(root, lambda e: e.tag in _NEVER or _is_hidden(e))
    body = next(iter(root.iter("body")), root)
    whole = max(_shed(body, lambda element, prose, linked: False)[body][0], 1)
    if marked is not None and _has_kept(body, marked, whole):
        return body
    sizes = _shed(body, lambda e, prose, linked: e is not body and _is_furniture(e, prose, linked, whole))
    main = body
    while (inner := _holding(main, sizes)) is not None:
        main = inner
    _with_heads(body, main, title)
    return body


def _has_kept(body: Element, marked: Printed, whole: int) -> bool:
    """Whether what stands between the marks can be the text; then nothing else is left."""
    between = sum(_letters(e.text) + _letters(e.tail) for e in elements_between(body, marked))
    if between < _MARKED * whole:
        return False
    keep_between(body, marked)
    _shed(body, lambda e, prose, linked: e is not body and _leads(e, prose, linked))
    return True


def _is_furniture(element: Element, prose: int, linked: int, whole: int) -> bool:
    if element.tag not in _BLOCKS:
        return False
    if linked > _LINKED * (prose + linked) and element.tag not in ("p", *_HEADS):
        return True
    if _leads(element, prose, linked):
        return True
    if prose >= _NEARLY * whole:
        return False
    named = f"{element.get('class', '')} {element.get('id', '')}"
    if element.tag in ("footer", "aside") or _FURNITURE.search(named):
        return prose < _SMALL * whole or _is_about_owners(element)
    return False


Sizes = dict["Element", tuple[int, int]]


def _shed(body: Element, furniture: Callable[[Element, int, int], bool]) -> Sizes:
    """Takes out what is furniture, the innermost first; how many letters are left outside and inside of links.

    A part that is links for the most part because of the menus in it is judged by what is left without them.
    """
    out: Sizes = {}
    for element in reversed(list(body.iter())):
        if not isinstance(element.tag, str):
            continue
        prose, linked = _letters(element.text), 0
        for child in element:
            p, k = out.get(child, (0, 0))
            prose, linked = prose + p + _letters(child.tail), linked + k
        if element.tag == "a":
            prose, linked = 0, prose + linked
        if furniture(element, prose, linked):
            _remove(element)
        else:
            out[element] = (prose, linked)
    return out


def _leads(element: Element, prose: int, linked: int) -> bool:
    if element.tag not in _BLOCKS or not 0 < prose + linked < _SHORT:
        return False
    return _leads_elsewhere().match(element.text_content().strip()) is not None


def _letters(text: str | None) -> int:
    return len(_LETTER.findall(text)) if text else 0


def _holding(element: Element, sizes: Sizes) -> Element | None:
    """The child that holds most of the text, where what stands around it is no text of its own."""
    if element.tag in _ROWS and len(element) > 1:
        return None
    wanted = _MOST * sizes[element][0]
    blocks = [c for c in element if c.tag in _BLOCKS]
    child = next((c for c in blocks if sizes[c][0] >= wanted > 0), None)
    # A paragraph is never alone: what is beside it belongs to it.
    if child is None or _is_leaf(child) or _letters(element.text) >= _OWN:
        return None
    beside_rows = child.tag in _ROWS
    around = (c for c in element if c is not child and c in sizes)
    return None if any(_is_own(c, sizes[c][0], beside_rows) for c in around) else child


def _is_leaf(element: Element) -> bool:
    return not any(c.tag in _BLOCKS for c in element.iterdescendants())


def _is_own(element: Element, prose: int, beside_rows: bool) -> bool:
    """Whether an element is text of its own and no handle of the page."""
    if not prose or element.tag in _HEADS:
        return False
    text = element.text_content()
    if len(text) < _SHORT and (_owners().search(text) or _handles().search(text)):
        return False
    if element.tag in _FLOW and (element.tag not in _ROWS or prose >= _OWN):
        return True
    return prose >= _OWN or (beside_rows and _is_leaf(element)) or _STOP.search(text) is not None


def _is_about_owners(element: Element) -> bool:
    text = element.text_content()
    return len(text) < 2 * _SHORT and _owners().search(text) is not None


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


def _is_hidden(element: Element) -> bool:
    style = element.get("style", "")
    # The two words are looked for first: styles are long, and few say anything of the kind.
    told = (
        "isplay" in style
        or "ISPLAY" in style
        or "isib" in style
        or "ISIB" in style
        or "hide" in style
        or "HIDE" in style
    )
    return element.get("hidden") is not None or (told and _HIDDEN.search(style) is not None)


def _drop(root: Element, wanted: Callable[[Element], bool]) -> None:
    for element in list(root.iter()):
        if element is root or element.getparent() is None:
            continue
        if isinstance(element.tag, str) and wanted(element):
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
