"""What models learn from: gold with its texts, or tables that were corrected, as labelled paragraphs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from gonghui_nlp.errors import InputError
from gonghui_nlp.evaluation.gold import LABELS, read_gold
from gonghui_nlp.evaluation.measures import Tables, of_kind
from gonghui_nlp.evaluation.sides import are_tables, gold_files, read_side, source_of
from gonghui_nlp.events import Passage
from gonghui_nlp.events.corpus import prepared
from gonghui_nlp.functions.corpus import Example, example_of
from gonghui_nlp.learning.matching import Record
from gonghui_nlp.pipeline import STAGES, Analysis
from gonghui_nlp.pipeline.stages import whole_passages
from gonghui_nlp.readers import read
from gonghui_nlp.schema import Extent, Source
from gonghui_nlp.settings import Settings

TEXTS = "text"
"""The folder beside gold that holds the texts its offsets point into, where `gonghui annotate import` put them."""
ARGUMENTS = ("date", "place", "participants", "organiser", "name", "result")
LISTS = ("headcounts", "amounts", "counts")
# What the pipeline reads over: a line end inside a word.
_BREAK = re.compile(r"[\r\n]+")
# Labels that are nobody's last word teach nothing.
_WEAK = ("weak", "unsure", "repeat")


@dataclass(slots=True)
class Lesson:
    """A paragraph with its labels: its events in offsets of its text, and the functions of it or of parts of it."""

    source: str
    document: str
    kind: str
    headings: tuple[str, ...]
    text: str
    events: list[Record] = field(default_factory=list)
    functions: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)


class Corpora(NamedTuple):
    """What was given to learn from: lessons, and the files that are in the form of a corpus already."""

    lessons: list[Lesson]
    files: list[Path]


def read_corpora(paths: Iterable[str | Path], texts: str | Path | None = None) -> Corpora:
    """Tables in a folder and gold become lessons; all else is a corpus of labelled sentences or paragraphs.

    ``texts`` are the texts of gold, files or folders; left out, they lie in ``text/`` beside it. Raises InputError for
    gold without its text, or of another text: the quote of a record must stand at its offsets.
    """
    lessons: list[Lesson] = []
    files: list[Path] = []
    for path in map(Path, paths):
        if are_tables(path):
            lessons += of_tables(read_side(path).tables)
            continue
        gold = [file for file in gold_files([path]) if _is_gold(file)]
        if gold:
            lessons += _from_gold(gold, texts)
        else:
            files.append(path)
    return Corpora(lessons, files)


def _is_gold(path: Path) -> bool:
    """Whether the first record has a place in a text, as records of gold do and labelled sentences do not."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            first = json.loads(next((line for line in file if line.strip()), "null"))
    except (OSError, ValueError):
        return False
    return isinstance(first, dict) and {"kind", "start", "end"} <= first.keys()


def _from_gold(files: Sequence[Path], texts: str | Path | None) -> Iterator[Lesson]:
    """The lessons of gold files; each folder of texts is read once."""
    folders: dict[Path, list[Path]] = {}
    for file in files:
        folders.setdefault(file.parent / TEXTS if texts is None else Path(texts), []).append(file)
    for folder, mine in folders.items():
        found: dict[Path, Source] = {}
        for source in read(folder) if folder.exists() else ():
            for file in mine:
                if source.status == "ok" and Path(source.name).name.startswith(source_of(file)):
                    found.setdefault(file, source)
        for file in mine:
            if file not in found:
                raise InputError(
                    f"{file}: no text in {folder} begins with {source_of(file)!r}; say with --texts where its text is"
                )
            yield from of_gold(read_gold(file), found[file])


def of_gold(records: Sequence[Record], source: Source) -> Iterator[Lesson]:
    """The paragraphs of a text that gold speaks of, as the pipeline reads them: folded, soft breaks and noise left out.

    >>> text = "一、送温暖\\n看望了18名職工。"
    >>> event = {"kind": "event", "text": "看望了18名職工", "start": 6, "end": 14, "trigger": "看望", "type": "aid", "status": "done"}
    >>> (lesson,) = of_gold([event], Source("a.txt", text))
    >>> lesson.text, lesson.headings, lesson.events[0]["text"]
    ('看望了18名职工。', ('送温暖',), '看望了18名职工')
    """
    analysis = Analysis(source, Settings())
    STAGES["outline"].run([analysis])
    at = _placer(analysis, source)
    events = sorted((*at(r), n, r) for n, r in enumerate(of_kind(records, "event")))
    passages = list(whole_passages(analysis))
    told: dict[int, list[tuple[int, Record]]] = {}
    for record in of_kind(records, "function"):
        start = at(record)[0]
        if (n := _passage_at(passages, start, start + max(12, len(record["text"])))) is not None:
            told.setdefault(n, []).append((max(start, passages[n].start), record))
    for n, passage in enumerate(passages):
        if events or n in told:
            document = f"{source.name}#{passage.constituent}"
            text = analysis.view.text[passage.start : passage.end]
            lesson = Lesson(source.name, document, passage.kind, passage.headings, text)
            inside = ((a, b, r) for a, b, _, r in events if passage.start <= a and b <= passage.end)
            lesson.events = [_event(r, a - passage.start, b - passage.start, text) for a, b, r in inside]
            lesson.functions = _said(text, [(a - passage.start, r) for a, r in told.get(n, ())])
            yield lesson


