"""Dates: the grammar of calendar expressions, and the value each one states.

A value never holds a year that the mention does not say; what is not said is X (``XXXX-03``).
"""

from __future__ import annotations

import re
from functools import lru_cache

from gonghui_nlp.compiling import compiled
from gonghui_nlp.quantities.calendar_grammar import by_number, pattern
from gonghui_nlp.quantities.lexicon import eras, festivals
from gonghui_nlp.resources import knowledge, patterns, remembered
from gonghui_nlp.schema import Date
from gonghui_nlp.text.numerals import NINE, cardinal


@lru_cache(maxsize=512)
def _number(text: str) -> str | None:
    """A month or day as two digits; None when it is masked."""
    value = cardinal("一" if text == "元" else text)
    return None if value is None else f"{int(value):02d}"


_masked = patterns.pattern("quantities", "masked_figure")


@remembered(512)
def _year(text: str) -> str:
    if len(text) == 2 and text not in ("××", "**", "xx", "XX"):
        return _short_year(text)
    if text[0] in "两二" and text[1] == "千":
        return f"{int(cardinal(text) or 0)}"
    if len(text) == 3 and text[2] != "-" and not _masked().search(text):
        value = cardinal(text.replace("零", "〇"))
        return "XXXX" if value is None else f"{int(value):04d}"
    text = _masked().sub("X", text.replace("O", "0" if text.isascii() else "〇").replace("o", "〇"))
    if text.startswith("20") and text[2:] in ("-", "X", "XXX", "XXXX"):
        return "20XX"
    if not text.isascii():
        text = text.replace("0", "〇")
    if len(text) == 4 and not text.isascii():
        value = cardinal(text.replace("X", ""))
        return f"{int(value)}".ljust(4, "X") if value is not None else "XXXX"
    return text if len(text) == 4 and "10" <= text[:2] <= "20" else "XXXX"


def _short_year(text: str) -> str:
    """05年 and 九八年 leave the century out: by convention 00 to 39 are of this one, the rest of the last."""
    value = cardinal(text if text.isdigit() and text.isascii() else text.replace("零", "〇"))
    return "XXXX" if value is None or value > 99 else f"{20 if value < 40 else 19}{int(value):02d}"


@knowledge
def _name_of_digits() -> dict[str, str]:
    return {n.month_digits + n.day_digits: name for name, n in by_number().items()}


_NO_FIGURE = compiled(f"[^0-9{NINE}]")


def _festival(m: re.Match[str]) -> str | None:
    """The MM-DD of a festival, empty when it moves; None when the mention names none."""
    if m["md"]:
        month, day = re.split("[^0-9]+", m["md"])
        return f"{int(month):02d}-{int(day):02d}"
    if m["qf3"] or m["qf4"]:
        return "10-01"
    if name := m["fest"] or m["ofnth"] or m["qf"] or m["qf2"] or m["qf2b"]:
        known = festivals().get(name) or festivals().get("三八" if "妇女" in name else name)
        return known.day if known else ""
    if number := m["nf1"] or m["nf2"] or m["nf3"] or m["nf4"] or m["nf5"]:
        plain = _NO_FIGURE.sub("", number)
        return festivals()[_name_of_digits().get(plain, plain)].day
    return None


def _month(m: re.Match[str], year: str) -> str | None:
    """The value of a month with its day, or of a range of either."""
    said, said_day, first_day, first_month = m.group("m", "d", "d1", "m1")
    month = _number(said)
    if month is None:
        return None if year == "XXXX" else year
    start = end = f"{year}-{month}"
    if said_day:
        day = _number(said_day)
        if day is None:
            return start
        start = end = f"{start}-{day}"
        if first_day and (first := _number(first_day)):
            start = f"{year}-{month}-{first}"
    elif first_month and (first := _number(first_month)):
        start = f"{year}-{first}"
    return start if start == end else f"{start}/{end}"


def _points(m: re.Match[str], year: str) -> str | None:
    """The value of what follows the year: a half, a quarter, a festival."""
    if m["half"]:
        return f"{year}-H{1 if m['half'][0] in '上前' else 2}"
    if m["first_quarters"]:
        return f"{year}-Q1/{year}-Q{int(cardinal(m['upto']) or 0)}"
    if m["quarter"]:
        last = f"{year}-Q{int(cardinal(m['quarter']) or 0)}"
        return f"{year}-Q{int(cardinal(m['q1']) or 0)}/{last}" if m["q1"] else last
    if m["ym"]:
        return f"{year}-{int(m['ym']):02d}-{int(m['yd']):02d}"
    day = _festival(m)
    if day:
        return f"{year}-{day}"
    if (day == "" or m["edge"] or m["holiday"] or m["semester"]) and year != "XXXX":
        return year
    return None


