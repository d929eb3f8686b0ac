"""The numbering of a Word document: which list a paragraph belongs to, and the mark it shows there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gonghui_nlp.readers.numbering import Counter, Level
from gonghui_nlp.readers.packages import attribute, child, children
from gonghui_nlp.resources import patterns

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DEEPEST = 30
# Built-in styles have English names whatever the language; some programs translate them all the same.
_heading = patterns.pattern("readers", "heading_style")
_TITLES = frozenset(("title", "标题", "標題"))
_OF_DOCUMENT = frozenset(("title", "subtitle", "标题", "副标题", "標題", "副標題"))


@dataclass(slots=True)
class _Style:
    based_on: str | None
    list_id: str | None
    level: int | None
    name: str
    outline: int


@dataclass(slots=True)
class _List:
    """One list: whose counter it shares, its own levels, and where it begins anew."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Lists:
    """All lists of a document; asked paragraph by paragraph, in order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._styles = {sid: _style(s) for s in children(styles, "style") if (sid := attribute(s, "styleId"))}
        default = next((s for s in children(styles, "style") if _is_default(s)), None)
        self._default = None if default is None else attribute(default, "styleId")
        self._counters: dict[str, Counter] = {}
        self._of_style: dict[tuple[str, str], int] = {}
        linked: dict[str, str] = {}
        links: dict[str, str] = {}
        for abstract in children(numbering, "abstractNum"):
            key = attribute(abstract, "abstractNumId") or ""
            self._counters[key] = Counter(self._levels(abstract, key))
            if (own := child(abstract, "styleLink")) is not None:
                linked[attribute(own) or ""] = key
            if (other := child(abstract, "numStyleLink")) is not None:
                links[key] = attribute(other) or ""
        self._lists: dict[str, _List] = {}
        for num in children(numbering, "num"):
            named = child(num, "abstractNumId")
            key = "" if named is None else attribute(named) or ""
            key = linked.get(links.get(key, ""), key)
            self._lists[attribute(num, "numId") or ""] = _list(num, key)
        self._begun: set[tuple[str, int]] = set()

    def _levels(self, abstract: Element, key: str) -> dict[int, Level]:
        out = {}
        for level in children(abstract, "lvl"):
            at = _number(attribute(level, "ilvl"), 0)
            out[at] = _level(level)
            if (style := child(level, "pStyle")) is not None:
                self._of_style[key, attribute(style) or ""] = at
        return out

    def style_names(self, properties: Element | None) -> list[str]:
        """The names of a paragraph's style and of those it is made from."""
        return [s.name for _, s in self._chain(properties)]

    def _chain(self, properties: Element | None) -> list[tuple[str, _Style]]:
        named = child(properties, "pStyle")
        style_id = self._default if named is None else attribute(named)
        out: list[tuple[str, _Style]] = []
        while style_id in self._styles and len(out) < _DEEPEST:
            out.append((style_id, self._styles[style_id]))
            style_id = self._styles[style_id].based_on
        return out

    def is_title(self, properties: Element | None) -> bool:
        """Whether a paragraph has the style of the document's title."""
        return any(style.name in _TITLES for _, style in self._chain(properties)[:1])

    def heading(self, properties: Element | None) -> int:
        """The level of the heading that a paragraph is by its style, 1 for the highest; 0 for body and for the document's title."""
        own = _value(child(properties, "outlineLvl"))
        if own is not None:
            return _outline(own)
        for _, style in self._chain(properties):
            if style.name in _OF_DOCUMENT:
                return 0
            if found := _heading().fullmatch(style.name):
                return int(found[1])
            if style.outline:
                return style.outline
        return 0

    def mark(self, properties: Element | None) -> str:
        """The mark that the next paragraph shows, by its properties; empty for one without."""
        if (old := _old_mark(properties)) is not None:
            return old
        list_id, at = self._place(properties)
        found = self._lists.get(list_id or "")
        counter = self._counters.get(found.abstract) if found else None
        if found is None or counter is None:
            return ""
        start = None
        if at in found.starts and (list_id or "", at) not in self._begun:
            start = found.starts[at]
        self._begun.add((list_id or "", at))
        return counter.next(at, found.levels.get(at), start)

    def _place(self, properties: Element | None) -> tuple[str | None, int]:
        """The list and the level of a paragraph: its own word, else that of its style and what that is made from."""
        own = child(properties, "numPr")
        list_id = _value(child(own, "numId"))
        level = _value(child(own, "ilvl"))
        at = None if level is None else _number(level, 0)
        for style_id, style in self._chain(properties) if list_id is None else ():
            if style.list_id is None:
                continue
            list_id = style.list_id
            if at is None:
                found = self._lists.get(list_id)
                linked = self._of_style.get((found.abstract, style_id)) if found else None
                at = style.level if linked is None else linked
            break
        return list_id, min(max(at or 0, 0), 8)


def _list(num: Element, abstract: str) -> _List:
    levels, starts = {}, {}
    for override in children(num, "lvlOverride"):
        at = _number(attribute(override, "ilvl"), 0)
        if (level := child(override, "lvl")) is not None:
            levels[at] = _level(level)
            starts[at] = levels[at].start
        if (start := _value(child(override, "startOverride"))) is not None:
            starts[at] = _number(start, 1)
    return _List(abstract, levels, starts)


def _level(level: Element) -> Level:
    restart = _value(child(level, "lvlRestart"))
    number_format = _value(child(level, "numFmt"))
    if number_format is None:  # newer formats stand beside an older one that programs fall back upon
        choice = child(level, "AlternateContent", "Choice", "numFmt")
        number_format = _value(choice) or _value(child(level, "AlternateContent", "Fallback", "numFmt"))
    return Level(
        start=_number(_value(child(level, "start")), 0),
        number_format=number_format or "decimal",
        text=(_value(child(level, "lvlText")) or "")[:60],
        legal=(legal := child(level, "isLgl")) is not None and attribute(legal) not in ("0", "false"),
        restart=None if restart is None else _number(restart, 0),
        blank=_value(child(level, "suff")) != "nothing",
    )


def _style(style: Element) -> _Style:
    based, number = child(style, "basedOn"), child(style, "pPr", "numPr")
    level = _value(child(number, "ilvl"))
    return _Style(
        _value(based), _value(child(number, "numId")), None if level is None else _number(level, 0),
        (_value(child(style, "name")) or "").lower(), _outline(_value(child(style, "pPr", "outlineLvl"))),
    )  # fmt: skip


def _outline(level: str | None) -> int:
    """Word counts from 0; 9 is body."""
    found = _number(level, 9) + 1
    return found if 0 < found <= 9 else 0


def _is_default(style: Element) -> bool:
    return attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true")


def _old_mark(properties: Element | None) -> str | None:
    """Word's own XML of 2003 writes beside the list what the mark looks like."""
    from gonghui_nlp.readers.numbering import spaced

    shown = child(properties, "listPr", "t")
    return None if shown is None else spaced((attribute(shown) or "").strip("·\uf0b7"))


def _value(element: Element | None) -> str | None:
    return None if element is None else attribute(element)


def _number(text: str | None, otherwise: int) -> int:
    try:
        return min(max(int(text or ""), -1), 10**6)
    except ValueError:
        return otherwise
