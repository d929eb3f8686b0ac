"""The Document on a spaCy Doc: kept in ``doc.user_data``, and written with it as plain data.

Where a Doc comes back without its user data (a ``DocBin`` that leaves it out, JSON), the text is analysed once more
with the settings that stand in its span groups.
"""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc
from srsly.msgpack import msgpack_decoders, msgpack_encoders

from gonghui_nlp.adapters.packing import GROUPS, Held, decode, encode
from gonghui_nlp.errors import InputError
from gonghui_nlp.pipeline import analyze
from gonghui_nlp.schema import Document
from gonghui_nlp.settings import Settings

KEY = "gonghui"
# The entry points say the same to a process that imports nothing of ours.
msgpack_encoders.register("gonghui", func=encode)
msgpack_decoders.register("gonghui", func=decode)


def hold(doc: Doc, document: Document) -> None:
    """Puts the Document on the Doc."""
    doc.user_data[KEY] = Held(document)


def held(doc: Doc) -> Document | None:
    """The Document that a Doc bears; None where it bears none of its own text (Docs were joined, a part was taken)."""
    found = doc.user_data.get(KEY)
    length = doc[-1].idx + len(doc[-1].text_with_ws) if len(doc) else 0
    return found.document(lambda: doc.text) if isinstance(found, Held) and found.characters == length else None


def document_of(doc: Doc) -> Document:
    """The Document of a Doc; made of its text and kept where the Doc lost it.

    Raises InputError where the settings are lost too and those by default find something else than the spans say.
    """
    if (there := held(doc)) is not None:
        return there
    given: dict[str, Any] = next(
        (doc.spans[group].attrs[KEY] for group in GROUPS if KEY in _attributes(doc, group)), {}
    )
    document = analyze(doc.text, Settings(**given))
    for group in GROUPS:
        if group in doc.spans and len(doc.spans[group]) != len(getattr(document, group)):
            raise InputError(
                f"the Doc has {len(doc.spans[group])} {group} and its text {len(getattr(document, group))}: it was made"
                " with other settings and came back without them; pass its text through its pipeline again"
            )
    hold(doc, document)
    return document


def _attributes(doc: Doc, group: str) -> dict[str, Any]:
    return doc.spans[group].attrs if group in doc.spans else {}
