"""What is counted once: of facts that are told in copies of the same text, the first; and an overview of the rest.

Two tellings are one fact when they stand in copies of the same paragraph, or of the same document, with the same words
and numbers, and their documents are of the same unit and year as far as these are known: a text that is used again next
year with other numbers tells other facts.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

from gonghui_nlp.tables.columns import COLUMNS
from gonghui_nlp.text.normalize import fold

Row = Sequence[Any]
Read = Callable[[str], Iterator[Row]]
Places = npt.NDArray[Any]

COUNTED = ("events", "activities", "amounts", "headcounts")
"""The tables that say of each row whether it is counted."""


class Clusters(Protocol):
    """Of the rows of ``documents`` or ``paragraphs``, by their places, which are copies of which."""

    @property
    def canonical(self) -> Places:
        """The place of the canonical member of each row's cluster."""
        ...

    def of(self, place: int, own: str) -> tuple[str, bool, float]:
        """Of the row at a place, whose id is ``own``: its cluster, whether it is canonical, how similar to that."""
        ...


class Completed:
    """The rows of every table with the copies told apart: clusters, what is counted, and the overview."""

    def __init__(self, read: Read, clusters: Mapping[str, Clusters]) -> None:
        """``read`` gives the rows of a table as :func:`~.rows.rows` made them, as often as it is asked."""
        self._read, self._clusters = read, clusters
        self._counted = counted_rows(read, clusters["documents"].canonical, clusters["paragraphs"].canonical)

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table, one after the other."""
        if table == "overview":
            return overview_rows(self.rows)
        if table in self._clusters:
            return self._with_clusters(table)
        return self._with_counted(table) if table in COUNTED else iter(self._read(table))

    def _with_clusters(self, table: str) -> Iterator[Row]:
        places = [COLUMNS[table].index(n) for n in ("cluster_id", "canonical", "similarity") if n in COLUMNS[table]]
        for number, row in enumerate(self._read(table)):
            full = list(row)
            for place, value in zip(places, self._clusters[table].of(number, row[0]), strict=False):
                full[place] = value
            yield full

    def _with_counted(self, table: str) -> Iterator[Row]:
        place, counted = COLUMNS[table].index("counted"), self._counted[table]
        for number, row in enumerate(self._read(table)):
            full = list(row)
            full[place] = bool(counted[number])
            yield full


@dataclass(frozen=True, slots=True)
class Held:
    """The clusters of texts that are in memory: ids of the rows, canonical places, similarities."""

    ids: Sequence[str]
    canonical: Places
    similarity: Sequence[float]

    def of(self, place: int, own: str) -> tuple[str, bool, float]:
        """See :class:`Clusters`."""
        best = int(self.canonical[place])
        return self.ids[best], best == place, round(float(self.similarity[place]), 4)


def clusters_of(ids: Sequence[str], texts: Sequence[str], unit: Literal["documents", "paragraphs"]) -> Held:
    """Which of the texts are copies of which; without texts, none of any other."""
    from gonghui_nlp.dedup import deduplicate

    if len(texts) < 2:
        return Held(ids, np.arange(len(ids)), [1.0] * len(ids))
    found = deduplicate(list(texts), unit=unit)
    return Held(ids, found["canonical_id"].to_numpy(), found["similarity"].tolist())


class _Told:
    """The facts in clusters of copies, in their order, as numbers: of an archive there may be millions."""

    def __init__(self) -> None:
        self._facts, self._by, self._rows = array("q"), array("q"), array("q")

    def add(self, row: int, fact: tuple[Any, ...], who: tuple[Any, ...]) -> None:
        """A row tells a fact; ``who`` does, unit and year, or anyone where either is not known."""
        self._rows.append(row)
        self._facts.append(hash(fact))
        self._by.append(hash(who) if all(who) else _ANYONE)

    def again(self) -> Places:
        """The rows whose fact was told before: by the same one, or where either of the two may have been anyone."""
        facts, by, rows = (np.frombuffer(held, np.int64) for held in (self._facts, self._by, self._rows))
        if not len(rows):
            return rows
        # Facts together, in each the tellings by one, in their order.
        order = np.lexsort((by, facts))
        new_fact = _begins(facts[order])
        new_teller = new_fact | _begins(by[order])
        place, anyone = np.arange(len(order)), by[order] == _ANYONE
        first_of_fact = np.minimum.reduceat(order, place[new_fact])[np.cumsum(new_fact) - 1]
        by_anyone = np.where(anyone, order, len(order))
        first_by_anyone = np.minimum.reduceat(by_anyone, place[new_fact])[np.cumsum(new_fact) - 1]
        first_of_teller = order[place[new_teller]][np.cumsum(new_teller) - 1]
        told = np.where(anyone, first_of_fact < order, (first_of_teller < order) | (first_by_anyone < order))
        again: Places = rows[order[told]]
        return again


# Stands for nobody in particular; that a name has this number is as likely as that two names have one.
_ANYONE = 0


def _begins(ordered: Places) -> npt.NDArray[np.bool_]:
    """Where a value is another than the one before."""
    begins = np.ones(len(ordered), dtype=bool)
    begins[1:] = ordered[1:] != ordered[:-1]
    return begins


def counted_rows(read: Read, documents: Places, paragraphs: Places) -> dict[str, bytearray]:
    """For each row of the tables :data:`COUNTED`, by its place, 1 when it is counted and 0 when a copy was before.

    ``documents`` and ``paragraphs`` hold, for each row of those tables, the place of its cluster's canonical member;
    ``read`` gives the rows of a table, source after source.
    """
    rows = dict.fromkeys(COUNTED, 0)
    told = {table: _Told() for table in COUNTED}
    shared = {"documents": _Shared(documents), "paragraphs": _Shared(paragraphs)}
    for found in by_source(read, ("documents", "paragraphs", *COUNTED)):
        clusters = {
            row[0]: (unit, cluster)
            for unit, places in shared.items()
            for row, cluster in zip(found[unit], places.following(len(found[unit])), strict=True)
            if cluster is not None
        }
        who = {row[0]: _who(row) for row in found["documents"]}
        for table in COUNTED:
            for place, *fact in _in_clusters(map(_FACT[table], found[table]), clusters, who):
                told[table].add(rows[table] + place, *fact)
            rows[table] += len(found[table])
    out = {}
    for table in COUNTED:
        counted = np.ones(rows[table], np.uint8)
        counted[told.pop(table).again()] = 0
        out[table] = bytearray(counted)
    return out


class _Shared:
    """The clusters of several of one table's rows, row after row."""

    def __init__(self, places: Places) -> None:
        self._places, self._at = places, 0
        self._several = np.bincount(places, minlength=1) > 1

    def following(self, number: int) -> list[int | None]:
        """The cluster of each of the rows that follow; None for what is a copy of nothing."""
        places = self._places[self._at : self._at + number]
        self._at += number
        return [int(p) if several else None for p, several in zip(places, self._several[places], strict=True)]


