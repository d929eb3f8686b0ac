"""The scanner: one guarded alternation finds every kind of quantity in one pass over the text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from gonghui_nlp.model import Amount, Count, Date, Headcount, Issue
from gonghui_nlp.quantities import dates, lost
from gonghui_nlp.quantities.amounts import CURRENCY, NOT_YUAN, amount
from gonghui_nlp.quantities.counts import count, duration
from gonghui_nlp.quantities.headcounts import headcount
from gonghui_nlp.quantities.lexicon import any_of, classifiers, person_nouns
from gonghui_nlp.quantities.numerals import ABOUT_AFTER, BEFORE, CHARACTERS, OVER_AFTER, UNDER_AFTER, read, words

Quantity = Amount | Headcount | Count | Date


@dataclass(frozen=True, slots=True)
class Quantities:
    """All quantities of one text, each kind sorted by start. ``counts`` holds counts, rates and durations."""

    amounts: tuple[Amount, ...] = ()
    headcounts: tuple[Headcount, ...] = ()
    counts: tuple[Count, ...] = ()
    dates: tuple[Date, ...] = ()
    issues: tuple[Issue, ...] = ()


_TO = "[-~～—–─至到]{1,2}+"
_ONE = f"[{CHARACTERS}](?:[{CHARACTERS}]|[,.](?=[0-9])|点(?=[一-九〇零])){{0,20}}+"
_NUMBER = f"(?:{_ONE}|数(?=[十百千万亿])[十百千万亿]{{1,3}}+)(?:[余多来](?:[百千万亿]{{1,2}}+[余多]?)?)?"
_SUFFIX = f"(?:{words(OVER_AFTER, UNDER_AFTER, ABOUT_AFTER)})?"
_PREFIX = re.compile(f"(?:(?<![最附临亲靠])近|(?<![节合公契])约|{BEFORE}|(?<![以之会身]上)上) ?$")
_DURATION = "年|天|个?小时|分钟|个?星期|周(?![年岁一二三四五六日末密围期])|个多?月|个学期"


@lru_cache(maxsize=1)
def _units() -> str:
    things = "|".join(
        re.escape(c.word) + (f"(?!{c.never})" if c.never else "")
        for c in sorted(classifiers().values(), key=lambda c: -len(c.word))
    )
    person = any_of(person_nouns())
    return (
        f"(?P<money>元(?!{NOT_YUAN})|块钱|{any_of(list(CURRENCY))}|圆(?=[整，。；）]))"
        "|(?P<rate>%|‰|个百分点|成(?=以上|左右|多|的|[，。；）])|分之)"
        f"|(?P<time>{_DURATION})"
        "|(?P<person>人次|人(?![大民均员才士数类间心格文物口制组]|工(?!作|会)|生(?!病|活)|足球|篮球|三足)|名(?![额单次列誉])|位(?![数置于列居一])"
        f"|个(?=[^，。；、]{{0,8}}?(?:{person}))(?!月|基层|困难家庭|家庭|工会|单位|班|家|小组|会员单位|教工之家|教职工之家)|(?={person}))"
        f"|(?P<thing>{things})"
    )


@lru_cache(maxsize=1)
def master() -> re.Pattern[str]:
    """The one alternation; a look-ahead for the few characters a quantity can start with comes first."""
    guard = "0-9零〇○一二三四五六七八九十百千万亿两俩仨几数廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
    guard += "xX×*_△□“‘\\\\\"'今去明前当次来同年月上下第春秋夏冬岁寒暑学期开正腊农阴大双"
    guard += "".join(sorted({f.name[0] for f in dates.festivals().values()}))
    guard += "名近余多元" + "".join(sorted({w[0] for w, c in classifiers().items() if c.lost}))
    return re.compile(
        f"(?=[{guard}])(?:(?P<date>{dates.pattern()})"
        f"|(?P<wholerate>百分之百|百分之{_NUMBER}{_SUFFIX})"
        f"|(?<![{CHARACTERS}])(?<![0-9][,.])(?P<number>{_NUMBER}(?:{_TO}{_NUMBER})?) ?(?:{_units()})(?P<suffix>{_SUFFIX})"
        f"|{lost.pattern()})"
    )


def _extend(text: str, start: int, number: str) -> tuple[int, str]:
    """The number with the approximation word in front of it."""
    m = _PREFIX.search(text, max(0, start - 5), start)
    if m is None or (m[0] == "上" and number[0] not in "十百千万"):
        return start, number
    return m.start(), m[0].strip() + number


def _number(text: str, m: re.Match[str]) -> Quantity | None:
    start, end, raw, suffix = m.start("number"), m.end(), m["number"], m["suffix"] or ""
    if m["rate"]:
        if m["rate"] == "分之":
            return None
        start, phrase = _extend(text, start, raw + m["rate"] + suffix)
        number = read(phrase)
        return number and Count(start, end, text[start:end], "rate", number.min, number.max, number.approx, "", None)
    if m["time"]:
        return _time(text, m)
    start, phrase = _extend(text, start, raw + suffix)
    number = read(phrase)
    if number is None:
        return None
    if m["money"]:
        return amount(text, start, end, number, m["money"])
    if m["person"] is not None:
        if m["person"] == "" and not (raw[-1] in "余多" or raw[0] in "0123456789"):
            return None
        return headcount(text, start, end, number, m["person"])
    return count(text, start, end, number, classifiers()[m["thing"]])


_LASTING = re.compile("(?:历时|为期|用时|历经)(?:了)?$")


def _time(text: str, m: re.Match[str]) -> Count | None:
    start, unit = m.start("number"), m["time"]
    lasting = _LASTING.search(text, max(0, start - 4), start)
    if unit == "年" and not lasting:
        return None
    number = read(m["number"] + ("多" if "多" in unit else "") + (m["suffix"] or ""))
    if number is None:
        return None
    return duration(text, lasting.start() if lasting else start, m.end(), number, unit)


def _rate(text: str, m: re.Match[str]) -> Count | None:
    start, phrase = _extend(text, m.start(), m[0])
    number = read(phrase)
    return number and Count(start, m.end(), text[start : m.end()], "rate", number.min, number.max, number.approx)


def scan(text: str) -> Quantities:
    """All quantities of ``text``, which must be folded already (``View.text``); offsets point into it.

    Never raises on bad text; linear in its length.

    >>> found = scan("慰问22名困难教职工，送去慰问金11000元。")
    >>> found.headcounts[0].who, found.amounts[0].min, found.amounts[0].purpose
    ('困难教职工', 11000, 'aid')
    """
    out: dict[type, list[Quantity]] = {Amount: [], Headcount: [], Count: [], Date: []}
    readers: dict[str, Callable[[str, re.Match[str]], Quantity | None]] = {"date": dates.date, "wholerate": _rate}
    finditer = master().finditer
    for m in finditer(text):
        if m["date"] is not None:
            found: Quantity | None = dates.date(text, m)
        elif m["number"] is not None:
            found = _number(text, m)
        elif m["wholerate"] is not None:
            found = readers["wholerate"](text, m)
        else:
            found = lost.lost(text, m)
        if found is not None:
            out[type(found)].append(found)
    return Quantities(*(tuple(out[k]) for k in (Amount, Headcount, Count, Date)))  # type: ignore[arg-type]
