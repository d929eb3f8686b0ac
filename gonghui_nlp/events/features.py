"""What speaks for and against a candidate: features of its words, of its clause and of what stands around it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Container, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from gonghui_nlp.events.cues import BEFORE, BEHIND, EARLIER, GOING, INSIDE, Cues
from gonghui_nlp.events.grouping import generic
from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.events.pairs import Array, codes
from gonghui_nlp.events.passages import Passage
from gonghui_nlp.resources import knowledge, patterns

Numbers = tuple[list[int], list[int], list[int], list[int]]
Places = tuple[list[int], list[int]]
Rival = tuple[Mention, Passage, Mention | None]
_abstract_words = patterns.words("events", "abstract_noun")
_lead_pattern = patterns.pattern("events", "leads_mention")
_ordinal = patterns.pattern("events", "told_by_ordinal")
_follows_pattern = patterns.pattern("events", "follows_mention")
_problem_pattern = patterns.pattern("events", "problem_heading")
_stock = patterns.pattern("events", "stock_quotation")
_WEAK = frozenset(
    {"adverb<", "abstract verb<", "abstract verb>", "vague>", "kind=plan", "abstract>", "generic", "aspect>", "lead=^"}
    | {"no heading", "bare", "role=verb", "together", "first=light"}
)
_BARE = {name: "bare of anchors " + name for name in sorted(_WEAK)}
# A prize after a contest, money after a visit: mostly more about the event before.
_GOES_ON = frozenset(
    {
        ("contest", "commendation"),
        ("culture_sports", "commendation"),
        ("labour", "commendation"),
        ("contest", "contest"),
    }
    | {("donation", "donation"), ("aid", "aid"), ("culture_sports", "culture_sports"), ("contest", "oversight")}
    | {("training", "commendation"), ("welfare", "welfare"), ("meeting", "other"), ("inspection", "inspection")}
)
OWN = "own word"  # a user's trigger
_KINDS = ("heads", "money", "count", "date")
_DATE = _KINDS.index("date")
# Names of what is counted, capped at the last of the row.
ANCHORS, _TAIL, _LENGTH, _WORDS = (
    tuple(f"{name}={i}" for i in range(most + 1))
    for name, most in (("anchors", 3), ("tail", 5), ("length", 6), ("words", 4))
)


def features(text: str, rivals: Sequence[Rival], numbers: Numbers, points: Array | None = None) -> list[list[str]]:
    """The names of the binary features that hold for each candidate of a text.

    A rival is a candidate, its passage and the candidate before it in the passage; ``numbers`` are the sorted
    starts of headcounts, amounts, counts and dates of the whole text, ``points`` its code points.
    """
    if not rivals:
        return []
    cues = Cues(text, codes(text) if points is None else points)
    before: list[int] = []
    going: list[int] = []
    inside: list[int] = []
    earlier: list[int] = []
    behind: list[int] = []
    for n, passage, _ in rivals:
        clause, start, end, first = n.clause, n.start, n.end, n.first
        low = clause.start if clause.start > start - 30 else start - 30
        before += (low, first)
        going += (low if low > first - 15 else first - 15, first - 2)
        inside += (start, end)
        earlier += (clause.sentence, start)
        behind += (end, end + 25 if end + 25 < passage.end else passage.end)
    told = map(
        chain, *cues.within((before, BEFORE), (going, GOING), (inside, INSIDE), (earlier, EARLIER), (behind, BEHIND))
    )
    ordered = sorted((at, k) for k, listed in enumerate(numbers) for at in listed)
    places = [at for at, _ in ordered], [k for _, k in ordered]
    asked = _asked()
    return [_features(text, rival, list(cues), places, asked) for rival, cues in zip(rivals, told, strict=True)]


def _features(text: str, rival: Rival, found: list[str], places: Places, asked: _Asked) -> list[str]:
    mention, passage, before = rival
    anchors = _numbered(mention, places, found) + _dressed(text, mention, found)
    _worded(text, mention, found, asked)
    found.append("kind=" + passage.kind)
    _led(text, mention, found, asked)
    _followed(text, mention, found, asked)
    if before is not None:
        _sequel(mention, before, mention.word, found)
    _shaped(mention, anchors, found)
    if passage.end - passage.start < 30:
        found.append("short " + passage.kind)
    if not passage.headings:
        found.append("no heading")
    elif asked.problem(passage.headings[-1]):
        found.append("problem")
    if not anchors:
        found += [_BARE[x] for x in found if x in _BARE]
    return found


def _dressed(text: str, mention: Mention, found: list[str]) -> int:
    """Note a sitting's number, a prize and a quotation; how many of the first and the last there are."""
    anchors = 0
    if "ordinal" in found:
        if _ordinal().search(text, mention.start, mention.end):
            anchors += 1
        else:
            found.remove("ordinal")
    if "prize" in found:
        found[found.index("prize")] = "prize " + mention.type
    if mention.quotes:
        anchors += 1
        quoted = mention.quotes[0].start
        found.append("stock" if _stock().match(text, quoted) else "book" if text[quoted] == "《" else "quote")
    return anchors


