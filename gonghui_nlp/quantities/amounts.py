"""Amounts of money: the value, to whom it goes (per) and what it is for (purpose)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gonghui_nlp.quantities.figures import NUMBER, RANGE_FIRST, STOP, TO
from gonghui_nlp.quantities.kinds import SUFFIX, QuantityKind
from gonghui_nlp.quantities.lexicon import any_of, rows
from gonghui_nlp.quantities.numerals import Numeral, read
from gonghui_nlp.quantities.sightings import Sighting, extended, sign
from gonghui_nlp.resources import knowledge
from gonghui_nlp.schema import Amount, Approx, Per
from gonghui_nlp.text.numerals import BIG_UNITS, FORMAL_NINE, NINE, UNITS, cardinal

#: What follows 元 when it is not the currency.
NOT_YUAN = "[旦月宵素件老首帅气勋朝代年化组音谋复]"


@knowledge
def currencies() -> dict[str, str]:
    """The code of each name of a currency."""
    return {row["word"]: row["code"] for row in rows("currencies.tsv")}


@knowledge
def _money_word() -> re.Pattern[str]:
    """A word in front of a number that makes it money although no currency follows (捐款5万，)."""
    return re.compile(
        f"(?:{any_of([row['word'] for row in rows('money_words.tsv')])})(?:共|达|为|了|计|约|近|高|合计|总计)*$"
    )


_NEAR = "[^，。；：！？、（）元]{0,14}$"
#: Words in front of a sum that make it one person's, and those that make it another unit's.
_SCHOOLS = "专科|本科|大学|高中|中专|高职|技校|职高|初中|小学|研究生"
_RECEIVERS = "(?:子女|学生|职工|家庭|教师|员工|选手|会员|学子)"
_PERSON = re.compile(
    f"(?=[每人各标专本大高中名位技职初小研子学教员选会家])(?:(?:每人|人均|每一?[位名]|每个(?:教?职工|会员|教师|老师|员工|人|学生)){_NEAR}"
    "|各(?:(?:[奖发给捐送补得获领予赠拨缴]|资助|救助|慰问)[^，。；：！？、（）元]{0,8})?$|标准[为是]?$"
    f"|(?:{_SCHOOLS})[生类]?(?:及?以上)?(?:资助|补助|给予|发给|发放|奖励)?$"
    f"|{_RECEIVERS}分别(?:将|可|均|各)?(?:得到|获得|获|领到|发放|给予|资助|补助|奖励)[^，。；0-9元]{{0,6}}$"
    "|每人[^。；！？（）元]{0,8}，(?:价值|标准|计)[^，。]{0,3}$"
    "|[人名位][^。；！？（）]{0,4}分别[^。；！？（）]{0,20}$)"
)
_OTHER = re.compile(
    f"(?=[每户生月单面])(?:面[额值]$|(?:每[户生月年天场节次家学组班台本套份件队]|每个|户均|生均|月均|单笔|单项|单价){_NEAR})"
)
#: A character of every alternative of the two.
_CUE_FIRST = re.compile("[每均各单标科学中专别职校究面]")
_AFTER = re.compile(" ?(?:[/∕]|每) ?(?P<what>人|名|位|[一-鿿])")
#: A sum that is raised or lowered, or told in one breath with it, is of the same unit as the one before: 每次500元提高到800元,
#: 每人5000元及3000元, 每人最高4500元，最低3500元.
_CHANGED = re.compile(
    "元(?:(?:提高|增加|提升|上调|调整|上升|下调|降低|下降|减少|增)[到至为]|及|和|或|，?最[低少高多])$"
)
_SEVERAL = re.compile("(?:、[0-9.百千万]{1,8}元){0,8}不等")
_STAFF = "(?:教师|教工|职工|干部|员工|党员|会员|领导|老师|班主任|中层|校长|主任|主席)"
_KIND = re.compile(f"{_STAFF}$")
_KIND_LAST = frozenset("师工部员导任层长席")
_NEXT_KIND = re.compile(f"[，、；][^，。；、0-9]{{0,6}}{_STAFF}[0-9.百千]{{1,6}}元")
_LAST_KIND = re.compile(f"{_STAFF}[0-9.百千]{{1,6}}元[，、；][^，。；、0-9]{{0,6}}{_STAFF}$")
_SURNAME = (
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝]"
)
_NAMED_ONE = f"{_SURNAME}[一-鿿]{{1,2}}"
_GIVERS = re.compile(
    f"{_NAMED_ONE}(?:、{_NAMED_ONE}){{1,8}}(?:等)?(?:同志|老师|教师|同学|师傅)?(?:各|均|都|分别|也)?捐(?:款|出|资)?(?:各|达到?|了){{0,2}}$"
)
_CLAUSE_END = re.compile("[，。；！？（）\n]")
_SENTENCE_END = re.compile("[。；！？\n]")
_SPREAD = re.compile("[0-9一二三四五六七八九十百千元][-~～—–─至到]{1,2}[0-9一二三四五六七八九]+[0-9百千]*元")
_TOTAL = re.compile("共|合计|总计|累计|总额")


@knowledge
def _purposes() -> re.Pattern[str]:
    groups: dict[str, list[str]] = {}
    for row in rows("purposes.tsv"):
        groups.setdefault(row["purpose"], []).append(row["cue"])
    first = "".join(sorted({w[0] for words in groups.values() for w in words}))
    return re.compile(f"(?=[{first}])(?:" + "|".join(f"(?P<{p}>{any_of(w)})" for p, w in groups.items()) + ")")


_FIRST_SUM = re.compile("[0-9.一二三四五六七八九十百千万]+$")


def per(text: str, start: int, end: int) -> Per:
    """Whether the sum is one person's, another unit's (a household, a month) or the whole."""
    if m := _AFTER.match(text, end):
        return "person" if m["what"] in "人名位" else "other"
    before = text[max(0, start - 28) : start]
    if m := _CHANGED.search(before):
        at = start - len(before) + m.start()
        first = _FIRST_SUM.search(before, 0, m.start())
        return per(text, at - len(first[0]) if first else at, at + 1)
    cued = _CUE_FIRST.search(before) is not None
    person, other = (_PERSON.search(before), _OTHER.search(before)) if cued else (None, None)
    # 每人每月 is a person's, 每户标准为 a household's.
    cue = other if other and (person is None or person[0][0] not in "每人") else person
    if cue is None:
        return "person" if _SEVERAL.match(text, end) or _listed(text, start, end, before) else "total"
    if _TOTAL.search(before, cue.start()):
        return "total"
    return "person" if cue is person else "other"


def _listed(text: str, start: int, end: int, before: str) -> bool:
    """男教师100元，女教师200元: a sum for each kind of person; several people by name who gave the same."""
    if before[-1:] in _KIND_LAST and _KIND.search(before):
        return bool(_NEXT_KIND.match(text, end) or _LAST_KIND.search(before))
    return "、" in before and "捐" in before and _GIVERS.search(text, max(0, start - 60), start) is not None


#: What may stand in a clause before a sum without naming its use.
_NO_USE = re.compile(
    "[0-9.%一二两三四五六七八九十百千万亿余多元]+|共计|合计|总计|累计|总额|总共|其中|每人|人均|每户|标准|金额|分别|各自|最高|最低|给予|"
    "收到|收取|发放|送上|送去|达到|达|共|计|为|约|近|各|了|的|每|名|人|位|户|次|个|超过|不少于|至少|现金|人民币|资金|款|[“”（）、 ]"
)


def purpose(text: str, start: int, end: int) -> str:
    """What the money is for, from the nearest cue word: behind it in the clause, then before it.

    A clause that names a use of its own without a cue word is not given that of the clause before.
    """
    stop = _CLAUSE_END.search(text, end, end + 10)
    after = text[end : stop.start() if stop else end + 10]
    if m := _purposes().match(after.lstrip("的")):
        return str(m.lastgroup)
    before = _SENTENCE_END.split(text[max(0, start - 40) : start])[-1]
    for n, clause in enumerate(reversed(before.split("，"))):
        # 投入, 资金 and the like say that money went out; a word that says what for is worth more.
        found = [str(m.lastgroup) for m in _purposes().finditer(clause)]
        if found:
            return next((p for p in reversed(found) if p != "spending"), found[-1])
        if n == 0 and _OWN_USE.search(_NO_USE.sub("", clause)):
            break
    m = _purposes().search(after)
    return str(m.lastgroup) if m else "other"


_OWN_USE = re.compile("[一-鿿]{2}$")


def amount(text: str, start: int, end: int, number: Numeral | None, unit: str, approx: Approx = "exact") -> Amount:
    """The Amount of ``text[start:end]``; ``number`` None means that it was lost.

    A minus in front belongs to it; a dash that may be one masks it.
    """
    if number is not None and (turn := sign(text, start)) != 1:
        start, number = start - 1, number.negative() if turn else None
    low, high = (number.min, number.max) if number else (None, None)
    each, what_for = per(text, start, end), purpose(text, start, end)
    # Aid from 500 to 3000 yuan is what one person gets; a total is one figure.
    if each == "total" and what_for in ("aid", "award") and _SPREAD.search(text, start, end):
        each = "person"
    return Amount(
        start,
        end,
        text[start:end],
        low,
        high,
        number.approx if number else approx,
        each,
        what_for,
        number is None,
        currencies().get(unit, "CNY"),
    )


_COINS = {"角": 0.1, "毛": 0.1, "分": 0.01}
_DIGIT = f"[1-9{NINE}{FORMAL_NINE}两]"
_CENTS = f"{_DIGIT}[角毛](?:{_DIGIT}分)?钱?|零?{_DIGIT}分钱?"
_COIN = re.compile(f"({_DIGIT})([角毛分])")
_SECOND = re.compile(f"(?:{TO})(?P<number>{NUMBER})(?P<unit>元)(?P<suffix>{SUFFIX})")
_EMPTY_HEAD = re.compile("00[0.,]*")


def _read(seen: Sighting) -> Amount | None:
    """An amount; 260元至500元 is one, a range."""
    text, u = seen.text, seen.unit
    if _EMPTY_HEAD.fullmatch(seen.raw):
        # What is left of a number whose head was lost (，000元).
        return amount(text, seen.start, seen.stop, None, u["money"])
    start, number = seen.reading()
    if number is None:
        return None
    if seen.raw in BIG_UNITS and not seen.suffix and start == seen.start:
        return lost_of_unit(seen)
    if text[seen.stop : seen.stop + 1] in RANGE_FIRST and (second := _SECOND.match(text, seen.stop)):
        first = text[start : seen.stop].replace("元", "").replace(" ", "")
        both = read(f"{first}至{second['number']}")
        if both is not None:
            return amount(text, start, second.end(), both, u["money"])
    return amount(text, start, seen.stop, _with_coins(number, u), u["money"])


def _with_coins(number: Numeral, unit: re.Match[str]) -> Numeral:
    """123元1角5分; 3块5 leaves the coin's name out."""
    if number.min is None or number.min != number.max:
        return number
    if unit["hundredths"]:
        value = round(number.min + (cardinal(unit["hundredths"]) or 0) / 100, 2)
        return Numeral(value, value)
    coins = [(unit["tenth"], "角")] if unit["tenth"] else _COIN.findall(unit["cents"] or "")
    value = round(number.min + sum((cardinal(d) or 0) * _COINS[c] for d, c in coins), 2)
    return Numeral(value, value) if coins else number


