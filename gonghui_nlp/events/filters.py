"""What can never be an event, a named rule each: called off, a light verb without a theme, a purpose …"""

from __future__ import annotations

import re

from gonghui_nlp.events.grouping import NUMERAL, OCCASION
from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.text.rules import Rule, Rules

# Light verbs whose object may be anything: 组织教师到森林公园…, 邀请律师作…
_OPEN = frozenset(
    {"组织", "安排", "邀请", "聘请", "举办", "举行", "开展", "进行", "启动", "派专人", "派人", "发起", "开办"}
)
# What did not take place is no event: 未能召开, 取消了, …被推迟.
_NEVER = re.compile("未能|没能|没有|未曾|尚未|取消|不再|停办|暂停|推迟|不得(?!不)")
_CALLED_OFF = re.compile("未能|没能|没有如期|取消|推迟|停办|暂停|搁置|流产|延期")
_FORM = re.compile("形式|方式|途径|方法|机会|契机|载体")
_AS_FORM = re.compile("[、和及等\\w]{0,6}(?:的|等)(?:多种|各种|一系列)?(?:形式|方式|途径|方法|机会|契机|载体)")
_AIMS = tuple(
    f"为{aim}"
    for aim in "了 迎接 庆祝 配合 做好 搞好 纪念 贯彻 丰富 提高 加强 确保 进一步 推动 推进 激发 营造 增强 保证 落实 响应 开展 展示 活跃".split()
)
_AROUND = re.compile("(?:前|后|之前|之后|前后|前夕|之际|期间|以来)(?:，|$)")
_TAKEN = frozenset("把让对使将")
_OPENING = frozenset("“‘《【")
_MEANS = re.compile(
    "(?:等)?(?:活动|工作)?为(?:契机|载体|抓手|主线|重点|平台|切入点|动力|龙头|依托|突破口|基础|目标|中心)"
)
_WON = frozenset({"contest", "culture_sports", "labour"})
_DURING = re.compile("(?:当)?(?:中|期间)[，、]?")
_TOLD = re.compile("(?:[这此本该](?:次|届|场|一|项|些|个)|上述|通过)")


def _never(text: str, mention: Mention) -> object:
    return _NEVER.search(text, max(mention.clause.start, mention.start - 12), mention.start + 3)


def _called_off(text: str, mention: Mention) -> object:
    return _CALLED_OFF.search(text, mention.head.end, min(mention.clause.end, mention.end + 16))


def _cut_off(text: str, mention: Mention) -> object:
    return mention.head.entry.role == "light" and text[mention.end - 1] in _OPENING


def _means(text: str, mention: Mention) -> object:
    return _MEANS.match(text, mention.end)


def _signature(text: str, mention: Mention) -> object:
    alone = mention.words[0] is mention.head
    return mention.word == "工会委员会" and alone and mention.end - mention.start > 8


def _light(mention: Mention, text: str) -> bool:
    """True for a light verb and an object without a theme of its own."""
    if mention.head.entry.role != "light" or mention.quotes:
        return False
    return not OCCASION.search(text, mention.start, mention.end)


def _empty(text: str, mention: Mention) -> object:
    if mention.word in _OPEN or not _light(mention, text):
        return False
    return not NUMERAL.search(text, mention.start, mention.end)


def _aim(text: str, mention: Mention) -> object:
    clause = mention.clause
    if clause.stop != "，" or _light(mention, text):
        return False
    return text.startswith(_AIMS, clause.start, mention.start) or (mention.bare and text[clause.start] == "为")


def _spoken_about(text: str, mention: Mention) -> object:
    behind = mention.head.end
    if mention.head.entry.role != "verb" or mention.words[0] is not mention.head:
        return False
    return mention.end == behind and text[mention.start - 1 : mention.start] == "的"


def _when(text: str, mention: Mention) -> object:
    alone = mention.head.entry.role == "verb" and mention.words[0] is mention.head
    return alone and _AROUND.match(text, mention.head.end)


def _taken(text: str, mention: Mention) -> object:
    at = mention.head.start
    return mention.bare and text[at - 1] in _TAKEN and at > mention.clause.start


def _during(text: str, mention: Mention) -> object:
    return mention.bare and mention.head.entry.type not in _WON and _DURING.match(text, mention.end)


def _form(text: str, mention: Mention) -> object:
    # What every match must hold is looked for first.
    if not _FORM.search(text, mention.end, mention.end + 13) or _light(mention, text):
        return False
    return _AS_FORM.match(text, mention.end)


def _told(text: str, mention: Mention) -> object:
    return mention.bare and _TOLD.search(text[max(mention.clause.start, mention.start - 4) : mention.head.end])


FILTERS = Rules(
    Rule("did not take place", _never, "由于疫情影响，今年未能召开教代会。", "3月，召开教代会。"),
    Rule("called off", _called_off, "举办教工运动会的计划被取消。", "举办教工运动会，气氛热烈。"),
    Rule("cut off by a line's end", _cut_off, "组织全体教师开展“", "开展“读书月”活动。"),
    Rule("a means", _means, "以劳动竞赛为载体，推动生产。", "开展劳动竞赛，推动生产。"),
    Rule("a unit's signature", _signature, "某某市第一中学工会委员会", "召开工会委员会会议。"),
    Rule("a light verb without a theme", _empty, "实施素质提升。", "实施3项改造。"),
    Rule("what for", _aim, "为迎接建家验收，全体动员。", "迎接了建家验收，全体动员。"),
    Rule("a verb spoken about", _spoken_about, "随着制度的建立，职工有了盼头。", "建立了制度，职工有了盼头。"),
    Rule("when", _when, "召开之前，征求了职工意见。", "召开教代会，征求了职工意见。"),
    Rule("taken up", _taken, "把职代会作为头等大事。", "开好职代会。"),
    Rule("during it", _during, "送温暖活动中，职工踊跃。", "举办送温暖活动，职工踊跃。"),
    Rule("a form among others", _form, "通过知识竞赛、讲座等多种形式宣传。", "举办知识竞赛、讲座，宣传。"),
    Rule("told before", _told, "这次比赛促进了交流。", "首次比赛促进了交流。"),
)
"""What can never be an event: called off, a light verb without a theme, a mention of something told."""
