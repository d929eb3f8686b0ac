"""An option: one stretch that may be an argument of an event, and what speaks for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from gonghui_nlp.events.nuclei import Nucleus

Stretch = tuple[int, int]
LONGEST = 60  # characters of an option that are looked at


class Option(NamedTuple):
    """``text[start:end]``, and how it was come by."""

    start: int
    end: int
    how: str

    @property
    def stretch(self) -> Stretch:
        return self.start, self.end


def joined(rule: Option | None, others: Iterable[Option]) -> list[Option]:
    """What the rules found, and the other stretches, each once."""
    found = [] if rule is None else [rule]
    seen = {option.stretch for option in found}
    for option in others:
        if option.stretch not in seen and option.end - option.start > 1:
            seen.add(option.stretch)
            found.append(option)
    return found


def position(nucleus: Nucleus, option: Option) -> str:
    """Where an option stands, seen from the nucleus: inside it before or behind its head, in its clause, sentence …"""
    start, end, clause = option.start, option.end, nucleus.clause
    if start >= nucleus.start and end <= nucleus.end:
        return "in<" if end <= nucleus.head.start else "in>" if start >= nucleus.head.end else "in"
    if end <= nucleus.start:
        return "clause<" if start >= clause.start else "sentence<" if start >= clause.sentence else "earlier"
    if start >= nucleus.end:
        return "clause>" if end <= clause.end else "later"
    return "over"


def features(text: str, nucleus: Nucleus, option: Option, rule: Option | None) -> list[str]:
    """The names of the features of one option, but for the pairs of its characters (``pairs_of``)."""
    start, end, how = option
    where, kind = position(nucleus, option), nucleus.type
    gap = (nucleus.start - end if end <= nucleus.start else start - nucleus.end if start >= nucleus.end else -4) // 4
    length = (end - start) // 3 if end - start < 18 else 6
    ruled = "rule" if option is rule else "no rule" if rule is None else "other rule"
    before, behind, last = text[start - 2 if start > 2 else 0 : start], text[end : end + 2], text[end - 2 : end]
    found = [
        f"at {where} {kind}",
        f"how {how} {kind}",
        f"{ruled} {where}",
        f"{ruled} {length}",
        f"head {nucleus.head.word_text(text)} {where}",
        "before " + before,
        f"before {before[-1:]} {where}",
        "behind " + behind,
        f"behind {behind[:1]} {where}",
        "opens " + text[start : start + 2],
        "ends " + last,
        f"ends {last} {where}",
        f"long {length} {how}",
        f"gap {gap if gap < 8 else 8} {where}",
    ]
    if end <= nucleus.start:
        found.append(f"then {text[end : min(nucleus.start, end + 6)]}")
        if start in (nucleus.clause.start, nucleus.clause.sentence):
            found.append(f"first {where}")
    return found


def pairs_of(text: str, option: Option) -> list[str]:
    """The pairs of characters of an option, which are features as well."""
    return [text[i : i + 2] for i in range(option.start, edge(option) - 1)]


def edge(option: Option) -> int:
    """Up to where the characters of an option are looked at."""
    return min(option.end, option.start + LONGEST)
