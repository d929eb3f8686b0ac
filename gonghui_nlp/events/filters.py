"""What can never be an event: called off, a light verb without a theme, a purpose, a mention of something told."""

from __future__ import annotations

import re

from gonghui_nlp.events.grouping import NUMERAL, OCCASION
from gonghui_nlp.events.mentions import Mention

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


def filtered(text: str, mention: Mention) -> bool:
    """True for what can never be an event: called off, a light verb without a theme, a mention of something told."""
    entry = mention.head.entry
    assert entry is not None
    start, end, clause = mention.start, mention.end, mention.clause
    if _NEVER.search(text, clause.start if clause.start > start - 12 else start - 12, start + 3):
        return True
    if _CALLED_OFF.search(text, mention.head.end, clause.end if clause.end < end + 16 else end + 16):
        return True
    if entry.role == "light" and text[end - 1] in _OPENING:
        return True  # the name was cut off by a line's end
    if _MEANS.match(text, end):
        return True
    if entry.word == "工会委员会" and mention.words[0] is mention.head and mention.end - mention.start > 8:
        return True  # the signature of a unit, not a meeting of its committee
    if entry.role == "light" and not mention.quotes and not OCCASION.search(text, mention.start, mention.end):
        return entry.word not in _OPEN and not NUMERAL.search(text, mention.start, mention.end)
    if clause.stop == "，" and text.startswith(_AIMS, clause.start, start):
        return True  # 为迎接建家验收，: what for, not what
    behind = mention.head.end
    alone = entry.role == "verb" and mention.words[0] is mention.head
    if alone and (_AROUND.match(text, behind) or (end == behind and text[start - 1 : start] == "的")):
        return True  # 大会的召开, 召开前后: spoken about, or when
    bare = mention.words[0].entry is entry and entry.role == "noun"
    if bare and text[mention.clause.start] == "为" and mention.clause.stop == "，":
        return True  # 为展示…比赛的风采，: what for, not what
    if bare and text[mention.head.start - 1] in _TAKEN and mention.head.start > mention.clause.start:
        return True  # 把职代会…, 让教代会…: spoken about, not held
    if bare and entry.type not in _WON and _DURING.match(text, mention.end):
        return True  # 送温暖活动中，…: when, not what
    if _FORM.search(text, end, end + 13) and _AS_FORM.match(text, end):
        return True
    return bare and _TOLD.search(text[max(clause.start, start - 4) : mention.head.end]) is not None
