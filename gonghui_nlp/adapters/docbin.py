"""spaCy's ``DocBin`` as a form to annotate in: one Doc a text, its labelled stretches as the span group ``annotation``.

Importing this module makes ``spacy`` a tool for :func:`~gonghui_nlp.evaluation.annotation.write_export`. Tokens are cut
where stretches begin and end, so none is widened. spaCy has no relations: they stand in ``doc.user_data`` by the
spans' ids, and a span that is added has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gonghui_nlp.adapters.packing import GROUPS
from gonghui_nlp.adapters.segmentation import segment
from gonghui_nlp.evaluation.annotation import Arc, Refused, Task, register_tool
from gonghui_nlp.evaluation.annotation.tools import checked
from gonghui_nlp.files import write_whole

GROUP = "annotation"
KEY = "gonghui_annotation"
# Where a DocBin is of somebody else's making: spancat's group, and ours of a pipeline.
_OTHERS = ("sc", *(name for name in GROUPS if name not in ("sections", "paragraphs")))
_LONE = re.compile("[\ud800-\udfff]")


def write(tasks: list[Task], out: Path) -> None:
    """Writes the tasks as one DocBin file."""
    from spacy.tokens import Doc, DocBin, Span
    from spacy.util import get_words_and_spaces
    from spacy.vocab import Vocab

    vocab, docs = Vocab(), DocBin(store_user_data=True)
    for task in tasks:
        text = _LONE.sub("\ufffd", task.text)
        words, spaces = get_words_and_spaces(segment(text, (at for m in task.marks for at in (m.start, m.end))), text)
        doc = Doc(vocab, words=words, spaces=spaces)
        spans = []
        for mark in task.marks:
            span = doc.char_span(mark.start, mark.end, label=mark.label, alignment_mode="expand")
            if span is not None:
                spans.append(Span(doc, span.start, span.end, label=mark.label, span_id=mark.id))
        doc.spans[GROUP] = spans
        quotes = {m.id: [m.start, m.end, _LONE.sub("\ufffd", m.text)] for m in task.marks}
        doc.user_data[KEY] = {"name": task.name, "arcs": [list(arc) for arc in task.arcs], "quotes": quotes}
        docs.add(doc)
    write_whole(out, docs.to_bytes())


def read(path: Path) -> tuple[list[Task], list[Refused]]:
    """The tasks of a DocBin; InputError for a file that is none."""
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    data = path.read_bytes()
    try:
        docs = list(DocBin().from_bytes(data).get_docs(Vocab()))
    except Exception as error:  # zlib's, msgpack's, or a missing key: it is no DocBin
        raise ValueError(f"no DocBin ({type(error).__name__}: {error})") from error
    tasks, refused = [], []
    for number, doc in enumerate(docs, 1):
        task, wrong = _task(number, doc)
        tasks.append(task)
        refused += wrong
    return tasks, refused


def _task(number: int, doc: Any) -> tuple[Task, list[Refused]]:
    held = doc.user_data.get(KEY, {})
    name = str(held.get("name") or f"doc{number}")
    quotes = held.get("quotes", {})
    groups = (GROUP,) if GROUP in doc.spans else tuple(g for g in _OTHERS if g in doc.spans)
    marks = list(_marks(doc, groups, quotes))
    return checked(name, doc.text, marks, [Arc(*arc) for arc in held.get("arcs", ()) if len(arc) == 3])


def _marks(doc: Any, groups: tuple[str, ...], quotes: dict[str, Any]) -> Iterator[tuple[str, int, int, str, str]]:
    """The spans; one that we wrote and nobody moved has its own edges, though white space at its end made a token wider."""
    for group in groups:
        for n, span in enumerate(doc.spans[group], 1):
            start, end, quote = span.start_char, span.end_char, span.text
            was = quotes.get(span.id_)
            if was and was[2].strip() == quote.strip() and start <= was[0] <= was[1] <= max(end, was[1]):
                start, end, quote = was
            yield span.id_ or f"{group}{n}", start, end, span.label_, quote


register_tool("spacy", write, read)
