"""One telling of one activity: its topic sentence, its prizes and the money it brought are not further events."""

from __future__ import annotations

from gonghui_nlp.events.coreference.far import core, shared
from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.resources import current, knowledge, patterns
from gonghui_nlp.text.rules import Rule, Rules

_CONTESTS = frozenset({"contest", "culture_sports", "labour"})
_prize_pattern = patterns.pattern("events", "prize")
_wins = patterns.charset("events", "wins")
_this = patterns.pattern("events", "this_occasion")
FARTHEST = 160  # characters behind a mention in which its telling goes on
_attend = patterns.charset("events", "attend")
_many = patterns.pattern("events", "many_people")
_repeated_words = patterns.charset("events", "repeated")
_other = patterns.pattern("events", "another_one")
_honours = patterns.charset("events", "honours")
_gives = patterns.charset("events", "gives")
_visits = patterns.charset("events", "near_visits")
_relief = patterns.pattern("events", "relief")
_other_people = patterns.pattern("events", "other_people")
_gift = patterns.pattern("events", "gift")
_round_pattern = patterns.pattern("events", "round_of_contest")
_sum = patterns.pattern("events", "sum_of_money")
_dated = patterns.pattern("events", "dated")
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
        if any(goes_on(text, before, mention) for before in previous):
            continue
        twin = next((b for b in previous if _same(text, b, mention)), None)
        if twin is not None:
            if _anchors(text, mention) > _anchors(text, twin):
                told.remove(twin)
                told.append(mention)
            continue
        told.append(mention)
    return told


def goes_on(text: str, before: Mention, mention: Mention) -> bool:
    """A prize behind its contest, a sum behind its collection, 这次… behind what it points to."""
    if mention.start - before.end >= FARTHEST or NEW.hold(text, before, mention):
        return False
    if GOES_ON.hold(text, before, mention):
        return True
    return before.clause.sentence == mention.clause.sentence and GOES_ON_IN_SENTENCE.hold(text, before, mention)


def _contested(before: Mention, mention: Mention) -> bool:
    return before.type in _CONTESTS and before.clause.sentence == mention.clause.sentence


def _of_other_name(text: str, before: Mention, mention: Mention) -> object:
    told = text[before.start : before.end]
    named = all(text[quote.start + 1 : quote.end - 1] in told for quote in mention.quotes)
    return not named and mention.word not in _honours()


def _this_contest(text: str, before: Mention, mention: Mention) -> object:
    if before.type not in _CONTESTS or mention.type not in _CONTESTS or mention.quotes:
        return False
    return _this().search(text, max(mention.clause.sentence, before.end), mention.start)


def _prize(text: str, before: Mention, mention: Mention) -> object:
    wins = before.type in _CONTESTS and mention.word in _wins()
    return wins and _prize_pattern().search(text, mention.start, mention.end + 6)


def _competed(text: str, before: Mention, mention: Mention) -> object:
    attends = mention.opening in _attend() and not mention.quotes and _contested(before, mention)
    return attends and _many().search(text, mention.clause.start, mention.first)


def _attended(text: str, before: Mention, mention: Mention) -> object:
    if mention.opening not in _attend() or mention.end - mention.first > 6:
        return False
    together = before.clause.sentence == mention.clause.sentence
    subject = together and mention.first - mention.clause.start > 2 and before.clause is not mention.clause
    return subject or _many().search(text, mention.clause.start, mention.first)


def _fresh(text: str, mention: Mention) -> bool:
    return _other().search(text, mention.clause.start, mention.head.start) is not None


def _collected(text: str, before: Mention, mention: Mention) -> object:
    word, other = mention.word, before.word
    if not before.type == mention.type == "donation" or word[:1] != other[:1] or word[:2] == "捐赠":
        return False
    goods = other != word and before.clause.sentence == mention.clause.sentence
    return not goods and not _fresh(text, mention)


def _repeated(text: str, before: Mention, mention: Mention) -> object:
    again = (
        before.type == mention.type and mention.word[:2] in _repeated_words() and before.word[:2] == mention.word[:2]
    )
    return again and not _fresh(text, mention) and before.end - before.head.end <= 3


