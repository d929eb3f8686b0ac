"""Where a quantity can be: the one alternation over the whole text, and the units that follow a number."""

from __future__ import annotations

import re

from gonghui_nlp.quantities import calendar_grammar as grammar
from gonghui_nlp.quantities import lost, plausible
from gonghui_nlp.quantities.amounts import CURRENCY, NOT_YUAN
from gonghui_nlp.quantities.headcounts import noun
from gonghui_nlp.quantities.lexicon import any_of, by_first, classifiers, person_nouns, rows
from gonghui_nlp.quantities.numerals import OVER_AFTER, UNDER_AFTER, words
from gonghui_nlp.resources import knowledge
from gonghui_nlp.text.numerals import CHARACTERS

TO = "[-~～—–─至到]{1,2}+"
#: 4 820 and 2，000: groups of three with a blank or a wide comma between them.
_GROUPED = r"(?<![0-9\n])[1-9][0-9]{0,2}(?:[ ，][0-9]{3})++(?![0-9.,])"
#: 三、四万: neighbours with a comma, before a unit only.
_OR = "(?<![第\n。；])(?:一、二|二、三|三、四|四、五|五、六|六、七|七、八|八、九)[十百千万]{1,2}+"
ONE = f"[{CHARACTERS}](?:[{CHARACTERS}]|[,.](?=[0-9])|点(?=[一二三四五六七八九〇零]))" + "{0,20}+"
_VAGUE = "数(?=[十百千万亿])[十百千万亿]{1,3}+"
NUMBER = f"(?:{_GROUPED}|{_OR}|{ONE}|{_VAGUE})(?:[余多来](?:[百千万亿]{{1,2}}+[余多]?)?)?"
SUFFIX = f"(?:(?=[及以之有余多内左上])(?:{words(tuple(w for w in OVER_AFTER if len(w) > 1), UNDER_AFTER, ('左右', '上下'))}))?"
_DURATION = "年|天|个?小时|分钟|个?星期|周(?![年岁一二三四五六日末密围期])|个多?月|个学期"
DIGIT = "[0-9一二两三四五六七八九壹贰叁肆伍陆柒捌玖]"
_CENTS = f"{DIGIT}[角毛](?:{DIGIT}分)?钱?|零?{DIGIT}分钱?"
#: A date can only follow a number when one of these is next.
DATE_NEXT = frozenset("年月日号学季-~～—–─至到/xX×*_△□#Oo")


@knowledge
def unit() -> re.Pattern[str]:
    """What stands behind a number and makes it a quantity, with its approximation word."""
    things = by_first(
        {c.word: re.escape(c.word) + (f"(?!{c.never})" if c.never else "") for c in classifiers().values()}
    )
    person = noun()
    return re.compile(
        f" ?(?:(?P<money>[元块圆](?P<cents>{_CENTS})|元(?!{NOT_YUAN})|块钱|{any_of(list(CURRENCY))}|圆(?=[整正，。；）]|$))"
        "|(?P<rate>%|‰|个百分点|成[一二三四五六七八九半]?(?=以上|左右|多|的|[，。；）]))"
        f"|(?P<time>{_DURATION})"
        "|(?P<person>人次(?!数)|人(?![大民均员才士数类间心格文物口制]|组(?!成)|工(?!作|会)|生(?!病|活)|足球|篮球|三足)"
        "|个人(?=[，。；、）]|参加|参与|获|$)|名(?![额次誉]|列(?!席)|单(?!身))|位(?![数置于列居一])"
        f"|个(?=[^，。；、的0-9]{{0,6}}(?:{person})(?:[，。；、）]|参加|获|荣|被|受到|赴|$))|(?={person}))"
        f"|(?P<thing>{things}))(?P<suffix>{SUFFIX})"
    )


def _next() -> str:
    """The characters that can follow a number in a quantity."""
    first = "元块圆%‰成分年天小星周人名位个" + "".join(w[0] for w in classifiers()) + "".join(w[0] for w in CURRENCY)
    first += "".join(n[0] for n in person_nouns()) + "".join(DATE_NEXT)
    return "".join(re.escape(c) for c in sorted(set(first)))


@knowledge
def master() -> re.Pattern[str]:
    """Where a quantity can be. A look-ahead for the few characters it can start with comes first."""
    digits = f"{CHARACTERS}数"
    traps = [row["pattern"] for row in rows("traps.tsv")]
    arabic = [t for t in traps if re.match(r"\[[^\]]*0-9", t)]
    chinese = "|".join(t for t in traps if t not in arabic)
    words_ = grammar.starts()
    word_first = "".join(sorted({w[0] for w in words_}))
    lost_first = lost.first_characters()
    things = "".join(sorted({w[0] for w in classifiers()}))
    return re.compile(
        f"(?=[¥￥{digits}{grammar.MASK}“‘\\\\\"'第{word_first}{lost_first}])(?:"
        f"(?=[{digits}])(?<![{CHARACTERS}])(?:(?P<trap>(?![0-9])(?:{chinese})|{'|'.join(arabic)})"
        f"|(?P<congress>(?=[十二])(?:{'|'.join(plausible.PARTY)})大(?=精神|召开|报告|胜利))"
        f"|(?=[^0-9]|[0-9]{{1,2}} ?[·.。、・•‧．˙∙⋅-])(?P<festival>{grammar.numbered()})"
        "|(?<![0-9])(?P<iso>(?:19|20)[0-9]{2}[-./](?:1[0-2]|0?[1-9])(?![0-9年]))"
        f"|(?P<wholerate>百分之百|(?:百|千|万)分之{NUMBER}{SUFFIX}|(?=[{digits}.,余多来点 ，、]{{1,20}}+分之){NUMBER}分之{NUMBER}{SUFFIX}"
        f"|(?<![0-9./])[1-9]/(?:10|[2-9])(?=以上|左右|强|的?(?:{any_of(person_nouns())})))"
        f"|(?<![0-9][,.])(?P<number>{NUMBER}(?:{TO}{NUMBER})?)(?= ?[{_next()}]|(?<=[万亿余多])(?:[，。；、（）]|$)))"
        f"|(?P<sign>[¥￥] ?)(?P<signed>{ONE})(?:元)?"
        f"|(?=[{word_first}第])(?P<word>{by_first({w: w for w in words_})}|{grammar.ORDINAL_START})"
        f"|(?P<quote>{grammar.OPEN}(?={grammar.quoted_start()}))"
        f"|(?P<mask>[{grammar.MASK}]{{1,6}}+(?=[年月余多百千万元人名位%届{things}]|学年))"
        f"|(?=[{lost_first}])(?:{lost.pattern()})"
        ")"
    )
