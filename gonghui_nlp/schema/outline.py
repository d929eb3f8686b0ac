"""Records of the outline: documents, sections, paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from gonghui_nlp.schema.labels import Kind, Role
from gonghui_nlp.schema.showing import shown
from gonghui_nlp.schema.spans import Division, Finding, Joined, Offset, Span


@dataclass(frozen=True, slots=True)
class Constituent(Division[Offset]):
    """One document of a compilation, or the only one of a plain text; its id is ``#2``.

    ``title`` is None when it has none; ``organisation`` is who speaks, as written. ``heading`` is all that stands
    above the body as one stretch: the number of the document, its title, told again or not, a date, a document number.
    """

    title: Joined[Offset] | None = None
    kind: Kind = "other"
    organisation: Joined[Offset] | None = None
    year: int | None = None
    heading: Span[Offset] | None = None


@dataclass(frozen=True, slots=True)
class Section(Division[Offset]):
    """A numbered unit, an unnumbered part or a running item; its id is ``s14``.

    ``start`` is where the mark begins (a part: its title), ``end`` where the next section that is not
    inside it begins. ``level`` is 1 for the first level below the document. ``parent`` is the id of
    the enclosing section. ``title`` is None when the mark opens body text directly.
    """

    level: int
    role: Role
    style: str
    mark: Span[Offset]
    ordinal: int | None = None
    title: Span[Offset] | None = None
    parent: str | None = None
    damaged: bool = False

    @property
    def topic(self) -> Span[Offset] | None:
        """What its own words say it is about: its title, else of a part its mark (三月：), without the colon."""
        if self.title is not None or self.role != "part":
            return self.title
        words = self.mark.text.rstrip("：: ")
        end = cast(Offset, self.mark.start + len(words))
        return Span(self.mark.start, end, words) if words else None

    def _repr_html_(self) -> str | None:
        return shown(self)


@dataclass(frozen=True, slots=True)
class Paragraph(Finding[Offset]):
    """A stretch of body text, headings left out, from one mark or line start to the next; its id is ``p5``.

    ``functions`` are the functions it reports on, most important first (with the classical scheme
    ``self_building`` may be among them); ``scores`` one calibrated probability for each label of the model that
    labelled it, in the order of ``Document.scored``. ``cues`` are the words that spoke for its first function, when
    the settings ask for them.
    """

    functions: tuple[str, ...] = ()
    sub: str | None = None
    scores: tuple[float, ...] = ()
    cues: tuple[Span[Offset], ...] = ()


_SEPARATORS = "、．.：，,:; ；。"


def bare_mark(section: Section) -> str:
    """A section's mark without its separators; its title, then ``?``, where nothing is left.

    >>> bare_mark(Section(0, 9, 2, "section", "cn_paren", Span(0, 3, "（二）")))
    '（二）'
    """
    return section.mark.text.strip(_SEPARATORS) or (section.title.text if section.title else "?")
