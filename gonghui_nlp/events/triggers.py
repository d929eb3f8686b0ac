"""The trigger lexicon: words that name an activity, one data file per type, each entry with an example."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast, get_args

from gonghui_nlp.compiling import compiled
from gonghui_nlp.errors import InputError
from gonghui_nlp.resources import Row, current, knowledge

Role = Literal["light", "verb", "noun"]
TYPES = (
    "aid", "donation", "welfare", "meeting", "election", "oversight", "training", "contest", "culture_sports",
    "outing", "commendation", "inspection", "rules", "organisation", "rights", "publicity", "labour", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that can name an activity.

    ``light`` verbs (开展, 组织) need an object that says which activity it is; ``verb`` and ``noun`` say it
    themselves. ``veto`` says, as a regular expression, what may not follow: 会议 is no event in 会议室.
    """

    word: str
    role: Role
    type: str
    example: str = ""
    veto: str = ""
    own: bool = False  # a user's word: its type is what the user says


@dataclass(frozen=True, slots=True)
class TypeRule:
    """An object that decides the type of a word that fits several: 建立 + 档案 is ``rules``."""

    words: frozenset[str]
    object: str
    type: str
    example: str
    own: bool = False

    def decides(self, stretch: str) -> bool:
        """Whether the object of the rule stands in a stretch."""
        return compiled(self.object).search(stretch) is not None


@dataclass(frozen=True, slots=True)
class Theme:
    """What shows, in a stretch or a heading, which type of activity it is about."""

    pattern: str
    type: str
    example: str

    def shows_in(self, stretch: str) -> bool:
        return compiled(self.pattern).search(stretch) is not None


def rows(name: str) -> list[Row]:
    """The rows of a table of this room, by column."""
    return current().rows(f"events/{name}")


@knowledge
def types() -> tuple[str, ...]:
    """The types of events: the documented ones, and one more for each further file of triggers a user has."""
    named = (name.rpartition("/")[2].removesuffix(".tsv") for name in current().names("events/triggers"))
    return (*TYPES, *(name for name in named if name not in TYPES and name != "light"))


@knowledge
def triggers() -> dict[str, Trigger]:
    """Every trigger word and what is known of it."""
    found: dict[str, Trigger] = {}
    listed = [(kind, row) for kind in ("light", *types()) for row in rows(f"triggers/{kind}.tsv")]
    # A user's word takes the place of ours in whatever file it stands.
    for kind, row in sorted(listed, key=lambda entry: entry[1].own):
        if row["role"] not in get_args(Role):
            raise InputError(f"{row.where}: role {row['role']!r}; give light, verb or noun")
        role = cast(Role, row["role"])
        if row.own:
            _check(row)
        found[row["word"]] = Trigger(
            row["word"], role, "other" if kind == "light" else kind, row["example"], row["veto"], row.own
        )
    return found


def _check(row: Row) -> None:
    """A user's veto is a regular expression."""
    try:
        compiled(row["veto"])
    except re.error as error:
        veto = row["veto"]
        raise InputError(f"{row.where}: veto {veto!r} is no regular expression ({error}); correct it") from error


@knowledge
def lookalikes() -> dict[str, str]:
    """Words that hold a trigger word and are none, each with its example: 国庆 is not 庆."""
    return {row["word"]: row["example"] for row in rows("lookalikes.tsv")}


@knowledge
def type_rules() -> tuple[TypeRule, ...]:
    """The objects that decide between types, in the order they are tried."""
    return tuple(
        TypeRule(frozenset(row["words"].split()), row["object"], _type(row), row["example"], row.own)
        for row in _own_first("types.tsv")
    )


@knowledge
def themes() -> tuple[Theme, ...]:
    """What an activity is about, for words that do not say it: 开展“…”活动; tried in order."""
    return tuple(Theme(row["theme"], _type(row), row["example"]) for row in _own_first("themes.tsv"))


@knowledge
def heading_types() -> tuple[Theme, ...]:
    """What the paragraphs under a heading are about, for activities whose own words do not say it; tried in order."""
    return tuple(Theme(row["heading"], _type(row), row["example"]) for row in _own_first("headings.tsv"))


def _own_first(name: str) -> list[Row]:
    """The rows of a table whose order counts: a user's are tried first."""
    return sorted(rows(name), key=lambda row: not row.own)


def _type(row: Row) -> str:
    if row["type"] not in types():
        raise InputError(f"{row.where}: unknown type {row['type']!r}; known are {', '.join(types())}")
    return row["type"]


@knowledge
def group_nouns() -> dict[str, bool]:
    """Nouns for people and units, the longest first; True for those the rules for participants read too.

    The others name participants only where a model weighs them against other fillers.
    """
    used = {row["word"]: row["as"].split() for row in current().rows("people.tsv")}
    listed = {word: "participants" in at for word, at in used.items() if {"participants", "options"}.intersection(at)}
    return dict(sorted(listed.items(), key=lambda item: (-len(item[0]), item[0])))
