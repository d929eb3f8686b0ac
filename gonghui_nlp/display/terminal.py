"""What a person sees in the terminal: the outline as a tree, score tables, error lists."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from gonghui_nlp.errors import InputError
from gonghui_nlp.evaluation.intervals import interval
from gonghui_nlp.evaluation.report import detail, named
from gonghui_nlp.evaluation.tally import Evaluation
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
            console.print(f"{issue.start:>7} {_padded(_coded('code', issue.code), 18)} {shown}  ", message, sep="")


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
        label.append(_short(heading), style="bold" if s.title else "")
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
    line.append(_short(event.text))
    facts = [_coded("type", event.type), _coded("status", event.status)]
    facts += [a.text for a in (event.date, event.place, event.participants, event.name, event.result) if a]
    facts += [word("show.told_before")] if event.repeats is not None else []
    linked = (document.amounts_of(event), document.headcounts_of(event), document.counts_of(event))
    facts += [q.text for found in linked for q in found]
    line.append("  " + " | ".join(_short(f) for f in facts), style="dim")
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


def _padded(text: str, cells: int) -> str:
    return text + " " * (cells - cell_len(text))


_OPENING = re.compile(r"\s*([^\n]{0,200})")


def _opening(text: str, start: int, end: int) -> str:
    """The first line of a body, or the beginning of a long one; never more of the text is looked at than is shown."""
    found = _OPENING.match(text, start, end)
    return found[1].rstrip() if found else ""


def _one_line(text: str) -> str:
    return visible(text.replace("\r", "").replace("\n", "").strip())


def _short(text: str) -> str:
    text = _one_line(text)
    return text if cell_len(text) <= _TITLE_WIDTH else set_cell_size(text, _TITLE_WIDTH - 1).rstrip() + "…"


def print_scores(result: Evaluation, as_json: bool = False) -> None:
    """Prints precision, recall and F1 of every measure as columns or as JSON."""
    scores = result.scores()
    if as_json:
        out = {name: score._asdict() for name, score in scores.items()}
        print(json.dumps(out | {"functions macro": {"f1": result.functions_macro}}, ensure_ascii=False, indent=1))
        return
    labelled = any(result.kappa(name) is not None for name in scores)
    columns = ("precision", "recall", "f1", "interval", *(("kappa",) if labelled else ()), "gold", "found")
    heads = [word(f"evaluate.head.{name}") for name in columns]
    print(
        " " * 24
        + "".join(_right(head, 14 if name == "interval" else 8) for name, head in zip(columns, heads, strict=True))
    )
    for name, s in scores.items():
        sure = interval(result, name)
        kappa = result.kappa(name)
        cells = [
            f"{s.precision:.3f}",
            f"{s.recall:.3f}",
            f"{s.f1:.3f}",
            f"{sure.low:.2f}–{sure.high:.2f}" if sure else "",
        ]
        cells += ["" if kappa is None else f"{kappa:.3f}"] if labelled else []
        cells += [str(s.gold), str(s.found)]
        told = (_right(cell, 14 if c == "interval" else 8) for c, cell in zip(columns, cells, strict=True))
        print(_padded(named(name), 24) + "".join(told))
    print(_padded(named("functions macro"), 40) + f"{result.functions_macro:8.3f}")


def _right(text: str, cells: int) -> str:
    return " " * (cells - cell_len(text)) + text


def print_errors(result: Evaluation, kind: str) -> None:
    """Prints the misses (-), false alarms (+) and wrong values (~) of a kind; an unknown kind is an InputError."""
    kinds = ("sections", "items", "amounts", "headcounts", "counts", "rates", "dates", "events", "functions")
    if kind not in kinds:
        raise InputError(f"errors of {kind!r}: unknown kind; use one of {', '.join(kinds)}")
    mine = [e for e in result.errors if e.kind == kind]
    # Events by their type, so that what goes wrong alike stands together; everything else in reading order.
    for e in sorted(mine, key=lambda e: (e.detail.split(":")[0] if kind == "events" else "", e.source, e.start)):
        where = word("evaluate.at", source=e.source, start=e.start)
        print(visible(f"{e.sign} {where} {_short(e.text)}  {detail(e)}".rstrip()))
        if kind == "events" and e.sentence:
            print(f"    {_one_line(e.sentence)}")
