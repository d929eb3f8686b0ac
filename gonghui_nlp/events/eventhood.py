"""Is a candidate one concrete occasion, or a slogan? Features of the clause, weighed by a small linear model."""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left
from functools import lru_cache
from importlib.resources import files
from operator import add
from typing import Any, NamedTuple

from ..errors import ModelError
from .nuclei import GENERIC, Nucleus
from .passages import Passage

Numbers = tuple[list[int], list[int], list[int], list[int]]
# Every alternative begins with a literal character: the engine then skips to where one can begin.
_ADVERB = "积极|切实|努力|不断|大力|深入|广泛|认真|充分|全面|继续|扎实"
_ABSTRACT_VERB = "进一步|加强|加大|深化|推动|推进|发挥|重视|确保|提高|增强|促进|丰富|营造|坚持|调动|树立|围绕|引导|贯穿"
_CUES = tuple(
    (name + "<", re.compile(pattern).search)
    for name, pattern in (
        ("adverb", _ADVERB),
        ("abstract verb", _ABSTRACT_VERB),
        ("duty", "要(?!求)|必须|应(?!邀)|需|须|负责|旨在|可以|能够|有利于|有助于|使|让|希望"),
        ("means", "通过|以(?!来)|结合|把|作为|是|在于|关于|对于|由于|借助|利用|随着|等形式|不仅"),
        ("purpose", "为了|为使|为让"),
        ("negated", "未能|没有|未|取消|不再|不能|不足|无法|停办|推迟|不够|缺乏"),
        ("this", "这(?:次|一|项|些|场|届)|此(?:次|项)|本(?:次|届)|该(?:次|项)|上述"),
        ("example", "如|例如|其中|包括|主要有"),
        ("if", "凡|遇|若|一旦|无论|不管|每当|只要"),
        ("planned", "将|拟|计划|准备|争取|打算"),
        ("routine", "每|定期|凡|经常|平时|始终|长期"),
        ("success", "成功|顺利|圆满|先后|共|如期|隆重|已|专门|还|及时"),
        ("held", "[在于到赴].{2,14}$"),
    )
)
_INNER = tuple(
    (name + ">", re.compile(pattern).search)
    for name, pattern in (
        ("aspect", "[了过](?!解)"),
        (
            "vague",
            "丰富多彩|形式多样|多种|各种|各类|各项|系列|多样|有益|健康向上|喜闻乐见|群众性|经常性|行之有效|不同|有关|相关|扎实|良好",
        ),
        ("adverb", _ADVERB),
        ("abstract verb", _ABSTRACT_VERB),
        ("routine", "每|定期|经常"),
        ("copula", "是|为目标|为载体|为重点|相结合|贡献|首要|重要工作"),
    )
)
_ABSTRACT = tuple(
    "工作 力度 水平 质量 能力 制度 机制 体系 作用 职能 氛围 意识 精神 素质 积极性 发展 建设 管理 权益 思想 热情 方式 形式 内容 贡献 要求 观念 作风".split()
)
_LEAD = re.compile(
    f"(?:{_ADVERB}|{_ABSTRACT_VERB}|通过|在|以|把|将|的|为|对|是|和|、|并|及|了|等|还|由|与|从|会|校|们|司|，|：|组织|工作)$"
)
_ORDINAL = re.compile("第[一二三四五六七八九十0-9]+[届次期]|首届|本届|一次|一场|届[一二三四五六七八九十]次")
_SUBJECT = re.compile("工会|学校|我校|我们|我会|公司|我院|单位|委员会|党支部|行政|教师|职工")
_FOLLOWS = re.compile(
    "的|中|时|后|期间|过程|上|工作|制度|机制|力度|质量|是|以|，(?:使|促进|提高|增强|丰富|推动|让|激发)|、|等|和"
)
_TIME = re.compile("每[年月周季学两]|一年来|本学期|今年|本年度|本期|年初|期初|学期初|开学初")
_OUTCOME = re.compile("获|好评|一等奖|二等奖|三等奖|取得|名次|第[一二三四]名|欢迎|圆满")
_PROBLEM = re.compile("问题|不足|体会|指导思想|努力方向|困难|差距|认识|目标")
_PRIZE = re.compile("一等奖|二等奖|三等奖|第[一二三四]名|优胜|名次|冠军|亚军|好成绩|好评|效果")
# Quoted watchwords and institutions that name no single activity.
_STOCK = re.compile(
    '[“《"\\\\]+(?:三个代表|科学发展观|八荣八耻|教?职?工之家|建家|以人为本|组织起来|四个意识|两个维护|十[一二三四]五|家[”"])'
)
_WEAK = frozenset(
    {"adverb<", "abstract verb<", "abstract verb>", "vague>", "kind=plan", "abstract>", "generic", "aspect>", "lead=^"}
    | {"no heading", "bare", "role=verb", "together", "first=light"}
)
# A prize after a contest, money after a visit: mostly more about the event before.
_GOES_ON = frozenset(
    {
        ("contest", "commendation"),
        ("culture_sports", "commendation"),
        ("labour", "commendation"),
        ("contest", "contest"),
    }
    | {("donation", "donation"), ("aid", "aid"), ("culture_sports", "culture_sports"), ("contest", "oversight")}
    | {("training", "commendation"), ("welfare", "welfare"), ("meeting", "other"), ("inspection", "inspection")}
)
_KINDS = ("heads", "money", "count", "date")


