"""The tables beside a text: for each row what it is, its facts in words, and what the filters go by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gonghui_nlp.display.marks import label, row_id
from gonghui_nlp.display.texts import Row, Text
from gonghui_nlp.words import known, told, word

Cell = tuple[str, str]
"""What a fact is, in words, and the fact; the first may be empty."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A row as the page shows it: its words, what it is (``signs``: a class and words), its facts."""

    id: str
    words: str
    signs: Sequence[Cell]
    facts: Sequence[Cell]
    data: Mapping[str, str] = field(default_factory=dict)
    quiet: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """A table of the page."""

    table: str
    kind: str
    called: str
    rows: Sequence[Fact]


def coded(column: str, code: Any) -> str:
    """What a coded value is called; a code of one's own as it is.

    >>> from gonghui_nlp.words import speaking
    >>> with speaking("zh"):
    ...     coded("type", "aid"), coded("type", "own")
    ('慰问帮扶', 'own')
    """
    key = f"value.{column}.{code}"
    return word(key) if known(key) else str(code or "")


def called(table: str) -> str:
    """What a table is called here: people count activities, whatever the coded table says."""
    return word("page.activities" if table == "events" else f"table.{table}")


def number(value: float) -> str:
    """A number as people read it: ``9,600``, ``0.5``."""
    return f"{value:,.10g}"


def facts_of(text: Text) -> list[Facts]:
    """The tables of a text in the order of the page; an empty one is left out, but for that of events."""
    linked, known_of = _linked(text), _Known(text)
    tables = []
    for table, kind, told_of in _TABLES:
        found = []
        for place, row in enumerate(text.of(table), 1):
            signs, facts, quiet = told_of(text, row, linked)
            data = known_of.data(row)
            found.append(Fact(row_id(table, place), row["text"] or "", signs, [f for f in facts if f[1]], data, quiet))
        tables.append(Facts(table, kind, called(table), found))
    return [t for t in tables if t.rows or t.table == "events"]


class _Known:
    """What the filters go by: the activity a row belongs to, and the paragraph that stands in."""

    def __init__(self, text: Text) -> None:
        self._paragraphs = {p["paragraph_id"]: p for p in text.of("paragraphs")}
        self._events = {e["event_id"]: e for e in text.of("events")}

    def data(self, row: Row) -> dict[str, str]:
        event = row if "trigger" in row else self._events.get(row.get("event_id") or "")
        around = row if "functions" in row else self._paragraphs.get((event or row).get("paragraph_id") or "")
        found = {"function": (around or {}).get("functions") or ""}
        if event:
            found |= {"type": event["type"], "status": event["status"]}
        return {name: value.replace(";", " ") for name, value in found.items()}


def _linked(text: Text) -> dict[str, dict[str, list[Row]]]:
    found: dict[str, dict[str, list[Row]]] = {}
    for table in ("headcounts", "amounts", "counts"):
        for row in text.of(table):
            if row["event_id"]:
                found.setdefault(row["event_id"], {}).setdefault(table, []).append(row)
    return found


def _event(row: Row, linked: Mapping[str, Sequence[Row]]) -> tuple[Sequence[Cell], Sequence[Cell], str]:
    signs = [("type", coded("type", row["type"])), (str(row["status"]), coded("status", row["status"]))]
    if row.get("counted") is False:
        signs.append(("copy", word("page.copy")))
    facts = [(word("column.name"), row["name"] or ""), (word("column.date"), row["date"] or "")]
    facts += [(word(f"column.{c}"), row[c] or "") for c in ("place", "organiser", "participants")]
    for table in ("headcounts", "amounts", "counts"):
        words = word("page.and").join(q["text"] for q in linked.get(table, ())) or (row[table] or "").replace(";", "、")
        facts.append((word(f"column.{table}"), words))
    facts.append((word("column.result"), row["result"] or ""))
    again = len([part for part in (row.get("retold") or "").split(";") if part])
    facts.append((word("column.retold"), word("page.times", n=again) if again else ""))
    sure = "" if row["confidence"] is None else f"{row['confidence']:.0%}"
    return signs, facts, word("page.by", sure=sure, by=coded("status_by", row["status_by"]))