def lost_of_unit(seen: Sighting) -> Amount:
    """资金万元: the figure in front of the unit was lost."""
    return amount(seen.text, seen.start, seen.stop, None, "元")


def _units() -> str:
    names = any_of(list(currencies()))
    return (
        f"[元块圆](?P<cents>{_CENTS})|块(?P<tenth>{_DIGIT})(?={STOP}|钱)|元(?!{NOT_YUAN})|块钱|(?:{names})(?![0-9{NINE}两几])(?:[又零]?(?P<hundredths>[0-9]{{1,2}}|[{NINE}十]{{1,3}})美?分)?"
        "|圆(?=[整正，。；）]|$)"
    )


MONEY = QuantityKind(
    "money",
    _units,
    lambda: "元块圆" + "".join(w[0] for w in currencies()),
    _read,
    "发放慰问金9600元",
    "家住3单元502室",
)

#: A numeral whose last unit is left out in speech: 三千五, 5万8, 一万二.
_SPOKEN = re.compile(f"[0-9{NINE}两]+[{UNITS}](?:[0-9{NINE}两]+[{UNITS}])*[1-9{NINE}]")
_ROUND = re.compile(f".*[{UNITS}][余多]?")
_STOP = re.compile(STOP)
_SUM_AGAIN = re.compile("[，、]?(?:合计|总计|共计|累计|总共|共)$")


