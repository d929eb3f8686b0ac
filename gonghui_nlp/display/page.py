"""Texts as one self-contained HTML page: the text with what was found in it, coloured where it stands, tables beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from gonghui_nlp.display.facts import Facts, called, coded, facts_of
from gonghui_nlp.display.facts import number as shown_number
from gonghui_nlp.display.figures import by_purpose, left_out, overview_of, sums
from gonghui_nlp.display.frame import GENERATOR, asset, environment, written
from gonghui_nlp.display.marks import KINDS, label, lines
from gonghui_nlp.display.outlines import Entry, outline_of
from gonghui_nlp.display.texts import Row, Text, of_document, of_documents
from gonghui_nlp.resources import opened, using
from gonghui_nlp.schema import Document
from gonghui_nlp.words import word

__all__ = ["GENERATOR", "notebook", "page", "page_of"]

# A notebook cell that holds more than this shows the beginning and says so.
_NOTEBOOK_LIMIT = 60_000
# So many characters stand in one page; of what is more only the figures are listed.
LIMIT = 3_000_000
_FIGURES = ("events", "amounts", "headcounts", "issues")


@dataclass(frozen=True, slots=True)
class _Shown:
    """A text as its template takes it."""

    id: str
    title: str
    sums: Sequence[str]
    purposes: Sequence[str]
    not_in: str
    note: str
    outline: Sequence[Entry]
    lines: Sequence[Markup]
    facts: Sequence[Facts]


@dataclass(frozen=True, slots=True)
class _Listed:
    """A document in the list of a page: the place it leads to, its figures."""

    title: str
    source: str
    article: str
    place: str
    copy_of: bool
    purposes: Sequence[str]
    cells: Sequence[Any]


def page(document: Document) -> str:
    """The Document as a whole HTML page, without any reference to the outside, in the language spoken.

    >>> import gonghui_nlp as gh
    >>> '<mark class="headcount"' in page(gh.analyze("86名女教工"))
    True
    """
    with using(opened(document.settings.resources)):
        return page_of(of_documents([document]))


def page_of(texts: Sequence[Text], title: str = "", many: bool | None = None, limit: int = LIMIT) -> str:
    """The texts as one page: a list of their documents with figures where there are several, then each text."""
    many = len(texts) != 1 if many is None else many
    room, held = limit, []
    for text in texts:
        room -= len(text.text)
        held.append(room >= 0 or not many)
    inside = [_shown(t, f"t{n}-") for n, (t, is_held) in enumerate(zip(texts, held, strict=True), 1) if is_held]
    columns = [
        {"words": word("column.title"), "number": False},
        {"words": word("column.organisation"), "number": False},
    ]
    columns += [{"words": word("column.year"), "number": True}, {"words": word("column.kind"), "number": False}]
    told = bool(overview_of(texts))
    names = [called("events"), word("column.overview.heads"), word("column.overview.yuan"), called("issues")]
    columns += [{"words": name, "number": True} for name in (names if told else map(called, _FIGURES))]
    named = word("page.many", n=len(texts)) if many else (inside[0].title if inside else "")
    return written(
        "page.html",
        title=title or named,
        many=many,
        texts=inside,
        sums=[*([named] if title else []), *_sums(texts)] if many else inside[0].sums,
        purposes=by_purpose(overview_of(texts)),
        not_in=left_out(overview_of(texts)),
        left_out="" if all(held) else word("page.left_out", limit=f"{limit:,}"),
        columns=columns,
        listing=[row for n, t in enumerate(texts, 1) for row in _listed(t, n, held[n - 1])] if many else (),
        choices=_choices(texts),
        legend=_legend(texts),
        depth=2,
    )


def notebook(document: Document) -> str:
    """What a notebook shows for a Document: the text with its marks, then the activities; no script."""
    with using(opened(document.settings.resources)):
        return _cell(of_document(document))


def _cell(text: Text) -> str:
    end = min(len(text.text), _NOTEBOOK_LIMIT)
    # Cells of one notebook are one page: their ids differ with what they show.
    told_apart = "\n".join((text.name, text.text)).encode("utf-8", "replace")
    prefix = f"n{hashlib.sha256(told_apart).hexdigest()[:8]}-"
    shown = _shown(text, prefix, end)
    cut = word("page.cut", n=f"{len(text.text) - end:,}") if end < len(text.text) else ""
    return (
        environment()
        .get_template("notebook.html")
        .render(style=asset("page.css"), t=shown, legend=_legend([text]), cut=cut, depth=3)
    )


def _shown(text: Text, prefix: str, end: int | None = None) -> _Shown:
    title = (text.of("documents")[0]["title"] if len(text.of("documents")) == 1 else "") or text.name
    entries = outline_of(text)
    return _Shown(
        prefix,
        title or word("page.untitled"),
        [*([text.name] if text.name and text.name != title else []), *_sums([text])],
        by_purpose(text.of("overview")),
        left_out(text.of("overview")),
        text.note,
        entries,
        [*lines(text, prefix, end=end)],
        facts_of(text),
    )


def _counted(rows: Sequence[Row]) -> int:
    return sum(row.get("counted") is not False for row in rows)


def _sums(texts: Sequence[Text]) -> list[str]:
    found = [word("page.sum.documents", n=sum(len(t.of("documents")) for t in texts))]
    found.append(word("page.sum.chars", n=f"{sum(len(t.text) for t in texts):,}"))
    rows = overview_of(texts)
    for table in _FIGURES:
        if table in ("events", "issues") or not rows:
            found.append(f"{called(table)} {sum(_counted(t.of(table)) for t in texts):,}")
        elif table == "amounts":
            found += sums(rows)
    return found


def _legend(texts: Sequence[Text]) -> list[tuple[str, str]]:
    kinds = [(css, called(table), sum(len(t.of(table)) for t in texts)) for table, css in KINDS.items()]
    kinds.append(("issue", called("issues"), sum(len(t.of("issues")) for t in texts)))
    return [(css, f"{words} {n:,}") for css, words, n in kinds if n]


def _choices(texts: Sequence[Text]) -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be chosen among: the types, statuses and functions that occur."""
    events = [e for t in texts for e in t.of("events")]
    functions: dict[str, str] = {}
    for text in texts:
        for p in text.of("paragraphs"):
            functions |= {code: label(text, code) for code in (p["functions"] or "").split(";") if code}
    types = sorted({str(e["type"]) for e in events})
    statuses = [s for s in ("done", "routine", "planned") if any(e["status"] == s for e in events)]
    return [
        ("type", [(code, coded("type", code)) for code in types]),
        ("status", [(code, coded("status", code)) for code in statuses]),
        ("function", sorted(functions.items())),
    ]