def _in_clusters(
    facts: Iterator[tuple[str, str, tuple[Any, ...]]],
    clusters: Mapping[str, tuple[str, int]],
    who: Mapping[str, tuple[Any, ...]],
) -> Iterator[tuple[int, tuple[Any, ...], tuple[Any, ...]]]:
    """Of the facts of one source those in clusters of copies: the place among them, the fact, and who tells it."""
    times: Counter[tuple[Any, ...]] = Counter()
    for place, (paragraph, document, fact) in enumerate(facts):
        if (cluster := clusters.get(paragraph) or clusters.get(document)) is None:
            continue
        # What stands twice in one document is told twice there; a source may hold a document and a copy of it.
        times[document, cluster, fact] += 1
        yield place, (*cluster, *fact, times[document, cluster, fact]), who.get(document, ("", None))


def _who(row: Row) -> tuple[str, int | None]:
    """Who speaks and of which year; nobody where the name is masked."""
    columns = COLUMNS["documents"]
    unit = "".join(fold(row[columns.index("organisation")] or "").split())
    return ("" if any(c in unit for c in "×*○Xx") else unit), row[columns.index("year")]


def _picked(table: str, *names: str) -> Callable[[Row], tuple[str, str, tuple[Any, ...]]]:
    columns = COLUMNS[table]
    paragraph, document, text = (columns.index(c) for c in ("paragraph_id", "doc_id", "text"))
    others = [columns.index(name) for name in names]

    def plain(value: Any) -> Any:
        """What is written in another width or script says the same."""
        return "".join(fold(value).split()) if isinstance(value, str) else value

    def fact(row: Row) -> tuple[str, str, tuple[Any, ...]]:
        return row[paragraph], row[document], (plain(row[text]), *(plain(row[i]) for i in others))

    return fact


