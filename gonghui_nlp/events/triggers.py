"""The trigger lexicon: words that name an activity, one data file per type, each entry with an example."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from gonghui_nlp.resources import read

Role = Literal["light", "verb", "noun"]
TYPES = (
    "aid", "donation", "welfare", "meeting", "election", "oversight", "training", "contest", "culture_sports",
    "outing", "commendation", "inspection", "rules", "organisation", "rights", "publicity", "labour", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that can name an activity.

    ``light`` verbs (开展, 组织) need an object that says which activity it is; ``verb`` and ``noun`` say it
    themselves. ``veto`` is what may not follow: 会议 is no event in 会议室.
    """

    word: str
    role: Role
    type: str
    example: str = ""
    veto: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class TypeRule:
    """An object that decides the type of a word that fits several: 建立 + 档案 is ``rules``."""

    words: frozenset[str]
    object: re.Pattern[str]
    type: str
    example: str


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a data file of this room, by column."""
    listed = read(f"events/{name}")
    return list(csv.DictReader(listed.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


@lru_cache(maxsize=1)
def triggers() -> dict[str, Trigger]:
    """Every trigger word and what is known of it."""
    found: dict[str, Trigger] = {}
    for kind in ("light", *TYPES):
        for row in rows(f"triggers/{kind}.tsv"):
            role: Role = "light" if row["role"] == "light" else "noun" if row["role"] == "noun" else "verb"
            veto = re.compile(row["veto"]) if row["veto"] else None
            found[row["word"]] = Trigger(row["word"], role, "other" if kind == "light" else kind, row["example"], veto)
    return found


@lru_cache(maxsize=1)
def lookalikes() -> dict[str, str]:
    """Words that hold a trigger word and are none, each with its example: 国庆 is not 庆."""
    return {row["word"]: row["example"] for row in rows("lookalikes.tsv")}


@lru_cache(maxsize=1)
def type_rules() -> tuple[TypeRule, ...]:
    """The objects that decide between types, in the order they are tried."""
    return tuple(
        TypeRule(frozenset(row["words"].split()), re.compile(row["object"]), row["type"], row["example"] or "")
        for row in rows("types.tsv")
    )


@lru_cache(maxsize=1)
def themes() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """What an activity is about, for words that do not say it: 开展“…”活动; tried in order."""
    return tuple((re.compile(row["theme"]), row["type"], row["example"]) for row in rows("themes.tsv"))


@lru_cache(maxsize=1)
def group_nouns() -> dict[str, bool]:
    """Nouns for people and units, the longest first; True for those the rules for participants read too.

    The others name participants only where a model weighs them against other fillers.
    """
    listed = {row["word"]: row["read_by"] == "rules" for row in rows("groups.tsv")}
    return dict(sorted(listed.items(), key=lambda item: (-len(item[0]), item[0])))
