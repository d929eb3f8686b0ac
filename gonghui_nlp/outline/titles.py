"""The title of a constituent: one line or several, found where a document may begin."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

from gonghui_nlp.outline.lines import Line
from gonghui_nlp.outline.marks import Mark
from gonghui_nlp.outline.noise import without
from gonghui_nlp.outline.wording import TITLE_LENGTH, is_date_line, is_title, is_under_title, title_tail

ENDING = "。；：！？”’）…"
_LOOK = 640


@dataclass(slots=True)
class Block:
    """One constituent as lines ``first`` to ``last`` (exclusive); those before ``body`` are its heading.

    ``heads`` of these are title lines; foreign ones may stand between them.
    """

    first: int
    last: int
    start: int
    heads: int
    body: int
    title: str


class Unclaimed(Sequence["Mark | None"]):
    """The candidate at each line's start, None where there is none or where the line proved to be a title.

    The candidates themselves stay as they are: what is a title is noted beside them.
    """

    def __init__(self, marks: Sequence[Mark | None]) -> None:
        self._marks = tuple(marks)
        self._titles: set[int] = set()

    def claim(self, i: int) -> None:
        """Line ``i`` is a title, or part of one: its candidate opens no section."""
        self._titles.add(i)

    def __len__(self) -> int:
        return len(self._marks)

    @overload
    def __getitem__(self, i: int) -> Mark | None: ...
    @overload
    def __getitem__(self, i: slice) -> list[Mark | None]: ...
    def __getitem__(self, i: int | slice) -> Mark | list[Mark | None] | None:
        if isinstance(i, slice):
            return [self[k] for k in range(*i.indices(len(self)))]
        return None if i in self._titles else self._marks[i]


class Titles:
    """Reads lines as titles; knows the lines of a text without the foreign matter in them."""

    def __init__(
        self, text: str, lines: Sequence[Line], marks: Unclaimed, noise: Sequence[tuple[int, int]] = ()
    ) -> None:
        """``marks`` are the candidates at the lines' starts; what proves to be a title is claimed there."""
        self.text, self.lines, self.marks, self.noise = text, lines, marks, noise
        starts = [x.start for x in lines]
        ends = [x for a, b in noise for x in (a, b - 1)]
        self.noisy = {max(bisect_right(starts, x) - 1, 0) for x in ends}

    def content(self, i: int) -> str:
        """A line as far as titles and openings reach, without foreign matter."""
        line = self.lines[i]
        end = min(line.end, line.start + _LOOK)
        return without(self.text, line.start, end, self.noise) if i in self.noisy else self.text[line.start : end]

    def title_at(self, i: int, content: str, opening: bool, body: int) -> tuple[int, str]:
        """How many lines from ``i`` on are a title, and the title; (0, "") when there is none.

        ``opening``: a document is expected to begin here; ``body``: how much body the document before has.
        """
        mark = self.marks[i]
        if len(content) > TITLE_LENGTH or content.startswith("附"):
            return 0, ""
        if mark is not None and mark.style.name != "part_title":
            return 0, ""
        if mark is not None and not opening and not is_title(content):
            return 0, ""
        if mark is not None and not is_title(content):
            return (1, content) if title_tail(content) else (0, "")
        if is_title(content):
            return 1, content
        if opening:
            slogans = self._slogans_over_title(i)
            if slogans:
                return slogans
        if len(content) > 40 or content[-1:] in ENDING + "，、" or i + 1 >= len(self.lines) or is_date_line(content):
            return 0, ""
        after = self.content(i + 1)
        if title_tail(after) and not is_title(after.lstrip("及和与")) and is_title(content + after):
            return 1, content
        # The organisation on a line of its own over a title that has a year: both are one title.
        if is_title(after) and after[:1].isdigit() and is_title(content + after) and not body:
            return 1, content
        return 0, ""

    def _slogans_over_title(self, i: int) -> tuple[int, str] | None:
        """Short lines without an end over a title, as over a report to a congress; None when there is no title."""
        for k in range(i, min(i + 5, len(self.lines))):
            content = self.content(k)
            mark = self.marks[k]
            if mark is not None and mark.style.name != "part_title":
                return None
            if k > i and is_title(content.lstrip("-—－ ")):
                return k - i + 1, content.lstrip("-—－ ")
            if len(content) > 40 or content[-1:] in ENDING + "，、" or is_date_line(content):
                return None
        return None

    def goes_on(self, block: Block, i: int, content: str) -> bool:
        """Whether line ``i`` still belongs to the title above it."""
        mark = self.marks[i]
        if block.heads > 3 or (mark is not None and mark.style.name != "part_title"):
            return False
        titled = is_title(block.title)
        if is_title(content) or content == block.title:
            joins = (not titled and not is_title(content)) or (not titled and is_title(block.title + content))
            block.title = (
                block.title + content if joins and content[:1].isdigit() else self._longer(block.title, content)
            )
        elif title_tail(content) and (not titled or content[:1] in "及和与暨"):
            above = self.content(i - 1) if block.heads > 1 else block.title
            block.title = (above if is_title(above) else block.title) + content
        elif not is_under_title(content):
            return False
        block.heads += 1
        block.body = block.last = i + 1
        self.marks.claim(i)
        return True

    @staticmethod
    def _longer(a: str, b: str) -> str:
        return b if not is_title(a) or len(b) > len(a) else a
