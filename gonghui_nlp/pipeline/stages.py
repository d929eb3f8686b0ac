"""Stages: what each room does to a text, by name, and how a stage of one's own is written."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from gonghui_nlp.errors import InputError
from gonghui_nlp.events import Passage, Task, extract_many, models_of
from gonghui_nlp.functions import Labelled, classifier_of
from gonghui_nlp.named import named
from gonghui_nlp.outline import Structure, read_structure
from gonghui_nlp.pipeline.analysis import SHIPPED, Analysis, Found, Told
from gonghui_nlp.quantities import Quantities, scan
from gonghui_nlp.schema import Document, Finding, RawOffset, ViewOffset, numbered


@dataclass(frozen=True, slots=True)
class Stage:
    """One step over an analysis.

    ``find`` gets the Analysis so far and returns the stage's records; it never changes what is there. A stage of
    one's own returns Findings of the raw text (``analysis.to_raw`` moves what was found in ``analysis.view.text``);
    they get ids of its name and a number, and stand in ``Document.more`` under its name. A stage with the name of a
    shipped one takes its place and returns what that one does. ``needs`` are stages that must run before it.
    ``find_many`` does the same for many texts at once, where that is quicker.

    >>> import gonghui_nlp as gh
    >>> find = lambda analysis: [Finding(0, 2, analysis.text[:2])]
    >>> doc = gh.analyze("工会慰问", stages=[Stage("beginnings", find)])
    >>> doc.more["beginnings"][0].id
    'beginnings1'
    """

    name: str
    find: Callable[[Analysis], Any]
    needs: tuple[str, ...] = ()
    find_many: Callable[[Sequence[Analysis]], Sequence[Any]] | None = None

    def __post_init__(self) -> None:
        if not self.name.isidentifier() or (self.name in _TAKEN and self.name not in SHIPPED):
            raise InputError(f"a stage cannot be called {self.name!r}; give a name that no field of a Document has")

    def run(self, analyses: Sequence[Analysis]) -> None:
        """Hands in what the stage finds in each of the texts."""
        many = self.find_many(analyses) if self.find_many else map(self.find, analyses)
        for analysis, found in zip(analyses, many, strict=True):
            analysis.hand_in(self.name, found if self.name in SHIPPED else self._checked(analysis, found))

    def _checked(self, analysis: Analysis, found: Any) -> Found:
        records = list(found) if isinstance(found, Iterable) else [found]
        for record in records:
            if not isinstance(record, Finding):
                raise InputError(f"stage {self.name!r} returned a {type(record).__name__}; it must return Findings")
            if analysis.text[record.start : record.end] != record.text:
                raise InputError(
                    f"stage {self.name!r} returned {record.text!r} at {record.start}-{record.end}, where the text has"
                    f" {analysis.text[record.start : record.end]!r}; offsets found in the view go through to_raw"
                )
        return numbered(sorted(records, key=lambda r: (r.start, r.end)), self.name)


_TAKEN = frozenset(Document.__dataclass_fields__) | {"sources", "documents", "activities", "overview"}


def _outline(analysis: Analysis) -> Structure:
    return read_structure(analysis.folded, analysis.source.headings)


def _quantities(analysis: Analysis) -> Quantities[ViewOffset]:
    view = analysis.view
    return scan(view.text, {view.at(RawOffset(start)) for start, _ in analysis.structure.soft_breaks})


def _events(analyses: Sequence[Analysis]) -> list[Told]:
    """The events of a batch of texts at once."""
    settings = analyses[0].settings
    tasks = [Task(a.view.text, list(whole_passages(a)), a.quantities) for a in analyses]
    return cast("list[Told]", extract_many(tasks, models_of(settings), settings.min_confidence))


def whole_passages(analysis: Analysis) -> Iterator[Passage]:
    """The passages of a text; what a soft break alone parts is one: 慰问了困难职⏎工12名."""
    passages, at = analysis.passages, 0
    goes_on = [*_continues(analysis.structure)]
    while at < len(passages):
        behind = at + 1
        while behind < len(passages) and goes_on[behind] and passages[behind].headings == passages[at].headings:
            behind += 1
        yield passages[at] if behind == at + 1 else replace(passages[at], end=passages[behind - 1].end)
        at = behind


def _functions(analyses: Sequence[Analysis]) -> list[list[Labelled]]:
    """The labels of all paragraphs of a batch of texts at once."""
    settings = analyses[0].settings
    labelled = iter(
        classifier_of(settings).classify(
            [a.view.text[p.start : p.end] for a in analyses for p in a.passages],
            [p.headings for a in analyses for p in a.passages],
            events=[told for a in analyses for told in _told(a)],
            continues=[goes_on for a in analyses for goes_on in _continues(a.structure)],
            scheme=settings.scheme,
            folded=True,
            cues=settings.cues,
        )
    )
    return [[next(labelled) for _ in a.passages] for a in analyses]


def _told(analysis: Analysis) -> Iterator[list[tuple[str, float]]]:
    """For each passage the types of its events and how sure they are; none where no stage looked for events."""
    events = sorted(analysis.events, key=lambda event: event.start)
    begins = [event.start for event in events]
    for p in analysis.passages:
        inside = events[bisect_left(begins, p.start) : bisect_left(begins, p.end)]
        yield [(event.type, event.confidence) for event in inside]


def _continues(structure: Structure) -> Iterator[bool]:
    """For each paragraph, whether a soft break alone separates it from the one before: one sentence goes on."""
    breaks = [start for start, _ in structure.soft_breaks]
    before = len(breaks)
    for p in structure.paragraphs:
        yield before < bisect_left(breaks, p.start)
        before = bisect_left(breaks, p.end)


STAGES: dict[str, Stage] = {
    stage.name: stage
    for stage in (
        Stage("outline", _outline),
        Stage("quantities", _quantities),
        Stage("events", lambda a: _events([a])[0], needs=("outline",), find_many=_events),
        Stage("functions", lambda a: _functions([a])[0], needs=("outline",), find_many=_functions),
    )
}
"""The stages that come with the package, in their order: documents, sections and paragraphs; amounts, headcounts,
counts and dates; events; the functions of paragraphs."""


def stage_of(given: str | Stage) -> Stage:
    """A stage by its name, or by ``module:NAME`` where a module of one's own holds it.

    >>> stage_of("events").needs
    ('outline',)
    """
    if isinstance(given, Stage):
        return given
    if isinstance(given, str) and given in STAGES:
        return STAGES[given]
    if not isinstance(given, str) or ":" not in given:
        raise InputError(f"no stage {given!r}; there are {', '.join(STAGES)}, a Stage of your own, or module:NAME")
    return cast(Stage, named(given, Stage, "stage"))
