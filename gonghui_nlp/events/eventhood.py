"""Is a candidate one concrete occasion, or a slogan? Features of the clause, weighed by a small linear model."""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left
from functools import lru_cache
from importlib.resources import files

from .nuclei import GENERIC, Nucleus
from .passages import Passage

_ADVERB = "积极|切实|努力|不断|大力|深入|广泛|认真|充分|全面|继续|扎实"
_ABSTRACT_VERB = "进一步|加强|加大|深化|推动|推进|发挥|重视|确保|提高|增强|促进|丰富|营造|坚持|调动|树立|围绕|引导|贯穿"
_CUES: tuple[tuple[str, str], ...] = (
    ("adverb", _ADVERB),
    ("abstract verb", _ABSTRACT_VERB),
    ("duty", "要(?!求)|必须|应(?!邀)|需|须|负责|旨在|可以|能够|有利于|有助于|使|让|希望|应当"),
    ("means", "通过|以(?!来)|结合|把|作为|是|在于|关于|对于|由于|借助|利用|随着|等形式|不仅"),
    ("purpose", "^为|为了|为使|为让"),
    ("negated", "未能|没有|未|取消|不再|不能|不足|无法|停办|推迟|不够|缺乏"),
    ("this", "[这此本该](?:次|一|项|个|些|场|届)|上述"),
    ("example", "如[：:]?|例如|其中|包括|主要有"),
    ("if", "凡|如遇|遇|若|一旦|无论|不管|每当|只要"),
    ("planned", "将|拟|计划|准备|争取|打算"),
    ("routine", "每|定期|凡|经常|平时|始终|长期"),
    ("success", "成功|顺利|圆满|先后|共|如期|隆重|已|专门|还|及时"),
    ("held", "[在于到赴].{2,14}$"),
)
_CUE = [(name, re.compile(pattern)) for name, pattern in _CUES]
_LEAD = re.compile(
    f"(?:{_ADVERB}|{_ABSTRACT_VERB}|通过|在|以|把|将|的|为|对|是|和|、|并|及|了|等|还|由|与|从|会|校|们|司|，|：|组织|工作)$"
)
_VAGUE = re.compile(
    "丰富多彩|形式多样|多种形式|多种多样|各种|各类|各项|系列|多样|有益|健康向上|喜闻乐见|群众性|经常性|行之有效|不同|有关|相关|扎实|良好"
)
_ABSTRACT = re.compile(
    "(?:工作|力度|水平|质量|能力|制度|机制|体系|作用|职能|氛围|意识|精神|素质|积极性|发展|建设|管理|权益|思想|热情|方式|形式|内容|贡献|要求|观念|作风)$"
)
_INNER = [
    ("aspect", re.compile("[了过](?!解)")),
    ("vague", _VAGUE),
    ("adverb", _CUE[0][1]),
    ("abstract verb", _CUE[1][1]),
    ("routine", re.compile("每|定期|经常")),
    ("abstract", _ABSTRACT),
]
_WEAK = frozenset(
    {"adverb<", "abstract verb<", "abstract verb>", "vague>", "kind=plan", "abstract>", "generic", "aspect>", "lead=^"}
    | {"no heading", "bare", "role=verb", "together", "first=light"}
)
_ORDINAL = re.compile(
    "第[一二三四五六七八九十0-9]+[届次期]|首届|[一二三四五六七八九十]届[一二三四五六七八九十]次|本届|一次|一场"
)
_SUBJECT = re.compile("(?:工会|学校|我校|我们|我会|公司|我院|单位|委员会|党支部|行政|教师|职工)")
_FOLLOWS = re.compile(
    "的|中|时|后|期间|过程|上|工作|制度|机制|力度|质量|是|以|，(?:使|促进|提高|增强|丰富|推动|让|激发)|、|等|和"
)
_TIME = re.compile("每[年月周季学两]|一年来|本学期|今年|本年度|本期|年初|期初|学期初|开学初")
_OUTCOME = re.compile("获|好评|[一二三]等奖|取得|名次|第[一二三四]名|欢迎|圆满")
# Quoted watchwords and institutions that name no single activity.
_STOCK = re.compile(
    '[“《"\\\\]+(?:三个代表|科学发展观|八荣八耻|教?职?工之家|建家|以人为本|组织起来|四个意识|两个维护|十[一二三四]五|家[”"])'
)
_PRIZE = re.compile("[一二三]等奖|第[一二三四]名|优胜|名次|冠军|亚军|好成绩|好评|效果")
_PROBLEM = re.compile("问题|不足|体会|指导思想|努力方向|困难|差距|认识|目标")
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
Numbers = tuple[list[int], list[int], list[int], list[int]]


