"""A Document as plain data, and the holder that spaCy writes as such.

spaCy's serialiser loads :func:`encode` and :func:`decode` by their entry points when it is itself being imported, so this
module imports nothing of spaCy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from gonghui_nlp import schema
from gonghui_nlp.schema import Document, Finding, Label, Source
from gonghui_nlp.settings import Settings

GROUPS = ("events", "amounts", "headcounts", "counts", "dates", "sections", "paragraphs")
"""The span groups of a Doc, each the records of a Document."""
_RECORDS = ("constituents", *GROUPS, "issues")


class Held:
    """A Document, or its plain data until somebody asks for it."""

    __slots__ = ("_document", "_packed")

    def __init__(self, document: Document | None, packed: dict[str, Any] | None = None) -> None:
        self._document, self._packed = document, packed

    @property
    def characters(self) -> int:
        """The length of the text it was made of."""
        if self._document is not None:
            return len(self._document.text)
        assert self._packed is not None
        return int(self._packed["characters"])

    def document(self, text: Callable[[], str]) -> Document:
        """The Document; ``text`` gives its text, and is only asked where it comes out of plain data."""
        if self._document is None:
            assert self._packed is not None
            self._document, self._packed = unpack(self._packed, text()), None
        return self._document

    def packed(self) -> dict[str, Any]:
        """As plain data."""
        if self._document is not None:
            return pack(self._document)
        assert self._packed is not None
        return self._packed


def given_of(settings: Settings) -> dict[str, Any]:
    """What a user set, as plain values: ``Settings(**given_of(settings)) == settings``."""
    default, out = Settings(), {}
    for f in fields(Settings):
        if (value := getattr(settings, f.name)) != getattr(default, f.name):
            out[f.name] = list(value) if f.name == "stages" else dict(value) if f.name == "labels" else value
    return out


def pack(document: Document) -> dict[str, Any]:
    """A Document as plain data without its text, each record under the name of its class.

    >>> from gonghui_nlp.pipeline import analyze
    >>> document = analyze("看望了18名患病教职工。")
    >>> unpack(pack(document), document.text) == document
    True
    """
    source = document.source
    return {
        "characters": len(document.text),
        "name": document.name,
        "settings": given_of(document.settings),
        "labels": [list(label) for label in document.labels],
        "scored": list(document.scored),
        "source": source and {f.name: _plain(getattr(source, f.name)) for f in fields(source) if f.name != "text"},
        "more": {name: _plain(found) for name, found in document.more.items()},
        **{kind: _plain(getattr(document, kind)) for kind in _RECORDS},
    }


def unpack(data: dict[str, Any], text: str) -> Document:
    """The Document of plain data and its text."""
    known = _classes()
    source = data["source"]
    return Document(
        text,
        data["name"],
        source=source and Source(text=text, **{name: _record(v, text, known) for name, v in source.items()}),
        settings=Settings(**data["settings"]),
        labels=tuple(Label(*label) for label in data["labels"]),
        scored=tuple(data["scored"]),
        more={name: _record(found, text, known) for name, found in data["more"].items()},
        **{kind: _record(data[kind], text, known) for kind in _RECORDS},
    )


def _classes() -> dict[str, type]:
    """Ours, and the classes of records of one's own that are imported; a stranger's data imports nothing."""
    own = {cls.__name__: cls for cls in _below(Finding)}
    ours: dict[str, type] = {name: getattr(schema, name) for name in schema.__all__}
    return own | ours


def _below(cls: type) -> Iterator[type]:
    each: type
    for each in cls.__subclasses__():
        yield each
        yield from _below(each)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        return {type(value).__name__: [_plain(getattr(value, f.name)) for f in fields(value) if f.name != "text"]}
    return value


def _record(value: Any, text: str, known: dict[str, type]) -> Any:
    if isinstance(value, list | tuple):
        return tuple(_record(each, text, known) for each in value)
    if not isinstance(value, dict):
        return value
    ((name, values),) = value.items()
    cls = known.get(name, Finding)
    names = [f.name for f in fields(cls) if f.name != "text"]
    given = dict(zip(names, (_record(each, text, known) for each in values), strict=False))
    if any(f.name == "text" for f in fields(cls)):
        given["text"] = text[given["start"] : given["end"]]
    return cls(**given)


def encode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """For spaCy's msgpack: a held Document as plain data."""
    if isinstance(value, Held):
        return {"gonghui_document": value.packed()}
    return value if chain is None else chain(value)


def decode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """For spaCy's msgpack: plain data as a held Document."""
    if isinstance(value, dict) and "gonghui_document" in value:
        return Held(None, value["gonghui_document"])
    return value if chain is None else chain(value)