def _no_figure(year: str | None) -> bool:
    return year is not None and (year == "某" or year[-1] == "-")


def _of_era(before: int, year: int) -> str | None:
    """The year of an era that began after ``before``; None for one it never had (雍正 has thirteen)."""
    last = min((other for other in eras().values() if other > before), default=9999)
    return f"{before + year}" if year and before + year <= last else None


_FORMS = ("schoolyear", "iso", "lostyear", "lostday", "alone", "day", "era", "decade")


def _form(m: re.Match[str]) -> tuple[str | None, bool] | None:
    """Value and mask of a form that has neither month nor year by name; None for another."""
    school, iso, lost_year, lost_day, alone, day_alone, era, decade = m.group(*_FORMS)
    if school:
        return None, _masked().search(school) is not None
    if era:
        return _of_era(eras()[m["era"]], 1 if m["era_year"] == "元" else int(cardinal(m["era_year"]) or 0)), False
    if decade:
        return _decade(m["century"], m["tens"]), False
    if iso:
        parts = [m["iy"], f"{int(m['im']):02d}"] + ([f"{int(m['id']):02d}"] if m["id"] else [])
        return "-".join(parts), False
    if lost_year or lost_day:
        return None, True
    if alone:
        return _year(alone), True
    if day_alone:
        day = _number(day_alone)
        return (f"XXXX-XX-{day}", False) if day else (None, True)
    return None


def _decade(century: str | None, tens: str) -> str | None:
    """上世纪90年代 and 九十年代 are 199X; 20年代 alone may be of two centuries."""
    ten = int(cardinal(tens) or 0) // 10
    if century in (None, "上世纪"):
        first = 19 if century or ten > 3 else None
    else:
        # 本世纪 is that of the writer, which the words do not say.
        first = None if century == "本世纪" else int(cardinal(century[:-2]) or 0) - 1
    return None if first is None else f"{first}{ten}X"


_season = patterns.words("quantities", "season")


def value_of(m: re.Match[str]) -> tuple[str | None, bool]:
    """The value of a match of :func:`pattern`, and whether part of it was masked or lost."""
    said = m["year"]
    if m["m"]:
        masked = _masked().search(m[0]) is not None or _no_figure(said)
        return (None if said and m["school"] else _month(m, _year(said) if said else "XXXX")), masked
    if (form := _form(m)) is not None:
        return form
    masked = _masked().search(m[0]) is not None or _no_figure(said)
    year = _year(said) if said else "XXXX"
    if (
        m["school"]
        or (m["semester"] and m["semester"][1:] not in _season())
        or m["term"]
        or m["lunar"]
        or m["lunarday"]
    ):
        return None, masked
    value = _points(m, year)
    if value is None and said:
        value = f"{_year(m['y1'])}/{year}" if m["y1"] else year
    return value, masked


_links = patterns.charset("quantities", "dates_links")
_iso_to = patterns.pattern("quantities", "iso_to")
_iso_to_day = patterns.pattern("quantities", "iso_to_day")
_range_to = patterns.pattern("quantities", "range_to")


def _listed(text: str, m: re.Match[str] | None, value: str) -> tuple[int, str | None]:
    """5月8日、15日、22日: one range, which the last day ends."""
    first, end = value.split("/")[0], 0
    while m and m["d"] and not (m["m"] or m["year"]) and text[m.start()] == "、":
        day, end = _number(m["d"]), m.end()
        value = f"{first}/{first[:7]}-{day}" if day else first
        m = _range_to().match(text, end)
    return end, value


