"""The tables of rules of this room, for tests and reports: where each stands, and what it is asked about a text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from types import ModuleType
from typing import Any, NamedTuple

from gonghui_nlp.events import filters, modality
from gonghui_nlp.events.candidates import candidates
from gonghui_nlp.events.clauses import clauses
from gonghui_nlp.events.coreference import near
from gonghui_nlp.events.mentions import mentions
from gonghui_nlp.events.passages import Passage
from gonghui_nlp.text.rules import Rules


class Table(NamedTuple):
    """The module that holds a table and its name there; ``asked`` gives what its rules are asked about a text."""

    module: ModuleType
    name: str
    asked: Callable[[str], Iterator[tuple[Any, ...]]]

    @property
    def rules(self) -> Rules[...]:
        """The rules."""
        found: Rules[...] = getattr(self.module, self.name)
        return found


def _mentions(text: str) -> Iterator[tuple[Any, ...]]:
    """Each mention, before any is rejected."""
    for clause in clauses(text, 0, len(text)):
        yield from ((text, mention) for mention in mentions(text, clause))


def _typed(text: str) -> Iterator[tuple[Any, ...]]:
    """Each candidate, with its type."""
    yield from ((text, rival[0]) for rival in candidates(text, Passage(0, len(text)))[1])


def _pairs(text: str) -> Iterator[tuple[Any, ...]]:
    """Each mention with each one before it, as if all were events."""
    told = [rival[0] for rival in candidates(text, Passage(0, len(text)))[1]]
    yield from ((text, before, mention) for before, mention in combinations(told, 2))


def _pairs_in_sentence(text: str) -> Iterator[tuple[Any, ...]]:
    for text_, before, mention in _pairs(text):
        if before.clause.sentence == mention.clause.sentence:
            yield text_, before, mention


TABLES: tuple[Table, ...] = (
    Table(filters, "FILTERS", _mentions),
    Table(modality, "ROUTINE", _typed),
    Table(modality, "PLANNED", _typed),
    Table(modality, "DONE", _typed),
    Table(near, "NEW", _pairs),
    Table(near, "GOES_ON", _pairs),
    Table(near, "GOES_ON_IN_SENTENCE", _pairs_in_sentence),
)
