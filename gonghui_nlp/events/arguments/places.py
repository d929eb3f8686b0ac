"""Where: behind 在, 到, 赴 in front of the activity, what is visited, or the meeting that decided."""

from __future__ import annotations

import re

from gonghui_nlp.events.arguments.fillers import Filler, Stretch
from gonghui_nlp.events.clauses import Quotation
from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.resources import patterns

_mark = patterns.pattern("events", "place_mark")
_place = patterns.pattern("events", "ends_as_place")
_stop = patterns.pattern("events", "place_stops")
_quoted = patterns.pattern("events", "quoted_place")
_times = patterns.pattern("events", "time_behind_mark")
_visited_pattern = patterns.pattern("events", "visited")
_TRAVEL = frozenset({"outing", "welfare", "training", "aid", "publicity", "culture_sports", "inspection"})
_meeting_pattern = patterns.pattern("events", "assembly_as_place")
_held = patterns.pattern("events", "assembly_held")
_submitted = patterns.pattern("events", "submitted")
_acts = patterns.pattern("events", "act_for_place")
_named = patterns.pattern("events", "named_by_suffix")
_any_meeting = patterns.pattern("events", "any_meeting")
_some_meeting = patterns.pattern("events", "some_meeting")
_visits = patterns.charset("events", "visits")
_any_visit = patterns.pattern("events", "any_visit")
_DECIDES = frozenset({"oversight", "election", "rules", "commendation"})
_reported = patterns.pattern("events", "was_reported")
_decided = patterns.pattern("events", "was_decided")


def place(text: str, mention: Mention, before: Mention | None = None) -> Filler | None:
    """What the rules say is the venue or the destination; None for times and figures of speech behind 在.

    ``before`` is the activity told before in the same sentence: a meeting is where its reports were adopted.
    """
    marked = _marked(text, mention)
    if marked:
        return Filler(*marked, "marked")
    seen = _visited(text, mention)
    if seen:
        return Filler(*seen, "seen")
    decided = _meeting(text, mention, before)
    return Filler(*decided, "decided") if decided else None


def is_venue(text: str, quote: Quotation) -> bool:
    """True for quotation marks that hold where it was, not under which name: 在“职工乐园”举行."""
    return _quoted().fullmatch(text, quote.start, quote.end) is not None


_OPENING, _CLOSING = '“"', '”"'
_MARKS = frozenset(_OPENING + _CLOSING)
REACH, SPREAD = 80, 40  # characters in front of a mention and behind it that are searched for a place


def fillers(text: str, mention: Mention) -> list[Filler]:
    """Every stretch that may be the place: behind 在, 到, 赴, what is visited, a meeting."""
    low = max(mention.clause.sentence, mention.start - REACH)
    high = min(max(mention.end, mention.clause.end), mention.end + SPREAD)
    found: list[Filler] = []
    for mark in _mark().finditer(text, low, high):
        start, most = mark.end(), min(high, mark.end() + SPREAD)
        stop = _stop().search(text, start + 1, most)
        end = stop.start() if stop else most
        if end - start <= 30:
            found.append(Filler(start, end, f"mark {mark[0][:1]}"))
        suffixes = list(_named().finditer(text, start, min(end + 1, high)))
        if suffixes:
            found.append(Filler(start, suffixes[-1].end(), f"suffix {mark[0][:1]}"))
    if _some_meeting().search(text, low, high):
        found += [Filler(*m.span(), "meeting") for m in _any_meeting().finditer(text, low, high)]
    if any(word.entry.word[:2] in _visits() for word in mention.words):
        found += [Filler(*m.span("what"), "visited") for m in _any_visit().finditer(text, mention.start, high)]
    return [*found, *_loose(text, mention)]


_loose_mark = patterns.pattern("events", "loose_place_mark")
_held_meeting = patterns.pattern("events", "held_meeting")
_here = patterns.pattern("events", "here")
_opens = patterns.charset("events", "place_opens")
NEAR, AROUND, LONGEST, NAME = 30, 60, 30, 16  # characters in front, with earlier clauses; of a place, of a bare name


