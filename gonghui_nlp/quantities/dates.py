"""Dates: the grammar of calendar expressions, and the value each one states.

A value never holds a year that the mention does not say; what is not said is X (``XXXX-03``).
"""

from __future__ import annotations

import re
from functools import lru_cache

from gonghui_nlp.model import Date
from gonghui_nlp.quantities.lexicon import any_of, festivals
from gonghui_nlp.quantities.numerals import cardinal

_MASK = "xX×*_△□"
_OPEN, _CLOSE = r"\\?[“‘\"']", r"\\?[”’\"']"
_TO = "(?: ?[-~～—–─至到]{1,2} ?)"
_CN9 = "一二三四五六七八九"

_YEAR = (
    f"(?:19|20)[0-9{_MASK}]{{2}}|[一二][九〇○零Oo][〇○零Oo{_CN9}{_MASK}]{{2}}"
    f"|[xX]{{2,4}}|×{{1,4}}|[*_△□]{{2,4}}|(?:0[0-9]|9[0-9])(?=年[度级]?[0-9{_CN9}上下春秋的]|学年)"
)
_MONTH = f"(?:1[0-2]|0?[1-9]|十[一二]?|[{_CN9}元]|[{_MASK}]{{1,2}})"
_DAY = f"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|(?:二?十|廿)[{_CN9}]?|[{_CN9}]|[{_MASK}]{{1,2}})"
_NO = f"(?<![0-9{_CN9}十百千万零〇几])"

_SEP = "[·.。、・•‧．\\-—，]?"
NUMBERED = {
    "三八": ("三", "八", "3", "8"),
    "五一": ("五", "一", "5", "1"),
    "五四": ("五", "四", "5", "4"),
    "六一": ("六", "一", "6", "1"),
    "七一": ("七", "一", "7", "1"),
    "八一": ("八", "一", "8", "1"),
    "五一二": ("五", "一二", "5", "12"),
    "一二九": ("一二", "九", "12", "9"),
}
_NUMBERED = "|".join(f"{a}{_SEP}{b}|{c}[·.。、・•‧．-]{d}(?![0-9])" for a, b, c, d in reversed(NUMBERED.values()))
_NAME = (
    f"(?:{_OPEN}?国际{_CLOSE}?)?{_OPEN}?(?:国际)?"
    f"(?:劳动妇女|妇女|劳动|青年|儿童|护士|建党|建军|女神|女生|女人|女工|女王)?节{_CLOSE}?"
)
_HONOUR = (
    "(?:国际)?(?:劳动奖|红旗|先进|巾帼|奖章|劳模|标兵|先锋|精神|运动|讲话|重要讲话|勋章|路|小学|中学|学校|广场|口号)"
)
_CUE = "(?=期间|前夕|前后|之际|来临|到来|假期|小?长假|黄金周|庆祝|慰问|表彰|活动|晚会|系列)"

_AFTER = "(?:期间|前夕|前后|前(?![往来去期后三景进列沿提述言年方面两几]))?"


_SHORT = "(?:[0-9]{4}|[0-9]{2}|20[xX*×]{2}|[xX*×]{2,4})"


