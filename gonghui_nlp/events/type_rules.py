"""The type of an event: its head word's own, unless the object or, for words that say little, the theme decides."""

from __future__ import annotations

from gonghui_nlp.events.grouping import generic
from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.events.passages import Passage
from gonghui_nlp.events.triggers import TypeRule, heading_types, themes, type_rules
from gonghui_nlp.resources import knowledge, remembered


def kind(text: str, mention: Mention, passage: Passage) -> tuple[str, bool]:
    """One of the types of the lexicon, and whether a user's own knowledge settles it."""
    inside = text[mention.start : mention.end]
    entry = mention.head.entry
    for rule in _rules_for(entry.word):
        if rule.decides(inside):
            return rule.type, rule.own
    says_little = entry.word in generic()
    if entry.type == "meeting" if says_little else entry.role != "light":
        return entry.type, entry.own
    quoted = inside if not mention.quotes else text[mention.quotes[0].start : mention.end]
    about = _theme(quoted) or _theme(inside)
    if about is not None:
        return about, False
    for heading in reversed(passage.headings):
        about = _under(heading)
        if about is not None:
            return about, False
    return ("training" if mention.quotes else "other"), False


@remembered(1024)
def _theme(stretch: str) -> str | None:
    return next((theme.type for theme in themes() if theme.shows_in(stretch)), None)


@remembered(1024)
def _under(heading: str) -> str | None:
    return next((theme.type for theme in heading_types() if theme.shows_in(heading)), None)


@remembered(1024)
def _rules_for(word: str) -> tuple[TypeRule, ...]:
    """The rules that speak about a word or, for a compound, about its last or first two characters."""
    places = _places()
    rules = type_rules()
    return tuple(rules[at] for at in sorted({at for w in (word, word[-2:], word[:2]) for at in places.get(w, ())}))


@knowledge
def _places() -> dict[str, list[int]]:
    """By each word which rules speak about it."""
    found: dict[str, list[int]] = {}
    for at, rule in enumerate(type_rules()):
        for word in rule.words:
            found.setdefault(word, []).append(at)
    return found
