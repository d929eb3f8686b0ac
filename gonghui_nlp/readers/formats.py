"""The formats that are read: by what each is called, the reader that turns its bytes into plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gonghui_nlp.errors import InputError
from gonghui_nlp.readers.decoded import Decoded
from gonghui_nlp.readers.encodings import decode

Reader = Callable[[bytes], Decoded]


# Libraries are loaded when the first such file is met.
def _docx(data: bytes) -> Decoded:
    from gonghui_nlp.readers.docx import read

    return read(data)


def _word_xml(data: bytes) -> Decoded:
    from gonghui_nlp.readers.docx import read_xml

    return read_xml(data)


def _doc(data: bytes) -> Decoded:
    from gonghui_nlp.readers.doc import read

    return read(data)


def _html(data: bytes) -> Decoded:
    from gonghui_nlp.readers.html import read

    return read(data)


def _mhtml(data: bytes) -> Decoded:
    from gonghui_nlp.readers.html import read_mhtml

    return read_mhtml(data)


def _markdown(data: bytes) -> Decoded:
    from gonghui_nlp.readers.markdown import read

    return read(data)


def _odt(data: bytes) -> Decoded:
    from gonghui_nlp.readers.odt import read

    return read(data)


def _pdf(data: bytes) -> Decoded:
    from gonghui_nlp.readers.pdf import read

    return read(data)


def _rtf(data: bytes) -> Decoded:
    from gonghui_nlp.readers.rtf import read

    return read(data)


READERS: dict[str, Reader] = {
    "txt": decode,
    "doc": _doc,
    "docx": _docx,
    "html": _html,
    "md": _markdown,
    "mhtml": _mhtml,
    "odt": _odt,
    "pdf": _pdf,
    "rtf": _rtf,
    "wordxml": _word_xml,
}
_own_suffixes: dict[str, str] = {}
TEXT_SUFFIXES = frozenset({".txt", ".text"})


def register_reader(name: str, suffixes: Iterable[str], reader: Reader) -> None:
    """Makes a format known: files of these suffixes are texts, and ``reader`` turns their bytes into one.

    A reader returns :class:`~gonghui_nlp.readers.Decoded`; it raises ReadingError, with the reason, for bytes that
    are no such file. Raises InputError for a suffix without its dot or one that another format has.

    >>> register_reader("shouting", [".shout"], lambda data: decode(data.upper()))
    >>> own_format(".shout")
    'shouting'
    """
    suffixes = [suffix.lower() for suffix in suffixes]
    for suffix in suffixes:
        taken = "txt" if suffix in TEXT_SUFFIXES else own_format(suffix)
        if not suffix.startswith("."):
            raise InputError(f"suffix {suffix!r} of the format {name!r} has no dot; give one such as '.md'")
        if taken not in (None, name):
            raise InputError(f"files with the suffix {suffix!r} are read as {taken} already")
    READERS[name] = reader
    _own_suffixes.update(dict.fromkeys(suffixes, name))


def own_format(suffix: str) -> str | None:
    """The format of one's own that was registered for a suffix; for all others the bytes decide."""
    return _own_suffixes.get(suffix.lower())
