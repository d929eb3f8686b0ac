"""Dates: the grammar of calendar expressions, and the value each one states.

A value never holds a year that the mention does not say; what is not said is X (``XXXX-03``).
"""

from __future__ import annotations

import re
from functools import lru_cache

from gonghui_nlp.model import Date
from gonghui_nlp.quantities.lexicon import any_of, festivals
from gonghui_nlp.quantities.numerals import cardinal

MASK = "xX×*_△□"
OPEN, CLOSE = r"\\?[“‘\"']", r"\\?[”’\"']"
_TO = "(?: ?[-~～—–─至到]{1,2} ?)"
_CN9 = "一二三四五六七八九"
_NO_DIGIT = f"(?<![0-9{_CN9}十百千万零〇几])"

_YEAR = (
    f"(?:19|20)[0-9O{MASK}]{{2}}|[一二][九〇○零Oo][〇○零Oo{_CN9}{MASK}]{{2}}"
    f"|[xX]{{2,4}}|×{{1,4}}|[*_△□]{{2,4}}|(?:0[0-9]|9[0-9])(?=年[度级]?[0-9{_CN9}上下春秋的]|学年)"
)
_SHORT_YEAR = "(?:[0-9]{4}|[0-9]{2}|20[xX*×]{2}|[xX*×]{2,4})"
_MONTH = f"(?:1[0-2]|0?[1-9]|十[一二]?|[{_CN9}元]|[{MASK}]{{1,2}})"
_DAY = f"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|(?:二?十|廿)[{_CN9}]?|[{_CN9}]|[{MASK}]{{1,2}})"
_PART = "(?:[上中下]{1,2}旬|初(?![一二三四五六七八九十])|[底末])"

_SEP = "[·.。、・•‧．\\-—，]?"
#: Festivals that are written as month and day: both ways of writing the two numbers.
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
_NAME = "(?:国际)?(?:劳动妇女|妇女|劳动|青年|儿童|护士|建党|建军|女神|女生|女人|女工|女王|女教师)?节(?![约目日省])"
_NAMED = f"(?:{_NAME}|{OPEN}{_NAME}{CLOSE}|{OPEN}国际{CLOSE}{_NAME})"
_HONOUR = "(?:国际)?(?:劳动奖|红旗|先进|巾帼|奖章|劳模|标兵|先锋|精神|运动(?!会)|讲话|重要讲话|勋章|路|小学|中学|学校|广场|口号)"
_CUE = "(?=期间|前夕|前后|之际|来临|到来|假期|小?长假|黄金周|庆祝|慰问|表彰|活动|晚会|系列|联欢|文艺)"
_ALONE = "(?<=[。；\\n、，])(?:三八|五一|五四|六一|七一|八一|十一)(?=[，、])"
#: A numbered festival without quotes, for the scanner: its name or a cue follows.
NUMBERED_BARE = f"(?:{_NUMBERED})(?:{CLOSE})?(?:{_NAMED}|{_CUE})|{_ALONE}"
#: The start of one in quotes.
NUMBERED_START = "[三五六七八一十两双3-81]"

_AFTER = "(?:期间|前夕|前后|前(?![往来去期后三景进列沿提述言年方面两几]))?"
_DEICTIC = "今年|去年|明年|前年|当年|次年|来年|同年"


def starts() -> str:
    """What a date can start with when it is no digit and no mask: an alternation of literal words."""
    words = ["上半年", "下半年", "春季", "秋季", "夏季", "冬季", "春学期", "秋学期", "岁末", "寒假", "暑假", "寒暑假"]
    words += ["寒期", "暑期", "学期初", "学期末", "学期期", "学年初", "学年末", "期初", "期末", "开学初", "开学第一天"]
    words += [
        "开学之初",
        "开学伊始",
        "正月",
        "腊月",
        "农历",
        "阴历",
        "大年",
        "元月",
        "月日",
        "月 日",
        "年月日",
        "年 月",
    ]
    words += ["年底", "年初", "年末", "年中", *_DEICTIC.split("|")]
    words += [f.name for f in festivals().values() if f.form != "number"]
    return any_of(words) + "|第(?=[0-9一二三四五六七八九十百xX×*]{1,5}+[个届学季])"


