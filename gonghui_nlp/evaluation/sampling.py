"""What to annotate: paragraphs or documents drawn from tables, at random, evenly over strata, or the least sure first.

Copies are drawn once at most. The same tables, numbers and seed give the same sample, whatever the order of the rows; with
more texts in the archive those drawn before are mostly drawn again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from gonghui_nlp.errors import InputError, OutputError
from gonghui_nlp.evaluation.measures import Tables
from gonghui_nlp.evaluation.sides import read_side
from gonghui_nlp.events.models import shipped
from gonghui_nlp.files import write_whole
from gonghui_nlp.learning.matching import Record
from gonghui_nlp.text.cells import cell

By = Literal["group", "kind", "decade", "function"]
Unsure = Literal["events", "functions"]
Unit = Literal["paragraphs", "documents"]
TEXTS = "texts"
COLUMNS = ("file", "source", "doc_id", "paragraph_id", "start", "stratum", "in_stratum", "drawn", "weight", "distance")
"""The columns of ``sample.csv``; ``weight`` is how many of its stratum a drawn one stands for, ``distance`` how far the
model's confidence is from its threshold."""
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Drawn:
    """One paragraph or document that was drawn; ``text`` is the paragraph under its title and headings."""

    id: str
    doc_id: str
    source: str
    start: int
    end: int
    text: str
    stratum: str = ""
    in_stratum: int = 0
    drawn: int = 0
    distance: float | None = None


def draw(
    folder: str | Path,
    n: int,
    *,
    by: By | None = None,
    unsure: Unsure | None = None,
    unit: Unit = "paragraphs",
    seed: int = 0,
    groups: Mapping[str, str] | None = None,
) -> list[Drawn]:
    """Draws ``n`` from the tables in a folder, in the order in which to annotate them; all where there are fewer.

    ``by`` deals them out evenly over groups of sources (``groups``), kinds of document, decades or first functions.
    With ``unsure`` those come first in which the model's confidence in an activity is nearest to its threshold, or the
    score of a function to one half; what nothing was found in is then left out. Raises InputError for what cannot be
    drawn so.
    """
    if n < 1:
        raise InputError(f"a sample of {n}; draw 1 or more")
    if unit == "documents" and (unsure or by == "function"):
        raise InputError("documents have no function and no confidence; draw paragraphs, or by group, kind or decade")
    if by == "group" and not groups:
        raise InputError("no groups were given; name the CSV file of sources and groups")
    tables = read_side(Path(folder)).tables
    distances = _distances(tables, unsure) if unsure else {}
    strata: dict[str, list[Drawn]] = {}
    for found, row in _units(tables, unit):
        if not unsure or found.id in distances:
            strata.setdefault(_stratum(row, found, tables, by, groups or {}), []).append(found)
    taken = []
    for stratum, size in _shares({name: len(found) for name, found in strata.items()}, n).items():
        ordered = sorted(strata[stratum], key=lambda d: (distances.get(d.id, 0.0), _rank(seed, d.id)))
        facts = (stratum, len(ordered), size)
        taken += [_with(d, facts, distances.get(d.id)) for d in ordered[:size]]
    return sorted(taken, key=lambda d: _rank(seed, d.id))


def _rank(seed: int, name: str) -> bytes:
    return sha256(f"{seed}\0{name}".encode("utf-8", "replace")).digest()


def _with(d: Drawn, facts: tuple[str, int, int], distance: float | None) -> Drawn:
    return Drawn(
        d.id, d.doc_id, d.source, d.start, d.end, d.text, *facts, None if distance is None else round(distance, 4)
    )


def _shares(sizes: Mapping[str, int], n: int) -> dict[str, int]:
    """How many of each stratum: as evenly as they go, what a small one lacks from the others.

    >>> _shares({"a": 1, "b": 9, "c": 9}, 8)
    {'a': 1, 'b': 4, 'c': 3}
    """
    out = dict.fromkeys(sorted(sizes), 0)
    left = min(n, sum(sizes.values()))
    while left:
        for name in [name for name in out if out[name] < sizes[name]][:left]:
            out[name] += 1
            left -= 1
    return {name: size for name, size in out.items() if size}


