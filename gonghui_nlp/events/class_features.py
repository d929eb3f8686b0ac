"""What the semantic classes of words say of a candidate: that something is built and what, or only that it is upheld."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.events.word_classes import WordClasses

_BEFORE, _BEHIND, _INSIDE = 16, 10, 60  # characters that are looked at
_NONE = "-"


def of_candidate(mention: Mention, classes: WordClasses) -> list[str]:
    """Features of whether it is an event: the classes in it, its first and last one, and those beside it in its clause."""
    start, end, clause = mention.start, mention.end, mention.clause
    low, high, far = start - _BEFORE, end + _BEHIND, start + _INSIDE
    inside = classes.within(start, end if end < far else far)
    before = classes.before(start, clause.start if clause.start > low else low) or _NONE
    behind = classes.behind(end, clause.end if clause.end < high else high) or _NONE
    first = inside[0] if inside else _NONE
    last = inside[-1] if inside else _NONE
    found = ["class " + name for name in dict.fromkeys(inside)]
    found += (
        "class first " + first,
        "class last " + last,
        "class ends " + first + " " + last,
        "class before " + before,
        "class behind " + behind,
        "class meets " + before + " " + first,
    )
    if mention.unlisted:  # what no word list holds is judged by its classes above all
        found += [name + " unlisted" for name in found]
    return found


def of_type(mention: Mention, classes: WordClasses) -> Sequence[str]:
    """Features of its type: the classes of its words, the first and the last one, and which stand together."""
    far = mention.start + _INSIDE
    inside = classes.within(mention.start, mention.end if mention.end < far else far)
    if not inside:
        return ()
    first, last = inside[0], inside[-1]
    return [
        *["class " + name for name in inside],
        *["class " + name + " " + behind for name, behind in pairwise(inside)],
        "class first " + first,
        "class last " + last,
        "class ends " + first + " " + last,
        "class rules " + mention.type + " " + last,
    ]


def of_filler(start: int, end: int, where: str, kind: str, classes: WordClasses) -> Sequence[str]:
    """Features of its arguments: what the first and the last word of a stretch are, there and for its type of event."""
    inside = classes.within(start, end)
    if not inside:
        return ()
    first, last = inside[0], inside[-1]
    return "class first " + first, f"class last {last} {where}", f"class last {last} {kind}"
