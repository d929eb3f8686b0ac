"""Who may have taken part, by what stands around the words: no list of nouns knows 机修班 or 行动不便的老人."""

from __future__ import annotations

from collections.abc import Iterator

from gonghui_nlp.events.arguments.fillers import Filler
from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.resources import patterns

_sent = patterns.pattern("events", "sent")
_faced = patterns.pattern("events", "faced")
_time = patterns.pattern("events", "time_in_front")
_doing = patterns.pattern("events", "doing")
_leads = patterns.pattern("events", "actor_leads")
_trails = patterns.pattern("events", "actor_trails")
REACH, BEHIND = 30, 12  # characters in front of a mention and behind its head that are searched
LONGEST, NUMBER = 40, 10  # characters of an actor, and of the number behind it


def actors(text: str, mention: Mention) -> list[Filler]:
    """Every stretch around a mention that may say who took part; ``how`` says what it stands behind.

    Those sent or called (请…作), those faced (为…办, 由…承办), the subject of the clause, the object of the verb.
    """
    found: list[Filler] = []
    for start, end, how in _found(text, mention):
        start, end = _bare(text, start, end)
        if 2 <= end - start <= LONGEST:
            found.append(Filler(start, end, how))
    return found


def _found(text: str, mention: Mention) -> Iterator[tuple[int, int, str]]:
    low = max(mention.clause.start, mention.start - REACH)
    for m in _sent().finditer(text, low, mention.end):
        yield *m.span("who"), "sent"
    for m in _faced().finditer(text, low, min(mention.end, mention.head.end + BEHIND)):
        yield *m.span("who"), "faced " + m[0][0]
    yield from _subject(text, mention)
    yield from _object(text, mention)


def _subject(text: str, mention: Mention) -> Iterator[tuple[int, int, str]]:
    """What heads the clause, behind its time: up to what speaks of the doing, and up to the verb."""
    start, first = mention.clause.start, mention.first
    time = _time().match(text, start, first)
    if time:
        start = time.end()
    while start < first and text[start] in "由经 ":
        start += 1
    m = _doing().match(text, start, first)
    if m:
        yield *m.span("who"), "subject"
        if m.end() < first:
            yield start, first, "subject whole"


def _object(text: str, mention: Mention) -> Iterator[tuple[int, int, str]]:
    """What a verb is done to, and of whom it is: 修好老校工的门."""
    last = mention.words[-1]
    start = last.end if last.entry.role == "verb" else mention.head.end
    if mention.head.entry.role != "verb" or start >= mention.end:
        return
    end = next((quote.start for quote in mention.quotes if quote.start >= start), mention.end)
    yield start, end, "object"
    of = text.find("的", start + 2, end)
    if of >= 0:
        yield start, of, "object of"


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without numbers and joints at its edges."""
    while start < end and text[start] in "了过的好、‘’“” ":
        start += 1
    number = _leads().match(text, start, end)
    if number and number.end() < end:
        start = number.end()
    number = _trails().search(text, max(start, end - NUMBER), end)
    if number and number.start() > start:
        end = number.start()
    while end > start and text[end - 1] in "、等的了 ":
        end -= 1
    return start, end
