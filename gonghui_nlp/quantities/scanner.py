"""The scanner: the master pattern finds where a quantity can be, one reader a kind says what it is."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import replace

from gonghui_nlp.quantities import dates, lost, plausible
from gonghui_nlp.quantities.amounts import BARE_MONEY, amount
from gonghui_nlp.quantities.candidates import DATE_NEXT, DIGIT, NUMBER, SUFFIX, TO, master, unit
from gonghui_nlp.quantities.counts import count, duration
from gonghui_nlp.quantities.found import Quantities, Quantity
from gonghui_nlp.quantities.headcounts import headcount
from gonghui_nlp.quantities.lexicon import classifiers
from gonghui_nlp.quantities.numerals import BEFORE, NEARNESS, Numeral, read
from gonghui_nlp.schema import Amount, Count, Date, Headcount, numbered
from gonghui_nlp.text.numerals import cardinal

_PLAIN_BEFORE = "|".join(w for w in BEFORE.split("|") if w not in ("近", "约"))
_PREFIX = re.compile(
    f"(?:(?<![最附临亲靠将接])近|(?<![节合公契签相条特])约|(?<![成以之会身])上|{_PLAIN_BEFORE})[ \\n]?$"
)
#: What an approximation word can end with.
_PREFIX_LAST = frozenset(" \n上近约" + "".join(w[-1] for w in BEFORE.split("|")))


def _extend(text: str, start: int, number: str) -> tuple[int, str]:
    """The number with the approximation word in front of it."""
    if text[start - 1 : start] not in _PREFIX_LAST:
        return start, number
    m = _PREFIX.search(text, max(0, start - 5), start)
    if m is None or (m[0].startswith("上") and number[0] not in "十百千万"):
        return start, number
    return m.start(), m[0].strip() + number


#: Digits one after another count nothing (初三一个班); a unit alone is no figure.
_SPELLED = re.compile("[一二三四五六七八九〇○零两]{2,}")
_ARABIC = frozenset("0123456789")
_BARE_UNITS = ("百", "千", "万", "亿")
_MARK = re.compile(r"[0-9]{1,2}\.(?=[0-9])")
_MEASURES = frozenset("亩斤吨")


def _number(text: str, m: re.Match[str]) -> Quantity | None:
    raw = m["number"]
    start, end = m.span("number")
    after = text[end : end + 1]
    if (after == " " and text[end + 1 : end + 2] in DATE_NEXT) or after in DATE_NEXT:
        found = dates.date(text, start) or _after_mark(text, start, raw)
        if found:
            return found
    u = unit().match(text, end)
    if u is None:
        return _bare(text, start, raw)
    suffix = u["suffix"] or ""
    if raw[:2] == "00" and not raw.strip("0"):
        # What is left of a number whose head was lost (，000元).
        return amount(text, start, u.end(), None, u["money"]) if u["money"] else None
    if u["rate"]:
        if text[u.end() : u.end() + 1] in _RANGE_FIRST and (second := _SECOND_RATE.match(text, u.end())):
            both = read(f"{raw}至{second['number']}{u['rate']}")
            return _share(text, start, second.end(), both) if both else None
        start, phrase = _extend(text, start, raw + u["rate"] + suffix)
        number = read(phrase)
        return _share(text, start, u.end(), number)
    if u["time"]:
        return _time(text, start, raw, u)
    if "." in raw and not u["money"] and raw[-1] not in "万亿千" and not _measured(u["thing"]):
        # 2.22名教师 is the mark 2. and 22名: people and things come whole.
        start, raw = start + raw.index(".") + 1, raw[raw.index(".") + 1 :]
    plain_start = start
    start, phrase = _extend(text, start, raw + suffix)
    number = read(phrase)
    if number is None or (number.approx == "exact" and raw[0] not in _ARABIC and _SPELLED.fullmatch(raw)):
        return None
    if raw in _BARE_UNITS and not suffix and start == plain_start:
        # 资金万元: the figure in front of the unit was lost; 百人合唱, 访万家 are names.
        return lost.of_unit(text, start, u.end(), bool(u["money"]), u["person"]) if raw in "万亿" else None
    if u["money"]:
        return _money(text, start, u, number)
    if u["person"] is not None:
        if u["person"] == "" and not (raw[-1] in "余多" or raw[0] in "0123456789"):
            return None
        return headcount(text, start, u.end(), number, u["person"])
    if u["thing"] == "块" and BARE_MONEY.search(text, max(0, start - 8), start):
        return amount(text, start, u.end(), number, "元")
    return count(text, start, u.end(), number, classifiers()[u["thing"]])


def _bare(text: str, start: int, raw: str) -> Amount | None:
    """捐款10多万，: money by the word in front of it."""
    end = start + len(raw)
    if not BARE_MONEY.search(text, max(0, start - 8), start):
        return None
    start, phrase = _extend(text, start, raw)
    number = read(phrase)
    return amount(text, start, end, number, "元") if number else None


def _signed(text: str, m: re.Match[str]) -> Amount | None:
    number = read(m["signed"])
    return amount(text, m.start(), m.end(), number, "元") if number else None


def _measured(thing: str | None) -> bool:
    return thing is not None and (thing[-1] in _MEASURES or thing in ("平方米", "公斤"))


def _after_mark(text: str, start: int, raw: str) -> Date | None:
    """1.2021年3月 is the mark 1. and a date."""
    mark = _MARK.match(raw)
    return dates.date(text, start + mark.end()) if mark else None


_COINS = {"角": 0.1, "毛": 0.1, "分": 0.01}
_RANGE_FIRST = frozenset("-~～—–─至到")
_COIN = re.compile(f"({DIGIT})([角毛分])")
_SECOND = re.compile(f"(?:{TO})(?P<number>{NUMBER})(?P<unit>元)(?P<suffix>{SUFFIX})")


def _money(text: str, start: int, u: re.Match[str], number: Numeral) -> Amount:
    """An amount; 260元至500元 is one, a range."""
    if text[u.end() : u.end() + 1] in _RANGE_FIRST and (second := _SECOND.match(text, u.end())):
        first = text[start : u.end()].replace("元", "").replace(" ", "")
        both = read(f"{first}至{second['number']}")
        if both is not None:
            return amount(text, start, second.end(), both, u["money"])
    if u["cents"] and number.min is not None and number.min == number.max:
        value = number.min + sum((cardinal(d) or 0) * _COINS[c] for d, c in _COIN.findall(u["cents"]))
        number = Numeral(round(value, 2), round(value, 2))
    return amount(text, start, u.end(), number, u["money"])


_SECOND_RATE = re.compile(f"{TO}(?P<number>{NUMBER})[%‰]")
_LASTING = re.compile("(?:历时|为期|用时|历经)了?$")


def _time(text: str, start: int, raw: str, u: re.Match[str]) -> Count | None:
    lasting = _LASTING.search(text, max(0, start - 4), start)
    if u["time"] == "年" and not lasting:
        return None
    number = read(raw + ("多" if "多" in u["time"] else "") + (u["suffix"] or ""))
    if number is None:
        return None
    return duration(text, lasting.start() if lasting else start, u.end(), number, u["time"])


def _share(text: str, start: int, end: int, number: Numeral | None) -> Count | None:
    if number is None:
        return None
    return Count(start, end, text[start:end], "rate", number.min, number.max, number.approx)


def _rate(text: str, m: re.Match[str]) -> Count | None:
    start, phrase = _extend(text, m.start(), m[0])
    number = read(phrase)
    return _share(text, start, m.end(), number)


def _masked(text: str, m: re.Match[str]) -> Quantity | None:
    found = dates.date(text, m.start())
    if found:
        return found
    hit = lost.masked().match(text, m.start())
    record = lost.lost(text, hit) if hit else None
    start, phrase = _extend(text, m.start(), m[0])
    if record is None or start == m.start():
        return record
    word = phrase[: -len(m[0])]
    return replace(record, start=start, text=text[start : record.end], approx=NEARNESS[word])


def _recall(text: str, bins: dict[type, list[Quantity]]) -> None:
    """Adds the lost numbers that only their neighbours betray."""
    everything = sorted((q for kind in bins.values() for q in kind), key=lambda q: q.start)
    for q in lost.more(text, everything):
        bins[type(q)].append(q)
    for kind in bins.values():
        kind.sort(key=lambda q: q.start)


def scan(text: str, breaks: Container[int] = ()) -> Quantities:
    """All quantities of ``text``, which must be folded already (``View.text``); offsets point into it.

    ``breaks`` are the offsets at which a soft line break was cut out (``view.at(start)`` of the cut): a quotation
    mark in front of one stays outside a festival, as ``“ ⏎ 三八”妇女节`` begins on its own line.
    Never raises on bad text; linear in its length.

    >>> found = scan("看望18名患病教职工，发放慰问金9600元。")
    >>> found.headcounts[0].who.text, found.amounts[0].min, found.amounts[0].purpose
    ('患病教职工', 9600, 'aid')
    """
    amounts: list[Amount] = []
    headcounts: list[Headcount] = []
    counts: list[Count] = []
    dates_: list[Date] = []
    bins: dict[type, list[Quantity]] = {Amount: amounts, Headcount: headcounts, Count: counts, Date: dates_}  # type: ignore[dict-item]
    congresses: list[tuple[int, int]] = []
    done, lossy = 0, False
    for m in master().finditer(text):
        if m.start() < done:
            continue
        kind = m.lastgroup
        found: Quantity | None
        if kind == "trap":
            continue
        if kind == "congress":
            congresses.append(m.span())
            continue
        if kind == "number":
            found = _number(text, m)
        elif kind in ("word", "quote", "festival", "iso"):
            found = dates.date(text, m.start())
        elif kind == "wholerate":
            found = _rate(text, m)
        elif kind == "signed":
            found = _signed(text, m)
        elif kind == "mask":
            found = _masked(text, m)
        else:
            found = lost.lost(text, m)
        if found is not None:
            if kind == "quote" and isinstance(found, Date) and m.end() in breaks:
                found = dates.without_quotes(found)
            bins[type(found)].append(found)
            done = found.end
            lossy = lossy or found.masked
    if lossy:
        _recall(text, bins)
    found_issues = plausible.issues(text, amounts, headcounts, counts, dates_, congresses)
    return Quantities(
        numbered(amounts, "a"), numbered(headcounts, "h"), numbered(counts, "c"), numbered(dates_, "d"), found_issues
    )
