"""Amounts of money: the value, to whom it goes (per) and what it is for (purpose)."""

from __future__ import annotations

import re

from gonghui_nlp.quantities.lexicon import any_of, rows
from gonghui_nlp.quantities.numerals import Numeral
from gonghui_nlp.resources import knowledge
from gonghui_nlp.schema import Amount, Approx, Per

#: What follows 元 when it is not the currency.
NOT_YUAN = "[旦月宵素件老首帅气勋朝代年化组音谋]"
CURRENCY = {
    "美元": "USD",
    "港元": "HKD",
    "港币": "HKD",
    "台币": "TWD",
    "欧元": "EUR",
    "英镑": "GBP",
    "日元": "JPY",
    "韩元": "KRW",
    "澳元": "AUD",
    "加元": "CAD",
    "人民币": "CNY",
}
#: Words in front of a number that make it money although no currency follows (捐款5万，).
BARE_MONEY = re.compile(
    "(?:捐款|自筹|筹集|募集|筹措|筹资|拨款|拨付|补贴|奖励|慰问金|捐资|捐赠|款项?|资金?|经费|金额?|费用?|价值|投入|支出|花费|投资|补助|总额|工资)(?:共|达|为|了|计|约|近|高)*$"
)

_NEAR = "[^，。；：！？、（）元]{0,14}$"
#: Words in front of a sum that make it one person's, and those that make it another unit's.
_PERSON = re.compile(
    f"(?=[每人各标专本大高中名位])(?:(?:每人|人均|每一?[位名]|每个(?:教?职工|会员|教师|老师|员工|人|学生)){_NEAR}"
    "|各(?:奖励?|发放?|给予?|捐款?|送|补助|得)?$|标准[为是]?$|(?:专科|本科|大学|高中|中专)生?$"
    "|每人[^。；！？（）元]{0,8}，(?:价值|标准|计)[^，。]{0,3}$"
    "|[人名位][^。；！？（）]{0,4}分别[^。；！？（）]{0,20}$)"
)
_OTHER = re.compile(
    f"(?=[每户生月单])(?:每[户生月年天场节次家学组班台本套份件]|每个|户均|生均|月均|单笔|单项|单价){_NEAR}"
)
#: A character of every alternative of the two.
_CUE_FIRST = re.compile("[每均各单标科学中专别]")
_AFTER = re.compile(" ?(?:[/∕]|每) ?(?P<what>人|名|位|生|户|月|年|天|场|节|次|学期|个|家|台|本|套|份|件)")
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


def per(text: str, start: int, end: int) -> Per:
    """Whether the sum is one person's, another unit's (a household, a month) or the whole."""
    if m := _AFTER.match(text, end):
        return "person" if m["what"] in "人名位" else "other"
    before = text[max(0, start - 28) : start]
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


def purpose(text: str, start: int, end: int) -> str:
    """What the money is for, from the nearest cue word: behind it in the clause, then before it."""
    after = _CLAUSE_END.split(text[end : end + 10], maxsplit=1)[0]
    if m := _purposes().match(after.lstrip("的")):
        return str(m.lastgroup)
    before = _SENTENCE_END.split(text[max(0, start - 40) : start])[-1]
    for clause in reversed(before.split("，")):
        # 投入, 资金 and the like say that money went out; a word that says what for is worth more.
        found = [str(m.lastgroup) for m in _purposes().finditer(clause)]
        if found:
            return next((p for p in reversed(found) if p != "spending"), found[-1])
    m = _purposes().search(after)
    return str(m.lastgroup) if m else "other"


def amount(text: str, start: int, end: int, number: Numeral | None, unit: str, approx: Approx = "exact") -> Amount:
    """The Amount of ``text[start:end]``; ``number`` None means that it was lost."""
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
        CURRENCY.get(unit, "CNY"),
    )