def _date(row: Row) -> str:
    return word("column.masked") if row["masked"] else row["value"] or word("page.no_date")


def _span(row: Row, unit: str) -> str:
    """The number that was read, with what limits it: ``约 30,000 元``, ``260–500 人``."""
    low, high = row["min"], row["max"]
    if low is None and high is None:
        return word("column.masked")
    if low is not None and high is not None and low != high:
        return f"{number(low)}–{number(high)} {unit}".rstrip()
    about = f"approx.{row['approx']}"
    said = f"{number(high if low is None else low)} {unit}".rstrip()
    return word(f"page.{about}", said=said) if known(f"page.{about}") else said


def _amount(row: Row) -> Iterator[Cell]:
    unit = word("page.yuan") if row["currency"] == "CNY" else coded("currency", row["currency"])
    yield "", _span(row, unit)
    if row["per"] != "total":
        yield word("column.per"), coded("per", row["per"])
    yield word("column.purpose"), coded("purpose", row["purpose"])


def _headcount(row: Row) -> Iterator[Cell]:
    yield "", _span(row, coded("unit", row["unit"]))
    # Tables written before people had it have no such column.
    if row.get("per", "total") != "total":
        yield word("column.per"), coded("per", row["per"])
    yield word("column.who"), row["who"] or ""


def _count(row: Row) -> Iterator[Cell]:
    if row["kind"] == "rate":
        ends = {f"{value * 100:.10g}%" for value in (row["min"], row["max"]) if value is not None}
        yield "", "–".join(sorted(ends, key=lambda end: float(end[:-1]))) or word("column.masked")
    else:
        yield "", _span(row, word("page.days") if row["kind"] == "duration" else row["unit"] or "")
    yield word("column.what"), row["what"] or ""


def _functions(text: Text, row: Row) -> list[Cell]:
    codes = [code for code in (row["functions"] or "").split(";") if code]
    signs = [(f"function {code}", label(text, code)) for code in codes]
    if row["sub"] and "building" in codes:
        signs.append(("", coded("sub", row["sub"])))
    return signs or [("", word("page.no_function"))]


def _scores(text: Text, row: Row) -> Iterator[Cell]:
    for column, score in row.items():
        if column.startswith("score_") and score is not None:
            yield label(text, column.removeprefix("score_")), f"{score:.0%}"
    yield word("column.cues"), (row["cues"] or "").replace(";", " ")


def _issue(row: Row) -> Iterator[Cell]:
    yield "", told(row["message"] or "", group="message.issue")
    meaning = f"meaning.{row['code']}"
    if known(meaning):
        yield word("page.meaning"), word(meaning)


_Linked = Mapping[str, Mapping[str, Sequence[Row]]]
_Told = tuple[Sequence[Cell], Iterable[Cell], str]
_TABLES: tuple[tuple[str, str, Callable[[Text, Row, _Linked], _Told]], ...] = (
    ("events", "event", lambda _, row, linked: _event(row, linked.get(row["event_id"], {}))),
    ("amounts", "amount", lambda *given: ((), _amount(given[1]), "")),
    ("headcounts", "headcount", lambda *given: ((), _headcount(given[1]), "")),
    ("counts", "count", lambda *given: ((("", coded("kind", given[1]["kind"])),), _count(given[1]), "")),
    ("dates", "date", lambda *given: ((), [("", _date(given[1]))], "")),
    ("paragraphs", "function", lambda text, row, _: (_functions(text, row), _scores(text, row), "")),
    ("issues", "issue", lambda *given: ((("issue", coded("code", given[1]["code"])),), _issue(given[1]), "")),
)