@lru_cache(maxsize=1)
def pattern() -> str:
    """The alternation of all calendar expressions, with named groups; :func:`build` reads them."""
    plain = any_of([f.name for f in festivals().values() if f.form == "plain"])
    quoted = any_of([f.name for f in festivals().values() if f.form == "quoted"])
    tail = (
        f"(?:(?P<m1>{_MONTH})(?:{_TO}|月{_TO}|、))?(?P<m>{_MONTH}) ?月(?![考刊饼经]|月)(?:份(?!额))?"
        f"(?: ?(?:(?P<d1>{_DAY}) ?[日号]?(?:{_TO}|、))?(?P<d>{_DAY}) ?[日号](?!楼)|(?P<xun>[上中下]{{1,2}}旬|[初底末]))?"
        f"|(?P<half>[上下]半年)|第?(?P<quarter>[一二三四1-4])季度"
        f"|(?P<semester>[春秋夏冬]季(?:学期|期)?|[春秋]学期|第[一二]学期|(?<=年)[春秋])"
        f"(?!运动|田径|长跑|趣味|游|旅|远足|登山|招|高考|传染|流感|篮球|排球)"
        f"|(?P<edge>年[底初末]|岁末|(?<=[0-9{_MASK}〇○零{_CN9}]年)[底初末])(?!总结)"
        f"|(?P<holiday>寒暑假|[寒暑]假|[寒暑]期(?!工))"
        f"|(?P<term>学期(?:[初末]|期[初末])|学年[初末]|期[初末](?!总结|考|复习|统考|检测|成绩|评|测|工作)|开学(?:初|第一天|之初|伊始))"
        f"|第(?P<nth>[0-9]{{1,3}}|[{_CN9}十百]{{1,5}})(?:个|届)(?:{_OPEN})?(?:国际|全国|世界)?(?P<ofnth>{plain})(?:{_CLOSE})?"
        f"|(?P<fest>{plain})"
        f"|{_OPEN}(?P<nf1>{_NUMBERED}){_CLOSE}(?!{_HONOUR})(?:{_NAME})?"
        f"|{_OPEN}(?P<nf2>{_NUMBERED}){_NAME}"
        f"|{_NO}(?P<nf3>{_NUMBERED})(?:{_CLOSE})?{_NAME}"
        f"|{_NO}(?P<nf4>{_NUMBERED}){_CUE}"
        f"|{_OPEN}(?P<qf>{quoted}){_CLOSE}(?!{_HONOUR})|(?P<qf2>{quoted}|两节|双节)(?=期间|前夕)"
        f"|(?P<lunar>(?:农历|阴历)?(?:正月|腊月)(?:初[{_CN9}十]|[十廿二][{_CN9}十]{{0,2}})?"
        f"|(?:农历|阴历)(?:{_MONTH})月(?:初?[{_CN9}十廿]{{1,3}})?|大年(?:初[{_CN9}]|三十))"
        f"|(?P<lostday>月 ?日)(?![子常程益报])(?:{_TO}日|、日)?"
    )
    return (
        f"(?P<schoolyear>{_SHORT}年?{_TO}{_SHORT} ?学年度?(?:第?[一二上下]学期)?)"
        "|(?<![0-9])(?P<iso>(?P<iy>(?:19|20)[0-9]{2})(?P<sep>[-./])(?P<im>1[0-2]|0?[1-9])"
        "(?:(?P=sep)(?P<id>3[01]|[12][0-9]|0?[1-9])|[.])?)(?![0-9])"
        "|(?P<lostyear>(?<![0-9一-鿿])年 ?月 ?日)"
        f"|(?P<alone>20[{_MASK}]{{2}})(?=[，。、；）])"
        f"|{_NO}(?:(?:(?P<y1>{_YEAR})年?{_TO})?(?P<year>{_YEAR}) ?(?:年度?|(?P<school>学年度?(?:第?[一二上下]学期)?))"
        f"|(?:今年|去年|明年|前年|当年|次年|来年|同年)(?=[^，。]))?(?: ?(?:{tail})|(?(year)|(?!))){_AFTER}"
    )


def _number(text: str) -> str | None:
    """A month or day as two digits; None when it is masked."""
    value = cardinal("一" if text == "元" else text)
    return None if value is None else f"{int(value):02d}"


def _year(text: str) -> str:
    text = re.sub(f"[{_MASK}]", "X", text)
    if len(text) == 4 and not text.isascii():
        value = cardinal(text.replace("X", ""))
        return f"{int(value)}".ljust(4, "X") if value is not None else "XXXX"
    return text if len(text) == 4 and text[:2] in ("19", "20") else "XXXX"


_NUMBERED_VALUE = {name: f.day for name, f in ((n, festivals().get(n)) for n in NUMBERED) if f}
_DIGIT_NAME = {c + d: n for n, (_, _, c, d) in NUMBERED.items()}


def _festival(m: re.Match[str]) -> str | None:
    """The MM-DD of a festival, empty when it moves; None when the mention names none."""
    if name := m["fest"] or m["ofnth"] or m["qf"] or m["qf2"]:
        known = festivals().get(name)
        return known.day if known else ""
    if number := m["nf1"] or m["nf2"] or m["nf3"] or m["nf4"]:
        plain = re.sub("[^0-9一二三四五六七八九]", "", number)
        return _NUMBERED_VALUE[_DIGIT_NAME.get(plain, plain)]
    return None


