"""The words beside a number that say how near it is: 近三百, 30余人, 50万元以上."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast, get_args

from gonghui_nlp.errors import InputError
from gonghui_nlp.quantities.lexicon import any_of, rows
from gonghui_nlp.resources import knowledge, patterns
from gonghui_nlp.schema import Approx

_STANDS = ("before", "inside", "after", "bare")


@dataclass(frozen=True, slots=True)
class Nearness:
    """What each word says, by where it stands: in front of a number, and behind it.

    ``inside`` are the characters between a number and its unit, ``behind_unit`` the words that may follow the unit.
    """

    before: dict[str, Approx]
    behind: dict[str, Approx]
    inside: str
    behind_unit: tuple[str, ...]


@knowledge
def nearness() -> Nearness:
    """The words of ``quantities/nearness.tsv``."""
    by_place: dict[str, dict[str, Approx]] = {place: {} for place in _STANDS}
    for row in rows("nearness.tsv"):
        word, stands, says = row["word"], row["stands"], row["says"]
        if stands not in _STANDS or says not in get_args(Approx):
            places, meanings = ", ".join(_STANDS), ", ".join(get_args(Approx))
            raise InputError(
                f"{row.where}: {word} stands {stands} and says {says}; give one of {places} and one of {meanings}"
            )
        if stands == "inside" and len(word) > 1:
            raise InputError(
                f"{row.where}: {word} is more than one character; only one stands between a number and its unit"
            )
        by_place[stands][word] = cast(Approx, says)
    before, inside, after, bare = by_place.values()
    return Nearness(before, after | inside | bare, "".join(inside), tuple(after))


@patterns.part("quantities")
def near_before() -> str:
    """The words in front of a number, as an alternation."""
    return any_of(tuple(nearness().before))


@patterns.part("quantities")
def near_behind() -> str:
    """The words behind a number, as an alternation."""
    return any_of(tuple(nearness().behind))


@patterns.part("quantities")
def near_inside() -> str:
    """The characters between a number and its unit, for a class."""
    return nearness().inside


@patterns.part("quantities")
def near_guarded() -> str:
    """The words in front of a number behind nothing that makes another word of them: 近, not in 附近."""
    words = [row for row in rows("nearness.tsv") if row["stands"] == "before"]
    guarded = [f"(?<![{row['not_after']}]){re.escape(row['word'])}" for row in words if row["not_after"]]
    return "|".join([*guarded, any_of([row["word"] for row in words if not row["not_after"]])])


@patterns.part("quantities")
def near_unit() -> str:
    """What may stand behind a unit, one of the words or nothing."""
    words = nearness().behind_unit
    return f"(?:(?=[{''.join(sorted({w[0] for w in words}))}])(?:{any_of(words)}))?"