@lru_cache(maxsize=1)
def pattern() -> re.Pattern[str]:
    """All calendar expressions; :func:`date` reads the named groups."""
    plain = any_of([f.name for f in festivals().values() if f.form == "plain"])
    quoted = any_of([f.name for f in festivals().values() if f.form == "quoted"])
    tail = (
        f"(?P<lunarday>{_MONTH}月初[{_CN9}十])"
        f"|(?:(?P<m1>{_MONTH})(?:月份?)?{_TO})?(?P<m>{_MONTH}) ?月(?![考刊饼经]|月(?![底初末]))(?:份(?!额))?"
        f"(?: ?(?:(?P<d1>{_DAY})(?: ?[日号])?(?:{_TO}|、))?(?P<d>{_DAY}) ?[日号](?!楼)|(?P<xun>月?{_PART}))?"
        "|(?P<half>[上下]半年)|第?(?P<quarter>[一二三四1-4])季度"
        "|(?P<semester>[春秋夏冬]季(?:学期|期)?|[春秋]学期|第[一二]学期|(?<=[0-9xX×*]年)[春秋](?!节|天|风|游|分))"
        "(?!运动|田径|长跑|趣味|游|旅|远足|登山|招|高考|传染|流感|篮球|排球|[”’])"
        f"|(?P<edge>年[底初末中](?!考|学)|岁末|(?<=[0-9{MASK}〇○零{_CN9}]年)[底初末])(?!总结)"
        "|(?P<holiday>寒暑假|[寒暑]假|[寒暑]期(?!工))"
        "|(?P<term>学期(?:[初末]|期[初末])|学年[初末]|期[初末](?!总结|考|复习|统考|检测|成绩|评|测|工作)"
        "|开学(?:初|第一天|之初|伊始))"
        f"|第(?P<nth>[0-9]{{1,3}}|[{_CN9}十百]{{1,5}}|[{MASK}]{{1,3}})(?:个|届)(?:{OPEN})?(?:国际|全国|世界|中国)?"
        f"(?P<ofnth>{plain}|三八(?:国际)?(?:劳动)?妇女节|国际劳动妇女节)(?:{CLOSE})?"
        f"|(?P<fest>{plain})"
        f"|{OPEN}(?P<nf1>{_NUMBERED}){CLOSE}(?!{_HONOUR}){_NAMED}?"
        f"|{OPEN}(?P<nf2>{_NUMBERED}){_NAME}{CLOSE}"
        f"|(?P<nf3>{_NUMBERED})(?:{CLOSE})?{_NAMED}"
        f"|(?P<nf4>{_NUMBERED}){_CUE}|(?P<nf5>{_ALONE})"
        f"|{OPEN}(?P<qf>{quoted}){CLOSE}(?!{_HONOUR})|(?P<qf2>{quoted})(?=期间|前夕)"
        f"|(?P<lunar>(?:农历|阴历)?(?:正月|腊月)(?:初[{_CN9}十]|[十廿二][{_CN9}十]{{0,2}})?"
        f"|(?:农历|阴历)(?:{_MONTH})月(?:初?[{_CN9}十廿]{{1,3}})?|大年(?:初[{_CN9}]|三十))"
        f"|(?P<lostday>(?<![岁日每])月 ?日)(?![子常程益报])(?:{_TO}日|、日)?"
    )
    return re.compile(
        f"(?P<schoolyear>{_SHORT_YEAR}年?(?:{_TO}|/){_SHORT_YEAR} ?学年度?(?:第?[一二上下]学期)?)"
        "|(?<![0-9])(?P<iso>(?P<iy>(?:19|20)[0-9]{2})(?P<sep>[-./])(?P<im>1[0-2]|0?[1-9])"
        "(?:(?P=sep)(?P<id>3[01]|[12][0-9]|0?[1-9])|[.])?)(?![0-9年])"
        "|(?P<lostyear>(?<![0-9一-鿿])年 ?月 ?日)"
        f"|(?P<alone>20[{MASK}]{{2}})(?=[，。、；）])"
        f"|{_NO_DIGIT}(?:(?:(?P<y1>{_YEAR})年?{_TO})?(?P<year>{_YEAR}) ?(?:年度?|(?P<school>学年度?(?:第?[一二上下]学期)?))"
        f"|(?:{_DEICTIC})(?=[^，。]))?(?: ?(?:{tail})|(?(year)|(?!))){_AFTER}"
        f"|{_NO_DIGIT}(?P<day>(?:3[01]|[12][0-9]|[1-9])(?=[日号][上下早晚中]|日(?:[，、至]|{plain}))|二?十[{_CN9}](?=日[上下早晚中，]))[日号]"
    )


def _number(text: str) -> str | None:
    """A month or day as two digits; None when it is masked."""
    value = cardinal("一" if text == "元" else text)
    return None if value is None else f"{int(value):02d}"


def _year(text: str) -> str:
    text = re.sub(f"[{MASK}]", "X", text.replace("O", "0"))
    if len(text) == 4 and not text.isascii():
        value = cardinal(text.replace("X", ""))
        return f"{int(value)}".ljust(4, "X") if value is not None else "XXXX"
    return text if len(text) == 4 and text[:2] in ("19", "20") else "XXXX"


_DIGIT_NAME = {c + d: n for n, (_, _, c, d) in NUMBERED.items()}


