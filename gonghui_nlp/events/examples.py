"""What each model of this room learns from: candidates, types and fillers of labelled records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

from gonghui_nlp.events import merging, statuses, typing
from gonghui_nlp.events.arguments import choosing, outcome, titles
from gonghui_nlp.events.arguments.fillers import Filler, joined, pairs_of
from gonghui_nlp.events.arguments.fillers import features as filler_features
from gonghui_nlp.events.arguments.groups import GroupFinder, Groups
from gonghui_nlp.events.arguments.people import called
from gonghui_nlp.events.arguments.places import fillers as place_fillers
from gonghui_nlp.events.arguments.places import place
from gonghui_nlp.events.belief import believe
from gonghui_nlp.events.candidates import read as read_candidates
from gonghui_nlp.events.candidates import starts_of
from gonghui_nlp.events.corpus import passage_of
from gonghui_nlp.events.detection import pairs
from gonghui_nlp.events.features import Rival
from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.events.modality import status
from gonghui_nlp.events.pairs import codes
from gonghui_nlp.events.word_classes import WordClasses
from gonghui_nlp.learning.matching import Record, is_same_event, pair
from gonghui_nlp.learning.sequence import SequenceModel
from gonghui_nlp.quantities import scan

MARKS = '“”"‘’《》'  # what stands around a name
EDGE, SHARED = 3, 0.6  # characters by which a piece may stand out of its event, and what share of it must stand in it
ALIKE = 0.8  # share of its characters that a filler must have in common with the labelled argument


class Seen(NamedTuple):
    """A labelled record as the room sees it: its candidates, their features, and which labelled event each is."""

    record: Record
    rivals: list[Rival]
    named: list[list[str]]
    events: dict[int, int]
    classes: WordClasses

    @property
    def mentions(self) -> list[Mention]:
        """The candidates from left to right."""
        return [mention for mention, _, _ in self.rivals]


def see(record: Record, tagger: SequenceModel) -> Seen:
    """The candidates of a record, those the tagger sees among them."""
    text = record["text"]
    points, passages = codes(text), [passage_of(record)]
    (belief,) = believe([(points, passages)], tagger)
    found = read_candidates(text, passages, starts_of(scan(text)), belief, points)
    rivals = found.rivals[0]
    return Seen(record, rivals, found.named, matched(record["events"], [m for m, _, _ in rivals], text), found.classes)


def matched(gold: Sequence[Record], found: Sequence[Mention], text: str) -> dict[int, int]:
    """Candidate to gold event, one to one, the largest overlap first."""
    said = [
        {"start": n.start, "end": n.end, "text": text[n.start : n.end], "trigger": n.word, "at": i}
        for i, n in enumerate(found)
    ]
    labelled = [{**g, "at": j} for j, g in enumerate(gold)]
    return {f["at"]: g["at"] for g, f in pair(labelled, said, is_same_event)}


def decided(seen: Seen) -> Iterator[tuple[int, bool]]:
    """Each candidate that teaches something, by its number, and whether it is a labelled event.

    Those that a labeller found to be on the threshold (``weak``) are left out.
    """
    for i in range(len(seen.rivals)):
        if i not in seen.events or not seen.record["events"][seen.events[i]].get("weak"):
            yield i, i in seen.events


def samples(seen: Seen) -> Iterator[tuple[list[str], bool]]:
    """The features of each candidate, and whether it is one of the labelled events."""
    for i, right in decided(seen):
        yield [*seen.named[i], *pairs(seen.record["text"], seen.rivals[i][0])], right


def pieces(seen: Seen) -> Iterator[tuple[list[str], bool]]:
    """The features of each two candidates beside each other that are pieces of one labelled event, or two events."""
    text = seen.record["text"]
    for i, (first, second) in enumerate(pairwise(seen.mentions)):
        if merging.near(first, second):
            one = any(_held(first, event) and _held(second, event) for event in seen.record["events"])
            two = i in seen.events and i + 1 in seen.events
            if one or two:
                yield merging.features(text, first, second), one


def _held(mention: Mention, event: Record) -> bool:
    """True where a candidate stands in a labelled event but for some characters at the edge."""
    common = min(event["end"], mention.end) - max(event["start"], mention.start)
    within: bool = event["start"] <= mention.start + EDGE and mention.end - EDGE <= event["end"]
    return within and common >= SHARED * (mention.end - mention.start)


def told(seen: Seen) -> Iterator[tuple[Mention, Record]]:
    """The candidates that are labelled events, each with its label, in the order of the text."""
    for i, at in sorted(seen.events.items()):
        if not seen.record["events"][at].get("weak"):
            yield seen.rivals[i][0], seen.record["events"][at]


def typed(seen: Seen) -> Iterator[tuple[list[str], str]]:
    """What the type of each labelled event is told from, and that type."""
    for mention, event in told(seen):
        yield typing.evidence(seen.record["text"], mention, seen.classes), event["type"]


def stated(seen: Seen) -> Iterator[tuple[list[str], str]]:
    """What the status of each labelled event is told from, and that status.

    A third of the paragraphs is read as if nobody knew what kind of document it is from, as is so with excerpts.
    """
    text, passage = seen.record["text"], passage_of(seen.record)
    if crc32(text.encode()) % 3 == 0:
        passage = replace(passage, headings=(), heading_spans=(), kind="other")
    shared = statuses.around(passage, statuses.Telling(seen.record["tense"], statuses.tense(text)))
    for mention, event in told(seen):
        ruled = status(text, mention, passage)
        yield statuses.evidence(text, mention, passage, ruled, shared), event["status"]


def chosen(seen: Seen) -> Iterator[tuple[str, list[str], bool]]:
    """Field, features and label of every filler of every labelled event's participants, place and result.

    A record that names only some of them (``partial``) teaches of results alone.
    """
    text = seen.record["text"]
    groups = GroupFinder(text, codes(text)).groups(0, len(text))
    events = [(mention.judged(event["type"], 1.0), event) for mention, event in told(seen)]
    for k, (mention, event) in enumerate(events):
        limit = events[k + 1][0].start if k + 1 < len(events) else len(text)
        if not seen.record.get("partial"):
            before = events[k - 1][0] if k else None
            yield from _people_and_places(text, mention, event, groups, limit, before, seen.classes)
        yield from _results(text, mention, event, limit)


def _people_and_places(
    text: str,
    mention: Mention,
    event: Record,
    groups: Groups,
    limit: int,
    before: Mention | None,
    classes: WordClasses,
) -> Iterator[tuple[str, list[str], bool]]:
    earlier = before if before is not None and before.clause.sentence == mention.clause.sentence else None
    caller = called(text, earlier) if earlier is not None else None
    ruled_name = titles.ruled(text, mention)
    stretches = joined(ruled_name, titles.fillers(text, mention, ruled_name))
    for filler, right in zip(stretches, _right(text, stretches, (event["name"] or "").strip(MARKS)), strict=True):
        yield "name", [*titles.features(text, mention, filler), *pairs_of(text, filler)], right
    rule = place(text, mention, before)
    for field, ruled, fillers in (
        ("participants", *choosing.participant_fillers(text, mention, groups, limit, caller)),
        ("place", rule, joined(rule, place_fillers(text, mention))),
    ):
        for filler, right in zip(fillers, _right(text, fillers, event[field]), strict=True):
            yield (
                field,
                [*filler_features(text, mention, filler, ruled, earlier, classes), *pairs_of(text, filler)],
                right,
            )


def _results(text: str, mention: Mention, event: Record, limit: int) -> Iterator[tuple[str, list[str], bool]]:
    at = text.find(event["result"], mention.start) if event["result"] else -1
    end = at + len(event["result"]) if at >= 0 else -1
    for clause in outcome.clauses_behind(text, mention, limit):
        overlap = min(end, clause.end) - max(at, clause.start)
        right = 2 * overlap >= clause.end - clause.start
        yield "result", [*outcome.features(text, mention, clause), *pairs_of(text, clause)], right


def _right(text: str, fillers: Sequence[Filler], argument: str | None) -> list[bool]:
    """Which fillers say what the labeller wrote: nearly all of it, or best of all."""
    alike = [_alike(text[o.start : o.end], argument or "") for o in fillers]
    best = max(alike, default=0.0)
    return [a >= ALIKE or (a == best and a > 0.5) for a in alike]


def _alike(filler: str, argument: str) -> float:
    common = sum((Counter(filler) & Counter(argument)).values())
    return 2 * common / max(1, len(filler) + len(argument))