def bare(text: str, start: int, raw: str, found: Sequence[Amount]) -> Amount | None:
    """捐款10多万，: money by the word in front of it; 共15万 by the sum that it adds up."""
    big = raw.rstrip("余多")[-1:] in BIG_UNITS
    stop = _STOP.match(text, start + len(raw)) is not None
    if not (big or (stop and (_ROUND.fullmatch(raw) or _SPOKEN.fullmatch(raw)))):
        return None
    worded = _money_word().search(text, max(0, start - 8), start)
    if not worded and not (
        big and stop and found and 0 <= start - found[-1].end <= 8 and _SUM_AGAIN.search(text, found[-1].end, start)
    ):
        return None
    begin, phrase = extended(text, start, raw)
    number = read(phrase)
    return amount(text, begin, start + len(raw), number, "元") if number else None


def lump(seen: Sighting) -> Amount | None:
    """补助三百块: a lump behind a word of money is a yuan."""
    start, number = seen.reading()
    if number is None or not _money_word().search(seen.text, max(0, start - 8), start):
        return None
    return amount(seen.text, start, seen.stop, number, "元")


def signed(text: str, m: re.Match[str]) -> Amount | None:
    """￥3,600元, $20."""
    number = read(m["signed"])
    return amount(text, m.start(), m.end(), number, "美元" if m[0][0] == "$" else "元") if number else None


_LISTED = re.compile(f"(?:(?<![0-9{NINE}十百千])[0-9]{{2,9}}、|[{NINE}两]?[百千]、)+$")
_ITEM = re.compile("[^、]+")


def listed(text: str, found: Amount) -> Iterator[Amount]:
    """The sums in front of one, a comma before it, that share its unit: 300、200、100元."""
    if found.masked:
        return
    m = _LISTED.search(text, max(0, found.start - 60), found.start)
    if m is None or text[max(0, m.start() - 1) : m.start()] in ("", "\n", "第", "。", "；"):
        return
    for item in _ITEM.finditer(m[0]):
        number = read(item[0])
        if number is not None and number.min is not None:
            start, end = m.start() + item.start(), m.start() + item.end()
            yield replace(
                found, start=start, end=end, text=text[start:end], min=number.min, max=number.max, approx="exact"
            )
