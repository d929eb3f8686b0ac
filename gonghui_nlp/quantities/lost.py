"""Lost numbers: the classifier or the currency survived, the number was deleted or masked (添置器材多万元)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from gonghui_nlp.compiling import compiled
from gonghui_nlp.quantities.amounts import NOT_YUAN, amount
from gonghui_nlp.quantities.calendar_grammar import MASK
from gonghui_nlp.quantities.counted import what
from gonghui_nlp.quantities.found import Quantity
from gonghui_nlp.quantities.headcounts import headcount
from gonghui_nlp.quantities.lexicon import any_of, classifiers, person_nouns, rows
from gonghui_nlp.resources import knowledge, patterns
from gonghui_nlp.schema import Amount, Approx, Count, Headcount
from gonghui_nlp.text.numerals import CHARACTERS

_attribute = patterns.source("quantities", "lost_attribute")
_lost_cue = patterns.source("quantities", "lost_cue")
_before_name = patterns.source("quantities", "lost_before_name")
_before_seat = patterns.source("quantities", "lost_before_seat")
_famous = patterns.source("quantities", "famous")
_busy = patterns.source("quantities", "busy")
_told = patterns.words("quantities", "lost_told")
_amount_before = patterns.source("quantities", "amount_before")
_money_before = patterns.source("quantities", "money_before")
_counted = patterns.source("quantities", "lost_counted")
_one_word = patterns.words("quantities", "one_word")
_NEXT = "[，。；、）]"


def first_characters() -> str:
    """The characters a lost number can start with, for the scanner's guard."""
    return "名人位多余近万元次" + "".join(
        sorted({w[0] for w, c in classifiers().items() if c.lost} | {w[0] for w in _told()})
    )


def _after_verbs() -> str:
    """A look-behind for the verbs that say how many of something there was."""
    return "|".join(f"(?<={row['verb']})" for row in rows("told.tsv"))


@knowledge
def pattern() -> str:
    """The alternation of lost numbers without a mask."""
    person = any_of(person_nouns())
    named = [c for c in classifiers().values() if c.lost and c.word != "次"]
    longest = 1 + max(len(w) for w in (*_told(), *(c.word for c in named), "人次"))
    beside = "|".join(f"{c.word}(?={any_of(c.lost)})" for c in named)
    return (
        f"(?<=[{_lost_cue()}])(?P<lostcount>{beside})"
        f"|(?=[余多万元近])(?P<lostmoney>(?<![{CHARACTERS}余多])[余多]万元(?!{NOT_YUAN})"
        f"|(?<=[金款费计共达资值准额])(?:万元|[余多]?元(?={_NEXT}))|(?<=[均于科每人户月年])元(?={_NEXT}|的|不等|左右|以上|慰|奖(?!金计划)|补)"
        f"|(?<=、)元(?=[、，。；])|(?<=[金款费计共达资] )(?:万元|[余多]?元(?={_NEXT}))|近元(?={_NEXT}))"
        f"|(?=[名位多近余人])(?P<lostperson>(?<=[{_before_name()}])名(?=(?:(?:{_attribute()}){{1,3}}的)?(?:{_attribute()}){{0,3}}(?:{person}))(?!校长|班主任|师)"
        f"|(?<=、)名(?!{_famous()})(?=(?:{_attribute()}){{0,3}}(?:{person}))"
        f"|(?<![最附临亲靠将接])近[名位](?=(?:{_attribute()}){{0,3}}(?:{person}))"
        f"|(?<=[{_before_seat()}])位(?=(?:{_attribute()}){{0,3}}(?:{person}))"
        f"|(?<=[共达校计约])多名(?=[^，。]{{0,6}}?(?:{person}))|(?<=[共达计约])多(?:人次|人|位)"
        "|(?<![平易附最亲就])近人(?=[，。；]|参)"
        f"|(?<![{CHARACTERS}其])余(?:人次|名(?=[^，。]{{0,6}}?(?:{person}))|人(?={_NEXT}|参|赴|到))"
        f"|(?<=[共达计约数])人次(?={_NEXT})|(?<=[，。；、\n])人(?={_busy()}))"
        # What stands behind is looked at before the many verbs that may stand in front.
        f"|(?=.{{1,{longest}}}?{_NEXT})(?:(?=(?:{any_of(_told())}){_NEXT})(?:{_after_verbs()})(?P<losttold>{any_of(_told())})"
        f"|(?<![{CHARACTERS}])(?P<lostbehind>[多余近]?(?:{any_of(['名', '人', '位', '人次', *(c.word for c in named), '次'])})(?={_NEXT})))"
    )


