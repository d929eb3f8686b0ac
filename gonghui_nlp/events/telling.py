"""One telling of one activity: its topic sentence, its prizes and the money it brought are not further events."""

from __future__ import annotations

import re

from gonghui_nlp.events.nuclei import Nucleus
from gonghui_nlp.events.retelling import core, shared

_CONTESTS = frozenset({"contest", "culture_sports", "labour"})
_PRIZE = re.compile("[一二三]等奖|第[一二三四五六]名|优胜奖|优秀奖|名次|冠军|亚军|季军|成绩|组织奖|[金银铜]奖")
_WINS = frozenset({"获得", "荣获", "取得", "夺得", "评出", "奖励", "颁奖", "颁发", "发放"})
_THIS = re.compile("[这此本](?:次|届|场)")
_OTHER = re.compile("[为向给对]|另|又|还|组织|发动|动员")
NEAR = 4  # sentences a telling goes on


def one_telling(text: str, kept: list[Nucleus]) -> list[Nucleus]:
    """The nuclei of a passage without those that only go on about an earlier (or open a fuller later) one."""
    told: list[Nucleus] = []
    for nucleus in kept:
        if not told:
            told.append(nucleus)
            continue
        previous = told[-NEAR:]
        if _announces(text, told[-1], nucleus):
            told[-1] = nucleus
            continue
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
    if nucleus.start - before.end >= 160:
        return False
    word = nucleus.head.entry.word
    if word not in _HONOURS and not _named_before(text, before, nucleus):
        return False
    if _THIS.search(text, nucleus.start, nucleus.end):
        return True
    contests = before.type in _CONTESTS and nucleus.type in _CONTESTS and not nucleus.quotes
    if contests and _THIS.search(text, max(nucleus.clause.sentence, before.end), nucleus.start):
        return True
    if before.type in _CONTESTS and word in _WINS and _PRIZE.search(text, nucleus.start, nucleus.end + 6):
        return True
    attends = nucleus.words[0].word_text(text) in _ATTEND
    contested = before.type in _CONTESTS and before.clause.sentence == nucleus.clause.sentence
    if attends and contested and not nucleus.quotes and _MANY.search(text, nucleus.clause.start, nucleus.first):
        return True  # 举办了运动会，有86名教师参加了9个项目的比赛
    if attends and nucleus.end - nucleus.first <= 6:
        together = before.clause.sentence == nucleus.clause.sentence
        subject = together and nucleus.first - nucleus.clause.start > 2 and before.clause is not nucleus.clause
        return subject or _MANY.search(text, nucleus.clause.start, nucleus.first) is not None
    fresh = _OTHER.search(text, nucleus.clause.start, nucleus.head.start) is not None
    if before.type == nucleus.type == "donation" and word[:1] == before.head.entry.word[:1]:
        goods = before.head.entry.word != word and before.clause.sentence == nucleus.clause.sentence
        return not fresh and not goods and word[:2] != "捐赠"
    again = before.type == nucleus.type and word[:2] in _REPEATED and before.head.entry.word[:2] == word[:2]
    if again and not fresh and before.end - before.head.end <= 3:
        return True
    if before.clause.sentence != nucleus.clause.sentence:
        return False
    if _is_lecturer(text, before, nucleus):
        return True
    if before.type == nucleus.type and text[nucleus.start - 1] == "共" and before.clause is not nucleus.clause:
        return True  # 组织学习…，全年共学习32次
    told = before.words[0].entry is not None and before.words[0].entry.role != "noun"
    if told and before.type == nucleus.type == "contest" and text[nucleus.end : nucleus.end + 1] == "中":
        return True  # 选送作品2件，在全省大赛中获奖
    if before.head.entry.word[-2:] in _VISITS and _RELIEF.search(text, nucleus.head.end, nucleus.end):
        return False
    if before.type in _FOLLOWED.get(word, ()):
        given = before.type == "aid" and not _OTHER_PEOPLE.search(text, nucleus.clause.start, nucleus.head.start)
        object_ = given or (_GIFT.search(text, nucleus.head.end, nucleus.clause.end) if word in _GIVES else True)
        return bool(object_) and not _DATED.search(text, nucleus.clause.start, nucleus.start)
    if (
        before.type in _CONTESTS
        and _ROUND.search(text, nucleus.start, nucleus.end + 2)
        and before.clause is not nucleus.clause
    ):
        return True
    return before.head.entry.word == word and nucleus.end - nucleus.start <= 6 and before.clause is not nucleus.clause


def _named_before(text: str, before: Nucleus, nucleus: Nucleus) -> bool:
    """True when every name the nucleus quotes is a part of what was told before: 征集了25篇“迎新年”文章."""
    told = text[before.start : before.end]
    return all(text[quote.start + 1 : quote.end - 1] in told for quote in nucleus.quotes)


_INVITES = frozenset({"邀请", "聘请", "请来", "请了"})
_SPEAKS = frozenset({"授课", "讲课", "主讲", "讲授"})


def _is_lecturer(text: str, before: Nucleus, nucleus: Nucleus) -> bool:
    """举办培训班，邀请专家授课: who taught is no second course; a title of its own (《…》) is."""
    assert nucleus.head.entry is not None
    invites = nucleus.words[0].word_text(text) in _INVITES and not nucleus.quotes
    return invites and before.type == nucleus.type == "training" and nucleus.head.entry.word in _SPEAKS


