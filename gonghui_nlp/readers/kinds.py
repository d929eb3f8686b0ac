"""What a file is, by its bytes; the suffix decides only between kinds of plain text.

Libraries that know magic numbers know those of two letters too, and take Chinese in GBK for pictures and sounds. The
ones here are long enough that no text begins with them.
"""

from __future__ import annotations

import codecs
import re
import zipfile
from typing import IO

# So much of the beginning says what a file is.
HEAD = 8192
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x1f\x8b\x08", "gz"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"PAR1", "parquet"),
    (b"\x89PNG\r\n\x1a\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF87a", "picture"),
    (b"GIF89a", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"ID3\x03", "sound"),
    (b"ID3\x04", "sound"),
    (b"OggS", "sound"),
    (b"fLaC", "sound"),
    (b"\x1aE\xdf\xa3", "film"),
    (b"FLV\x01", "film"),
    (b"\x00\x00\x01\xba", "film"),
    (b"0&\xb2u\x8ef\xcf\x11", "film"),
    (b"SQLite format 3\0", "database"),
    (b"\0\1\0\0Standard ", "database"),
    (b"wOFF", "font"),
    (b"OTTO", "font"),
    (b"%!PS", "postscript"),
)
# Marks that do not stand at the very beginning: what must stand there, and what behind it.
_LATER: tuple[tuple[bytes, int, bytes, str], ...] = (
    (b"BM", 6, b"\0\0\0\0", "picture"),
    (b"MZ", 4, b"\0\0\0", "program"),
    (b"RIFF", 8, b"AVI ", "film"),
    (b"RIFF", 8, b"WAVE", "sound"),
    (b"RIFF", 8, b"WEBP", "picture"),
    (b"", 4, b"ftyp", "film"),
    (b"", 257, b"ustar", "tar"),
)
# Never a text that anybody wrote: passed over.
NO_TEXT = {
    "picture": "a picture; text in it needs OCR",
    "program": "a program",
    "sound": "a sound recording",
    "film": "a film",
    "database": "a database; export its texts as CSV",
    "font": "a font",
    "code": "a program text or a setting by its suffix",
    "ole": "an old Office file without a document in it",
}
# Texts may be in there, but nothing here reads them: a named failure.
NOT_READ = {
    "7z": "a 7z archive; unpack it and run again",
    "rar": "a RAR archive; unpack it and run again",
    "ofd": "an OFD document; save it as PDF or Word and run again",
    "ppt": "an old presentation; save it as PDF or text and run again",
    "pptx": "a presentation; save it as PDF or text and run again",
    "epub": "an e-book; save it as HTML or text and run again",
    "postscript": "PostScript; convert it to PDF and run again",
    "encrypted": "protected by a password; save it without and run again",
    "works": "a file of an Office program that is not read; save it as .docx and run again",
}
ARCHIVES = frozenset({"zip", "tar", "gz", "bz2", "xz"})
TABLES = frozenset({"csv", "tsv", "xlsx", "xls", "ods", "jsonl", "json", "parquet"})
# Kinds that look like plain text: there the suffix decides.
_BY_SUFFIX = {
    ".md": "md",
    ".markdown": "md",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
} | dict.fromkeys(
    ".css .js .ts .py .pyc .java .c .h .cpp .cs .go .rs .sh .bat .cmd .ps1 .ini .cfg .conf .toml .yaml .yml .inf .lnk"
    " .url .reg .sql .log .xsl .xsd .dtd .svg .xml .map .php .asp .aspx .jsp".split(),
    "code",
)
_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*){0,5}<(?:!doctype\s+html|(?:html|head|body|meta|title)\b)",
    re.I | re.S,
)
_FRAGMENT = re.compile(r"<(?:p|div|table|span|br|h[1-6]|font|td)\b[^<>]{0,500}>", re.I)
_MAIL = re.compile(r"\s*(?:[A-Z][\w-]{1,40}:[^\n]{0,400}\r?\n(?:[ \t][^\n]{0,400}\r?\n)*){1,30}", re.I)
_RELATED = re.compile(r"(?im)^content-type:\s*multipart/related")
_WORD_XML = re.compile(r'<\?mso-application\s+progid="Word\.Document"\?>|<(?:w:wordDocument|pkg:package)\b')


def kind_of(head: bytes, suffix: str = "") -> str:
    """What the file that begins so is, in a word; ``txt`` for whatever else may be a text.

    ``zip`` and ``ole`` are containers of many kinds, which :func:`kind_inside` tells apart.

    >>> kind_of(b"%PDF-1.4"), kind_of(b"<html><body>", ".doc"), kind_of("工会".encode("gbk"), ".csv")
    ('pdf', 'html', 'csv')
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    for magic, at, more, kind in _LATER:
        if head.startswith(magic) and head[at : at + len(more)] == more:
            return kind
    suffix = suffix.lower()
    text = _as_text(head)
    if _WORD_XML.search(text[:2000]):
        return "wordxml"
    if _MARKUP.match(text):
        return "html"
    if (mail := _MAIL.match(text)) and _RELATED.search(mail[0]):
        return "mhtml"
    if suffix in (".htm", ".html", ".shtml", ".xhtml", ".doc", ".wps") and _FRAGMENT.search(text):
        return "html"
    return _BY_SUFFIX.get(suffix, "txt")


def _as_text(head: bytes) -> str:
    """The beginning as far as its ASCII goes."""
    for bom, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(bom):
            return head[2:].decode(encoding, "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")


# A zip container is what the first of these members says.
_ZIPPED = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsx"),
    ("ppt/presentation.xml", "pptx"),
    ("OFD.xml", "ofd"),
    ("META-INF/container.xml", "epub"),
)
_ODF = {"text": "odt", "spreadsheet": "ods", "presentation": "pptx"}


def kind_inside(kind: str, file: IO[bytes]) -> str:
    """What a ``zip`` or ``ole`` container is: a document, a table, an archive; any other kind as it came."""
    if kind == "zip":
        return _zip_kind(file)
    if kind == "ole":
        return _ole_kind(file.read())
    return kind


def _zip_kind(file: IO[bytes]) -> str:
    try:
        with zipfile.ZipFile(file) as opened:
            return _package_kind(opened, set(opened.namelist()))
    except Exception:  # a damaged one is found out by whoever opens it
        file.seek(0)
        return "docx" if b"word/" in file.read(HEAD) else "zip"


def _package_kind(opened: zipfile.ZipFile, names: set[str]) -> str:
    if "mimetype" in names and opened.getinfo("mimetype").file_size < 200:
        said = opened.read("mimetype").decode("ascii", "replace").strip()
        if said.startswith("application/vnd.oasis.opendocument."):
            return _ODF.get(said.rsplit(".", 1)[1].removesuffix("-template"), "works")
    for member, kind in _ZIPPED:
        if member in names:
            return kind
    if "[Content_Types].xml" in names:
        # The main part of a document may stand elsewhere than everybody puts it.
        return "docx" if any(n.startswith("word/") for n in names) else "works"
    return "zip"


# What the name of a stream says of an old Office file, in the UTF-16 of its directory.
_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("MatOST", "works"),
    ("CONTENTS", "works"),
)


def _ole_kind(data: bytes) -> str:
    for name, kind in _STREAMS:
        # Names stand at the beginning of entries of 128 bytes in sectors of 512, and are followed by a NUL.
        wanted = name.encode("utf-16-le") + b"\0\0"
        at = data.find(wanted)
        while at >= 0:
            if at % 128 == 0:
                return kind
            at = data.find(wanted, at + 1)
    return "ole"
