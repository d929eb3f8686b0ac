"""Two members side by side as HTML, changed stretches coloured. Everything that comes from a text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from gonghui_nlp.dedup.align import changes, without_gaps

_STYLE = """body{font:15px/1.7 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:2em;color:#222}
table{border-collapse:collapse;width:100%;table-layout:fixed;margin:0 0 2em}
th,td{border:1px solid #ccc;padding:.6em;vertical-align:top;text-align:left;white-space:pre-wrap;overflow-wrap:anywhere}
del{background:#fbd0d0;text-decoration:none}ins{background:#c9efcb;text-decoration:none}
.slot{background:#fff1b8;border-radius:3px}"""


def difference(left: str, right: str, names: tuple[str, str] = ("", "")) -> str:
    """A two-column HTML table: ``left`` with what ``right`` lacks in ``<del>``, ``right`` with what is new in ``<ins>``.

    Width, script and white space are no difference.

    >>> difference("慰问22名职工", "慰问８名职工")
    '<table><tr><td>慰问<del>22</del>名职工</td><td>慰问<ins>８</ins>名职工</td></tr></table>'
    """
    cut = differing(left, right)
    head = f"<tr><th>{escape(names[0])}</th><th>{escape(names[1])}</th></tr>" if any(names) else ""
    cells = (_marked(left, (c[0] for c in cut), "del"), _marked(right, (c[1] for c in cut), "ins"))
    return f"<table>{head}<tr><td>{cells[0]}</td><td>{cells[1]}</td></tr></table>"


def differing(left: str, right: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The stretches of both that differ, in order; one of a pair may be empty.

    >>> differing("慰问22名职工", "慰问８名职工")
    [((2, 4), (2, 3))]
    """
    a, b = without_gaps(left), without_gaps(right)
    found = changes(a.text, b.text)
    return [(_raw(a.raw, c.a_start, c.a_end), _raw(b.raw, c.b_start, c.b_end)) for c in found]


def _raw(offsets: Sequence[int], start: int, end: int) -> tuple[int, int]:
    return (offsets[start], offsets[end - 1] + 1) if start < end else (offsets[start],) * 2


def _marked(text: str, spans: Iterable[tuple[int, int]], tag: str) -> str:
    out, at = [], 0
    for start, end in spans:
        if start < end:
            out += [escape(text[at:start]), f"<{tag}>{escape(text[start:end])}</{tag}>"]
            at = end
    return "".join(out) + escape(text[at:])


def page(title: str, parts: Iterable[str]) -> str:
    """A whole HTML page of finished parts; ``title`` is escaped, the parts are not."""
    head = f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
    return f"{head}<h1>{escape(title)}</h1>{''.join(parts)}</html>\n"
