"""From candidates to an outline: vetoes, relative levels, continuity as evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gonghui_nlp.compiling import compiled
from gonghui_nlp.outline.continuity import Gap, Series, Told, compare, separator_of
from gonghui_nlp.outline.marks import CN, Mark, by_name
from gonghui_nlp.outline.vetoes import is_broken_line, is_pair, is_round_number
from gonghui_nlp.resources import patterns
from gonghui_nlp.schema import Issue, Span
from gonghui_nlp.text.numerals import numeral

_monthly = patterns.pattern("outline", "announces_months")
_month_list = patterns.pattern("outline", "month_list")
_count = patterns.pattern("outline", "ends_with_count")
_heads_list = patterns.pattern("outline", "heads_list")
_TITLED = ("part_title", "part", "chapter")
_ENDS = "。；：！？，、"
_LONGEST_HEAD = 30
_CLAUSE = compiled("[。；：！？，、\n]")
_PERIODS = ("month", "quarter")
_DECIMAL = ("decimal", "decimal_deep")
_UNCOUNTED = ("month", "month_text", "quarter", "quarter_text", "sequence", "part_title", "heading", "lost")


@dataclass(slots=True)
class Node:
    """One accepted mark with its place in the outline; ``parent`` is a position among the nodes."""

    mark: Mark
    level: int
    parent: int | None
    ordinal: int | None
    damaged: bool = False


@dataclass(slots=True)
class _Entry:
    family: str
    ordinal: int | None
    level: int
    node: int
    rank: int
    lost: bool = False
    heading: int = 0


class Outline:
    """Reads the candidates of one constituent in order and keeps the stack of open levels."""

    def __init__(self, text: str, marks: Sequence[Mark], broken: Sequence[bool]) -> None:
        """``broken[i]`` tells whether the line before candidate ``i`` breaks off without an end."""
        self.text = text
        self.marks = marks
        self.broken = broken
        self.series = Series(marks, broken)
        self.nodes: list[Node] = []
        self.broken_lines: list[Mark] = []
        self.gaps: list[Gap] = []
        self.issues: list[Issue] = []
        self._stack: list[_Entry] = []
        self._home: dict[str, str | None] = {}

    def read(self) -> None:
        """Accept or refuse every candidate and give the accepted ones their levels."""
        for i, mark in enumerate(self.marks):
            mark = self._resolved(i, mark)
            if mark.style.name == "decimal_run":
                believed = self._goes_on_in_chapter(mark)
            else:
                believed = mark.found or mark.heading > 0 or not self._refuses(i, mark)
            if believed:
                self._place(i, mark)

    def _last(self, family: str) -> int | None:
        for entry in reversed(self._stack):
            if entry.family == family:
                return entry.ordinal
        return None

    def _resolved(self, i: int, mark: Mark) -> Mark:
        """A line 一、二月份 is a heading for two months or the first mark 一、 over 二月份: the series decides."""
        if mark.style.name != "month":
            return mark
        m = _month_list().match(self.text, mark.start, mark.end)
        if m is None:
            return mark
        cn = replace(mark, end=m.end(), style=by_name()["cn"])
        first, second = mark.ordinal, _first_month(self.text[m.end() : mark.end])
        if first is None or (second is not None and second != first + 1):
            return cn
        following = self.series.following(i, "month")
        continued = self._last("cn") == first - 1 and first > 1 and self._last("month") is None
        listed = following is not None and following.ordinal == first + 1
        if listed and following is not None and _month_list().match(self.text, following.start, following.end):
            return cn
        return cn if continued else mark

    def _refuses(self, i: int, mark: Mark) -> bool:
        if mark.style.name in ("part_title", "bracketed"):
            return False
        if mark.style.name == "lost":
            return self.broken[i] or _counted_above(self.text, mark)
        if mark.style.family in _PERIODS:
            return mark.weak and not (self._expects(i, mark) or self.series.has_month_behind(i))
        if mark.ordinal is None or is_round_number(self.text, mark):
            return True
        expected = self._expects(i, mark)
        if self.broken[i] and is_broken_line(self.text, mark, expected, self.series.repeats(i)):
            self.tell(mark, "false_mark", "stands where a line end cut a sentence: no mark")
            self.broken_lines.append(mark)
            return True
        if mark.style.family in _DECIMAL and self._under_its_number(mark):
            return False
        if mark.style.before == "fused" and expected and not self._on_line_of_list(i, mark):
            return True
        if mark.weak and mark.inline and (self._over_first(i) or self._over_first(i - 1)):
            return False
        if mark.weak or is_pair(self.text, mark):
            return not (expected or self.series.starts(i, self._last(mark.style.family)))
        return False

    def _over_first(self, i: int) -> bool:
        """Whether candidate ``i`` is a first mark over a heading and another first mark: 一、推进民主管理1坚持….

        In a text that lost its line ends the two bear each other out.
        """
        if not 0 <= i < len(self.marks) - 1:
            return False
        upper, lower = self.marks[i], self.marks[i + 1]
        if upper.ordinal != 1 or lower.ordinal != 1 or upper.style.family != "cn" or lower.style.family != "num":
            return False
        heading = self.text[upper.end : lower.start]
        return 4 <= len(heading) <= _LONGEST_HEAD and _CLAUSE.search(heading) is None

    def _under_its_number(self, mark: Mark) -> bool:
        """Whether a mark 2.1 stands first under the open mark 2 or 第2章, 2.1.1 under 2.1."""
        head = self.text[mark.start : mark.end].rstrip("、.").rpartition(".")[0]
        if mark.ordinal != 1:
            return False
        if mark.style.family == "decimal":
            return head in (str(self._last("num")), str(self._last("chapter")))
        above = next((e for e in reversed(self._stack) if e.family in _DECIMAL), None)
        if above is None:
            return False
        told = self.nodes[above.node].mark
        return self.text[told.start : told.end].rstrip("、.") == head

    def _goes_on_in_chapter(self, mark: Mark) -> bool:
        """Whether a mark 2.1 inside a line stands in the open chapter 2 of that line, or goes on there from its list."""
        head = self.text[mark.start : mark.end].partition(".")[0]
        chapter = next((e for e in reversed(self._stack) if e.family == "chapter"), None)
        if chapter is None or head != str(chapter.ordinal) or self.nodes[chapter.node].mark.style.name != "chapter_run":
            return False
        return mark.ordinal == (self._last("decimal_run") or 0) + 1

    def _on_line_of_list(self, i: int, mark: Mark) -> bool:
        """Whether the mark before this one in its list stands on the same line."""
        family = self._list_of(i, mark)
        entry = next((e for e in reversed(self._stack) if e.family == family), None)
        return entry is not None and self.nodes[entry.node].mark.line == mark.line

    def _expects(self, i: int, mark: Mark) -> bool:
        """Whether the open list of the mark's family goes on with it."""
        last = self._last(self._list_of(i, mark))
        if last is None or mark.ordinal is None:
            return False
        if mark.style.name == "sequence":
            return mark.ordinal >= last
        if mark.style.family in _PERIODS:
            return 0 < (mark.ordinal - last) % 12 <= 3
        if mark.ordinal == last + 1:
            return True
        if last < 9 or mark.ordinal != (last + 1) % 10:
            return False
        following = self.series.following(i, mark.style.family)
        losing = any(e.lost for e in self._stack)
        return not mark.inline or losing or (following is not None and following.ordinal in (last + 2, (last + 2) % 10))

    # levels

    def _place(self, i: int, mark: Mark) -> None:
        family, ordinal, damaged, lost = self._list_of(i, mark), mark.ordinal, False, False
        if not mark.inline:
            self._close_items(i, mark)
        if mark.style.name == "heading":
            self._stack = self._stack[: self._keep_for_heading(i, mark)]
        elif mark.style.name == "part_title":
            self._stack = self._stack[: self._keep_for_part(i)]
        elif mark.style.family in _TITLED:
            self._stack = [e for e in self._stack[:1] if e.family == family]
        elif family in _PERIODS:
            self._to_period(i, family)
        elif family == "lost":
            family, ordinal = self._lost_family(i, mark)
            damaged = True
        position = len(self._stack) - 1
        while position >= 0 and self._stack[position].family != family:
            position -= 1
        if position >= 0:
            told = self._continue(i, mark, self._stack[position])
            if told is not None:
                ordinal, damaged, lost = told.ordinal, told.damaged, told.code == "lost_digit"
            del self._stack[position:]
        elif family not in (*_PERIODS, "lost", "part_title") and mark.style.name != "heading":
            self._make_room(i, mark, family)
        parent = self._stack[-1] if self._stack else None
        level = parent.level + 1 if parent else 1
        self._home.setdefault(family, parent.family if parent else None)
        self.nodes.append(Node(mark, level, parent.node if parent else None, ordinal, damaged))
        self._stack.append(_Entry(family, ordinal, level, len(self.nodes) - 1, mark.style.rank, lost, mark.heading))

    def _list_of(self, i: int, mark: Mark) -> str:
        """The list a mark belongs to: its family, or a list of another separator inside an open one.

        Separators are sloppy, so two of them make two lists only when the outer list goes on with its own
        (1、 over 1. 2. before 2、), or did so before.
        """
        family = mark.style.family
        if family == "ordinal":
            return self._list_of_ordinal(mark)
        if family == "cn":
            return self._list_of_sections(i, mark)
        if family != "num" or mark.found:
            return family
        separator = separator_of(self.text, mark)
        inner = family + separator
        outer = None
        for entry in reversed(self._stack):
            if entry.family == inner:
                return inner
            if entry.family == f"{family} inside {family}":
                return self._goes_on_inside(entry, mark)
            if entry.family == family:
                outer = entry
                break
        if outer is None or mark.ordinal != 1 or outer.ordinal is None:
            return family
        above = self.nodes[outer.node].mark
        if separator == separator_of(self.text, above):
            return self._nested(i, mark, outer)
        following = self.series.following_like(i, above, self.text)
        return (
            inner
            if inner in self._home or (following is not None and following.ordinal == outer.ordinal + 1)
            else family
        )

    def _nested(self, i: int, mark: Mark, outer: _Entry) -> str:
        """A list ⒈ ⒉ right under the heading ⒈ of an outer list in the same style, which goes on with ⒉ behind it."""
        family, inner = "num", "num inside num"
        if mark.inline or outer.node != len(self.nodes) - 1:
            return family
        above = self.nodes[outer.node].mark
        heading = above.line + 1 == mark.line and self.text[above.line_end - 1] not in _ENDS
        if not heading or above.inline or above.line_end - above.end > _LONGEST_HEAD:
            return family
        if inner in self._home:
            return inner
        last, behind = self.series.run(i)
        return inner if outer.ordinal == 1 and (behind == 2 if behind else last == 1) else family

    def _goes_on_inside(self, entry: _Entry, mark: Mark) -> str:
        """Whether a mark goes on with the list inside, or with the one around it when that waits for it."""
        family = mark.style.family
        outer = next((e for e in reversed(self._stack) if e.family == family), None)
        ends = entry.ordinal is None or entry.ordinal + 1 != mark.ordinal
        return family if ends and outer and outer.ordinal == (mark.ordinal or 0) - 1 else entry.family

    def _list_of_sections(self, i: int, mark: Mark) -> str:
        """A list 一、二、 that begins right under a heading 二、工作计划 is a list of its own."""
        family, inner = "cn", "cn inside cn"
        for entry in reversed(self._stack):
            if entry.family == inner:
                return self._goes_on_inside(entry, mark)
            if entry.family == family:
                break
        if mark.ordinal != 1 or mark.inline or not self._under_head_of_list(mark):
            return family
        following = self.series.following(i, family)
        return inner if following is not None and following.ordinal == 2 else family

    def _under_head_of_list(self, mark: Mark) -> bool:
        """Whether a mark stands right under a heading of its family that names what is listed: 二、工作计划."""
        if not self.nodes or self._stack[-1].node != len(self.nodes) - 1:
            return False
        above = self.nodes[-1].mark
        if above.style.family != mark.style.family or above.inline or above.line + 1 != mark.line:
            return False
        return _heads_list().search(self.text, above.end, above.line_end) is not None

    def _list_of_ordinal(self, mark: Mark) -> str:
        """首先, 其次 may go on as 第三, 第四."""
        for entry in reversed(self._stack):
            if entry.family == "ordinal":
                break
            if entry.family == "sequence":
                return "sequence" if entry.ordinal == (mark.ordinal or 0) - 1 else "ordinal"
        return "ordinal"

    def _close_items(self, i: int, mark: Mark) -> None:
        """A mark at a line's start ends the running items before it, unless it is one of them or stands inside one."""
        while self._stack and self.nodes[self._stack[-1].node].mark.style.role == "item":
            top = self._stack[-1]
            if top.family in (mark.style.family, self._list_of(i, mark)) or (
                mark.ordinal == 1 and self.series.goes_on(i, top.family, top.ordinal)
            ):
                return
            self._stack.pop()

    def _keep_for_part(self, i: int) -> int:
        """How many open levels a part title leaves open: those whose lists go on behind it."""
        for depth in range(len(self._stack), 0, -1):
            if self._resumes(i, self._stack[depth - 1]):
                return depth
        return 1 if self._stack and self._stack[0].family == "part" else 0

    def _keep_for_heading(self, i: int, mark: Mark) -> int:
        """How many open levels a heading leaves open: higher headings, what its last like stood under, lists that go on."""
        keep, home = 0, self._home.get(mark.style.family)
        for depth, entry in enumerate(self._stack, 1):
            if entry.heading and entry.heading >= mark.heading:
                return depth - 1 if entry.heading == mark.heading else keep
            if entry.heading or entry.family == home or self._resumes(i, entry):
                keep = depth
        return keep

    def _to_period(self, i: int, family: str) -> None:
        """A month heading stands under the heading that announces months or goes on behind them; else by itself."""
        if any(e.family == family for e in self._stack):
            return
        while self._stack:
            entry = self._stack[-1]
            top = self.nodes[entry.node].mark
            if _monthly().search(self.text, top.start, min(top.line_end, top.start + 40)) or self._resumes(i, entry):
                return
            self._stack.pop()

    def _resumes(self, i: int, entry: _Entry) -> bool:
        """Whether an open list goes on somewhere behind candidate ``i``."""
        if entry.ordinal is None or entry.family == "part_title":
            return False
        following = self.series.following(i, entry.family)
        return following is not None and following.ordinal == entry.ordinal + 1 and following.ordinal > 1

    def _lost_family(self, i: int, mark: Mark) -> tuple[str, int | None]:
        """A mark without its number belongs to the list that lacks one here; else it opens a list of its own."""
        self.tell(mark, "lost_mark", "the number of this mark is lost")
        for entry in reversed(self._stack):
            following = self.series.following(i, entry.family)
            if following is not None and entry.ordinal is not None and following.ordinal == entry.ordinal + 2:
                return entry.family, entry.ordinal + 1
        return "lost", None

    def _make_room(self, i: int, mark: Mark, family: str) -> None:
        """A style that is not open now stands where it first stood; a new one goes by its usual depth.

        A list that goes on behind a new 1 keeps the new list inside it, whatever is usual.
        """
        home = self._home.get(family)
        if mark.style.role == "item" or (mark.inline and home is None):
            return
        while self._stack and self._stack[-1].family != home and self._stack[-1].rank > mark.style.rank:
            top = self._stack[-1]
            if mark.ordinal == 1 and self.series.goes_on(i, top.family, top.ordinal):
                return
            self._stack.pop()

    def _continue(self, i: int, mark: Mark, entry: _Entry) -> Told | None:
        """Continuity: what the ordinal says about the mark before it in the same list."""
        if mark.ordinal is None or entry.ordinal is None or mark.style.name in _UNCOUNTED:
            return None
        told = compare(entry.ordinal, mark.ordinal, self.series.following(i, mark.style.family))
        if told is None or (mark.ordinal == 1 and (mark.style.role == "item" or mark.style.family in _DECIMAL)):
            return None
        self.tell(mark, told.code, told.message)
        if told.code == "gap":
            before = self.nodes[entry.node].mark
            self.gaps.append(Gap(before, mark, tuple(range(entry.ordinal + 1, told.ordinal))))
        return told

    def tell(self, mark: Mark, code: str, message: str) -> None:
        """Add an issue about a mark."""
        shown = Span(mark.start, mark.end, self.text[mark.start : mark.end])
        self.issues.append(Issue(mark.start, mark.end, shown.text, code, f"{shown.text} {message}", (shown,)))


def _first_month(text: str) -> int | None:
    m = re.match(CN, text)
    return numeral(m[0]) if m else None


def _counted_above(text: str, mark: Mark) -> bool:
    """Whether the line above a 、 ends with a count, as an enumeration that goes on does: …一等奖1名 ⏎ 、二等奖2名."""
    end = mark.start
    while end > 0 and text[end - 1].isspace():
        end -= 1
    return _count().search(text, max(0, end - 4), end) is not None
