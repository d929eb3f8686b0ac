"""The kinds of quantity: a registry. Each kind says which units make a number its own, and reads it.

One scan finds the numbers; the first kind whose unit stands behind one reads it. A kind of one's own is
an entry of ``quantities/measures.toml`` in a user's folder of resources and takes its units before the others do.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gonghui_nlp.compiling import compiled
from gonghui_nlp.errors import InputError
from gonghui_nlp.quantities.counted import what
from gonghui_nlp.quantities.found import Measure
from gonghui_nlp.quantities.nearness import near_unit
from gonghui_nlp.quantities.sightings import Sighting
from gonghui_nlp.resources import Entry, current, knowledge
from gonghui_nlp.text.numerals import whole


@dataclass(frozen=True, slots=True)
class QuantityKind:
    """A kind of quantity: its name, the pattern of its units, the characters they begin with, and its reader.

    ``read`` gets the sighting of a number and gives the record, None when the number is none of the kind. ``example``
    is a sentence with one quantity of the kind, ``counter_example`` one without.
    """

    name: str
    unit: Callable[[], str]
    first: Callable[[], str]
    read: Callable[[Sighting], Any]
    example: str
    counter_example: str


_shipped: dict[str, QuantityKind] = {}


def ship(kind: QuantityKind) -> None:
    """Enters a kind of the toolkit itself; the order is that of trial."""
    _shipped[kind.name] = kind


@knowledge
def kinds() -> tuple[QuantityKind, ...]:
    """All kinds in the order of trial, the user's own (``quantities/measures.toml``) first."""
    return (*map(measure, current().toml("quantities/measures.toml")["measure"]), *_shipped.values())


def measure(entry: Entry) -> QuantityKind:
    """A kind of one's own; InputError, which names the place, when an entry is not complete."""
    name, units = entry.get("name", ""), entry.get("units", {})
    if not str(name).isidentifier() or name in _shipped or not units or not entry.get("example"):
        raise InputError(
            f"{entry.where}: a measure needs a name that is a word and none of {sorted(_shipped)}, units with what each "
            "is worth in the first, and an example"
        )
    first = next(iter(units))

    def read(seen: Sighting) -> Measure | None:
        start, number = seen.reading()
        if number is None or seen.text[:start].endswith(("第", "每")):
            return None
        by = units[seen.unit[name]]
        low, high = (None if x is None else whole(round(x * by, 6)) for x in (number.min, number.max))
        place = start, seen.stop, seen.text[start : seen.stop]
        return Measure(*place, name, low, high, number.approx, first, what(seen.text, start, seen.stop))

    return QuantityKind(
        name,
        lambda: "|".join(re.escape(u) for u in sorted(units, key=lambda u: (-len(u), u))),
        lambda: "".join(u[0] for u in units),
        read,
        entry["example"],
        entry.get("counter_example", ""),
    )


def _guarded(kind: QuantityKind) -> str:
    """The group of a kind behind a look-ahead for the characters its units begin with."""
    first = "".join(re.escape(c) for c in sorted(set(kind.first())))
    return f"(?=[{first}])(?P<{kind.name}>{kind.unit()})"


@knowledge
def unit() -> re.Pattern[str]:
    """What stands behind a number and makes it a quantity, with its approximation word."""
    return compiled(f" {{0,4}}(?:{'|'.join(map(_guarded, kinds()))}){near_unit()}")


@knowledge
def first_characters() -> str:
    """The characters that the units of all kinds begin with."""
    return "".join(sorted({c for k in kinds() for c in k.first()}))


#: What reads a number by its unit, see :func:`reading`.
ByUnit = Callable[[str, str, int, int], tuple[bool, Any]]


@knowledge
def reading() -> ByUnit:
    """Reads the number ``raw``, which is ``text[start:end]``: whether the unit of a kind stands behind it, and the record of that kind.

    Built once, so that no number looks up the kinds again.
    """
    match, readers = unit().match, {k.name: k.read for k in kinds()}

    def by_unit(text: str, raw: str, start: int, end: int) -> tuple[bool, Any]:
        behind = match(text, end)
        if behind is None:
            return False, None
        # The group of the kind is closed last: what it holds is closed before it, the suffix is no group.
        kind, stop = behind.lastgroup or "", behind.end()
        return True, readers[kind](Sighting(text, start, end, raw, behind, stop, text[behind.end(kind) : stop]))

    return by_unit
