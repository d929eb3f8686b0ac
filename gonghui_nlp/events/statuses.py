"""Done, planned or routine, as a reader would say: a linear scorer over the rules' word, the sentence and the document.

An old text often does not say what kind of document it is. How it tells (了, 先后, 荣获 against 将, 力争, 进一步) does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np

from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.events.modality import status
from gonghui_nlp.events.passages import Passage
from gonghui_nlp.events.windows import Case, Kind, Windowed, names
from gonghui_nlp.learning import linear
from gonghui_nlp.learning.linear import Linear
from gonghui_nlp.resources import patterns
from gonghui_nlp.schema import Status, StatusBy

FILE = "status.bin"
TASK = "event status"
LABELS: tuple[Status, ...] = ("done", "planned", "routine")
BEFORE, INSIDE, BEHIND = 24, 20, 10  # characters that are looked at
LOT = 256  # mentions whose status is asked together
SURE = 2.5  # by how much (log-odds) the scorer must prefer another status to what the headings or the document say
_told = patterns.pattern("events", "told_as_done")
_ahead = patterns.pattern("events", "told_as_ahead")
_GROUPS: dict[str, StatusBy] = {"§": "section", "¶": "document"}  # how the names of features of these begin


def tense(text: str) -> tuple[str, ...]:
    """How a text tells: how much of it is told as done, how much as ahead, and which of the two prevails.

    >>> tense("看望了3名职工，先后走访了5户。"), tense("将开展竞赛，力争夺杯。")
    (('told=6', 'ahead=0', 'share=4'), ('told=0', 'ahead=8', 'share=0'))
    """
    size = max(1, len(text))
    told, ahead = len(_told().findall(text)), len(_ahead().findall(text))
    share = round(4 * told / (told + ahead)) if told + ahead else "-"
    return f"told={min(6, round(200 * told / size))}", f"ahead={min(8, round(200 * ahead / size))}", f"share={share}"


class Telling(NamedTuple):
    """How a document and one of its paragraphs tell, as :func:`tense` says it: found once for all mentions in them."""

    document: Sequence[str]
    paragraph: Sequence[str]


def around(passage: Passage, told: Telling) -> list[str]:
    """The names of what speaks for the status of every mention of a passage."""
    found: list[str] = []
    for heading in passage.headings:
        found += [f"§{heading[i : i + 2]}" for i in range(len(heading) - 1)]
    found += [f"¶kind {passage.kind}", f"long={min(4, (passage.end - passage.start) // 20)}"]
    found += [f"¶document {name}" for name in told.document]
    found += [f"paragraph {name}" for name in told.paragraph]
    return found


_BEFORE, _START, _INSIDE, _BEHIND, _NEXT = range(5)  # the stretches that are looked at, in their order
KINDS = (
    Kind("<", 2, _BEFORE),
    Kind("<", 1, _BEFORE),
    Kind("|", 2, _START),
    Kind("=", 2, _INSIDE),
    Kind(">", 2, _BEHIND),
    Kind(">", 1, _NEXT),
)


def evidence(
    text: str, mention: Mention, passage: Passage, ruled: tuple[Status, StatusBy], shared: Sequence[str]
) -> list[str]:
    """The names of what the status is told from; ``shared`` is what :func:`around` says of the mention's passage."""
    return _names(case(text, mention, passage, ruled, shared))


def _names(case: Case) -> list[str]:
    return [*case.named[:_RULED], *names(KINDS, case.stretches), *case.named[_RULED:]]


_RULED = 2  # names that stand in front of those of the stretches


def case(text: str, mention: Mention, passage: Passage, ruled: tuple[Status, StatusBy], shared: Sequence[str]) -> Case:
    """What the status is told from, the characters as stretches."""
    state, by = ruled
    clause, start, end = mention.clause, mention.start, mention.end
    low = max(clause.sentence, start - BEFORE)
    found = [
        f"{'§' if by == 'section' else '¶' if by == 'document' else ''}rules {state} {by}",
        f"¶{state} {by} {passage.kind}",
        f"^{text[clause.start : clause.start + 2]}",
        f"^^{text[clause.sentence : clause.sentence + 2]}",
        f"^^^{text[passage.start : passage.start + 2]}",
    ]
    if "了" in text[start : end + 2]:
        found.append("了")
    stretches = (
        text[low:start],
        text[max(low, start - 2) : start + 2],
        text[start : min(end, start + INSIDE)],
        text[end : end + BEHIND],
        text[end : end + 4],
    )
    return Case([*found, *shared], stretches)


def scorer(model: Linear) -> Windowed:
    """The scorer with these weights."""
    return Windowed.of(model, KINDS)


def read_model(path: Path) -> Windowed:
    """The scorer of a file that training wrote; ModelError for any other file."""
    return Windowed(linear.read_plain(path, TASK, LABELS)[0], KINDS)


class Asked(NamedTuple):
    """A mention whose status is asked, what the rules say of it, and what else speaks for one."""

    ruled: tuple[Status, StatusBy]
    case: Case


def asked(text: str, mentions: Sequence[Mention], passage: Passage, document: Sequence[str]) -> list[Asked]:
    """The mentions of a passage with the evidence for their status."""
    ruled: list[tuple[Status, StatusBy]] = []
    for before, mention in zip((None, *mentions), mentions, strict=False):
        together = before is not None and before.clause.sentence == mention.clause.sentence
        ruled.append(status(text, mention, passage, together and ruled[-1] == ("planned", "cue")))
    shared = around(passage, Telling(document, tense(text[passage.start : passage.end])))
    return [Asked(said, case(text, m, passage, said, shared)) for m, said in zip(mentions, ruled, strict=True)]


def states(questions: Iterable[Asked], model: Windowed) -> Iterator[tuple[Status, StatusBy]]:
    """The status of each, and what decided it; a lot of them is asked at a time, for what speaks for one takes room."""
    asking = iter(questions)
    while lot := list(islice(asking, LOT)):
        scores = model.scores(question.case for question in lot)
        order = np.argsort(-scores, axis=1, kind="stable")[:, :2].tolist()
        for question, mine, best in zip(lot, scores.tolist(), order, strict=True):
            yield _decided(question, mine, best, model)


def _decided(question: Asked, scores: list[float], best: list[int], model: Windowed) -> tuple[Status, StatusBy]:
    """The status the evidence speaks for, and which part of it spoke loudest: the sentence, the headings, the document."""
    ruled = question.ruled
    first, second = best
    # A cue in the sentence is surer than any sum of hints, and so is a kind of document that nothing speaks against.
    if LABELS[first] == ruled[0] or ruled[1] == "cue" or scores[first] - scores[LABELS.index(ruled[0])] < SURE:
        return ruled
    weights = model.linear.weights
    gain = weights[:, first] - weights[:, second]
    loudness: dict[StatusBy, float] = {"cue": 0.0, "section": 0.0, "document": 0.0}
    for name in _names(question.case):
        row = model.linear.rows.get(name)
        if row is not None:
            loudness[_GROUPS.get(name[0], "cue")] += float(gain[row])
    return LABELS[first], max(loudness, key=lambda by: loudness[by])
