"""The report on copies as pages: the clusters to search among, and for each why, in what and by which slots they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from gonghui_nlp.dedup.difference import differing
from gonghui_nlp.dedup.report import Group, Listed
from gonghui_nlp.dedup.templates import Template
from gonghui_nlp.display.escaped import html
from gonghui_nlp.display.frame import written
from gonghui_nlp.display.keep import write_keep
from gonghui_nlp.words import known, word

# What is the same over more characters than this is folded away, but for so much on either side.
_SAME, _AROUND = 80, 24
# So many members of a cluster are named on its page.
_MEMBERS = 1000


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of two texts side by side: what both have, or what each has there."""

    same: str = ""
    left: str = ""
    right: str = ""


def draw(folder: Path, groups: Sequence[Group], listing: Sequence[Listed]) -> Path:
    """Writes ``index.html`` and a page a cluster into ``folder``, ``keep.csv`` and ``keep.xlsx`` beside it."""
    files = write_keep(folder.parent, listing)
    members: dict[int, list[Listed]] = {}
    for row in listing:
        members.setdefault(row.cluster, []).append(row)
    several = sorted(
        (rows for rows in members.values() if len(rows) > 1), key=lambda rows: (-len(rows), rows[0].cluster)
    )
    drawn = {group.id: group for group in groups}
    for group in groups:
        mine = sorted(members[group.id], key=lambda row: not row.kept)
        page = written(
            "copies.html",
            script_name="copies.js",
            title=word("copies.cluster", n=group.id + 1, size=len(mine)),
            group=group,
            members=mine[:_MEMBERS],
            left_out=max(len(mine) - _MEMBERS, 0),
            why=_called("reason", mine[0].reason),
            called=_called,
            places={name: n for n, name in enumerate(group.names)},
            skeleton=_skeleton(group.template),
            pairs=[(name, _side_by_side(group.texts[0], text)) for name, text in _others(group)],
        )
        (folder / f"{group.id}.html").write_text(page, encoding="utf-8", errors="replace")
    page = written(
        "copies_index.html",
        script_name="copies.js",
        title=word("copies.title"),
        sums=_sums(listing, several),
        clusters=[(rows, next((r for r in rows if r.kept), rows[0]), drawn.get(rows[0].cluster)) for rows in several],
        files=[f"../{path.name}" for path in files],
        called=_called,
    )
    index = folder / "index.html"
    index.write_text(page, encoding="utf-8", errors="replace")
    return index


def _others(group: Group) -> Iterator[tuple[str, str]]:
    yield from list(zip(group.names, group.texts, strict=True))[1:]


def _called(column: str, code: str) -> str:
    key = f"copies.{column}.{code}"
    return word(key) if known(key) else code


def _sums(listing: Sequence[Listed], several: Sequence[Sequence[Listed]]) -> list[str]:
    kinds = Counter(row.kind for row in listing if not row.kept)
    found = [word("copies.texts", n=f"{len(listing):,}"), word("copies.clusters", n=f"{len(several):,}")]
    found.append(word("copies.copies", n=f"{sum(not row.kept for row in listing):,}"))
    return found + [f"{_called('kind', kind)} {n:,}" for kind, n in sorted(kinds.items())]


def _skeleton(template: Template) -> Markup:
    """The skeleton with its slots as elements, in the order of the template's slots."""
    words = html(template.skeleton)
    for slot in dict.fromkeys(slot.label for slot in template.slots):
        words = Markup(words.replace(f"【{html(slot)}】", Markup('<b class="slot">【{}】</b>').format(slot)))
    return words


def _side_by_side(left: str, right: str) -> list[_Row]:
    """Two texts in rows; what both have in length stands once, folded away."""
    sides, at = _Sides(), 0
    for (start, end), (b_start, b_end) in differing(left, right):
        sides.both(left[at:start], first=not at, last=False)
        sides.changed(left[start:end], right[b_start:b_end])
        at = end
    sides.both(left[at:], first=not at, last=True)
    sides.close()
    return sides.rows


class _Sides:
    """Rows as they come about."""

    def __init__(self) -> None:
        self.rows: list[_Row] = []
        self._left = self._right = Markup()

    def close(self) -> None:
        """Ends the row in which the texts stand beside each other."""
        if self._left or self._right:
            self.rows.append(_Row(left=self._left, right=self._right))
            self._left = self._right = Markup()

    def both(self, same: str, first: bool, last: bool) -> None:
        """What stands between two changes, or before the first and behind the last one."""
        if len(same) <= _SAME:
            self._add(same)
            return
        head, tail = "" if first else same[:_AROUND], "" if last else same[-_AROUND:]
        self._add(head)
        self.close()
        self.rows.append(_Row(same=same[len(head) : len(same) - len(tail)]))
        self._add(tail)

    def changed(self, left: str, right: str) -> None:
        if left:
            self._left += Markup("<del>{}</del>").format(html(left))
        if right:
            self._right += Markup("<ins>{}</ins>").format(html(right))

    def _add(self, same: str) -> None:
        self._left += html(same)
        self._right += html(same)
