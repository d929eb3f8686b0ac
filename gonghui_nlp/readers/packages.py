"""Zipped documents and their XML: parts read up to a limit, nothing resolved, nothing fetched."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from gonghui_nlp.errors import ReadingError

# The XML of a document is ten to thirty times its text.
LARGEST_PART = 64 << 20


class Package:
    """The parts of a zipped document by their names; ReadingError where it is damaged or a part is a bomb."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._names = {name.replace("\\", "/").lstrip("/").lower(): name for name in self._zip.namelist()}
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise ReadingError(f"is a damaged document: {error}") from error

    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._names)

    def part(self, name: str) -> bytes | None:
        """The bytes of a part; None where there is none."""
        found = self._names.get(name.lstrip("/").lower())
        if found is None:
            return None
        try:
            with self._zip.open(found) as stream:
                data = stream.read(LARGEST_PART + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            RuntimeError,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
        ) as error:
            raise ReadingError(f"is a damaged document: {error}") from error
        if len(data) > LARGEST_PART:
            raise ReadingError(f"unpacks to more ({LARGEST_PART:,} bytes) than a text can be; it is left packed")
        return data

    def xml(self, name: str) -> etree._Element | None:
        """The root of a part; None where there is none."""
        data = self.part(name)
        return None if data is None else parse_xml(data)

    def related(self, name: str) -> dict[str, str]:
        """The parts that a part names, by the last word of the kind of their relation."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", base + ".rels"))
        out: dict[str, str] = {}
        for relation in [] if root is None else root:
            if not isinstance(relation.tag, str) or relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            out.setdefault(relation.get("Type", "").rsplit("/", 1)[-1], path)
        return out


def parse_xml(data: bytes) -> etree._Element:
    """The root of an XML text; ReadingError where it is damaged or defines entities, which no document needs."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadingError(f"is a damaged document: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ReadingError("defines entities or a type of its own, which no document needs; it is not read")
    return root


def local(element: etree._Element) -> str:
    """The name of an element without its name space, which old and strict forms write otherwise; "" for what is none."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str = "val") -> str | None:
    """The attribute of this name, in whatever name space."""
    if (value := element.get(name)) is not None:
        return str(value)
    return next((str(v) for k, v in element.attrib.items() if str(k).rsplit("}", 1)[-1] == name), None)


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first child of the name, and of it the first of the next."""
    for name in path:
        if element is None:
            return None
        element = next((c for c in element if local(c) == name), None)
    return element


def children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """The children of this name."""
    return (c for c in ([] if element is None else element) if local(c) == name)
