"""Amounts of money: the value, to whom it goes (per) and what it is for (purpose)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from gonghui_nlp.compiling import compiled
from gonghui_nlp.quantities.figures import RANGE_FIRST
from gonghui_nlp.quantities.kinds import QuantityKind
from gonghui_nlp.quantities.lexicon import any_of, rows
from gonghui_nlp.quantities.numerals import Numeral, read
from gonghui_nlp.quantities.sightings import Sighting, extended, sign
from gonghui_nlp.resources import knowledge, patterns
from gonghui_nlp.schema import Amount, Approx, Per
from gonghui_nlp.text.numerals import BIG_UNITS, cardinal


@knowledge
def currencies() -> dict[str, str]:
    """The code of each name of a currency."""
    return {row["word"]: row["code"] for row in rows("currencies.tsv")}


@patterns.part("quantities")
def money_words() -> str:
    """Words in front of a number that make it money."""
    return any_of([row["word"] for row in rows("money_words.tsv")])


@patterns.part("quantities")
def currency_names() -> str:
    """The names of currencies."""
    return any_of(list(currencies()))


_money_word = patterns.pattern("quantities", "money_word")
_person_first = patterns.pattern("quantities", "person_first")
_person = patterns.pattern("quantities", "person")
_person_small = patterns.pattern("quantities", "person_small")
_other = patterns.pattern("quantities", "other")
_group_award = patterns.pattern("quantities", "group_award")
_cue_first = patterns.pattern("quantities", "cue_first")
_small_first = patterns.pattern("quantities", "small_first")
_after = patterns.pattern("quantities", "after")
_changed = patterns.pattern("quantities", "changed")
_extreme = patterns.pattern("quantities", "extreme")
_several = patterns.pattern("quantities", "several")
_kind = patterns.pattern("quantities", "kind")
_kind_last = patterns.charset("quantities", "kind_last")
_next_kind = patterns.pattern("quantities", "next_kind")
_last_kind = patterns.pattern("quantities", "last_kind")
_givers = patterns.pattern("quantities", "givers")
_CLAUSE_END = compiled("[，。；！？（）\n]")
_SENTENCE_END = compiled("[。；！？\n]")
_spread = patterns.pattern("quantities", "spread")
_total = patterns.pattern("quantities", "total")


@knowledge
def _purposes() -> re.Pattern[str]:
    groups: dict[str, list[str]] = {}
    for row in rows("purposes.tsv"):
        groups.setdefault(row["purpose"], []).append(row["cue"])
    first = "".join(sorted({w[0] for words in groups.values() for w in words}))
    return compiled(f"(?=[{first}])(?:" + "|".join(f"(?P<{p}>{any_of(w)})" for p, w in groups.items()) + ")")


_first_sum = patterns.pattern("quantities", "first_sum")


#: Sums up to it may be one person's by a weaker cue.
_SMALL = 10_000
#: So many sums told in one breath are followed back to the cue of the first.
_BREATH = 6


def per(text: str, start: int, end: int, small: bool = False, breath: int = _BREATH) -> Per:
    """Whether the sum is one person's, another unit's (a household, a month) or the whole; ``small`` when up to 10,000."""
    if m := _after().match(text, end):
        return "person" if m["what"] in "人名位" else "other"
    before = text[start - 28 : start] if start >= 28 else "\n" + text[:start]
    if (m := _changed().search(before)) and breath:
        at = start - len(before) + m.start()
        first = _first_sum().search(before, 0, m.start())
        return per(text, at - len(first[0]) if first else at, at + 1, small, breath - 1)
    if cued := _cued(before, small):
        return cued
    return "person" if _several().match(text, end) or _listed(text, start, end, before) else "total"


@knowledge
def _own_cues() -> bool:
    """Whether a user has patterns of his own: what ours begin with then says nothing of them."""
    return any(entry.own for entry in patterns.entries("quantities"))


def _cued(before: str, small: bool) -> Per | None:
    """What a cue in front of the sum says; a word of a total behind it takes it back."""
    own = _own_cues()
    for pattern, says in _CUES if own or _cue_first().search(before) else ():
        if cue := pattern().search(before):
            return "total" if _total().search(before, cue.start()) else says
    for pattern, says in _SMALL_CUES if small and (own or _small_first().search(before)) else ():
        if pattern().search(before):
            return says
    return None


_Cues = tuple[tuple[Callable[[], re.Pattern[str]], Per], ...]
#: In the order of trial: 每人每月 is a person's, 每户标准为 a household's.
_CUES: _Cues = ((_person_first, "person"), (_other, "other"), (_person, "person"))
_SMALL_CUES: _Cues = ((_person_small, "person"), (_group_award, "other"))


def _listed(text: str, start: int, end: int, before: str) -> bool:
    """男教师100元，女教师200元: a sum for each kind of person; several people by name who gave the same."""
    if before[-1:] in _kind_last() and _kind().search(before):
        return bool(_next_kind().match(text, end) or _last_kind().search(before))
    return "、" in before and "捐" in before and _givers().search(text, max(0, start - 60), start) is not None


_no_use = patterns.pattern("quantities", "no_use")


def purpose(text: str, start: int, end: int) -> str:
    """What the money is for, from the nearest cue word: behind it in the clause, then before it.

    A clause that names a use of its own without a cue word is not given that of the clause before.
    """
    stop = _CLAUSE_END.search(text, end, end + 10)
    after = text[end : stop.start() if stop else end + 10]
    if m := _purposes().match(after.lstrip("的")):
        return str(m.lastgroup)
    before = _SENTENCE_END.split(text[max(0, start - 40) : start])[-1]
    for n, clause in enumerate(reversed(before.split("，"))):
        # 投入, 资金 and the like say that money went out; a word that says what for is worth more.
        found = [str(m.lastgroup) for m in _purposes().finditer(clause)]
        if found:
            return next((p for p in reversed(found) if p != "spending"), found[-1])
        if n == 0 and _OWN_USE.search(_no_use().sub("", clause)):
            break
    m = _purposes().search(after)
    return str(m.lastgroup) if m else "other"


_OWN_USE = compiled("[一-鿿]{2}$")


def _each_and_purpose(text: str, start: int, end: int, most: float | None) -> tuple[Per, str]:
    small = most is not None and most <= _SMALL
    each, what_for = per(text, start, end, small), purpose(text, start, end)
    if each != "total" or what_for not in _ONE_BY_ONE:
        return each, what_for
    # Aid from 500 to 3000 yuan, or at most 3000, is what one person gets; a total is one figure.
    extreme = small and (text[start] == "最" or _extreme().search(text, max(0, start - 8), start))
    spread = what_for in _GIVEN and _spread().search(text, start, end)
    return ("person" if extreme or spread else "total"), what_for


#: What goes to people one by one, and what they give one by one.
_GIVEN = ("aid", "award")
_ONE_BY_ONE = (*_GIVEN, "donation", "fee")


def amount(text: str, start: int, end: int, number: Numeral | None, unit: str, approx: Approx = "exact") -> Amount:
    """The Amount of ``text[start:end]``; ``number`` None means that it was lost.

    A minus in front belongs to it; a dash that may be one masks it.
    """
    if number is not None and (turn := sign(text, start)) != 1:
        start, number = start - 1, number.negative() if turn else None
    low, high = (number.min, number.max) if number else (None, None)
    each, what_for = _each_and_purpose(text, start, end, high if low is None else low)
    return Amount(
        start,
        end,
        text[start:end],
        low,
        high,
        number.approx if number else approx,
        each,
        what_for,
        number is None,
        currencies().get(unit, "CNY"),
    )


_COINS = {"角": 0.1, "毛": 0.1, "分": 0.01}
_coin = patterns.pattern("quantities", "coin")
_second = patterns.pattern("quantities", "second_sum")
_EMPTY_HEAD = compiled("00[0.,]*")


def _read(seen: Sighting) -> Amount | None:
    """An amount; 260元至500元 is one, a range."""
    text, u = seen.text, seen.unit
    if _EMPTY_HEAD.fullmatch(seen.raw):
        # What is left of a number whose head was lost (，000元).
        return amount(text, seen.start, seen.stop, None, u["money"])
    start, number = seen.reading()
    if number is None:
        return None
    if seen.raw in BIG_UNITS and not seen.suffix and start == seen.start:
        return lost_of_unit(seen)
    if text[seen.stop : seen.stop + 1] in RANGE_FIRST and (second := _second().match(text, seen.stop)):
        first = text[start : seen.stop].replace("元", "").replace(" ", "")
        both = read(f"{first}至{second['number']}")
        if both is not None:
            return amount(text, start, second.end(), both, u["money"])
    return amount(text, start, seen.stop, _with_coins(number, u), u["money"])


def _with_coins(number: Numeral, unit: re.Match[str]) -> Numeral:
    """123元1角5分; 3块5 leaves the coin's name out."""
    if number.min is None or number.min != number.max:
        return number
    if unit["hundredths"]:
        value = round(number.min + (cardinal(unit["hundredths"]) or 0) / 100, 2)
        return Numeral(value, value)
    coins = [(unit["tenth"], "角")] if unit["tenth"] else _coin().findall(unit["cents"] or "")
    value = round(number.min + sum((cardinal(d) or 0) * _COINS[c] for d, c in coins), 2)
    return Numeral(value, value) if coins else number


