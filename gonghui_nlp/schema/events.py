"""The record of an activity."""

from __future__ import annotations

from dataclasses import dataclass

from gonghui_nlp.schema.labels import Status, StatusBy
from gonghui_nlp.schema.quantities import Date
from gonghui_nlp.schema.showing import shown
from gonghui_nlp.schema.spans import Finding, Offset, Span


@dataclass(frozen=True, slots=True)
class Event(Finding[Offset]):
    """One concrete activity: the nucleus from the trigger to the end of its object, and its arguments.

    Arguments are Spans of the same source; ``date`` may stand outside the event's own clause (a month heading).
    Links run from the event to what was found before it: ``date_ids`` are the dates of the Document that ``date``
    rests on (none for 每年, two for 元旦、春节), the other ids its quantities, all in the order of the text.
    ``Document.get`` has the records behind ids, ``Document.event_of`` the way back. ``repeats`` is the id of the
    telling this one repeats; ``Document.activities`` leaves such retellings out.
    """

    trigger: Span[Offset]
    type: str
    status: Status
    status_by: StatusBy
    name: Span[Offset] | None = None
    date: Date[Offset] | None = None
    place: Span[Offset] | None = None
    organiser: Span[Offset] | None = None
    participants: Span[Offset] | None = None
    result: Span[Offset] | None = None
    date_ids: tuple[str, ...] = ()
    headcount_ids: tuple[str, ...] = ()
    amount_ids: tuple[str, ...] = ()
    count_ids: tuple[str, ...] = ()
    confidence: float = 1.0
    repeats: str | None = None

    def _repr_html_(self) -> str | None:
        return shown(self)
