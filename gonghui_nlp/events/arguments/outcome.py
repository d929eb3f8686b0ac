"""With what result: prizes, honours, rates and what came of it, told in the clauses behind the mention."""

from __future__ import annotations

from collections.abc import Sequence

from gonghui_nlp.compiling import compiled
from gonghui_nlp.events.arguments.fillers import Filler, Stretch
from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.resources import patterns

_outcome = patterns.pattern("events", "outcome")
_false = patterns.pattern("events", "no_result")
_lead = patterns.pattern("events", "lead")
_title = patterns.charset("events", "title")
_into = patterns.pattern("events", "became")
_elected = patterns.pattern("events", "elected")
REACH, MOST = 160, 8  # characters and clauses behind a mention
_number = patterns.pattern("events", "result_numeral")


def clauses_behind(text: str, mention: Mention, limit: int) -> list[Filler]:
    """The clauses behind a mention and before ``limit``; ``how`` says which sentence, which clause and behind what."""
    at, limit = mention.end, min(limit, mention.end + REACH)
    found: list[Filler] = []
    sentences = clauses = 0
    while at < limit and clauses < MOST:
        stop = _STOP.search(text, at, limit)
        edge = stop.start() if stop else limit
        if edge - at > 1:
            found.append(Filler(at, edge, f"{sentences} {min(clauses, 4)} {text[at - 1]}"))
        clauses += 1
        if stop is None:
            break
        sentences += stop[0] in "。！？\n"
        if sentences > 2:
            break
        at = stop.end()
    return found


def features(text: str, mention: Mention, clause: Filler) -> list[str]:
    """What speaks for a clause behind a mention to tell its outcome, but for the pairs of its characters."""
    start, end, how = clause
    kind = mention.type
    sentence, number, stop = how.split(" ", 2)
    told = "told" if _outcome().search(text, start, end) else "not told"
    found = [
        f"clause {number}",
        f"sentence {sentence}",
        f"sentence {sentence} {kind}",
        f"type {kind}",
        f"behind {stop}",
        told,
        f"{told} {kind}",
        "hoped" if _false().search(text, start, end) else "not hoped",
        f"opens {text[start : start + 2]}",
        f"opens {text[start : start + 1]}",
        f"ends {text[end - 2 : end]}",
        f"long {min((end - start) // 5, 6)}",
    ]
    if _number().search(text, start, end):
        found.append("number")
    return found


def run(text: str, clauses: Sequence[Filler], told: Sequence[bool]) -> Stretch | None:
    """The first unbroken run of clauses that tell the outcome, without what leads in (最后, 其中)."""
    start = end = 0
    for clause, tells in zip(clauses, told, strict=True):
        if tells:
            start, end = start or clause.start, clause.end
        elif start:
            break
    if not start:
        return None
    lead = _lead().match(text, start, end)
    start = lead.end() if lead else start
    return (start, end) if end - start > 1 else None


def inside(text: str, mention: Mention) -> Stretch | None:
    """The outcome an honour or an election tells itself."""
    word = mention.word
    if word in _title() and mention.type in ("commendation", "contest", "culture_sports"):
        start = mention.head.end
        while start < mention.end and text[start] in "了为":
            start += 1
        return (start, mention.end) if mention.end - start > 1 else None
    if mention.type == "election":
        m = _elected().search(text, mention.head.start, mention.end)
        if m:
            return m.span("what")
    if mention.type in ("election", "commendation") and word[:2] in ("推选", "推荐", "选举", "评选"):
        m = _into().search(text, mention.head.end, mention.end)
        return m.span("what") if m else None
    return None


_STOP = compiled("[，。；！？\n]")
