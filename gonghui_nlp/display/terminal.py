"""What a person sees of a Document in the terminal: the outline as a tree, with what was found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from gonghui_nlp.schema import Document, Event, Extent, Placed, Section, text_of
from gonghui_nlp.text.visible import visible
from gonghui_nlp.words import known, told, word

# So many cells of a terminal: a Chinese character takes two.
_TITLE_WIDTH = 44


def print_document(document: Document, events: bool = False, issues: bool = False) -> None:
    """Prints one tree a constituent document: sections with what was found inside them.

    What would steer the terminal, escape sequences and markup, is shown and not sent.
    """
    console = Console(highlight=False, markup=False, emoji=False)
    for i, c in enumerate(document.constituents, 1):
        year = f" {c.year}" if c.year else ""
        label = Text(visible(f"{i} {text_of(c.title) or word('show.no_title')}"), style="bold")
        label.append(f"  {_coded('kind', c.kind)}{year}{_found(document, c)}", style="dim")
        console.print(_outline(Tree(label), document, document.within(document.sections, c), c, events))
    if not document.constituents:
        console.print(word("show.no_text"))
    whole = Extent(0, len(document.text) + 1)
    console.print(Text(word("show.in_all") + (_found(document, whole) or word("show.nothing")), style="dim"))
    if issues:
        for issue in document.issues:
            shown = visible(issue.text.replace("\n", "⏎")[:30])
            message = Text(visible(told(issue.message, group="message.issue")), style="dim")
            console.print(f"{issue.start:>7} {padded(_coded('code', issue.code), 18)} {shown}  ", message, sep="")


def _outline(tree: Tree, document: Document, sections: Sequence[Section], around: Placed, events: bool) -> Tree:
    """The tree of a constituent with its sections, each with the events that stand right under it."""
    own: dict[str, list[Event]] = {}
    for event in document.within(document.events, around) if events else ():
        section = document.section_of(event)
        own.setdefault("" if section is None else section.id, []).append(event)
    branches = {"": tree}
    _add_events(tree, document, own.get("", ()))
    for s in sections:
        heading = text_of(s.title) or _opening(document.text, s.mark.end, s.end)
        label = Text(visible(s.mark.text) if s.mark.text != heading else "", style="cyan")
        label.append(short(heading), style="bold" if s.title else "")
        if s.damaged:
            label.append(word("show.damaged"), style="red")
        label.append(_found(document, s), style="dim")
        branches[s.id] = branches[s.parent or ""].add(label)
        _add_events(branches[s.id], document, own.get(s.id, ()))
    return tree


def _add_events(branch: Tree, document: Document, events: Iterable[Event]) -> None:
    for event in events:
        branch.add(_event(document, event))


def _event(document: Document, event: Event) -> Text:
    line = Text("· ", style="green")
    line.append(short(event.text))
    facts = [_coded("type", event.type), _coded("status", event.status)]
    facts += [a.text for a in (event.date, event.place, event.participants, event.name, event.result) if a]
    facts += [word("show.told_before")] if event.repeats is not None else []
    linked = (document.amounts_of(event), document.headcounts_of(event), document.counts_of(event))
    facts += [q.text for found in linked for q in found]
    line.append("  " + " | ".join(short(f) for f in facts), style="dim")
    return line


def _found(document: Document, place: Placed) -> str:
    """``  3 events, 2 sums, 1 headcount`` of a stretch; empty when there is nothing."""
    named = (("event", document.activities), ("sum", document.amounts), ("headcount", document.headcounts))
    counted = [(len(document.within(found, place)), name) for name, found in named]
    parts = [word(f"show.{name}.{'one' if n == 1 else 'many'}", n=n) for n, name in counted if n]
    return "  " + word("cli.comma").join(parts) if parts else ""


def _coded(column: str, code: str) -> str:
    """What a coded value is called in the language spoken; a code of one's own as it is."""
    key = f"value.{column}.{code}"
    return word(key) if known(key) else code


def padded(text: str, cells: int) -> str:
    return text + " " * (cells - cell_len(text))


_OPENING = re.compile(r"\s*([^\n]{0,200})")


def _opening(text: str, start: int, end: int) -> str:
    """The first line of a body, or the beginning of a long one; never more of the text is looked at than is shown."""
    found = _OPENING.match(text, start, end)
    return found[1].rstrip() if found else ""


def one_line(text: str) -> str:
    return visible(text.replace("\r", "").replace("\n", "").strip())


def short(text: str) -> str:
    text = one_line(text)
    return text if cell_len(text) <= _TITLE_WIDTH else set_cell_size(text, _TITLE_WIDTH - 1).rstrip() + "…"
