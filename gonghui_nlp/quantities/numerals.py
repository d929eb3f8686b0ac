"""Numerals: what a Chinese or Arabic numeral says, and nothing more.

A numeral is a number, a range or nothing. Its value says what is stated: an open end is None, a number of
which only the classifier survived has both ends None. Conventions and their reasons: docs/quantities.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from gonghui_nlp.compiling import compiled
from gonghui_nlp.quantities.nearness import nearness
from gonghui_nlp.resources import patterns, remembered
from gonghui_nlp.schema import Approx, stated
from gonghui_nlp.text.normalize import fold
from gonghui_nlp.text.numerals import (
    BIG_UNITS,
    FORMAL_NINE,
    FORMAL_UNITS,
    LETTERS,
    LOOKALIKES,
    NINE,
    SMALL_UNITS,
    STRING,
    UNITS,
    cardinal,
    whole,
)

_sides = patterns.pattern("quantities", "sides")
_first_near = patterns.pattern("quantities", "first_near")
_last_near = patterns.pattern("quantities", "last_near")
_span = patterns.pattern("quantities", "between")
_ordinal_of = patterns.pattern("quantities", "ordinal")


@dataclass(frozen=True, slots=True)
class Numeral:
    """What a numeral says: both ends, how exact, and whether it counts, is a share (a fraction) or a rank."""

    min: float | None
    max: float | None
    approx: Approx = "exact"
    kind: Literal["cardinal", "rate", "ordinal"] = "cardinal"

    def negative(self) -> Numeral:
        """The same below zero."""
        low, high = (None if x is None else -x for x in (self.max, self.min))
        opened: Approx = {"over": "under", "under": "over"}.get(self.approx, self.approx)  # type: ignore[assignment]
        return Numeral(low, high, opened, self.kind)

    @property
    def value(self) -> float | None:
        """The one figure to put into a sum: the number as stated, the middle of a range."""
        return stated(self.min, self.max)


_pair = patterns.pattern("quantities", "pair")
#: 5、600 is five to six hundred.
_COMMA_PAIR = compiled(f"([1-8])、([2-9])(0+|[{UNITS}])")


_tens_and_few = patterns.pattern("quantities", "tens_and_few")


def _below(text: str) -> int:
    """What may stand behind the last figure of a vague number: 几千页 are up to 9999, 几万元 are round."""
    return 0 if text[-1] not in SMALL_UNITS else 10 ** (1 + SMALL_UNITS.index(text[-1])) - 1


def _ends(text: str) -> tuple[float | None, float | None]:
    """Both ends of a numeral without approximation words: an exact one, 几十, 十几, 三五百, 十五六."""
    if "几" in text or "数" in text:
        if text in ("几", "数"):
            return 2, 9
        if text.count("几") + text.count("数") > 1:
            return None, None
        # 30几 is 三十几.
        if (tens := _tens_and_few().fullmatch(text)) is not None:
            return int(tens[1]) * 10 + 1, int(tens[1]) * 10 + 9
        tail = re.search(r"(?<=十)几", text)
        low, high = ("一", "九") if tail else ("二", "九")
        last = cardinal(re.sub("[几数]", high, text))
        return cardinal(re.sub("[几数]", low, text)), None if last is None else last + _below(text)
    if m := _COMMA_PAIR.fullmatch(text):
        ends = cardinal(m[1] + m[3]), cardinal(m[2] + m[3])
        return ends if int(m[1]) + 1 == int(m[2]) else (None, None)
    exact = cardinal(text)
    if "点" not in text and (pair := _pair().search(text)) and not (len(text) > 2 and STRING.fullmatch(text)):
        a, b = pair[0][0], pair[0][-1]
        low_text, high_text = (text[: pair.start()] + c + text[pair.end() :] for c in (a, b))
        return cardinal(low_text), cardinal(high_text)
    return exact, exact


#: Formal figures as plain ones, old forms and traditional ones too.
_PLAIN = str.maketrans(
    dict(zip(FORMAL_NINE + FORMAL_UNITS, NINE + SMALL_UNITS, strict=True))
    | {k: dict(zip(FORMAL_NINE, NINE, strict=True)).get(v, v) for k, v in LOOKALIKES.items()}
)
_between_figures = patterns.pattern("quantities", "between_figures")


@remembered(8192)
def read(text: str) -> Numeral | None:
    """:func:`parse_numeral` for text that is folded already and holds no space."""
    if len(text) > 60:
        return None
    # Most numbers are plain ones; a float holds so many of their figures.
    if len(text) <= 15 and text.isascii() and text.isdecimal():
        return Numeral(int(text), int(text))
    if not text.isascii():
        text = _between_figures().sub("", text).translate(_PLAIN)
    if not text:
        return None
    for reader in (_below_zero, _ordinal, _rate, _between, _near):
        if (found := reader(text)) is not None:
            return found
    return Numeral(100, None, "over") if text == "千百" else None


def _below_zero(text: str) -> Numeral | None:
    if text[0] not in "负-−" or len(text) < 2 or text[1] in "负-−第":
        return None
    found = read(text[1:])
    return found.negative() if found else None


def _ordinal(text: str) -> Numeral | None:
    m = _ordinal_of().fullmatch(text)
    value = cardinal(m[1]) if m else None
    return None if value is None else Numeral(value, value, "exact", "ordinal")


def _between(text: str) -> Numeral | None:
    m = _span().fullmatch(text)
    return _range(m[1], m[2]) if m else None


def _near(text: str) -> Numeral | None:
    """A number with its approximation words: 近三百, 3万余, 上千."""
    sides = _sides().fullmatch(text)
    if sides is None:
        return None
    low, high = _ends(sides["core"] + (sides["unit"] or ""))
    if low is None or high is None or (sides["up"] and sides["core"][0] not in UNITS):
        return None
    near = nearness()
    said: list[Approx] = [near.before[sides["before"]]] if sides["before"] else []
    said += ["over"] if sides["up"] else []
    said += [near.behind[a] for a in (sides["mid"], sides["after"], sides["after2"]) if a]
    return _open(low, high, "exact" if low == high else "range", said)


def _open(low: float, high: float, approx: Approx, said: list[Approx]) -> Numeral:
    if "over" in said:
        return Numeral(low, None, "over")
    if "under" in said:
        return Numeral(None, high, "under")
    if "about" in said:
        return Numeral(low, high, "about" if approx == "exact" else approx)
    return Numeral(low, high, approx)


_scale = patterns.pattern("quantities", "scale")
_big_scale = patterns.pattern("quantities", "big_scale")


def _borrowed(low: float, high: float, a: str, b: str) -> float:
    """The first number of a range with the unit of the second, when it has none and is the smaller figure.

    3-5万 and 三到五百万 borrow all of it, 十八至三十万 the 万 alone, 5千到1万 nothing.
    """
    for pattern, units in ((_scale, f"[{UNITS}]"), (_big_scale, f"[{BIG_UNITS}]")):
        scale = pattern().fullmatch(b)
        figure = cardinal(scale[1]) if scale and scale[1] and not re.search(units, a) else None
        if figure and low < figure:
            return low * high / figure
    return low


def _range(a: str, b: str) -> Numeral | None:
    about = _first_near().match(a)
    a = a[about.end() :] if about and nearness().before[about[0]] == "about" else a
    (low, low_end), (first, high) = _ends(a), _ends(b.rstrip("余多"))
    if low is None or high is None or low_end is None or first is None:
        return None
    low = _borrowed(low, first, a, b)
    return Numeral(whole(low), high, "range") if low < high else None


def _rate(text: str) -> Numeral | None:
    if not _rate_sign().search(text):
        return None
    core, said = text, []
    if m := _first_near().match(core):
        core, said = core[m.end() :], [nearness().before[m[0]]]
    if m := _last_near().search(core):
        core = core[: m.start()]
        said.append(nearness().behind[m[0]])
    for pattern, value in _RATES:
        if m := pattern().fullmatch(core):
            ends = value(m)
            if ends is None:
                return None
            opened = _open(*ends, "exact" if ends[0] == ends[1] else "range", said)
            return Numeral(opened.min, opened.max, opened.approx, "rate")
    return None


Ends = tuple[float, float] | None


def _one(value: float | None) -> Ends:
    return None if value is None else (float(f"{value:.12g}"),) * 2


def _parts(text: str) -> float | None:
    """Into how many parts: 万万 and 百万万 are no cardinals, but denominators."""
    value = cardinal(text)
    return value if value is not None or len(text) < 2 or text[-1] != "万" else (cardinal(text[:-1]) or 0) * 10_000


def _fraction(m: re.Match[str]) -> Ends:
    under, over = _parts(m["under"]), cardinal(m["over"])
    whole_part = cardinal(m["whole"][:-1]) if m["whole"] else 0
    if not under or over is None or whole_part is None:
        return None
    return _one(whole_part + over / under)


def _tenths(m: re.Match[str]) -> Ends:
    value = cardinal(m["tens"])
    if value is None:
        return None
    more = 0.0 if not m["more"] else 0.5 if m["more"] == "半" else cardinal(m["more"]) or 0
    return _one((value + more / 10) / 10) if m["more"] != "半" else _one((value + 0.5) / 10)


def _scaled(text: str, by: int) -> tuple[float, float] | None:
    inner = read(text.removesuffix("%"))
    if inner is None or inner.kind != "cardinal" or inner.min is None or inner.max is None:
        return None
    return round(inner.min / by, 9), round(inner.max / by, 9)


def _of_ten(text: str) -> Ends:
    """七八 of ten; more than ten tenths are none."""
    found = _scaled(text, 10)
    return found if found and found[0] < found[1] <= 1 else None


def _slashed(m: re.Match[str]) -> Ends:
    return _one(int(m["whole"] or 0) + int(m["over"]) / int(m["under"]))


def _hundredths(m: re.Match[str]) -> Ends:
    return _scaled(m["n"] or m["n2"], 100)


def _thousandths(m: re.Match[str]) -> Ends:
    return _scaled(m["n"] or m["n2"], 1000)


_rate_sign = patterns.pattern("quantities", "rate_sign")
#: The ways of writing a share, and what each says.
_RATES: tuple[tuple[Callable[[], re.Pattern[str]], Callable[[re.Match[str]], Ends]], ...] = (
    (patterns.pattern("quantities", "rate_all"), lambda m: (1, 1)),
    (patterns.pattern("quantities", "rate_hundredths"), _hundredths),
    (patterns.pattern("quantities", "rate_thousandths"), _thousandths),
    (patterns.pattern("quantities", "rate_fraction"), _fraction),
    (patterns.pattern("quantities", "rate_slash"), _slashed),
    (patterns.pattern("quantities", "rate_times"), lambda m: _scaled(m["n"], 1)),
    (patterns.pattern("quantities", "rate_tens"), lambda m: _of_ten(m["n"])),
    (patterns.pattern("quantities", "rate_tenths"), _tenths),
    (patterns.pattern("quantities", "rate_price"), _tenths),
)
_MIXED = compiled("([0-9])\\s+([0-9]+/[0-9])")
_SPACED = compiled("\\s+")
_LETTERED = compiled(f"[0-9{''.join(LETTERS)}]*[0-9][0-9{''.join(LETTERS)}]*")


_thousands = patterns.pattern("quantities", "thousands")
_FIGURES = {ord(letter): figure for letter, figure in LETTERS.items()}


def parse_numeral(text: str) -> Numeral | None:
    """What ``text`` says when all of it is one numeral; None when it is not. Never raises on bad text.

    Arabic, Chinese small and formal, mixed and spoken numerals, digit strings, percentages, fractions,
    ordinals, vague ones (几十, 数百), open ends (余, 近, 以上 …) and ranges.

    >>> parse_numeral("3万余")
    Numeral(min=30000, max=None, approx='over', kind='cardinal')
    >>> parse_numeral("百分之九十五点七八").value
    0.9578
    >>> parse_numeral("三至五万")
    Numeral(min=30000, max=50000, approx='range', kind='cardinal')
    """
    folded = _thousands().sub(
        lambda m: "千" if m[0] in "kK" else "万", _SPACED.sub("", _MIXED.sub(r"\1又\2", fold(text)))
    )
    return read(_LETTERED.sub(lambda m: m[0].translate(_FIGURES), folded))
