"""Labelled documents in bracket markup: the text once, its labels where they stand.

::

    == unit=清河机械厂工会 | group=factory | kind=summary | decade=1990s
    # 清河机械厂工会一九九七年工作总结
    ## 二、为职工办实事
    {维}<d1:入冬前>，<o1:后勤组>[1 organisation/welfare:把旧锅炉房*改成*了职工书吧]，花去<a1:3200元>。

``==`` opens a document, ``#`` a heading, any other line is a paragraph behind its functions in braces. ``[N type:…]`` is
the nucleus of event N with its trigger between asterisks (``p`` planned, ``r`` routine, ``w`` on the threshold behind the
type), ``<xN:…>`` an argument of event N. A backslash makes a bracket or an asterisk plain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gonghui_nlp.compiling import compiled
from gonghui_nlp.errors import InputError
from gonghui_nlp.schema import FUNCTIONS

ARGUMENTS = {"d": "date", "l": "place", "p": "participants", "o": "organiser", "n": "name", "r": "result"}
QUANTITIES = {"h": "headcounts", "a": "amounts", "c": "counts"}
_STATUS = {"p": "planned", "r": "routine"}
_KINDS = ("summary", "plan", "summary_plan", "other")
_FUNCTION = dict(zip("维参教建", FUNCTIONS, strict=True))
_SUB = {"w": "work", "u": "union"}
_EVENT = compiled(r"\[(\d+) ([a-z_]+(?:/[a-z_]+)*)((?: [prw])*):")
_ARGUMENT = compiled(r"<([dlponrhac])(\d+(?:,\d+)*):")
_HEADING = compiled(r"(#+) (.*)")
_PARAGRAPH = compiled(r"\{([^}]*)\}(.*)")

Stretch = tuple[int, int]


@dataclass(slots=True)
class Labelled:
    """An event as it was labelled; every place is in characters of the bare paragraph."""

    type: str
    start: int
    end: int = 0
    also: tuple[str, ...] = ()
    status: str = "done"
    weak: bool = False
    trigger: Stretch | None = None
    arguments: dict[str, Stretch] = field(default_factory=dict)
    quantities: dict[str, list[Stretch]] = field(default_factory=lambda: {name: [] for name in QUANTITIES.values()})


@dataclass(frozen=True, slots=True)
class LabelledParagraph:
    """A paragraph with the facts of its document, the headings above it, its functions and its events.

    The first heading is the document's title; it is empty where an excerpt has sections and no title.
    """

    text: str
    events: tuple[Labelled, ...]
    functions: tuple[str, ...]
    sub: str | None
    headings: tuple[str, ...]
    document: dict[str, str]
    line: int


def read(path: Path) -> Iterator[LabelledParagraph]:
    """The paragraphs of a file in their order.

    Raises:
        InputError: a line is no such markup; the message names file, line and what is wrong with it.
    """
    document: dict[str, str] | None = None
    headings: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            if line.startswith("== "):
                document, headings = _document(line), []
            elif document is None:
                raise ValueError("a document opens with a line of ==")
            elif heading := _HEADING.fullmatch(line):
                # An excerpt may have sections and no title: its place stays empty.
                above = len(heading[1]) - 1
                headings = [*[*headings, *[""] * above][:above], heading[2].strip()]
            else:
                yield _paragraph(line, document, tuple(headings), number)
        except ValueError as error:
            raise InputError(f"{path}, line {number}: {error}") from error


def _document(line: str) -> dict[str, str]:
    facts = dict(part.strip().split("=", 1) for part in line[3:].split("|"))
    if facts.get("kind") not in _KINDS or "unit" not in facts:
        raise ValueError(f"a document has a unit and a kind (one of {', '.join(_KINDS)})")
    return facts


def _paragraph(line: str, document: dict[str, str], headings: tuple[str, ...], number: int) -> LabelledParagraph:
    split = _PARAGRAPH.fullmatch(line)
    if split is None:
        raise ValueError("a paragraph begins with its functions in braces: {维}, {教,建w}, {-}")
    named = [name for name in re.split("[,，]", split[1]) if name != "-"]
    if any(name[:1] not in _FUNCTION or name[1:] not in ("", *_SUB) for name in named):
        raise ValueError(f"unknown function in {{{split[1]}}}")
    sub = next((_SUB[name[1]] for name in named if name[1:]), None)
    text, events = parse(split[2])
    return LabelledParagraph(text, events, tuple(_FUNCTION[n[0]] for n in named), sub, headings, document, number)


def parse(marked: str) -> tuple[str, tuple[Labelled, ...]]:
    """The bare text of one paragraph and its events in the order of their places; ValueError says what is wrong.

    >>> text, (event,) = parse("<d1:端午>[1 aid:*看望*<h1:3名>老工人]。")
    >>> text, text[event.start : event.end], event.arguments["date"], event.quantities["headcounts"]
    ('端午看望3名老工人。', '看望3名老工人', (0, 2), [(4, 6)])
    """
    reader = _Reader()
    at = 0
    while at < len(marked):
        at = reader.step(marked, at)
    return reader.done()


class _Reader:
    """Reads marked text a sign at a time."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._events: dict[int, Labelled] = {}
        self._open: int | None = None
        self._arguments: list[tuple[str, list[int], int]] = []
        self._closed: list[tuple[str, list[int], Stretch]] = []
        self._star: int | None = None

    def step(self, marked: str, at: int) -> int:
        sign = marked[at]
        if sign == "\\" and at + 1 < len(marked):
            self._text.append(marked[at + 1])
            return at + 2
        if sign == "[":
            return self._begin(marked, at)
        if sign == "<":
            match = _ARGUMENT.match(marked, at)
            if match is None:
                raise ValueError(f"no argument begins like {marked[at : at + 12]!r}")
            self._arguments.append((match[1], [int(n) for n in match[2].split(",")], len(self._text)))
            return match.end()
        if sign == "]":
            self._end()
        elif sign == ">":
            if not self._arguments:
                raise ValueError("> closes nothing")
            code, numbers, start = self._arguments.pop()
            self._closed.append((code, numbers, (start, len(self._text))))
        elif sign == "*":
            self._trigger()
        else:
            self._text.append(sign)
        return at + 1

    def _begin(self, marked: str, at: int) -> int:
        match = _EVENT.match(marked, at)
        if match is None or self._open is not None or int(match[1]) in self._events:
            raise ValueError(
                f"no event begins like {marked[at : at + 16]!r}, inside another, or with a number used before"
            )
        first, *also = match[2].split("/")
        flags = match[3].split()
        status = next((_STATUS[flag] for flag in flags if flag in _STATUS), "done")
        self._open = int(match[1])
        self._events[self._open] = Labelled(first, len(self._text), 0, tuple(also), status, "w" in flags)
        return match.end()

    def _end(self) -> None:
        if self._open is None or self._events[self._open].trigger is None:
            raise ValueError("] closes no event with a *trigger*")
        self._events[self._open].end = len(self._text)
        self._open = None

    def _trigger(self) -> None:
        if self._open is None:
            raise ValueError("* outside an event")
        if self._star is None:
            self._star = len(self._text)
            return
        event = self._events[self._open]
        if event.trigger is not None or self._star == len(self._text):
            raise ValueError(f"event {self._open} has an empty or a second trigger")
        event.trigger, self._star = (self._star, len(self._text)), None

    def done(self) -> tuple[str, tuple[Labelled, ...]]:
        if self._open is not None or self._arguments or self._star is not None:
            raise ValueError("an event, an argument or a trigger is not closed")
        for code, numbers, stretch in self._closed:
            for number in numbers:
                self._place(code, number, stretch)
        return "".join(self._text), tuple(sorted(self._events.values(), key=lambda e: e.start))

    def _place(self, code: str, number: int, stretch: Stretch) -> None:
        event = self._events.get(number)
        if event is None or stretch[0] == stretch[1]:
            raise ValueError(f"argument {code}{number} is empty or of no event")
        if code in QUANTITIES:
            event.quantities[QUANTITIES[code]].append(stretch)
        elif ARGUMENTS[code] in event.arguments:
            raise ValueError(f"event {number} has two of {ARGUMENTS[code]}")
        else:
            event.arguments[ARGUMENTS[code]] = stretch


def as_record(paragraph: LabelledParagraph) -> dict[str, Any]:
    """The paragraph as a record of ``corpora/events``: arguments and quantities as the texts they are."""
    text = paragraph.text
    events = []
    for e in paragraph.events:
        assert e.trigger is not None
        said: dict[str, Any] = dict.fromkeys(ARGUMENTS.values())
        said |= {name: text[slice(*stretch)] for name, stretch in e.arguments.items()}
        said |= {name: [text[slice(*s)] for s in found] for name, found in e.quantities.items()}
        facts = {"text": text[e.start : e.end], "start": e.start, "end": e.end, "trigger": text[slice(*e.trigger)]}
        weak = {"weak": True} if e.weak else {}
        events.append(facts | {"type": e.type, "also": list(e.also), "status": e.status} | said | weak)
    document = paragraph.document
    # Unless its document says so, a paragraph need not name every participant, place and title, and it tells more
    # events than ordinary summaries do.
    return {
        "unit": document["unit"],
        "kind": document["kind"],
        "partial": document.get("arguments") != "full",
        "dense": document.get("density") != "ordinary",
        "headings": [heading for heading in paragraph.headings if heading],
        "text": text,
        "events": events,
    }
