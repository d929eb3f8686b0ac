"""One telling of one activity: its topic sentence, its prizes and the money it brought are not further events."""

from __future__ import annotations

import re

from gonghui_nlp.events.coreference.far import core, shared
from gonghui_nlp.events.mentions import Mention

_CONTESTS = frozenset({"contest", "culture_sports", "labour"})
_PRIZE = re.compile("[一二三]等奖|第[一二三四五六]名|优胜奖|优秀奖|名次|冠军|亚军|季军|成绩|组织奖|[金银铜]奖")
_WINS = frozenset({"获得", "荣获", "取得", "夺得", "评出", "奖励", "颁奖", "颁发", "发放"})
_THIS = re.compile("[这此本](?:次|届|场)")
_OTHER = re.compile("[为向给对]|另|又|还|组织|发动|动员")
NEAR = 4  # sentences a telling goes on


def one_telling(text: str, kept: list[Mention]) -> list[Mention]:
    """The mentions of a passage without those that only go on about an earlier (or open a fuller later) one."""
    told: list[Mention] = []
    for mention in kept:
        if not told:
            told.append(mention)
            continue
        previous = told[-NEAR:]
        if _announces(text, told[-1], mention):
            told[-1] = mention
            continue
        if any(_goes_on(text, before, mention) for before in previous):
            continue
        twin = next((b for b in previous if _same(text, b, mention)), None)
        if twin is not None:
            if _anchors(text, mention) > _anchors(text, twin):
                told.remove(twin)
                told.append(mention)
            continue
        told.append(mention)
    return told


def _goes_on(text: str, before: Mention, mention: Mention) -> bool:
    """A prize behind its contest, a sum behind its collection, 这次… behind what it points to."""
    assert before.head.entry is not None and mention.head.entry is not None
    if mention.start - before.end >= 160:
        return False
    word = mention.head.entry.word
    if word not in _HONOURS and not _named_before(text, before, mention):
        return False
    if _THIS.search(text, mention.start, mention.end):
        return True
    contests = before.type in _CONTESTS and mention.type in _CONTESTS and not mention.quotes
    if contests and _THIS.search(text, max(mention.clause.sentence, before.end), mention.start):
        return True
    if before.type in _CONTESTS and word in _WINS and _PRIZE.search(text, mention.start, mention.end + 6):
        return True
    attends = mention.words[0].word_text(text) in _ATTEND
    contested = before.type in _CONTESTS and before.clause.sentence == mention.clause.sentence
    if attends and contested and not mention.quotes and _MANY.search(text, mention.clause.start, mention.first):
        return True  # 举办了运动会，有86名教师参加了9个项目的比赛
    if attends and mention.end - mention.first <= 6:
        together = before.clause.sentence == mention.clause.sentence
        subject = together and mention.first - mention.clause.start > 2 and before.clause is not mention.clause
        return subject or _MANY.search(text, mention.clause.start, mention.first) is not None
    fresh = _OTHER.search(text, mention.clause.start, mention.head.start) is not None
    if before.type == mention.type == "donation" and word[:1] == before.head.entry.word[:1]:
        goods = before.head.entry.word != word and before.clause.sentence == mention.clause.sentence
        return not fresh and not goods and word[:2] != "捐赠"
    again = before.type == mention.type and word[:2] in _REPEATED and before.head.entry.word[:2] == word[:2]
    if again and not fresh and before.end - before.head.end <= 3:
        return True
    if before.clause.sentence != mention.clause.sentence:
        return False
    if _is_lecturer(text, before, mention):
        return True
    if before.type == mention.type and text[mention.start - 1] == "共" and before.clause is not mention.clause:
        return True  # 组织学习…，全年共学习32次
    told = before.words[0].entry is not None and before.words[0].entry.role != "noun"
    if told and before.type == mention.type == "contest" and text[mention.end : mention.end + 1] == "中":
        return True  # 选送作品2件，在全省大赛中获奖
    if before.head.entry.word[-2:] in _VISITS and _RELIEF.search(text, mention.head.end, mention.end):
        return False
    if before.type in _FOLLOWED.get(word, ()):
        given = before.type == "aid" and not _OTHER_PEOPLE.search(text, mention.clause.start, mention.head.start)
        object_ = given or (_GIFT.search(text, mention.head.end, mention.clause.end) if word in _GIVES else True)
        return bool(object_) and not _DATED.search(text, mention.clause.start, mention.start)
    if (
        before.type in _CONTESTS
        and _ROUND.search(text, mention.start, mention.end + 2)
        and before.clause is not mention.clause
    ):
        return True
    return before.head.entry.word == word and mention.end - mention.start <= 6 and before.clause is not mention.clause


