"""The public contract: which tables there are and which columns, in which order."""

from __future__ import annotations

COLUMNS: dict[str, tuple[str, ...]] = {
    name: tuple(columns.split())
    for name, columns in {
        "sources": "source sha256 bytes format encoding chars documents status message text_file",
        "documents": "doc_id source start end title kind organisation year sections paragraphs events chars"
        " cluster_id canonical similarity",
        "sections": "section_id doc_id source parent_id start end level role style mark ordinal title title_start"
        " title_end damaged path",
        "paragraphs": "paragraph_id doc_id section_id source start end text function functions sub"
        " score_safeguarding score_participation score_education score_building cluster_id canonical cues",
        "events": "event_id doc_id section_id paragraph_id source start end text trigger type status status_by name"
        " date date_value place organiser participants headcounts amounts counts result confidence retold counted",
        "amounts": "amount_id event_id paragraph_id doc_id source start end text min max value approx per purpose"
        " masked currency counted",
        "headcounts": "headcount_id event_id paragraph_id doc_id source start end text min max value approx unit who masked counted per",
        "counts": "count_id event_id paragraph_id doc_id source start end kind text min max approx unit what masked",
        "dates": "date_id event_id paragraph_id doc_id source start end text value masked",
        "issues": "issue_id doc_id source start end text code message",
        "fields": "source field value",
        "activities": "document year unit headings function type status date place organiser participants name heads"
        " yuan result text counted source line event_id until when yuan_each purpose headcounts amounts functions"
        " year_from paragraph_id doc_id",
        "overview": "document unit year kind activities counted"
        " function_safeguarding function_participation function_education function_building function_other"
        " type_aid type_donation type_welfare type_meeting type_election type_oversight type_training type_contest"
        " type_culture_sports type_outing type_commendation type_inspection type_rules type_organisation type_rights"
        " type_publicity type_labour type_other done planned routine heads yuan yuan_aid yuan_donation yuan_spending"
        " yuan_award yuan_fee yuan_other not_summed gaps issues copy_of source doc_id",
    }.items()
}
TABLES: tuple[str, ...] = tuple(COLUMNS)
FOUND = tuple(name for name in TABLES if name != "overview")
"""The tables whose rows are found in one text by itself; an overview needs to know the copies."""

INTEGERS = frozenset(
    "start end bytes chars documents sections paragraphs events level ordinal title_start title_end year".split()
)
FLOATS = frozenset(
    "min max value similarity confidence score_safeguarding score_participation score_education score_building".split()
)
BOOLEANS = frozenset("canonical damaged masked counted".split())
DAYS = frozenset({("events", "date_value"), ("dates", "value"), ("activities", "date"), ("activities", "until")})
"""The columns that hold days in ISO form, which a spreadsheet shows its own way."""
# What columns of the same name hold in other tables.
EXCEPTIONS = {
    ("dates", "value"): "str",
    ("fields", "value"): "str",
    ("activities", "heads"): "float",
    ("activities", "line"): "int",
    ("activities", "yuan"): "float",
    ("activities", "yuan_each"): "float",
    **{("events", column): "str" for column in ("headcounts", "amounts", "counts")},
    **{("overview", column): "int" for column in COLUMNS["overview"][4:]},
    **{("overview", column): "float" for column in COLUMNS["overview"] if column == "heads" or "yuan" in column},
    **{("overview", column): "str" for column in ("copy_of", "source", "doc_id")},
}


def kind_of(table: str, column: str) -> str:
    """``int``, ``float``, ``bool`` or ``str``.

    >>> kind_of("amounts", "value"), kind_of("dates", "value")
    ('float', 'str')
    """
    if (table, column) in EXCEPTIONS:
        return EXCEPTIONS[table, column]
    for kind, names in (("int", INTEGERS), ("float", FLOATS), ("bool", BOOLEANS)):
        if column in names:
            return kind
    return "str"
