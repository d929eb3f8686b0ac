"""A filler: one stretch that may be an argument of an event, and what speaks for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from gonghui_nlp.events.class_features import of_filler
from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.events.word_classes import WordClasses

Stretch = tuple[int, int]
LONGEST = 60  # characters of a filler that are looked at


class Filler(NamedTuple):
    """``text[start:end]``, and how it was come by."""

    start: int
    end: int
    how: str

    @property
    def stretch(self) -> Stretch:
        return self.start, self.end


def joined(rule: Filler | None, others: Iterable[Filler]) -> list[Filler]:
    """What the rules found, and the other stretches, each once."""
    found = [] if rule is None else [rule]
    seen = {filler.stretch for filler in found}
    for filler in others:
        if filler.stretch not in seen and filler.end - filler.start > 1:
            seen.add(filler.stretch)
            found.append(filler)
    return found


def position(mention: Mention, filler: Filler) -> str:
    """Where a filler stands, seen from the mention: inside it before or behind its head, in its clause, sentence …"""
    start, end, clause = filler.start, filler.end, mention.clause
    if start >= mention.start and end <= mention.end:
        return "in<" if end <= mention.head.start else "in>" if start >= mention.head.end else "in"
    if end <= mention.start:
        return "clause<" if start >= clause.start else "sentence<" if start >= clause.sentence else "earlier"
    if start >= mention.end:
        return "clause>" if end <= clause.end else "later"
    return "over"


def features(
    text: str,
    mention: Mention,
    filler: Filler,
    rule: Filler | None,
    earlier: Mention | None,
    classes: WordClasses,
) -> list[str]:
    """The names of the features of one filler, but for the pairs of its characters (``pairs_of``).

    ``earlier`` is the activity told before in the same sentence: what it holds may be meant of it alone.
    """
    start, end, how = filler
    where, kind = position(mention, filler), mention.type
    gap = (mention.start - end if end <= mention.start else start - mention.end if start >= mention.end else -4) // 4
    length = (end - start) // 3 if end - start < 18 else 6
    ruled = "rule" if filler is rule else "no rule" if rule is None else "other rule"
    before, behind, last = text[start - 2 if start > 2 else 0 : start], text[end : end + 2], text[end - 2 : end]
    found = [
        f"at {where} {kind}",
        f"how {how} {kind}",
        f"{ruled} {where}",
        f"{ruled} {length}",
        f"head {mention.word} {where}",
        "before " + before,
        f"before {before[-1:]} {where}",
        "behind " + behind,
        f"behind {behind[:1]} {where}",
        "opens " + text[start : start + 2],
        "ends " + last,
        f"ends {last} {where}",
        f"ends {last} {kind}",
        f"lead {text[mention.start - 1 : mention.start]} {where}",
        f"long {length} {how}",
        f"gap {gap if gap < 8 else 8} {where}",
    ]
    if end <= mention.start:
        between = text[end : mention.start]
        found.append(f"then {between[:6]}")
        found.append(f"commas {min(3, between.count('，') + between.count('、'))} {where} {how}")
        if start in (mention.clause.start, mention.clause.sentence):
            found.append(f"first {where}")
    found.append(f"earlier {_side(filler, earlier)} {where}")
    found += of_filler(start, end, where, kind, classes)
    return found


def _side(filler: Filler, earlier: Mention | None) -> str:
    """Where a filler stands, seen from the activity told before."""
    if earlier is None:
        return "none"
    return (
        "held"
        if filler.start < earlier.end and filler.end > earlier.start
        else ("beyond" if filler.end <= earlier.start else "behind")
    )


def pairs_of(text: str, filler: Filler) -> list[str]:
    """The pairs of characters of a filler, which are features as well."""
    return [text[i : i + 2] for i in range(filler.start, edge(filler) - 1)]


def edge(filler: Filler) -> int:
    """Up to where the characters of a filler are looked at."""
    most = filler.start + LONGEST
    return filler.end if filler.end < most else most