def _units(tables: Tables, unit: Unit) -> Sequence[tuple[Drawn, Record]]:
    """The units that are no copies, each with the row of its document or its own."""
    documents = {row["doc_id"]: row for row in tables["documents"]}
    if unit == "documents":
        kept = [row for row in documents.values() if row["canonical"] is not False]
        return [(Drawn(d["doc_id"], d["doc_id"], d["source"], d["start"], d["end"], ""), d) for d in kept]
    sections = {row["section_id"]: row for row in tables["sections"]}
    found = []
    for p in tables["paragraphs"]:
        document = documents.get(p["doc_id"], {})
        if p["canonical"] is not False and document.get("canonical") is not False and (p["text"] or "").strip():
            lines = [*((document.get("title") or "").split("\n")), *_headings(sections, p["section_id"]), p["text"]]
            text = "\n".join(line for line in lines if line) + "\n"
            found.append((Drawn(p["paragraph_id"], p["doc_id"], p["source"], p["start"], p["end"], text), p))
    return found


def _headings(sections: Mapping[str, Record], section: str | None) -> list[str]:
    """The headings above, as they stand in the text, outermost first."""
    lines: list[str] = []
    while section and section in sections:
        row = sections[section]
        if row["title"]:
            lines.insert(0, row["title"] if row["mark"] == row["title"] else f"{row['mark'] or ''}{row['title']}")
        section = row["parent_id"]
    return lines


def _stratum(row: Record, found: Drawn, tables: Tables, by: By | None, groups: Mapping[str, str]) -> str:
    if by is None:
        return ""
    if by == "function":
        return (row["functions"] or "").split(";")[0] or "none"
    if by == "group":
        return groups.get(Path(found.source).name.split(".")[0], "")
    document = row if "kind" in row else _documents(tables).get(found.doc_id, {})
    if by == "kind":
        return document.get("kind") or "other"
    year = document.get("year")
    return f"{int(year) // 10 * 10}s" if year else ""


def _documents(tables: Tables) -> dict[str, Record]:
    return {row["doc_id"]: row for row in tables["documents"]}


def _distances(tables: Tables, unsure: Unsure) -> dict[str, float]:
    """How far each paragraph's least sure decision is from the threshold; paragraphs without any are left out."""
    out: dict[str, float] = {}
    if unsure == "events":
        threshold = shipped().events.threshold
        for e in tables["events"]:
            if e["confidence"] is not None:
                near = abs(e["confidence"] - threshold)
                out[e["paragraph_id"]] = min(near, out.get(e["paragraph_id"], near))
        return out
    for p in tables["paragraphs"]:
        scores = [score for column, score in p.items() if column.startswith("score_") and score is not None]
        if scores:
            out[p["paragraph_id"]] = min(abs(score - 0.5) for score in scores)
    return out


def write(drawn: Sequence[Drawn], out: str | Path, text_of: Callable[[Drawn], str] | None = None) -> list[Path]:
    """Writes a text file for each into ``out/texts`` and what was drawn, from where and how into ``out/sample.csv``.

    The names of the files begin with their numbers, so that no name begins with another. Raises OutputError where texts
    lie there already.
    """
    out = Path(out)
    folder = out / TEXTS
    if folder.exists() and any(folder.iterdir()):
        raise OutputError(f"{folder} holds texts already; give another folder")
    width = max(3, len(str(len(drawn))))
    buffer = io.StringIO(newline="")
    table = csv.writer(buffer)
    table.writerow(COLUMNS)
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number, d in enumerate(drawn, 1):
            stem = "".join(c if c.isalnum() else "_" for c in Path(d.source).stem)[:_LONGEST]
            path = folder / f"{number:0{width}d}_{stem}.txt"
            write_whole(path, (text_of(d) if text_of else d.text).encode("utf-8", "replace"))
            paragraph = "" if d.id == d.doc_id else d.id
            facts = (d.start, d.stratum, d.in_stratum, d.drawn, round(d.in_stratum / d.drawn, 4), d.distance)
            table.writerow([cell(x) for x in (path.name, d.source, d.doc_id, paragraph, *facts)])
            written.append(path)
        write_whole(out / "sample.csv", buffer.getvalue().encode("utf-8-sig", "replace"))
    except OSError as error:
        raise OutputError(f"{out}: {error.strerror}; choose a folder that can be written") from error
    return written
