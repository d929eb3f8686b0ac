"""Who held it: the unit in front of the verb, or the one behind 举办的 inside the mention."""

from __future__ import annotations

from gonghui_nlp.events.arguments.fillers import Stretch
from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.resources import patterns

_held_by = patterns.pattern("events", "held_by")
_somebody_held = patterns.pattern("events", "somebody_held")
_subject = patterns.pattern("events", "subject")


def organiser(text: str, mention: Mention) -> Stretch | None:
    """The unit that held the activity, as written in the same clause; None when the clause names none."""
    # What every match must hold is looked for first: the whole pattern tries every place anew.
    if text.find("的", mention.start, mention.end) >= 0 and _somebody_held().search(text, mention.start, mention.end):
        held = _held_by().search(text, mention.start, mention.end)
        if held:
            return held.span("who")
    low = max(mention.clause.start, mention.start - 40)
    subject = _subject().search(text, low, mention.start)
    if subject is None and low > mention.clause.sentence:
        # 校工会于3月8日，在操场举办…: the subject stands in the clause that opens the sentence
        subject = _subject().match(text, mention.clause.sentence, mention.clause.start)
    return subject.span("who") if subject else None
