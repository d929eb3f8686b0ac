"""Where a quantity can be: the one alternation over the whole text, and the units that follow a number."""

from __future__ import annotations

import re

from gonghui_nlp.compiling import compiled
from gonghui_nlp.quantities import calendar_grammar as grammar
from gonghui_nlp.quantities import lost, plausible
from gonghui_nlp.quantities.figures import BEGINS, ONE, STOP, TO, number
from gonghui_nlp.quantities.kinds import first_characters
from gonghui_nlp.quantities.lexicon import any_of, by_first, classifiers, person_nouns, rows
from gonghui_nlp.quantities.nearness import near_unit
from gonghui_nlp.resources import knowledge
from gonghui_nlp.text.numerals import CHARACTERS, NINE, UNITS

#: A date can only follow a number when one of these is next.
DATE_NEXT = frozenset("年月日号学季世-~～—–─至到/xX×*_△□#Oo")


def _next() -> str:
    """The characters that can follow a number in a quantity."""
    first = first_characters() + "".join(n[0] for n in person_nouns()) + "".join(DATE_NEXT)
    return "".join(re.escape(c) for c in sorted(set(first)))


_FIRST = compiled(r"(?:\[([^\]\\^-]+)\]|([^\\\[\](){}.*+?^$|]))(?![*+?{])")


def _by_first_character(patterns: list[str]) -> str:
    """The patterns with one branch for a first character, so that all others are passed over at once."""
    groups: dict[str, list[str]] = {}
    odd = []
    for one in patterns:
        if (m := _FIRST.match(one)) and "|" not in re.sub(r"\(.*\)|\[.*\]", "", one):
            for character in m[1] or m[2]:
                groups.setdefault(character, []).append(one[m.end() :])
        else:
            odd.append(f"(?:{one})")
    return "|".join([f"{c}(?:{'|'.join(rest)})" for c, rest in groups.items()] + odd)


@knowledge
def master() -> re.Pattern[str]:
    """Where a quantity can be. A look-ahead for the few characters it can start with comes first."""
    digits, figures, suffix = f"{CHARACTERS}数", number(), near_unit()
    traps = [row["pattern"] for row in rows("traps.tsv")]
    arabic = [t for t in traps if re.match(r"\[[^\]]*0-9", t)]
    chinese = _by_first_character([t for t in traps if t not in arabic])
    words_ = grammar.starts()
    word_first = "".join(sorted({w[0] for w in words_}))
    lost_first = lost.first_characters()
    # A character that only words of dates begin with (教师节, 开学初) must have a second one of theirs behind it.
    alone = "".join(w for w in words_ if len(w) == 1)
    others = f"¥￥$半{digits}{grammar.MASK}“‘\\\\\"'第{lost_first}{alone}"
    other = compiled(f"[{others}]")
    only_words = "".join(c for c in word_first if not other.match(c))
    second = re.escape("".join(sorted({c for w in words_ for c in w[1:2]})))
    things = "".join(sorted({w[0] for w in classifiers()}))
    figures_only = "".join(c for c in digits.replace("0-9", "0123456789") if c not in word_first + lost_first)
    return compiled(
        f"(?=[{others}]|[{only_words}][{second}])(?:"
        f"(?=[{digits}]){BEGINS}(?:(?P<trap>(?![0-9])(?:{chinese})|{'|'.join(arabic)})"
        f"|(?P<congress>(?=[十二])(?:{'|'.join(plausible.PARTY)})大(?=精神|召开|报告|胜利))"
        f"|(?=[^0-9]|[0-9]{{1,2}} ?[·.。、・•‧．˙∙⋅-])(?=.[ 0-9·.。、・•‧．˙∙⋅—，八一四二九节季和至到-])(?<!第)(?P<festival>{grammar.numbered()}|{grammar.QUARTERS})"
        "|(?<![0-9])(?P<iso>(?:1[789]|20)[0-9]{2}[-./](?:1[0-2]|0?[1-9])(?![0-9年]))"
        "|(?<![^\n])(?P<title>(?:19|20)[0-9]{2})(?=[^\n0-9，。；：年-][^\n，。；：]{0,28}(?:总结|计划|汇报|报告|安排|要点)(?:\n|$))"
        f"|(?=[{digits}.,余多来点 ，、]{{0,20}}+[分/])(?P<wholerate>百分之百|(?:[百千万亿]|[百千万]万)分之{figures}{suffix}|(?<![0-9.])[0-9]{{1,3}} [1-9]/(?:10|[2-9])(?![0-9])|(?=[{digits}.,余多来点 ，、]{{1,20}}+分之){figures}分之{figures}{suffix}"
        f"|(?<![0-9./])(?<![0-9] )[1-9]/(?:10|[2-9])(?=以上|左右|强|用于|的?(?:{any_of(person_nouns())})|(?<=[的占达近约]1/[2-9]){STOP}))"
        f"|(?<![0-9][,.])(?P<number>{figures}(?:{TO}{figures})?)(?= {{0,4}}[{_next()}]|(?:(?<=[{UNITS}余多])|(?<=[{UNITS}][{NINE}1-9])){STOP}))"
        # No other alternative begins with a figure.
        f"|(?![{figures_only}])(?:(?=[半对¥￥$])(?:"
        f"(?<![个一大多上下前后两{NINE}])(?P<halftime>半(?:个?小时|个?月(?![刊谈])|天|个学期))"
        f"|(?P<halfrate>(?:半[成折]|(?<=打)对折)(?={STOP}|左右|的|以上))"
        f"|[¥￥$] ?(?P<signed>{ONE})(?:美?元)?)"
        f"|(?=[{word_first}第])(?P<word>{by_first({w: w for w in words_})}|{grammar.ORDINAL_START})"
        f"|(?=[\\\\“‘\"'])(?P<quote>{grammar.OPEN}(?={grammar.quoted_start()}))"
        f"|(?=[{grammar.MASK}])(?P<mask>[{grammar.MASK}]{{1,6}}+(?=[年月余多百千万元人名位%届{things}]|学年))"
        f"|(?=[{lost_first}])(?:{lost.pattern()}))"
        ")"
    )
