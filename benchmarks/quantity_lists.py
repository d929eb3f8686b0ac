"""How the quantities of lists of one's own are read: ``python benchmarks/quantity_lists.py KIND FILE... [--show]``.

KIND is amounts, headcounts, counts, rates, dates or numeral (the whole text by ``parse_numeral``). A line of a file is a
text, a tab, and what is in it, parted by blanks: ``5000``, ``300..500``, ``3000..`` (open), ``2023-03`` for a date, ``-``
for a date without a value; nothing behind the tab where the text holds none of the kind. Lines that begin with # are none.

Each text is read *right*, *told* (a mask or an issue says that a number is there), *left out* (nothing is given where
the list has something) or *silently wrong*: a value that the list does not have. Lists of others stay with their owners.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from gonghui_nlp import find_quantities, parse_numeral

KINDS = ("amounts", "headcounts", "counts", "rates", "dates", "numeral")
TELLING = ("lost_number", "unreadable_number", "impossible_date")
OUTCOMES = ("right", "told", "left out", "silently wrong")


def said(one: object) -> str:
    """A value as a list writes it."""
    if hasattr(one, "value") and not hasattr(one, "min"):
        return one.value or "-"
    low, high = ("" if x is None else f"{x:.9g}" for x in (one.min, one.max))  # type: ignore[attr-defined]
    return low if low == high else f"{low}..{high}"


def canonical(value: str) -> str:
    """``5,000.0`` and ``5000`` are one value; what is no number stays as it is."""
    try:
        ends = [f"{float(end.replace(',', '')):.9g}" if end else "" for end in value.split("..")]
    except ValueError:
        return value
    return ends[0] if len(set(ends)) == 1 else "..".join(ends)


def found(kind: str, text: str) -> tuple[list[str], bool]:
    """The values read in a text, and whether it is said of one that it could not be read."""
    if kind == "numeral":
        number = parse_numeral(text)
        return ([said(number)] if number else []), False
    read = find_quantities(text)
    if kind in ("counts", "rates"):
        records = [c for c in read.counts if c.kind == kind[:-1]]
    else:
        records = list(getattr(read, kind))
    return [said(r) for r in records if not r.masked], any(r.masked for r in records) or any(
        issue.code in TELLING for issue in read.issues
    )


def outcome(kind: str, text: str, meant: list[str]) -> tuple[str, list[str]]:
    """How a text is read, and the values given for it."""
    values, told = found(kind, text)
    wrong = Counter(values) - Counter(meant)
    if wrong and not told:
        return "silently wrong", values
    if Counter(values) == Counter(meant):
        return "right", values
    return ("told" if told else "left out"), values


def lines(path: Path) -> list[tuple[str, list[str]]]:
    """The texts of a list with what is meant."""
    listed = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        text, tab, values = line.partition("\t")
        if not tab:
            sys.exit(f"{path}, line {number}: no tab; write the text, a tab and its values (none: nothing behind it)")
        listed.append((text, [canonical(v) for v in values.split()]))
    return listed


def main(arguments: list[str] | None = None) -> Counter[str]:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--show", action="store_true", help="every text that is not read right")
    options = parser.parse_args(arguments)
    total: Counter[str] = Counter()
    for path in options.files:
        counted: Counter[str] = Counter()
        for text, meant in lines(path):
            how, values = outcome(options.kind, text, meant)
            counted[how] += 1
            if options.show and how != "right":
                print(f"  {how}: {text!r}: meant {meant}, given {values}")
        print(f"{path.name}: {counted.total()} texts, " + ", ".join(f"{counted[o]} {o}" for o in OUTCOMES))
        total += counted
    return total


if __name__ == "__main__":
    main()
