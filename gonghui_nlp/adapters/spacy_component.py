"""spaCy: a tokenizer that respects our spans, and a component that puts what we found on the Doc.

``doc.spans`` holds ``events``, ``amounts``, ``headcounts``, ``counts``, ``dates``, ``sections`` and ``paragraphs``;
``doc.cats`` the shares of the functions; ``doc._.gonghui`` the Document; ``span._.value``, ``span._.amounts`` … what the
record behind a span says (see :mod:`.extensions`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from inspect import Parameter, Signature
from typing import Any, cast

from spacy.lang.zh import Chinese
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans, minibatch, registry
from spacy.vocab import Vocab

from gonghui_nlp.adapters.extensions import label_of, register_extensions
from gonghui_nlp.adapters.packing import GROUPS, Held, given_of
from gonghui_nlp.adapters.segmentation import edges, segment, spaced
from gonghui_nlp.adapters.stored import KEY, held, hold
from gonghui_nlp.errors import InputError
from gonghui_nlp.pipeline import Pipeline
from gonghui_nlp.resources import opened, using
from gonghui_nlp.schema import Document, Placed
from gonghui_nlp.settings import Settings

_SURROGATE = re.compile("[\ud800-\udfff]")
_SENTENCE_ENDS = "。！？!?；;"
_CLOSERS = "”’」』）)"
_BATCH = 64


def load(settings: Settings | None = None, *, prefix: str = "", **given: Any) -> Language:
    """A spaCy pipeline for Chinese with our tokenizer and component.

    ``settings``, or the fields of :class:`~gonghui_nlp.settings.Settings` one by one, are what ``add_pipe`` takes as
    its config; ``prefix`` stands before the names of our extensions of a span. An unknown field is an InputError.

    >>> nlp = load(min_confidence=0.1)
    >>> doc = nlp("春节前看望了18名患病教职工。")
    >>> [(s.text, s.label_, s._.participants.text) for s in doc.spans["events"]]
    [('看望了18名患病教职工', 'aid', '患病教职工')]
    """
    if unknown := sorted(given.keys() - {f.name for f in fields(Settings)}):
        known = ", ".join(f.name for f in fields(Settings))
        raise InputError(f"load takes no {unknown[0]!r}; settings are {known}")
    if settings is not None and given:
        raise InputError(f"load takes settings, or {', '.join(sorted(given))} by itself; not both")
    plain = given_of(settings or Settings(**given))
    # A blank pipeline whose tokenizer is ours from the start, so that it is saved and loaded with its name.
    tokenizer = {"@tokenizers": "gonghui.Tokenizer.v1", "settings": plain}
    nlp = _InBulk.from_config({"nlp": {"lang": "zh", "tokenizer": tokenizer}})
    nlp.add_pipe("gonghui", config={**plain, "prefix": prefix})
    return nlp


class _InBulk(Chinese):
    """spaCy's Chinese, whose ``pipe`` has many texts analysed together; a Doc is what it would be alone."""

    def pipe(self, texts: Any, *given: Any, **more: Any) -> Any:
        alone = isinstance(self.tokenizer, Tokenizer) and more.get("n_process", 1) == 1 and not more.get("as_tuples")
        return super().pipe(self._docs(texts) if alone else texts, *given, **more)

    def _docs(self, texts: Iterable[str | Doc]) -> Iterator[str | Doc]:
        for batch in minibatch(texts, _BATCH):  # type: ignore[no-untyped-call]
            # What spaCy refuses for its length it refuses itself.
            fit = [isinstance(text, str) and len(text) <= self.max_length for text in batch]
            docs = cast(Tokenizer, self.tokenizer).many([text for text, yes in zip(batch, fit, strict=True) if yes])
            for text, yes in zip(batch, fit, strict=True):
                yield next(docs) if yes else text


@registry.tokenizers("gonghui.Tokenizer.v1")  # type: ignore[untyped-decorator]
def make_tokenizer(settings: dict[str, Any] = {}) -> Callable[[Language], Tokenizer]:  # noqa: B006
    """The factory that spaCy's configuration names."""
    return lambda nlp: Tokenizer(nlp.vocab, Settings(**settings))


