"""The grammar of calendar expressions: one alternation whose named groups :mod:`dates` reads."""

from __future__ import annotations

import re

from gonghui_nlp.compiling import compiled
from gonghui_nlp.quantities.figures import STOP
from gonghui_nlp.quantities.lexicon import any_of, eras, festivals
from gonghui_nlp.resources import knowledge, patterns

MASK = "xX×*_△□#"
OPEN, CLOSE = r"\\?[“‘\"']", r"\\?[”’\"']"
TO = "(?: ?[-~～—–─至到]{1,2} ?)"
CN9 = "一二三四五六七八九"
_NO_DIGIT = f"(?<![0-9{CN9}十百千万零〇几])"

YEAR = (
    f"(?:19|20)[0-9O{MASK}]{{2}}|1[0-8][0-9]{{2}}(?=年)|[1-9][0-9]{{2}}(?=年(?:1[0-2]|[1-9])月)|(?<=[在于])[1-9][0-9]{{2}}(?=年[，。；、]|年$)|[{CN9}][〇○零{CN9}]{{2}}(?=年(?:十[一二]?|[{CN9}])月)|(?:两|二)千零?[{CN9}]?(?=年[^，。]{{0,3}}月)|[一二][九〇○零Oo0][〇○零Oo0{CN9}{MASK}]{{2}}|20(?:[{MASK}-]|[{MASK}]{{3,4}})(?=年|学年)"
    f"|[xX]{{2,4}}|×{{1,4}}|[*_△□#]{{2,4}}|某(?=年)"
    f"|0[0-9](?= ?年|学年)|9[0-9](?=年[度级]?[0-9{CN9}上下春秋的]|学年)|[12][0-9](?=年(?:(?:1[0-2]|0?[1-9]|[{CN9}十])月|[上下]半年|[底初末](?![一-鿿]?一)|[春秋冬夏]季|第?[一二三四1-4]季度))"
    f"|[〇○零][〇○零{CN9}](?=年)|[九一二][〇○零{CN9}](?=年[度级]?(?:十?[{CN9}]|十)月|年[上下]半年|年[底初末])"
)
#: What every year begins with, and where a range may follow it: looked at before the many forms of a year are tried.
_YEAR_HERE = f"(?=[0-9][0-9]|[{CN9}〇○零][〇○零{CN9}Oo0]|[两二]千|[{MASK}]|某年)"
_DASH_NEAR = "(?=.{1,9}?[-~～—–─至到])"
_SHORT_YEAR = "(?:[0-9]{4}|[0-9]{2}|20[xX*×]{2}|[xX*×]{2,4})"
MONTH = f"(?:1[0-2]|0?[1-9]|十[一二]?|[{CN9}元]|[{MASK}]{{1,4}})"
DAY = f"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|(?:二?十|廿)[{CN9}]?|[{CN9}]|[{MASK}]{{1,2}})"
PART = "(?:[上中下]{1,2}旬|初(?![一二三四五六七八九十])|[底末])"

_SEP = "[·.。、・•‧．˙∙⋅\\-—，]?"
#: Festivals that are written as month and day: both ways of writing the two numbers.
NUMBERED = {
    "三八": ("三", "八", "3", "8"),
    "五一": ("五", "一", "5", "1"),
    "五四": ("五", "四", "5", "4"),
    "六一": ("六", "一", "6", "1"),
    "七一": ("七", "一", "7", "1"),
    "八一": ("八", "一", "8", "1"),
    "五一二": ("五", "一二", "5", "12"),
    "一二九": ("一二", "九", "12", "9"),
}
_NUMBERED = "|".join(f"{a}{_SEP}{b}|{c}[·.。、・•‧．˙∙⋅-]{d}(?![0-9])" for a, b, c, d in reversed(NUMBERED.values()))
_ALONE = (
    "(?:(?<=[。；\\n、，])(?:三八|五一|五四|六一|七一|八一)(?=[，、])"
    "|(?<=[在于迎逢])(?:3[.·]8|5[.·]1|5[.·]4|6[.·]1|7[.·]1|8[.·]1)(?=组织|开展|举办|召开|时|[，、]))"
)
_TENTH = "(?<=[旦节庆秋午阳明一四八]、)十一(?=、|等|节日|期间)"
_DOUBLE_NINTH = f"(?:{OPEN})?九[·.]?九(?:{CLOSE})?(?:重阳节?|老人节|敬老节)"
_first_words = patterns.words("quantities", "date_starts")
_deictic = patterns.source("quantities", "deictic")
_name = patterns.source("quantities", "festival_name")
_honour = patterns.source("quantities", "honour")
_festival_cue = patterns.source("quantities", "festival_cue")
_both_cue = patterns.source("quantities", "both_cue")
_holiday_cue = patterns.source("quantities", "holiday_cue")


