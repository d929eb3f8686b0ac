"""Lost numbers: the classifier or the currency survived, the number was deleted or masked (添置器材多万元)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator

from gonghui_nlp.compiling import compiled
from gonghui_nlp.quantities.amounts import amount
from gonghui_nlp.quantities.counted import what
from gonghui_nlp.quantities.found import Quantity
from gonghui_nlp.quantities.headcounts import headcount
from gonghui_nlp.quantities.lexicon import Classifier, any_of, classifiers, person_nouns, rows
from gonghui_nlp.resources import knowledge, patterns
from gonghui_nlp.schema import Amount, Approx, Count, Headcount

_told = patterns.words("quantities", "lost_told")
_one_word = patterns.words("quantities", "one_word")
_thing = patterns.source("quantities", "lost_thing")
_money = patterns.source("quantities", "lost_money")
_person = patterns.source("quantities", "lost_person")
_at_end = patterns.source("quantities", "lost_at_end")
masked = patterns.pattern("quantities", "masked_number")
#: Lost numbers in a line that has lost another.
weak = patterns.pattern("quantities", "weakly_lost")
_beside_unit = patterns.pattern("quantities", "beside_lost_unit")
_plain_mask = patterns.pattern("quantities", "masked_figure")


def first_characters() -> str:
    """The characters a lost number can start with, for the scanner's guard."""
    return "名人位多余近万元次" + "".join(
        sorted({w[0] for w, c in classifiers().items() if c.lost} | {w[0] for w in _told()})
    )


def _named() -> list[Classifier]:
    """The classifiers that are a lost number beside one of their nouns."""
    return [c for c in classifiers().values() if c.lost and c.word != "次"]


@patterns.part("quantities")
def classifiers_beside() -> str:
    """Each of them in front of one of its nouns."""
    return "|".join(f"{c.word}(?={any_of(c.lost)})" for c in _named())


@patterns.part("quantities")
def told_classifiers() -> str:
    """Classifiers that a verb of counting leaves bare at the end of a clause."""
    return any_of(_told())


@patterns.part("quantities")
def end_classifiers() -> str:
    """Classifiers that stand behind what they count."""
    return any_of(["名", "人", "位", "人次", *(c.word for c in _named()), "次"])


@patterns.part("quantities")
def longest_lost() -> str:
    """The characters of the longest of both, and one for what may stand in front of it."""
    return str(1 + max(len(w) for w in (*_told(), *(c.word for c in _named()), "人次")))


@patterns.part("quantities")
def behind_verbs() -> str:
    """A look-behind for the verbs that say how many of something there was."""
    return "|".join(f"(?<={row['verb']})" for row in rows("told.tsv"))


@patterns.part("quantities")
def masked_classifiers() -> str:
    """The classifiers of masked numbers; ×对, ×门 are masked words."""
    return any_of([w for w in classifiers() if w not in ("对", "门", "面", "处")])


@patterns.part("quantities")
def bare_classifiers() -> str:
    """The classifiers that are a lost number where they stand bare."""
    return any_of(list(_words_before()))


@patterns.part("quantities")
def bare_in_clause() -> str:
    """Those that are one at the beginning of a clause, too."""
    return any_of([w for w in _words_before() if w not in "对起处"])


@patterns.part("quantities")
def first_of_bare() -> str:
    """The characters that they begin with."""
    return "".join(sorted({w[0] for w in _words_before()}))


@knowledge
def pattern() -> str:
    """The alternation of lost numbers without a mask."""
    return "|".join(piece() for piece in (_thing, _money, _person, _at_end))


@knowledge
def _words_before() -> dict[str, tuple[str, ...]]:
    """What stands before a classifier when the two are another word: 事件, 市场."""
    return {row["classifier"]: tuple(row["in_words"].split("|")) if row["in_words"] else () for row in rows("bare.tsv")}


def _behind(text: str, start: int, word: str) -> bool:
    """True when the noun in front is one that this classifier counts: 作品幅，"""
    before = text[max(0, start - 8) : start].rstrip('”’"共 ')
    return before.endswith(_nouns()[word]) and not (word == "人" and before.endswith(_one_word()))


@knowledge
def _nouns() -> dict[str, tuple[str, ...]]:
    """The nouns behind which a bare classifier is a lost number."""
    people = person_nouns()
    things = {c.word: tuple(n for n in c.lost if len(n) > 1) for c in classifiers().values()}
    return things | {"人": people, "位": people, "人次": people, "名": (*people, "等奖")}


def lost(text: str, m: re.Match[str]) -> Amount | Headcount | Count | None:
    """The masked record of a match, None when a word only looks like one."""
    start, end = m.span()
    kind = m.lastgroup
    if kind == "lostbehind" and not _behind(text, start, m[0].lstrip("多余近")):
        return None
    if kind == "lostrate":
        return Count(start, end, text[start:end], "rate", None, None, masked=True)
    bare = _beside_unit().sub("", m[0])
    approx: Approx = "over" if re.search("[余多逾上]|[最至]少|不[少低]", m[0]) else "exact"
    if m[0][0] == "近" or m[0].endswith("以内"):
        approx = "under"
    if text[max(0, start - 1) : start] in ("第", "届"):
        return None
    if kind == "lostmoney":
        return amount(text, start, end, None, "元", approx)
    if kind == "lostperson" or bare in ("名", "人", "位", "人次"):
        return headcount(text, start, end, None, "人次" if m[0].endswith("次") else "人", approx)
    return Count(start, end, text[start:end], "count", None, None, approx, bare, what(text, start, end), True)


_FIGURE = compiled("[0-9]")
#: So many losses in one text make every line of it without a figure suspect.
_MANY = 5


def _hot(text: str, lost_at: list[int]) -> Iterator[tuple[int, int]]:
    """The lines that lost a number; where many did, every line without a figure."""
    end, at, many = 0, 0, len(lost_at) >= _MANY
    while end < len(text):
        start = end if many else text.rfind("\n", end, lost_at[at]) + 1 or end
        stop = text.find("\n", start if many else lost_at[at])
        stop = len(text) if stop < 0 else stop
        inside = at < len(lost_at) and lost_at[at] < stop + 1
        if inside or not _FIGURE.search(text, start, stop):
            yield start, stop
        while at < len(lost_at) and lost_at[at] <= stop:
            at += 1
        end = stop + 1
        if not many and at == len(lost_at):
            return


def more(text: str, found: list[Quantity], unsure: Collection[int] = ()) -> list[Amount | Headcount | Count]:
    """Further lost numbers beside those that are certain: in their lines a bare classifier is one, too."""
    lost_at = [q.start for q in found if q.masked and q.start not in unsure and not _plain_mask().search(q.text)]
    if not lost_at:
        return []
    starts = [q.start for q in found]
    out = []
    for start, stop in _hot(text, lost_at):
        for m in weak().finditer(text, start, min(stop + 1, len(text))):
            i = bisect_right(starts, m.end() - 1)
            if i and found[i - 1].end > m.start():
                continue
            if m["lostbare"] and text[max(0, m.start() - 4) : m.start()].endswith(_words_before()[m[0]]):
                continue
            if record := lost(text, m):
                out.append(record)
    return out
