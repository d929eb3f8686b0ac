"""The grammar of calendar expressions: one alternation whose named groups :mod:`dates` reads.

Its pieces are in ``quantities/patterns/calendar.toml``; here are the parts of them that tables give.
"""

from __future__ import annotations

from typing import NamedTuple

from gonghui_nlp.errors import InputError
from gonghui_nlp.quantities.lexicon import any_of, eras, festivals, rows
from gonghui_nlp.resources import knowledge, patterns
from gonghui_nlp.text.numerals import CANONICAL_FIGURES

mask = patterns.source("quantities", "mask")
pattern = patterns.pattern("quantities", "calendar")
ordinal_start = patterns.source("quantities", "ordinal_start")
open_quote = patterns.source("quantities", "open_quote")
_between_figures = patterns.source("quantities", "between_figures_of_festival")
_first_words = patterns.words("quantities", "date_starts")
_deictic = patterns.source("quantities", "deictic")


class Numbered(NamedTuple):
    """A festival that is written as its month and day: 三 and 八, 3 and 8."""

    month: str
    day: str
    month_digits: str
    day_digits: str


@knowledge
def by_number() -> dict[str, Numbered]:
    """The festivals whose names are their numbers, the longest first: 五一二 before 五一."""
    found: dict[str, Numbered] = {}
    for row in rows("festivals.tsv"):
        if row["form"] == "number":
            month, day = (part.lstrip("0") for part in (row["day"] or "-").split("-"))
            n = Numbered(month.translate(CANONICAL_FIGURES), day.translate(CANONICAL_FIGURES), month, day)
            if row["name"] != n.month + n.day:
                raise InputError(
                    f"{row.where}: {row['name']} is not written as the figures of its day {row['day']}; "
                    "give it another form"
                )
            found[row["name"]] = n
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


@patterns.part("quantities")
def numbered() -> str:
    """The numbered festivals in both ways of writing."""
    between = _between_figures()
    both = (
        f"{n.month}{between}{n.day}|{n.month_digits}[·.。、・•‧．˙∙⋅-]{n.day_digits}(?![0-9])"
        for n in by_number().values()
    )
    return "|".join(both)


@patterns.part("quantities")
def two_figures() -> str:
    """The numbered festivals of two figures, which stand alone in a list: 五一, 十一."""
    return "|".join(name for name in by_number() if len(name) == 2)


@patterns.part("quantities")
def two_figures_dotted() -> str:
    """The same in Arabic figures: 5.1."""
    return "|".join(f"{n.month_digits}[.·]{n.day_digits}" for name, n in by_number().items() if len(name) == 2)


@patterns.part("quantities")
def second_figures() -> str:
    """What can stand behind the first figure of a numbered festival."""
    return "".join(dict.fromkeys(name[1] for name in by_number()))


@patterns.part("quantities")
def plain_festivals() -> str:
    """The festivals that are dates wherever they are named."""
    return any_of([f.name for f in festivals().values() if f.form == "plain"])


@patterns.part("quantities")
def quoted_festivals() -> str:
    """The festivals that are dates in quotation marks and before 期间."""
    return any_of([f.name for f in festivals().values() if f.form == "quoted"])


@patterns.part("quantities")
def era_names() -> str:
    """民国, 康熙."""
    return any_of(tuple(eras()))


def quoted_start() -> str:
    """What can follow the quotation mark in front of a festival, as a character class."""
    return "[" + "".join(sorted({f.name[0] for f in festivals().values() if f.form != "plain"})) + "九1-9]"


def starts() -> list[str]:
    """The words that a date can start with when it is no digit and no mask."""
    named = [f.name for f in festivals().values() if f.form != "number"]
    return [*_first_words(), *_deictic().split("|"), *eras(), *named]
