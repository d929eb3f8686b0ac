"""The edges of a number: what stands beside it and belongs to it is joined where that is certain, else masked.

Documents that went through a word processor, a PDF or a scanner break numbers: ``38， 460.50元``, ``1 3 6人``,
``2OO元``, ``12.8 万元``. Before anything is read the text is mended: blanks inside a number are left out, letters
become the figures they stand for, and a number that cannot be told from its neighbour (``35/40人``) is masked. So a
number is read whole or not at all, never from its tail.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gonghui_nlp.compiling import compiled
from gonghui_nlp.text.numerals import (
    BIG_UNITS,
    FORMAL_NINE,
    FORMAL_UNITS,
    LETTERS,
    LOOKALIKES,
    NINE,
    SMALL_UNITS,
    SPOKEN,
    cardinal,
)
from gonghui_nlp.text.offsets import Mover, View

#: What stands for a number that is not certain, in the mended text: a mask.
UNSURE = "×"
#: What can follow a number and make a quantity of it.
_UNIT = "[ \\n]{0,2}(?:[元万亿千百名人位篇次场项张套份册支户台幅条吨%‰折]|个?百分点|成(?![员立果绩长])|件(?!事)|[个组家所期节本对块](?![一-鿿]?月)|[余多][万元名人位个件千])"
_CN = NINE + "零〇" + SPOKEN + SMALL_UNITS + BIG_UNITS + FORMAL_NINE + FORMAL_UNITS
_SCALES = compiled(f"[{SMALL_UNITS}{FORMAL_UNITS}{BIG_UNITS}]")
_FIGURES = str.maketrans(LETTERS | {"○": "0", "〇": "0"} | {k: v for k, v in LOOKALIKES.items() if k not in "参"})
_YEAR = compiled("(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Edge:
    """One way in which a number is broken over its neighbours.

    ``settle`` says what is read for a match of ``pattern``: a text that is no longer, None to leave it as it stands.
    ``example`` is a text and what is read for it; ``counter_example`` stays as it is.
    """

    name: str
    pattern: str
    settle: Callable[[re.Match[str]], str | None]
    example: tuple[str, str]
    counter_example: str


def _opens_line(m: re.Match[str]) -> bool:
    return m.start() > 0 and m.string[m.start() - 1] == "\n"


def _letters(m: re.Match[str]) -> str | None:
    return m[0].translate(_FIGURES)


def _scale(m: re.Match[str]) -> str | None:
    return "千" if m[0] in "kK" else "万"


def _bar(m: re.Match[str]) -> str | None:
    """A bar beside a figure is a one or the edge of a cell; a line with two bars is a row."""
    line_start, line_end = m.string.rfind("\n", 0, m.start()) + 1, m.string.find("\n", m.end())
    line = m.string[line_start : line_end if line_end >= 0 else m.end() + 40]
    return None if line.count("|") > 1 and "|" not in m[0][1:] else UNSURE


def _lookalike(m: re.Match[str]) -> str | None:
    return LOOKALIKES[m[0]]


def _groups(m: re.Match[str]) -> str | None:
    """At the start of a line a short first group may be a numbering mark."""
    parts = re.split("[ ,，]+", m[0])
    # $20，300美元 names its currency twice: two sums or one.
    twice = m.string[: m.start()].endswith("$") and m.string.startswith(("美", "欧", "元"), m.end())
    # 6 ，579人 may be two clauses.
    unsure = twice or " ，" in m[0] or (_opens_line(m) and len(parts[0]) < 3)
    return UNSURE if unsure else "".join(parts)


def _spaced(m: re.Match[str]) -> str | None:
    joined = m[0].replace(" ", "")
    return UNSURE if _opens_line(m) and len(joined) == 2 else joined


def _apart(m: re.Match[str]) -> str | None:
    """Figures a blank apart that are no groups are one number or two. A year stands by itself."""
    before = m[0].split(" ")[-2]
    return None if _YEAR.fullmatch(before) or "." in before else UNSURE


def _point(m: re.Match[str]) -> str | None:
    """12. 5万元. Where a sentence opens, 1. may be a numbering mark: people and things are then whole numbers."""
    at = m.start()
    if at and m.string[at - 1] not in "\n。；：":
        return m[0].replace(" ", "")
    return UNSURE if m.string[m.end() : m.end() + 2].lstrip(" ")[:1] in tuple("万亿元%") else None


def _oclock(m: re.Match[str]) -> str | None:
    """8点5万元 is a decimal; 9点30人 is a time of day and people, or no number at all."""
    return m[0].replace("点", ".") if m.string[m.end()] in BIG_UNITS else UNSURE


def _chinese(m: re.Match[str]) -> str | None:
    joined = re.sub("[ \n]", "", m[0])
    one = cardinal(joined) is not None and _SCALES.search(joined)
    return joined if one and " " in m[0] and "\n" not in m[0] else UNSURE


def _unsure(m: re.Match[str]) -> str | None:
    return UNSURE


def _blankless(m: re.Match[str]) -> str | None:
    return m[0].replace(" ", "")


def _year_whole(m: re.Match[str]) -> str | None:
    joined = m[0].replace(" ", "")
    return joined if _YEAR.fullmatch(joined) else None


def _month_or_day(m: re.Match[str]) -> str | None:
    """Behind 年, 月 or 至 the figures of a month or a day can only be one; elsewhere the first may be a number by itself."""
    joined = re.sub("[ \n]", "", m[0])
    last = {"月": 12}.get(m.string[m.end() : m.end() + 3].lstrip(" ")[:1], 31)
    value = cardinal(joined)
    anchored = m.start() > 0 and m.string[m.start() - 1] in "年月至到-—~"
    return joined if value and value <= last and (anchored or joined == "10") else UNSURE


def _dotted(m: re.Match[str]) -> str | None:
    """2012.1 0.21 has the form of a date; the day of 2012.10.2 1 is not certain."""
    return re.sub("[ \n]", "", m[0]) if m["whole"] else m["head"] + UNSURE


def _close(m: re.Match[str]) -> str | None:
    return ""


#: One character for another: the text keeps its length.
CHARACTERS = (
    Edge(
        "formal_three",
        f"(?<![人党丹海玄沙苦])参(?=[{FORMAL_UNITS}]|[千百十万亿](?:[元圆余多零{FORMAL_NINE}弌弍弎叅参]))"
        f"|(?<=[{FORMAL_UNITS}万亿点])参(?=[{FORMAL_UNITS}万亿元圆角分整])|[弌弍弎叅◯]",
        _lookalike,
        ("捐款参仟元", "捐款叁仟元"),
        "高丽人参千克",
    ),
    Edge(
        "letters",
        "(?<![A-Za-z0-9])(?![Oo]2[Oo])(?=[OoIl○〇]{0,9}[0-9])[0-9OoIl○〇]{2,40}(?![A-Za-z○〇])(?!(?<=l)[桶瓶装水油的])|(?:(?<=[0-9][ \n])|(?<=[0-9]  )|(?<=[0-9]   ))[OoIl○〇](?=[-./年月日])",
        _letters,
        ("看望l5名，发放2OO元", "看望15名，发放200元"),
        "O2O模式，CO2排放，5l桶装油",
    ),
    Edge(
        "scale_letter",
        "(?<=[0-9])[kKwW](?=[余多]?元|块钱|人民币)",
        _scale,
        ("投入15k元，资助3w余元", "投入15千元，资助3万余元"),
        "全程15km，3w左右",
    ),
)

#: Several characters for fewer.
JOINS = (
    Edge(
        "bar",
        f"(?<![0-9|.])(?:\\|+[0-9]|[0-9]+\\|+[0-9])[0-9.|]*(?={_UNIT})",
        _bar,
        ("看望1|8名", "看望×名"),
        "|培训|12人|",
    ),
    Edge(
        "groups",
        "(?<![0-9.,第])(?:[1-9][0-9]{0,2}(?:(?: ?[，,] ?[0-9]{3})++|(?: [0-9]{3})++)(?:\\.[0-9]{1,3})?)(?![0-9]|[.,，] ?[0-9]| [0-9])",
        _groups,
        ("支出26， 400元", "支出26400元"),
        "2019，300元",
    ),
    Edge(
        "spaced",
        f"(?<![0-9.])[0-9](?: [0-9])+(?! ?[0-9.])(?={_UNIT})|(?<![0-9.])[12] [09] [0-9] [0-9](?= ?年)",
        _spaced,
        ("共1 3 6 人", "共136 人"),
        "共1，3人",
    ),
    Edge(
        "year",
        "(?<![0-9.])(?:[12] {1,3}[0-9]{3}|[12][0-9] {1,3}[0-9]{2}|[12][0-9]{2} {1,3}[0-9])(?= {0,3}年)",
        _year_whole,
        ("2 012年12月", "2012年12月"),
        "12 12年级",
    ),
    Edge(
        "month",
        f"(?<![0-9.])1 {{1,3}}[0-2](?= {{0,3}}月(?!饼))|(?<![{_CN}第之])十[ \n]{{1,3}}[一二](?=月)",
        _month_or_day,
        ("2012年1 2月，表1 2月", "2012年12月，表×月"),
        "1，2月",
    ),
    Edge(
        "day",
        f"(?<![0-9.])[123] {{1,3}}[0-9](?= {{0,3}}[日号](?![楼线]))|(?<![{_CN}第之])(?:[二三][ \n]{{1,3}}十[{NINE}]?|[二三]?十[ \n]{{1,3}}[{NINE}])(?=[日号])",
        _month_or_day,
        ("12月1 3日至2 1日，于2 5日", "12月13日至21日，于×日"),
        "12月1日",
    ),
    Edge(
        "dotted",
        "(?<![0-9.])(?P<head>(?:19|20)[0-9]{2}(?P<dot>[-./])(?:(?P<whole>1[ \n]{1,3}[0-2](?P=dot)[0-3]?[0-9](?![0-9]))|(?:1[0-2]|0?[1-9])(?P=dot)))(?(whole)|[1-3][ \n]{1,3}[0-9](?![0-9.:])(?! ?[、名人位元万件个次]))",
        _dotted,
        ("2012.1 0.21，2012.10.2 1", "2012.10.21，2012.10.×"),
        "2012.10.21 3名",
    ),
    Edge(
        "date_gap",
        "(?<=[0-9]) {2,3}(?=[年月日号](?![本常程益]))|(?<=年) {2,3}(?=[0-9]{1,2} {0,3}月)|(?<=月) {2,3}(?=[0-9]{1,2} {0,3}[日号])",
        _close,
        ("2012  年10  月", "2012年10月"),
        "2012 年10 月",
    ),
    Edge(
        "date_bar",
        "(?<=[年月至到])[|][0-9]?(?=[月日号])|(?<![0-9|])[0-9]{1,3}[|][0-9]?(?=[年月日号])",
        _bar,
        ("2012年|2月", "2012年×月"),
        "|2月|3月",
    ),
    Edge(
        "point",
        f"(?<![0-9.])[0-9]+(?:\\. | \\.)[0-9]+(?={_UNIT})",
        _point,
        ("投入12. 5万元", "投入12.5万元"),
        "投入12.5万元",
    ),
    Edge(
        "apart",
        f"(?<![0-9.])[0-9][0-9.]*(?: [0-9][0-9.,]*(?:，[0-9]{{3}}(?![0-9]))*)+(?={_UNIT})",
        _apart,
        ("共12 5人", "共×人"),
        "2019 12人",
    ),
    Edge(
        "irregular",
        f"(?<![0-9.,])[0-9]+(?: ?,[0-9]+)*(?: ?,(?:[0-9]{{1,2}}|[0-9]{{4,}}))(?![0-9,])(?={_UNIT})|(?<![0-9.,])(?:[0-9]{{4,}}|0[0-9]*),[0-9]{{3}}(?![0-9,])(?={_UNIT})",
        _unsure,
        ("共12,5万元", "共×万元"),
        "共1250元,5人",
    ),
    Edge(
        "fraction",
        f"(?<![0-9./:])[0-9]+[/:][0-9]+(?:\\.[0-9]+)?(?={_UNIT})",
        _unsure,
        ("到会35/40人", "到会×人"),
        "完成2/3",
    ),
    Edge(
        "headless",
        f"(?<![0-9.])\\.[0-9]+(?={_UNIT})",
        _unsure,
        ("投入.5万元", "投入×万元"),
        "投入0.5万元",
    ),
    Edge(
        "oclock",
        f"(?<![0-9])[0-9]{{1,2}}点[0-9]{{1,3}}(?={_UNIT})",
        _oclock,
        ("上午9点30人", "上午×人"),
        "上午9点，30人",
    ),
    Edge(
        "broken_line",
        f"(?<=[0-9.,]\\n)(?<![0-9][0-9][0-9][0-9]\\n)(?<!\\n[0-9]\\n)(?<!\\n[0-9][0-9]\\n)(?<!\\n[0-9][0-9][0-9]\\n)(?<!\\n[0-9][.]\\n)(?<!\\n[0-9][0-9][.]\\n)[0-9][0-9.,]*(?={_UNIT})",
        _unsure,
        ("发放慰问金1\n8000元", "发放慰问金1\n×元"),
        "参训\n12\n8000元",
    ),
    Edge(
        "share_apart",
        f"[百佰](?: {{1,3}}分 {{0,3}}|分 {{1,3}})之(?:(?: {{0,3}}+[{_CN}点])++(?=[，。；,\n]|$)| {{0,3}}(?=[0-9]))|个? {{0,3}}百 {{0,3}}分 {{0,3}}点"
        f"|(?<![{_CN}])[{_CN}] ?点 ?[{_CN}] {{0,3}}(?=[成折])|(?<![{_CN}])[{NINE}] [{NINE}] ?(?=折)|(?<=[{NINE}]成) (?=[{NINE}](?:[，。；、,\n]|$))",
        _blankless,
        ("占百 分 之 六十，提高2 个百 分点", "占百分之六十，提高2 个百分点"),
        "百年 分数 之和",
    ),
    Edge(
        "share",
        f"(?<=[百千万]分之[{NINE}]) (?=点[{NINE}])|(?<=分之[{NINE}]点) (?=[{NINE}](?:[，。；,\n]|$))|(?<=[百千万]分之[{NINE}])[ \n](?=十[{_CN}]*+(?!{_UNIT}|[年月日号、，是]))|(?<=[{_CN}]点) (?=[{_CN}]++个?百分点)",
        _close,
        ("占百分之五 十。提高四点 五个百分点", "占百分之五十。提高四点五个百分点"),
        "占百分之五 十名教师",
    ),
    Edge(
        "chinese",
        f"(?<![{_CN}第之统唯不单周期初高其专星])[{_CN}]+(?:[ \\n][{_CN}]+)+(?={_UNIT})",
        _chinese,
        ("看望三十 五名", "看望三十五名"),
        "高一 三名",
    ),
    Edge(
        "gap",
        f"(?<=[0-9{_CN}])(?<!(?:19|20)[0-9][0-9]) {{1,3}}(?=[余多]?[万亿千百][余多]? ?\\n? ?[元人名次]|[余多]?[万亿千]?元(?![旦宵月素首])|[余多][人名位件次篇棵株幅本张条份场项套册户]|个亿)"
        "|(?<=[0-9]) {1,3}(?=[余多]?[万亿千百]元)",
        _close,
        ("投入 12.8 万元", "投入 12.8万元"),
        "其一 元旦",
    ),
    Edge(
        "line",
        f"(?<=[0-9{_CN}]) ?\\n ?(?=[余多]?[万亿千百][余多]?元|[余多]?元(?![旦宵月素首]))|(?<=[0-9][万亿]) ?\\n ?(?=[余多]?(?:人次|人[，。；、（）参]|名(?![称单额义])))",
        _close,
        ("投入12.8\n万元", "投入12.8万元"),
        "2023\n元旦",
    ),
)

#: One class of characters first: the search then passes over the others at once.
_ODD = compiled(
    "[OoIlkKwW○〇弌弍弎叅◯参](?:(?<=[kKwW])(?<=[0-9].)(?=[余多元块人])|(?<=[弌弍弎叅◯])|(?<=[OoIl○〇])(?:(?=[0-9])|(?<=[0-9].)|(?:(?<=[0-9][ \n].)|(?<=[0-9]  .)|(?<=[0-9]   .))(?=[-./年月日]))|(?<=参)(?=[仟佰拾千百十万亿元圆角分整]))"
)
_CHARACTERS = compiled("|".join(f"(?P<{e.name}>{e.pattern})" for e in CHARACTERS))
#: Where a join can be: looked for first, because it is rare.
_HINT = compiled(
    f"[ \\n|/:点.，,](?:(?<=[0-9{_CN}.，,分之点成个].)(?=[ \\n]{{0,2}}[0-9{_CN}元余多分之百个点成折年月日号])(?<![0-9]\\.(?=[0-9]))|(?<=[|])(?=[0-9])|(?<=[万亿]\\n)(?=[ 余多人名])|(?<=[^0-9][.])(?=[0-9])|(?<=[0-9] [,，])(?=[0-9 ])|(?<=[年月] )(?<= )(?=[0-9 ])|(?<=[年月至到][|])(?=[0-9月日号])|(?<=[0-9][|])(?=[年月日号]))",
    re.S,
)
#: How far before and behind such a place its numbers are looked for.
_REACH = 40
_JOINS = compiled(f"(?=[0-9. \\n|个{_CN}])(?:" + "|".join(f"(?P<{e.name}>{e.pattern})" for e in JOINS) + ")")
_IN_NUMBER = frozenset(f"0123456789-.,，|/:点 \n百分之个成{_CN}")
_BY_NAME = {e.name: e for e in (*CHARACTERS, *JOINS)}
_BLANKS = compiled("[ \n]*")
_BETWEEN = compiled("[ \n,，]+")


class Mended:
    """A text with its broken numbers mended, and the way back to the text's own offsets.

    >>> mended = Mended("投入 12.8 万元")
    >>> mended.text, mended.view.span(3, 9)
    ('投入 12.8万元', (3, 10))
    """

    __slots__ = ("_folded", "text", "unsure", "view")

    def __init__(self, text: str) -> None:
        source = text
        if _ODD.search(text):
            text = _CHARACTERS.sub(_settled, text)
        cuts: list[tuple[int, int]] = []
        #: Where a number was masked because it is not certain, in the text's own offsets.
        self.unsure: list[int] = []
        kept, out = 0, []
        for m in _joins(text):
            new = _BY_NAME[m.lastgroup or ""].settle(m)
            if new is None or new == m[0] or m.start() < kept:
                continue
            end = m.end()
            if new and new == _BETWEEN.sub("", m[0]):
                # Each blank and comma is cut where it stands, so that a record that ends inside keeps its end.
                cuts += [(m.start() + b.start(), m.start() + b.end()) for b in _BETWEEN.finditer(m[0])]
                continue
            if new == UNSURE:
                self.unsure.append(m.start())
                end = _BLANKS.match(text, end).end()  # type: ignore[union-attr]
            out += [text[kept : m.start()], new.ljust(end - m.start())]
            cuts.append((m.start() + len(new), end))
            kept = end
        if out:
            text = "".join([*out, text[kept:]])
        #: None where nothing was broken.
        self.view = View(source, cuts, text) if cuts or text is not source else None
        self.text = self.view.text if self.view else text
        self._folded = text

    def mover(self) -> Mover:
        """What moves a record of the mended text to the text."""
        assert self.view is not None
        return Mover(self.view, self._folded)


def _joins(text: str) -> Iterator[re.Match[str]]:
    """The joins that hold one of the rare places where a number may be broken, tried from where its figures begin."""
    done, match = 0, _JOINS.match
    for hint in _HINT.finditer(text):
        at, stop = hint.span()
        if at < done:
            continue
        first = max(done, at - _REACH)
        while at > first and text[at - 1] in _IN_NUMBER:
            at -= 1
        while at <= stop:
            if m := match(text, at, stop + _REACH):
                yield m
                done = at = max(m.end(), at + 1)
            else:
                at += 1


def _settled(m: re.Match[str]) -> str:
    new = _BY_NAME[m.lastgroup or ""].settle(m)
    return m[0] if new is None else new
