"""What the knowledge files are: by which columns an entry is known, and what its example must show."""

from __future__ import annotations

from typing import Literal, NamedTuple

Shows = Literal["word", "pattern", "one of", "otherwise"]


class Table(NamedTuple):
    """A tab-separated file: ``key`` columns tell its entries apart; ``shown`` says how a column stands in the example.

    ``word``: as it is; ``pattern``: as a regular expression that finds something; ``one of``: one of its words;
    ``otherwise``: in another form (五一二 as 5.12). Where nothing is shown no example is asked for.
    """

    key: tuple[str, ...]
    shown: dict[str, Shows]


_WORDS = Table(("word",), {"word": "word"})
TABLES: dict[str, Table] = {
    "people.tsv": _WORDS,
    "events/headings.tsv": Table(("heading",), {"heading": "pattern"}),
    "events/lookalikes.tsv": _WORDS,
    "events/sequels.tsv": _WORDS,
    "events/themes.tsv": Table(("theme",), {"theme": "pattern"}),
    "events/word_classes.tsv": Table(("class", "words"), {"words": "one of"}),
    "events/types.tsv": Table(("words", "object"), {"words": "one of", "object": "pattern"}),
    "events/triggers/*.tsv": _WORDS,
    "functions/cues.tsv": Table(("label", "cue"), {"cue": "word"}),
    "quantities/bare.tsv": Table(("classifier",), {"classifier": "word"}),
    "quantities/classifiers.tsv": _WORDS,
    "quantities/concrete.tsv": _WORDS,
    "quantities/congresses.tsv": Table(("congress",), {"congress": "word"}),
    "quantities/currencies.tsv": _WORDS,
    "quantities/eras.tsv": Table(("era",), {"era": "word"}),
    "quantities/festivals.tsv": Table(("name",), {"name": "otherwise"}),
    "quantities/money_words.tsv": _WORDS,
    "quantities/nearness.tsv": Table(("word", "stands"), {"word": "word"}),
    "quantities/purposes.tsv": Table(("purpose", "cue"), {"cue": "word"}),
    "quantities/told.tsv": Table(("verb",), {"verb": "word"}),
    "quantities/traps.tsv": Table(("pattern",), {"pattern": "pattern"}),
    "units.tsv": Table(("kind", "pattern"), {"pattern": "pattern"}),
    "words/*.tsv": Table(("key",), {}),
}
"""By name; ``*`` stands for any name, so that a user's folder may hold new files there."""

ENTRIES: dict[str, tuple[str, ...]] = {
    "outline/styles.toml": ("name",),
    "dedup/boilerplate.toml": ("text",),
    "quantities/measures.toml": ("name",),
}
"""By which keys the entries of a TOML file's lists are known; ``pattern`` where nothing is said."""


FIXED: dict[str, str] = {
    "text/traditional.txt": "every text is folded by it, also those of an index and of other settings, which are compared with yours",
    "text/common.txt": "the encoding of a file is found out by it before there are settings; name the encoding instead",
}
"""The files that a user's folder may not hold, and why."""


def table_of(name: str) -> Table | None:
    """The table a file is, None for a file that is none."""
    folder, _, _ = name.rpartition("/")
    return TABLES.get(name) or TABLES.get(f"{folder}/*.tsv")


def is_open(folder: str) -> bool:
    """True for a folder to which a user may add files of any name."""
    return f"{folder}/*.tsv" in TABLES


def keys_of(name: str) -> tuple[str, ...]:
    """The keys by which the entries of a TOML file's lists are known."""
    named = name.rpartition("/")[0].endswith("/patterns")
    return ("name",) if named else ENTRIES.get(name, ("pattern",))
