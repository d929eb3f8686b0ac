"""What models learn from: gold with its texts, or tables that were corrected, as labelled paragraphs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
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
        inside = [(a, b, r) for a, b, _, r in events if passage.start <= a and b <= passage.end]
        said = sorted(told.get(n, ()), key=lambda one: one[0])
        if not events and not said:
            continue
        lesson = Lesson(
            source.name,
            f"{source.name}#{passage.constituent}",
            passage.kind,
            passage.headings,
            analysis.view.text[passage.start : passage.end],
        )
        # Running items share a paragraph, each with a function of its own.
        ends = [*(start for start, _ in said[1:]), passage.end][: len(said)]
        for (start, record), end in zip(said, ends, strict=True):
            if not record.get("unsure"):
                begin = passage.start if start == said[0][0] else start
                labels = tuple(LABELS.get(label, label) for label in record["labels"])
                lesson.functions.append((analysis.view.text[begin:end], labels))
        lesson.events = [_event(r, a - passage.start, b - passage.start, lesson.text) for a, b, r in inside]
        yield lesson


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
    rows = iter([*tables["paragraphs"], None])
    p = next(rows)
    while p is not None:
        pieces, events = [p], [*told.get(p["paragraph_id"], ())]
        # An activity that runs over the end of its line joins the paragraphs that the line end parted.
        while (p := next(rows)) is not None and any(e["end"] > pieces[-1]["end"] for e in events):
            if p["doc_id"] != pieces[0]["doc_id"]:
                break
            pieces.append(p)
            events += told.get(p["paragraph_id"], ())
        first = pieces[0]
        headings = _headings(sections, first["section_id"])
        text = "".join(piece["text"] for piece in pieces)
        lesson = Lesson(first["source"], first["doc_id"], kinds.get(first["doc_id"], "other"), headings, text)
        lesson.functions = [
            (piece["text"], tuple(filter(None, (piece["functions"] or "").split(";")))) for piece in pieces
        ]
        for row in events:
            lists = {name: (row[name] or "").split(";") if row[name] else [] for name in LISTS}
            start, end = _within(pieces, row["start"]), _within(pieces, row["end"])
            lesson.events.append(_event({**row, **lists}, start, end, text))
        yield lesson


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
