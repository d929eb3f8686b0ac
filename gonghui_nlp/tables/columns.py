"""The public contract: which tables there are and which columns, in which order."""

from __future__ import annotations

COLUMNS: dict[str, tuple[str, ...]] = {
    name: tuple(columns.split())
    for name, columns in {
        "sources": "source sha256 bytes format encoding chars documents status message",
        "documents": "doc_id source start end title kind organisation year sections paragraphs events chars"
        " cluster_id canonical similarity",
        "sections": "section_id doc_id source parent_id start end level role style mark ordinal title title_start"
        " title_end damaged path",
        "paragraphs": "paragraph_id doc_id section_id source start end text function functions sub"
        " score_safeguarding score_participation score_education score_building cluster_id canonical cues",
        "events": "event_id doc_id section_id paragraph_id source start end text trigger type status status_by name"
        " date date_value place organiser participants headcounts amounts counts result confidence retold",
        "amounts": "amount_id event_id paragraph_id doc_id source start end text min max value approx per purpose"
        " masked currency",
        "headcounts": "headcount_id event_id paragraph_id doc_id source start end text min max value approx unit who masked",
        "counts": "count_id event_id paragraph_id doc_id source start end kind text min max approx unit what masked",
        "dates": "date_id event_id paragraph_id doc_id source start end text value masked",
        "issues": "issue_id doc_id source start end text code message",
    }.items()
}
TABLES: tuple[str, ...] = tuple(COLUMNS)

INTEGERS = frozenset(
    "start end bytes chars documents sections paragraphs events level ordinal title_start title_end year".split()
)
FLOATS = frozenset(
    "min max value similarity confidence score_safeguarding score_participation score_education score_building".split()
)
BOOLEANS = frozenset("canonical damaged masked".split())
# `value` is a number but for dates.
TEXT_EXCEPTIONS = frozenset({("dates", "value")})


def kind_of(table: str, column: str) -> str:
    """``int``, ``float``, ``bool`` or ``str``.

    >>> kind_of("amounts", "value"), kind_of("dates", "value")
    ('float', 'str')
    """
    if (table, column) in TEXT_EXCEPTIONS:
        return "str"
    for kind, names in (("int", INTEGERS), ("float", FLOATS), ("bool", BOOLEANS)):
        if column in names:
            return kind
    return "str"