def features(text: str, nucleus: Nucleus, passage: Passage, numbers: Numbers, before: Nucleus | None) -> list[str]:
    """The names of the binary features that hold for a candidate.

    ``numbers`` are the sorted starts of headcounts, amounts, counts and dates of the whole text.
    """
    clause = nucleus.clause
    prefix = text[max(clause.start, nucleus.start - 30) : nucleus.first]
    inside = text[nucleus.start : nucleus.end]
    head, first = nucleus.head.entry, nucleus.words[0].entry
    assert head is not None and first is not None
    found = ["bias", f"head={head.word}", f"role={head.role}", f"last={inside[-2:]}"]
    if first is not head:
        found += (f"first={first.word}", f"first={first.role}")
    elif first.role == "noun":
        found.append("bare")
    found += [f"{name}<" for name, pattern in _CUE if pattern.search(prefix)]
    lead = _LEAD.search(text, clause.start, nucleus.start)
    found.append(f"lead={lead[0] if lead else '^' if nucleus.start == clause.start else ''}")
    found += [f"{name}>" for name, pattern in _INNER if pattern.search(inside)]
    anchors = 0
    for name, starts in zip(("heads", "money", "count", "date"), numbers, strict=True):
        i = bisect_left(starts, clause.start)
        if i < len(starts) and starts[i] < clause.end:
            anchors += 1
            found.append(f"{name}*")
            if nucleus.start <= starts[bisect_left(starts, nucleus.end) - 1] < nucleus.end:
                found.append(f"{name}in")
        elif name == "date":
            i = bisect_left(starts, clause.sentence)
            if i < len(starts) and starts[i] < clause.start:
                anchors += 1
                found.append("date^")
    if _TIME.search(text, clause.sentence, nucleus.start):
        found.append("time")
    if nucleus.quotes:
        anchors += 1
        quoted = nucleus.quotes[0]
        book = text[quoted.start] == "《"
        found.append("stock" if _STOCK.match(text, quoted.start) else "book" if book else "quote")
    if _ORDINAL.search(inside):
        anchors += 1
        found.append("ordinal")
    if _OUTCOME.search(text, nucleus.end, min(nucleus.end + 25, passage.end)):
        found.append("outcome")
    if _SUBJECT.search(prefix):
        found.append("subject")
    m = _FOLLOWS.match(text, nucleus.end)
    if m:
        found.append(f"then={m[0]}")
    if text[nucleus.head.end : nucleus.head.end + 1] in ("的", "以", "了", "过"):
        found.append(f"head+{text[nucleus.head.end]}")
    if _PRIZE.search(inside):
        found.append(f"prize {nucleus.type}")
    if before is not None and before.clause.sentence != clause.sentence:
        found.append("earlier same" if before.type == nucleus.type else "earlier other")
    if before is not None and (before.type, nucleus.type) in _GOES_ON and not nucleus.quotes:
        found.append("goes on" if before.clause.sentence == clause.sentence else "goes on later")
    if before is not None and before.clause.sentence == clause.sentence:
        same = before.type == nucleus.type
        found += (f"after>{head.word}", "same" if same else "other")
        if before.clause is clause:
            found.append("together")
    tail = nucleus.end - nucleus.words[-1].end
    found += (
        f"anchors={min(anchors, 3)}",
        f"tail={min(tail // 3, 5)}",
        f"length={min((nucleus.end - nucleus.start) // 4, 6)}",
        f"words={min(len(nucleus.words), 4)}",
        f"kind={passage.kind}",
    )
    if passage.end - passage.start < 30:
        found.append(f"short {passage.kind}")
    if not passage.headings:
        found.append("no heading")
    elif _PROBLEM.search(passage.headings[-1]):
        found.append("problem")
    if head.word in GENERIC:
        found.append("generic")
        if nucleus.end - nucleus.first < 8:
            found.append("generic short")
    if head.role == "light":
        found.append("empty quoted" if nucleus.quotes else "empty")
    if not anchors:
        found += [f"bare of anchors {x}" for x in found if x in _WEAK]
    around = (
        ("<", max(clause.start, nucleus.start - 8), nucleus.start),
        ("=", nucleus.start, min(nucleus.end, nucleus.start + 60)),
    )
    for side, low, high in (*around, (">", nucleus.end, nucleus.end + 4)):
        found += {side + text[i : i + 2] for i in range(low, high - 1)}
    return found


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The shipped weights, by feature name."""
    return dict(json.loads(files(__package__).joinpath("weights.json").read_text(encoding="utf-8"))["weights"])


def probability(names: list[str], table: dict[str, float]) -> float:
    """The calibrated chance that a candidate with these features is an event."""
    z = math.fsum(table.get(name, 0.0) for name in names)
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, z))))
