"""Frozen records with spans into the raw text, the Document that holds them, and the sets of labels."""

from .records import (
    FUNCTIONS,
    Amount,
    Approx,
    Constituent,
    Count,
    Date,
    Document,
    Event,
    Function,
    Headcount,
    Issue,
    Kind,
    Paragraph,
    Per,
    Role,
    Section,
    Source,
    Span,
    Status,
    StatusBy,
    bare_mark,
    containing,
    path_of,
    stated,
)

__all__ = [
    "FUNCTIONS", "Amount", "Approx", "Constituent", "Count", "Date", "Document", "Event", "Function", "Headcount",
    "Issue", "Kind", "Paragraph", "Per", "Role", "Section", "Source", "Span", "Status", "StatusBy",
    "bare_mark", "containing", "path_of", "stated",
]  # fmt: skip
