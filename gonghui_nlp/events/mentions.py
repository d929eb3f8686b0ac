"""Candidates: from the trigger words of a clause to mentions, verb to end of object, one for each activity."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from gonghui_nlp.events.clauses import Clause, Quotation, Word
from gonghui_nlp.events.grouping import generic, groups
from gonghui_nlp.resources import patterns

_festival = patterns.pattern("events", "festival")
_fronted_pattern = patterns.pattern("events", "fronted")
_tail = patterns.pattern("events", "tail")
_list = patterns.pattern("events", "list")
_cut = patterns.pattern("events", "cut")


@dataclass(slots=True, eq=False)
class Mention:
    """A candidate: ``head`` is the word that names it, ``words`` all trigger words inside, ``quotes`` what is quoted.

    ``first`` is where the first trigger word begins (a fronted object stands before it), ``word`` the trigger word that
    names it and ``opening`` the first one, as the lexicon has them; ``bare`` is true for an event noun without a verb:
    送温暖活动中，… None is ever changed; stages that know more give a new one: :meth:`typed`, :meth:`judged`.
    """

    start: int
    end: int
    head: Word
    words: tuple[Word, ...]
    clause: Clause
    quotes: tuple[Quotation, ...] = ()
    type: str = "other"
    settled: bool = False  # the type is a user's own saying
    chance: float = 0.0  # that it is an event
    unlisted: bool = False  # no word list holds it: the tagger saw it
    # Said once for all: every rule and every feature asks them.
    first: int = field(init=False)
    word: str = field(init=False)
    opening: str = field(init=False)
    bare: bool = field(init=False)

    def __post_init__(self) -> None:
        head, first = self.head.entry, self.words[0]
        self.first = first.start
        self.word = head.word
        self.opening = first.entry.word
        self.bare = first.entry is head and head.role == "noun"

    def typed(self, type: str, settled: bool) -> Mention:
        """With what the rules say of its type, and whether that is a user's own saying."""
        return self._known(type, settled, self.chance)

    def judged(self, type: str, chance: float) -> Mention:
        """With what the models say."""
        return self._known(type, self.settled, chance)

    def _known(self, type: str, settled: bool, chance: float) -> Mention:
        return Mention(
            self.start, self.end, self.head, self.words, self.clause, self.quotes, type, settled, chance, self.unlisted
        )


def mentions(text: str, clause: Clause) -> list[Mention]:
    """The candidates of one clause, left to right."""
    grouped = [(group.pieces, group.words, group.quotes) for group in groups(text, clause.pieces)]
    found: list[Mention] = []
    for i, (_, words, quotes) in enumerate(grouped):
        limit = grouped[i + 1][0][0].start if i + 1 < len(grouped) else clause.end
        left = grouped[i - 1][0][-1].end if i else clause.start
        quotes = [q for q in quotes if not _festival().fullmatch(text, q.start, q.end)]
        head = head_of(text, words) if len(words) > 1 else words[0]
        start = _start(text, clause, words, quotes, head, left)
        end = _end(text, words, quotes, head, limit)
        if found and found[-1].end > start:
            last = found.pop()
            found.append(replace(last, end=_trim(text, last.words[-1].end, start)))
        found.append(Mention(start, end, head, tuple(words), clause, tuple(quotes)))
    return found


def _start(text: str, clause: Clause, words: list[Word], quotes: list[Quotation], head: Word, left: int) -> int:
    """Where a mention begins: its first word, or what was put in front of it."""
    first = words[0].start
    if words[0].entry.role != "noun":
        fronted = _fronted(text, quotes, head, left, first)
        if fronted is not None:
            return fronted
        return left if _item(text, clause, words[-1], left) else first
    if quotes and quotes[0].start < first:
        return quotes[0].start
    # a bare event noun takes its modifiers: 教工棋类比赛
    gap = text[left:first]
    cut = max(map(gap.rfind, "、和及与并的于在：；）了"))
    return left + cut + 1 if len(gap) - cut <= 16 else first


def _fronted(text: str, quotes: list[Quotation], head: Word, left: int, first: int) -> int | None:
    """Where the object in front of the verb begins: 将…公示; None without one."""
    fronted = list(_fronted_pattern().finditer(text, left, first)) if first - left > 2 else []
    if not fronted:
        return None
    at = fronted[-1].start()
    if quotes and quotes[0].start < at < quotes[0].end:
        return None  # a preposition in a title: “与书为友”的倡议
    return at if text[at] != "为" or text[head.start] in "送赠授献颁" else first


def _end(text: str, words: list[Word], quotes: list[Quotation], head: Word, limit: int) -> int:
    """Where a mention ends: with its noun and what belongs to it, or with the object of its verb."""
    last = words[-1]
    end = max(last.end, quotes[-1].end) if quotes else last.end
    if head.entry.role == "noun" or last.entry.role == "noun":
        tail = _list().match(text, end, limit) or _tail().match(text, end, limit)
        return tail.end() if tail else end
    stop = _cut().search(text, end, min(limit, end + 60))
    return _trim(text, last.end, stop.start() if stop else min(limit, end + 60))


def _item(text: str, clause: Clause, word: Word, left: int) -> bool:
    """True for a verb that closes an item of a list like a noun: 妇女用品发放."""
    alone = clause.start == clause.sentence and clause.stop not in ("，", "：") and left == clause.start
    before = text[left : word.start]
    short = 2 <= len(before) <= LONGEST_ITEM and clause.end - word.end <= 2
    return alone and short and _item_pattern().fullmatch(before) is not None


LONGEST_ITEM = 12  # characters in front of the verb
_item_pattern = patterns.pattern("events", "list_item")
_last = patterns.charset("events", "last_in_front")
_trailing = patterns.pattern("events", "trailing")


_digits = patterns.charset("events", "digits")


def _trim(text: str, low: int, end: int) -> int:
    if text[end - 1] not in _last():
        return end
    m = _trailing().search(text, max(low, end - 12), end)
    if m and text[m.start()] == "对" and text[m.start() - 1] in _digits():
        return m.start() + 1
    return m.start() if m else end


def head_of(text: str, words: list[Word]) -> Word:
    """The word that names the activity: the last telling noun behind a light verb, else the first telling verb."""
    for i, w in enumerate(words[:-1]):
        if i and w.entry.word == "进行":
            words = words[i:]  # 对…创建活动进行了检查验收: what was done stands behind 进行
            break
    telling = [w for w in words if w.entry.role != "light"]
    nouns = [w for w in telling if w.entry.role == "noun" and w.entry.word not in generic()]
    verbs = [w for w in telling if w.entry.role == "verb"]
    if verbs and (not nouns or verbs[0] is words[0]):
        return _last_of_row(text, verbs)
    return (nouns or telling or words[:1])[-1]


def _last_of_row(text: str, verbs: list[Word]) -> Word:
    """收集、整理、上报材料: the last of a row of verbs is what it comes to."""
    at = 0
    while at + 1 < len(verbs) and verbs[at + 1].start == verbs[at].end + 1 and text[verbs[at].end] == "、":
        at += 1
    return verbs[at]
