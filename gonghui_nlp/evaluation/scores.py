"""Scores of tables against gold annotation: precision, recall and F1 per kind, and every error by name.

Gold is JSON Lines with ``kind``, ``start``, ``end`` and the kind's fields. Mentions are paired one to one by
overlap, the largest share first; records marked ``weak``, ``unsure`` or ``repeat`` are neither a miss nor a
false alarm, nor are the quantities linked to them. An event's ``also`` lists further types that a careful second
reader may give.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from gonghui_nlp.errors import InputError
from gonghui_nlp.evaluation.gold import LABELS, read_gold
from gonghui_nlp.learning.matching import Record, drop_optional, is_same_event, pair, shared_characters
from gonghui_nlp.schema import FUNCTIONS
from gonghui_nlp.text.cells import from_cell

_QUANTITIES = (  # gold kind, table, name of the measure
    ("amount", "amounts", "amounts"),
    ("headcount", "headcounts", "headcounts"),
    ("count", "counts", "counts"),
    ("rate", "counts", "rates"),
    ("date", "dates", "dates"),
)
_ARGUMENTS = ("date", "place", "participants", "name", "result")
_TABLES = ("documents", "sections", "paragraphs", "events", "amounts", "headcounts", "counts", "dates")
# Times that every summary has, which single out no activity; the marks around a name are convention only.
_VAGUE = frozenset("今年 本年 本年度 全年 一年来 本学期 本学年 每学期 每年 每月 近年来".split())
_NAME_MARKS = "“”\"'‘’《》「」『』\\"
# A document starts where gold says when it starts within this many characters of it.
_TITLE_SLACK = 40


class Score(NamedTuple):
    """Precision, recall, F1 and the numbers behind them."""

    precision: float
    recall: float
    f1: float
    gold: int
    found: int


class ErrorCase(NamedTuple):
    """One miss (``-``), false alarm (``+``) or wrong value (``~``), with the sentence it stands in."""

    kind: str
    sign: str
    source: str
    start: int
    text: str
    detail: str
    sentence: str = ""


@dataclass
class Evaluation:
    """The scores by name, in a fixed order, and every error."""

    counts: dict[str, list[int]] = field(default_factory=dict)
    errors: list[ErrorCase] = field(default_factory=list)

    def add(self, name: str, hit: int, gold: int, found: int) -> None:
        """Adds to the hits, gold records and found records of a measure."""
        row = self.counts.setdefault(name, [0, 0, 0])
        for i, n in enumerate((hit, gold, found)):
            row[i] += n

    def score(self, name: str) -> Score:
        """The score of a measure, zeros when nothing of it was there."""
        hit, gold, found = self.counts.get(name, (0, 0, 0))
        p, r = hit / found if found else 0.0, hit / gold if gold else 0.0
        return Score(p, r, 2 * p * r / (p + r) if p + r else 0.0, gold, found)

    @property
    def functions_macro(self) -> float:
        """The mean F1 of the four functions and of ``none``."""
        names = [f"function {label}" for label in (*FUNCTIONS, "none")]
        return sum(self.score(n).f1 for n in names) / len(names)

    def scores(self) -> dict[str, Score]:
        """All scores by name."""
        return {name: self.score(name) for name in self.counts}

    def miss(self, kind: str, sign: str, record: Record, detail: str = "") -> None:
        """Notes one error of a kind."""
        text = record.get("text") or f"{record.get('mark', '')}{record.get('title', '')[:20]}"
        source = Path(record["source"]).name.split(".")[0]
        self.errors.append(ErrorCase(kind, sign, source, record["start"], text, detail))


def evaluate(tables: str | Path, gold: Sequence[str | Path]) -> Evaluation:
    """Scores the tables in the folder ``tables`` against gold files.

    The gold file ``NAME.jsonl`` scores the rows whose source file name begins with ``NAME``. Raises InputError
    for a missing folder, a missing gold file, or gold that no source answers to.
    """
    folder = Path(tables)
    if not (folder / "documents.csv").is_file():
        raise InputError(f"{folder}: no tables there; give a folder that `gonghui convert` wrote (without --zh)")
    loaded = {name: _load(folder / f"{name}.csv") for name in _TABLES}
    sources = {Path(r["source"]).name for r in _load(folder / "sources.csv", offsets=False)}
    result = Evaluation()
    for path in map(Path, gold):
        records = read_gold(path)
        prefix = path.name.split(".")[0]
        if not any(name.startswith(prefix) for name in sources):
            raise InputError(f"{path}: no source of {folder} begins with {prefix!r}; convert its text first")
        mine = {n: [r for r in rows if Path(r["source"]).name.startswith(prefix)] for n, rows in loaded.items()}
        for record in records:
            record["source"] = prefix
        _score_structure(result, records, mine)
        _score_quantities(result, records, mine)
        _score_events(result, records, mine)
        _score_functions(result, records, mine["paragraphs"])
        result.errors = [_in_its_sentence(e, mine["paragraphs"]) if e.source == prefix else e for e in result.errors]
    return result


def _in_its_sentence(error: ErrorCase, paragraphs: list[Record]) -> ErrorCase:
    at = next((p for p in paragraphs if p["start"] <= error.start < p["end"]), None)
    if error.sentence or at is None:
        return error
    text, place = at["text"], error.start - at["start"]
    begin = max(text.rfind(stop, 0, place) for stop in "。！？；\n") + 1
    ends = [text.find(stop, place) for stop in "。！？；\n"]
    end = min((e for e in ends if e >= 0), default=len(text))
    return error._replace(sentence=text[begin : end + 1])


def _load(path: Path, offsets: bool = True) -> list[Record]:
    csv.field_size_limit(1 << 30)
    with path.open(encoding="utf-8-sig", newline="") as file:
        found: list[Record] = [{k: from_cell(v) for k, v in row.items()} for row in csv.DictReader(file)]
    if found and "source" not in found[0]:
        raise InputError(f"{path}: columns are not the English ones; convert without --zh to evaluate")
    if offsets:
        for row in found:
            row["start"], row["end"] = int(row["start"]), int(row["end"])
    return found


def _of(records: Iterable[Record], kind: str) -> list[Record]:
    return [r for r in records if r["kind"] == kind]


def _number(cell: str | None) -> float | None:
    return float(cell) if cell else None


def _same(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is b
    return abs(a - b) <= 1e-6 * max(1.0, abs(a), abs(b))


def _score_structure(result: Evaluation, gold: list[Record], tables: dict[str, list[Record]]) -> None:
    starts = {d["start"] for d in tables["documents"]}
    docs = _of(gold, "doc")
    hit = sum(any(abs(s - g["start"]) <= _TITLE_SLACK for s in starts) for g in docs)
    result.add("documents", hit, len(docs), len(tables["documents"]))
    for roles, name in ((("part", "section"), "sections"), (("item",), "items")):
        wanted = {g["start"]: g for g in _of(gold, "mark") if g["role"] in roles}
        got = {r["start"]: r for r in tables["sections"] if r["role"] in roles}
        both = wanted.keys() & got.keys()
        result.add(name, len(both), len(wanted), len(got))
        for s in sorted(wanted.keys() - both):
            result.miss(name, "-", wanted[s])
        for s in sorted(got.keys() - both):
            result.miss(name, "+", got[s])
        if name == "sections":
            level = {s for s in both if int(got[s]["level"]) == wanted[s]["level"]}
            result.add("section levels", len(level), len(wanted), len(got))
            for s in sorted(both - level):
                result.miss(name, "~", wanted[s], f"level {got[s]['level']} for {wanted[s]['level']}")


def _score_quantities(result: Evaluation, gold: list[Record], tables: dict[str, list[Record]]) -> None:
    for kind, table, name in _QUANTITIES:
        wanted = _of(gold, kind)
        got = [r for r in tables[table] if table != "counts" or r["kind"] == kind]
        pairs = pair(wanted, got, lambda g, f: True)
        wanted, got, pairs = drop_optional(wanted, got, pairs, ("unsure",))
        exact = [g for g, f in pairs if g.get("broken") or (g["start"], g["end"]) == (f["start"], f["end"])]
        right = {id(g) for g, f in pairs if _right(kind, g, f)}
        result.add(f"{name} spans", len(exact), len(wanted), len(got))
        result.add(f"{name} values", len(right), len(wanted), len(got))
        if kind == "amount":
            per = sum((f["per"] or "total") == g.get("per", "total") for g, f in pairs)
            result.add("amounts per", per, len(wanted), len(got))
        paired = {id(x) for pair in pairs for x in pair}
        for g in wanted:
            if id(g) not in paired:
                result.miss(name, "-", g)
        for f in got:
            if id(f) not in paired:
                result.miss(name, "+", f)
        for g, f in pairs:
            if id(g) not in right:
                value = (g.get("value"), f["value"]) if kind == "date" else ((g["min"], g["max"]), (f["min"], f["max"]))
                result.miss(name, "~", g, f"wants {value[0]} got {f['text']} {value[1]}")


def _right(kind: str, g: Record, f: Record) -> bool:
    if kind == "date":
        return g.get("value") is None or (f["value"] or None) == g["value"]
    return _same(_number(f["min"]), g["min"]) and _same(_number(f["max"]), g["max"])


def _score_events(result: Evaluation, gold: list[Record], tables: dict[str, list[Record]]) -> None:
    wanted, got = _of(gold, "event"), tables["events"]
    pairs = pair(wanted, got, is_same_event)
    everything = got
    wanted, got, pairs = drop_optional(wanted, got, pairs, ("weak", "unsure", "repeat"))
    result.add("events", len(pairs), len(wanted), len(got))
    result.add("event types", sum(_is_type(g, f) for g, f in pairs), len(wanted), len(got))
    result.add("event status", sum(g["status"] == f["status"] for g, f in pairs), len(wanted), len(got))
    partner = {id(g): f for g, f in pairs}
    paired = {id(f) for _, f in pairs}
    for g in wanted:
        f = partner.get(id(g))
        if f is None:
            result.miss("events", "-", g, g["type"])
        elif wrong := _wrong_fields(g, f):
            result.miss("events", "~", g, f"{g['type']}: {wrong}")
    for f in got:
        if id(f) not in paired:
            result.miss("events", "+", f, f["type"])
    left_out = {f["event_id"] for f in everything} - {f["event_id"] for f in got}
    _score_event_quantities(result, wanted, partner, tables, left_out)
    for name in _ARGUMENTS:
        for g in wanted:
            f = partner.get(id(g))
            told = bare(name, f[name]) if f else ""
            result.add("event arguments", *shared_characters(bare(name, g.get(name)), told))
        alarms = sum(len(bare(name, f[name])) for f in got if id(f) not in paired)
        result.add("event arguments", 0, 0, alarms)


def bare(field: str, value: str | None) -> str:
    """An argument without what is convention only: the marks around a name; a vague date is none.

    >>> bare("name", "“春日健步行”活动"), bare("date", "今年"), bare("place", None)
    ('春日健步行”活动', '', '')
    """
    if field == "name":
        return (value or "").strip(_NAME_MARKS)
    return "" if field == "date" and value in _VAGUE else value or ""


def _is_type(g: Record, f: Record) -> bool:
    """Whether the type is the gold one, or one that a careful second reader may give (``also``)."""
    return f["type"] == g["type"] or f["type"] in (g.get("also") or ())


def _wrong_fields(g: Record, f: Record) -> str:
    """``status wants done got planned; place wants … got –`` of every field in which two events differ."""
    fields = ("type", "status", *_ARGUMENTS)
    lists = ("headcounts", "amounts", "counts")
    pairs = [(name, bare(name, g.get(name)), bare(name, f[name])) for name in fields]
    if _is_type(g, f):
        pairs = pairs[1:]
    pairs += [(name, ";".join(g.get(name) or []), f[name] or "") for name in lists]
    return "; ".join(f"{name} wants {want or '–'} got {got or '–'}" for name, want, got in pairs if want != got)


def _score_event_quantities(
    result: Evaluation,
    wanted: list[Record],
    partner: dict[int, Record],
    tables: dict[str, list[Record]],
    left_out: set[str],
) -> None:
    for name in ("amounts", "headcounts", "counts"):
        linked: dict[str, Counter[str]] = {}
        for q in tables[name]:
            # Durations are events' times, not their quantities.
            if q["event_id"] and q["event_id"] not in left_out and q.get("kind") != "duration":
                linked.setdefault(q["event_id"], Counter())[q["text"]] += 1
        hits = sum(
            (Counter(g.get(name) or []) & linked.get(partner[id(g)]["event_id"], Counter())).total()
            for g in wanted
            if id(g) in partner
        )
        gold_total = sum(len(g.get(name) or []) for g in wanted)
        result.add("event quantities", hits, gold_total, sum(c.total() for c in linked.values()))


def _score_functions(result: Evaluation, gold: list[Record], paragraphs: list[Record]) -> None:
    for g in _of(gold, "function"):
        if g.get("unsure"):
            continue
        row = _paragraph_at(paragraphs, g["start"], g["start"] + max(12, len(g["text"])))
        got = [x for x in row["functions"].split(";") if x] if row else []
        want = [LABELS[x] for x in g["labels"]]
        result.add("functions primary", (got[:1] or ["none"]) == (want[:1] or ["none"]), 1, 1)
        for label in FUNCTIONS:
            result.add(f"function {label}", label in want and label in got, label in want, label in got)
        result.add("function none", not want and not got, not want, not got)
        if (got[:1] or ["none"]) != (want[:1] or ["none"]):
            result.miss("functions", "~", g, f"wants {want or 'none'} got {got or 'none'}")


def _paragraph_at(paragraphs: list[Record], low: int, high: int) -> Record | None:
    """The paragraph that covers most of the stretch, else one that begins within 60 characters of it."""

    def covered(p: Record) -> int:
        return int(min(high, p["end"]) - max(low, p["start"]))

    best = max(paragraphs, key=lambda p: (covered(p), -abs(p["start"] - low)), default=None)
    return best if best is not None and (covered(best) > 0 or abs(best["start"] - low) <= 60) else None
