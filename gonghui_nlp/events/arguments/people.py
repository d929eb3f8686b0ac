"""Who took part: called together (组织…), met (对…, 为…), visited or honoured (慰问…), or the subject of the clause."""

from __future__ import annotations

from collections.abc import Callable

from gonghui_nlp.events.arguments.fillers import Filler, Stretch
from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.resources import patterns

_names_people = patterns.pattern("events", "names_people")
_people_last = patterns.pattern("events", "people_last")
_described_group = patterns.pattern("events", "described_group")
_people_on_file = patterns.pattern("events", "people_on_file")


_trailing_number = patterns.pattern("events", "trailing_number")
_leading_number = patterns.pattern("events", "leading_number")
_things = patterns.pattern("events", "counted_things")
_calls = patterns.charset("events", "calls")
_stop = patterns.pattern("events", "stop")
_front = patterns.pattern("events", "front")
_with = patterns.pattern("events", "together_with")
_joining = patterns.pattern("events", "joining")
_generic_group = patterns.pattern("events", "generic_group")
_subject_pattern = patterns.pattern("events", "people_subject")
_ON_PAPER = frozenset({"rules", "organisation", "publicity"})
_VISITS = frozenset({"aid", "commendation", "welfare", "election", "oversight", "training", "inspection", "outing"})
_honoured = patterns.charset("events", "honoured")
_not_subject = patterns.pattern("events", "not_subject")
_chosen = patterns.pattern("events", "chosen_for")


ATTENDED = 110  # characters behind a gathering in which who came is told


def _clean(text: str, start: int, end: int) -> Stretch | None:
    """The stretch without numbers at its edges; None when no people are left."""
    while start < end and text[start] in "了过的好、‘’“”":
        start += 1
    m = _leading_number().match(text, start, end)
    if m and m.end() < end:
        start = m.end()
    m = _trailing_number().search(text, max(start, end - 12), end)
    if m and m.start() > start:
        end = m.start()
    if text.find("《", start, end) >= 0 or _things().search(text, start, end):
        return None  # words of a title, what is counted
    return (start, end) if 2 <= end - start <= 60 else None


def _people(text: str, start: int, end: int) -> Stretch | None:
    """The longest beginning of the stretch that ends in people."""
    m = _people_last().match(text, start, min(end, start + 60))
    return _clean(text, start, m.end()) if m else None


def called(text: str, mention: Mention) -> Stretch | None:
    """Who the mention itself calls together: what later activities of the sentence inherit."""
    calls = _calls()
    for i, word in enumerate(mention.words):
        if word.entry.word not in calls:
            continue
        behind = mention.words[i + 1].start if i + 1 < len(mention.words) else mention.end
        start = word.end
        stop = _stop().search(text, start, behind)
        end = stop.start() if stop else behind
        quote = next((q.start for q in mention.quotes if start <= q.start < end), end)
        if 2 <= min(end, quote) - start <= 50:
            found = _people(text, start, min(end, quote))
            if found:
                return found
    return None


def _together(text: str, mention: Mention) -> Stretch | None:
    low, high = max(mention.clause.start, mention.first - 30), min(mention.end, mention.first + 24)
    m = _with().search(text, low, high) or _joining().search(text, low, high)
    return m.span("who") if m else None


def _met(text: str, mention: Mention) -> Stretch | None:
    low = max(mention.clause.start, mention.first - 42)
    m = _front().search(text, low, mention.head.start) or _front().search(text, low, mention.head.end)
    if not m or m.start() > mention.head.start:
        return None
    start, end = m.span("who")
    return _people(text, start, end)


def _object(text: str, mention: Mention) -> Stretch | None:
    entry = mention.head.entry
    if entry.role != "verb" or mention.type not in _VISITS or entry.word in _honoured():
        return None
    if mention.type == "oversight" and entry.word[-2:] not in ("评议", "测评"):
        return None
    verbs = [w for w in mention.words if w.entry.role == "verb"]
    start = verbs[-1].end if verbs[-1].end < mention.end else mention.head.end
    if mention.type == "election" or entry.word in ("推选", "推荐", "推选产生"):
        m = _chosen().match(text, mention.head.end, mention.end)
        return m.span("who") if m else None
    quote = next((q.start for q in mention.quotes if q.start >= start), mention.end)
    return _people(text, start, quote) if quote - start > 1 else None


def _subject(text: str, mention: Mention) -> Stretch | None:
    low = max(mention.clause.start, mention.start - 28)
    m = _subject_pattern().search(text, low, mention.start)
    if not m or _not_subject().search(m["who"]):
        return None
    start, end = m.span("who")
    return _clean(text, start, end) if _names_people().search(text, start, end) else None


_somebody_attended = patterns.pattern("events", "somebody_attended")
_attended_pattern = patterns.pattern("events", "attended_behind")
_GATHERINGS = frozenset({"meeting", "training", "contest", "culture_sports", "outing", "labour"})


def _attended(text: str, mention: Mention) -> Stretch | None:
    """Who is said to have come, in the clauses behind: 召开了总结大会，各分会主席、积极分子参加了会议。"""
    if mention.type not in _GATHERINGS:
        return None
    # What every match must hold is looked for first: the whole pattern tries every place anew.
    if not _somebody_attended().search(text, mention.end, mention.end + ATTENDED):
        return None
    m = _attended_pattern().search(text, mention.end, mention.end + ATTENDED)
    if m is None or text.find("\n", mention.end, m.start()) >= 0:
        return None
    start, end = m.span("who")
    return _people(text, start, end)


def _modifier(text: str, mention: Mention) -> Stretch | None:
    if mention.type in _ON_PAPER:
        m = _people_on_file().search(text, mention.first, mention.end)
        return m.span("who") if m else None
    quote = mention.quotes[0].start if mention.quotes else mention.end
    m = _described_group().search(text, mention.start, min(mention.end, quote)) or (
        _described_group().search(text, mention.quotes[-1].end, mention.end) if mention.quotes else None
    )
    if m:
        return m.span()
    if mention.type in _GATHERINGS:
        m = _generic_group().search(text, mention.start, mention.end)
        return m.span(1) if m else None
    return None


_doer = patterns.pattern("events", "doer")


def doers(text: str, mention: Mention) -> list[Filler]:
    """Who may be the subject: what heads the clause of a mention, and what heads its sentence."""
    clause = mention.clause
    found: list[Filler] = []
    for how, low in (("doer", clause.start), ("doer^", clause.sentence)):
        if low < mention.first and (how == "doer" or low < clause.start):
            m = _doer().match(text, low, mention.first)
            if m:
                found.append(Filler(*m.span("who"), how))
    return found


_RULES: tuple[tuple[str, Callable[[str, Mention], Stretch | None]], ...] = (
    ("called", called),
    ("together", _together),
    ("met", _met),
    ("object", _object),
    ("subject", _subject),
    ("modifier", _modifier),
    ("attended", _attended),
)


def participants(text: str, mention: Mention) -> Filler | None:
    """The people the rules say took part, without the number in front or behind, and the rule that says so."""
    for rule, find in _RULES:
        found = find(text, mention)
        if found:
            return Filler(*found, rule)
    return None