def _extended(text: str, end: int, value: str | None) -> tuple[int, str | None]:
    """A range whose second half follows: …至5月7日, …—日, …、6日."""
    if text[end : end + 1] not in _links():
        return end, value
    if value and len(value) >= 7 and (m := _iso_to().match(text, end)):
        return m.end(), f"{value}/{'-'.join(p if len(p) > 1 else '0' + p for p in re.split('[-./]', m['to']))}"
    if value and len(value) == 10 and (m := _iso_to_day().match(text, end)) and "." in text[end - 5 : end]:
        return m.end(), f"{value}/{value[:4]}-{int(m['m']):02d}-{int(m['d']):02d}"
    m = _range_to().match(text, end)
    if m and m["xun"] and value and "旬" in text[end - 2 : end]:
        return m.end(), value
    if not m or not (m["year"] or m["m"] or m["d"]) or value is None:
        return end, value
    if text[end] == "、" and m["d"] and not (m["m"] or m["year"]) and len(value) in (10, 21):
        return _listed(text, m, value)
    parts = value.split("-")
    lists = text[end] == "、" and (m["year"] or m["m"] or not m["d"])
    if "/" in value or lists or (m["d"] and not m["m"] and len(parts) < 3):
        return end, value
    return m.end(), f"{value}/{_last_of_range(m, parts)}"


def _last_of_range(m: re.Match[str], first: list[str]) -> str:
    """The end of a range; what it does not say is that of its beginning."""
    year = _year(m["year"]) if m["year"] else first[0]
    month = _number(m["m"]) if m["m"] else (first[1] if len(first) > 1 and not m["year"] else None)
    day = _number(m["d"]) if m["d"] else None
    return "-".join([year, *([month] if month else []), *([day] if month and day else [])])


_first_month_pattern = patterns.pattern("quantities", "first_month")
_LINE_START = "。；\n（） "


def _first_month(text: str, start: int, end: int, last: int) -> tuple[int, str] | None:
    """Where 3、4月 begins, and its first month. At the start of a line 3、 is a mark, unless the line holds no more."""
    if text[start - 1 : start] != "、":
        return None
    at = max(0, start - 4)
    m = _first_month_pattern().search(text[at:start])
    month = _number(m["first"]) if m else None
    if m is None or month is None or int(month) >= last:
        return None
    begin = at + m.start("first")
    if m["lead"] == "、" and (earlier := _first_month(text, begin, begin, int(month))):
        return earlier
    opens = begin == 0 or text[begin - 1] in _LINE_START
    # Two months that follow each other are no mark inside a line, nor where nothing more is said.
    both = int(month) + 1 == last and (
        text[begin - 1 : begin] in ("。", "；") or text[end : end + 1] in ("：", "\n", "")
    )
    if opens and not both:
        return None
    return begin, month


_world = patterns.words("quantities", "world")
_OPEN = ("“", "‘", '"', "《")
_name_ends = patterns.pattern("quantities", "name_ends")
_every_term = patterns.pattern("quantities", "every_term")


def _is_none(text: str, m: re.Match[str], before: str) -> bool:
    """Whether the surroundings of what names no year say that it is no date."""
    month, end = m["m"], m.end()
    # A month of an era is lunar.
    if before.endswith("元年") and month:
        return True
    if before.endswith("每") and (month or m["half"] or m["holiday"] or m["quarter"]):
        return True
    # 上一季度 is a quarter that is not said.
    if m["quarter"] and before.endswith(("上", "下", "本", "这")):
        return True
    return bool(month) and _is_no_month(text, m, before, end)


def _is_no_month(text: str, m: re.Match[str], before: str, end: int) -> bool:
    """近三月来 is a duration, 一月一主题 every month, “五月歌会” the name of an activity."""
    if before.endswith("近") and text.startswith("来", end):
        return True
    # 上1月 is the month before, 前3月 and 近三月 so many months.
    if (
        not m["d"]
        and not m[0].endswith("份")
        and (before.endswith(("前", "近")) or (before.endswith(("上", "下")) and m["m"] in ("1", "一")))
    ):
        return True
    if m["m"] == "一" and text[end : end + 1] in ("一", "两"):
        return True
    return before[-1:] in _OPEN and not m["d"] and _name_ends().match(text, end) is not None


def date(text: str, start: int) -> Date | None:
    """The date that starts at ``start``, or None when there is none or its surroundings say that it is none."""
    m = pattern().match(text, start)
    if m is None:
        return None
    end = m.end()
    before = text[max(0, start - 4) : start]
    month, year = m.group("m", "year")
    if (month is None and not _stands(m, before)) or (year is None and _is_none(text, m, before)):
        return None
    if m["fest"] and m["fest"][-1] in "节日" and before.endswith(_world()):
        start -= 2
    value, masked = value_of(m)
    if (
        month
        and year is None
        and text[start - 1 : start] == "、"
        and not (m["m1"] or m["d"])
        and (last := _number(month))
    ):
        first = _first_month(text, start, end, int(last))
        if first:
            start, value = first[0], f"XXXX-{first[1]}/XXXX-{last}"
    if text[end : end + 1] in _links() and (month or year or m["iso"] or m["day"]):
        end, value = _extended(text, end, value)
    return Date(start, end, text[start:end], value if possible(value) else None, masked)


