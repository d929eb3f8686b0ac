"""RTF files: the text, with the list numbers that word processors write beside each item."""

from __future__ import annotations

import re
from collections.abc import Iterator

from striprtf.striprtf import rtf_to_text

from gonghui_nlp.errors import ReadingError
from gonghui_nlp.readers.decoded import Decoded
from gonghui_nlp.readers.headings import assembled, heading
from gonghui_nlp.readers.numbering import tidy
from gonghui_nlp.readers.rows import row_lines
from gonghui_nlp.readers.signs import raised, sign
from gonghui_nlp.resources import patterns

# striprtf sets the cells of a row apart by this; a sign of the text is put aside for the time.
_CELL, _ASIDE = "|", "\ue0f8"
# Not where it may be the second byte of a character.
# Letters behind bytes: they may be the second byte of a character, which striprtf does not see.
_SPLIT = re.compile(r"((?:\\'[0-9a-fA-F]{2})+)([@-\[\]-z|~])")
_DELETED = re.compile(r"\{[^{}]*\\deleted\b(?!0)[^{}]*\}")
_BAR = re.compile(r"(?<![\x81-\xfe])(?<!\\'[89a-fA-F][0-9a-fA-F])\|")
# What stands apart from the text: notes and text boxes, those of old files too.
_APART = ("\\footnote", "\\shptxt", "\\dptxbxtext")
_DESTINATION = re.compile(r"\s*(?:\\\*\s*)?\\(?:footnote|shptxt|dptxbxtext)(?![a-z])(?:\\ftnalt)?")
_GROUPING = re.compile(r"\\[{}\\]|[{}]|\\par(?![a-z]) ?")
_spaced_note = patterns.pattern("readers", "spaced_note")
_NOTE = r"{\u27880?\u-230?}"
_OUTLINE = re.compile(r"\\outlinelevel(\d)(?!\d)")
_STYLE = re.compile(r"\\s(\d{1,4})(?!\d)")
_TITLE_STYLE = re.compile(r"\{\\s(\d{1,4})(?!\d)[^{}]{0,400}?(?:[Tt]itle|[Ss]ubtitle);\}")
_RAISED = re.compile(
    r"(\\(super|sub)(?![a-z])(?:\\[a-z]{1,20}-?\d{0,6}){0,8}[ \r\n]{1,2})([\[(]?\d{1,3}[\])]?)(?=\s*[}\\])"
)
# Characters of a symbol font, and where fonts are named and chosen.
_DRAWN = re.compile(r"\\u(6[01]\d{3}|-[345]\d{3}) ?")
_NAMED_FONT = re.compile(r"\{\\f(\d+)\\[^{};]{0,200}? ([A-Z][A-Za-z 0-9]{1,40});")
_CHOSEN = re.compile(r"\\f(\d+)(?!\d)")
# What the header says of the encoding: Chinese systems write 936 or 950, old ones nothing.
_CODE_PAGE = re.compile(r"\\ansicpg(\d+)")


def read(data: bytes) -> Decoded:
    """The plain text of an RTF file; ReadingError for one that is damaged."""
    raw = _DELETED.sub("", data.decode("latin-1"))
    named = _CODE_PAGE.search(raw[:2000])
    encoding = f"cp{named[1]}" if named and named[1] in ("936", "950", "932", "949", "65001") else "cp936"
    raw = _with_headings(_with_notes(_with_signs(_SPLIT.sub(_paired, raw))))
    try:
        text = rtf_to_text(  # type: ignore[no-untyped-call]
            _BAR.sub(r"\\u57592?", raw), encoding="gb18030" if encoding == "cp936" else encoding, errors="replace"
        )
    except (ValueError, IndexError, KeyError, TypeError, LookupError, RecursionError, OverflowError) as error:
        raise ReadingError(f"is a damaged document: {error}") from error
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")  # pairs of halves become characters
    lines = [line for shown in text.split("\n") for line in _lines(shown)]
    whole = "\n".join(lines).replace(_ASIDE, "|").strip("\n")
    return assembled(whole.split("\n"), encoding)


def _with_signs(raw: str) -> str:
    """Raised figures as such, and the signs that symbol fonts draw."""
    raw = _RAISED.sub(lambda m: m[1] + "".join(map(_escaped, raised(m[3], m[2] == "super"))), raw)
    names = dict(_NAMED_FONT.findall(raw[:100_000]))

    def drawn(m: re.Match[str]) -> str:
        chosen = _CHOSEN.findall(raw, max(0, m.start() - 300), m.start())
        code = int(m[1]) % 0x10000
        seen = sign(code, names.get(chosen[-1], "") if chosen else "")
        return m[0] if seen == chr(code) else f"\\u{ord(seen)} "

    return _DRAWN.sub(drawn, raw)


def _escaped(c: str) -> str:
    return c if c.isascii() else f"\\u{ord(c)}?"


def _with_notes(raw: str) -> str:
    """Notes and text boxes, which striprtf leaves out, behind the paragraph they hang on."""
    if not any(word in raw for word in _APART):
        return raw
    out: list[str] = []
    open_at: list[
        tuple[int, bool]
    ] = []  # where each open group begins in what was put out, and whether it stands apart
    later: list[str] = []
    done = 0
    for m in _GROUPING.finditer(raw):
        out.append(raw[done : m.start()])
        done, sign = m.end(), m[0]
        if sign == "{":
            named = _DESTINATION.match(raw, m.end())
            open_at.append((len(out), named is not None))
            out.append(sign)
        elif sign == "}" and open_at:
            at, apart = open_at.pop()
            if apart:
                later.append(_apart("".join(out[at + 1 :])))
                del out[at:]
            else:
                out.append(sign)
        else:
            out.append(sign)
            # Inside a box or a note its own paragraphs end; what hangs on the paragraph around waits.
            if sign.startswith("\\par") and later and not any(apart for _, apart in open_at):
                out += later
                later = []
    return "".join([*out, raw[done:]]) if not later else "".join([*out, "\\par", *later, raw[done:]])


def _apart(body: str) -> str:
    """What stands in a note or a text box, as paragraphs of their own."""
    named = _DESTINATION.match(body)
    note = _NOTE if named and "footnote" in named[0] else ""
    end = "" if re.search(r"\\par\s*\Z", body) else "\\par"
    return "{" + note + _DESTINATION.sub("", body, count=1) + end + "}"


def _with_headings(raw: str) -> str:
    """A sign before paragraphs whose style is that of a heading."""
    titles = {m[1] for m in _TITLE_STYLE.finditer(raw)}

    def marked(m: re.Match[str]) -> str:
        style = _STYLE.findall(raw, max(0, m.start() - 300), m.start())
        if (style and style[-1] in titles) or not (sign := heading(int(m[1]) + 1)):
            return m[0]
        return f"{m[0]}\\u{ord(sign) - 0x10000}?"

    return _OUTLINE.sub(marked, raw)


def _paired(found: re.Match[str]) -> str:
    """The second byte of a character, where it is written as a letter, written as a byte."""
    at, escaped = 0, bytes.fromhex(found[1].replace("\\'", ""))
    while at < len(escaped):
        at += 2 if 0x81 <= escaped[at] <= 0xFE else 1
    return f"{found[1]}\\'{ord(found[2]):02x}" if at > len(escaped) else found[0]


def _lines(shown: str) -> Iterator[str]:
    if shown.endswith(_CELL):
        yield from row_lines([[cell.strip()] for cell in shown[:-1].split(_CELL)])
        return
    yield tidy(_spaced_note().sub("注：", shown))
