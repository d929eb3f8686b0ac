"""What can never be an event, a named rule each: called off, a light verb without a theme, a purpose …"""

from __future__ import annotations

from gonghui_nlp.events.grouping import numeral, occasion
from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.resources import patterns
from gonghui_nlp.text.rules import Rule, Rules

_open = patterns.charset("events", "open_light_verb")
_never_pattern = patterns.pattern("events", "never_held")
_called_off_pattern = patterns.pattern("events", "called_off")
_form_pattern = patterns.pattern("events", "form_noun")
_as_form = patterns.pattern("events", "as_form")
_aims = patterns.words("events", "aims")
_around = patterns.pattern("events", "around")
_taken_words = patterns.charset("events", "takes_up")
_OPENING = frozenset("“‘《【")
_means_pattern = patterns.pattern("events", "means")
_WON = frozenset({"contest", "culture_sports", "labour"})
_during_pattern = patterns.pattern("events", "during")
_told_pattern = patterns.pattern("events", "told_again")


def _never(text: str, mention: Mention) -> object:
    return _never_pattern().search(text, max(mention.clause.start, mention.start - 12), mention.start + 3)


def _called_off(text: str, mention: Mention) -> object:
    return _called_off_pattern().search(text, mention.head.end, min(mention.clause.end, mention.end + 16))


def _cut_off(text: str, mention: Mention) -> object:
    return mention.head.entry.role == "light" and text[mention.end - 1] in _OPENING


def _means(text: str, mention: Mention) -> object:
    return _means_pattern().match(text, mention.end)


def _signature(text: str, mention: Mention) -> object:
    alone = mention.words[0] is mention.head
    return mention.word == "工会委员会" and alone and mention.end - mention.start > 8


def _light(mention: Mention, text: str) -> bool:
    """True for a light verb and an object without a theme of its own."""
    if mention.head.entry.role != "light" or mention.quotes:
        return False
    return not occasion().search(text, mention.start, mention.end)


def _empty(text: str, mention: Mention) -> object:
    if mention.word in _open() or not _light(mention, text):
        return False
    return not numeral().search(text, mention.start, mention.end)


def _aim(text: str, mention: Mention) -> object:
    clause = mention.clause
    if clause.stop != "，" or _light(mention, text):
        return False
    return text.startswith(_aims(), clause.start, mention.start) or (mention.bare and text[clause.start] == "为")


def _spoken_about(text: str, mention: Mention) -> object:
    behind = mention.head.end
    if mention.head.entry.role != "verb" or mention.words[0] is not mention.head:
        return False
    return mention.end == behind and text[mention.start - 1 : mention.start] == "的"


def _when(text: str, mention: Mention) -> object:
    alone = mention.head.entry.role == "verb" and mention.words[0] is mention.head
    return alone and _around().match(text, mention.head.end)


def _taken(text: str, mention: Mention) -> object:
    at = mention.head.start
    return mention.bare and text[at - 1] in _taken_words() and at > mention.clause.start


def _during(text: str, mention: Mention) -> object:
    return mention.bare and mention.head.entry.type not in _WON and _during_pattern().match(text, mention.end)


def _form(text: str, mention: Mention) -> object:
    # What every match must hold is looked for first.
    if not _form_pattern().search(text, mention.end, mention.end + 13) or _light(mention, text):
        return False
    return _as_form().match(text, mention.end)


def _told(text: str, mention: Mention) -> object:
    return mention.bare and _told_pattern().search(
        text[max(mention.clause.start, mention.start - 4) : mention.head.end]
    )


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