def _named_before(text: str, before: Mention, mention: Mention) -> bool:
    """True when every name the mention quotes is a part of what was told before: 征集了25篇“迎新年”文章."""
    told = text[before.start : before.end]
    return all(text[quote.start + 1 : quote.end - 1] in told for quote in mention.quotes)


_INVITES = frozenset({"邀请", "聘请", "请来", "请了"})
_SPEAKS = frozenset({"授课", "讲课", "主讲", "讲授"})


def _is_lecturer(text: str, before: Mention, mention: Mention) -> bool:
    """举办培训班，邀请专家授课: who taught is no second course; a title of its own (《…》) is."""
    assert mention.head.entry is not None
    invites = mention.words[0].word_text(text) in _INVITES and not mention.quotes
    return invites and before.type == mention.type == "training" and mention.head.entry.word in _SPEAKS


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


def _announces(text: str, before: Mention, mention: Mention) -> bool:
    """两节慰问：慰问特困职工16户: a bare name in front of a colon, and what it is the name of."""
    clause = before.clause
    if clause.stop != "：" or before.quotes or clause.end - clause.start > 14 or before.end < clause.end - 1:
        return False
    return before.type == mention.type and mention.clause.sentence == clause.sentence


def _same(text: str, before: Mention, mention: Mention) -> bool:
    """The same object under a verb of the same kind: 举办剪纸比赛 … 本周举办了女职工剪纸比赛."""
    if before.type != mention.type and not (before.type in _CONTESTS and mention.type in _CONTESTS):
        return False
    if mention.start - before.end > 200 or before.clause is mention.clause:
        return False
    if any(_told_apart(mark(text, before), mark(text, mention)) for mark in _MARKS):
        return False
    small, large = core(text[before.start : before.end]), core(text[mention.start : mention.end])
    if len(small) > len(large):
        small, large = large, small
    if len(small) < 3:
        return False
    return shared(small, large) >= 0.75


_DAY = re.compile("[0-9〇一二三四五六七八九十]{1,3}月(?:[0-9一二三四五六七八九十]{1,3}[日号]|[上中下]旬|[初底末])?")
_ORDINAL = re.compile("第?[一二三四五六七八九十0-9首]+[届次期轮](?!会员)")


def _days(text: str, mention: Mention) -> list[str]:
    """The last day or month in front of a mention, in its sentence."""
    return _DAY.findall(text, mention.clause.sentence, mention.first)[-1:]


def _ordinals(text: str, mention: Mention) -> list[str]:
    """第一次, 三届: the numbers of its sitting or round."""
    return _ORDINAL.findall(text, mention.start, mention.end)


def _names(text: str, mention: Mention) -> list[str]:
    """What it quotes."""
    return [text[quote.start + 1 : quote.end - 1] for quote in mention.quotes]


_MARKS = (_days, _ordinals, _names)


def _told_apart(mine: list[str], other: list[str]) -> bool:
    """True when both have such a mark and none of one is a part of one of the other: 3月, not 5月."""
    return bool(mine and other) and not any(a in b or b in a for a in mine for b in other)


def _anchors(text: str, mention: Mention) -> int:
    clause = text[mention.clause.start : mention.clause.end]
    return 2 * len(mention.quotes) + len(clause) // 10 + ("了" in text[mention.first : mention.end])