def _named() -> str:
    """A festival's name behind its numbers, in quotation marks or not."""
    name = _name()
    return f"(?:{name}|佳节|{OPEN}{name}{CLOSE}|{OPEN}国际{CLOSE}{name})"


#: The month and day in front of a festival's name: 3.12植树节, “9.10”教师节.
_MONTH_DAY = "(?:1[0-2]|[1-9]) ?[.·•‧．˙∙⋅] ?(?:3[01]|[12][0-9]|[1-9])"

AFTER = "(?:期间|前夕|前后|前(?!进(?!行)|[往来去期后三景列沿提述言年方面两几]))?"


@knowledge
def plain() -> str:
    """The festivals that are dates wherever they are named, as an alternation."""
    return any_of([f.name for f in festivals().values() if f.form == "plain"])


def numbered() -> str:
    """A numbered festival without quotes, for the scanner: its name or a cue follows."""
    return (
        f"(?:{_NUMBERED})(?:{CLOSE})?(?:{_named()}|(?={_festival_cue()}))|{_ALONE}|{_TENTH}|十[·.•]?一(?={_holiday_cue()})|[两双]节(?={_both_cue()})|{_DOUBLE_NINTH}"
        f"|{_MONTH_DAY}(?=(?:{CLOSE})?(?:国际|全国|世界|中国)?(?:{plain()}|{_name()}))"
    )


def quoted_start() -> str:
    """What can follow the quotation mark in front of a festival, as a character class."""
    return "[" + "".join(sorted({f.name[0] for f in festivals().values() if f.form != "plain"})) + "九1-9]"


#: 第二届教师节, 第三、四季度, 第个教师节.
ORDINAL_START = (
    "第(?=(?:[0-9一二三四五六七八九十百]|[xX×*]){1,5}+[个届学季]|[个届][^，。]{1,6}节"
    "|[一二三四1-4](?:季度)?[、和至-]第?[一二三四1-4]季)"
)


#: 一、二季度 without 第.
QUARTERS = "[一二三四1-4](?=(?:季度)?[、和至到-][一二三四1-4]季度)"


def starts() -> list[str]:
    """The words that a date can start with when it is no digit and no mask."""
    named = [f.name for f in festivals().values() if f.form != "number"]
    return [*_first_words(), *_deictic().split("|"), *eras(), *named]