def _worded(text: str, mention: Mention, found: list[str], asked: _Asked) -> None:
    """Note the words that name it."""
    head, first = mention.head.entry, mention.words[0].entry
    found += ("bias", "head=" + head.word, "role=" + head.role)
    found.append("last=" + text[max(mention.start, mention.end - 2) : mention.end])
    if head.own:
        found.append(OWN)
    if first is not head:
        found += ("first=" + first.word, "first=" + first.role)
    elif first.role == "noun":
        found.append("bare")
    if head.word in asked.generic:
        found.append("generic")
        if mention.end - mention.first < 8:
            found.append("generic short")
    if head.role == "light":
        found.append("empty quoted" if mention.quotes else "empty")


def _led(text: str, mention: Mention, found: list[str], asked: _Asked) -> None:
    """Note what stands in front of it."""
    clause, start = mention.clause, mention.start
    low = clause.start if clause.start > start - 30 else start - 30
    if low < mention.first and text[low] == "为":
        found.append("purpose<")
    found.append(f"opens={text[start - 1 : start]}|{mention.opening}")
    found.append("clause=" + text[clause.start : clause.start + 2])
    found.append("sentence=" + text[clause.sentence : clause.sentence + 2])
    low = clause.start if clause.start > start - 3 else start - 3
    found.append("lead=^" if start == low == clause.start else asked.lead(text[low:start]))


def _followed(text: str, mention: Mention, found: list[str], asked: _Asked) -> None:
    """Note how it ends, and what stands behind it and behind its head."""
    start, end = mention.start, mention.end
    if asked.abstract(text[max(start, end - 3) : end]):
        found.append("abstract>")
    found += asked.follows(text[end : end + 3])
    behind = text[mention.head.end : mention.head.end + 1]
    if behind and behind in "的以了过":
        found.append("head+" + behind)


def _shaped(mention: Mention, anchors: int, found: list[str]) -> None:
    """Note how much there is of it."""
    tail, length, words = mention.end - mention.words[-1].end, mention.end - mention.start, len(mention.words)
    found += (
        ANCHORS[anchors if anchors < 3 else 3],
        _TAIL[tail // 3 if tail < 15 else 5] if tail >= 0 else f"tail={tail // 3}",
        _LENGTH[length // 4 if length < 24 else 6],
        _WORDS[words if words < 4 else 4],
    )


class _Asked(NamedTuple):
    """What is asked of words again and again."""

    lead: Callable[[str], str]
    abstract: Callable[[str], bool]
    follows: Callable[[str], tuple[str, ...]]
    problem: Callable[[str], bool]
    generic: Container[str]


@knowledge
def _asked() -> _Asked:
    """Remembered for one folder of resources; looked up once a batch, as every lookup is a call a mention."""
    lead_of, abstract, follow = _lead_pattern().search, _abstract_words(), _follows_pattern().match
    problem = _problem_pattern().search

    def lead(before: str) -> str:
        found = lead_of(before)
        return "lead=" + (found[0] if found else "")

    def follows(behind: str) -> tuple[str, ...]:
        found = follow(behind)
        return ("then=" + found[0],) if found else ()

    remembered = lru_cache(maxsize=4096)
    return _Asked(
        remembered(lead),
        remembered(lambda ending: ending.endswith(abstract)),
        remembered(follows),
        remembered(lambda heading: problem(heading) is not None),
        generic(),
    )


def _numbered(mention: Mention, places: Places, found: list[str]) -> int:
    """Note which quantities stand in the clause and in the mention; how many kinds there are."""
    clause, start, end = mention.clause, mention.start, mention.end
    at, kind = places
    opening = bisect_left(at, clause.sentence)
    high = bisect_left(at, clause.end, opening)
    if opening == high and start >= clause.sentence:
        return 0
    low = bisect_left(at, clause.start, opening, high)
    kinds = set(kind[low:high])
    if kinds:
        first = bisect_left(at, start) if start < clause.start else low
        inside = {kind[i] for i in range(first, high) if start <= at[i] < end}
        for k in kinds:
            found.append(_KINDS[k] + "*")
            if k in inside:
                found.append(_KINDS[k] + "in")
    if _DATE not in kinds and _DATE in kind[opening:low]:
        found.append("date^")
        return len(kinds) + 1
    return len(kinds)


def _sequel(mention: Mention, before: Mention, word: str, found: list[str]) -> None:
    """Note how the candidate follows the one before it."""
    clause = mention.clause
    together = before.clause.sentence == clause.sentence
    if not mention.quotes and (before.type, mention.type) in _GOES_ON:
        found.append("goes on" if together else "goes on later")
    same = before.type == mention.type
    if together:
        found += ("after>" + word, "same" if same else "other")
        if before.clause is clause:
            found.append("together")
    else:
        found.append("earlier same" if same else "earlier other")
