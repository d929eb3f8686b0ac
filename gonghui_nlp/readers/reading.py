"""A file becomes its texts: one for a document, several for an archive or a table with a column of texts."""

from __future__ import annotations

import hashlib
import io
import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Literal

from gonghui_nlp.errors import ReadingError
from gonghui_nlp.readers import office
from gonghui_nlp.readers.archives import DEEPEST, LARGEST, Budget, members
from gonghui_nlp.readers.decoded import Decoded
from gonghui_nlp.readers.encodings import decode_as
from gonghui_nlp.readers.folders import Entry, free, is_regular, writable
from gonghui_nlp.readers.formats import READERS, TEXT_SUFFIXES, own_format
from gonghui_nlp.readers.kinds import ARCHIVES, HEAD, NO_TEXT, NOT_READ, TABLES, kind_inside, kind_of
from gonghui_nlp.schema import Issue, Source

_OLD_WORD = frozenset({".doc", ".dot", ".wps"})
# What the file is called for LibreOffice.
_SUFFIX = {"doc": ".doc", "works": ".wps"}


@dataclass(frozen=True, slots=True)
class Way:
    """How texts are read: the encoding a user named for plain text, and the column of tables that holds the texts."""

    encoding: str | None = None
    text_column: str | None = None


def read_entry(
    entry: Entry,
    encoding: str | None = None,
    text_column: str | None = None,
    reached: Callable[[int], None] | None = None,
) -> Iterator[Source]:
    """The texts of what :func:`find_files` found, one by one; what is not read says why.

    An archive gives what is in it, named ``archive/member``, and a Source of its own last; so does a table with
    ``text_column``, a text a row. ``reached`` is told, before each, how many bytes of the file were read. Never raises
    for what is in the file or for a file that cannot be opened.
    """
    if entry.status != "read":
        yield Source(entry.name, "", format=entry.kind, encoding="", status=entry.status, message=entry.message)
        return
    way, path = Way(encoding, text_column), entry.path
    try:
        if not is_regular(path):
            yield _refused(entry.name, "is no file that can be read to its end (a folder, pipe, socket or device)")
            return
        with path.open("rb") as file:
            for source in _texts(entry.name, path.suffix, file, path.stat().st_size, way):
                if reached:
                    reached(file.tell())
                yield source
    except (OSError, ValueError) as error:
        yield _refused(entry.name, f"cannot be opened: {getattr(error, 'strerror', None) or error}")
    except MemoryError:
        yield _refused(entry.name, "does not fit into the memory; split it")


def read_file(path: Path, name: str, encoding: str | None) -> Source:
    """One file that holds one text; an archive or a table is refused."""
    first, *more = [source for source, _ in zip(read_entry(Entry(name, path), encoding), range(2), strict=False)]
    if more or (first.format in ARCHIVES and first.status == "ok"):
        return _refused(name, "holds several texts; convert it", first.format)
    return first


def _refused(name: str, message: str, kind: str = "") -> Source:
    return Source(name, "", format=kind or "txt", encoding="", status="failed", message=message)


def _texts(name: str, suffix: str, file: IO[bytes], size: int, way: Way) -> Iterator[Source]:
    """The texts of an open file."""
    head = file.read(HEAD)
    file.seek(0)
    own = own_format(suffix)
    if own is None and kind_of(head, suffix) in ARCHIVES:
        kind = kind_inside(kind_of(head, suffix), file)
        file.seek(0)
        if kind in ARCHIVES:
            yield from _archive(name, kind, file, Budget(size), way, 1)
            return
    if size > LARGEST:
        yield _refused(name, f"is larger ({size:,} bytes) than a text can be ({LARGEST:,}); split it")
        return
    yield from _one(name, suffix, file.read(), way)


def _archive(name: str, kind: str, file: IO[bytes], budget: Budget, way: Way, depth: int) -> Iterator[Source]:
    """What is in an archive, and the archive itself last: what came of it as a whole."""
    digest, size = hashlib.sha256(), 0
    while block := file.read(1 << 20):
        digest.update(block)
        size += len(block)
    file.seek(0)
    held, taken = 0, set[str]()
    try:
        for member in members(kind, file, name, budget):
            held += 1
            inside = free(writable(f"{name}/{member.name}"), taken)
            if member.skipped:
                message = f"is a {member.skipped}, not a file"
                yield Source(inside, "", format=member.skipped, encoding="", status="skipped", message=message)
            elif member.failure:
                yield _refused(inside, member.failure)
            else:
                yield from _member(inside, member.data, budget, way, depth)
        done = Source(
            name, "", digest.hexdigest(), size, kind, "", "ok", f"an archive; each of its {held} files has its own row"
        )
    except ReadingError as error:
        done = Source(name, "", digest.hexdigest(), size, kind, "", "failed", str(error))
    yield done


