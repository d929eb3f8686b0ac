"""Frozen records with spans into the raw text, the Document that holds them, and the sets of labels.

Offsets are half-open, in code points of the raw text. Every record has an id; links between records are ids and run
from a record to what was found before it. Nothing is ever changed after it was made.
"""

from .containment import Containment, within
from .document import Document
from .events import Event
from .labels import (
    EVENT_TYPES,
    FUNCTION_LABELS,
    FUNCTIONS,
    ISSUE_CODES,
    SELF_BUILDING,
    Approx,
    Function,
    Kind,
    Label,
    Per,
    Role,
    Status,
    StatusBy,
    Sub,
)
from .outline import Constituent, Paragraph, Section, bare_mark
from .quantities import Amount, Count, Date, Headcount, stated
from .showing import show_as, show_with, shown
from .source import Issue, Source
from .spans import (
    Division,
    Extent,
    Finding,
    Joined,
    Placed,
    RawOffset,
    Record,
    Span,
    ViewOffset,
    changed,
    named,
    numbered,
    text_of,
)

__all__ = [
    "EVENT_TYPES",
    "FUNCTIONS",
    "FUNCTION_LABELS",
    "ISSUE_CODES",
    "SELF_BUILDING",
    "Amount",
    "Approx",
    "Constituent",
    "Containment",
    "Count",
    "Date",
    "Division",
    "Document",
    "Event",
    "Extent",
    "Finding",
    "Function",
    "Headcount",
    "Issue",
    "Joined",
    "Kind",
    "Label",
    "Paragraph",
    "Per",
    "Placed",
    "RawOffset",
    "Record",
    "Role",
    "Section",
    "Source",
    "Span",
    "Status",
    "StatusBy",
    "Sub",
    "ViewOffset",
    "bare_mark",
    "changed",
    "named",
    "numbered",
    "show_as",
    "show_with",
    "shown",
    "stated",
    "text_of",
    "within",
]  # fmt: skip
