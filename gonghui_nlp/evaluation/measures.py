"""What is measured of documents, sections, quantities and functions."""

from __future__ import annotations

from collections.abc import Iterable

from gonghui_nlp.evaluation.gold import LABELS
from gonghui_nlp.evaluation.tally import Evaluation
from gonghui_nlp.learning.matching import Record, drop_optional, pair
from gonghui_nlp.schema import FUNCTIONS, SELF_BUILDING

Tables = dict[str, list[Record]]
_QUANTITIES = (  # gold kind, table, name of the measure
    ("amount", "amounts", "amounts"),
    ("headcount", "headcounts", "headcounts"),
    ("count", "counts", "counts"),
    ("rate", "counts", "rates"),
    ("date", "dates", "dates"),
)
# A document starts where gold says when it starts within this many characters of it.
_TITLE_SLACK = 40


def of_kind(records: Iterable[Record], kind: str) -> list[Record]:
    """The gold records of one kind."""
    return [r for r in records if r["kind"] == kind]


def measure_outline(result: Evaluation, gold: list[Record], tables: Tables) -> None:
    """Where documents and sections start, and how deep sections stand."""
    starts = {d["start"] for d in tables["documents"]}
    docs = of_kind(gold, "doc")
    hit = sum(any(abs(s - g["start"]) <= _TITLE_SLACK for s in starts) for g in docs)
    result.add("documents", hit, len(docs), len(tables["documents"]))
    for roles, name in ((("part", "section"), "sections"), (("item",), "items")):
        wanted = {g["start"]: g for g in of_kind(gold, "mark") if g["role"] in roles}
        got = {r["start"]: r for r in tables["sections"] if r["role"] in roles}
        both = wanted.keys() & got.keys()
        result.add(name, len(both), len(wanted), len(got))
        for sign, records in (("-", wanted), ("+", got)):
            for s in sorted(records.keys() - both):
                result.miss(name, sign, records[s])
        if name == "sections":
            _levels(result, wanted, got)


def _levels(result: Evaluation, wanted: dict[int, Record], got: dict[int, Record]) -> None:
    both = wanted.keys() & got.keys()
    right = {s for s in both if int(got[s]["level"]) == wanted[s]["level"]}
    result.add("section levels", len(right), len(wanted), len(got))
    for s in sorted(both - right):
        result.miss("sections", "~", wanted[s], f"level {got[s]['level']} for {wanted[s]['level']}")


def measure_quantities(result: Evaluation, gold: list[Record], tables: Tables) -> None:
    """Span and value of every kind of quantity."""
    for kind, table, name in _QUANTITIES:
        got = [r for r in tables[table] if table != "counts" or r["kind"] == kind]
        _measure_kind(result, kind, name, of_kind(gold, kind), got)


def _measure_kind(result: Evaluation, kind: str, name: str, wanted: list[Record], got: list[Record]) -> None:
    pairs = pair(wanted, got, lambda g, f: True)
    wanted, got, pairs = drop_optional(wanted, got, pairs, ("unsure",))
    exact = [g for g, f in pairs if g.get("broken") or (g["start"], g["end"]) == (f["start"], f["end"])]
    right = [_is_right(kind, g, f) for g, f in pairs]
    result.add(f"{name} spans", len(exact), len(wanted), len(got))
    result.add(f"{name} values", sum(right), len(wanted), len(got))
    if kind == "amount":
        per = sum((f["per"] or "total") == g.get("per", "total") for g, f in pairs)
        result.add("amounts per", per, len(wanted), len(got))
    tell_unpaired(result, name, wanted, got, pairs)
    for (g, f), fits in zip(pairs, right, strict=True):
        if not fits:
            value = (g.get("value"), f["value"]) if kind == "date" else ((g["min"], g["max"]), (f["min"], f["max"]))
            result.miss(name, "~", g, f"wants {value[0]} got {f['text']} {value[1]}")


def tell_unpaired(
    result: Evaluation, name: str, wanted: list[Record], got: list[Record], pairs: list[tuple[Record, Record]]
) -> None:
    """Notes the misses and the false alarms of a measure."""
    paired = {id(x) for both in pairs for x in both}
    for sign, records in (("-", wanted), ("+", got)):
        for record in records:
            if id(record) not in paired:
                result.miss(name, sign, record)


def _is_right(kind: str, g: Record, f: Record) -> bool:
    if kind == "date":
        return g.get("value") is None or (f["value"] or None) == g["value"]
    return _same(_number(f["min"]), g["min"]) and _same(_number(f["max"]), g["max"])


def _number(cell: str | float | None) -> float | None:
    return None if cell is None or cell == "" else float(cell)


def _same(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is b
    return abs(a - b) <= 1e-6 * max(1.0, abs(a), abs(b))


def measure_functions(result: Evaluation, gold: list[Record], tables: Tables) -> None:
    """The functions of each labelled paragraph, and of each function whether it was seen."""
    pairs = []
    for g in of_kind(gold, "function"):
        if not g.get("unsure"):
            row = _paragraph_at(tables["paragraphs"], g["start"], g["start"] + max(12, len(g["text"])))
            got = [x for x in row["functions"].split(";") if x] if row else []
            pairs.append((g, [LABELS.get(x, x) for x in g["labels"]], got))
    labels = _labels({label for _, *sides in pairs for side in sides for label in side})
    for g, want, got in pairs:
        _measure_paragraph(result, g, want, got, labels)


def _labels(seen: set[str]) -> tuple[str, ...]:
    """The labels to score one by one: the four functions, or those of a scheme of one's own."""
    own = seen - {*FUNCTIONS, SELF_BUILDING.name}
    return tuple(sorted(seen)) if own else FUNCTIONS


def _measure_paragraph(result: Evaluation, g: Record, want: list[str], got: list[str], labels: tuple[str, ...]) -> None:
    is_right = (got[:1] or ["none"]) == (want[:1] or ["none"])
    result.add("functions primary", is_right, 1, 1)
    result.judged("functions primary", (want[:1] or ["none"])[0], (got[:1] or ["none"])[0])
    for label in labels:
        result.add(f"function {label}", label in want and label in got, label in want, label in got)
    result.add("function none", not want and not got, not want, not got)
    if not is_right:
        result.miss("functions", "~", g, f"wants {want or 'none'} got {got or 'none'}")


def _paragraph_at(paragraphs: list[Record], low: int, high: int) -> Record | None:
    """The paragraph that covers most of the stretch, else one that begins within 60 characters of it."""

    def covered(p: Record) -> int:
        return int(min(high, p["end"]) - max(low, p["start"]))

    best = max(paragraphs, key=lambda p: (covered(p), -abs(p["start"] - low)), default=None)
    return best if best is not None and (covered(best) > 0 or abs(best["start"] - low) <= 60) else None