def _member(name: str, data: bytes, budget: Budget, way: Way, depth: int) -> Iterator[Source]:
    suffix = posixpath.splitext(name)[1]
    kind = kind_of(data[:HEAD], suffix) if own_format(suffix) is None else ""
    if kind in ARCHIVES and (kind := kind_inside(kind, io.BytesIO(data))) in ARCHIVES:
        if depth >= DEEPEST:
            yield _refused(name, f"is an archive more than {DEEPEST} deep in others; unpack it and run again", kind)
        else:
            yield from _archive(name, kind, io.BytesIO(data), budget, way, depth + 1)
        return
    yield from _one(name, suffix, data, way, inside=True)


def _one(name: str, suffix: str, data: bytes, way: Way, inside: bool = False) -> Iterator[Source]:
    """The text of one file that is no archive, or the texts of a table."""
    kind = own_format(suffix) or _kind(data, suffix)
    digest = hashlib.sha256(data).hexdigest()

    def source(decoded: Decoded | None, message: str = "", status: str = "failed") -> Source:
        if decoded is None:
            return Source(name, "", digest, len(data), kind, "", status, message)  # type: ignore[arg-type]
        status = "ok" if decoded.text.strip() else "empty"
        note = message or ("" if status == "ok" else "holds no text")
        facts = (digest, len(data), kind, decoded.encoding, status, note, decoded.issues)
        made = Source(name, decoded.text, *facts)  # type: ignore[arg-type]
        return replace(made, derived=inside or not _gives_back(data, kind, decoded), headings=decoded.headings)

    if kind in NO_TEXT and suffix.lower() not in TEXT_SUFFIXES:
        yield source(None, f"is {NO_TEXT[kind]}", "skipped")
        return
    if kind in TABLES and not way.text_column:
        yield source(None, "is a table; name the column that holds its texts (--text-column)", "skipped")
        return
    if kind in TABLES:
        yield from _table(name, kind, data, way)
        return
    try:
        if kind == "txt" and way.encoding:
            yield source(decode_as(data, way.encoding))
        elif reader := READERS.get(kind):
            yield source(reader(data))
        else:
            what = NO_TEXT.get(kind) or NOT_READ.get(kind) or f"of a format ({kind.upper()}) that is not read yet"
            yield source(*_by_office(kind, data, f"is {what}"))
    except ReadingError as error:
        yield source(*_by_office(kind, data, str(error)))
    except MemoryError:
        yield source(None, "its text does not fit into the memory; split it")
    except Exception as error:  # libraries raise what they like for what is in a file; the batch goes on
        yield source(None, f"internal error, please report it: {type(error).__name__}: {error}")


def _kind(data: bytes, suffix: str) -> str:
    """What a file is; an old Word file that is cut off before it says what it holds is a damaged one."""
    kind = kind_inside(kind_of(data[:HEAD], suffix), io.BytesIO(data))
    return "doc" if kind == "ole" and suffix.lower() in _OLD_WORD else kind


def _by_office(kind: str, data: bytes, failure: str) -> tuple[Decoded | None, str]:
    """What LibreOffice, where it is installed, reads of a file on which we failed, and what is to be said of it."""
    program = office.found() if kind in office.KINDS and "password" not in failure else None
    if program is None:
        return None, failure
    try:
        decoded = office.read(data, _SUFFIX[kind], program)
    except (ReadingError, OSError) as error:
        return None, f"{failure}; {error}"
    message = f"read by LibreOffice; our own reader says that it {failure}"
    return replace(decoded, issues=(*decoded.issues, Issue(0, 0, "", "encoding_doubt", message))), message


def _table(name: str, kind: str, data: bytes, way: Way) -> Iterator[Source]:
    """The texts in a column of a table, and the table itself last."""
    from gonghui_nlp.readers.columns import rows_of

    digest, held, taken = hashlib.sha256(data).hexdigest(), 0, set[str]()
    about = (digest, len(data), kind, "")
    try:
        for row in rows_of(kind, data, way.text_column or "", way.encoding):
            held += 1
            raw = row.text.encode("utf-8", "surrogatepass")
            status: Literal["ok", "empty"] = "ok" if row.text.strip() else "empty"
            facts = (
                hashlib.sha256(raw).hexdigest(),
                len(raw),
                kind,
                "",
                status,
                "" if row.text.strip() else "holds no text",
            )
            yield Source(
                free(writable(f"{name}/{row.place}"), taken), row.text, *facts, derived=True, fields=row.fields
            )
        done = Source(name, "", *about, "ok", f"a table; each of its {held} texts has its own row")
    except ReadingError as error:
        done = Source(name, "", *about, "failed", str(error))
    except MemoryError:
        done = Source(name, "", *about, "failed", "its text does not fit into the memory; split it")
    except Exception as error:
        message = f"internal error, please report it: {type(error).__name__}: {error}"
        done = Source(name, "", *about, "failed", message)
    yield done


def _gives_back(data: bytes, kind: str, decoded: Decoded) -> bool:
    """Whether the file itself, decoded by anybody, is the text that offsets point into."""
    if kind != "txt":
        return False
    try:
        return data.decode(decoded.encoding, "replace") == decoded.text
    except LookupError:
        return False
