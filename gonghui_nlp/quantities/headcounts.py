"""Headcounts: a number of people, and who they are."""

from __future__ import annotations

import re

from gonghui_nlp.quantities.kinds import QuantityKind
from gonghui_nlp.quantities.lexicon import any_of, person_nouns
from gonghui_nlp.quantities.numerals import Numeral
from gonghui_nlp.quantities.sightings import LUMPS, Sighting, extended, spelled, whole_part
from gonghui_nlp.resources import knowledge
from gonghui_nlp.schema import Approx, Headcount, Span
from gonghui_nlp.text.numerals import BIG_UNITS

_STOP = "，。；：！？、（）“”《》\\s0-9"
_GENERIC_BEFORE = re.compile(
    "(?:作为|身为|做|当|当好|成为|争做|争当|是|每|任何|某|像|如同|哪怕|不漏掉?|不落下?|不让|不掉|为|这|那|另|同|每一)(?:了|过|好|着)?$"
)
_GENERIC_AFTER = re.compile("(?:合格|称职|光荣|真正|普通|平凡|好|人民教师|优秀(?:的)?(?:人民)?教师)")


_LINKS = frozenset("、至和到-")
_RANK = re.compile("第[一二三四五六七八九十0-9]+[、至和到-]$")
_QUOTED = re.compile('[^“”‘’]{0,10}[”’"》]')
_SIZE = re.compile("的?(?:企业|单位|学校|规模|大会|会议|班)")


#: 每班3名: how many of each group, no number of people that could be added up.
_OF_EACH = re.compile(
    "(?:每(?:个|一)?|各)(?:[保户桌车村店]|班级?|学?校|小?组|代表队|队|分会|支部|部门|科室|年级|单位)(?:限报?|可?报|至少|各|选|选派|推荐|推选|评选|派|选|出)?$"
)


def noun() -> str:
    """A person noun behind a guard for its first character."""
    return f"(?:(?=[{''.join(sorted({n[0] for n in person_nouns()}))}])(?:{any_of(person_nouns())}))"


@knowledge
def _after() -> re.Pattern[str]:
    one = noun()
    return re.compile(
        f"的?(?!被|获(?!奖者)|评(?!委)|参加(?!者)|荣|分别|在(?!职)|到|赴|因)([^{_STOP}]{{0,12}}?{one}{one}*)"
    )


_LEADING = "(?:共|达|有|近|约|总数|人数|等|共计|计|多达|多|共有)*"


@knowledge
def _before() -> re.Pattern[str]:
    return re.compile(f"([^{_STOP}]{{0,8}}{noun()}){_LEADING}$")


@knowledge
def _near() -> re.Pattern[str]:
    """Whether :func:`_before` can match: without its free part the search is cheap."""
    return re.compile(f"{noun()}{_LEADING}$")


@knowledge
def _last() -> frozenset[str]:
    """What the words in front of a number can end with when they name people."""
    return frozenset("\n") | {n[-1] for n in (*person_nouns(), *_LEADING.strip("(?:)*").split("|"))}


_VERBS = re.compile(
    ".*(?:由|其中|慰问|覆盖|应到|实到|到会|探望|涉及|表彰|看望|走访|组织|培训|选派|发展|吸收|评选|评出|资助|救助|帮扶|共有|现有|拥有|了|为|对|给|向)"
)


#: What is left of an age or a year in front of the people: 30岁以下青年, 2019年底会员.
_AGE_OR_YEAR = re.compile("(?:周?岁)?(?:及?以[上下]的?|年[底初末终中]|年度?)|岁的?|[底初末](?=[会职教])")


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
        if v := _VERBS.match(found):
            at, found = at + v.end(), found[v.end() :]
        if v := _AGE_OR_YEAR.match(found):
            at, found = at + v.end(), found[v.end() :]
        return Span(at, at + len(found), found) if found else None
    return None


def headcount(
    text: str, start: int, end: int, number: Numeral | None, unit: str, approx: Approx = "exact"
) -> Headcount | None:
    """The Headcount of ``text[start:end]``, None when it is a rank or one person as an example of all."""
    before = text[max(0, start - 8) : start]
    if before.endswith(("第", "前", "届", "每", "分之", "头", "首", "末")) or (
        before[-1:] in _LINKS and _RANK.search(before)
    ):
        return None
    if before.endswith(("“", "‘", "《", '"')) and _QUOTED.match(text, end, end + 11):
        return None
    said = text[start:end]
    if said[0] in "几数" and len(said) == 2 and said[1] != "名":
        return None
    if said.endswith(("以上", "以下")) and _SIZE.match(text, end):
        return None
    if ("每" in before or "各" in before) and _OF_EACH.search(before):
        return None
    one = number is not None and number.min == number.max == 1
    if one and (_GENERIC_BEFORE.search(before) or _GENERIC_AFTER.match(text, end)):
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
    )


_UNITS = (
    "人次(?!数)|人(?![大民均员才士数类间心格文物口制]|组(?!成)|工(?!作|会)|生(?!病|活)|足球|篮球|三足)"
    "|个人(?=[，。；、）]|参加|参与|获|$)|名(?![额次誉义]|列(?!席)|单(?!身))|位(?![数置于列居一])"
)


def _units() -> str:
    person = noun()
    return f"{_UNITS}|个(?=[^，。；、的0-9]{{0,6}}(?:{person})(?:[，。；、）]|参加|获|荣|被|受到|赴|$))|(?={person})"


#: Behind such a verb 百名 says how many: 资助百名学生, not 开展百名职工大合唱.
_HELPED = re.compile("(?:资助|救助|慰问|帮扶|帮助|看望|走访|表彰|评选出?|评出|培训|选派|组织|为|近)$")


def _read(seen: Sighting) -> Headcount | None:
    unit = seen.unit["people"]
    seen = whole_part(seen)
    if seen.raw in LUMPS and not seen.suffix and extended(seen.text, seen.start, seen.raw)[0] == seen.start:
        # 百人合唱, 万人读书 are names; 客运量万人次 lost its figure.
        if seen.raw in ("百", "千") and unit == "名" and _HELPED.search(seen.text, max(0, seen.start - 3), seen.start):
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
