"""Counts of things and occasions, rates and durations."""

from __future__ import annotations

import re

from gonghui_nlp.quantities.lexicon import Classifier, any_of, rows
from gonghui_nlp.quantities.numerals import Numeral
from gonghui_nlp.resources import knowledge
from gonghui_nlp.schema import Count, Span

_FREQUENCY = re.compile("(?:每|一(?:年|学期|学年|月|周|期|季度)|全年|年内|至少|不少于|不低于)[^，。；：！？]{0,14}$")
_EVENTS = re.compile(
    "[^，。；：！？、]{0,14}?(?:讲座|报告会|比赛|竞赛|演出|培训|联欢|晚会|电影|座谈会|运动会|招聘会|友谊赛|沙龙)"
)
_ABSTRACT = re.compile(
    "[^，。；：！？、]{0,6}?(?:爱心|力量|责任|心意|温暖|关爱|情|答卷|贡献|努力|希望|事业|汇演|演出|晚会|节目|纸|成绩|快乐|风采|精神|力|感|"
    "心|业务|工作|队伍|任务|事情|生力军|主力军|氛围|气象|台阶|主线|热土|职责)(?:[，。；：！？、的]|$|[^员])"
)
_AT_LEAST = re.compile("(?:至少|最少|不少于|不低于|不得少于)[^，。；：！？、0-9一二三四五六七八九十]{0,6}$")
_STOP = "，。；：！？、（）\\s"
_WHAT = re.compile(f"(?:以上|以下|以内|左右)?的?([^{_STOP}]{{1,16}})")
_VERB_CUT = re.compile(
    "(?=[获参分送进得荣被在于为给向已均都全并供用受组以及，共和])(?:获得|获|参赛|参加|分别|送到|进行了?|得到|荣获|被|在|于|为|给|向|已|均|都|全部|并|供|用于|受到|组成|以及|及|，|共[0-9一二三四五六七八九十]|和[0-9一二两三四五六七八九十]).*"
)
_BEFORE = re.compile(f"([^{_STOP}]{{1,10}})$")
_LEAD = re.compile(
    ".*(?=[共其悬上答采办开张签覆走慰评编制改新分辖收征发赠组参举召印整了送添购有计达])(?:共|其中|悬挂|上报|答复|采纳|办理|开设|张贴|签订|覆盖|走访|慰问(?![品金信])|评选|评出|编写|制作|改建|新建|分|辖|收到|收集|征集|发放|赠送|组织|参与|开展|举办|召开|编印|整理|了|送出|新增|添置|购置|有|计|达)"
)
_TRAILING_LAST = frozenset("人各计共达近约等")
_TRAILING = re.compile("(?:每人|各|共计|共|达|近|约|等)+$")
_LINKS = frozenset("、至和到-")
_RANK = re.compile("第[一二三四五六七八九十0-9]+[、至和到-]$")


_QUOTED = re.compile('[^“”‘’]{0,10}[”’"》]')
_INSIDE = re.compile("“[^”]{0,11}$")
_TITLE = re.compile("《[^》]{0,30}$")
_ONE_AFTER = tuple("这那哪某另再又同首任逐各头下多唯为统如")
_GRADED = ("初", "高", "学", "文", "语", "英", "理", "科", "级", "部", "师", "教研")
_NOT_THINGS = re.compile("职能|原则|方面|层面|权利|义务|精神|重点|基本|希望|意识|关系|纪律|禁令|规定动作|指标体系")
_BOUND = re.compile("[，。；：！？、）]|$")


def rejected(text: str, start: int, end: int, number: Numeral, classifier: Classifier) -> bool:
    """True when the number before a classifier counts nothing: an ordinal, an article, a slogan, a title."""
    before = text[max(0, start - 6) : start]
    if before.endswith(("第", "届", "前", "每", "精选", "范文", "合集", "通用", "推荐")) or (
        before[-1:] in _LINKS and _RANK.search(before)
    ):
        return True
    if before.endswith(("“", "‘", "《", '"')) and _QUOTED.match(text[end : end + 11]):
        return True
    window = text[max(0, start - 32) : start]
    if "《" in window and _TITLE.search(window):
        return True
    if classifier.one == "b" and not _BOUND.match(text, end):
        return True
    said = text[start:end]
    if not said[0].isascii() and _NOT_THINGS.match(text, end):
        return True
    # 初二组, 数学二组: the second group, not two; 20字 is no length.
    if classifier.word == "组" and not said[0].isascii() and before.endswith(_GRADED):
        return True
    if classifier.word == "字" and said[-2] not in "万千百余多":
        return True
    # 一本500元, 二本300元 are ranks of universities, no books.
    if not said[0].isascii() and text[end : end + 1].isdigit():
        return True
    # 二次创业, 二期工程 are the second; 两次 are two.
    if said[:-1] == "二" and classifier.word in ("次", "期", "轮", "版", "级"):
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
    if before.endswith(_ONE_AFTER) or _INSIDE.search(text[max(0, start - 12) : start]):
        return True
    if classifier.one == "f":
        return not (bound or _FREQUENCY.search(text[max(0, start - 20) : start]))
    if bound:
        return classifier.word in _LUMPED or before[-1:] in _NO_NOUN
    if classifier.one == "e":
        return not _EVENTS.match(text, end, end + 20)
    if classifier.one == "y":
        return bool(_ABSTRACT.match(text, end, end + 14))
    return not _concrete().match(text, end, end + 8)


#: Behind a noun these are still no number: 其中一项, 三人一组.
_LUMPED = frozenset("项对起面节片批组")
_NO_NOUN = frozenset("了的是成中其之作，。；")


@knowledge
def _concrete() -> re.Pattern[str]:
    return re.compile(f"[^，。；、]{{0,4}}?(?:{any_of([row['word'] for row in rows('concrete.tsv')])})")


def what(text: str, start: int, end: int) -> Span | None:
    """The thing counted: the words behind the classifier, else the noun before the number."""
    if m := _WHAT.match(text, end, end + 24):
        found = _VERB_CUT.sub("", m[1])
        if found:
            return Span(m.start(1), m.start(1) + len(found), found)
    if m := _BEFORE.search(text[max(0, start - 10) : start]):
        found = _TRAILING.sub("", m[1]) if m[1][-1] in _TRAILING_LAST else m[1]
        at = max(0, start - 10) + m.start(1)
        if lead := _LEAD.match(found):
            at, found = at + lead.end(), found[lead.end() :]
        return Span(at, at + len(found), found) if found else None
    return None


def count(text: str, start: int, end: int, number: Numeral, classifier: Classifier) -> Count | None:
    """The Count of ``text[start:end]``, None when it counts nothing."""
    if rejected(text, start, end, number, classifier):
        return None
    low, high, approx = number.min, number.max, number.approx
    window = text[max(0, start - 12) : start]
    if approx == "exact" and ("少" in window or "低于" in window) and _AT_LEAST.search(window):
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
    if text[max(0, start - 1) : start] in ("每", "第", "前", "近"):
        return None
    by = _DAYS.get(unit)
    low = None if by is None or number.min is None else round(number.min * by, 6)
    high = None if by is None or number.max is None else round(number.max * by, 6)
    return Count(start, end, text[start:end], "duration", low, high, number.approx, unit)