@knowledge
def pattern() -> re.Pattern[str]:
    """All calendar expressions; :func:`date` reads the named groups."""
    named = plain()
    quoted = any_of([f.name for f in festivals().values() if f.form == "quoted"])
    tail = (
        f"(?=[0-9十元{CN9}{MASK}])(?:(?P<lunarday>{MONTH}月初[{CN9}十]|(?:十[一二]?|[{CN9}])月(?:二?十[{CN9}]?|三十)(?={STOP})|八月十五(?![日号至到])|九月九(?![日号至到]))"
        f"|(?:{_DASH_NEAR}(?P<m1>{MONTH})(?:月份?)?{TO})?(?P<m>{MONTH}) ?月(?![考刊饼经]|月(?![底初末]))(?:份(?!额))?"
        f"(?: ?(?:(?P<d1>{DAY})(?: ?[日号])?(?:{TO}|、))?(?P<d>{DAY}) ?[日号](?!楼)|(?P<xun>月?{PART}|的?第[一二三四五1-5]个?(?:周|星期)(?![年岁])))?)"
        f"|(?P<half>[上下前后]半年)|(?P<first_quarters>前(?P<upto>[两二三2-3])个?季度)|(?:第?(?P<q1>[一二三四1-4])(?:季度)?(?:{TO}|[、和]))?第?(?P<quarter>[一二三四1-4])季度"
        "|(?P<semester>[春秋夏冬]季(?:学期|期)?|[春秋]学期|第[一二]学期|(?<=[0-9xX×*]年)[春秋](?!节|天|风|游|分)|(?<=年)[春夏秋冬]天)"
        "(?!运动|田径|要约|行动|攻势|专场|长跑|趣味|游|旅|远足|登山|招|高考|传染|流感|篮球|排球|[”’])"
        f"|(?P<edge>年[底初末中](?!考|学)|岁末|年终(?!工作|总结|考核|考评|奖|评|检查|述职|决算|绩效|福利|目标|表彰|报告|汇报|慰问)|(?<=[0-9{MASK}〇○零{CN9}今去明前当次]年)[底初末])(?!总结)"
        "|(?P<holiday>寒暑假|[寒暑]假|[寒暑]期(?!工|托管))"
        "|(?P<term>学期(?:[初末]|期[初末])|学年[初末]|期[初末](?!总结|考|复习|统考|检测|成绩|评|测|工作)"
        "|开学(?:初|第一天|之初|伊始)|年度?伊始)"
        f"|第(?P<nth>[0-9]{{1,3}}|[{CN9}十百]{{1,5}}|[{MASK}]{{1,3}}|(?=[个届][^，。]{{1,6}}节))(?:个|届)(?:{OPEN})?(?:国际|全国|世界|中国)?"
        f"(?P<ofnth>{named}|三{_SEP}八(?:国际)?(?:劳动)?妇女节|国际劳动妇女节)(?:{CLOSE})?"
        "|(?(year)(?<=年)(?P<ym>1[0-2]|[1-9])[.·](?P<yd>3[01]|[12][0-9]|[1-9])(?![0-9.%‰万亿千百元名人件个次项倍折成点斤吨亩米公小天分秒里升])|(?!))"
        f"|{OPEN}?(?P<md>{_MONTH_DAY})(?:{CLOSE}?(?:国际|全国|世界|中国)?(?:{named}|{_name()}){CLOSE}?)"
        f"|(?P<fest>{named})(?:佳节)?"
        f"|{OPEN}(?P<nf1>{_NUMBERED}){CLOSE}(?!{_honour()}){_named()}?"
        f"|{OPEN}(?P<nf2>{_NUMBERED}){_name()}{CLOSE}"
        f"|(?P<nf3>{_NUMBERED})(?:{CLOSE})?{_named()}"
        f"|(?P<nf4>{_NUMBERED})(?={_festival_cue()})|(?P<nf5>{_ALONE})"
        f"|{OPEN}(?P<qf>{quoted}){CLOSE}(?!{_honour()})|(?P<qf2>{quoted})(?={_holiday_cue()})|(?P<qf2b>[两双]节)(?={_both_cue()})|{OPEN}?(?P<qf3>十[·.•]?一)(?:{CLOSE}(?!{_honour()})|(?={_holiday_cue()}))|(?P<qf4>{_TENTH})"
        f"|(?P<lunar>{_DOUBLE_NINTH}|(?:农历|阴历)?(?:正月|腊月)(?:初[{CN9}十]|三十|[十廿二][{CN9}十]{{0,2}})?"
        f"|(?:农历|阴历)(?:(?:{YEAR})年)?(?:{MONTH})月(?:初?[{CN9}十廿]{{1,3}})?|大年(?:初[{CN9}]|三十))"
        f"|(?P<lostday>(?<![岁日每])月 ?日(?![子常程益报])(?:{TO}(?:月 ?)?日|、日)?|(?<=[于从在至到自，。；、：\n）])月(?:份|[上中下]旬)?(?=[，、]|组织|开展|举办|召开|邀请|选派|接受|参加|表彰|慰问|进行|女|青年|教)"
        f"|(?<=[于从在至到自，。；、：\n）如])月份(?![牌来额])|(?<=[今去明]年)月份?(?![考刊饼均薪])"
        f"|(?<![0-9一-鿿×xX])年[春秋]季(?:学期)?)"
    )
    return compiled(
        f"(?=[0-9xX×*])(?:(?P<schoolyear>{_SHORT_YEAR}年?(?:{TO}|/){_SHORT_YEAR} ?学年度?(?:第?[一二上下]学期)?)"
        "|(?<![0-9/])(?P<iso>(?P<iy>(?:1[789]|20)[0-9]{2})(?P<sep>[-./])(?P<im>1[0-2]|0?[1-9])"
        "(?:(?P=sep)(?P<id>3[01]|[12][0-9]|0?[1-9])|[.])?)(?![0-9年]|/[0-9])"
        f"|(?P<alone>20[{MASK}]{{2}})(?=[，。、；）]))"
        "|(?=年)(?P<lostyear>(?:(?<![0-9一-鿿])|(?<=[于从自在至到]))年 ?月(?: ?日|(?=[，。、\n）底初份上中下召举组开成])))"
        f"|{_NO_DIGIT}(?:{_YEAR_HERE}(?:{_DASH_NEAR}(?P<y1>{YEAR}) ?年?{TO})?(?P<year>{YEAR}) ?(?:年度?|(?P<school>学年度?(?:第?[一二上下]学期)?))"
        f"|(?:{_deictic()})(?=[^，。]))?(?: ?(?:{tail})|(?(year)|(?!))){AFTER}"
        f"|{_NO_DIGIT}(?P<day>(?:3[01]|[12][0-9]|[1-9])(?=[日号][上下早晚中]|日(?:[，、至]|{named}))|二?十[{CN9}](?=日[上下早晚中，]))[日号]"
        f"|{_NO_DIGIT}(?<!世纪)(?P<decade>(?P<century>(?:1[5-9]|20|21|十[五六七八九]|二十一?|上|本)世纪)?(?P<tens>[1-9]0|[{CN9}]十)年代)(?:[初中末]期?)?"
        f"|(?P<era>{any_of(tuple(eras()))})(?P<era_year>元|[0-9]{{1,2}}|[{CN9}十廿]{{1,3}})年(?:{MONTH}月(?:份|初?[0-9{CN9}十廿]{{1,3}}[日号]?)?)?"
    )
