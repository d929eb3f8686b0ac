"""What a number looks like in a text: the parts that the patterns of every kind of quantity are made of."""

from __future__ import annotations

from itertools import pairwise

from gonghui_nlp.quantities.nearness import nearness
from gonghui_nlp.resources import patterns
from gonghui_nlp.text.numerals import CHARACTERS, FORMAL_NINE, FORMAL_UNITS, NINE, UNITS, ZEROS

RANGE_FIRST = frozenset("-~～—–─至到")
_FIGURE = NINE + FORMAL_NINE + ZEROS[:2]
_ONE = f"[{CHARACTERS}](?:[{CHARACTERS}]|[,.](?=[0-9])|点(?=[{_FIGURE}])|个(?=亿))" + "{0,20}+"
_VAGUE = f"数(?:(?=[{UNITS}])[{UNITS}]{{1,3}}+|(?=名))"
patterns.stands_for(
    one=_ONE,
    neighbours="|".join(a + b for a, b in pairwise(NINE)),
    neighbours_apart="|".join(f"{a}、{b}" for a, b in pairwise(NINE)),
    arabic_neighbours_apart="|".join(f"{n}、{n + 1}" for n in range(1, 9)),
)
_or = patterns.source("quantities", "either_of_two")
_in_words = patterns.words("quantities", "figure_in_word")


def begins() -> str:
    """Where a number can begin: behind no figure, unless that ends a word (队伍)."""
    words = _in_words()
    lengths = sorted({len(w) for w in words})
    behind = "|".join(f"(?<={'|'.join(w for w in words if len(w) == n)})" for n in lengths)
    behind = behind if len(lengths) == 1 else f"(?:{behind})"
    last = "".join(dict.fromkeys(w[-1] for w in words))
    return f"(?:(?<![{CHARACTERS}兆])|{behind})(?![{last}]{behind}(?![{FORMAL_UNITS}万]))"


@patterns.part("quantities")
def number() -> str:
    """A number with the word inside it: 三百, 3万余, 30来."""
    near = nearness()
    over = "".join(c for c in near.inside if near.behind[c] == "over")
    return f"(?:{_or()}|{_ONE}|{_VAGUE})(?:[{near.inside}](?:[百千万亿]{{1,2}}+[{over}]?)?)?"
