"""Counts of things and occasions, rates and durations."""

from __future__ import annotations

import re

from gonghui_nlp.compiling import compiled
from gonghui_nlp.quantities.amounts import lump
from gonghui_nlp.quantities.counted import what
from gonghui_nlp.quantities.kinds import QuantityKind
from gonghui_nlp.quantities.lexicon import Classifier, any_of, by_first, classifiers, rows
from gonghui_nlp.quantities.numerals import Numeral, read
from gonghui_nlp.quantities.sightings import LUMPS, Sighting, extended, spelled, whole_part
from gonghui_nlp.resources import knowledge, patterns
from gonghui_nlp.schema import Amount, Count

_frequency = patterns.pattern("quantities", "frequency")
_events = patterns.pattern("quantities", "events")
_abstract = patterns.pattern("quantities", "abstract")
_at_least = patterns.pattern("quantities", "at_least")
_links = patterns.charset("quantities", "links")
_rank = patterns.pattern("quantities", "rank")


_QUOTED = compiled('[^“”‘’]{0,10}[”’"》]')
_INSIDE = compiled("“[^”]{0,11}$")
_TITLE = compiled("《[^》]{0,30}$")
_one_after = patterns.words("quantities", "one_after")
_down = patterns.words("quantities", "down")
_told_before_more = patterns.charset("quantities", "told_before_more")
_graded = patterns.words("quantities", "graded")
_not_things = patterns.pattern("quantities", "not_things")
_BOUND = compiled("[，。；：！？、）]|$")


def _ranked_or_named(text: str, start: int, end: int, before: str) -> bool:
    """Whether what stands before a number makes it a rank, or a part of a slogan or a title."""
    if before.endswith(("第", "届", "前", "每", "精选", "范文", "合集", "通用")):
        return True
    # 工会总结推荐10篇 is the title of a collection; people recommend other things.
    if before.endswith("推荐") and text[end - 1] == "篇":
        return True
    if before[-1:] in _links() and _rank().search(before):
        return True
    if before.endswith(("“", "‘", "《", '"')) and _QUOTED.match(text[end : end + 11]):
        return True
    window = text[max(0, start - 32) : start]
    return "《" in window and _TITLE.search(window) is not None


def _counts_nothing(text: str, end: int, before: str, classifier: Classifier) -> bool:
    """Whether a number in Chinese counts no things: 两项原则, 初二组 (the second group), 二本300元 (a rank, no books)."""
    if _not_things().match(text, end):
        return True
    # 五轮48场 tells rounds and matches, 初二3班 no class of a second.
    if text[end : end + 1].isdigit() and not (classifier.word in _told_before_more() or text[end - 2] == "两"):
        return True
    return classifier.word == "组" and before.endswith(_graded())


def _beside(text: str, start: int, end: int, nouns: tuple[str, ...]) -> bool:
    """Whether one of the nouns stands behind the classifier, or in front of the number: 3眼机井, 机井3眼."""
    return text.startswith(nouns, end) or text[max(0, start - 8) : start].rstrip("共有").endswith(nouns)


def rejected(text: str, start: int, end: int, number: Numeral, classifier: Classifier) -> bool:
    """True when the number before a classifier counts nothing: an ordinal, an article, a slogan, a title."""
    before, said = text[max(0, start - 6) : start], text[start:end]
    if _ranked_or_named(text, start, end, before) or (classifier.one == "b" and not _BOUND.match(text, end)):
        return True
    if classifier.one == "k" and not _beside(text, start, end, classifier.lost):
        return True
    if not said[0].isascii() and _counts_nothing(text, end, before, classifier):
        return True
    if classifier.word == "字" and said[-2] not in "万千百余多":  # 20字 is no length
        return True
    # 二次创业, 二期工程 are the second; 两次 are two.
    if said[:-1] == "二" and classifier.word in ("次", "期", "轮", "版", "级", "队"):
        return True
    # “两节” are festivals, lessons only where they are named.
    if said in ("两节", "三节", "双节") and "课" not in text[max(0, start - 6) : end + 6]:
        return True
    if said[0] in "几数" and len(said) == 2:
        return True
    if said[0] == "一" and number.min == number.max == 1:
        return _article(text, start, end, before, classifier)
    return False


def _article(text: str, start: int, end: int, before: str, classifier: Classifier) -> bool:
    """True when 一 is an article: 一项工作, 一份爱心; not in 每年一次, 献上一束鲜花, 健身房一间."""
    # 读一本好书: a slogan.
    if text.startswith("好", end):
        return True
    bound = bool(_BOUND.match(text, end)) and not (classifier.one == "f" and text.startswith("、", end))
    if bound and before.endswith("各"):
        return False
    if (before.endswith(_one_after()) and not before.endswith(_down())) or _INSIDE.search(
        text[max(0, start - 12) : start]
    ):
        return True
    if classifier.one == "f":
        return not (bound or _frequency().search(text[max(0, start - 20) : start]))
    if bound:
        return classifier.word in _lumped() or before[-1:] in _no_noun()
    if classifier.one == "e":
        return not _events().match(text, end, end + 20)
    if classifier.one == "y":
        return bool(_abstract().match(text, end, end + 14))
    return not _concrete().match(text, end, end + 8)