def features(text: str, nucleus: Nucleus, passage: Passage, numbers: Numbers, before: Nucleus | None) -> list[str]:
    """The names of the binary features that hold for a candidate.

    ``numbers`` are the sorted starts of headcounts, amounts, counts and dates of the whole text; ``before`` is
    the candidate before this one in the passage.
    """
    clause = nucleus.clause
    start, end = nucleus.start, nucleus.end
    prefix = text[max(clause.start, start - 30) : nucleus.first]
    inside = text[start:end]
    head, first = nucleus.head.entry, nucleus.words[0].entry
    assert head is not None and first is not None
    found = ["bias", "head=" + head.word, "role=" + head.role, "last=" + inside[-2:], "kind=" + passage.kind]
    if first is not head:
        found += ("first=" + first.word, "first=" + first.role)
    elif first.role == "noun":
        found.append("bare")
    if prefix:
        found += [name for name, search in _CUES if search(prefix)]
        if prefix[0] == "为":
            found.append("purpose<")
        if _SUBJECT.search(prefix):
            found.append("subject")
    lead = _LEAD.search(text[max(clause.start, start - 3) : start])
    found.append("lead=" + (lead[0] if lead else "^" if start == clause.start else ""))
    found += [name for name, search in _INNER if search(inside)]
    if inside.endswith(_ABSTRACT):
        found.append("abstract>")
    anchors = _numbered(nucleus, numbers, found)
    if _TIME.search(text, clause.sentence, start):
        found.append("time")
    if nucleus.quotes:
        anchors += 1
        quoted = nucleus.quotes[0].start
        found.append("stock" if _STOCK.match(text, quoted) else "book" if text[quoted] == "《" else "quote")
    if _ORDINAL.search(inside):
        anchors += 1
        found.append("ordinal")
    if _OUTCOME.search(text, end, min(end + 25, passage.end)):
        found.append("outcome")
    follows = _FOLLOWS.match(text, end)
    if follows:
        found.append("then=" + follows[0])
    behind = text[nucleus.head.end : nucleus.head.end + 1]
    if behind and behind in "的以了过":
        found.append("head+" + behind)
    if _PRIZE.search(inside):
        found.append("prize " + nucleus.type)
    if before is not None:
        _sequel(nucleus, before, head.word, found)
    length = end - start
    found += (
        f"anchors={min(anchors, 3)}",
        f"tail={min((end - nucleus.words[-1].end) // 3, 5)}",
        f"length={min(length // 4, 6)}",
        f"words={min(len(nucleus.words), 4)}",
    )
    if passage.end - passage.start < 30:
        found.append("short " + passage.kind)
    if not passage.headings:
        found.append("no heading")
    elif _PROBLEM.search(passage.headings[-1]):
        found.append("problem")
    if head.word in GENERIC:
        found.append("generic")
        if end - nucleus.first < 8:
            found.append("generic short")
    if head.role == "light":
        found.append("empty quoted" if nucleus.quotes else "empty")
    if not anchors:
        found += ["bare of anchors " + x for x in found if x in _WEAK]
    return found


