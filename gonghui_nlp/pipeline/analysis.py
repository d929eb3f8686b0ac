"""One text on its way through the stages: what each has found, and the Document made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

from gonghui_nlp.errors import InputError
from gonghui_nlp.events import Passage
from gonghui_nlp.functions import BETWEEN_HEADINGS, NO_LABELS, Labelled, labels_of
from gonghui_nlp.outline import Structure
from gonghui_nlp.quantities import Quantities
from gonghui_nlp.schema import (
    Containment,
    Document,
    Event,
    Extent,
    Finding,
    Issue,
    Source,
    Span,
    ViewOffset,
    changed,
    numbered,
)
from gonghui_nlp.settings import Settings
from gonghui_nlp.text.normalize import fold, foreign
from gonghui_nlp.text.offsets import Mover, Rereader, View

E = TypeVar("E", bound=Extent)

Told = tuple[Sequence[Event[ViewOffset]], Sequence[Issue[ViewOffset]]]
Found = Structure | Quantities[ViewOffset] | Told | Sequence[Labelled] | tuple[Finding, ...]
"""What a stage hands in."""


class Analysis:
    """What a stage gets: the text, and all that the stages before it found. Nothing handed in is ever changed.

    ``folded`` has the raw text's length and offsets. ``view`` is what rules read, the folded text without what
    interrupts it; :meth:`to_raw` moves what was found there to the raw text. ``document`` is the Document so far.
    """

    def __init__(self, source: Source, settings: Settings) -> None:
        self.source, self.settings = source, settings
        self.folded = fold(source.text)
        self._found: dict[str, Found] = {}
        self._made: dict[str, Any] = {}

    @property
    def found(self) -> Mapping[str, Found]:
        """What each stage handed in, by its name."""
        return dict(self._found)

    def hand_in(self, stage: str, found: Found) -> None:
        """Takes what a stage found, once."""
        if stage in self._found:
            raise InputError(f"stage {stage!r} has handed in its findings already; each stage runs once")
        self._found[stage] = found
        # Only what is made of all findings is made anew; the view and the passages stand when the outline does.
        self._made.pop("document", None)
        if stage == "outline":
            self._made.clear()

    @property
    def text(self) -> str:
        """The raw text."""
        return self.source.text

    @property
    def structure(self) -> Structure:
        """What the outline stage found, in raw offsets and folded words; empty without it."""
        found = self._found.get("outline")
        return found if isinstance(found, Structure) else Structure()

    @property
    def quantities(self) -> Quantities[ViewOffset]:
        """What the quantities stage found, in offsets of the view; empty without it."""
        found = self._found.get("quantities")
        return found if isinstance(found, Quantities) else Quantities()

    @property
    def view(self) -> View:
        """The text as rules read it."""
        if "view" not in self._made:
            cuts = (*foreign(self.folded), *self.structure.soft_breaks, *self.structure.noise)
            self._made["view"] = View(self.text, cuts, self.folded)
        view: View = self._made["view"]
        return view

    @property
    def places(self) -> Containment:
        """What lies in what, by the outline."""
        if "places" not in self._made:
            s = self.structure
            self._made["places"] = Containment(s.constituents, s.sections, s.paragraphs)
        places: Containment = self._made["places"]
        return places

    @property
    def passages(self) -> list[Passage]:
        """The body paragraphs in view offsets, each with the headings it stands under and its document's kind."""
        if "passages" not in self._made:
            self._made["passages"] = list(self._passages())
        passages: list[Passage] = self._made["passages"]
        return passages

    def _passages(self) -> Iterable[Passage]:
        number = {c.id: n for n, c in enumerate(self.structure.constituents)}
        for p in self.structure.paragraphs:
            topics, around = self.places.topics(p.start), self.places.constituent(p.start)
            yield Passage(
                *self.view.range(p),
                tuple(topic.text for topic in topics),
                tuple(self.view.range(topic) for topic in topics),
                "other" if around is None else around.kind,
                -1 if around is None else number[around.id],
            )

    def to_raw(self, records: Iterable[E]) -> tuple[E, ...]:
        """Records of one's own found in ``view.text``, moved to the raw text with all their words.

        >>> analysis = Analysis(Source("", "占地１２亩"), Settings())
        >>> analysis.to_raw([Finding(2, 5, "12亩")])[0].text
        '１２亩'
        """
        return tuple(map(self.mover.moved, records))

    @property
    def mover(self) -> Mover:
        """What moves records found in the view to the raw text."""
        if "mover" not in self._made:
            self._made["mover"] = Mover(self.view, self.folded)
        mover: Mover = self._made["mover"]
        return mover

    @property
    def document(self) -> Document:
        """The Document of what was found so far, in raw offsets and raw words."""
        if "document" not in self._made:
            self._made["document"] = self._document()
        document: Document = self._made["document"]
        return document

    def _document(self) -> Document:
        structure, quantities = self.structure, self.quantities
        move, reread = self.mover.all, Rereader(self.text, self.folded).all
        events, told = self._events_and_issues()
        issues = [*self.source.issues, *reread(structure.issues), *move((*quantities.issues, *told))]
        labels = labels_of(self.settings) if "functions" in self._found else NO_LABELS
        more = {name: found for name, found in self._found.items() if name not in SHIPPED}
        for measure in self.to_raw(quantities.measures):
            more[measure.kind] = (*more.get(measure.kind, ()), measure)  # type: ignore[misc]
        return Document(
            self.text,
            self.source.name,
            constituents=reread(structure.constituents),
            sections=reread(structure.sections),
            paragraphs=reread(self._paragraphs()),
            events=move(events),
            amounts=move(quantities.amounts),
            headcounts=move(quantities.headcounts),
            counts=move(quantities.counts),
            dates=move(quantities.dates),
            issues=numbered(sorted(issues, key=lambda i: (i.start, i.end, i.code)), "i"),
            source=self.source,
            settings=self.settings,
            more=cast("dict[str, tuple[Finding, ...]]", more),
            **labels,
        )

    @property
    def events(self) -> Sequence[Event[ViewOffset]]:
        """What the events stage found, in offsets of the view; empty without it."""
        return self._events_and_issues()[0]

    def _events_and_issues(self) -> Told:
        found = self._found.get("events")
        return found if isinstance(found, tuple) and len(found) == 2 else ((), ())  # type: ignore[return-value]

    def _paragraphs(self) -> Iterable[Any]:
        labelled = self._found.get("functions")
        for i, p in enumerate(self.structure.paragraphs):
            if labelled is None:
                yield p
            else:
                x: Labelled = labelled[i]  # type: ignore[index, assignment]
                yield changed(p, functions=x.functions, sub=x.sub, scores=x.scores, cues=self._cues(x, i))

    def _cues(self, labelled: Labelled, i: int) -> tuple[Span, ...]:
        """The words that spoke for the label of paragraph ``i``, in its text or in the headings it stands under."""
        passage, out = self.passages[i], []
        for word in labelled.cues:
            if word.heading:
                topics = self.places.topics(self.structure.paragraphs[i].start)
                start, end = _in_headings(word.start, word.end, topics)
            else:
                viewed = ViewOffset(passage.start + word.start), ViewOffset(passage.start + word.end)
                start, end = self.view.span(*viewed)
            out.append(Span(start, end, self.text[start:end]))
        return tuple(out)


SHIPPED = ("outline", "quantities", "events", "functions")
"""The names of the stages that come with the package, in their order."""


def _in_headings(start: int, end: int, topics: Sequence[Span]) -> tuple[int, int]:
    """Where a stretch of the heading path, joined innermost first, stands in the text."""
    at = 0
    for topic in reversed(topics):
        length = topic.end - topic.start
        if start < at + length or topic is topics[0]:
            return topic.start + start - at, topic.start + min(end - at, length)
        at += length + len(BETWEEN_HEADINGS)
    return 0, 0
