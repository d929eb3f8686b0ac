"""What a number counts: the words behind its classifier, else the noun in front of it."""

from __future__ import annotations

from gonghui_nlp.compiling import compiled
from gonghui_nlp.resources import patterns
from gonghui_nlp.schema import Span

_STOP = "，。；：！？、（）\\s"
_what = patterns.pattern("quantities", "what")
_verb_cut = patterns.pattern("quantities", "verb_cut")
_BEFORE = compiled(f"([^{_STOP}]{{1,10}})$")
_lead = patterns.pattern("quantities", "lead")
_trailing_last = patterns.charset("quantities", "trailing_last")
_trailing = patterns.pattern("quantities", "trailing")


def what(text: str, start: int, end: int) -> Span | None:
    """The thing counted: the words behind the classifier, else the noun before the number."""
    if m := _what().match(text, end, end + 24):
        found = _verb_cut().sub("", m[1])
        if found:
            return Span(m.start(1), m.start(1) + len(found), found)
    if m := _BEFORE.search(text[max(0, start - 10) : start]):
        found = _trailing().sub("", m[1]) if m[1][-1] in _trailing_last() else m[1]
        at = max(0, start - 10) + m.start(1)
        if lead := _lead().match(found):
            at, found = at + lead.end(), found[lead.end() :]
        return Span(at, at + len(found), found) if found else None
    return None