_FACT = {
    "events": _picked("events", "date_value", "headcounts", "amounts"),
    "activities": _picked("activities", "when", "headcounts", "amounts"),
    "amounts": _picked("amounts", "min", "max", "per", "purpose"),
    "headcounts": _picked("headcounts", "min", "max", "who"),
}


def by_source(read: Read, tables: Sequence[str]) -> Iterator[dict[str, list[Row]]]:
    """The rows of several tables, source after source; they all follow the order of ``sources``."""
    places = {table: COLUMNS[table].index("source") for table in tables}
    waiting: dict[str, Row | None] = {}
    streams = {table: iter(read(table)) for table in tables}
    for table, stream in streams.items():
        waiting[table] = next(stream, None)
    for source in read("sources"):
        found: dict[str, list[Row]] = {}
        for table, stream in streams.items():
            mine: list[Row] = []
            row = waiting[table]
            while row is not None and row[places[table]] == source[0]:
                mine.append(row)
                row = next(stream, None)
            found[table], waiting[table] = mine, row
        yield found


def overview_rows(read: Read) -> Iterator[tuple[Any, ...]]:
    """The rows of ``overview`` from those of the other tables, whose copies are told apart already.

    Every figure but ``activities`` counts what is counted only, so that sums over documents count nothing twice;
    heads and yuan are those of activities that are done or routine.
    """
    a = {name: i for i, name in enumerate(COLUMNS["activities"])}
    d = {name: i for i, name in enumerate(COLUMNS["documents"])}
    i_doc, i_code = (COLUMNS["issues"].index(name) for name in ("doc_id", "code"))
    for found in by_source(read, ("documents", "activities", "issues")):
        held: dict[str, list[Row]] = {}
        for row in found["activities"]:
            held.setdefault(row[a["doc_id"]], []).append(row)
        gaps = Counter(row[i_doc] for row in found["issues"] if row[i_code] == "gap")
        told = Counter(row[i_doc] for row in found["issues"])
        for document in found["documents"]:
            mine = held.get(document[0], [])
            counts, sums = _figures(mine, a)
            title = " ".join((document[d["title"]] or "").split()) or document[d["source"]]
            known: dict[str, Any] = {"document": title, "unit": document[d["organisation"]], "activities": len(mine)}
            known |= {name: document[d[name]] for name in ("year", "kind", "source", "doc_id")} | counts | sums
            known |= {"gaps": gaps[document[0]], "issues": told[document[0]]}
            known["copy_of"] = "" if document[d["canonical"]] in (True, None) else document[d["cluster_id"]]
            yield tuple(known.get(name, 0) for name in COLUMNS["overview"])


def _figures(rows: Sequence[Row], a: dict[str, int]) -> tuple[Counter[str], dict[str, float | None]]:
    counts: Counter[str] = Counter()
    sums: dict[str, float | None] = dict.fromkeys(
        name for name in COLUMNS["overview"] if name == "heads" or name.startswith("yuan")
    )
    for row in rows:
        if not row[a["counted"]]:
            continue
        function = f"function_{row[a['function']]}"
        counts["counted"] += 1
        counts[function if function in COLUMNS["overview"] else "function_other"] += 1
        kind = f"type_{row[a['type']]}"
        counts[kind if kind in COLUMNS["overview"] else "type_other"] += 1
        counts[row[a["status"]]] += 1
        if row[a["status"]] == "planned":
            continue
        purpose = f"yuan_{row[a['purpose']]}"
        for name, value in (("heads", row[a["heads"]]), ("yuan", row[a["yuan"]]), (purpose, row[a["yuan"]])):
            if value is not None and name in sums:
                sums[name] = (sums[name] or 0) + value
        lost = row[a["heads"]] is None and row[a["headcounts"]], row[a["yuan"]] is None and row[a["amounts"]]
        counts["not_summed"] += bool(any(lost))
    return counts, sums
