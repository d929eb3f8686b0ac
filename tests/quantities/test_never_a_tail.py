"""A number in any of its spellings, broken in any of the ways documents break it: its value or none, never another."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gonghui_nlp import find_quantities
from gonghui_nlp.quantities.edges import CHARACTERS, JOINS, Mended
from gonghui_nlp.resources import patterns
from gonghui_nlp.schema import Amount, Count, Headcount
from gonghui_nlp.text.offsets import ViewOffset

DIGITS = "零一二三四五六七八九"
FORMAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
ODD = str.maketrans("壹贰叁陆万亿", "壹弍参陸萬億")
ODDER = str.maketrans("贰叁陆万亿", "弐叄陸萬億")
WIDE = {ord(str(d)): chr(ord(str(d)) + 0xFEE0) for d in range(10)}


def written(n: int) -> str:
    """A number below a hundred million as it is written in full."""
    if n >= 10_000:
        high, low = divmod(n, 10_000)
        return written(high) + "万" + ("" if not low else ("零" if low < 1000 else "") + written(low))
    out, zero = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, size)
        if digit:
            out += ("零" if zero else "") + DIGITS[digit] + name
            zero = False
        elif out:
            zero = True
    return out or "零"


def grouped(n: int, comma: str) -> str:
    return f"{n:,}".replace(",", comma)


SPELLINGS = (
    str,
    lambda n: grouped(n, ","),
    lambda n: grouped(n, "，"),
    lambda n: grouped(n, ", "),
    lambda n: grouped(n, "， "),
    lambda n: grouped(n, " "),
    lambda n: grouped(n, "\u3000"),
    lambda n: grouped(n, " ,"),
    lambda n: grouped(n, " , "),
    lambda n: grouped(n, ",\n"),
    lambda n: grouped(n, ",")[:1] + " " + grouped(n, ",")[1:],
    lambda n: grouped(n, ",")[:-1] + " " + grouped(n, ",")[-1:],
    lambda n: grouped(n, "，")[:1] + " " + grouped(n, "，")[1:],
    lambda n: " ".join(str(n)),
    lambda n: str(n).replace("0", "O"),
    lambda n: str(n).replace("0", "o"),
    lambda n: str(n).replace("0", "〇"),
    lambda n: str(n).replace("0", "○"),
    lambda n: str(n).replace("1", "l"),
    lambda n: str(n).replace("1", "I"),
    lambda n: str(n).replace("1", "|"),
    lambda n: str(n).replace("0", "O").replace("1", "l"),
    lambda n: str(n).translate(WIDE),
    lambda n: grouped(n, "，").translate(WIDE),
    written,
    lambda n: written(n).translate(FORMAL),
    lambda n: written(n).translate(FORMAL).translate(ODD),
    lambda n: " ".join(written(n)),
    lambda n: str(n)[:1] + "\n" + str(n)[1:],
    lambda n: written(n)[:1] + "\n" + written(n)[1:],
    lambda n: f"{n}.00",
    lambda n: grouped(n, "，") + ".00",
    lambda n: f"{n / 10_000:.4f}".rstrip("0").rstrip(".") + "万",
    lambda n: f"{n / 10_000:.4f}".rstrip("0").rstrip(".") + " 万",
    lambda n: f"{n / 10_000:.4f}".rstrip("0").rstrip(".") + "\n万",
    lambda n: f"{n / 10_000:.4f}".rstrip("0").rstrip(".").replace(".", ". ") + "万",
    lambda n: f"{n / 10_000:.4f}".rstrip("0").rstrip(".").replace(".", " .") + " 万",
    lambda n: f"{n / 10_000:.4f}".rstrip("0").rstrip(".").replace(".", "．") + "万",
    lambda n: f"{n / 10_000:.4f}".rstrip("0").rstrip(".").replace(".", ".\n") + "万",
    lambda n: written(n).replace("万", " 万 ").replace("千", "千 "),
    lambda n: grouped(n, "'"),
    lambda n: grouped(n, "’"),
    lambda n: grouped(n, "`"),
    lambda n: grouped(n, "·"),
    lambda n: grouped(n, "．"),
    lambda n: grouped(n, "、") if n < 100_000 else str(n),
    lambda n: grouped(n, ";"),
    lambda n: grouped(n, "_"),
    lambda n: " ".join(grouped(n, "，")),
    lambda n: "".join(c if i % 2 else c.translate(WIDE) for i, c in enumerate(str(n))),
    lambda n: str(n).replace("1", "Ⅰ"),
    lambda n: str(n).replace("1", "i"),
    lambda n: str(n).replace("8", "B"),
    lambda n: str(n).replace("5", "S"),
    lambda n: str(n)[:1] + "?" + str(n)[2:],
    lambda n: "□" + str(n)[1:],
    lambda n: str(n)[:1] + "*" + str(n)[2:],
    lambda n: str(n)[:-1] + "×" + str(n)[-1:],
    lambda n: str(n)[:1] + "…" + str(n)[1:],
    lambda n: written(n).translate(FORMAL).translate(ODDER),
    lambda n: written(n).replace("零", "〇"),
    lambda n: written(n).replace("零", "O"),
    lambda n: written(n).replace("万", "万\n"),
    lambda n: f"{n // 10_000}万{n % 10_000:04d}" if n >= 10_000 else str(n),
    lambda n: f"{n // 10_000} 万 {n % 10_000:04d}" if n >= 10_000 else str(n),
    lambda n: f"{n // 10_000}万\n{n % 10_000:04d}" if n >= 10_000 else str(n),
    lambda n: f"{n // 1000} 千 {n % 1000:03d}" if 1000 <= n < 10_000 else str(n),
    lambda n: f"{n / 10_000:.4f}".rstrip("0").rstrip(".").replace(".", "·") + "万",
    lambda n: f"{n / 10_000:.4f}".rstrip("0").rstrip(".").replace(".", "。") + "万",
    lambda n: f"{n / 10_000:.4f}".rstrip("0").rstrip(".").replace(".", ",") + "万" if n % 10 else str(n),
    lambda n: f"{n / 10_000:.4f}".rstrip("0").rstrip(".").replace(".", "点") + "万",
    lambda n: f"{n / 10_000:.4f}".rstrip("0").rstrip(".").replace("0", "O") + "万",
    lambda n: f"{n}.0",
    lambda n: f"{n}．00".translate(WIDE),
)
UNITS = ("元", "名", "人次", "件", "份", "人", "块钱", "张")
BEFORE = ("投入", "共有", "慰问职工", "发放", "，计", "累计支出经费", "共", "其中", "，", "（")
GAPS = ("", " ", "\u3000", "  ", "\n")
BEHIND = ("。", "，其中党员占多数。", "用于活动", "\n", "")


def stated(text: str) -> list[Amount | Headcount | Count]:
    found = find_quantities(text)
    issues = {(i.start, i.end) for i in found.issues if i.code in ("lost_number", "unreadable_number")}
    quantities = [*found.amounts, *found.headcounts, *(c for c in found.counts if c.kind == "count")]
    assert all((q.start, q.end) in issues for q in quantities if q.masked)
    return [q for q in quantities if not q.masked]


@settings(max_examples=600, deadline=None)
@given(
    st.one_of(st.integers(2, 99), st.integers(100, 9999), st.integers(10_000, 99_999_999)),
    st.integers(0, len(SPELLINGS) - 1),
    st.sampled_from(BEFORE),
    st.sampled_from(GAPS),
    st.sampled_from(UNITS),
    st.sampled_from(BEHIND),
)
@example(38460, 2, "投入", "", "元", "。")
@example(108, 8, "共有", "", "人次", "。")
@example(3000, 20, "", "", "元", "。")
@example(16000, 26, "共有", "", "人次", "。")
def test_the_right_value_or_none(n: int, spelling: int, before: str, gap: str, unit: str, behind: str) -> None:
    text = before + SPELLINGS[spelling](n) + gap + unit + behind
    assert [q.min for q in stated(text)] in ([], [n])


#: Between the ends of a range, as a scanner and a word processor have it.
BETWEEN = ("-", "~", "～", "—", "–", "－", "──", " - ", "至", "到", " 至 ", "一", "-\n", "\n-", "——")
PLAIN = (str, lambda n: str(n).translate(WIDE), lambda n: str(n).replace("0", "O"), lambda n: " ".join(str(n)), written)
NEAR = {
    "近{}": (False, True), "约{}": (True, True), "{}余": (True, False), "{}多": (True, False), "≥{}": (True, False),
    "超过{}": (True, False), "不到 {}": (False, True), "{} 余": (True, False), "{}\n多": (True, False),
}  # fmt: skip
TENS = st.integers(2, 9_999).map(lambda n: n * 10)


@settings(max_examples=100, deadline=None)
@given(TENS, TENS, st.sampled_from(PLAIN), st.sampled_from(BETWEEN), st.sampled_from((*UNITS, "元", "元")))
@example(200, 300, str, "一", "元")
@example(10, 20, str, "-\n", "名")
def test_a_range_has_both_ends_or_none(low: int, more: int, spell, to: str, unit: str) -> None:
    high = low + more
    for first in ("", unit) if unit == "元" else ("",):
        text = f"发放{spell(low)}{first}{to}{spell(high)}{unit}。"
        ends = [(q.min, q.max) for q in stated(text)]
        # 元 behind both may make two sums of them, the second masked.
        assert ends in ([], [(low, high)]) or (first and ends in ([(low, low), (high, high)], [(low, low)])), text


@settings(max_examples=100, deadline=None)
@given(TENS, st.sampled_from(PLAIN), st.sampled_from(sorted(NEAR)), st.sampled_from(GAPS), st.sampled_from(UNITS[:4]))
@example(30, str, "{} 余", " ", "名")
def test_how_near_it_is_stays_with_it(n: int, spell, near: str, gap: str, unit: str) -> None:
    right = tuple(n if closed else None for closed in NEAR[near])
    text = "发放" + near.format(spell(n)) + gap + unit + "。"
    assert [(q.min, q.max) for q in stated(text)] in ([], [right]), text


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 99), st.integers(2, 99), st.sampled_from((str, written)), st.sampled_from(GAPS))
def test_ranks_and_fractions_count_nothing(n: int, m: int, spell, gap: str) -> None:
    parts = f"第{spell(n)}{gap}名", f"第{gap}{spell(n)}名", f"到会{n}/{m}{gap}人", f"{n}又{m}分之一{gap}万元"
    assert not stated("；".join(parts)), parts


@settings(max_examples=300, deadline=None)
@given(st.integers(2, 9_999_999), st.sampled_from(SPELLINGS[:6]), st.sampled_from(("元", "万元", "%")))
def test_a_sign_is_read_or_nothing_is(n: int, spell, unit: str) -> None:
    for before, turn in (("结余-", -1), ("同比−", -1), ("增长率-", -1), ("慰问金-", None)):
        found = find_quantities(before + spell(n) + unit + "。")
        values = [q.min for q in (*found.amounts, *found.counts) if not q.masked]
        assert all(v is not None and v < 0 for v in values) if turn else not values


DATES = {
    "2012年12月13日": "2012-12-13",
    "12月13日": "XXXX-12-13",
    "二〇一二年十二月十三日": "2012-12-13",
    "十二月二十三日": "XXXX-12-23",
    "2012年11月": "2012-11",
    "11月份": "XXXX-11",
    "2012年10月21日至25日": "2012-10-21/2012-10-25",
    "10月21日至11月15日": "XXXX-10-21/XXXX-11-15",
    "2012.10.21": "2012-10-21",
    "2012-10-21": "2012-10-21",
}


def says_no_more(value: str, right: str) -> bool:
    """True when a value is the right one, an end of it, or says less of it: X, or no month, or no day."""
    ends = [end.split("-") for end in right.split("/")]

    def less(said: list[str], end: list[str]) -> bool:
        return len(said) <= len(end) and all(x == y or set(x) == {"X"} for x, y in zip(said, end, strict=False))

    return all(any(less(part.split("-"), end) for end in ends) for part in value.split("/"))


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(sorted(DATES)),
    st.sampled_from(("", "于", "截至", "，", "表")),
    st.integers(1, 20),
    st.sampled_from((" ", "  ", "\u3000", "\n")),
    st.sampled_from(("0", "O", "o", "〇")),
)
@example("12月13日", "", 4, " ", "0")
@example("2012年12月13日", "", 6, " ", "0")
@example("10月21日至11月15日", "于", 8, " ", "0")
@example("2012.10.21", "", 9, " ", "0")
@example("2012-10-21", "", 6, "  ", "O")
@example("十二月二十三日", "", 4, "\n", "0")
def test_a_broken_date_says_what_it_says_or_less(date: str, before: str, at: int, blank: str, zero: str) -> None:
    text = date.replace("0", zero)
    text = text[:at] + blank + text[at:]
    found = find_quantities(f"工会{before}{text}召开会议。")
    assert all(d.value is None or says_no_more(d.value, DATES[date]) for d in found.dates), text
    assert not [q for q in (*found.amounts, *found.headcounts, *found.counts) if not q.masked]


#: A figure with a unit of its own, how it is written with a gap before the unit, and what it says.
OTHERS = (
    (lambda n, g: f"图书打{DIGITS[n]}{g}折", lambda n: n / 10),
    (lambda n, g: f"占{DIGITS[n]}{g}成。", lambda n: n / 10),
    (lambda n, g: f"投资{n}{g}个亿，", lambda n: n * 10**8),
    (lambda n, g: f"投资{DIGITS[n]}{g}个亿元，", lambda n: n * 10**8),
    (lambda n, g: f"捐款{n},000{g}美元。", lambda n: n * 1000),
    (lambda n, g: f"捐款{n}{g}万港元。", lambda n: n * 10_000),
    (lambda n, g: f"建于民国{DIGITS[n]}{g}年，", lambda n: 1911 + n),
    (lambda n, g: f"建于光绪{DIGITS[n]}{g}年，", lambda n: 1874 + n),
)


@pytest.mark.parametrize("gap", ("", " ", "\u3000", "\n"))
@pytest.mark.parametrize("other", range(len(OTHERS)))
def test_tenths_eras_and_currencies_too(other: int, gap: str) -> None:
    write, worth = OTHERS[other]
    for n in range(2, 10):
        found = find_quantities(write(n, gap))
        said = [q.min for q in (*found.amounts, *found.counts) if not q.masked]
        said += [float(d.value) for d in found.dates if d.value and "X" not in d.value]
        assert said in ([], [pytest.approx(worth(n))]), write(n, gap)


EDGES = {e["name"].removeprefix("edge_"): e for e in patterns.entries("quantities") if e["name"].startswith("edge_")}


@pytest.mark.parametrize("name", [*CHARACTERS, *JOINS])
def test_every_edge_mends_its_example_and_leaves_what_is_left(name: str) -> None:
    edge = EDGES[name]
    assert Mended(edge["example"]).text == edge["read"]
    assert Mended(edge["left"]).text == edge["left"]


@given(st.text(alphabet="0123456789OlI|,，. \n三十万元人名年月/:点参", max_size=40))
def test_mending_keeps_the_way_back(text: str) -> None:
    mended = Mended(text)
    assert len(mended.text) <= len(text)
    assert mended.view is None or mended.view.span(ViewOffset(0), ViewOffset(len(mended.text)))[1] <= len(text)
