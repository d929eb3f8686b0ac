"""Headcounts: a number of people, and who they are."""

from __future__ import annotations

from gonghui_nlp.compiling import compiled
from gonghui_nlp.quantities.kinds import QuantityKind
from gonghui_nlp.quantities.lexicon import person_nouns
from gonghui_nlp.quantities.numerals import Numeral
from gonghui_nlp.quantities.sightings import LUMPS, Sighting, extended, spelled, whole_part
from gonghui_nlp.resources import knowledge, patterns
from gonghui_nlp.schema import Approx, Headcount, Per, Span
from gonghui_nlp.text.numerals import BIG_UNITS

_generic_before = patterns.pattern("quantities", "generic_before")
_generic_after = patterns.pattern("quantities", "generic_after")


_links = patterns.charset("quantities", "headcounts_links")
_rank = patterns.pattern("quantities", "headcounts_rank")
_QUOTED = compiled('[^“”‘’]{0,10}[”’"》]')
_size = patterns.pattern("quantities", "size")


_of_each = patterns.pattern("quantities", "of_each")
_of_each_person = patterns.pattern("quantities", "of_each_person")


_after = patterns.pattern("quantities", "who_behind")
_before = patterns.pattern("quantities", "who_before")
#: Whether :func:`_before` can match: without its free part the search is cheap.
_near = patterns.pattern("quantities", "who_near")
_leading = patterns.words("quantities", "who_leading")


@knowledge
def _last() -> frozenset[str]:
    """What the words in front of a number can end with when they name people."""
    return frozenset("\n") | {n[-1] for n in (*person_nouns(), *_leading())}


_verbs = patterns.pattern("quantities", "verbs")


_age_or_year = patterns.pattern("quantities", "age_or_year")


def who(text: str, start: int, end: int) -> Span | None:
    """The people counted, as written behind the number, else before it."""
    if m := _after().match(text, end, end + 24):
        return Span(*m.span(1), m[1])
    window = text[max(0, start - 16) : start]
    # Only what the noun can begin with lies so far in front of it.
    if (
        window[-1:] in _last()
        and (near := _near().search(window))
        and (m := _before().search(window, max(0, near.start() - 8)))
    ):
        found, at = m[1], start - len(window) + m.start(1)
        if v := _verbs().match(found):
            at, found = at + v.end(), found[v.end() :]
        if v := _age_or_year().match(found):
            at, found = at + v.end(), found[v.end() :]
        return Span(at, at + len(found), found) if found else None
    return None


def of_each(text: str, start: int) -> Per:
    """Whether so many people of each group or person are told, which cannot be added up: 每班3名."""
    before = text[max(0, start - 16) : start]
    if "每" in before or "各" in before or "均" in before:
        if _of_each_person().search(before):
            return "person"
        if _of_each().search(before):
            return "other"
    return "total"


def headcount(
    text: str, start: int, end: int, number: Numeral | None, unit: str, approx: Approx = "exact"
) -> Headcount | None:
    """The Headcount of ``text[start:end]``, None when it is a rank or one person as an example of all."""
    before = text[max(0, start - 8) : start]
    if before.endswith(("第", "前", "届", "每", "分之", "头", "首", "末")) or (
        before[-1:] in _links() and _rank().search(before)
    ):
        return None
    if before.endswith(("“", "‘", "《", '"')) and _QUOTED.match(text, end, end + 11):
        return None
    said = text[start:end]
    if said[0] in "几数" and len(said) == 2 and said[1] != "名":
        return None
    if said.endswith(("以上", "以下")) and _size().match(text, end):
        return None
    one = number is not None and number.min == number.max == 1
    if one and (_generic_before().search(before) or _generic_after().match(text, end)):
        return None
    low, high = (number.min, number.max) if number else (None, None)
    return Headcount(
        start,
        end,
        text[start:end],
        low,
        high,
        number.approx if number else approx,
        "person_time" if "次" in unit else "person",
        who(text, start, end),
        number is None,
        of_each(text, start),
    )


_units = patterns.source("quantities", "people_unit")
_helped = patterns.pattern("quantities", "helped")


def _read(seen: Sighting) -> Headcount | None:
    unit = seen.unit["people"]
    seen = whole_part(seen)
    if seen.raw in LUMPS and not seen.suffix and extended(seen.text, seen.start, seen.raw)[0] == seen.start:
        # 百人合唱, 万人读书 are names; 客运量万人次 lost its figure.
        if (
            seen.raw in ("百", "千")
            and unit == "名"
            and _helped().search(seen.text, max(0, seen.start - 3), seen.start)
        ):
            return headcount(seen.text, seen.start, seen.stop, seen.reading()[1], unit)
        counted = unit == "人次" or seen.text[seen.start - 1 : seen.start] in ("达", "共", "计", "工", "员")
        lost = seen.raw in BIG_UNITS and unit and counted
        return headcount(seen.text, seen.start, seen.stop, None, unit) if lost else None
    start, number = seen.reading()
    if number is None or spelled(seen.raw, number):
        return None
    if unit == "" and not (seen.raw[-1] in "余多" or seen.raw[0].isdigit()):
        return None
    return headcount(seen.text, start, seen.stop, number, unit)


PEOPLE = QuantityKind(
    "people",
    _units,
    lambda: "人名位个" + "".join(n[0] for n in person_nouns()),
    _read,
    "慰问18名患病职工",
    "作为一名教师",
)
