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

_CUES: tuple[tuple[str, str], ...] = (
    (
        "slogan",
        "积极|进一步|切实|努力|不断|大力|加强|加大|深化|推动|推进|发挥|重视|确保|提高|增强|深入|广泛|认真|充分|全面",
    ),
    ("duty", "要|必须|应|需|须|负责|旨在|可以|能够|有利于|有助于"),
    ("means", "通过|以(?!来)|围绕|结合|根据|按照|把|作为|是|在于|关于|对于|由于|借助|利用|随着|等形式"),
    ("negated", "未能|没有|未|取消|不再|不能|不足|无法|停办|推迟"),
    ("aspect", "了|过"),
    ("planned", "将|拟|计划|准备|争取|打算"),
    ("routine", "每|定期|坚持|凡|经常"),
    ("success", "成功|顺利|圆满|先后|共|如期|隆重|已"),
)
_CUE = [(name, re.compile(pattern)) for name, pattern in _CUES]
_VAGUE = re.compile(
    "丰富多彩|形式多样|多种形式|各种|各类|各项|系列|多样|有益|健康向上|喜闻乐见|群众性|经常性|行之有效|一系列|不同|广泛|有关|相关|扎实|良好"
)
_ABSTRACT = re.compile(
    "(?:工作|力度|水平|质量|能力|制度|机制|体系|作用|职能|氛围|意识|精神|素质|积极性|发展|建设|管理|权益|思想|热情|方式|形式|内容)$"
)
_ORDINAL = re.compile(
    "第[一二三四五六七八九十0-9]+[届次期]|首届|[一二三四五六七八九十]届[一二三四五六七八九十]次|本届|一次|一场"
)
_SUBJECT = re.compile("工会|学校|我校|我们|我会|公司|我院|单位|委员会|党支部|行政|教师|职工")
_FOLLOWS = re.compile("的|中|时|后|期间|过程|上|工作|制度|机制|力度|质量|是|，使|，促进|，提高|，增强|，丰富|，推动")
_TIME = re.compile("每[年月周季学两]|一年来|本学期|今年|本年度|本期|年初|期初|学期初|开学初")
Numbers = tuple[list[int], list[int], list[int], list[int]]


def features(
    text: str, nucleus: Nucleus, passage: Passage, numbers: Numbers, before: Nucleus | None
) -> list[str]:
    """The names of the binary features that hold for a candidate.

    ``numbers`` are the sorted starts of headcounts, amounts, counts and dates of the whole text.
    """
    clause = nucleus.clause
    found = ["bias"]
    prefix = text[max(clause.start, nucleus.start - 30) : nucleus.first]
    inside = text[nucleus.start : nucleus.end]
    after = text[nucleus.end : nucleus.end + 6]
    head = nucleus.head.entry
    assert head is not None
    found += (f"head={head.word}", f"type={nucleus.type}", f"role={head.role}")
    first = nucleus.words[0].entry
    assert first is not None
    if first is not head:
        found.append(f"first={first.word}")
        found.append(f"first={first.role}")
    found += [f"{name}<" for name, pattern in _CUE if pattern.search(prefix)]
    found += [f"{name}>" for name, pattern in _CUE[4:] if pattern.search(inside)]
    for name, starts in zip(("heads", "money", "count", "date"), numbers, strict=True):
        i = bisect_left(starts, clause.start)
        if i < len(starts) and starts[i] < clause.end:
            found.append(f"{name}*")
            if starts[i] < nucleus.end and nucleus.start <= starts[bisect_left(starts, nucleus.end) - 1]:
                found.append(f"{name}in")
    if "date*" not in found:
        i = bisect_left(numbers[3], clause.sentence)
        if i < len(numbers[3]) and numbers[3][i] < clause.start:
            found.append("date^")
    if _TIME.search(text, clause.sentence, nucleus.start):
        found.append("time")
    if nucleus.quotes:
        found.append("book" if text[nucleus.quotes[0].start] == "《" else "quote")
    if _VAGUE.search(inside):
        found.append("vague")
    m = _ABSTRACT.search(inside)
    if m:
        found += ("abstract", f"ends={m[0]}")
    if _ORDINAL.search(inside):
        found.append("ordinal")
    if _SUBJECT.search(prefix):
        found.append("subject")
    m = _FOLLOWS.match(after)
    if m:
        found.append(f"then={m[0]}")
    if first.role == "noun":
        found.append("bare")
    if before is not None and before.clause.sentence == clause.sentence:
        found += (f"after={before.type}>{nucleus.type}", f"after>{head.word}", "same" if before.type == nucleus.type else "other")
        if before.clause is clause:
            found.append("together")
    tail = nucleus.end - nucleus.words[-1].end
    found.append(f"tail={min(tail // 3, 5)}")
    found.append(f"length={min((nucleus.end - nucleus.start) // 4, 6)}")
    found.append(f"words={min(len(nucleus.words), 4)}")
    found.append(f"opening={clause.start == clause.sentence}")
    found.append(f"kind={passage.kind}")
    found.append(f"short={passage.end - passage.start < 30}")
    if head.word in GENERIC:
        found.append("generic")
        if nucleus.end - nucleus.first < 8:
            found.append("generic short")
    if head.role == "light" and not nucleus.quotes:
        found.append("empty")
    return found


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The shipped weights, by feature name."""
    return dict(json.loads(files(__package__).joinpath("weights.json").read_text(encoding="utf-8"))["weights"])


def probability(names: list[str], table: dict[str, float]) -> float:
    """The calibrated chance that a candidate with these features is an event."""
    z = sum(table.get(name, 0.0) for name in names)
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, z))))
