"""With what result: prizes, honours, rates and what came of it, told in the clauses behind the mention."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gonghui_nlp.events.arguments.fillers import Filler, Stretch
from gonghui_nlp.events.mentions import Mention

_APPROVAL = "了?[^，。；]{0,24}(?:好评|欢迎|肯定|赞扬|认可|表扬|称赞|赞誉)"
_REACHES = "(?:均|都|已)?(?:达到?了?|为|合计|：|在)?[0-9９百一二三四五六七八九十]"
# Every alternative begins with a literal character: the engine then skips to where one can begin.
_OUTCOME = re.compile(
    "获得?了?[^，。；]{0,24}(?:奖|名|称号|冠军|亚军|季军|成绩|好评|荣誉|优胜|证书|名次|尚)|夺得|夺魁|捧回|名列|分获|荣获"
    "|评出|决出|选出|评选出|取得[^，。；]{0,16}(?:成绩|名次|名$|第[一二三四五六])"
    f"|得到{_APPROVAL}|受到{_APPROVAL}|赢得{_APPROVAL}|深受{_APPROVAL}|收到了?[^，。；]{{0,8}}(?:效果|成效)"
    f"|率{_REACHES}|比例{_REACHES}|成以上$"
    "|立案|采纳|办结|转为|创造[^，。；]{0,8}(?:效益|产值)|节约|筹得|共捐|募得|捐得|累计|合计|查出|新增|牵手|打破|刷新"
    "|提前[^，。；]{1,6}天|全部整改|平均增长|均得到|全部答复|全部落实|均答复|均落实|均整改|被授予|被评为|被推荐|下降"
)
_FALSE = re.compile("我们|力争|争取|要|将|为此|希望|通过这|总之|因此")
_LEAD = re.compile(
    "(?:[，。；：\\s]|并且?|最后|最终|终于|结果|其中|经[^，。；]{2,14}，|，|共(?=评|决|选)|我校|我院|我园|我会|我(?:[校院园会厂局馆]|公司)?(?:教工)?(?:代表队|合唱队|选手|队))+"
)
_TITLE = frozenset(
    {"获", "喜获", "获颁", "获评", "捧回", "荣获", "获得", "被评为", "评为", "授予", "命名", "夺得", "取得", "被命名"}
)
_INTO = re.compile("(?:为|荣获|当选)(?P<what>[^，。；]{2,40})")
_ELECTED = re.compile("(?:产生|选出)了?(?P<what>[^，。；]{2,60})")
REACH, MOST = 160, 8  # characters and clauses behind a mention
_NUMBER = re.compile("[0-9一二三四五六七八九十]")


def clauses_behind(text: str, mention: Mention, limit: int) -> list[Filler]:
    """The clauses behind a mention and before ``limit``; ``how`` says which sentence, which clause and behind what."""
    at, limit = mention.end, min(limit, mention.end + REACH)
    found: list[Filler] = []
    sentences = clauses = 0
    while at < limit and clauses < MOST:
        stop = _STOP.search(text, at, limit)
        edge = stop.start() if stop else limit
        if edge - at > 1:
            found.append(Filler(at, edge, f"{sentences} {min(clauses, 4)} {text[at - 1]}"))
        clauses += 1
        if stop is None:
            break
        sentences += stop[0] in "。！？\n"
        if sentences > 2:
            break
        at = stop.end()
    return found


def features(text: str, mention: Mention, clause: Filler) -> list[str]:
    """What speaks for a clause behind a mention to tell its outcome, but for the pairs of its characters."""
    start, end, how = clause
    kind = mention.type
    sentence, number, stop = how.split(" ", 2)
    told = "told" if _OUTCOME.search(text, start, end) else "not told"
    found = [
        f"clause {number}",
        f"sentence {sentence}",
        f"sentence {sentence} {kind}",
        f"type {kind}",
        f"behind {stop}",
        told,
        f"{told} {kind}",
        "hoped" if _FALSE.search(text, start, end) else "not hoped",
        f"opens {text[start : start + 2]}",
        f"opens {text[start : start + 1]}",
        f"ends {text[end - 2 : end]}",
        f"long {min((end - start) // 5, 6)}",
    ]
    if _NUMBER.search(text, start, end):
        found.append("number")
    return found


def run(text: str, clauses: Sequence[Filler], told: Sequence[bool]) -> Stretch | None:
    """The first unbroken run of clauses that tell the outcome, without what leads in (最后, 其中)."""
    start = end = 0
    for clause, tells in zip(clauses, told, strict=True):
        if tells:
            start, end = start or clause.start, clause.end
        elif start:
            break
    if not start:
        return None
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    return (start, end) if end - start > 1 else None


def inside(text: str, mention: Mention) -> Stretch | None:
    """The outcome an honour or an election tells itself."""
    word = mention.word
    if word in _TITLE and mention.type in ("commendation", "contest", "culture_sports"):
        start = mention.head.end
        while start < mention.end and text[start] in "了为":
            start += 1
        return (start, mention.end) if mention.end - start > 1 else None
    if mention.type == "election":
        m = _ELECTED.search(text, mention.head.start, mention.end)
        if m:
            return m.span("what")
    if mention.type in ("election", "commendation") and word[:2] in ("推选", "推荐", "选举", "评选"):
        m = _INTO.search(text, mention.head.end, mention.end)
        return m.span("what") if m else None
    return None


_STOP = re.compile("[，。；！？\n]")
