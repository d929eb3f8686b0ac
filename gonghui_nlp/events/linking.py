"""Which quantities belong to which mention of a passage."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from gonghui_nlp.events.clauses import Clause
from gonghui_nlp.events.features import Numbers
from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.resources import patterns
from gonghui_nlp.schema import Finding

_part = patterns.pattern("events", "part_of_whole")
_effect = patterns.charset("events", "effect_verb")
_goes_on = patterns.pattern("events", "goes_on")


def link(
    text: str, found: list[Clause], kept: list[Mention], kinds: tuple[Sequence[Finding], ...], numbers: Numbers
) -> list[tuple[list[str], ...]]:
    """The ids of the quantities of each event: of its own clause, of the clauses behind it, of a sentence that goes on about it."""
    linked: list[tuple[list[str], ...]] = [([], [], []) for _ in kept]
    low, high = found[0].start, found[-1].end
    if not any(bisect_left(n, low) < bisect_left(n, high) for n in numbers[: len(kinds)]):
        return linked
    starts = [n.start for n in kept]
    around: list[Mention | None] = [None, *kept, None]
    where = [c.start for c in found]
    for k, quantity in enumerate(kinds):
        for q in quantity[bisect_left(numbers[k], low) : bisect_left(numbers[k], high)]:
            clause = found[max(0, bisect_right(where, q.start) - 1)]
            i = bisect_right(starts, q.start)
            mine = _whose(text, (around[i], around[i + 1]), clause, q.start)
            if mine is not None:
                linked[i + mine][k].append(q.id)
    return linked


def _not_done(text: str, before: Mention | None, clause: Clause, at: int) -> bool:
    """True for what there is rather than what was done; what a mention itself counts (补选工会委员2名) was done."""
    if before is not None and at < before.end:
        return False
    return bool(_part().search(text, clause.start, at)) or text[clause.start] in _effect()


def _whose(text: str, sides: tuple[Mention | None, Mention | None], clause: Clause, at: int) -> int | None:
    """-1 for a quantity of the mention before it, 0 of the one behind it; None of none."""
    before, after = sides
    if _not_done(text, before, clause, at):
        return None
    if before is not None and before.clause is clause:
        return -1
    if after is not None and after.clause is clause:
        return 0
    if before is not None and before.clause.sentence == clause.sentence:
        return -1
    if after is not None and after.clause.sentence == clause.sentence:
        return 0
    return -1 if before is not None and _goes_on().search(text, clause.sentence, at) else None