def _loose(text: str, mention: Mention) -> list[Filler]:
    """Places that no rule would dare to take: behind looser marks, meetings, names that end like a place."""
    found: list[Filler] = []
    clause = mention.clause
    low, high = max(clause.start, mention.start - NEAR), min(max(mention.end, clause.end), mention.end + NEAR)
    named = [m.end() for m in _named().finditer(text, low, mention.end)]
    for mark in _loose_mark().finditer(text, low, min(high, mention.end + 1)):
        start, most = mark.end(), min(high, mark.end() + SPREAD)
        stop = _stop().search(text, start + 1, most)
        end = stop.start() if stop else most
        found.append(Filler(start, end, f"loose {mark[0]}"))
        inside = [last for last in named if start < last <= end + 1]
        if inside:
            found.append(Filler(start, inside[-1], f"loose suffix {text[start - 1]}"))
    if named:
        found += _bare(text, low, named)
    early = max(clause.sentence, mention.start - AROUND)
    if "会" in text[early : mention.end]:
        found += [Filler(*m.span("what"), "held") for m in _held_meeting().finditer(text, early, mention.end)]
        found += [Filler(*m.span(), "here") for m in _here().finditer(text, early, mention.start + 1)]
    return [filler for filler in found if filler.end - filler.start <= LONGEST]


def _marked(text: str, mention: Mention) -> Stretch | None:
    low = mention.clause.start
    while m := _mark().search(text, low, mention.end):
        low = m.end()
        if any(q.start < m.start() < q.end for q in mention.quotes):
            continue
        start = max(m.end(), text.rfind("在", m.end(), m.end() + 14) + 1)
        if start < mention.head.start or m.start() >= mention.start:
            found = _behind_mark(text, mention, m, start)
            if found:
                return unquoted(text, *found)
    return None


def _behind_mark(text: str, mention: Mention, mark: re.Match[str], start: int) -> Stretch | None:
    """The place behind 在, 到, 赴 …, when it is one."""
    most = min(mention.end, start + 60)
    stop = _stop().search(text, start + 1, most)
    end = stop.start() if stop else most
    if not 1 < end - start <= 44 or _times().search(text, start, end):
        return None
    found = _place().match(text, start, end)
    if found:
        return start, found.end()
    travels = mention.type in _TRAVEL and mark[0] in ("到", "赴", "前往", "走进")
    whole = (stop or end == mention.end) and end - start <= 8 and not _acts().search(text, start, end)
    return (start, end) if travels and whole else None


def _visited(text: str, mention: Mention) -> Stretch | None:
    """参观三国遗址公园: what is looked at is where it was."""
    if mention.type not in ("outing", "training", "culture_sports"):
        return None
    m = _visited_pattern().search(text, mention.start, mention.end)
    return m.span("what") if m else None


def _meeting(text: str, mention: Mention, before: Mention | None) -> Stretch | None:
    """The meeting that decided: its subject, the one it was put before, or the one told just before."""
    if mention.type not in _DECIDES or not _decided().search(text, mention.start, mention.end):
        return None
    submitted = _submitted().search(text, mention.start, mention.end)
    if submitted:
        return submitted.span("what")
    subject = _meeting_pattern().search(text, max(mention.clause.start, mention.first - 34), mention.first)
    if subject:
        return subject.span("what") if len(subject["what"]) > 3 else None
    if (
        before is not None
        and before.type == "meeting"
        and _reported().search(text, mention.start, mention.head.end)
        and before.clause.sentence == mention.clause.sentence
    ):
        held = _held().search(text, before.start, before.clause.end)
        return held.span("what") if held else None
    return None


def unquoted(text: str, start: int, end: int) -> Stretch | None:
    """A place without what stands before it and without the quotation marks that hold the whole of it: 在“职工乐园”."""
    while start < end and text[start] in "、，了":
        start += 1
    if text[start] in _OPENING and text[end - 1] in _CLOSING and not _MARKS.intersection(text[start + 1 : end - 1]):
        start, end = start + 1, end - 1
    return (start, end) if end - start > 1 else None


def _bare(text: str, low: int, ends: list[int]) -> list[Filler]:
    """Names that end like a place, back to what cannot stand in one."""
    opens, found = _opens(), []
    for end in ends:
        start = end
        while start > low and end - start < NAME and text[start - 1] not in opens:
            start -= 1
        found.append(Filler(start, end, "bare"))
    return found