@knowledge
def masked() -> re.Pattern[str]:
    """A masked number and its unit: ××元, xx余名."""
    things = any_of([w for w in classifiers() if w not in ("对", "门", "面", "处")])
    # ×家庄, ×期, *支部 are masked names; xxx家 is a masked number.
    return compiled(
        f"(?:[{MASK}]{{1,6}}[余多]?(?![家期节组队支])|[{MASK}]{{2,6}}[余多]?(?=家(?![庄长园村港乡属])|期(?!间)|节(?![日假])|[组队支]))"
        f"(?:(?P<lostrate>%)|(?P<lostmoney>[百千万亿]{{0,2}}元(?!{NOT_YUAN}))|"
        f"(?P<lostperson>人次|人(?![民大均才])|[名位])|(?P<lostcount>(?:{things})(?!(?:{'|'.join(['年', '月', '日'])}))))"
    )


_PEOPLE = "[^，。；：、的在]{0,6}?"


@knowledge
def _words_before() -> dict[str, tuple[str, ...]]:
    """What stands before a classifier when the two are another word: 事件, 市场."""
    return {row["classifier"]: tuple(row["in_words"].split("|")) if row["in_words"] else () for row in rows("bare.tsv")}


@knowledge
def weak() -> re.Pattern[str]:
    """Lost numbers in a line that has lost another: what would be a word or a phrase elsewhere is one here."""
    person = any_of(person_nouns())
    bare = list(_words_before())
    cue = "(?<=[，。；、等的辖有对了在\n全为])"
    first = "".join(sorted({w[0] for w in bare}))
    return compiled(
        f"(?=[名位人元至最不超约近逾余多{first}])(?:"
        f"(?P<lostperson>(?<=[，。；：、\n的有由达选派荐招约计共收集织为奖检训签其年问对校])(?:名(?![师校家牌单额列称义次誉班])|位(?!于|置))(?={_PEOPLE}(?:{person})|参|脱|获)"
        f"|(?:(?<=[达奖检训派荐约收者模年为会数属师幼])|(?<=[应实达]到)|(?<=其中)|(?<=[职教员]工))[余多]?人(?=[，。；、）]|参加|获|接受|被|赴|进行|外出)"
        f"|{_amount_before()}(?:人次|[名人位])(?:以上|左右|以内)?(?=[，。；、）]|参加|{_PEOPLE}(?:{person})))"
        f"|(?<=[{_money_before()}])(?P<lostmoney>[约近逾]?[万]?[余多]?元(?:以上|以内|左右)?(?=[，。；、）]|慰|奖|补|不等)|(?:[—～~-]|元?至)元(?=[，。；、）]|不等))"
        f"|(?P<lostcount>{_amount_before()}(?:{any_of(bare)})(?:以上|左右|以内)?(?=[，。；、）]|的)"
        f"|{cue}[余多]?(?:{any_of([w for w in bare if w not in '对起处'])})(?={_counted()}))"
        f"|(?<=[一-鿿”’》）])(?<![{CHARACTERS}])(?P<lostbare>{any_of(bare)})(?=[，。；、）])"
        ")"
    )


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


@knowledge
def _unit() -> re.Pattern[str]:
    """What stands beside the unit of a lost number: a mask, how near it is."""
    return compiled(f"^(?:[{MASK}]*[余多近]?|{_amount_before()})|(?:以上|左右|以内)$")


def lost(text: str, m: re.Match[str]) -> Amount | Headcount | Count | None:
    """The masked record of a match, None when a word only looks like one."""
    start, end = m.span()
    kind = m.lastgroup
    if kind == "lostbehind" and not _behind(text, start, m[0].lstrip("多余近")):
        return None
    if kind == "lostrate":
        return Count(start, end, text[start:end], "rate", None, None, masked=True)
    bare = _unit().sub("", m[0])
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


_PLAIN_MASK = compiled(f"[{MASK}]")
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


def more(text: str, found: list[Quantity]) -> list[Amount | Headcount | Count]:
    """Further lost numbers beside those that are certain: in their lines a bare classifier is one, too."""
    lost_at = [q.start for q in found if q.masked and not _PLAIN_MASK.search(q.text)]
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
