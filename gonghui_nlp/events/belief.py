"""What the tagger believes, as evidence: named features of a candidate, and the events that no word list holds."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from math import log

import numpy as np

from gonghui_nlp.events import tagger
from gonghui_nlp.events.clauses import LONGEST_CLAUSE, LONGEST_SENTENCE, Clause, Quotation, Word
from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.events.pairs import Array
from gonghui_nlp.events.passages import Passage
from gonghui_nlp.events.tagger import BEGIN, OUTSIDE
from gonghui_nlp.events.triggers import Trigger
from gonghui_nlp.events.word_classes import WordClasses
from gonghui_nlp.learning.sequence import Floats, SequenceModel
from gonghui_nlp.resources import patterns

LEAST = 0.2  # mean chance from which a stretch that holds no known word is a candidate
_REACH = 4  # characters in front of a candidate in which the tagger may see its beginning
_CLOSE = 2  # characters by which edges may differ and still be the same
_MOST = 5
_TRIGGER = 2  # characters of a verb that nobody listed
_aspect = patterns.charset("events", "aspect_mark")
_fronting = patterns.charset("events", "fronting_mark")
_EVEN = {k: f"={k}" for k in range(-_MOST, _MOST + 1)}


class Belief:
    """The tagger's chances over the passages of one text, and the ``classes`` of the words in them."""

    def __init__(self, chances: Floats, passages: Sequence[Passage], rows: Sequence[int], classes: WordClasses) -> None:
        """``rows`` are the rows of ``chances`` at which the passages begin; between two of them something outside stands."""
        self.classes = classes
        self._shift = [row - p.start for row, p in zip(rows, passages, strict=True)]
        inside = 1.0 - chances[:, OUTSIDE].astype(np.float64)
        # Views that give plain numbers: what is asked are single places, many times, and lists take four times the room.
        self._sums = np.concatenate(([0.0], np.cumsum(inside))).data
        self._begins = np.ascontiguousarray(chances[:, BEGIN]).data
        self._dense = [_bin(self._mean(p.start + s, p.end + s)) for p, s in zip(passages, self._shift, strict=True)]
        self._ends = [p.end for p in passages]
        spans = tagger.spans(chances)
        starts = [start for start, _, _ in spans]
        self._spans: list[list[tuple[int, int, float]]] = []
        for p, shift in zip(passages, self._shift, strict=True):
            mine = spans[bisect_left(starts, p.start + shift) : bisect_left(starts, p.end + shift)]
            self._spans.append([(start - shift, end - shift, chance) for start, end, chance in mine])

    def names(self, which: int, mention: Mention, anchors: str = "") -> list[str]:
        """The features of a candidate of passage number ``which``; ``anchors`` is the one that counts what it holds."""
        shift = self._shift[which]
        low, high = mention.start + shift, mention.end + shift
        head_low, head_high = mention.head.start + shift, mention.head.end + shift
        opens = max(self._begins[max(0, low - _REACH) : head_high], default=0.0)
        inside, head, begins = _bin(self._mean(low, high)), _bin(self._mean(head_low, head_high)), _bin(opens)
        dense = self._dense[which]
        # What the tagger believes says more of some candidates than of others.
        kind = " unlisted" if mention.unlisted else ""
        found = [
            # How much of the paragraph tells events at all: a dense list is read otherwise than a page of duties.
            f"tag paragraph{dense}",
            f"tag{inside}",
            f"tag head{head}",
            f"tag opens{begins}",
            f"tag{inside} paragraph{dense}",
            f"tag{inside} head{head}",
            f"tag{inside} opens{begins}",
            f"tag{inside} {anchors}",
        ]
        if kind:
            found += (f"tag{inside}{kind}", f"tag head{head}{kind}", f"tag opens{begins}{kind}", f"tag{kind}")
        start, end, _ = self.stretch(which, mention.head.start)
        if end == start:
            found.append("tag none")
        else:
            same = abs(start - mention.start) <= _CLOSE
            found.append(
                "tag same" if same and abs(end - mention.end) <= _CLOSE else "tag start" if same else "tag other"
            )
        return found

    def stretch(self, which: int, at: int) -> tuple[int, int, float]:
        """Start, end and mean chance of the tagged stretch of passage number ``which`` over a place; one of no length if none."""
        spans = self._spans[which]
        found = bisect_right(spans, (at, self._ends[which] + 1, 0.0)) - 1
        return spans[found] if found >= 0 and spans[found][1] > at else (at, at, 0.0)

    def _mean(self, low: int, high: int) -> float:
        return (self._sums[high] - self._sums[low]) / (high - low if high > low else 1)

    def unlisted(self, text: str, which: int, clauses: Sequence[Clause], known: Sequence[Mention]) -> list[Mention]:
        """Candidates where the tagger sees an event and no candidate is ``known``, left to right."""
        taken = sorted((m.start, m.end) for m in known)
        starts = [clause.start for clause in clauses]
        found = []
        for start, end, chance in self._spans[which]:
            at = bisect_right(taken, (end,)) - 1
            free = at < 0 or all(stop <= start for _, stop in taken[max(0, at - 1) : at + 1])
            if chance >= LEAST and free and clauses:
                clause = clauses[max(0, bisect_right(starts, start) - 1)]
                # No clause of a real text is longer; what looks back into a clause or a sentence stays linear.
                bounded = clause.end - clause.start <= LONGEST_CLAUSE and start - clause.sentence <= LONGEST_SENTENCE
                if bounded and clause.start <= start and end <= clause.end:
                    found.append(_unlisted(text, start, end, clause))
        return found


