"""What may stand in a slot: numbers, dates and names, each known by its kind.

Two texts are aligned with every number and every date as one sign of its kind, so that 126名 stands against 88名 and
not a digit against a digit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from gonghui_nlp.resources import current, knowledge

OTHER = ("other", "其他")
# Signs that stand in no text: the last plane is for private use.
_SIGNS = 0x10F000
# An organisation is only known by where a change begins: read as a token, half a sentence would be one.
_NAME = "organisation"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of what stands in slots."""

    type: str
    label: str
    pattern: re.Pattern[str]


@knowledge
def entries() -> list[dict[str, Any]]:
    """The listed kinds of slots, each with an ``example`` and what it ``finds`` there."""
    return list(current().toml("dedup/slots.toml")["slot"])


@knowledge
def kinds() -> tuple[Kind, ...]:
    """The kinds, most telling first."""
    return tuple(Kind(e["type"], e["label"], re.compile(e["pattern"])) for e in entries())


@knowledge
def token() -> re.Pattern[str]:
    """Every kind that has edges of its own, each a group in the order of the kinds."""
    return re.compile("|".join(f"({e['pattern']})" for e in entries() if e["type"] != _NAME))


@dataclass(frozen=True, slots=True)
class Signed:
    """A text with a sign for each token, where each of its characters begins in the text (one more behind the last)."""

    text: str
    starts: tuple[int, ...]
    tokens: frozenset[int]


def signed(text: str) -> Signed:
    """The text with its numbers and dates as one sign each; ``tokens`` are the places of the signs.

    >>> made = signed("慰问126名职工")
    >>> len(made.text), made.starts, made.tokens
    (5, (0, 1, 2, 6, 7, 8), frozenset({2}))
    """
    out: list[str] = []
    starts: list[int] = []
    tokens: list[int] = []
    at = 0
    for m in token().finditer(text):
        if m.start() == m.end():
            continue
        out.append(text[at : m.start()])
        starts += range(at, m.start() + 1)
        tokens.append(len(starts) - 1)
        out.append(chr(_SIGNS + (m.lastindex or 0)))
        at = m.end()
    out.append(text[at:])
    starts += range(at, len(text) + 1)
    return Signed("".join(out), tuple(starts), frozenset(tokens))


def kind_of(values: Iterable[str]) -> tuple[str, str]:
    """Type and label of what most of the values are.

    >>> kind_of(["126名", "88名", "不少"])
    ('headcount', '人数')
    """
    votes: Counter[tuple[str, str]] = Counter()
    for v in values:
        if v:
            votes[next(((k.type, k.label) for k in kinds() if k.pattern.fullmatch(v)), OTHER)] += 1
    return max(votes, key=lambda k: (votes[k], k != OTHER)) if votes else OTHER
