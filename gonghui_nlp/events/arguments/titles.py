"""Under which name: the quoted title or theme with the noun it names, else an event noun with its modifiers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gonghui_nlp.events.arguments.fillers import Filler, Stretch
from gonghui_nlp.events.arguments.places import is_venue
from gonghui_nlp.events.clauses import Quotation
from gonghui_nlp.events.grouping import GENERIC
from gonghui_nlp.events.mentions import Mention

_AWARDS = frozenset({"commendation"})
_STARTS = re.compile(
    "(?:了|过|好|[第每]年|至少|[0-9一两几数]+(?:次|场|台|期|个|轮|届(?!.{0,3}次)|名|位|余名)(?:以上)?|本[期次届]|我校|全校性的|主题为?|以|庆祝活动|名|[0-9]{1,2}月份?|[上下]旬)+"
)
_RELATIVE = re.compile(".*(?:举办|组织|开展|主办|承办|举行|召开|参加|参与|[会局校区院组织办])的|.*的(?=[^的]{3,}$)")
_ORDINAL = re.compile("(?:[第]?[一二三四五六七八九十0-9]{1,4}届|首届)")
_PLAIN = re.compile(
    "^(?:女|全体|退休|离退休|青年|新|老|部分|工会|教|职|工|师|员|会|女教|代表|骨干|干部|主席|组长|小组|县|市|区|片|镇|系列|庆祝|文娱|文体|读书|趣味|友谊|黑板报|的|老同志|家长)*(?:座谈会|茶话会|会议|大会|例会|活动|运动会|讲座|培训班|庆祝会|庆祝活动|联欢会|讲座|比赛|黑板报|友谊赛)$"
)
_OBJECT = re.compile(
    "[^，。；、]{2,20}?(?:保险|互助保障|医疗互助|互助|责任书|承诺书|集体合同|专项合同|协议|领导小组|考核组|委员会|突击队|论文集|热线|托管班|接待日)$"
)
_BOOKS = re.compile("《[^《》\n]{1,60}》(?:[、和及与]{0,2}《[^《》\n]{1,60}》)*")
# Verbs that end a title behind a light verb: 举办青年教师教学竞赛.
_COMPETES = frozenset({"竞赛", "比武", "评比", "赛课", "征文", "演讲"})
_SUMS = frozenset({"补助金", "救助金", "助学金", "困难补助", "小额贷款", "合理化建议", "倡议书"})
_TAKES = frozenset({"召开", "开好", "观看", "收看", "上报", "参观", "欢度", "出刊"})
_SENTENCE = re.compile("^[为给向对各到、]|举行|^[^“]*”|提出|申请|给予|上好|赴|[0-9]+[场期次人名]|免费")
LONGEST = 28
# Readers take a noun phrase without number or quotation marks for a name when it is neither short nor long.
PLAIN_LEAST, PLAIN_LONGEST = 6, 16
MOST_BOOKS = 60  # characters of a row of titles


def name(text: str, mention: Mention) -> Stretch | None:
    """The title or theme of an activity, as it stands; None for a plain 座谈会 or an honour."""
    entry = mention.head.entry
    quotes = [quote for quote in mention.quotes if not is_venue(text, quote)]
    if mention.type in _AWARDS or (entry.word in _SUMS and not quotes):
        return None
    if quotes:
        return _quoted(text, mention, quotes)
    if entry.role == "noun" and entry.word not in GENERIC:
        return _noun(text, mention, mention.head.end)
    if entry.word in _COMPETES and mention.words[0].entry.role == "light":
        return _noun(text, mention, mention.head.end)
    last = mention.words[-1]
    if last.entry.role == "noun" and last is not mention.head:
        return _noun(text, mention, last.end)
    if entry.role != "noun":
        start = mention.words[-1].end
        while start < mention.end and text[start] in "了过好和及与、":
            start += 1
        m = _OBJECT.match(text, start, mention.end)
        return m.span() if m and "的" not in m[0] else None
    return None


_COUNTED = re.compile(
    "(?:共|共计|达)?(?:[0-9]+|[一二两三四五六七八九十百]+)(?:余|多)?[个名次场台期件份家项条所支届本户人轮节]{1,2}$"
)
_LEADS = re.compile(
    "(?:[了过好]|(?:[0-9]+|[一二两三四五六七八九十百几]+)(?:余|多)?[个名次场台期件份家项条所支本户人轮节]{1,2}|本[次届]|首次|的)+"
)
_MARKS = frozenset('“”"‘’《》')
MOST = 8  # stretches of one mention that are weighed


def fillers(text: str, mention: Mention) -> list[Filler]:
    """Stretches of a mention that may be its name; ``how`` says where they begin and end."""
    found: list[Filler] = []
    for quote in mention.quotes[:2]:
        start, end = _bare(text, quote.start, quote.end)
        found.append(Filler(start, end, "quote"))
        if quote.end < mention.head.end:
            found.append(Filler(start, mention.head.end, "quote head"))
    ends = _ends(text, mention)
    for at, how in list(_begins(mention).items())[-3:]:
        lead = _LEADS.match(text, at, mention.end)
        start = lead.end() if lead else at
        for end, until in ends.items():
            if 1 < end - start <= LONGEST + 12:
                found.append(Filler(start, end, f"{how} {until}"))
                of = text.rfind("的", start, end - 2) + 1
                if of > start:
                    found.append(Filler(of, end, f"of {until}"))
    return found


def _ends(text: str, mention: Mention) -> dict[int, str]:
    """Where a name may end: with the mention, before what is counted, behind its last noun."""
    counted = _COUNTED.search(text, max(mention.start, mention.end - 10), mention.end)
    ends = {counted.start(): "count"} if counted else {mention.end: "end"}
    nouns = [word for word in mention.words if word.entry.role == "noun"]
    if nouns:
        ends[nouns[-1].end] = "noun"
    return ends


def _begins(mention: Mention) -> dict[int, str]:
    """Where a name may begin: with a bare noun's modifiers, behind each verb."""
    begins = {mention.start: "all"} if mention.words[0].entry.role == "noun" else {}
    begins.update((word.end, "verb") for word in mention.words if word.entry.role != "noun")
    return begins