def _stands(m: re.Match[str], before: str) -> bool:
    """Whether the words around a festival or a term leave it one."""
    if (m["term"] or m["edge"] or m["holiday"]) and _every_term().search(before):
        return False
    if name := m["fest"]:
        known = festivals()[name]
        if known.not_after and re.search(f"(?:{known.not_after})$", before):
            return False
        at = m.end("fest")
        return not (known.not_before and re.match(known.not_before, m.string[at : at + 4]))
    return True


def without_quotes(found: Date) -> Date:
    """The date without its opening quotation mark, and without a closing one at its end."""
    start = found.start + len(found.text) - len(found.text.lstrip("\\“‘\"'"))
    text = found.text[start - found.start :]
    text = text[:-1] if text[-1:] in "”’\"'" else text
    return Date(start, start + len(text), text, found.value, found.masked)


_bare_day = patterns.pattern("quantities", "bare_day")
_of_this = patterns.words("quantities", "of_this")
#: How far back the date may stand from which a bare day takes its month.
_NEAR = 120


def bare_day(text: str, start: int, before: Date | None) -> Date | None:
    """16日 without its month: that of the date before it, when nothing else can be meant.

    The date before must stand near, in the same paragraph or as its heading, and must not be a later day; else the
    month stays open. A day behind 第 or 每, or with a number in front of it, is none.
    """
    m = _bare_day().match(text, start)
    this = text[max(0, start - 2) : start] in _of_this()
    if m is None or (text[start - 1 : start] in _no_day() and not this):
        return None
    day = _number(m["d"]) or ""
    month = _month_before(text, start, before, day)
    if this:
        start -= 4 if text[max(0, start - 4) : start - 2] in ("去年", "今年", "前年", "上年") else 2
    end = m.end() if m["after"] not in ("起", "止") else m.end() - 1
    return Date(start, end, text[start:end], f"{month}-{day}")


_no_day = patterns.charset("quantities", "no_day")


_xun = patterns.pattern("quantities", "xun")


def bare_xun(text: str, start: int, before: Date | None) -> Date | None:
    """下旬 without its month: in that of the date before it, where it stands near; else its value stays open."""
    m = _xun().match(text, start)
    if m is None or text[start - 1 : start] in _no_xun():
        return None
    start -= 2 if (this := text[max(0, start - 2) : start] in _of_this()) else 0
    month = "XXXX-XX" if this else _month_before(text, start, before, "31")
    return Date(start, m.end(), text[start : m.end()], None if "XX-XX" in month else month)


_no_xun = patterns.charset("quantities", "no_xun")


def _month_before(text: str, start: int, before: Date | None, day: str) -> str:
    if before is None or before.value is None or before.masked or start - before.end > _NEAR:
        return "XXXX-XX"
    last = before.value.split("/")[-1]
    between = text[before.end : start]
    if len(last) < 7 or not last[5:7].isdigit() or ("\n" in between.strip("\n：: ") and len(last) > 7):
        return "XXXX-XX"
    return last[:7] if len(last) == 7 or last[8:] <= day else "XXXX-XX"


_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@lru_cache(maxsize=2048)
def possible(value: str | None) -> bool:
    """False for a day that no month has: 2008-09-31.

    >>> possible("XXXX-02-29"), possible("2008-09-31"), possible("XXXX-02-30/XXXX-03-01")
    (True, False, False)
    """
    for end in (value or "").split("/"):
        parts = end.split("-")
        if len(parts) == 3 and parts[1].isdigit() and parts[2].isdigit():
            month, day = int(parts[1]), int(parts[2])
            leap = not parts[0].isdigit() or (
                int(parts[0]) % 4 == 0 and (int(parts[0]) % 100 or not int(parts[0]) % 400)
            )
            if not 1 <= month <= 12 or not 1 <= day <= _LENGTHS[month - 1] - (month == 2 and not leap):
                return False
    return True
