"""A Document as one self-contained HTML page: the text with what was found in it, coloured where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from importlib.resources import files
from itertools import pairwise

from gonghui_nlp.functions import explain
from gonghui_nlp.schema import Document, Event, Paragraph, Span, text_of

# By this a page of ours is known, and may be replaced.
GENERATOR = '<meta name="generator" content="gonghui_nlp">'
# A notebook cell that holds more than this shows the beginning and says so.
_NOTEBOOK_LIMIT = 60_000


@dataclass(frozen=True, slots=True)
class _Layer:
    """A stretch with a class and a tooltip; the page nests what overlaps by cutting at every edge."""

    start: int
    end: int
    css: str
    title: str


def page(document: Document) -> str:
    """The Document as a whole HTML page, without any reference to the outside.

    >>> import gonghui_nlp as gh
    >>> "<mark" in page(gh.analyze("3月8日，组织86名女教工登山。"))
    True
    """
    title = escape(document.name or "gonghui_nlp")
    return (
        f'<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8">{GENERATOR}<title>{title}</title>'
        f"<style>{_style()}</style></head><body>{fragment(document, words=True)}</body></html>\n"
    )


def fragment(document: Document, limit: int | None = None, words: bool = False) -> str:
    """The body of the page: legend, counts, then the text; at most ``limit`` characters of it.

    With ``words`` the sign of a paragraph tells which words spoke for its function, which takes some time.
    """
    end = len(document.text) if limit is None else min(limit, len(document.text))
    parts = [f'<div class="gonghui"><p class="legend">{_legend(document)}</p><div class="text">']
    parts += _marked_text(document, end, words)
    if end < len(document.text):
        parts.append(f'<p class="cut">… {len(document.text) - end:,} more characters</p>')
    parts.append("</div></div>")
    return "".join(parts)


def notebook(document: Document) -> str:
    """What a notebook shows for a Document."""
    return f"<style>{_style()}</style>{fragment(document, _NOTEBOOK_LIMIT)}"


def _legend(document: Document) -> str:
    counted: dict[str, Sequence[Span]] = {
        "event": document.activities,
        "amount": document.amounts,
        "headcount": document.headcounts,
        "count": document.counts,
        "date": document.dates,
    }
    shown = (f'<mark class="{kind}">{kind} {len(spans)}</mark>' for kind, spans in counted.items())
    return " ".join([escape(document.name), *shown, f'<mark class="issue">issue {len(document.issues)}</mark>'])


def _marked_text(document: Document, end: int, words: bool) -> Iterator[str]:
    layers = sorted(_layers(document), key=lambda layer: (layer.start, -layer.end))
    badges = {p.start: _badge(document, p, words) for p in document.paragraphs}
    titles = {c.start for c in document.constituents}
    edges = sorted({e for x in layers for e in (x.start, x.end)} | badges.keys() | titles | {0, end})
    active: list[_Layer] = []
    following = 0
    for a, b in pairwise(edges):
        if a >= end:
            break
        active = [layer for layer in active if layer.end > a]
        while following < len(layers) and layers[following].start <= a:
            if layers[following].end > a:
                active.append(layers[following])
            following += 1
        if a in titles and a > 0:
            yield "<hr>"
        yield badges.get(a, "")
        yield _marked(escape(document.text[a : min(b, end)]), active)


def _marked(text: str, layers: Sequence[_Layer]) -> str:
    """A stretch with the classes and tooltips of all that lies over it."""
    if not layers:
        return text
    classes = " ".join(dict.fromkeys(layer.css for layer in layers))
    tooltip = escape(" · ".join(layer.title for layer in layers if layer.title), quote=True)
    return f'<mark class="{classes}" title="{tooltip}">{text}</mark>'


def _layers(document: Document) -> Iterator[_Layer]:
    for s in document.sections:
        yield _Layer(s.start, s.mark.end, "damaged number" if s.damaged else "number", f"level {s.level}")
        if s.title:
            yield _Layer(s.title.start, s.title.end, "heading", "")
    for e in document.events:
        yield _Layer(e.start, e.end, "event", _event(e))
    for a in document.amounts:
        yield _Layer(a.start, a.end, "amount", f"{_numbers(a.min, a.max)} {a.currency} per {a.per}, {a.purpose}")
    for h in document.headcounts:
        yield _Layer(h.start, h.end, "headcount", f"{_numbers(h.min, h.max)} {h.unit} {text_of(h.who)}")
    for c in document.counts:
        yield _Layer(c.start, c.end, "count", f"{c.kind} {_numbers(c.min, c.max)} {c.unit} {text_of(c.what)}")
    for d in document.dates:
        yield _Layer(d.start, d.end, "date", d.value or "")
    for i in document.issues:
        if i.start < i.end:
            yield _Layer(i.start, i.end, "issue", f"{i.code}: {i.message}")


def _event(e: Event) -> str:
    named: Sequence[tuple[str, Span | None]] = (
        ("name", e.name),
        ("date", e.date),
        ("place", e.place),
        ("organiser", e.organiser),
        ("participants", e.participants),
        ("result", e.result),
    )
    facts = [f"{e.type}, {e.status} (by {e.status_by}), confidence {e.confidence:.2f}"]
    if e.repeats is not None:
        facts.append("told before, not counted")
    return " · ".join(facts + [f"{name}: {span.text}" for name, span in named if span])


def _numbers(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return "number lost"
    if low == high:
        return f"{low:,.10g}"
    return f"{'' if low is None else f'{low:,.10g}'}–{'' if high is None else f'{high:,.10g}'}"


def _badge(document: Document, p: Paragraph, words: bool) -> str:
    """The label's sign before a paragraph; its tooltip holds the scores and the words that spoke for it."""
    named = {label.name: label.zh for label in document.labels}
    scores = ", ".join(f"{named[f]} {score:.2f}" for f, score in zip(document.scored, p.scores, strict=False))
    cues = [cue.text for cue in p.cues] or (_cues(document, p) if words else [])
    if cues:
        scores += " ← " + " ".join(cues)
    shown = "/".join(named[f] for f in p.functions) or "–"
    css = p.functions[0] if p.functions else "none"
    return f'<span class="function {escape(css)}" title="{escape(scores, quote=True)}">{escape(shown)}</span>'


def _cues(document: Document, p: Paragraph) -> list[str]:
    """The words that spoke for the paragraph's first label, those of its headings among them."""
    spoke = explain(document, p).evidence.get(p.functions[0], ()) if p.functions else ()
    return [e.text for e in spoke]


@lru_cache(maxsize=1)
def _style() -> str:
    return files("gonghui_nlp.display").joinpath("page.css").read_text(encoding="utf-8")
