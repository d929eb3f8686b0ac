"""The way through the house: a text becomes a Document, stage by stage."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import cast

from gonghui_nlp.errors import InputError
from gonghui_nlp.pipeline.analysis import SHIPPED, Analysis
from gonghui_nlp.pipeline.stages import STAGES, Stage, stage_of
from gonghui_nlp.quantities import Quantities
from gonghui_nlp.quantities.found import Measure
from gonghui_nlp.resources import opened, using
from gonghui_nlp.schema import Document, RawOffset, Source
from gonghui_nlp.settings import Settings

__all__ = ["SHIPPED", "STAGES", "Analysis", "Pipeline", "Stage", "analyze", "analyze_many", "find_quantities"]

# Characters and texts that go through a stage together: enough to keep numpy busy, little enough to hold.
_BATCH, _TEXTS = 100_000, 500
# The first batches are small, each twice the one before: what comes of them comes soon.
_FIRST = 3_000

Stages = Sequence[str | Stage]


class Pipeline:
    """Stages in their order and the settings they run with.

    ``stages`` are names of shipped ones (outline, quantities, events, functions), Stages of one's own, or
    ``module:NAME`` for such a one; all shipped ones when left out. Raises InputError for an unknown stage, one named
    twice, or one that stands before a stage it needs.

    >>> doc = Pipeline(["outline", "quantities"]).analyze("一、送温暖\\n看望了18名患病职工。")
    >>> len(doc.headcounts), doc.events, doc.paragraphs[0].functions
    (1, (), ())
    """

    def __init__(self, stages: Stages | None = None, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        if isinstance(stages, str):
            raise InputError(f"stages is {stages!r}; give a list of stages")
        self.stages = tuple(map(stage_of, stages if stages is not None else self.settings.stages or SHIPPED))
        opened(self.settings.resources)  # what is wrong with them is said now, not at the first text
        names = [stage.name for stage in self.stages]
        for i, stage in enumerate(self.stages):
            if stage.name in names[:i]:
                raise InputError(f"stage {stage.name!r} stands twice in {', '.join(names)}")
            if missing := [need for need in stage.needs if need not in names[:i]]:
                raise InputError(f"stage {stage.name!r} needs {missing[0]!r} before it; stages are {', '.join(names)}")

    def without(self, *names: str) -> Pipeline:
        """The pipeline with some stages left out.

        >>> [stage.name for stage in Pipeline().without("functions").stages]
        ['outline', 'quantities', 'events']
        """
        if unknown := set(names) - {stage.name for stage in self.stages}:
            raise InputError(f"no stage {min(unknown)!r} to leave out")
        return Pipeline([stage for stage in self.stages if stage.name not in names], self.settings)

    def with_stage(self, stage: str | Stage, after: str | None = None) -> Pipeline:
        """The pipeline with a stage more, behind the one called ``after`` or at the end; one of its name is replaced.

        >>> [stage.name for stage in Pipeline().with_stage(Stage("areas", lambda a: []), after="quantities").stages]
        ['outline', 'quantities', 'areas', 'events', 'functions']
        """
        new, names = stage_of(stage), [stage.name for stage in self.stages]
        stages = list(self.stages)
        if new.name in names:
            stages[names.index(new.name)] = new
        elif after is not None and after not in names:
            raise InputError(f"no stage {after!r} to stand behind; stages are {', '.join(names)}")
        else:
            stages.insert(len(names) if after is None else names.index(after) + 1, new)
        return Pipeline(stages, self.settings)

    def analyze(self, text: str | Source) -> Document:
        """What the stages find in one text."""
        return self._run([text])[0].document

    def analyze_many(self, texts: Iterable[str | Source]) -> Iterator[Document]:
        """The Documents of many texts or Sources in their order, the same as :meth:`analyze` gives; quicker."""
        if isinstance(texts, (str, Source)):
            raise InputError("analyze_many takes several texts; use analyze for one")
        return self._batches(texts)

    def _batches(self, texts: Iterable[str | Source]) -> Iterator[Document]:
        batch: list[Source] = []
        size, most = 0, _FIRST
        for text in texts:
            batch.append(_source(text))
            size += len(batch[-1].text)
            if size >= most or len(batch) >= _TEXTS:
                yield from (analysis.document for analysis in self._run(batch))
                batch, size, most = [], 0, min(2 * most, _BATCH)
        yield from (analysis.document for analysis in self._run(batch))

    def _run(self, texts: Sequence[str | Source]) -> list[Analysis]:
        with using(opened(self.settings.resources)), _no_search_for_cycles():
            analyses = [Analysis(_source(text), self.settings) for text in texts]
            for stage in self.stages if analyses else ():
                stage.run(analyses)
        return analyses


def analyze(text: str | Source, settings: Settings | None = None, *, stages: Stages | None = None) -> Document:
    """Everything the toolkit finds in one text, as a frozen Document with offsets into ``text``.

    ``stages`` are the stages to run, all when left out: see :class:`Pipeline`. Any string gives a Document, whatever
    dirt is in it; anything else raises InputError.

    >>> doc = analyze("一、送温暖\\n春节前看望了18名患病教职工，发放慰问金9600元。")
    >>> doc.events[0].text, doc.amounts[0].value, doc.sections[0].title.text
    ('看望了18名患病教职工', 9600, '送温暖')
    """
    return Pipeline(stages, settings).analyze(text)


def analyze_many(
    texts: Iterable[str | Source], settings: Settings | None = None, *, stages: Stages | None = None
) -> Iterator[Document]:
    """The Documents of many texts or Sources in their order, the same as :func:`analyze` gives; quicker.

    Texts are read a few at a time, so that the classifier has a batch to work on.
    """
    return Pipeline(stages, settings).analyze_many(texts)


def find_quantities(text: str | Source, settings: Settings | None = None) -> Quantities[RawOffset]:
    """The quantities of a raw text without the rest, the same as :func:`analyze` finds.

    >>> [(h.text, h.value) for h in find_quantities("看望了1\\n8名患病职工。").headcounts]
    [('1\\n8名', 18)]
    """
    (analysis,) = Pipeline(["outline", "quantities"], settings)._run([text])
    doc = analysis.document
    found = analysis.quantities
    measures = cast("tuple[Measure[RawOffset], ...]", analysis.to_raw(found.measures))
    return Quantities(doc.amounts, doc.headcounts, doc.counts, doc.dates, analysis.mover.all(found.issues), measures)


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """The cyclic garbage collector rests: a batch makes no cycles, and looking for them took a fourteenth of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _source(text: str | Source) -> Source:
    if isinstance(text, Source):
        return text
    if isinstance(text, str):
        return Source("", text, status="ok" if text.strip() else "empty")
    raise InputError(f"analyze takes a str or a Source, not {type(text).__name__}; use read(path) for files")
