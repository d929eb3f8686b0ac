"""Which trigger words of a clause name one activity together: 组织…参加…比赛; a coordinated verb opens the next."""

from __future__ import annotations

import re
from typing import NamedTuple

from gonghui_nlp.events.clauses import Quotation, Word

# Words that say nothing about which activity it is; a more telling word in the same mention names it.
GENERIC = frozenset({"活动", "大会", "会议"})
NUMERAL = re.compile("[0-9一两二三四五六七八九十百]+(?:余|多)?[个名人次场期件台份条项户家]")
# Nouns that stand for an occasion by themselves, so that a list of them is a list of events.
OCCASION = re.compile(
    "(?:赛|会|演出|演|讲座|班|一日游|活动|运动|游|展|节|行|舞|联欢|联谊|考试|沙龙|论坛|讲堂|夜校|课)$"
)
_COORDINATE = re.compile("(?:、|和|及|以及|并|与|或|并且|同时|还|又|也|，)[一-龥]{0,4}$")
_AND_THEN = re.compile("(?:以及|并|与|或|并且|同时|还|又|也|，)[一-龥]{0,4}$")
_HELD = frozenset({"召开", "举行", "举办", "开展", "筹备", "进行"})
# Behind an event noun these name its kind: 展板评比, 作品展示.
_COMPOUNDS = frozenset(
    {"评比", "评选", "征集", "考核", "检查", "学习", "培训", "演讲", "测评", "观摩", "交流", "演出", "表演", "采购"}
)
# Verbs that stand for an occasion like nouns: 优秀教案评选和粉笔字比赛, 消防演练、知识竞赛.
_OCCASIONS = _COMPOUNDS.union("联欢 联谊 考试 比武 竞赛 征文 辩论 研讨 演练 体检 练兵 调研".split())
# 第五届教代会于3月5日召开。: a verb with no object of its own belongs to the meeting in front of it.
_HELD_BEHIND = re.compile("(?:完毕|结束|成功)?(?:[，。；！\\s]|$)")
# 前往韩国和泰国旅游, 组织一中、二中和卫生院开展…: what stands between is where or who, not another activity.
_MOVES = frozenset({"组织", "前往", "安排", "邀请", "动员", "发动", "带领", "选派"})
_DONE_TO = re.compile("(?:等)?(?:工作|活动)?(?:[，。；！\\s]|$)")
_PUNCTUATED = re.compile("[^一-龥]")
LONGEST = 12  # words in one mention; a text that is nothing but trigger words stays linear
_JOINED = re.compile("(?:、|和|及|与|并|或|了|性|一)?$")


class Group(NamedTuple):
    """What names one activity: its trigger words and what is quoted among them, in order."""

    pieces: list[Word | Quotation]

    @property
    def words(self) -> list[Word]:
        """The trigger words."""
        return [piece for piece in self.pieces if isinstance(piece, Word)]

    @property
    def quotes(self) -> list[Quotation]:
        """What is quoted."""
        return [piece for piece in self.pieces if isinstance(piece, Quotation)]


def groups(text: str, pieces: list[Word | Quotation]) -> list[Group]:
    """Trigger words that name one activity together: 组织…参加…比赛; a coordinated verb opens the next."""
    groups: list[Group] = []
    group: list[Word | Quotation] = []
    last: Word | None = None  # the last trigger word of the group
    told = False  # some word of the group says which activity it is
    for i, piece in enumerate(pieces):
        if isinstance(piece, Word) and not (last is not None and _inside_name(text, last, piece, pieces[i + 1 :])):
            if last is not None and _parts(text, group, told, last, piece):
                moved = _moved(text, group, piece)
                groups.append(Group(group))
                group, told = moved, False
            last = piece
            told = told or piece.entry.role != "light"
        group.append(piece)
    if last is not None:
        groups.append(Group(group))
    return groups


def _parts(text: str, group: list[Word | Quotation], told: bool, last: Word, word: Word) -> bool:
    """True when the group ends in front of the word."""
    return len(group) >= LONGEST or _listed(text, group[-1], word) or _opens(text, told, last, word)


def _moved(text: str, group: list[Word | Quotation], word: Word) -> list[Word | Quotation]:
    """Take the quotes behind the coordinator out of the group: they belong to the new activity."""
    moved: list[Word | Quotation] = []
    if _listed(text, group[-1], word):
        return moved
    while isinstance(group[-1], Quotation) and _COORDINATE.search(text[group[-2].end : group[-1].start]):
        moved.insert(0, group.pop())
    return moved


def _inside_name(text: str, last: Word, word: Word, behind: list[Word | Quotation]) -> bool:
    """True for a verb in the name of a gathering: 召开校务公开向教代会报告制度研讨会."""
    if last.entry.role != "noun" or word.entry.role != "verb" or word.start != last.end or not behind:
        return False
    gathering = behind[0]
    if not isinstance(gathering, Word) or gathering.entry.role != "noun" or gathering.entry.word[-1] != "会":
        return False
    return not _PUNCTUATED.search(text, word.end, gathering.start) and text[word.end] not in "了过"


def _opens(text: str, told: bool, last: Word, word: Word) -> bool:
    """True when ``word`` begins another activity than the one ``last`` belongs to."""
    gap = text[last.end : word.start]
    if word.entry.role == "noun":
        return _noun_opens(told, last, word, gap)
    if last.entry.role == "noun":
        return _verb_opens(text, word, gap)
    if _JOINED.fullmatch(gap) or (not told and last.entry.word in _MOVES):
        return False
    return _COORDINATE.search(gap) is not None


def _noun_opens(told: bool, last: Word, word: Word, gap: str) -> bool:
    """True for a noun that begins another activity: 讲座4场、报告会5场."""
    if last.entry.role == "noun":
        telling = len(gap) > 2 or max(len(last.entry.word), len(word.entry.word)) > 2
        return _coordinated(gap) and telling and bool(OCCASION.search(last.entry.word))
    if last.entry.word in _OCCASIONS and len(gap) > 2 and _coordinated(gap):
        return True  # 优秀教案评选和粉笔字比赛
    return told and last.entry.role == "verb" and len(gap) > 1 and _AND_THEN.search(gap) is not None


def _verb_opens(text: str, word: Word, gap: str) -> bool:
    """True for a verb behind an event noun that begins another activity."""
    if len(gap) <= 2 and _DONE_TO.match(text, word.end) and not _PUNCTUATED.search(gap):
        return False  # 福利品发放, 提案征集
    if not gap and word.entry.word in _COMPOUNDS:
        return False
    if word.entry.word in _HELD and "、" not in gap and _HELD_BEHIND.match(text, word.end):
        return False
    return not (gap == "的" and word.entry.word in _HELD)


def _listed(text: str, before: Word | Quotation, word: Word) -> bool:
    """True for a second member behind a quoted first one: “温州一日游”、座谈会; not for “…”、“…”等活动."""
    if isinstance(before, Word) or word.entry.role != "noun" or word.entry.word in GENERIC:
        return False
    return text[before.end] in "、和及"


def _coordinated(gap: str) -> bool:
    numbered = NUMERAL.match(gap)  # 讲座4场、报告会5场
    gap = gap[numbered.end() :] if numbered else gap
    return gap[:1] in ("、", "和", "及", "与", "并", "或") or gap.startswith(("以及", "等"))