class Tokenizer:
    """Splits at the spans we found first, then lets jieba segment between them; ``doc.text`` is the text.

    A lone surrogate, which spaCy cannot hold, becomes U+FFFD; every offset stays.
    """

    def __init__(self, vocab: Vocab, settings: Settings | None = None) -> None:
        self.vocab = vocab
        self.pipeline = Pipeline(settings=settings)

    def __call__(self, text: str) -> Doc:
        return self._doc(self.pipeline.analyze(_SURROGATE.sub("\ufffd", text)))

    def many(self, texts: Iterable[str]) -> Iterator[Doc]:
        """The Docs of many texts, which are analysed together."""
        return map(self._doc, self.pipeline.analyze_many([_SURROGATE.sub("\ufffd", text) for text in texts]))

    def _doc(self, document: Document) -> Doc:
        # As spaCy would split them itself (get_words_and_spaces), so that a Doc comes back from JSON.
        with using(opened(document.settings.resources)):
            words, spaces = spaced(segment(document.text, edges(document)))
        starts: list[bool | int | None] = [*_sentence_starts(words)]
        return Doc(self.vocab, words=words, spaces=spaces, sent_starts=starts, user_data={KEY: Held(document)})

    def __reduce__(self) -> tuple[Any, ...]:
        return Tokenizer, (self.vocab, self.pipeline.settings)

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing to keep: its settings stand in the configuration."""
        return b""

    def from_bytes(self, data: bytes, **_: Any) -> Tokenizer:
        """The tokenizer itself."""
        return self

    def to_disk(self, path: Any, **_: Any) -> None:
        """Nothing to keep: its settings stand in the configuration."""

    def from_disk(self, path: Any, **_: Any) -> Tokenizer:
        """The tokenizer itself."""
        return self


def _sentence_starts(words: list[str]) -> Iterator[bool]:
    ended = True
    for word in words:
        if word.isspace():
            ended = ended or "\n" in word
            yield word is words[0]
            continue
        yield ended and word not in _CLOSERS
        ended = word[-1] in _SENTENCE_ENDS or (ended and word in _CLOSERS)


_DEFAULTS: dict[str, Any] = {f.name: getattr(Settings(), f.name) for f in fields(Settings)} | {
    "labels": {},
    "prefix": "",
}


def make_component(nlp: Language, name: str, **config: Any) -> Component:
    """The factory behind ``nlp.add_pipe("gonghui", config={…})``; works behind any tokenizer.

    The config holds any of the fields of Settings, and ``prefix``.
    """
    prefix = config.pop("prefix")
    return Component(Settings(**config), prefix)


# spaCy reads from the signature what may stand in a config: every setting, whatever settings there will be.
make_component.__signature__ = Signature(  # type: ignore[attr-defined]
    [
        *(Parameter(n, Parameter.POSITIONAL_OR_KEYWORD, annotation=Any) for n in ("nlp", "name")),
        *(Parameter(n, Parameter.KEYWORD_ONLY, annotation=Any) for n in _DEFAULTS),
    ]
)
Language.factory(
    "gonghui", assigns=["doc.spans", "doc.ents", "doc.cats"], default_config=_DEFAULTS, func=make_component
)


class Component:
    """Puts what we found into ``doc.spans`` and ``doc.cats``, and the quantities that do not overlap into ``doc.ents``."""

    def __init__(self, settings: Settings | None = None, prefix: str = "") -> None:
        register_extensions(prefix)
        self.prefix = prefix
        self.pipeline = Pipeline(settings=settings)

    def __call__(self, doc: Doc) -> Doc:
        return next(iter(self.pipe([doc])))

    def __reduce__(self) -> tuple[Any, ...]:
        return Component, (self.pipeline.settings, self.prefix)

    def pipe(self, stream: Iterable[Doc], batch_size: int = _BATCH) -> Iterator[Doc]:
        """The Docs with what was found; those that no tokenizer of ours made are analysed together."""
        for docs in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            there = {i: found for i, doc in enumerate(docs) if (found := self._known(doc)) is not None}
            texts = [doc.text for i, doc in enumerate(docs) if i not in there]
            new = self.pipeline.analyze_many(texts)
            for i, doc in enumerate(docs):
                if i not in there:
                    hold(doc, found := next(new))
                    there[i] = found
                yield annotate(doc, there[i])

    def _known(self, doc: Doc) -> Document | None:
        found = held(doc)
        return found if found is not None and found.settings == self.pipeline.settings else None


def annotate(doc: Doc, document: Document) -> Doc:
    """Puts the records of the Document of its text on a Doc."""
    settings = given_of(document.settings)
    places: list[tuple[int, int]] = doc.to_array(["IDX", "LENGTH"]).tolist() if len(doc) else []
    first = {start: i for i, (start, _) in enumerate(places)}
    last = {start + length: i for i, (start, length) in enumerate(places, 1)}

    def spanned(record: Placed) -> Span | None:
        label, start, end = label_of(record), first.get(record.start), last.get(record.end)
        if start is not None and end is not None and start < end:
            return Span(doc, start, end, label=label)
        return doc.char_span(record.start, record.end, label=label, alignment_mode="expand")

    quantities: list[Span] = []
    for group in GROUPS:
        spans = [span for record in getattr(document, group) if (span := spanned(record)) is not None]
        doc.spans[group] = spans
        doc.spans[group].attrs[KEY] = settings
        quantities += spans if group in ("amounts", "headcounts", "counts", "dates") else ()
    doc.set_ents(filter_spans([*quantities, *doc.ents]))
    doc.cats.update(profile(document))
    return doc


def profile(document: Document) -> dict[str, float]:
    """The share of each label among the paragraphs, ``none`` last; a paragraph of two functions counts half for each.

    >>> from gonghui_nlp.pipeline import analyze
    >>> profile(analyze("一、送温暖\\n看望了18名患病职工。"))
    {'safeguarding': 1.0, 'participation': 0.0, 'education': 0.0, 'building': 0.0, 'none': 0.0}
    """
    if not document.labels:
        return {}
    shares = dict.fromkeys([*(label.name for label in document.labels), "none"], 0.0)
    for paragraph in document.paragraphs:
        for function in paragraph.functions or ("none",):
            part = 1 / max(1, len(paragraph.functions))
            shares[function] = shares.get(function, 0.0) + part / len(document.paragraphs)
    return {name: round(share, 6) for name, share in shares.items()}
