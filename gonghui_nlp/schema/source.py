"""One text as it was read, and what a reader of the data should know about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gonghui_nlp.schema.spans import Finding, Offset, RawOffset, Span


@dataclass(frozen=True, slots=True)
class Issue(Finding[Offset]):
    """Something a reader of the data should know: a gap, a repair, a lost number, foreign matter.

    ``code`` is one of :data:`~gonghui_nlp.schema.labels.ISSUE_CODES`, or that of a stage of one's own. ``quotes`` are the
    words of the text that the message quotes, in its order: where they are read again, so is the message.
    """

    code: str
    message: str
    quotes: tuple[Span[Offset], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One text as it was read: the decoded text, how it was decoded, and what was lost on the way.

    ``status`` is ``ok``, ``empty``, ``failed`` or ``skipped`` (passed over, being no text); a source that failed or
    was skipped has an empty text and a ``message``; ``format`` then says what it is, as far as it is known.
    ``derived`` is true where the text is none of a file's own that ``encoding`` gives back: it was made from another
    format, or lies in an archive or a table. ``fields`` are what stood beside it there, by the names of the columns.
    ``headings`` are the lines that their writer gave the style of a heading, each by its start and the level of the style,
    0 for the title of the document.
    """

    name: str
    text: str
    sha256: str = ""
    bytes: int = 0
    format: str = "txt"
    encoding: str = "utf-8"
    status: Literal["ok", "empty", "failed", "skipped"] = "ok"
    message: str = ""
    issues: tuple[Issue[RawOffset], ...] = ()
    derived: bool = False
    fields: tuple[tuple[str, str], ...] = ()
    headings: tuple[tuple[int, int], ...] = ()
