"""What a notebook shows for one record, for clusters and for scores: small, without a script, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from gonghui_nlp.dedup import Template
from gonghui_nlp.display.facts import coded
from gonghui_nlp.display.frame import asset, environment
from gonghui_nlp.evaluation.intervals import interval
from gonghui_nlp.evaluation.report import named
from gonghui_nlp.evaluation.tally import Evaluation
from gonghui_nlp.schema import Event, Section, text_of
from gonghui_nlp.words import word

_ROWS = 12
_COLUMNS = ("precision", "recall", "f1", "interval", "gold", "found")


def _cell(
    title: str,
    signs: Iterable[str] = (),
    facts: Iterable[tuple[str, str]] = (),
    heads: Sequence[str] = (),
    rows: Iterable[Sequence[str]] = (),
    note: str = "",
) -> str:
    held = [*rows]
    return (
        environment()
        .get_template("cell.html")
        .render(
            style=asset("cell.css"),
            title=title,
            signs=[*signs],
            facts=[(name, said) for name, said in facts if said],
            heads=heads,
            rows=held,
            note=note,
        )
    )


def event(record: Event) -> str:
    """An event as a card: its words, what it is, its arguments.

    >>> import gonghui_nlp as gh
    >>> "患病教职工" in event(gh.analyze("看望了18名患病教职工。").events[0])
    True
    """
    parts = ("name", "date", "place", "organiser", "participants", "result")
    facts = [(word(f"column.{part}"), text_of(getattr(record, part)) or "") for part in parts]
    linked = (("headcounts", record.headcount_ids), ("amounts", record.amount_ids), ("counts", record.count_ids))
    facts += [(word(f"column.{name}"), " ".join(ids)) for name, ids in linked]
    facts.append((word("column.confidence"), f"{record.confidence:.0%}"))
    facts.append((word("cell.repeats"), record.repeats or ""))
    return _cell(record.text, [coded("type", record.type), coded("status", record.status), _place(record)], facts)


def section(record: Section) -> str:
    """A section as a card: its mark and title, its level and role, where it stands."""
    title = text_of(record.title) or ""
    mark = record.mark.text if record.mark.text != title else ""
    facts = [(word("column.level"), str(record.level)), (word("column.parent_id"), record.parent or "")]
    facts.append((word("column.damaged"), word("cell.yes") if record.damaged else ""))
    return _cell(f"{mark}{title}", [coded("role", record.role), _place(record)], facts)


def _place(record: Event | Section) -> str:
    return f"{record.id} {record.start}–{record.end}".strip()


def evaluation(result: Evaluation) -> str:
    """Scores as a table, each with its interval, and how many errors there are."""
    rows = []
    for name, score in result.scores().items():
        if score.gold or score.found:
            sure = interval(result, name)
            said = f"{sure.low:.2f}–{sure.high:.2f}" if sure else ""
            rows.append([named(name), *(f"{x:.3f}" for x in score[:3]), said, str(score.gold), str(score.found)])
    heads = ["", *(word(f"evaluate.head.{name}") for name in _COLUMNS)]
    sources = word("cell.sources", n=f"{len(result.documents):,}")
    note = word("cell.errors", n=f"{len(result.errors):,}") if result.errors else ""
    return _cell(word("cell.scores"), [sources], (), heads, rows, note)


def clusters(frame: Any) -> str:
    """The clusters of several texts, the largest first, by the index of the texts."""
    kinds = frame.loc[~frame["canonical"], "kind"].value_counts()
    sizes = frame.groupby("cluster_id").size()
    several = sizes[sizes > 1].sort_values(ascending=False, kind="stable")
    signs = [word("copies.texts", n=f"{len(frame):,}"), word("copies.clusters", n=f"{len(several):,}")]
    signs += [f"{_copy(kind)} {n:,}" for kind, n in sorted(kinds.items())]
    rows = []
    for cluster in several.index[:_ROWS]:
        mine = frame[frame["cluster_id"] == cluster]
        copies = mine[~mine["canonical"]]
        names = word("page.and").join(str(name) for name in copies.index[:4]) + ("…" if len(copies) > 4 else "")
        near = f"{copies['similarity'].min():.2f}–{copies['similarity'].max():.2f}"
        rows.append([str(mine.index[mine["canonical"]][0]), str(len(mine)), names, near])
    heads = [word(f"cell.{name}") for name in ("kept", "size", "copies", "similarity")] if rows else []
    note = word("cell.more", n=f"{len(several) - _ROWS:,}") if len(several) > _ROWS else ""
    return _cell(word("cell.clusters"), signs, (), heads, rows, note)


def _copy(kind: str) -> str:
    return word(f"copies.kind.{kind}")


def template(found: Template) -> str:
    """A template: its skeleton, and what stands in each slot."""
    heads = [slot.label for slot in found.slots]
    rows = [[filling.text or "" for filling in member] for member in found.members[:_ROWS]] if heads else []
    left = len(found.members) - _ROWS
    return _cell(found.skeleton, (), (), heads, rows, word("cell.more", n=f"{left:,}") if left > 0 else "")
