"""What is measured of events: the nucleus, its type and status, its arguments and quantities."""

from __future__ import annotations

from collections import Counter

from gonghui_nlp.evaluation.measures import Tables, of_kind
from gonghui_nlp.evaluation.tally import Evaluation
from gonghui_nlp.learning.matching import Record, drop_optional, is_same_event, pair, shared_characters

_ARGUMENTS = ("date", "place", "participants", "name", "result")
# Times that every summary has, which single out no activity; the marks around a name are convention only.
_VAGUE = frozenset("今年 本年 本年度 全年 一年来 本学期 本学年 每学期 每年 每月 近年来".split())
_NAME_MARKS = "“”\"'‘’《》「」『』\\"


def measure_events(result: Evaluation, gold: list[Record], tables: Tables) -> None:
    """Every measure of events; what is paired with a weak, unsure or repeated one counts for nothing."""
    wanted, everything = of_kind(gold, "event"), tables["events"]
    pairs = pair(wanted, everything, is_same_event)
    wanted, got, pairs = drop_optional(wanted, everything, pairs, ("weak", "unsure", "repeat"))
    result.add("events", len(pairs), len(wanted), len(got))
    for g, told in pairs:
        # A type that a careful second reader may give counts as the one that was meant.
        result.judged("event types", told["type"] if _is_type(g, told) else g["type"], told["type"])
    _by_type(result, wanted, got, pairs)
    result.add("event types", sum(_is_type(g, f) for g, f in pairs), len(wanted), len(got))
    result.add("event status", sum(g["status"] == f["status"] for g, f in pairs), len(wanted), len(got))
    partner = {id(g): f for g, f in pairs}
    paired = {id(f) for _, f in pairs}
    alarms = [f for f in got if id(f) not in paired]
    _tell(result, wanted, partner, alarms)
    left_out = {f["event_id"] for f in everything} - {f["event_id"] for f in got}
    _measure_linked(result, wanted, partner, tables, left_out)
    for name in _ARGUMENTS:
        for g in wanted:
            f = partner.get(id(g))
            shown = bare(name, f[name]) if f else ""
            result.add("event arguments", *shared_characters(bare(name, g.get(name)), shown))
        result.add("event arguments", 0, 0, sum(len(bare(name, f[name])) for f in alarms))


def _by_type(result: Evaluation, wanted: list[Record], got: list[Record], pairs: list[tuple[Record, Record]]) -> None:
    meant = {id(g): f["type"] for g, f in pairs if _is_type(g, f)}
    for g in wanted:
        result.add_type(str(meant.get(id(g), g["type"])), int(id(g) in meant), 1, 0)
    for f in got:
        result.add_type(f["type"], 0, 0, 1)


def _tell(result: Evaluation, wanted: list[Record], partner: dict[int, Record], alarms: list[Record]) -> None:
    for g in wanted:
        f = partner.get(id(g))
        if f is None:
            result.miss("events", "-", g, g["type"])
        elif wrong := _wrong_fields(g, f):
            result.miss("events", "~", g, f"{g['type']}: {wrong}")
    for f in alarms:
        result.miss("events", "+", f, f["type"])


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


def _measure_linked(
    result: Evaluation,
    wanted: list[Record],
    partner: dict[int, Record],
    tables: Tables,
    left_out: set[str],
) -> None:
    for name in ("amounts", "headcounts", "counts"):
        linked: dict[str, Counter[str]] = {}
        for q in tables.get(f"linked {name}", tables[name]):
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