# 共有126名代表参加会议: more about the meeting told before.
_ATTEND = frozenset({"参加", "出席", "参赛", "参与"})
_MANY = re.compile("[0-9一二三四五六七八九十百千×xX]+(?:余|多)?(?:[名位支个][^，。；]{0,14}|人次?)$")
_REPEATED = frozenset({"慰问", "捐款", "体检", "走访"})
_HONOURS = frozenset({"授予", "命名"})
_GIVES = frozenset({"送去", "送上", "发放", "赠送", "送到", "颁发", "献上"})
# Money for hardship is paid out by rule, not brought along on a visit.
_VISITS = frozenset({"慰问", "走访", "看望", "探望"})
_RELIEF = re.compile("困难补助|救助金|助学金|补助金|救济金")
_OTHER_PEOPLE = re.compile("[为向给对](?!他们|她们|其|每|他|她|教师们|老师们|大家|困难)|另|又|还")
_GIFT = re.compile("试卷|试题|答卷|奖|慰问|[0-9×万千百]元|款|[金品物]|温暖|组织|关怀|祝福|元")
_ROUND = re.compile("[0-9一二三四五六七八九十]+场比赛|初赛|预赛|决赛|个.{0,4}项目|项目的|角逐|现场比赛")
_DATED = re.compile("[0-9一二三四五六七八九十]月|节")
_EXCHANGE = ("contest", "culture_sports", "labour", "training", "oversight", "publicity")
# What a word goes on about when it follows, in the same sentence, an event of one of these types.
_FOLLOWED: dict[str, tuple[str, ...]] = {
    "培训": ("training",),
    "轮训": ("training",),
    "收到": ("contest", "culture_sports", "labour", "training", "publicity"),
    "征集": ("contest", "culture_sports", "labour"),
    "收集": _EXCHANGE,
    "立案": ("oversight",),
    "办结": ("oversight",),
    "奖励": ("contest", "labour", "culture_sports"),
    "评出": ("contest", "culture_sports", "labour", "inspection", "commendation"),
    "评选": ("contest", "inspection"),
    "选出": ("election", "contest", "meeting"),
    "产生": ("election",),
    "授予": ("contest", "labour", "culture_sports"),
    "送去": ("aid",),
    "送上": ("aid",),
    "送到": ("aid", "donation"),
    "发放": ("aid", "publicity", "donation", "contest"),
    "赠送": ("aid",),
    "颁发": ("contest", "culture_sports"),
    "悬挂": ("publicity",),
    "张贴": ("publicity",),
    "播出": ("publicity",),
    "结成": ("aid", "training"),
    "抽查": ("inspection",),
    "筹得": ("donation", "culture_sports"),
    "捐得": ("donation",),
    "募得": ("donation",),
    "参检": ("welfare",),
    "参赛": ("contest", "culture_sports", "labour"),
    "表演": ("culture_sports",),
}


def _announces(text: str, before: Nucleus, nucleus: Nucleus) -> bool:
    """两节慰问：慰问特困职工16户: a bare name in front of a colon, and what it is the name of."""
    clause = before.clause
    if clause.stop != "：" or before.quotes or clause.end - clause.start > 14 or before.end < clause.end - 1:
        return False
    return before.type == nucleus.type and nucleus.clause.sentence == clause.sentence


def _same(text: str, before: Nucleus, nucleus: Nucleus) -> bool:
    """The same object under a verb of the same kind: 举办剪纸比赛 … 本周举办了女职工剪纸比赛."""
    if before.type != nucleus.type and not (before.type in _CONTESTS and nucleus.type in _CONTESTS):
        return False
    if nucleus.start - before.end > 200 or before.clause is nucleus.clause:
        return False
    if any(_told_apart(mark(text, before), mark(text, nucleus)) for mark in _MARKS):
        return False
    small, large = core(text[before.start : before.end]), core(text[nucleus.start : nucleus.end])
    if len(small) > len(large):
        small, large = large, small
    if len(small) < 3:
        return False
    return shared(small, large) >= 0.75


_DAY = re.compile("[0-9〇一二三四五六七八九十]{1,3}月(?:[0-9一二三四五六七八九十]{1,3}[日号]|[上中下]旬|[初底末])?")
_ORDINAL = re.compile("第?[一二三四五六七八九十0-9首]+[届次期轮](?!会员)")


def _days(text: str, nucleus: Nucleus) -> list[str]:
    """The last day or month in front of a nucleus, in its sentence."""
    return _DAY.findall(text, nucleus.clause.sentence, nucleus.first)[-1:]


def _ordinals(text: str, nucleus: Nucleus) -> list[str]:
    """第一次, 三届: the numbers of its sitting or round."""
    return _ORDINAL.findall(text, nucleus.start, nucleus.end)


def _names(text: str, nucleus: Nucleus) -> list[str]:
    """What it quotes."""
    return [text[quote.start + 1 : quote.end - 1] for quote in nucleus.quotes]


_MARKS = (_days, _ordinals, _names)


def _told_apart(mine: list[str], other: list[str]) -> bool:
    """True when both have such a mark and none of one is a part of one of the other: 3月, not 5月."""
    return bool(mine and other) and not any(a in b or b in a for a in mine for b in other)


def _anchors(text: str, nucleus: Nucleus) -> int:
    clause = text[nucleus.clause.start : nucleus.clause.end]
    return 2 * len(nucleus.quotes) + len(clause) // 10 + ("了" in text[nucleus.first : nucleus.end])