_lumped = patterns.charset("quantities", "lumped")
_no_noun = patterns.charset("quantities", "no_noun")


@knowledge
def _concrete() -> re.Pattern[str]:
    return compiled(f"[^，。；、]{{0,4}}?(?:{any_of([row['word'] for row in rows('concrete.tsv')])})")


def count(text: str, start: int, end: int, number: Numeral, classifier: Classifier) -> Count | None:
    """The Count of ``text[start:end]``, None when it counts nothing."""
    if rejected(text, start, end, number, classifier):
        return None
    low, high, approx = number.min, number.max, number.approx
    window = text[max(0, start - 12) : start]
    if approx == "exact" and ("少" in window or "低于" in window) and _at_least().search(window):
        high, approx = None, "over"
    return Count(start, end, text[start:end], "count", low, high, approx, classifier.word, what(text, start, end))


_DAYS = {
    "天": 1,
    "日": 1,
    "周": 7,
    "星期": 7,
    "个星期": 7,
    "个周": 7,
    "小时": 1 / 24,
    "个小时": 1 / 24,
    "分钟": 1 / 1440,
}


def duration(text: str, start: int, end: int, number: Numeral, unit: str) -> Count | None:
    """A duration; days where the unit is a fixed number of days, else both ends are None."""
    if text[max(0, start - 1) : start] in ("每", "第", "前") or (unit == "年" and text[:start].endswith("近")):
        return None
    by = _DAYS.get(unit)
    low = None if by is None or number.min is None else round(number.min * by, 6)
    high = None if by is None or number.max is None else round(number.max * by, 6)
    return Count(start, end, text[start:end], "duration", low, high, number.approx, unit)


_DURATION = (
    "年|天半?|个半(?:小时|月|星期)|月(?=来)|个?小时|分钟|个?星期|周(?![年岁一二三四五六日末密围期])|个多?月|个学期"
)
_lasting = patterns.pattern("quantities", "lasting")


def _time(seen: Sighting) -> Count | None:
    unit = seen.unit["time"]
    lasting = _lasting().search(seen.text, max(0, seen.start - 4), seen.start)
    if unit == "年" and not lasting:
        return None
    number = read(seen.raw + ("多" if "多" in unit else "") + seen.suffix)
    if number is None or (unit == "月" and not seen.text[: seen.start].endswith(("近", "最近", "过去"))):
        return None
    if "半" in unit:
        number, unit = _and_a_half(number), unit.replace("半", "")
    return duration(seen.text, lasting.start() if lasting else seen.start, seen.stop, number, unit)


def _and_a_half(number: Numeral) -> Numeral:
    low, high = (None if x is None else x + 0.5 for x in (number.min, number.max))
    return Numeral(low, high, number.approx)


_HALF = Numeral(0.5, 0.5)


def half(text: str, m: re.Match[str]) -> Count | None:
    """半个月, 半天."""
    return duration(text, m.start(), m.end(), _HALF, m["halftime"][1:])


_measures = patterns.charset("quantities", "measures")


def _things() -> str:
    return by_first({c.word: re.escape(c.word) + (f"(?!{c.never})" if c.never else "") for c in classifiers().values()})


_hundreds = patterns.pattern("quantities", "hundreds")
_paid = patterns.pattern("quantities", "paid")
_pays = patterns.pattern("quantities", "pays")


def _of_money(seen: Sighting) -> bool:
    """每人奖50块，: 块 with nothing counted beside it is money behind a verb of paying, and a round number nearly anywhere."""
    if not _BOUND.match(seen.text, seen.stop):
        return False
    if _pays().search(seen.text, max(0, seen.start - 3), seen.start):
        return True
    if not _hundreds().fullmatch(seen.raw):
        return False
    return seen.start == 0 or _paid().search(seen.text, max(0, seen.start - 3), seen.start) is not None


def _thing(seen: Sighting) -> Count | Amount | None:
    classifier = classifiers()[seen.unit["thing"]]
    if classifier.word[-1] not in _measures():
        seen = whole_part(seen)
    if classifier.word == "块" and (money := lump(seen, _of_money(seen))):
        return money
    if seen.raw in LUMPS and not seen.suffix and extended(seen.text, seen.start, seen.raw)[0] == seen.start:
        return None
    start, number = seen.reading()
    if number is None or spelled(seen.raw, number):
        return None
    return count(seen.text, start, seen.stop, number, classifier)


COUNT_KINDS = (
    QuantityKind("time", lambda: _DURATION, lambda: "年月天小星周个分", _time, "为期3天", "第3天"),
    QuantityKind(
        "thing", _things, lambda: "".join(w[0] for w in classifiers()), _thing, "征集作品30多幅", "开展一项工作"
    ),
)