def believe(texts: Iterable[tuple[Array, Sequence[Passage]]], model: SequenceModel) -> list[Belief]:
    """What the tagger believes of each text (code points and passages), all of them tagged at once."""
    listed = list(texts)
    tagged = tagger.tag([points[p.start : p.end] for points, passages in listed for p in passages], model)
    beliefs, at = [], 0
    for points, passages in listed:
        rows = tagged.begins[at : at + len(passages)]
        at += len(passages)
        low = rows[0] if rows else 0
        high = rows[-1] + passages[-1].end - passages[-1].start if rows else 0
        here = np.zeros(len(points), np.int16)
        for p, row in zip(passages, rows, strict=True):
            here[p.start : p.end] = tagged.words[row : row + p.end - p.start]
        classes = WordClasses(points, here)
        beliefs.append(Belief(tagged.chances[low:high], passages, [row - low for row in rows], classes))
    return beliefs


def _unlisted(text: str, start: int, end: int, clause: Clause) -> Mention:
    inside = [piece for piece in clause.pieces if start <= piece.start and piece.end <= end]
    words = tuple(piece for piece in inside if isinstance(piece, Word)) or (_verb(text, start, end),)
    quotes = tuple(piece for piece in inside if isinstance(piece, Quotation))
    return Mention(start, end, words[0], words, clause, quotes, unlisted=True)


def _verb(text: str, start: int, end: int) -> Word:
    """The opening verb of a stretch as a trigger of its own: its first two characters, one before 了 or 过."""
    stop = min(end, start + _TRIGGER)
    if stop - start == _TRIGGER and text[stop - 1] in _aspect():
        stop -= 1
    return Word(start, stop, Trigger(text[start:stop], "verb", "other", text[start:end]))


def _bin(chance: float) -> str:
    """The log-odds of a chance as a whole number.

    >>> _bin(0.5), _bin(0.9), _bin(0.0)
    ('=0', '=2', '=-5')
    """
    if chance <= 0.0 or chance >= 1.0:
        return _EVEN[-_MOST if chance <= 0.0 else _MOST]
    odds = round(log(chance / (1 - chance)))
    return _EVEN[odds if -_MOST <= odds <= _MOST else _MOST if odds > 0 else -_MOST]