def lost_of_unit(seen: Sighting) -> Amount:
    """资金万元: the figure in front of the unit was lost."""
    return amount(seen.text, seen.start, seen.stop, None, "元")


_units = patterns.source("quantities", "money_unit")


MONEY = QuantityKind(
    "money",
    _units,
    lambda: "元块圆" + "".join(w[0] for w in currencies()),
    _read,
    "发放慰问金9600元",
    "家住3单元502室",
)

_spoken = patterns.pattern("quantities", "spoken")
_round = patterns.pattern("quantities", "round")
_goes_on = patterns.pattern("quantities", "sum_goes_on")
_stop = patterns.pattern("quantities", "stop")
_sum_again = patterns.pattern("quantities", "sum_again")


def bare(text: str, start: int, raw: str, found: Sequence[Amount]) -> Amount | None:
    """捐款10多万，: money by the word in front of it; 共15万 by the sum that it adds up."""
    big = raw.rstrip("余多")[-1:] in BIG_UNITS
    end = start + len(raw)
    stop = _stop().match(text, end) is not None
    if stop and text[end : end + 1] == "\n" and _goes_on().match(text, end):
        return None
    if not (big or (stop and (_round().fullmatch(raw) or _spoken().fullmatch(raw)))):
        return None
    worded = _money_word().search(text, max(0, start - 8), start)
    if not worded and not (
        big and stop and found and 0 <= start - found[-1].end <= 8 and _sum_again().search(text, found[-1].end, start)
    ):
        return None
    begin, phrase = extended(text, start, raw)
    number = read(phrase)
    return amount(text, begin, start + len(raw), number, "元") if number else None