def features(text: str, mention: Mention, filler: Filler) -> list[str]:
    """What speaks for a stretch to be the name, but for the pairs of its characters."""
    start, end, how = filler
    kind = mention.type
    length = min(end - start, 24) // 2
    named = "named" if any(c in _MARKS for c in text[start - 1 : end + 1]) else "plain"
    return [
        f"how {how} {kind}",
        f"{named} {kind}",
        f"head {mention.word} {named}",
        f"first {mention.opening} {how}",
        f"opens {text[start : start + 2]}",
        f"ends {text[end - 2 : end]}",
        f"ends {text[end - 1 : end]} {named}",
        f"before {text[start - 1 : start]} {how}",
        f"behind {text[end : end + 1]} {how}",
        f"long {length} {named}",
    ]


def _quoted(text: str, mention: Mention, quotes: Sequence[Quotation]) -> Stretch | None:
    first, last = quotes[0], quotes[-1]
    if text[first.start] == "《":
        m = _BOOKS.match(text, first.start, last.end)
        start, end = m.span() if m else (first.start, last.end)
        return (start, end) if end - start <= MOST_BOOKS else (first.start, first.end)
    if len(quotes) > 1 and not any(first.end <= w.start < last.start for w in mention.words):
        return first.start, last.end
    tail = text[last.end : mention.end]
    head = mention.head
    if head.entry.word not in GENERIC and head.entry.role == "noun" and head.start >= last.end:
        if tail.startswith(("为", "的")):
            return _bare(text, first.start, first.end)
        start = first.start
        ordinal = _ORDINAL.search(text, max(mention.first, start - 8), start)
        if ordinal and start - ordinal.start() <= 8:
            start = ordinal.start()
        return (start, head.end) if head.end - start <= LONGEST + 12 else _bare(text, first.start, first.end)
    return _bare(text, first.start, first.end)


def _bare(text: str, start: int, end: int) -> Stretch:
    """Inside the quotation marks (an escaped mark is two characters)."""
    mark = 2 if text[start] == "\\" else 1
    return start + mark, end - mark


def _noun(text: str, mention: Mention, end: int) -> Stretch | None:
    before = [
        w
        for w in mention.words
        if w.end <= end
        and w.start < mention.head.end
        and (w.entry.role == "light" or w.entry.word in _TAKES or (w is mention.words[0] and w.entry.role == "verb"))
    ]
    start = before[-1].end if before and before[-1].end < end else mention.start
    if start >= end:
        return None
    m = _STARTS.match(text, start, end)
    start = m.end() if m else start
    m = _RELATIVE.match(text, start, end)
    start = m.end() if m else start
    words = text[start:end]
    if _ORDINAL.search(words):
        telling = 3 < len(words) <= LONGEST
    else:
        telling = PLAIN_LEAST <= len(words) <= PLAIN_LONGEST and not _PLAIN.match(words)
    return (start, end) if telling and not _SENTENCE.search(words) else None
