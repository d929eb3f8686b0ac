"""Where a quantity can be: the one alternation over the whole text, and the units that follow a number."""

from __future__ import annotations

import re

from gonghui_nlp.compiling import compiled
from gonghui_nlp.quantities import calendar_grammar as grammar
from gonghui_nlp.quantities import lost, plausible
from gonghui_nlp.quantities.figures import begins
from gonghui_nlp.quantities.kinds import first_characters
from gonghui_nlp.quantities.lexicon import any_of, by_first, classifiers, person_nouns, rows
from gonghui_nlp.resources import knowledge, patterns
from gonghui_nlp.text.numerals import CHARACTERS

#: A date can only follow a number when one of these is next.
DATE_NEXT = frozenset("年月日号学季世-~～—–─至到/xX×*_△□#Oo")


@patterns.part("quantities")
def behind_number() -> str:
    """The characters that can follow a number in a quantity."""
    first = first_characters() + "".join(n[0] for n in person_nouns()) + "".join(DATE_NEXT)
    return "".join(re.escape(c) for c in sorted(set(first)))


@patterns.part("quantities")
def first_of_classifiers() -> str:
    """The characters that classifiers begin with."""
    return "".join(sorted({w[0] for w in classifiers()}))


@patterns.part("quantities")
def congress_names() -> str:
    """十七, 十八."""
    return any_of(tuple(plausible.congresses()))


@patterns.part("quantities")
def first_of_congresses() -> str:
    """The characters that they begin with."""
    return "".join(sorted({name[0] for name in plausible.congresses()}))


_congress = patterns.source("quantities", "at_congress")
_festival = patterns.source("quantities", "at_festival")
_iso = patterns.source("quantities", "at_iso")
_title = patterns.source("quantities", "at_title")
_share = patterns.source("quantities", "at_share")
_number = patterns.source("quantities", "at_number")
_half = patterns.source("quantities", "at_half")
_mask = patterns.source("quantities", "at_mask")
_FIRST = compiled(r"(?:\[([^\]\\^-]+)\]|([^\\\[\](){}.*+?^$|]))(?![*+?{])")


def _by_first_character(patterns: list[str]) -> str:
    """The patterns with one branch for a first character, so that all others are passed over at once."""
    groups: dict[str, list[str]] = {}
    odd = []
    for one in patterns:
        if (m := _FIRST.match(one)) and "|" not in re.sub(r"\(.*\)|\[.*\]", "", one):
            for character in m[1] or m[2]:
                groups.setdefault(character, []).append(one[m.end() :])
        else:
            odd.append(f"(?:{one})")
    return "|".join([f"{c}(?:{'|'.join(rest)})" for c, rest in groups.items()] + odd)


@knowledge
def master() -> re.Pattern[str]:
    """Where a quantity can be. A look-ahead for the few characters it can start with comes first."""
    digits = f"{CHARACTERS}数"
    traps = [row["pattern"] for row in rows("traps.tsv")]
    arabic = [t for t in traps if re.match(r"\[[^\]]*0-9", t)]
    chinese = _by_first_character([t for t in traps if t not in arabic])
    words_ = grammar.starts()
    word_first = "".join(sorted({w[0] for w in words_}))
    lost_first, masks = lost.first_characters(), grammar.mask()
    # A character that only words of dates begin with (教师节, 开学初) must have a second one of theirs behind it.
    alone = "".join(w for w in words_ if len(w) == 1)
    others = f"¥￥$半{digits}{masks}“‘\\\\\"'第{lost_first}{alone}"
    other = compiled(f"[{others}]")
    only_words = "".join(c for c in word_first if not other.match(c))
    second = re.escape("".join(sorted({c for w in words_ for c in w[1:2]})))
    figures_only = "".join(c for c in digits.replace("0-9", "0123456789") if c not in word_first + lost_first)
    with_figures = [
        f"(?P<trap>(?![0-9])(?:{chinese})|{'|'.join(arabic)})",
        *(piece() for piece in (_congress, _festival, _iso, _title, _share, _number)),
    ]
    without = [
        _half(),
        f"(?=[{word_first}第])(?P<word>{by_first({w: w for w in words_})}|{grammar.ordinal_start()})",
        f"(?=[\\\\“‘\"'])(?P<quote>{grammar.open_quote()}(?={grammar.quoted_start()}))",
        _mask(),
        f"(?=[{lost_first}])(?:{lost.pattern()})",
    ]
    return compiled(
        f"(?=[{others}]|[{only_words}][{second}])"
        f"(?:(?=[{digits}]){begins()}(?:{'|'.join(with_figures)})|(?![{figures_only}])(?:{'|'.join(without)}))"
    )
