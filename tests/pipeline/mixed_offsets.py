"""Offsets of the raw text and of a View where they must not be mixed, for mypy alone: it runs over this file.

Each ``type: ignore`` stands where mypy must refuse; where it did not, it would call the ignore unused.
"""

from collections.abc import Sequence

from gonghui_nlp import find_quantities
from gonghui_nlp.outline import Structure
from gonghui_nlp.pipeline import Analysis
from gonghui_nlp.quantities import Quantities, scan
from gonghui_nlp.schema import Amount, Document, Event, Issue, RawOffset, Section, Source, ViewOffset
from gonghui_nlp.text.offsets import Mover, Rereader, View


def through_the_view(view: View, raw: RawOffset, seen: ViewOffset) -> None:
    view.start(raw)  # type: ignore[arg-type]
    view.at(seen)  # type: ignore[arg-type]
    view.span(seen, raw)  # type: ignore[arg-type]
    view.start(view.start(seen))  # type: ignore[arg-type]
    view.at(view.start(seen))


def records_through_the_view(view: View, doc: Document, analysis: Analysis) -> None:
    view.range(analysis.quantities.amounts[0])  # type: ignore[arg-type]
    view.range(analysis.events[0])  # type: ignore[arg-type]
    view.range(analysis.events[0].trigger)  # type: ignore[arg-type]
    view.range(doc.amounts[0])
    view.range(analysis.structure.sections[0])


def through_the_mover(mover: Mover, rereader: Rereader, doc: Document, analysis: Analysis) -> None:
    mover.all(doc.events)  # type: ignore[arg-type]
    mover.all(analysis.structure.issues)  # type: ignore[arg-type]
    mover.all(mover.all(analysis.quantities.dates))  # type: ignore[arg-type]
    rereader.all(analysis.quantities.dates)  # type: ignore[type-var]
    mover.all(analysis.events)
    rereader.all(analysis.structure.sections)


def into_a_document(analysis: Analysis, seen: Sequence[Issue[ViewOffset]]) -> None:
    Document("", amounts=analysis.quantities.amounts)  # type: ignore[arg-type]
    Document("", events=tuple(analysis.events))  # type: ignore[arg-type]
    Source("", "", issues=tuple(seen))  # type: ignore[arg-type]
    Structure(issues=tuple(seen))  # type: ignore[arg-type]
    Document("", amounts=analysis.mover.all(analysis.quantities.amounts))


def between_rooms(analysis: Analysis, doc: Document) -> None:
    analysis.hand_in("quantities", find_quantities(""))  # type: ignore[arg-type]
    analysis.hand_in("events", (doc.events, doc.issues))  # type: ignore[arg-type]
    analysis.places.section(analysis.events[0].start)  # type: ignore[arg-type]
    analysis.hand_in("quantities", scan(""))
    analysis.places.section(doc.events[0].start)


def what_is_found(doc: Document) -> None:
    raw: Quantities[RawOffset] = scan("")  # type: ignore[assignment]
    seen: Quantities[ViewOffset] = find_quantities("")  # type: ignore[assignment]
    amount: Amount[ViewOffset] = doc.amounts[0]  # type: ignore[assignment]
    event: Event[ViewOffset] = doc.events[0]  # type: ignore[assignment]
    section: Section[ViewOffset] = doc.sections[0]  # type: ignore[assignment]
    # Where it is all the same, no more is said.
    told: list[Amount] = [*doc.amounts, *scan("").amounts]
    del raw, seen, amount, event, section, told
