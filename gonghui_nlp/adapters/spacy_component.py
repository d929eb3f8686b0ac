"""spaCy: a tokenizer that respects our spans, and a component that puts what we found on the Doc.

``doc.spans`` holds ``sections``, ``paragraphs``, ``events``, ``amounts``, ``headcounts``, ``counts`` and
``dates``; ``doc._.document`` the whole Document, ``doc._.sections`` its sections, and ``span._.record`` the
record behind a span. The analysis is a function of the text, so nothing of it is stored in the Doc and Docs
serialise as any other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans, registry
from spacy.vocab import Vocab

from gonghui_nlp.adapters.segmentation import edges, segment
from gonghui_nlp.pipeline import analyze
from gonghui_nlp.schema import Document

_SURROGATE = re.compile("[\ud800-\udfff]")
_SENTENCE_ENDS = "。！？!?；;\n"
_LABELS = {"amounts": "AMOUNT", "headcounts": "HEADCOUNT", "dates": "DATE"}
_analyzed = lru_cache(maxsize=16)(analyze)


def load() -> Language:
    """A spaCy pipeline for Chinese with our tokenizer and component.

    >>> nlp = load()
    >>> doc = nlp("春节前看望了18名患病教职工。")
    >>> [(s.text, s.label_) for s in doc.spans["events"]]
    [('看望了18名患病教职工', 'aid')]
    """
    from spacy.lang.zh import Chinese

    # A blank pipeline whose tokenizer is ours from the start, so that it is saved and loaded with its name.
    nlp = Chinese.from_config({"nlp": {"lang": "zh", "tokenizer": {"@tokenizers": "gonghui.Tokenizer.v1"}}})
    nlp.add_pipe("gonghui")
    return nlp


@registry.tokenizers("gonghui.Tokenizer.v1")  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """The factory that spaCy's configuration names."""
    return lambda nlp: Tokenizer(nlp.vocab)


class Tokenizer:
    """Splits at the spans we found first, then lets jieba segment between them; ``doc.text`` is the text.

    A lone surrogate, which spaCy cannot hold, becomes U+FFFD; every offset stays.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        text = _SURROGATE.sub("\ufffd", text)
        words = segment(text, edges(_analyzed(text)))
        starts: list[bool | int | None] = [True] * len(words)
        for i in range(1, len(words)):
            starts[i] = words[i - 1][-1] in _SENTENCE_ENDS and words[i] not in "”’」』）)"
        return Doc(self.vocab, words=words, spaces=[False] * len(words), sent_starts=starts)

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing to keep: the tokenizer has no state of its own."""
        return b""

    def from_bytes(self, data: bytes, **_: Any) -> Tokenizer:
        """The tokenizer itself."""
        return self

    def to_disk(self, path: Any, **_: Any) -> None:
        """Nothing to keep: the tokenizer has no state of its own."""

    def from_disk(self, path: Any, **_: Any) -> Tokenizer:
        """The tokenizer itself."""
        return self


@Language.factory("gonghui", assigns=["doc.spans"])
def make_component(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The factory behind ``nlp.add_pipe("gonghui")``; works behind any tokenizer."""
    return annotate


def annotate(doc: Doc) -> Doc:
    """Puts what we found into ``doc.spans`` and the non-overlapping quantities into ``doc.ents``."""
    document = _analyzed(doc.text)
    groups: dict[str, list[tuple[int, int, str]]] = {
        "sections": [(s.start, s.end, s.role) for s in document.sections],
        "paragraphs": [(p.start, p.end, p.functions[0] if p.functions else "none") for p in document.paragraphs],
        "events": [(e.start, e.end, e.type) for e in document.events],
        "counts": [(c.start, c.end, c.kind.upper()) for c in document.counts],
    }
    for group, label in _LABELS.items():
        groups[group] = [(s.start, s.end, label) for s in getattr(document, group)]
    for group, places in groups.items():
        found = (doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in places)
        doc.spans[group] = [span for span in found if span is not None]
    quantities = [span for group in ("amounts", "headcounts", "counts", "dates") for span in doc.spans[group]]
    doc.set_ents(filter_spans([*quantities, *doc.ents]))
    return doc


def _document(doc: Doc) -> Document:
    return _analyzed(doc.text)


def _record(span: Span) -> Any:
    """The record of our Document that has the span's place and kind, None for a span that is not ours."""
    document = _analyzed(span.doc.text)
    for group in ("events", "amounts", "headcounts", "counts", "dates", "sections", "paragraphs"):
        for record in getattr(document, group):
            if (record.start, record.end) == (span.start_char, span.end_char) and _fits(group, record, span.label_):
                return record
    return None


def _fits(group: str, record: Any, label: str) -> bool:
    if group in _LABELS:
        return label == _LABELS[group]
    if group == "paragraphs":
        return label == (record.functions[0] if record.functions else "none")
    own = {"events": "type", "counts": "kind", "sections": "role"}[group]
    return str(getattr(record, own)).lower() == label.lower()


def _sections(doc: Doc) -> Any:
    return _document(doc).sections


def _issues(doc: Doc) -> Any:
    return _document(doc).issues


# Getters by name: where processes are spawned, spaCy sends them to its workers.
Doc.set_extension("document", getter=_document, force=True)
Doc.set_extension("sections", getter=_sections, force=True)
Doc.set_extension("issues", getter=_issues, force=True)
Span.set_extension("record", getter=_record, force=True)