def _points(m: re.Match[str], year: str) -> str | None:
    """The value of what follows the year: a month, a day, a half, a quarter, a festival."""
    if m["m"]:
        month = _number(m["m"])
        if month is None:
            return None
        start = end = f"{year}-{month}"
        if m["d"]:
            day = _number(m["d"])
            if day is None:
                return start
            start = end = f"{start}-{day}"
            if m["d1"] and (first := _number(m["d1"])):
                start = f"{year}-{month}-{first}"
        elif m["m1"] and (first := _number(m["m1"])):
            start = f"{year}-{first}"
        return start if start == end else f"{start}/{end}"
    if m["half"]:
        return f"{year}-H{1 if m['half'][0] == '上' else 2}"
    if m["quarter"]:
        return f"{year}-Q{int(cardinal(m['quarter']) or 0)}"
    day = _festival(m)
    if day:
        return f"{year}-{day}"
    if (day == "" or m["edge"] or m["holiday"]) and year != "XXXX":
        return year
    return None


def value_of(m: re.Match[str]) -> tuple[str | None, bool]:
    """The value of a match of :func:`pattern` and whether part of it was masked or lost."""
    if m["schoolyear"]:
        return None, bool(re.search(f"[{_MASK}]", m["schoolyear"]))
    if m["iso"]:
        parts = [m["iy"], f"{int(m['im']):02d}"] + ([f"{int(m['id']):02d}"] if m["id"] else [])
        return "-".join(parts), False
    if m["lostyear"] or m["lostday"]:
        return None, True
    if m["alone"]:
        return _year(m["alone"]), True
    masked = bool(re.search(f"[{_MASK}]", "".join(filter(None, (m["year"], m["m"], m["d"])))))
    year = _year(m["year"]) if m["year"] else "XXXX"
    if m["school"] or m["semester"] or m["term"] or m["lunar"]:
        return None, masked
    value = _points(m, year)
    if value is None and m["year"] and not (m["m"] or m["lostday"]):
        value = f"{_year(m['y1'])}/{year}" if m["y1"] else year
    if value is not None and m["year"] and m["year"].isdigit() and len(m["year"]) == 2:
        value = None if value == "XXXX" else value
    return value, masked


_RANGE_TO = re.compile(
    f"(?:{_TO}|、)(?:(?P<year>{_YEAR})年)?(?:(?P<m>{_MONTH})月份?)?(?:(?P<d>{_DAY})[日号])?(?P<half>[上下]半年)?"
)


def _extended(text: str, end: int, value: str | None) -> tuple[int, str | None]:
    """A range whose second half follows: …至5月7日, …—日, …、6日."""
    m = _RANGE_TO.match(text, end)
    if not m or not (m["year"] or m["m"] or m["d"]) or value is None or "/" in value:
        return end, value
    parts = value.split("-")
    if text[end] == "、" and (m["year"] or m["m"] or not m["d"]):
        return end, value
    if m["d"] and not m["m"] and len(parts) < 3:
        return end, value
    month = _number(m["m"]) if m["m"] else (parts[1] if len(parts) > 1 and not m["year"] else None)
    day = _number(m["d"]) if m["d"] else None
    last = [_year(m["year"]) if m["year"] else parts[0], *([month] if month else []), *([day] if month and day else [])]
    return m.end(), f"{value}/{'-'.join(last)}"


_MARK_BEFORE = re.compile("(?:^|[。；\n（])[ ]{0,2}$")


def date(text: str, m: re.Match[str]) -> Date | None:
    """The date of a match, or None when its surroundings say that it is none."""
    start, end = m.span()
    before = text[max(0, start - 4) : start]
    if (
        m["year"] is None
        and before.endswith("每")
        and (m["m"] or m["half"] or m["term"] or m["holiday"] or m["quarter"])
    ):
        return None
    if (m["term"] or m["edge"] or m["holiday"]) and re.search("每(?:个|学|年|学年|学期)?$", before):
        return None
    if m["m1"] and text[m.end("m1")] == "、":
        first, last = _number(m["m1"]), _number(m["m"])
        near = first and last and int(last) == int(first) + 1
        if not near or (m["year"] is None and _MARK_BEFORE.search(text[max(0, m.start("m1") - 3) : m.start("m1")])):
            start = m.start("m")
            value, masked = f"XXXX-{last}" if last else None, not last
            return Date(start, end, text[start:end], value, masked)
    if m["m"] and m["year"] is None and text[end : end + 1] == "一" and text[start] == "一":
        return None
    value, masked = value_of(m)
    if m["m"] or m["iso"] or m["year"]:
        end, value = _extended(text, end, value)
    return Date(start, end, text[start:end], value, masked)
