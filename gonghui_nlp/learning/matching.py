"""Labelled records and found ones, paired one to one: what every figure of this package rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

Record = dict[str, Any]


def overlap(a: Record, b: Record) -> int:
    """The characters two records share; 0 or less for records apart."""
    return int(min(a["end"], b["end"]) - max(a["start"], b["start"]))


def pair(
    gold: list[Record], found: list[Record], fits: Callable[[Record, Record], bool]
) -> list[tuple[Record, Record]]:
    """One-to-one pairs of overlapping records, the largest share of overlap first."""
    candidates = []
    ordered = sorted(found, key=lambda r: r["start"])
    for g in gold:
        for f in ordered:
            if f["start"] >= g["end"]:
                break
            if (shared := overlap(g, f)) > 0 and fits(g, f):
                candidates.append((-shared / max(g["end"] - g["start"], f["end"] - f["start"]), g, f))
    candidates.sort(key=lambda c: (c[0], c[1]["start"], c[2]["start"]))
    used: set[int] = set()
    pairs = []
    for _, g, f in candidates:
        if not {id(g), id(f)} & used:
            used |= {id(g), id(f)}
            pairs.append((g, f))
    return pairs


def drop_optional(
    gold: list[Record], found: list[Record], pairs: list[tuple[Record, Record]], marks: Sequence[str]
) -> tuple[list[Record], list[Record], list[tuple[Record, Record]]]:
    """Leaves out the gold records that bear one of the marks, and what was paired with them."""

    def optional(g: Record) -> bool:
        return any(g.get(mark) for mark in marks)

    skip = {id(x) for pair in pairs if optional(pair[0]) for x in pair} | {id(g) for g in gold if optional(g)}
    return (
        [g for g in gold if id(g) not in skip],
        [f for f in found if id(f) not in skip],
        [pair for pair in pairs if id(pair[0]) not in skip],
    )


def is_same_event(g: Record, f: Record) -> bool:
    """True when one of two overlapping events holds the other's trigger, or half of the shorter one is shared."""
    half = 2 * overlap(g, f) >= min(g["end"] - g["start"], f["end"] - f["start"])
    return g["trigger"] in f["text"] or f["trigger"] in g["text"] or half


def shared_characters(a: str | None, b: str | None) -> tuple[int, int, int]:
    """The characters two stretches share whatever their order, and how many each has: right, wanted, got.

    >>> shared_characters("在职会员", "会员")
    (2, 4, 2)
    """
    x, y = Counter(a or ""), Counter(b or "")
    return (x & y).total(), x.total(), y.total()
