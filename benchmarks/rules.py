"""What each hand-written rule of the events room earns: on corpora/events, corpora/samples and their labels.

    python benchmarks/rules.py          asked, fired, alone, with others, and the events' F1 without each rule
    python benchmarks/rules.py -v       and for each rule some of the texts in which it fires
    python benchmarks/rules.py TEXTS GOLD …     these folders of texts and gold files as well

``alone`` is how often no other rule of its table holds; ``right`` and ``false`` how many right and false events there
are more without the rule (a rule that earns its place has less of the one or more of the other), ``F1 without`` by
how much F1 rises without it. The models were trained on corpora/events: there they know what a rule would tell them.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import gonghui_nlp as gh
from gonghui_nlp.evaluation.gold import read_gold
from gonghui_nlp.events import Passage, extract, modality
from gonghui_nlp.events.corpus import passage_of, read
from gonghui_nlp.events.rule_tables import TABLES, Table
from gonghui_nlp.learning.matching import Record, drop_optional, is_same_event, pair
from gonghui_nlp.quantities import scan
from gonghui_nlp.text.rules import Watched

ROOT = Path(__file__).parents[1]


class Tally(NamedTuple):
    """Labelled events, found ones, and those that are both."""

    labelled: int
    found: int
    right: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(1, self.labelled + self.found)


class Text(NamedTuple):
    """A text with its labelled events and how its own are found."""

    text: str
    gold: list[Record]
    find: Callable[[], list[Record]]


def as_record(event: Any) -> Record:
    """As much of an event as matching asks for."""
    trigger = getattr(event.trigger, "text", event.trigger)
    return {
        "start": event.start,
        "end": event.end,
        "text": event.text,
        "trigger": trigger,
        "type": event.type,
        "status": event.status,
    }


def labelled_paragraphs() -> list[Text]:
    """The paragraphs of corpora/events."""

    def finder(text: str, passage: Passage) -> Callable[[], list[Record]]:
        quantities = scan(text)
        return lambda: [as_record(e) for e in extract(text, [passage], quantities)[0]]

    records = list(read(ROOT / "corpora" / "events"))
    return [Text(r["text"], r["events"], finder(r["text"], passage_of(r))) for r in records]


def whole_texts(texts: Path, gold: Path) -> list[Text]:
    """The texts of a folder that have a gold file, and their labelled events."""
    found = []
    for path in sorted(gold.glob("*.jsonl")):
        text = next(iter(gh.read(texts / f"{path.stem}.txt"))).text
        events = [record for record in read_gold(path) if record["kind"] == "event"]
        if events:
            found.append(Text(text, events, lambda text=text: [as_record(e) for e in gh.analyze(text).events]))
    return found


def score(text: Text, told: bool = False) -> Tally:
    """How well the events of a text are found; with ``told`` only those are right whose status is."""
    found = text.find()
    pairs = pair(text.gold, found, is_same_event)
    wanted, got, pairs = drop_optional(text.gold, found, pairs, ("weak", "threshold"))
    right = [g for g, f in pairs if not told or g["status"] == f["status"]]
    return Tally(len(wanted), len(got), len(right))


def total(tallies: list[Tally]) -> Tally:
    """All together."""
    return Tally(*(sum(column) for column in zip(*tallies, strict=True)))


def main(verbose: bool, folders: list[str]) -> None:
    """Print the report."""
    corpora = ROOT / "corpora"
    whole = [(Path(texts), Path(gold)) for texts, gold in zip(folders[::2], folders[1::2], strict=True)]
    sets = {"corpora/events": labelled_paragraphs()}
    for texts, gold in [(corpora / "samples", corpora / "samples" / "gold"), *whole]:
        sets[texts.name] = whole_texts(texts, gold)
    for name, listed in sets.items():
        print(f"\n{name}: ", end="")
        report_set(listed, verbose)


def report_set(texts: list[Text], verbose: bool) -> None:
    """Print the report of some texts."""
    fired: dict[tuple[str, str], list[int]] = defaultdict(list)
    counts: Counter[tuple[str, str, str]] = Counter()
    base: list[Tally] = []
    plain = {table: table.rules for table in TABLES}
    watched = {table: Watched(rules) for table, rules in plain.items()}
    for table in TABLES:
        setattr(table.module, table.name, watched[table])
    for i, text in enumerate(texts):
        base.append(score(text))
        for table, asked in watched.items():
            for held in asked.asked:
                note(counts, table.name, held)
                for rule in held:
                    fired[table.name, rule].append(i)
            asked.asked.clear()
    for table in TABLES:
        setattr(table.module, table.name, plain[table])
    whole = total(base)
    print(f"{len(texts)} texts, {whole.labelled} events, F1 {whole.f1:.4f}")
    print(f"{'table':20} {'rule':28} {'asked':>7} {'fired':>6} {'alone':>6}  right  false  F1 without  with others")
    for table in TABLES:
        for rule in plain[table]:
            report(table, rule.name, texts, base, whole, fired[table.name, rule.name], counts)
            if verbose:
                for i in list(dict.fromkeys(fired[table.name, rule.name]))[:4]:
                    print("      ", texts[i].text[:110])


def note(counts: Counter[tuple[str, str, str]], name: str, held: tuple[str, ...]) -> None:
    """Count one question put to a table."""
    counts[name, "", "asked"] += 1
    for rule in held:
        counts[name, rule, "fired"] += 1
        counts[name, rule, "alone"] += len(held) == 1
        counts.update((name, rule, "+" + other) for other in held if other != rule)


def report(
    table: Table,
    rule: str,
    texts: list[Text],
    base: list[Tally],
    whole: Tally,
    fired: list[int],
    counts: Counter[tuple[str, str, str]],
) -> None:
    """One line: what the texts in which a rule fires are worth without it; of modality, whether the status is right."""
    kept = table.rules
    told = table.module is modality
    if told:
        base = [score(texts[i], told) if i in set(fired) else Tally(0, 0, 0) for i in range(len(texts))]
        whole = total(base)
    setattr(table.module, table.name, kept.without(rule))
    where = set(fired)
    without = total([score(texts[i], told) if i in where else base[i] for i in range(len(texts))])
    setattr(table.module, table.name, kept)
    asked, times, alone = (counts[table.name, r, what] for r, what in (("", "asked"), (rule, "fired"), (rule, "alone")))
    others = ", ".join(
        f"{key[2][1:]} {n}" for key, n in sorted(counts.items()) if key[:2] == (table.name, rule) and key[2][0] == "+"
    )
    right = without.right - whole.right
    false = (without.found - without.right) - (whole.found - whole.right)
    print(
        f"{table.name:20} {rule:28} {asked:7} {times:6} {alone:6} {right:+6} {false:+6}  {without.f1 - whole.f1:+.5f}  {others}"
    )


if __name__ == "__main__":
    main("-v" in sys.argv[1:], [name for name in sys.argv[1:] if name != "-v"])
