"""Which trigger words of a clause name one activity together: 组织…参加…比赛; a coordinated verb opens the next."""

from __future__ import annotations

import re

from gonghui_nlp.events.clauses import Word

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


def groups(text: str, words: list[Word]) -> list[list[Word]]:
    """Trigger words that name one activity together: 组织…参加…比赛; a coordinated verb opens the next."""
    groups: list[list[Word]] = []
    group: list[Word] = []
    last: Word | None = None  # the last trigger word of the group
    told = False  # some word of the group says which activity it is
    for i, word in enumerate(words):
        if word.entry is not None and not (last is not None and _inside_name(text, last, word, words[i + 1 :])):
            listed = bool(group) and group[-1].entry is None and _listed(text, group[-1], word)
            if last is not None and (len(group) >= LONGEST or listed or _opens(text, told, last, word)):
                # quotes behind the coordinator belong to the new activity
                moved: list[Word] = []
                while (
                    not listed and group[-1].entry is None and _COORDINATE.search(text[group[-2].end : group[-1].start])
                ):
                    moved.insert(0, group.pop())
                groups.append(group)
                group, told = moved, False
            last = word
            told = told or word.entry.role != "light"
        group.append(word)
    if last is not None:
        groups.append(group)
    return groups


def _inside_name(text: str, last: Word, word: Word, behind: list[Word]) -> bool:
    """True for a verb in the name of a gathering: 召开校务公开向教代会报告制度研讨会."""
    assert last.entry is not None and word.entry is not None
    if last.entry.role != "noun" or word.entry.role != "verb" or word.start != last.end or not behind:
        return False
    gathering = behind[0].entry
    if gathering is None or gathering.role != "noun" or gathering.word[-1] != "会":
        return False
    return not _PUNCTUATED.search(text, word.end, behind[0].start) and text[word.end] not in "了过"


def _opens(text: str, told: bool, last: Word, word: Word) -> bool:
    """True when ``word`` begins another activity than the one ``last`` belongs to."""
    assert last.entry is not None and word.entry is not None
    gap = text[last.end : word.start]
    if word.entry.role == "noun":
        if last.entry.role == "noun":
            if not _coordinated(gap):
                return False
            telling = len(gap) > 2 or max(len(last.entry.word), len(word.entry.word)) > 2
            return telling and bool(OCCASION.search(last.entry.word))
        if last.entry.word in _OCCASIONS and len(gap) > 2 and _coordinated(gap):
            return True  # 优秀教案评选和粉笔字比赛
        return told and last.entry.role == "verb" and len(gap) > 1 and _AND_THEN.search(gap) is not None
    if last.entry.role == "noun":
        if len(gap) <= 2 and _DONE_TO.match(text, word.end) and not _PUNCTUATED.search(gap):
            return False  # 福利品发放, 提案征集
        if not gap and word.entry.word in _COMPOUNDS:
            return False
        if word.entry.word in _HELD and "、" not in gap and _HELD_BEHIND.match(text, word.end):
            return False
        return not (gap == "的" and word.entry.word in _HELD)
    if _JOINED.fullmatch(gap) or (not told and last.entry.word in _MOVES):
        return False
    return _COORDINATE.search(gap) is not None


def _listed(text: str, quote: Word, word: Word) -> bool:
    """True for a second member behind a quoted first one: “温州一日游”、座谈会; not for “…”、“…”等活动."""
    assert word.entry is not None
    return word.entry.role == "noun" and word.entry.word not in GENERIC and text[quote.end] in "、和及"


def _coordinated(gap: str) -> bool:
    numbered = NUMERAL.match(gap)  # 讲座4场、报告会5场
    gap = gap[numbered.end() :] if numbered else gap
    return gap[:1] in ("、", "和", "及", "与", "并", "或") or gap.startswith(("以及", "等"))
