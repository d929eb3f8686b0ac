"""What a number looks like in a text: the patterns every kind of quantity is made of."""

from __future__ import annotations

from itertools import pairwise

from gonghui_nlp.quantities.nearness import nearness
from gonghui_nlp.resources import patterns
from gonghui_nlp.text.numerals import CHARACTERS, FORMAL_NINE, FORMAL_UNITS, NINE, UNITS, ZEROS

TO = "[-~～—–─至到]{1,2}+"
RANGE_FIRST = frozenset("-~～—–─至到")
_NEIGHBOURS = "|".join(f"{a}、{b}" for a, b in pairwise(NINE))
#: 三、四万 and 七、八名: neighbours with a comma, before a unit only; 5、600 too.
_OR = (
    f"(?=.、)(?:(?<![第\n。；])(?:{_NEIGHBOURS})(?:[{UNITS}]{{1,2}}+|(?=[名人位成]))"
    f"|(?<![0-9\n第。；])(?:{'|'.join(f'{n}、{n + 1}' for n in range(1, 9))})0{{2,3}}(?![0-9]))"
)
#: Where a figure in a word is none: 队伍, 大陆, 收拾.
_WORDS = {"伍": "队入退行落为", "陆": "大内登着水", "拾": "收捡"}
_IN_WORD = "|".join(b + c for c, before in _WORDS.items() for b in before)
#: Where a number can begin: behind no figure, unless that ends a word.
BEGINS = f"(?:(?<![{CHARACTERS}兆])|(?<={_IN_WORD}))(?![{''.join(_WORDS)}](?<={_IN_WORD})(?![{FORMAL_UNITS}万]))"
_FIGURE = NINE + FORMAL_NINE + ZEROS[:2]
ONE = f"[{CHARACTERS}](?:[{CHARACTERS}]|[,.](?=[0-9])|点(?=[{_FIGURE}])|个(?=亿))" + "{0,20}+"
_VAGUE = f"数(?:(?=[{UNITS}])[{UNITS}]{{1,3}}+|(?=名))"


@patterns.part("quantities")
def number() -> str:
    """A number with the word inside it: 三百, 3万余, 30来."""
    near = nearness()
    over = "".join(c for c in near.inside if near.behind[c] == "over")
    return f"(?:{_OR}|{ONE}|{_VAGUE})(?:[{near.inside}](?:[百千万亿]{{1,2}}+[{over}]?)?)?"


#: Where a clause may end behind a number without a unit.
STOP = "(?:[，。；、（）\n]|$)"
