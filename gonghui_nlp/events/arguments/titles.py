"""Under which name: the quoted title or theme with the noun it names, else an event noun with its modifiers."""

from __future__ import annotations

from collections.abc import Sequence

from gonghui_nlp.events.arguments.fillers import Filler, Stretch, joined
from gonghui_nlp.events.arguments.places import is_venue
from gonghui_nlp.events.clauses import Quotation
from gonghui_nlp.events.grouping import generic
from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.resources import patterns

_AWARDS = frozenset({"commendation"})
_starts = patterns.pattern("events", "starts")
_relative = patterns.pattern("events", "relative")
_ordinal = patterns.pattern("events", "title_ordinal")
_plain = patterns.pattern("events", "plain")
_object = patterns.pattern("events", "object")
_books = patterns.pattern("events", "book_titles")
_competes = patterns.charset("events", "competing_verb")
_sums = patterns.charset("events", "sum_noun")
_takes = patterns.charset("events", "verb_with_title")
_sentence = patterns.pattern("events", "title_as_sentence")
LONGEST = 28
# Readers take a noun phrase without number or quotation marks for a name when it is neither short nor long.
PLAIN_LEAST, PLAIN_LONGEST = 6, 16
MOST_BOOKS = 60  # characters of a row of titles


def name(text: str, mention: Mention) -> Stretch | None:
    """The title or theme of an activity, as it stands; None for a plain 座谈会 or an honour."""
    entry = mention.head.entry
    quotes = [quote for quote in mention.quotes if not is_venue(text, quote)]
    if mention.type in _AWARDS or (entry.word in _sums() and not quotes):
        return None
    if quotes:
        return _quoted(text, mention, quotes)
    if entry.role == "noun" and entry.word not in generic():
        return _noun(text, mention, mention.head.end)
    if entry.word in _competes() and mention.words[0].entry.role == "light":
        return _noun(text, mention, mention.head.end)
    last = mention.words[-1]
    if last.entry.role == "noun" and last is not mention.head:
        return _noun(text, mention, last.end)
    if entry.role != "noun":
        start = mention.words[-1].end
        while start < mention.end and text[start] in "了过好和及与、":
            start += 1
        m = _object().match(text, start, mention.end)
        return m.span() if m and "的" not in m[0] else None
    return None


_counted = patterns.pattern("events", "counted")
_leads = patterns.pattern("events", "leads")
_MARKS = frozenset('“”"‘’《》')
RULE = "rule"
MOST = 8  # stretches of one mention that are weighed


def ruled(text: str, mention: Mention) -> Filler | None:
    """What the rules say its name is."""
    found = name(text, mention)
    return Filler(*found, RULE) if found else None


def fillers(text: str, mention: Mention, rule: Filler | None) -> list[Filler]:
    """Stretches of a mention that may be its name beside ``rule``; ``how`` says where they begin and end."""
    behind = "" if rule is None else "other "
    found: list[Filler] = []
    for quote in mention.quotes[:2]:
        start, end = _bare(text, quote.start, quote.end)
        found.append(Filler(start, end, f"{behind}quote"))
        if quote.end < mention.head.end:
            found.append(Filler(start, mention.head.end, f"{behind}quote head"))
    ends = _ends(text, mention)
    for at, how in list(_begins(mention).items())[-3:]:
        lead = _leads().match(text, at, mention.end)
        start = lead.end() if lead else at
        for end, until in ends.items():
            if 1 < end - start <= LONGEST + 12:
                found.append(Filler(start, end, f"{behind}{how} {until}"))
                of = text.rfind("的", start, end - 2) + 1
                if of > start:
                    found.append(Filler(of, end, f"{behind}of {until}"))
    return joined(rule, found)[rule is not None :]


def _ends(text: str, mention: Mention) -> dict[int, str]:
    """Where a name may end: with the mention, before what is counted, behind its last noun."""
    counted = _counted().search(text, max(mention.start, mention.end - 10), mention.end)
    ends = {counted.start(): "count"} if counted else {mention.end: "end"}
    nouns = [word for word in mention.words if word.entry.role == "noun"]
    if nouns:
        ends[nouns[-1].end] = "noun"
    return ends


def _begins(mention: Mention) -> dict[int, str]:
    """Where a name may begin: with a bare noun's modifiers, behind each verb."""
    begins = {mention.start: "all"} if mention.words[0].entry.role == "noun" else {}
    begins.update((word.end, "verb") for word in mention.words if word.entry.role != "noun")
    return begins


def features(text: str, mention: Mention, filler: Filler) -> list[str]:
    """What speaks for a stretch to be the name, but for the pairs of its characters."""
    start, end, how = filler
    kind = mention.type
    length = min(end - start, 24) // 2
    named = "plain" if _MARKS.isdisjoint(text[start - 1 : end + 1]) else "named"
    return [
        f"how {how} {kind}",
        f"{named} {kind}",
        f"head {mention.word} {named}",
        f"first {mention.opening} {how}",
        f"opens {text[start : start + 2]}",
        f"ends {text[end - 2 : end]}",
        f"ends {text[end - 1 : end]} {named}",
        f"before {text[start - 1 : start]} {how}",
        f"behind {text[end : end + 1]} {how}",
        f"long {length} {named}",
    ]


def _quoted(text: str, mention: Mention, quotes: Sequence[Quotation]) -> Stretch | None:
    first, last = quotes[0], quotes[-1]
    if text[first.start] == "《":
        m = _books().match(text, first.start, last.end)
        start, end = m.span() if m else (first.start, last.end)
        return (start, end) if end - start <= MOST_BOOKS else (first.start, first.end)
    if len(quotes) > 1 and not any(first.end <= w.start < last.start for w in mention.words):
        return first.start, last.end
    tail = text[last.end : mention.end]
    head = mention.head
    if head.entry.word not in generic() and head.entry.role == "noun" and head.start >= last.end:
        if tail.startswith(("为", "的")):
            return _bare(text, first.start, first.end)
        start = first.start
        ordinal = _ordinal().search(text, max(mention.first, start - 8), start)
        if ordinal and start - ordinal.start() <= 8:
            start = ordinal.start()
        return (start, head.end) if head.end - start <= LONGEST + 12 else _bare(text, first.start, first.end)
    return _bare(text, first.start, first.end)


def _bare(text: str, start: int, end: int) -> Stretch:
    """Inside the quotation marks (an escaped mark is two characters)."""
    mark = 2 if text[start] == "\\" else 1
    return start + mark, end - mark


def _noun(text: str, mention: Mention, end: int) -> Stretch | None:
    before = [
        w
        for w in mention.words
        if w.end <= end
        and w.start < mention.head.end
        and (w.entry.role == "light" or w.entry.word in _takes() or (w is mention.words[0] and w.entry.role == "verb"))
    ]
    start = before[-1].end if before and before[-1].end < end else mention.start
    if start >= end:
        return None
    m = _starts().match(text, start, end)
    start = m.end() if m else start
    m = _relative().match(text, start, end)
    start = m.end() if m else start
    words = text[start:end]
    if _ordinal().search(words):
        telling = 3 < len(words) <= LONGEST
    else:
        telling = PLAIN_LEAST <= len(words) <= PLAIN_LONGEST and not _plain().match(words)
    return (start, end) if telling and not _sentence().search(words) else None