def lump(seen: Sighting, money: bool = False) -> Amount | None:
    """补助三百块: a lump behind a word of money is a yuan; ``money`` says that it is one without."""
    start, number = seen.reading()
    if number is None or not (money or _money_word().search(seen.text, max(0, start - 8), start)):
        return None
    return amount(seen.text, start, seen.stop, number, "元")


def signed(text: str, m: re.Match[str]) -> Amount | None:
    """￥3,600元, $20."""
    number = read(m["signed"])
    return amount(text, m.start(), m.end(), number, "美元" if m[0][0] == "$" else "元") if number else None


_listed_pattern = patterns.pattern("quantities", "listed")
_ITEM = compiled("[^、]+")


def listed(text: str, found: Amount) -> Iterator[Amount]:
    """The sums in front of one, a comma before it, that share its unit: 300、200、100元."""
    if found.masked:
        return
    m = _listed_pattern().search(text, max(0, found.start - 60), found.start)
    if m is None or text[max(0, m.start() - 1) : m.start()] in ("", "\n", "第", "。", "；"):
        return
    for item in _ITEM.finditer(m[0]):
        number = read(item[0])
        if number is not None and number.min is not None:
            start, end = m.start() + item.start(), m.start() + item.end()
            yield replace(
                found, start=start, end=end, text=text[start:end], min=number.min, max=number.max, approx="exact"
            )
