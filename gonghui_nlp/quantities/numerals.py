"""Numerals: what a Chinese or Arabic numeral says, and nothing more.

A numeral is a number, a range or nothing. Its value says what is stated: an open end is None, a number of
which only the classifier survived has both ends None. Conventions and their reasons: docs/quantities.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from gonghui_nlp.schema import Approx, stated
from gonghui_nlp.text.normalize import fold
from gonghui_nlp.text.numerals import DIGIT, STRING, cardinal, whole

OVER_BEFORE = (
    "不少于",
    "不低于",
    "不下于",
    "超过了",
    "超过",
    "至少",
    "最少",
    "起码",
    "突破",
    "多于",
    "高于",
    "大于",
    "不下",
    "逾",
    "超",
)
UNDER_BEFORE = (
    "不超过",
    "不多于",
    "不高于",
    "不到",
    "不足",
    "不满",
    "将近",
    "接近",
    "至多",
    "最多",
    "少于",
    "低于",
    "小于",
    "未满",
    "近",
)
ABOUT_BEFORE = ("大约", "约为", "大概", "约")
OVER_AFTER = ("及以上", "以上", "之多", "有余", "余", "多")
UNDER_AFTER = ("及以下", "以下", "以内", "之内")
ABOUT_AFTER = ("左右", "上下", "前后", "来")

#: What each word in front of a number says.
NEARNESS: dict[str, Approx] = {
    **dict.fromkeys(OVER_BEFORE, "over"),
    **dict.fromkeys(UNDER_BEFORE, "under"),
    **dict.fromkeys(ABOUT_BEFORE, "about"),
}
_AFTER: dict[str, Approx] = {
    **dict.fromkeys(OVER_AFTER, "over"),
    **dict.fromkeys(UNDER_AFTER, "under"),
    **dict.fromkeys(ABOUT_AFTER, "about"),
}


def words(*groups: tuple[str, ...]) -> str:
    """The words as an alternation, the longest first."""
    return "|".join(sorted((w for g in groups for w in g), key=len, reverse=True))


BEFORE = words(tuple(NEARNESS))
AFTER = words(tuple(_AFTER))
_SIDES = re.compile(
    rf"(?P<before>{BEFORE})?(?P<up>上|成)?(?P<core>.+?)(?P<mid>[余多来](?=[百千万亿]))?(?P<unit>(?<=[余多来])[百千万亿]+)?"
    rf"(?P<after>{AFTER})?(?P<after2>{AFTER})?"
)
_SPAN = re.compile(r"(.+?)(?:[-~～—–─至到]{1,2})(.+)")
_RATES = (
    re.compile(r"百分之(?P<n>.+)"),
    re.compile(r"(?P<n>.+)(?:%|个百分点)"),
    re.compile(r"千分之(?P<k>.+)|(?P<k2>.+)‰"),
)
_FRACTION = re.compile(r"(?P<whole>.+又)?(?P<under>.+)分之(?P<over>.+)")
_SLASH = re.compile(r"([0-9]+)/([1-9][0-9]*)")
_TENTHS = re.compile(f"([{DIGIT}0-9]|10|十|[0-9]\\.[0-9]|[{DIGIT}]点[{DIGIT}])成(半|[{DIGIT}])?")
_ORDINAL = re.compile(r"第(.+)")


@dataclass(frozen=True, slots=True)
class Numeral:
    """What a numeral says: both ends, how exact, and whether it counts, is a share (a fraction) or a rank."""

    min: float | None
    max: float | None
    approx: Approx = "exact"
    kind: Literal["cardinal", "rate", "ordinal"] = "cardinal"

    @property
    def value(self) -> float | None:
        """The one figure to put into a sum: the number as stated, the middle of a range."""
        return stated(self.min, self.max)


_PAIR = re.compile(
    "(?<![零一二三四五六七八九两点])"
    "(?:一两|一二|二三|两三|三四|三五|四五|五六|六七|七八|八九|[一二三四五六七八]、[二三四五六七八九](?=[十百千万亿]))"
    "(?![零一二三四五六七八九])"
)


_TENS = re.compile("([1-9])0[几多]")


def _ends(text: str) -> tuple[float | None, float | None]:
    """Both ends of a numeral without approximation words: an exact one, 几十, 十几, 三五百, 十五六."""
    if "几" in text or "数" in text:
        if text in ("几", "数"):
            return 2, 9
        if text.count("几") + text.count("数") > 1:
            return None, None
        # 30几 is 三十几.
        if (tens := _TENS.fullmatch(text)) is not None:
            return int(tens[1]) * 10 + 1, int(tens[1]) * 10 + 9
        tail = re.search(r"(?<=十)几", text)
        low, high = ("一", "九") if tail else ("二", "九")
        return cardinal(re.sub("[几数]", low, text)), cardinal(re.sub("[几数]", high, text))
    exact = cardinal(text)
    if "点" not in text and (pair := _PAIR.search(text)) and not (len(text) > 2 and STRING.fullmatch(text)):
        a, b = pair[0][0], pair[0][-1]
        low_text, high_text = (text[: pair.start()] + c + text[pair.end() :] for c in (a, b))
        return cardinal(low_text), cardinal(high_text)
    return exact, exact


@lru_cache(maxsize=8192)
def read(text: str) -> Numeral | None:
    """:func:`parse_numeral` for text that is folded already and holds no space."""
    if not text or len(text) > 60:
        return None
    if " " in text or "，" in text:
        text = text.replace(" ", "").replace("，", "")
    if ordinal := _ORDINAL.fullmatch(text):
        value = cardinal(ordinal[1])
        return None if value is None else Numeral(value, value, "exact", "ordinal")
    if rate := _rate(text):
        return rate
    if (span := _SPAN.fullmatch(text)) and (both := _range(span[1], span[2])):
        return both
    sides = _SIDES.fullmatch(text)
    if sides is None:
        return None
    low, high = _ends(sides["core"] + (sides["unit"] or ""))
    if low is None or high is None:
        if text == "千百":
            return Numeral(100, None, "over")
        return None
    approx: Approx = "exact" if low == high else "range"
    said = [NEARNESS[sides["before"]]] if sides["before"] else []
    if sides["up"]:
        if sides["core"][0] not in "十百千万亿":
            return None
        said.append("over")
    if sides["mid"]:
        said.append(_AFTER[sides["mid"]])
    said += [_AFTER[a] for a in (sides["after"], sides["after2"]) if a]
    return _open(low, high, approx, said)


def _open(low: float, high: float, approx: Approx, said: list[Approx]) -> Numeral:
    if "over" in said:
        return Numeral(low, None, "over")
    if "under" in said:
        return Numeral(None, high, "under")
    if "about" in said:
        return Numeral(low, high, "about" if approx == "exact" else approx)
    return Numeral(low, high, approx)


_SCALE = re.compile(r"(.*?)([十百千万亿]+)[余多]?")
_BIG_SCALE = re.compile(r"(.+?)([万亿]+)[余多]?")


def _borrowed(low: float, high: float, a: str, b: str) -> float:
    """The first number of a range with the unit of the second, when it has none and is the smaller figure.

    3-5万 and 三到五百万 borrow all of it, 十八至三十万 the 万 alone, 5千到1万 nothing.
    """
    for pattern, units in ((_SCALE, "[十百千万亿]"), (_BIG_SCALE, "[万亿]")):
        scale = pattern.fullmatch(b)
        figure = cardinal(scale[1]) if scale and scale[1] and not re.search(units, a) else None
        if figure and low < figure:
            return low * high / figure
    return low


def _range(a: str, b: str) -> Numeral | None:
    about = [w for w in ABOUT_BEFORE if a.startswith(w)]
    a = a[len(about[0]) :] if about else a
    (low, low_end), (first, high) = _ends(a), _ends(b.rstrip("余多"))
    if low is None or high is None or low_end is None or first is None:
        return None
    low = _borrowed(low, first, a, b)
    return Numeral(whole(low), high, "range") if low < high else None


def _rate(text: str) -> Numeral | None:
    core, said = text, []
    if m := re.match(f"(?:{BEFORE})", core):
        core, said = core[m.end() :], [NEARNESS[m[0]]]
    if m := re.search(f"(?:{AFTER})$", core):
        core = core[: m.start()]
        said.append(_AFTER[m[0]])
    ends: tuple[float, float] | None = None
    if core in ("百分之百", "百分百"):
        ends = (1, 1)
    elif m := _RATES[0].fullmatch(core) or _RATES[1].fullmatch(core):
        ends = _scaled(m["n"].replace("百分之", ""), 100)
    elif m := _RATES[2].fullmatch(core):
        ends = _scaled(m["k"] or m["k2"], 1000)
    elif m := _FRACTION.fullmatch(core):
        under, over = cardinal(m["under"]), cardinal(m["over"])
        whole = cardinal(m["whole"][:-1]) if m["whole"] else 0
        if under and over is not None and whole is not None:
            ends = (whole + over / under,) * 2
    elif m := _SLASH.fullmatch(core):
        ends = (int(m[1]) / int(m[2]),) * 2
    elif m := _TENTHS.fullmatch(core):
        value = (cardinal(m[1]) or 0) / 10
        if m[2]:
            value += 0.05 if m[2] == "半" else (cardinal(m[2]) or 0) / 100
        ends = (round(value, 6),) * 2
    if ends is None:
        return None
    opened = _open(*ends, "exact" if ends[0] == ends[1] else "range", said)
    return Numeral(opened.min, opened.max, opened.approx, "rate")


def _scaled(text: str, by: int) -> tuple[float, float] | None:
    inner = read(text.replace("%", ""))
    if inner is None or inner.kind != "cardinal" or inner.min is None or inner.max is None:
        return None
    return round(inner.min / by, 9), round(inner.max / by, 9)


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
    return read(re.sub(r"\s+", "", fold(text)).replace("圆", "元"))
