"""A hand-written rule: a record with a name, a test, an example it holds for and a counter-example it does not.

Rules stand in a table of their room. Each is tested on its examples like a lexicon entry, and
``benchmarks/rules.py`` says how often it fires, with which others, and what the score loses without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, NamedTuple, ParamSpec

P = ParamSpec("P")


class Rule(NamedTuple, Generic[P]):
    """``example`` and ``counter_example`` are texts on which the room asks the rule; it holds on the first only."""

    name: str
    test: Callable[P, object]
    example: str
    counter_example: str


class Rules(Generic[P]):
    """A table of rules that say the same thing: it holds when one of them does.

    >>> short = Rules(Rule("short", lambda text: len(text) < 3, "慰问", "慰问职工"))
    >>> short.hold("慰问"), short.hold("慰问职工")
    (True, False)
    """

    def __init__(self, *rules: Rule[P]) -> None:
        names = [rule.name for rule in rules]
        if len(names) != len(set(names)):
            raise ValueError(f"two rules of one table have the same name: {sorted(names)}")
        self._rules = rules
        self._tests = tuple(rule.test for rule in rules)

    def __iter__(self) -> Iterator[Rule[P]]:
        return iter(self._rules)

    def hold(self, *args: P.args, **kwargs: P.kwargs) -> bool:
        """Whether one of the rules holds."""
        for test in self._tests:  # noqa: SIM110 - any() over a generator takes twice as long
            if test(*args, **kwargs):
                return True
        return False

    def holding(self, *args: P.args, **kwargs: P.kwargs) -> list[str]:
        """The names of all rules that hold."""
        return [rule.name for rule in self._rules if rule.test(*args, **kwargs)]

    def without(self, name: str) -> Rules[P]:
        """The table without one of its rules."""
        return Rules(*(rule for rule in self._rules if rule.name != name))


class Watched(Rules[P]):
    """A table that says the same and notes, each time it is asked, which of its rules hold: for tests and reports."""

    def __init__(self, rules: Rules[P]) -> None:
        super().__init__(*rules)
        self.asked: list[tuple[str, ...]] = []

    def hold(self, *args: P.args, **kwargs: P.kwargs) -> bool:
        """Whether one of the rules holds."""
        self.asked.append(tuple(self.holding(*args, **kwargs)))
        return bool(self.asked[-1])
