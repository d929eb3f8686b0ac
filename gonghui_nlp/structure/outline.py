"""From candidates to an outline: vetoes, relative levels, continuity as evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gonghui_nlp.model import Issue
from gonghui_nlp.structure.marks import Mark

_OPEN_END = re.compile(r"[“‘（《〈【\"、，]$|[\u3400-\u9fff\dA-Za-z]$")
_QUOTE_END = re.compile(r"[“‘（《〈]$|\\?\"$")
_FESTIVAL = re.compile(r"[一二三四五六七八九十][、.．·。]?[一二三四五六七八九十][”’\"\\]?[^，。]{0,3}[节”’\"]")
_HEADLESS = re.compile(r"[。；！？]")
_MONTHLY = re.compile("月|安排|日程|行事|计划|进度|日历")


@dataclass(slots=True)
class Node:
    """One accepted mark with its place in the outline."""

    mark: Mark
    level: int
    parent: int | None


@dataclass(slots=True)
class _Entry:
    family: str
    ordinal: int | None
    level: int
    node: int


class Outline:
    """Reads the candidates of one constituent in order and keeps the stack of open levels."""

    def __init__(self, text: str, marks: Sequence[Mark], suspicious: Sequence[bool]) -> None:
        self.text = text
        self.marks = marks
        self.suspicious = suspicious
        self.nodes: list[Node] = []
        self.refused: list[Mark] = []
        self.issues: list[Issue] = []
        self.stack: list[_Entry] = []
        self.under: dict[str, str | None] = {}
        self.next_same = self._next_same()

    def _next_same(self) -> list[int]:
        """For each candidate the next one of its family, -1 when there is none."""
        later: dict[str, int] = {}
        out = [-1] * len(self.marks)
        for i in range(len(self.marks) - 1, -1, -1):
            out[i] = later.get(self.marks[i].style.family, -1)
            later[self.marks[i].style.family] = i
        return out

    def read(self) -> None:
        for i, mark in enumerate(self.marks):
            if self._refuse(i, mark):
                self.refused.append(mark)
            else:
                self._place(i, mark)

    # vetoes -------------------------------------------------------------------------------------------------

    def _last(self, family: str) -> int | None:
        for e in reversed(self.stack):
            if e.family == family:
                return e.ordinal
        return None

    def _refuse(self, i: int, mark: Mark) -> bool:
        if mark.style.name in ("title_part", "lost"):
            return False
        if mark.style.name == "month":
            return mark.inline and not self._expected(mark)
        if mark.ordinal is None:
            return True
        expected = self._expected(mark)
        if not mark.inline and self.suspicious[i] and self._is_broken_line(i, mark, expected):
            self._issue(
                mark, "false_mark", f"{mark_text(self.text, mark)} stands where a line end cut a word: not a mark"
            )
            return True
        if mark.inline or mark.style.weak:
            return not (expected or self._starts_series(i, mark))
        return False

    def _expected(self, mark: Mark) -> bool:
        last = self._last(mark.style.family)
        if last is None or mark.ordinal is None:
            return False
        if mark.style.family == "sequence":
            return mark.ordinal >= last
        return mark.ordinal == last + 1 or (last >= 10 and mark.ordinal == (last + 1) % 10)

    def _starts_series(self, i: int, mark: Mark) -> bool:
        if mark.ordinal != 1:
            return False
        j = self.next_same[i]
        if j < 0 or self.marks[j].ordinal is None:
            return False
        if mark.style.role == "item" and not self._same_section(i, j):
            return False
        return self.marks[j].ordinal == 2 or (mark.style.family == "sequence" and self.marks[j].ordinal > 1)

    def _same_section(self, i: int, j: int) -> bool:
        """No section mark at a line's start between two candidates close together."""
        if j - i > 40:
            return False
        return all(m.inline or m.style.weak for m in self.marks[i + 1 : j])

    def _is_broken_line(self, i: int, mark: Mark, expected: bool) -> bool:
        before = self.text[max(0, self._line_before(i) - 12) : self._line_before(i)].rstrip()
        after = self.text[mark.start : mark.start + 12]
        if _QUOTE_END.search(before) and not before.endswith("）") and _FESTIVAL.match(after):
            return True
        if before.endswith(("“", "‘", "《", "（")):
            return True
        if expected or mark.ordinal == 1:
            return False
        line = self.text[mark.end : mark.line_end]
        return len(line) > 30 and _HEADLESS.search(line) is not None

    def _line_before(self, i: int) -> int:
        return max(0, self.marks[i].start - 1)

    # levels -------------------------------------------------------------------------------------------------

    def _place(self, i: int, mark: Mark) -> None:
        family, style = mark.style.family, mark.style
        if style.name == "title_part" or style.family in ("part", "chapter"):
            self._reset(family)
        elif family == "month":
            self._to_month()
        elif family == "lost":
            family = self._lost_family(i, mark)
        elif not mark.inline and style.role == "section":
            self._close_items()
        position = next((k for k in range(len(self.stack) - 1, -1, -1) if self.stack[k].family == family), None)
        if position is None:
            self._make_room(mark, family)
        else:
            self._compare(mark, self.stack[position])
            del self.stack[position:]
        parent = self.stack[-1] if self.stack else None
        level = parent.level + 1 if parent else 1
        if family not in self.under:
            self.under[family] = parent.family if parent else None
        self.nodes.append(Node(mark, level, parent.node if parent else None))
        self.stack.append(_Entry(family, mark.ordinal, level, len(self.nodes) - 1))

    def _reset(self, family: str) -> None:
        self.stack = [e for e in self.stack[:1] if e.family == family]

    def _close_items(self) -> None:
        while self.stack and self.nodes[self.stack[-1].node].mark.style.role == "item":
            self.stack.pop()

    def _to_month(self) -> None:
        """A month heading stands under a heading that announces months, or right under the heading before it."""
        if any(e.family == "month" for e in self.stack):
            return
        while self.stack:
            top = self.nodes[self.stack[-1].node].mark
            title = self.text[top.start : min(top.line_end, top.start + 40)]
            if _MONTHLY.search(title):
                return
            self.stack.pop()

    def _lost_family(self, i: int, mark: Mark) -> str:
        """A mark without its number: the list that it continues, else a new one below the last heading."""
        mark.damaged = True
        for m in self.marks[i + 1 : i + 12]:
            for e in reversed(self.stack):
                if m.style.family == e.family and e.ordinal is not None and m.ordinal == e.ordinal + 2:
                    mark.ordinal = e.ordinal + 1
                    return e.family
        return "lost"

    def _make_room(self, mark: Mark, family: str) -> None:
        """A style not open now: below what it stood below before; new ones by their usual depth."""
        if mark.style.role == "item" or family == "lost":
            return
        home = self.under.get(family)
        if mark.inline and home is None:
            return
        while self.stack and self.stack[-1].family != home and self._rank(self.stack[-1]) > mark.style.rank:
            self.stack.pop()

    def _rank(self, entry: _Entry) -> int:
        return self.nodes[entry.node].mark.style.rank

    def _compare(self, mark: Mark, entry: _Entry) -> None:
        """Continuity: what the ordinal says about the mark before it in the same list."""
        if mark.ordinal is None or entry.ordinal is None or mark.style.family in ("month", "sequence", "title_part"):
            return
        last, now = entry.ordinal, mark.ordinal
        shown = mark_text(self.text, mark)
        if now == last + 1:
            return
        if last >= 10 and now == (last + 1) % 10 and now != 0:
            mark.damaged = True
            mark.ordinal = last + 1
            self._issue(mark, "lost_digit", f"{shown} after {last} counts {last + 1}: a digit was lost")
        elif now == last:
            mark.damaged = True
            self._issue(mark, "duplicate", f"{shown} occurs twice in a row")
        elif now == 1:
            self._issue(mark, "restart", f"{shown} begins anew after {last}")
        elif now > last:
            self._issue(mark, "gap", f"{shown} follows {last}: {now - last - 1} missing between")
        else:
            self._issue(mark, "restart", f"{shown} follows {last}")

    def _issue(self, mark: Mark, code: str, message: str) -> None:
        self.issues.append(Issue(mark.start, mark.end, mark_text(self.text, mark), code, message))


def mark_text(text: str, mark: Mark) -> str:
    return text[mark.start : mark.end]