def _numbered(nucleus: Nucleus, numbers: Numbers, found: list[str]) -> int:
    """Note which quantities stand in the clause and in the nucleus; how many kinds there are."""
    clause = nucleus.clause
    anchors = 0
    for name, starts in zip(_KINDS, numbers, strict=True):
        i = bisect_left(starts, clause.start)
        if i < len(starts) and starts[i] < clause.end:
            anchors += 1
            found.append(name + "*")
            if nucleus.start <= starts[bisect_left(starts, nucleus.end) - 1] < nucleus.end:
                found.append(name + "in")
        elif name == "date":
            i = bisect_left(starts, clause.sentence)
            if i < len(starts) and starts[i] < clause.start:
                anchors += 1
                found.append("date^")
    return anchors


def _sequel(nucleus: Nucleus, before: Nucleus, word: str, found: list[str]) -> None:
    """Note how the candidate follows the one before it."""
    clause = nucleus.clause
    together = before.clause.sentence == clause.sentence
    if not nucleus.quotes and (before.type, nucleus.type) in _GOES_ON:
        found.append("goes on" if together else "goes on later")
    same = before.type == nucleus.type
    if together:
        found += ("after>" + word, "same" if same else "other")
        if before.clause is clause:
            found.append("together")
    else:
        found.append("earlier same" if same else "earlier other")


def surroundings(text: str, nucleus: Nucleus) -> tuple[tuple[str, str], ...]:
    """The stretches whose character pairs are features: in front of the nucleus, the nucleus, behind it."""
    start, end = nucleus.start, nucleus.end
    before = text[max(nucleus.clause.start, start - 8) : start]
    return ("<", before), ("=", text[start : min(end, start + 60)]), (">", text[end : end + 4])


def pairs(text: str, nucleus: Nucleus) -> list[str]:
    """The character pairs as feature names, side and pair; a pair that stands twice counts twice."""
    return [side + s[i : i + 2] for side, s in surroundings(text, nucleus) for i in range(len(s) - 1)]


class Scorer(NamedTuple):
    """The weights: by feature name, and by character pair for each side."""

    names: dict[str, float]
    pairs: dict[str, dict[str, float]]
    threshold: float


def scorer(header: dict[str, Any]) -> Scorer:
    """The scorer of a weights file's content; ModelError when it is not one."""
    if header.get("format") != "gonghui-events" or "weights" not in header:
        raise ModelError("not a weights file of the events room: train one with gonghui_nlp.events.train")
    by_side: dict[str, dict[str, float]] = {"<": {}, "=": {}, ">": {}}
    names: dict[str, float] = {}
    for name, weight in header["weights"].items():
        if len(name) == 3 and name[0] in by_side:
            by_side[name[0]][name[1:]] = weight
        else:
            names[name] = weight
    return Scorer(names, by_side, float(header.get("threshold", 0.5)))


@lru_cache(maxsize=1)
def shipped() -> Scorer:
    """The scorer that comes with the package."""
    return scorer(json.loads(files(__package__).joinpath("weights.json").read_text(encoding="utf-8")))


def probability(text: str, nucleus: Nucleus, names: list[str], model: Scorer) -> float:
    """The calibrated chance that a candidate with these features is an event."""
    found = list(filter(None, map(model.names.get, names)))
    for side, s in surroundings(text, nucleus):
        found += filter(None, map(model.pairs[side].get, map(add, s, s[1:])))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, sum(found)))))
