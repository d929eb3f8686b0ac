"""What a person sees in the terminal: the outline as a tree, score tables, error lists."""

from __future__ import annotations

import json
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from gonghui_nlp.errors import InputError
from gonghui_nlp.evaluation.scores import Evaluation
from gonghui_nlp.schema import Document, Event, Section, Span

_TITLE_WIDTH = 40


def print_document(document: Document, events: bool = False, issues: bool = False) -> None:
    """Prints one tree a constituent document: sections with what was found inside them."""
    console = Console(highlight=False)
    for i, c in enumerate(document.constituents, 1):
        year = f" {c.year}" if c.year else ""
        label = Text(f"{i} {c.title or '(no title)'}", style="bold")
        label.append(f"  {c.kind}{year}{_found(document, c.start, c.end)}", style="dim")
        tree = Tree(label)
        inside = [s for s in document.sections if c.start <= s.start < c.end]
        first = min((s.start for s in inside), default=c.end)
        if events:
            _add_events(tree, document, c.start, first)
        _add_sections(tree, document, inside, events)
        console.print(tree)
    if not document.constituents:
        console.print("(no text)")
    console.print(Text("in all" + (_found(document, 0, len(document.text) + 1) or " nothing found"), style="dim"))
    if issues:
        for issue in document.issues:
            shown = issue.text.replace("\n", "⏎")[:30]
            console.print(f"{issue.start:>7} {issue.code:<18} {shown}  ", Text(issue.message, style="dim"), sep="")


def _add_sections(tree: Tree, document: Document, sections: Sequence[Section], events: bool) -> None:
    open_branches: list[tuple[Section, Tree]] = []
    for n, s in enumerate(sections):
        while open_branches and open_branches[-1][0].end <= s.start:
            open_branches.pop()
        heading = s.title or _opening(document.text[s.start + len(s.mark) : s.end])
        label = Text(s.mark if s.mark != heading else "", style="cyan")
        label.append(_short(heading), style="bold" if s.title else "")
        if s.damaged:
            label.append(" (damaged)", style="red")
        label.append(_found(document, s.start, s.end), style="dim")
        branch = (open_branches[-1][1] if open_branches else tree).add(label)
        open_branches.append((s, branch))
        if events:
            next_start = sections[n + 1].start if n + 1 < len(sections) else s.end
            _add_events(branch, document, s.start, min(s.end, next_start))


def _add_events(branch: Tree, document: Document, start: int, end: int) -> None:
    for event in document.events:
        if start <= event.start < end:
            branch.add(_event(event))


def _event(event: Event) -> Text:
    line = Text("· ", style="green")
    line.append(_short(event.text))
    facts = [event.type, event.status]
    facts += [a.text for a in (event.date, event.place, event.participants, event.name, event.result) if a]
    facts += ["told before"] if event.repeats is not None else []
    facts += [q.text for q in (*event.amounts, *event.headcounts, *event.counts)]
    line.append("  " + " | ".join(_short(f) for f in facts), style="dim")
    return line


def _found(document: Document, start: int, end: int) -> str:
    """``  3 events, 2 sums, 1 headcount`` of a stretch; empty when there is nothing."""

    def inside(spans: Sequence[Span]) -> int:
        return sum(start <= s.start < end for s in spans)

    named = (("event", document.activities), ("sum", document.amounts), ("headcount", document.headcounts))
    parts = [f"{n} {name}{'s' if n > 1 else ''}" for name, spans in named if (n := inside(spans))]
    return "  " + ", ".join(parts) if parts else ""


def _opening(body: str) -> str:
    return body.strip().split("\n", 1)[0].rstrip()


def _one_line(text: str) -> str:
    return text.replace("\r", "").replace("\n", "").strip()


def _short(text: str) -> str:
    text = _one_line(text)
    return text if len(text) <= _TITLE_WIDTH else text[: _TITLE_WIDTH - 1] + "…"


def print_scores(result: Evaluation, as_json: bool = False) -> None:
    """Prints precision, recall and F1 of every measure as columns or as JSON."""
    scores = result.scores()
    if as_json:
        out = {name: score._asdict() for name, score in scores.items()}
        print(json.dumps(out | {"functions macro": {"f1": result.functions_macro}}, ensure_ascii=False, indent=1))
        return
    print(f"{'':24}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'found':>7}")
    for name, s in scores.items():
        print(f"{name:24}{s.precision:7.3f}{s.recall:7.3f}{s.f1:7.3f}{s.gold:7}{s.found:7}")
    print(f"{'functions macro':24}{'':14}{result.functions_macro:7.3f}")


def print_errors(result: Evaluation, kind: str) -> None:
    """Prints the misses (-), false alarms (+) and wrong values (~) of a kind; an unknown kind is an InputError."""
    kinds = ("sections", "items", "amounts", "headcounts", "counts", "rates", "dates", "events", "functions")
    if kind not in kinds:
        raise InputError(f"errors of {kind!r}: unknown kind; use one of {', '.join(kinds)}")
    mine = [e for e in result.errors if e.kind == kind]
    # Events by their type, so that what goes wrong alike stands together; everything else in reading order.
    for e in sorted(mine, key=lambda e: (e.detail.split(":")[0] if kind == "events" else "", e.source, e.start)):
        print(f"{e.sign} {e.source} at {e.start} {_short(e.text)}  {e.detail}".rstrip())
        if kind == "events" and e.sentence:
            print(f"    {_one_line(e.sentence)}")
