"""One telling of one activity: its topic sentence, its prizes and the money it brought are not further events."""

from __future__ import annotations

import re

from .nuclei import Nucleus

_CONTESTS = frozenset({"contest", "culture_sports", "labour"})
_PRIZE = re.compile("[一二三]等奖|第[一二三四五六]名|优胜奖|优秀奖|名次|冠军|亚军|季军|成绩|组织奖|[金银铜]奖")
_WINS = frozenset({"获得", "荣获", "取得", "夺得", "评出", "奖励", "颁奖", "颁发", "发放"})
_THIS = re.compile("[这此本](?:次|届|场)")
_OTHER = re.compile("[为向给对]|另|又|还")
_FUNCTION = str.maketrans("", "", '了过的开展举办行组织进参加于在和与及、“”《》‘’"\\ 活动召好我们校')
NEAR = 4  # sentences a telling goes on


def one_telling(text: str, kept: list[Nucleus]) -> list[Nucleus]:
    """The nuclei of a passage without those that only go on about an earlier (or open a fuller later) one."""
    told: list[Nucleus] = []
    for nucleus in kept:
        previous = told[-NEAR:]
        if any(_goes_on(text, before, nucleus) for before in previous):
            continue
        twin = next((b for b in previous if _same(text, b, nucleus)), None)
        if twin is not None:
            if _anchors(text, nucleus) > _anchors(text, twin):
                told.remove(twin)
                told.append(nucleus)
            continue
        told.append(nucleus)
    return told


def _goes_on(text: str, before: Nucleus, nucleus: Nucleus) -> bool:
    """A prize behind its contest, a sum behind its collection, 这次… behind what it points to."""
    assert before.head.entry is not None and nucleus.head.entry is not None
    near = nucleus.start - before.end < 160
    word = nucleus.head.entry.word
    inside = text[nucleus.start : nucleus.end]
    if not near:
        return False
    if _THIS.search(inside) and not nucleus.quotes:
        return True
    if before.type in _CONTESTS and word in _WINS and _PRIZE.search(text, nucleus.start, nucleus.end + 6):
        return True
    fresh = _OTHER.search(text, nucleus.clause.start, nucleus.head.start) is not None
    if before.type == nucleus.type == "donation":
        return not fresh
    generic = before.type == nucleus.type and before.head.entry.word[:2] == word[:2] and word[:2] in _REPEATED
    return generic and not fresh and before.end - before.head.end <= 3


_REPEATED = frozenset({"慰问", "捐款", "体检", "走访"})


def _core(text: str, nucleus: Nucleus) -> str:
    return text[nucleus.start : nucleus.end].translate(_FUNCTION)


def _same(text: str, before: Nucleus, nucleus: Nucleus) -> bool:
    """The same object under a verb of the same kind: 举办书法比赛 … 我们举办了女教师书法比赛."""
    if before.type != nucleus.type and not (before.type in _CONTESTS and nucleus.type in _CONTESTS):
        return False
    if nucleus.start - before.end > 200 or before.clause is nucleus.clause:
        return False
    a, b = _core(text, before), _core(text, nucleus)
    small, large = sorted((a, b), key=len)
    if len(small) < 3:
        return False
    pairs = {large[i : i + 2] for i in range(len(large) - 1)}
    shared = sum(small[i : i + 2] in pairs for i in range(len(small) - 1))
    return shared >= 0.75 * (len(small) - 1)


def _anchors(text: str, nucleus: Nucleus) -> int:
    clause = text[nucleus.clause.start : nucleus.clause.end]
    return 2 * len(nucleus.quotes) + len(clause) // 10 + ("了" in text[nucleus.first : nucleus.end])