def _listed(text: Text, place: int, held: bool) -> Iterator[_Listed]:
    """The documents of a text, each with its figures; a text without any as one row."""
    rows: Sequence[Row] = text.of("documents") or [dict.fromkeys(("doc_id", "title", "organisation", "year", "kind"))]
    status = str(text.of("sources")[0]["status"]) if text.of("sources") else ""
    overview = {row["doc_id"]: row for row in text.of("overview")}
    for n, d in enumerate(rows, 1):
        about = overview.get(d["doc_id"])
        yield _Listed(
            " ".join((d["title"] or "").split()) or text.name,
            text.name,
            f"t{place}-main",
            (f"t{place}-k{n}" if len(rows) > 1 else f"t{place}-main") if held else "",
            d.get("canonical") is False,
            by_purpose([about]) if about else (),
            [
                d["organisation"],
                d["year"] and int(d["year"]),
                coded("kind", d["kind"]) or coded("status", status),
                *_figures(text, d["doc_id"], about),
            ],
        )


def _figures(text: Text, doc_id: str | None, about: Row | None) -> list[Any]:
    """The figures of a document in the list; of all its text where there is none."""
    mine = [[r for r in text.of(table) if doc_id is None or r["doc_id"] == doc_id] for table in _FIGURES]
    figures: list[Any] = [_counted(rows) for rows in mine]
    if about:
        figures[1:3] = ["" if about[name] is None else shown_number(about[name]) for name in ("heads", "yuan")]
    return figures
