"""The report of ``gonghui dedup``: tables as CSV, differences as HTML pages."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gonghui_nlp.dedup.difference import difference, page
from gonghui_nlp.dedup.frame import read_texts
from gonghui_nlp.dedup.phrases import stock_phrases
from gonghui_nlp.dedup.templates import Template, template
from gonghui_nlp.dedup.tokens import OTHER
from gonghui_nlp.dedup.tokens import entries as slot_types
from gonghui_nlp.errors import InputError, OutputError
from gonghui_nlp.text.cells import cell
from gonghui_nlp.words import known, spoken, word

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = ("cluster_id", "canonical", "canonical_id", "kind", "similarity", "containment", "reason")


@dataclass(frozen=True, slots=True)
class Group:
    """A cluster of several texts: names and texts of those at hand, the canonical one first, and their template."""

    id: int
    names: Sequence[str]
    texts: Sequence[str]
    template: Template
    size: int


@dataclass(frozen=True, slots=True)
class Listed:
    """What was found of one text: whether it is the one to keep, and the name of that one."""

    name: str
    cluster: int
    kept: bool
    keep: str
    kind: str
    similarity: float
    containment: float
    reason: str


Draw = Callable[[Path, Sequence[Group], Sequence[Listed]], Path]
"""Makes pages in a folder of the largest clusters and of all texts; the path of the first page."""


def write_report(
    clusters: pd.DataFrame,
    texts: Sequence[str | None] | pd.Series[Any] | pd.DataFrame,
    out: str | Path,
    *,
    names: Sequence[str] | None = None,
    members: int = 50,
    pages: int = 500,
    draw: Draw | None = None,
) -> dict[str, Path]:
    """Write what :func:`deduplicate` found about ``texts`` into the folder ``out``; returned are the paths.

    ``clusters.csv`` (one row a text), ``templates.csv`` (one a cluster of several), ``slots.csv`` (one a slot and
    member), ``stock.csv`` (one a stock sentence), ``differences/index.html`` and a page for each of the ``pages``
    largest clusters: the canonical member beside each other one. ``names`` are what the texts are called, by
    default their positions. A text that is None, known from an index only, is listed but not aligned. At most ``members`` of a cluster are aligned, the canonical one and the first others.

    ``draw`` makes other pages of the same in ``differences/`` and returns the first, as the command does.

    In Chinese (``words.speaking``) files, headers and values are Chinese.

    Raises :class:`OutputError` where ``out`` cannot be written, :class:`InputError` for lengths that differ.
    """
    lost = {i for i, t in enumerate(texts) if t is None} if isinstance(texts, list | tuple) else set()
    rows, _ = read_texts(texts)
    called = [str(n) for n in (range(len(rows)) if names is None else names)]
    if not len(rows) == len(clusters) == len(called):
        raise InputError(f"{len(rows)} texts, {len(clusters)} rows of clusters and {len(called)} names: give as many")
    folder = _folder(Path(out))
    columns = [clusters[c].tolist() for c in _COLUMNS]
    canonical = clusters["canonical_id"].tolist()
    groups = {i: chosen[:members] for i, chosen in _groups(clusters, lost).items()}
    sizes = clusters["cluster_id"].value_counts()
    made = {i: template([rows[k] for k in chosen]) for i, chosen in groups.items()}
    paths = {
        "clusters": _csv(folder, "clusters", ("name", *_COLUMNS), _named(called, columns)),
        "templates": _csv(
            folder,
            "templates",
            ("cluster_id", "members", "canonical", "slots", "skeleton"),
            ((i, sizes[i], called[canonical[groups[i][0]]], len(t.slots), t.skeleton) for i, t in made.items()),
        ),
        "slots": _csv(
            folder,
            "slots",
            ("cluster_id", "name", "slot", "type", "label", "text", "start", "end"),
            (r for i, t in made.items() for r in _slot_rows(i, t, [called[k] for k in groups[i]])),
        ),
    }
    stock = stock_phrases(rows, clusters)
    stock["first"] = [called[i] for i in stock["first"]]
    paths["stock"] = _csv(folder, "stock", tuple(stock.columns), stock.itertuples(index=False))
    largest = sorted(made, key=lambda i: (-int(sizes[i]), i))[:pages]
    paths["differences"] = (
        _pages(folder / word("copies.file.differences"), largest, made, groups, rows, called)
        if draw is None
        else draw(
            folder / word("copies.file.differences"),
            _drawn(largest, made, groups, rows, called, sizes),
            _listing(clusters, called),
        )
    )
    return paths


def _drawn(
    chosen: Sequence[int],
    made: dict[int, Template],
    groups: dict[int, list[int]],
    texts: Sequence[str],
    names: Sequence[str],
    sizes: Any,
) -> list[Group]:
    return [
        Group(i, [names[k] for k in groups[i]], [texts[k] for k in groups[i]], made[i], int(sizes[i])) for i in chosen
    ]


def _listing(clusters: pd.DataFrame, called: Sequence[str]) -> list[Listed]:
    columns = (clusters[c].tolist() for c in _COLUMNS)
    return [
        Listed(name, cluster, bool(kept), called[best], *more)
        for name, cluster, kept, best, *more in zip(called, *columns, strict=True)
    ]


def _groups(clusters: pd.DataFrame, lost: set[int]) -> dict[int, list[int]]:
    """The positions of each cluster of several texts at hand, the canonical one first."""
    shared = clusters.reset_index(drop=True)
    shared = shared[shared["cluster_id"].duplicated(keep=False)]
    shared = shared.sort_values(["cluster_id", "canonical"], ascending=[True, False], kind="stable")
    found: dict[int, list[int]] = {}
    for position, cluster in zip(shared.index.tolist(), shared["cluster_id"].tolist(), strict=True):
        if position not in lost:
            found.setdefault(cluster, []).append(position)
    return {cluster: positions for cluster, positions in found.items() if len(positions) > 1}


def _slot_rows(cluster: int, made: Template, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    for name, row in zip(names, made.members, strict=True):
        for n, (slot, f) in enumerate(zip(made.slots, row, strict=True), 1):
            yield cluster, name, n, slot.type, slot.label, f.text, f.start, f.end


def _folder(path: Path) -> Path:
    try:
        (path / word("copies.file.differences")).mkdir(parents=True, exist_ok=True)
    except OSError as e:
        raise OutputError(f"cannot make the folder {path}: {e.strerror}; give another one") from e
    return path


def _named(called: Sequence[str], columns: Sequence[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
    """The rows of the clusters; in Chinese the text to keep stands by its name, as in what to keep and drop."""
    best = _COLUMNS.index("canonical_id")
    for name, *row in zip(called, *columns, strict=True):
        yield (name, *row[:best], called[row[best]] if spoken() == "zh" else row[best], *row[best + 1 :])


def _csv(folder: Path, name: str, header: Sequence[str], rows: Iterable[Iterable[Any]]) -> Path:
    """A table, in the language spoken: what it is called, its headers, its coded values."""
    path = folder / f"{word(f'copies.file.{name}')}.csv"
    zh = spoken() == "zh"
    try:
        with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as f:
            writer = csv.writer(f)
            writer.writerow([word(f"copies.{name}.{column}") for column in header] if zh else header)
            for row in rows:
                values = map(_said, header, row) if zh else row
                writer.writerow([cell(round(v, 4) if isinstance(v, float) else v) for v in values])
    except OSError as e:
        raise OutputError(f"cannot write {path}: {e.strerror}") from e
    return path


def _said(column: str, value: Any) -> Any:
    """A value in Chinese; clusters are counted from 1, as on the pages."""
    if isinstance(value, bool):
        return word("value.true" if value else "value.false", "zh")
    if column == "cluster_id":
        return value + 1
    if column == "type":
        return next((e["label"] for e in slot_types() if e["type"] == value), OTHER[1])
    key = f"copies.{column}.{value}"
    return word(key, "zh") if column in ("kind", "reason") and known(key) else value


def _pages(
    folder: Path,
    chosen: Sequence[int],
    made: dict[int, Template],
    groups: dict[int, list[int]],
    texts: Sequence[str],
    names: Sequence[str],
) -> Path:
    links = []
    for i in chosen:
        first, *others = groups[i]
        parts = [f"<p>{_skeleton(made[i])}</p>"]
        parts += [difference(texts[first], texts[k], (names[first], names[k])) for k in others]
        _write(folder / f"{i}.html", page(f"{i}: {names[first]}", parts))
        links.append(f'<li><a href="{i}.html">{i}: {escape(names[first])}</a> ({len(others) + 1})</li>')
    return _write(folder / "index.html", page("differences", ["<ul>", *links, "</ul>"]))


def _skeleton(made: Template) -> str:
    return escape(made.skeleton).replace("【", '<span class="slot">【').replace("】", "】</span>")


def _write(path: Path, text: str) -> Path:
    try:
        path.write_text(text, encoding="utf-8", errors="replace")
    except OSError as e:
        raise OutputError(f"cannot write {path}: {e.strerror}") from e
    return path