def _festival(m: re.Match[str]) -> str | None:
    """The MM-DD of a festival, empty when it moves; None when the mention names none."""
    if name := m["fest"] or m["ofnth"] or m["qf"] or m["qf2"]:
        known = festivals().get(name) or festivals().get("三八" if "妇女" in name else name)
        return known.day if known else ""
    if number := m["nf1"] or m["nf2"] or m["nf3"] or m["nf4"] or m["nf5"]:
        plain = re.sub(f"[^0-9{_CN9}]", "", number)
        return festivals()[_DIGIT_NAME.get(plain, plain)].day
    return None


def _points(m: re.Match[str], year: str) -> str | None:
    """The value of what follows the year: a month, a day, a half, a quarter, a festival."""
    if m["m"]:
        month = _number(m["m"])
        if month is None:
            return None if year == "XXXX" else year
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
    """The value of a match of :func:`pattern`, and whether part of it was masked or lost."""
    if m["schoolyear"]:
        return None, bool(re.search(f"[{MASK}]", m["schoolyear"]))
    if m["iso"]:
        parts = [m["iy"], f"{int(m['im']):02d}"] + ([f"{int(m['id']):02d}"] if m["id"] else [])
        return "-".join(parts), False
    if m["lostyear"] or m["lostday"]:
        return None, True
    if m["alone"]:
        return _year(m["alone"]), True
    if m["day"]:
        day = _number(m["day"])
        return (f"XXXX-XX-{day}", False) if day else (None, True)
    masked = bool(re.search(f"[{MASK}]", "".join(filter(None, (m["year"], m["m"], m["d"], m["nth"])))))
    year = _year(m["year"]) if m["year"] else "XXXX"
    if m["school"] or m["semester"] or m["term"] or m["lunar"] or m["lunarday"]:
        return None, masked
    value = _points(m, year)
    if value is None and m["year"] and not (m["m"] or m["lostday"]):
        value = f"{_year(m['y1'])}/{year}" if m["y1"] else year
    # A year of two digits does not say its century.
    if value == "XXXX" and m["year"] and m["year"].isdigit():
        value = None
    return value, masked


_RANGE_TO = re.compile(
    f"(?:{_TO}|、)(?:(?P<year>{_YEAR})年)?(?:(?P<m>{_MONTH})月份?{_PART}?)?(?:(?P<d>{_DAY})[日号])?(?P<after>{_AFTER})"
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


_FIRST_MONTH = re.compile(f"(?P<lead>^|[^{_CN9}十0-9])(?P<first>{_MONTH})、$")
_LINE_START = "。；\n（） "


def _first_month(text: str, start: int, end: int, last: int) -> tuple[int, str] | None:
    """Where 3、4月 begins, and its first month. At the start of a line 3、 is a mark, unless the line holds no more."""
    at = max(0, start - 4)
    m = _FIRST_MONTH.search(text[at:start])
    month = _number(m["first"]) if m else None
    if m is None or month is None or int(month) >= last:
        return None
    begin = at + m.start("first")
    if m["lead"] == "、" and (earlier := _first_month(text, begin, begin, int(month))):
        return earlier
    opens = begin == 0 or text[begin - 1] in _LINE_START
    if opens and not (int(month) + 1 == last and text[end : end + 1] in ("：", "\n", "")):
        return None
    return begin, month


_EVERY_TERM = re.compile("每(?:个|学|年|学年|学期)?$")


def date(text: str, start: int) -> Date | None:
    """The date that starts at ``start``, or None when there is none or its surroundings say that it is none."""
    m = pattern().match(text, start)
    if m is None:
        return None
    end = m.end()
    before = text[max(0, start - 4) : start]
    if m["year"] is None and before.endswith("每") and (m["m"] or m["half"] or m["holiday"] or m["quarter"]):
        return None
    if (m["term"] or m["edge"] or m["holiday"]) and _EVERY_TERM.search(before):
        return None
    if m["fest"]:
        known = festivals()[m["fest"]]
        if (known.not_after and re.search(f"(?:{known.not_after})$", before)) or (
            known.not_before and re.match(known.not_before, text[m.end("fest") : m.end("fest") + 4])
        ):
            return None
    # 一月一主题: every month, no January.
    if m["m"] == "一" and m["year"] is None and text[end : end + 1] in ("一", "两"):
        return None
    value, masked = value_of(m)
    if m["m"] and not m["m1"] and not m["year"] and not m["d"] and (last := _number(m["m"])):
        first = _first_month(text, start, end, int(last))
        if first:
            start, value = first[0], f"XXXX-{first[1]}/XXXX-{last}"
    if m["m"] or m["iso"] or m["year"] or m["day"]:
        end, value = _extended(text, end, value)
    return Date(start, end, text[start:end], value, masked)


def without_quotes(found: Date) -> Date:
    """The date without its opening quotation mark, and without a closing one at its end."""
    start = found.start + len(found.text) - len(found.text.lstrip("\\“‘\"'"))
    text = found.text[start - found.start :]
    text = text[:-1] if text[-1:] in "”’\"'" else text
    return Date(start, start + len(text), text, found.value, found.masked)
