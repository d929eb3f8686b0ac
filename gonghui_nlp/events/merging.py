"""One event told in pieces: candidates that the tagger sees as one stretch become one, which reaches as far as it.

The word lists cut 对各班组台账的填写情况进行了检查 in two, since both 台账 and 检查 are words of theirs; the tagger, which
knows no words, sees one stretch. It also sees one in 举行了篮球赛、拔河赛, which are two: what stands between the pieces and
at their edges decides, weighed by a small linear model.
"""

from __future__ import annotations

from math import log
from pathlib import Path

from gonghui_nlp.events.belief import Belief
from gonghui_nlp.events.clauses import Quotation, Word
from gonghui_nlp.events.grouping import numeral
from gonghui_nlp.events.mentions import Mention, head_of
from gonghui_nlp.learning import linear
from gonghui_nlp.learning.linear import INTERCEPT, Linear

FILE = "merging.bin"
TASK = "event merging"
LABELS = ("one",)
GAP = 16  # characters between two pieces of one event
ONE = 0.65  # chance from which two pieces are one event
REACHES = 0.35  # mean chance of a tagged stretch from which an event ends where the stretch does
_SLACK = 1  # characters by which a piece may stand out of the stretch
_JOINTS = "、和及与并或暨；"
_LAST = " \t\n\r、，。；："

Weights = dict[str, float]
Told = list[tuple[Mention, float]]


def read_model(path: Path) -> Weights:
    """The weights of a file that training wrote; ModelError for any other file."""
    return weights(linear.read(path, TASK, LABELS)[0])


def weights(model: Linear) -> Weights:
    """What each feature weighs for two pieces to be one event."""
    return model.column(LABELS[0])


def near(first: Mention, second: Mention) -> bool:
    """True where two candidates stand so that they may be pieces of one event."""
    return first.clause is second.clause and 0 <= second.start - first.end <= GAP


def features(text: str, first: Mention, second: Mention) -> list[str]:
    """What two candidates are told to be one event from: what stands between them, their edges, their words and types."""
    between = text[first.end : second.start]
    numbered = numeral().match(between)
    counted = "counted" if numbered else "uncounted"
    counted += " counted" if numeral().match(text, second.end) else " uncounted"
    bare = between[numbered.end() if numbered else 0 :].strip(" ，")
    joint = bare[0] if bare[:1] in _JOINTS and bare else "words" if bare else "none"
    last, opens = first.words[-1], second.words[0]
    return [
        f"joint {joint}",
        f"{counted} {joint}",
        f"between {between[:3]}",
        f"far {min(4, len(between) // 3)} {joint}",
        f"ends {text[first.end - 1 : first.end]}",
        f"ends {text[first.end - 2 : first.end]} {joint}",
        f"begins {text[second.start : second.start + 1]}",
        f"begins {text[second.start : second.start + 2]}",
        f"roles {last.entry.role} {opens.entry.role} {joint}",
        f"openings {first.words[0].entry.role} {opens.entry.role} {joint}",
        f"head {first.word}",
        f"opening {second.opening}",
        f"opening {second.opening} {joint}",
        f"types {first.type} {second.type}",
        f"same type {first.type == second.type} {joint}",
        f"behind word {min(3, first.end - last.end)} {last.entry.role} {joint}",
        f"before word {min(3, opens.start - second.start)} {joint}",
        f"listed {not first.unlisted} {not second.unlisted}",
        f"closes {text[second.end - 1 : second.end]} {joint}",
        f"closes {text[second.end - 2 : second.end]}",
        f"alike {text[first.end - 1 : first.end] == text[second.end - 1 : second.end]} {joint}",
        f"long {min(6, (first.end - first.start) // 3)} {joint}",
        f"then long {min(6, (second.end - second.start) // 3)} {joint}",
    ]


def merged(text: str, which: int, told: Told, belief: Belief, model: Weights) -> Told:
    """The events of passage number ``which``, left to right with their chances, the pieces of one put together."""
    found: Told = []
    for mention, chance in told:
        if found and _one(text, which, found[-1][0], mention, belief, model):
            before, its_chance = found.pop()
            found.append((_joined(text, before, mention), max(chance, its_chance)))
        else:
            found.append((mention, chance))
    limits = [mention.start for mention, _ in found]
    return [
        (_extended(text, which, mention, limit, belief), chance)
        for (mention, chance), limit in zip(found, [*limits[1:], len(text)][: len(found)], strict=True)
    ]


def _one(text: str, which: int, first: Mention, second: Mention, belief: Belief, model: Weights) -> bool:
    if not near(first, second) or first.settled or second.settled:
        return False
    start, end, _ = belief.stretch(which, first.start + _SLACK)
    if first.start < start - _SLACK or second.end > end + _SLACK:
        return False
    weighed = sum(model.get(name, 0.0) for name in features(text, first, second)) + model.get(INTERCEPT, 0.0)
    return weighed > log(ONE / (1 - ONE))


def _joined(text: str, first: Mention, second: Mention) -> Mention:
    """Two pieces as one event; what names it is a word that a list holds, where one does."""
    listed = [mention for mention in (first, second) if not mention.unlisted] or [first]
    words = tuple(word for mention in listed for word in mention.words)
    return _again(text, first, second.end, words, first.quotes + second.quotes, len(listed) == 1 and listed[0].unlisted)


def _extended(text: str, which: int, mention: Mention, limit: int, belief: Belief) -> Mention:
    """The same event up to the end of its tagged stretch: 成立合唱、羽毛球、烘焙三个社团."""
    start, end, chance = belief.stretch(which, mention.start + _SLACK)
    end = min(end, mention.clause.end)
    while end > mention.end and text[end - 1] in _LAST:
        end -= 1
    if mention.settled or chance < REACHES or mention.start < start - _SLACK or not mention.end + 1 < end <= limit:
        return mention
    behind = [piece for piece in mention.clause.pieces if mention.end <= piece.start and piece.end <= end]
    words = tuple(piece for piece in behind if isinstance(piece, Word))
    quotes = tuple(piece for piece in behind if not isinstance(piece, Word))
    return _again(text, mention, end, mention.words + words, mention.quotes + quotes, mention.unlisted)


def _again(
    text: str, mention: Mention, end: int, words: tuple[Word, ...], quotes: tuple[Quotation, ...], unlisted: bool
) -> Mention:
    head = mention.head if words == mention.words else head_of(text, list(words))
    return Mention(mention.start, end, head, words, mention.clause, quotes, mention.type, unlisted=unlisted)