def _in_all(text: str, before: Mention, mention: Mention) -> object:
    counted = before.type == mention.type and text[mention.start - 1] == "共"
    return counted and before.clause is not mention.clause


def _sequel(text: str, before: Mention, mention: Mention) -> object:
    if before.type not in sequels().get(mention.word, ()) or _dated().search(text, mention.clause.start, mention.start):
        return False
    if before.word[-2:] in _visits() and _relief().search(text, mention.head.end, mention.end):
        return False
    if before.type == "aid" and not _other_people().search(text, mention.clause.start, mention.head.start):
        return True
    return mention.word not in _gives() or _gift().search(text, mention.head.end, mention.clause.end)


def _round(text: str, before: Mention, mention: Mention) -> object:
    later = before.type in _CONTESTS and before.clause is not mention.clause
    return later and _round_pattern().search(text, mention.start, mention.end + 2)


def _same_word(text: str, before: Mention, mention: Mention) -> object:
    return before.word == mention.word and mention.end - mention.start <= 6 and before.clause is not mention.clause


def _its_sum(text: str, before: Mention, mention: Mention) -> object:
    collected = before.type == mention.type == "donation" and before.clause is not mention.clause
    return collected and _sum().fullmatch(text, mention.head.end, mention.end)


NEW = Rules(
    Rule(
        "another name",
        _of_other_name,
        "举行朗诵比赛。这次“书香”征文收到稿件。",
        "举行“书香”朗诵比赛，评出“书香”之星3名。",
    ),
)
"""What tells of another activity, whatever else it says."""
GOES_ON = Rules(
    Rule("this contest", _this_contest, "举行教工篮球赛。这次共举行比赛12场。", "举行教工篮球赛。另外举行排球赛12场。"),
    Rule("its prizes", _prize, "举行书法比赛。评出一等奖2名。", "召开座谈会。评出一等奖2名。"),
    Rule(
        "who competed",
        _competed,
        "举行运动会，有86名教师参加了9个项目的比赛。",
        "举行运动会，教师参加了9个项目的比赛。",
    ),
    Rule("who attended", _attended, "召开教代会，共有126名代表参加会议。", "召开教代会。参加技能竞赛。"),
    Rule("what was collected", _collected, "为灾区捐款。共捐款4500元。", "为灾区捐款。又组织捐款4500元。"),
    Rule("the same again", _repeated, "开展慰问。慰问困难职工12人。", "慰问住院职工。走访退休教师12人。"),
)
"""What goes on about the activity told before, in its sentence or behind it."""
GOES_ON_IN_SENTENCE = Rules(
    Rule("in all", _in_all, "组织教师学习师德规范，全年共学习32次。", "组织教师学习师德规范，认真学习文件32份。"),
    Rule("a sequel", _sequel, "慰问困难职工12户，送去慰问金4500元。", "召开座谈会，送去慰问金4500元。"),
    Rule("a round of it", _round, "举行教工篮球赛，经过12场比赛，角逐激烈。", "召开座谈会，举行12场比赛。"),
    Rule("its sum", _its_sum, "组织教师为灾区募捐，46名教师捐款1840元。", "组织教师为灾区募捐，46名教师捐书190册。"),
    Rule("the same word", _same_word, "探望住院职工，全年探望73人。", "探望住院职工，走访退休教师73人。"),
)
"""What goes on about the activity told before in the same sentence."""


@knowledge
def sequels() -> dict[str, frozenset[str]]:
    """The types of what a word goes on about when it follows in the same sentence."""
    return {row["word"]: frozenset(row["after"].split()) for row in current().rows("events/sequels.tsv")}


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


_day = patterns.pattern("events", "day_told")
_ordinal = patterns.pattern("events", "ordinal_told")


def _days(text: str, mention: Mention) -> list[str]:
    """The last day or month in front of a mention, in its sentence."""
    return _day().findall(text, mention.clause.sentence, mention.first)[-1:]


def _ordinals(text: str, mention: Mention) -> list[str]:
    """第一次, 三届: the numbers of its sitting or round."""
    return _ordinal().findall(text, mention.start, mention.end)


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
