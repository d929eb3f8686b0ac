"""Lost numbers: the classifier or the currency survived, the number was deleted or masked (投入资金多万元)."""

from __future__ import annotations

import re
from functools import lru_cache

from gonghui_nlp.model import Amount, Approx, Count, Headcount
from gonghui_nlp.quantities.amounts import NOT_YUAN, amount
from gonghui_nlp.quantities.counts import what
from gonghui_nlp.quantities.headcounts import headcount
from gonghui_nlp.quantities.lexicon import any_of, classifiers, person_nouns
from gonghui_nlp.quantities.numerals import CHARACTERS

_MASK = "[xX×*＊_△□]{1,6}"
_ATTRIBUTE = (
    "(?:在职|离?退休|离|困难|特困|贫困|优秀|先进|患病|生病|重病|病困|青年|中青年|女|男|骨干|一线|受灾|单亲|大龄|新|老)"
)
_CUE = "[共有了等和及达为对到约近助问织、区县市镇的]"


@lru_cache(maxsize=1)
def pattern() -> str:
    """The alternation of lost numbers; its groups say the kind."""
    person = any_of(person_nouns())
    by_noun = "|".join(
        f"(?<={_CUE}){re.escape(c.word)}(?={any_of(c.lost)})"
        for c in classifiers().values()
        if c.lost and c.word not in "次"
    )
    behind = "|".join(
        f"(?<={re.escape(noun)})[多余近]?{re.escape(c.word)}(?=[，。；、）])"
        for c in classifiers().values()
        for noun in c.lost
        if len(noun) > 1
    )
    things = any_of([w for w in classifiers() if w not in ("对", "门", "面", "家", "处")])
    return (
        f"(?P<lostmoney>(?:{_MASK}[余多]?[百千万亿]{{0,2}}|(?<![{CHARACTERS}余多])[余多]万)元(?!{NOT_YUAN})"
        f"|(?<=[金款费计共达资])(?:万元|元(?=[，。；、）])))"
        f"|(?P<lostperson>{_MASK}[余多]?(?:人次|[人名位](?![民大均才]))|(?<=[的和等了共对及、为送助问织达会])名(?={_ATTRIBUTE}*(?:{person}))"
        f"|(?<=[共达有校])多名(?=[^，。]{{0,6}}?(?:{person}))|(?<![平易附最亲])近人(?=[，。；]|参)|(?<![{CHARACTERS}其])余名(?=[^，。]{{0,6}}?(?:{person})))"
        f"|(?P<lostcount>{_MASK}[余多]?(?:{things})(?![年月日])|{by_noun}|{behind})"
    )


def lost(text: str, m: re.Match[str]) -> Amount | Headcount | Count | None:
    """The masked record of a match of :func:`pattern`."""
    start, end = m.span()
    approx: Approx = "over" if re.search("[余多]", m[0]) else "under" if m[0][0] == "近" else "exact"
    if m["lostmoney"]:
        return amount(text, start, end, None, "元", approx)
    if m["lostperson"]:
        return headcount(text, start, end, None, "人次" if m[0].endswith("次") else "人", approx)
    classifier = re.sub("^[xX×*＊_△□余多近]+", "", m[0])
    return Count(start, end, text[start:end], "count", None, None, approx, classifier, what(text, start, end), True)