def _said(text: str, told: Sequence[tuple[int, Record]]) -> list[tuple[str, tuple[str, ...]]]:
    """The functions of a paragraph; running items share one, each with a function of its own."""
    ordered = sorted(told, key=lambda one: one[0])
    edges = [0, *(start for start, _ in ordered[1:]), len(text)]
    parts = zip(ordered, edges, edges[1:], strict=False)
    return [
        (text[low:high], tuple(LABELS.get(label, label) for label in record["labels"]))
        for (_, record), low, high in parts
        if not record.get("unsure")
    ]


def _passage_at(passages: Sequence[Passage], low: int, high: int) -> int | None:
    """The passage that most of the stretch lies in; gold may begin at the mark before it."""
    covered, n = max(((min(high, p.end) - max(low, p.start), -n) for n, p in enumerate(passages)), default=(0, 0))
    return -n if covered > 0 else None


def _placer(analysis: Analysis, source: Source) -> Callable[[Record], tuple[int, int]]:
    def at(record: Record) -> tuple[int, int]:
        found = source.text[record["start"] : record["end"]]
        if "".join(found.split()) != "".join(record["text"].split()) and not record.get("broken"):
            raise InputError(
                f"{source.name}: {record['text']!r} does not stand at {record['start']}-{record['end']}, there is"
                f" {found!r}; give the text that was annotated"
            )
        start, end = analysis.view.range(Extent(record["start"], record["end"]))
        return int(start), int(end)

    return at


def _event(record: Record, start: int, end: int, text: str) -> Record:
    told = {name: _BREAK.sub("", record.get(name) or "") or None for name in ARGUMENTS}
    lists = {name: [_BREAK.sub("", each) for each in record.get(name) or ()] for name in LISTS}
    facts = {"text": text[start:end], "start": start, "end": end, "trigger": record["trigger"]}
    weak = {"weak": True} if any(record.get(mark) for mark in _WEAK) else {}
    return (
        facts
        | {"type": record["type"], "also": list(record.get("also") or []), "status": record["status"]}
        | told
        | lists
        | weak
    )


def of_tables(tables: Tables) -> Iterator[Lesson]:
    """The paragraphs of tables with what stands in their rows, a row that is no more counted left out."""
    kinds = {row["doc_id"]: row["kind"] for row in tables["documents"]}
    sections = {row["section_id"]: row for row in tables["sections"]}
    told: dict[str, list[Record]] = {}
    for row in tables["events"]:
        if row["counted"] is not False:
            told.setdefault(row["paragraph_id"], []).append(row)
    for pieces in _joined(tables["paragraphs"], told):
        first, text = pieces[0], "".join(piece["text"] for piece in pieces)
        headings = _headings(sections, first["section_id"])
        lesson = Lesson(first["source"], first["doc_id"], kinds.get(first["doc_id"], "other"), headings, text)
        lesson.functions = [(p["text"], tuple(filter(None, (p["functions"] or "").split(";")))) for p in pieces]
        rows = (row for piece in pieces for row in told.get(piece["paragraph_id"], ()))
        lesson.events = [
            _event(_listed(row), _within(pieces, row["start"]), _within(pieces, row["end"]), text) for row in rows
        ]
        yield lesson


def _listed(row: Record) -> Record:
    """The row with its quantities as lists."""
    return {**row, **{name: (row[name] or "").split(";") if row[name] else [] for name in LISTS}}


def _joined(paragraphs: Iterable[Record], told: Mapping[str, Sequence[Record]]) -> Iterator[list[Record]]:
    """The paragraphs one by one; those that an activity runs over the line end of are one."""
    pieces: list[Record] = []
    reach = 0
    for p in paragraphs:
        if pieces and (reach <= pieces[-1]["end"] or p["doc_id"] != pieces[0]["doc_id"]):
            yield pieces
            pieces, reach = [], 0
        pieces.append(p)
        reach = max(reach, *(row["end"] for row in told.get(p["paragraph_id"], ())), 0)
    if pieces:
        yield pieces


def _within(pieces: Sequence[Record], offset: int) -> int:
    """The offset of the text in the pieces put together."""
    at = 0
    for piece in pieces:
        if offset <= piece["end"]:
            return int(at + max(0, offset - piece["start"]))
        at += len(piece["text"])
    return at


def _headings(sections: dict[str, Record], section: str | None) -> tuple[str, ...]:
    found: list[str] = []
    while section and section in sections:
        row = sections[section]
        found[:0] = [row["title"]] if row["title"] else []
        section = row["parent_id"]
    return tuple(found)


def for_events(lessons: Sequence[Lesson]) -> Iterator[Record]:
    """The lessons as records of ``corpora/events``; none where nobody labelled an event."""
    if not any(lesson.events for lesson in lessons):
        return
    # Who labelled no argument of any event left them open; they were not found to be lacking.
    partial = not any(event[name] for lesson in lessons for event in lesson.events for name in ARGUMENTS)
    by_source: dict[str, list[Record]] = {}
    for lesson in lessons:
        record = {"unit": lesson.document, "kind": lesson.kind, "headings": list(lesson.headings), "text": lesson.text}
        by_source.setdefault(lesson.source, []).append(record | {"events": lesson.events, "partial": partial})
    for source, records in by_source.items():
        yield from prepared(records, source)


def for_functions(lessons: Iterable[Lesson]) -> Iterator[Example]:
    """The lessons as examples of the function classifier; texts of one source are a family."""
    for lesson in lessons:
        for text, labels in lesson.functions:
            if text.strip():
                yield example_of(
                    {
                        "text": text,
                        "functions": list(labels),
                        "headings": list(lesson.headings),
                        "family": lesson.source,
                    }
                )
