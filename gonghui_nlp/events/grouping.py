"""Which trigger words of a clause name one activity together: 组织…参加…比赛; a coordinated verb opens the next."""

from __future__ import annotations

from typing import NamedTuple

from gonghui_nlp.events.clauses import Quotation, Word
from gonghui_nlp.resources import patterns

generic = patterns.charset("events", "generic_noun")
numeral = patterns.pattern("events", "counted_noun")
occasion = patterns.pattern("events", "occasion_noun")
_coordinate = patterns.pattern("events", "coordinates")
_and_then = patterns.pattern("events", "and_then")
_held = patterns.charset("events", "held_verb")
_compounds = patterns.charset("events", "compounds")
_occasions = patterns.charset("events", "occasion_verb")
_held_behind = patterns.pattern("events", "held_behind")
_moves = patterns.charset("events", "moving_verb")
_done_to = patterns.pattern("events", "done_to")
_punctuated = patterns.pattern("events", "punctuated")
LONGEST = 12  # words in one mention; a text that is nothing but trigger words stays linear
_joined = patterns.pattern("events", "joined")


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
    while isinstance(group[-1], Quotation) and _coordinate().search(text[group[-2].end : group[-1].start]):
        moved.insert(0, group.pop())
    return moved


def _inside_name(text: str, last: Word, word: Word, behind: list[Word | Quotation]) -> bool:
    """True for a verb in the name of a gathering: 召开校务公开向教代会报告制度研讨会."""
    if last.entry.role != "noun" or word.entry.role != "verb" or word.start != last.end or not behind:
        return False
    gathering = behind[0]
    if not isinstance(gathering, Word) or gathering.entry.role != "noun" or gathering.entry.word[-1] != "会":
        return False
    return not _punctuated().search(text, word.end, gathering.start) and text[word.end] not in "了过"


def _opens(text: str, told: bool, last: Word, word: Word) -> bool:
    """True when ``word`` begins another activity than the one ``last`` belongs to."""
    gap = text[last.end : word.start]
    if word.entry.role == "noun":
        return _noun_opens(told, last, word, gap)
    if last.entry.role == "noun":
        return _verb_opens(text, word, gap)
    if _joined().fullmatch(gap) or (not told and last.entry.word in _moves()):
        return False
    return _coordinate().search(gap) is not None


def _noun_opens(told: bool, last: Word, word: Word, gap: str) -> bool:
    """True for a noun that begins another activity: 讲座4场、报告会5场."""
    if last.entry.role == "noun":
        telling = len(gap) > 2 or max(len(last.entry.word), len(word.entry.word)) > 2
        return _coordinated(gap) and telling and bool(occasion().search(last.entry.word))
    if last.entry.word in _occasions() and len(gap) > 2 and _coordinated(gap):
        return True  # 优秀教案评选和粉笔字比赛
    return told and last.entry.role == "verb" and len(gap) > 1 and _and_then().search(gap) is not None


def _verb_opens(text: str, word: Word, gap: str) -> bool:
    """True for a verb behind an event noun that begins another activity."""
    if len(gap) <= 2 and _done_to().match(text, word.end) and not _punctuated().search(gap):
        return False  # 福利品发放, 提案征集
    if not gap and word.entry.word in _compounds():
        return False
    if word.entry.word in _held() and "、" not in gap and _held_behind().match(text, word.end):
        return False
    return not (gap == "的" and word.entry.word in _held())


def _listed(text: str, before: Word | Quotation, word: Word) -> bool:
    """True for a second member behind a quoted first one: “温州一日游”、座谈会; not for “…”、“…”等活动."""
    if isinstance(before, Word) or word.entry.role != "noun" or word.entry.word in generic():
        return False
    return text[before.end] in "、和及"


def _coordinated(gap: str) -> bool:
    numbered = numeral().match(gap)  # 讲座4场、报告会5场
    gap = gap[numbered.end() :] if numbered else gap
    return gap[:1] in ("、", "和", "及", "与", "并", "或") or gap.startswith(("以及", "等"))
