"""What decided that a stretch is an event, and of which type: the features that weighed most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gonghui_nlp.events import detection, typing
from gonghui_nlp.events.belief import believe
from gonghui_nlp.events.candidates import read, starts_of
from gonghui_nlp.events.models import models_of
from gonghui_nlp.events.pairs import codes
from gonghui_nlp.events.passages import Passage
from gonghui_nlp.quantities import scan
from gonghui_nlp.schema import Document, Event
from gonghui_nlp.text.normalize import fold

Weighed = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class EventExplanation:
    """The heaviest features, each with its weight: for and against its being an event, and for its type."""

    for_it: Weighed = ()
    against_it: Weighed = ()
    for_its_type: Weighed = ()


def explain(document: Document, event: Event, strongest: int = 5) -> EventExplanation:
    """What spoke for an event of a Document, read from its paragraph alone; empty where no candidate stands there.

    Names: ``head=`` its trigger, ``tag`` what the tagger believes, ``=``, ``<`` and ``>`` pairs of characters in it,
    before and behind it, ``class`` what its words are about; for the type also ``rules`` (their guess), ``begins`` and ``ends``.

    >>> import gonghui_nlp as gh
    >>> doc = gh.analyze("3月8日，组织86名女教工参加健步行活动。")
    >>> len(explain(doc, doc.events[0]).for_it)
    5
    """
    paragraph = document.paragraph_of(event)
    if paragraph is None:
        return EventExplanation()
    text = fold(paragraph.text)
    headings = tuple(fold(heading.text) for heading in document.headings_of(paragraph))
    constituent = document.constituent_of(paragraph)
    kind = constituent.kind if constituent else "other"
    passages = [Passage(0, len(text), headings, ((0, 0),) * len(headings), kind)]
    models, points = models_of(document.settings), codes(text)
    (belief,) = believe([(points, passages)], models.tagger)
    found = read(text, passages, starts_of(scan(text)), belief, points)
    start, end = event.start - paragraph.start, event.end - paragraph.start
    for (mention, _, _), named in zip(found.rivals[0], found.named, strict=True):
        if mention.start < end and start < mention.end:
            chosen = mention.typed(mention.type, mention.settled)
            said = detection.weights(models.events, [*named, *detection.pairs(text, mention)])
            kinds = models.types.linear.column(event.type) if event.type in models.types.labels else {}
            types = {name: kinds[name] for name in typing.evidence(text, chosen, found.classes) if name in kinds}
            return EventExplanation(
                _heaviest(said, 1, strongest), _heaviest(said, -1, strongest), _heaviest(types, 1, strongest)
            )
    return EventExplanation()


def _heaviest(weights: Mapping[str, float], sign: int, strongest: int) -> Weighed:
    ordered = sorted(((n, round(w, 3)) for n, w in weights.items() if w * sign > 0), key=lambda x: (-abs(x[1]), x[0]))
    return tuple(ordered[:strongest])
