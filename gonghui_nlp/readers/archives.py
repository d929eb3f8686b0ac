"""Archives: what is in them, one file after the other; nothing is unpacked to disk, and bombs stop at a limit."""

from __future__ import annotations

import bz2
import gzip
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, cast

from gonghui_nlp.errors import ReadingError

# Larger than any text that people wrote; what is larger is a dump, an image or a hole.
LARGEST = 256 << 20
DEEPEST = 5
# Texts shrink to a third, very monotonous ones to a twentieth; what shrinks to less than this is a bomb.
_RATIO = 100
_BLOCK = 1 << 20
_DAMAGE = (zipfile.BadZipFile, tarfile.TarError, OSError, EOFError, zlib.error, lzma.LZMAError, ValueError)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its bytes, or why it has none; ``skipped`` says in a word what is passed over."""

    name: str
    data: bytes = b""
    failure: str = ""
    skipped: str = ""


class Budget:
    """How much may still come out of one file, whatever is packed in it, archives in archives included."""

    def __init__(self, size: int, largest: int = LARGEST) -> None:
        self.largest = largest
        self._left = largest + _RATIO * size

    def take(self, stream: IO[bytes]) -> bytes:
        """All that a stream holds; ReadingError when it is more than a text can be or than is left."""
        blocks, held = [], 0
        while block := stream.read(_BLOCK):
            held += len(block)
            self._left -= len(block)
            if held > self.largest:
                raise ReadingError(f"unpacks to more ({self.largest:,} bytes) than a text can be; it is left packed")
            if self._left < 0:
                raise ReadingError("unpacks to more than a hundred times its size: a bomb; the rest is left packed")
            blocks.append(block)
        return b"".join(blocks)

    @property
    def is_spent(self) -> bool:
        """Whether nothing more may come out."""
        return self._left < 0


def members(kind: str, file: IO[bytes], name: str, budget: Budget) -> Iterator[Member]:
    """The files in an archive, in their order; raises ReadingError where it is damaged, when that is met."""
    opened = {"zip": _zip, "tar": _tar}.get(kind)
    try:
        yield from opened(file, budget) if opened else _single(kind, file, name, budget)
    except _DAMAGE as error:
        raise ReadingError(f"is a damaged archive: {error}") from error


def _zip(file: IO[bytes], budget: Budget) -> Iterator[Member]:
    with zipfile.ZipFile(file) as opened:
        for info in opened.infolist():
            name = _zip_name(info)
            if info.is_dir():
                continue
            if stat.S_ISLNK(info.external_attr >> 16):
                yield Member(name, skipped="link")
                continue
            if info.flag_bits & 1:
                yield Member(name, failure="is protected by a password; unpack it and run again")
                continue
            try:
                with opened.open(info) as stream:
                    data = budget.take(stream)
            except ReadingError as error:
                yield Member(name, failure=str(error))
                if budget.is_spent:
                    raise
                continue
            except NotImplementedError as error:
                yield Member(name, failure=f"is packed in a way that is not read ({error}); unpack it and run again")
                continue
            except (*_DAMAGE, RuntimeError) as error:
                yield Member(name, failure=f"is damaged in the archive: {error}")
                continue
            yield Member(name, data)


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The name of a member; Chinese programs write it in GBK and say nothing of it."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _tar(file: IO[bytes], budget: Budget) -> Iterator[Member]:
    with tarfile.open(fileobj=file, mode="r:") as opened:
        for info in opened:
            name = _tar_name(info.name)
            if info.isdir():
                continue
            stream = opened.extractfile(info) if info.isreg() else None
            if stream is None:
                yield Member(name, skipped="link" if info.issym() or info.islnk() else "device")
                continue
            try:
                data = budget.take(stream)
            except ReadingError as error:
                yield Member(name, failure=str(error))
                if budget.is_spent:
                    raise
                continue
            yield Member(name, data)


def _tar_name(name: str) -> str:
    """A name whose bytes are no UTF-8 is GBK; tarfile hands them over as surrogates."""
    raw = name.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


_SINGLE: dict[str, Callable[[IO[bytes]], IO[bytes]]] = {
    "gz": lambda file: cast("IO[bytes]", gzip.open(file)),  # noqa: SIM115
    "bz2": lambda file: cast("IO[bytes]", bz2.open(file)),  # noqa: SIM115
    "xz": lambda file: cast("IO[bytes]", lzma.open(file)),  # noqa: SIM115
}
_ENDINGS = {"gz": (".gz", ".tgz"), "bz2": (".bz2", ".tbz2"), "xz": (".xz", ".txz")}


def _single(kind: str, file: IO[bytes], name: str, budget: Budget) -> Iterator[Member]:
    """One packed file; a tar in it is unpacked in its turn."""
    inside = name.rsplit("/", 1)[-1]
    for ending in _ENDINGS[kind]:
        if inside.lower().endswith(ending):
            inside = inside[: -len(ending)] + (".tar" if ending.startswith(".t") else "")
            break
    with _SINGLE[kind](file) as stream:
        data = budget.take(stream)
    yield Member(inside or "inside", data)
