"""Splitting a compilation into its constituent documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gonghui_nlp.compiling import compiled
from gonghui_nlp.outline.lines import Line, announces
from gonghui_nlp.outline.marks import Mark
from gonghui_nlp.outline.surroundings import count_of_documents, listed, numbered_titles
from gonghui_nlp.outline.titles import ENDING, Block, Titles, Unclaimed
from gonghui_nlp.outline.wording import (
    arabic_years,
    closes_document,
    document_mark,
    is_compilation_header,
    is_date_line,
    is_notice,
    is_title,
    opens_document,
    speaks_of_no_plans,
    speaks_of_the_past,
    title_tail,
    whose,
)
from gonghui_nlp.resources import patterns

_FIRST_PAGE = compiled("[-－—]{3,} ?[\u3400-\u9fff]")
_aftermath = patterns.pattern("outline", "aftermath")
_summary = patterns.pattern("outline", "summary_word")
_plan = patterns.pattern("outline", "plan_word")
_AROUND = " -－—：，、；。\u200b"
_YEARS = compiled(r"(?:19|20)\d\d")
_NOTICE_LINES = 20
_HEADER_ZONE = 1200
_OWN_TEXT = 300  # characters before a first numbered title that can be a document
_SAMPLE = 100_000
_DASHES = frozenset("-－—")
_SHORTEST_OPENING = 24
_LONGEST_DATE = 24
_YEAR = 5  # characters of a year: 1981年
_LEAST_BODY = 60


@dataclass(slots=True)
class _State:
    """What is known of the document being read."""

    heading: bool = False
    body: int = 0
    families: frozenset[str] = frozenset()
    signed: bool = False
    cut: bool = False
    monthly: bool = False
    top: str = ""
    rank: int = 0
    ordinal: int = 0


class Splitter:
    """Reads the lines of a text once and cuts it into blocks."""

    def __init__(
        self,
        text: str,
        lines: Sequence[Line],
        marks: Sequence[Mark | None],
        foreign: Sequence[bool],
        noise: Sequence[tuple[int, int]] = (),
        titles: Sequence[int] = (),
    ) -> None:
        """``titles`` are where lines begin that were set as titles; ``marks`` holds the candidate at each line's start; ``self.marks`` those that prove to be no titles."""
        self.text, self.lines, self.foreign = text, lines, foreign
        self.marks = Unclaimed(marks)
        self.titles = Titles(text, lines, self.marks, noise)
        self.set_as_title = frozenset(titles)
        self.content = self.titles.content
        self.blocks: list[Block] = []
        self.outside: list[tuple[int, int]] = []
        self.named: list[tuple[int, int]] = []
        # How the bodies of the documents so far begin.
        self.openings: set[str] = set()
        self.contents: frozenset[int] = frozenset()
        self.numbers: dict[int, int] = {}
        self.state = _State()
        self.numbered = self._numbered()
        # A line that names a compilation stands close above its first document.
        self.announced = {k - n for k in self.numbered for n in (1, 2, 3)}
        self.first_numbered = min(self.numbered, default=-1)
        # 1981年, 1982年, each on a line: the headings of a chronicle, and no dates under signatures.
        years = {text[x.start : x.end] for x in lines if x.end - x.start == _YEAR and text[x.end - 1] == "年"}
        self.years = years if len(years) > 1 else set()
        indented = sum(1 for x in lines if x.indent)
        self.indented = indented * 8 < len(lines) + 8
        self.rarely = indented * 20 < len(lines)

    def split(self) -> list[Block]:
        """The constituents in order; what stands before the first one belongs to none."""
        in_header = self._header_length()
        for i, line in enumerate(self.lines):
            if self.foreign[i] or (self.blocks and i < self.blocks[-1].body):
                continue
            content = self.content(i)
            if i < in_header:
                self._leave_out(i, content)
                continue
            if i in self.numbered:
                self._open(i, content[self.numbered[i] :], heads=1)
            elif (not self.blocks or i in self.announced) and is_compilation_header(content):
                self._leave_out(i, content)
            else:
                self._line(i, line, content)
        for block in self.blocks:
            block.title = _bare(block.title)
        return self.blocks

    def _leave_out(self, i: int, content: str) -> None:
        """A line outside the documents is foreign; the title of the whole compilation is told apart."""
        line = self.lines[i]
        titled = i not in self.contents and is_title(content)
        at = count_of_documents(self.text, line.start, line.end) if titled else line.start
        if line.start < at:
            self.named.append((line.start, at))
        if at < line.end:
            self.outside.append((at, line.end))

    def _line(self, i: int, line: Line, content: str) -> None:
        mark = self.marks[i]
        if self.state.heading and self.blocks:
            if self.titles.goes_on(self.blocks[-1], i, content):
                return
            self.state.heading = False
        opening = not self.blocks or self.state.signed
        heads, title = self.titles.title_at(i, content, opening, self.state.body)
        if not heads and not self.blocks and self._is_set_as_title(line):
            heads, title = 1, content
        if not self.blocks or self._begins_anew(i, content, heads):
            self._open(i, title, heads)
            if heads:
                return
        self._body(i, line, content, mark)

    def _is_set_as_title(self, line: Line) -> bool:
        """Whether a line is in the style of a title, or what a page calls itself by."""
        return bool(self.set_as_title) and line.start - line.indent in self.set_as_title

    def _open(self, i: int, title: str, heads: int) -> None:
        behind = i + heads
        self.blocks.append(Block(i, max(behind, i + 1), self.lines[i].start, heads, behind, title))
        self.state = _State(heading=heads > 0)
        for k in range(i, i + heads):
            mark = self.marks[k]
            if mark is not None and mark.style.name == "part_title":
                self.marks.claim(k)

    def _body(self, i: int, line: Line, content: str, mark: Mark | None) -> None:
        s = self.state
        self.blocks[-1].last = i + 1
        if not s.body and mark is None and len(content) > _SHORTEST_OPENING:
            self.openings.add(content[:_SHORTEST_OPENING])
        length = line.end - line.start
        s.body += length
        s.signed = self._is_signed(content)
        s.cut = length > 30 and self.text[line.end - 1] not in ENDING
        if mark is not None:
            style, family = mark.style, mark.style.family
            s.monthly = family in ("month", "quarter") or (s.monthly and family.startswith("num"))
            if style.role == "section" and not style.weak:
                if not s.top:
                    s.top, s.rank = family, style.rank
                if s.top == family:
                    s.ordinal = mark.ordinal or 0
            if family not in s.families and style.role != "item" and not style.weak:
                s.families |= {family}

    def _is_signed(self, content: str) -> bool:
        """Whether a line behind a body is the date under a signature."""
        if len(content) > _LONGEST_DATE or content in self.years:
            return False
        return self.state.body > _LEAST_BODY and is_date_line(content)

    def _numbered(self) -> dict[int, int]:
        """Lines that open a document by number, and where their title begins."""
        found: dict[int, tuple[int, int]] = {}
        for i, line in enumerate(self.lines):
            mark = self.marks[i]
            if self.foreign[i] or (mark is not None and mark.style.rank != 0):
                continue
            got = document_mark(self.text, line.start, line.end)
            if got is not None and not is_compilation_header(self.text[line.start : line.end]):
                found[i] = got
        if not found:
            found = numbered_titles(self.text, self.lines, self.marks, self.foreign)
            for i in found:
                self.marks.claim(i)
        contents, repeated = listed(found)
        self.contents = contents
        self.numbers = {i: n for i, (n, _) in found.items() if i not in contents and i not in repeated}
        return {i: found[i][1] for i in self.numbers}

    def _header_length(self) -> int:
        """The lines before the first numbered document, when they are too few to be a document themselves."""
        first = self.first_numbered
        if first < 0:
            return self._notice_length()
        if first == 0:
            return 0
        sections = sum(1 for m in self.marks[:first] if m is not None and m.style.role == "section")
        length = self.lines[first].start - self.lines[0].start
        # Two sections and a page of text are a document of their own, whatever number follows.
        alone = sections >= 2 and (self.numbers[first] != 1 or length >= _OWN_TEXT)
        return first if length < _HEADER_ZONE and not alone else 0

    def _notice_length(self) -> int:
        """The lines of a site's notices (downloads, rights, navigation) before the first title."""
        notices = 0
        for i in range(min(len(self.lines), _NOTICE_LINES)):
            content = self.content(i)
            if is_title(content) and not is_compilation_header(content):
                return i if notices * 2 > i else 0
            notices += self.foreign[i] or is_notice(content)
        return 0

    def _begins_anew(self, i: int, content: str, heads: int) -> bool:
        """Whether a line inside a document begins the next one without a number."""
        at, mark = self.lines[i].start, self.marks[i]
        if self.state.body < _LEAST_BODY:
            return False
        if self.text[at] in _DASHES and _FIRST_PAGE.match(self.text, at):
            return self.state.body > 200
        if mark is not None and mark.style.name != "part_title":
            return self._mark_begins_anew(i, mark)
        if heads:
            return not self._is_own_part(content) and not self._goes_on_with_line(i) and self._introduces(i)
        return not self._under_part(i) and self._text_begins_anew(i, content)

    def _mark_begins_anew(self, i: int, mark: Mark) -> bool:
        """Whether a numbered line begins the list of the next document."""
        s, family = self.state, mark.style.family
        if family == "part":
            return mark.ordinal == 1 and bool(s.families) and "part" not in s.families
        fresh = mark.ordinal == 1 and family in s.families and mark.style.rank <= 5
        return fresh and (s.signed or (s.cut and self._apart(i)))

    def _text_begins_anew(self, i: int, content: str) -> bool:
        """Whether a line that is neither title nor mark opens the next document."""
        s = self.state
        if len(content) > _SHORTEST_OPENING and content[:_SHORTEST_OPENING] in self.openings:
            return True
        if s.signed and len(content) > 12 and not _aftermath().match(content) and not is_date_line(content):
            return True
        if not s.families or s.body < 2 * _LEAST_BODY:
            return False
        return self._list_restarts(i, content) or self._opens_behind_end(i, content) or self._opens_at_seam(i, content)

    def _list_restarts(self, i: int, content: str) -> bool:
        """Whether the own list begins anew behind a line that speaks of the past."""
        if len(content) <= 30 or not self._restarts_behind(i):
            return False
        return speaks_of_the_past(self._paragraph(i, content), len(content))

    def _opens_behind_end(self, i: int, content: str) -> bool:
        """Whether an opening stands between the last words of one paper and the first mark of a list."""
        if not self._first_mark_behind(i) or not self._closed_above(i):
            return False
        paragraph = self._paragraph(i, content)
        return all(opens_document(paragraph, _SHORTEST_OPENING)) and speaks_of_no_plans(paragraph)

    def _opens_at_seam(self, i: int, content: str) -> bool:
        """Whether an opening stands where texts were put together."""
        cut = self.state.cut
        if not (cut or self._apart(i)):
            return False
        opening, formula = opens_document(self._paragraph(i, content))
        return (opening and formula) or ((opening or formula or cut) and self._seam(i, content))

    def _under_part(self, i: int) -> bool:
        """Whether the line above is the title of a part: what follows opens that part and no document."""
        above = self.marks[i - 1] if i else None
        return above is not None and (above.style.family == "part" or above.style.name == "part_title")

    def _goes_on_with_line(self, i: int) -> bool:
        """Whether a title-like line is the rest of the line before, which breaks off: …现将本 ⏎ 年度工会工作总结."""
        if not self.state.cut or self._apart(i) or self.lines[i].gap:
            return False
        before, line = self.lines[i - 1], self.lines[i]
        first = self.text[line.start]
        if announces(self.text, before):
            return True
        return not first.isdigit() and self.text.find(self.text[before.end - 1] + first, 0, _SAMPLE) >= 0

    def _restarts_behind(self, i: int) -> bool:
        """Whether the document's own top list, at two or more, begins anew a few lines behind ``i``."""
        if self.state.ordinal < 2:
            return False
        for k in range(i + 1, min(i + 5, len(self.marks))):
            mark = self.marks[k]
            if k in self.numbered:
                return False
            if mark is not None and mark.style.role == "section":
                return mark.ordinal == 1 and mark.style.rank <= self.state.rank
        return False

    def _closed_above(self, i: int) -> bool:
        """Whether the line before closes a paper: 总之…, …继续努力。"""
        before = self.lines[i - 1]
        return self.state.ordinal > 1 and closes_document(self.text[before.start : before.end])

    def _first_mark_behind(self, i: int) -> bool:
        """Whether the next mark, a few lines behind ``i``, is the first of a list of sections."""
        for k in range(i + 1, min(i + 4, len(self.marks))):
            mark = self.marks[k]
            if mark is not None:
                return mark.ordinal == 1 and mark.style.role != "part"
        return False

    def _paragraph(self, i: int, content: str) -> str:
        """A line with the unmarked lines behind it, as far as an opening reaches."""
        for k in range(i + 1, min(i + 4, len(self.lines))):
            if len(content) > 200 or self.marks[k] is not None or k in self.numbered:
                break
            content += self.content(k)
        return content

    def _seam(self, i: int, content: str) -> bool:
        """Whether a long line is indented where hardly any other is: texts put together keep such seams."""
        return self.rarely and self._apart(i) and len(content) > 30

    def _apart(self, i: int) -> bool:
        """Whether the line is indented in a text whose lines are not: the seam of texts put together."""
        return self.indented and self.lines[i].indent > 0

    def _introduces(self, i: int) -> bool:
        """Whether a title in the middle of a text has a document behind it: an opening, a first mark, a title."""
        if self._apart(i) or self.state.signed:
            return True
        for k in range(i + 1, min(i + 4, len(self.lines))):
            if self.foreign[k]:
                continue
            mark = self.marks[k]
            if mark is not None:
                return mark.ordinal in (1, None) and not (
                    self.state.monthly and mark.style.family in ("month", "quarter")
                )
            content = self.content(k)
            if is_title(content) or title_tail(content) or is_date_line(content) or len(content) <= 16:
                continue
            return len(content) > 24 or content[-1:] in "。："
        return False

    def _is_own_part(self, content: str) -> bool:
        """A part title of a paper whose title names both a summary and a plan; not the title of another's paper."""
        named, told = _summary().search, _plan().search
        title = self.blocks[-1].title
        if not (named(title) and told(title)) or (named(content) and told(content)):
            return False
        if set(_YEARS.findall(arabic_years(content))) - set(_YEARS.findall(arabic_years(title))):
            return False
        owner = whose(content)
        return len(content) < len(title) and not self.state.signed and owner in title


def _bare(title: str) -> str:
    """A title without the signs around it; a bracket goes where it is not one of a pair."""
    title = title.strip(_AROUND)
    for opened, closed in ("《》", "【】", "“”", "［］"):
        pair = title[:1] == opened and title.find(closed) == len(title) - 1
        if pair or (title.endswith(closed) and opened not in title):
            title = title[pair:-1]
    return title
