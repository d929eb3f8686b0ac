"""Whatever stands in a text is in a paragraph, a mark, a heading, a title or named foreign matter."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gonghui_nlp.outline import read_structure
from gonghui_nlp.text.normalize import fold

# What headings and cells are written without: the signs at their ends.
_AT_EDGES = "。；：，、|"
_LINES = [
    "- 相关推荐", "相关推荐", "首页 > 工会工作 > 工作总结", "您当前的位置：首页 > 总结", "发布者：王小明 发布时间：2012年3月4日", "作者：李明", "来源：本站原创",
    "浏览次数：128", "青山学校工会工作总结", "青山学校工会2019年工作总结", "青山学校工会", "二○一九年十二月", "工会工作总结（精选3篇）", "第一篇：青山厂工会工作总结",
    "【篇2】松江厂工会工作计划", "工会工作总结 篇三", "一年来，我校工会在上级的领导下开展工作，现总结如下：", "【概况】 全县有基层工会三百个。", "【送温暖】", "目录",
    "一、送温暖……1", "二、文体活动......3", "一、送温暖", "（一）走访困难职工。", "1、慰问教师五人。2、看望病号三人。", "1.1 组织建设", "1.1.1 建会情况", "第 1 章 概况",
    "三月  庆三八座谈会  组织体检", "3月\t春游\t王红", "| 3月 | 春游 |", "| --- | --- |", "⒈劳动竞赛", "⒈焊工比武", "下半年工作思路", "存在的问题", "----- 2 -----", "- 3 -", "第3页 共5页",
    "…任务。一.抓竞赛。二.抓帮扶。", "作用。一、推进民主管理1坚持制度。2坚持公开。", "组织教师参加由城关", "镇举办的比赛。", "、加强队伍", "10、办讲座。", "1、办夜校。", "一是学。二是练。",
    "更多范文请访问某某范文网", "【工会工作总结】相关文章：", "学校工会工作总结范文", "以下是小编为大家整理的总结，欢迎阅读。", "附：工作安排", "三月份", "3月份：开会", "★★★", "（未完）",
    "工会主席 张三", "青工字［2010］1号", "上一篇：无", "“", "三、八”节", "总结 x0123", "庆“",
]  # fmt: skip
_ENDS = st.sampled_from(["\n", "\n", "\n\n", "\r\n", "\n　　", " ", "", "\u2028", "\n\ufeff"])
_texts = st.lists(st.tuples(st.sampled_from(_LINES), _ENDS), max_size=40).map(lambda x: "".join(a + b for a, b in x))


def left_over(text: str, headings: tuple[tuple[int, int], ...] = ()) -> list[str]:
    """The characters of a text that no part of its structure holds, each with what stands around it."""
    s = read_structure(fold(text), headings)
    held = bytearray(len(text))

    def hold(start: int, end: int) -> None:
        held[start:end] = b"\1" * (end - start)

    for p in s.paragraphs:
        hold(p.start, p.end)
    for c in s.constituents:
        if c.heading:
            hold(c.heading.start, c.heading.end)
    for x in s.sections:
        hold(x.mark.start, x.mark.end)
        if x.title:
            hold(x.title.start, x.title.end)
    for i in s.issues:
        if i.code in ("noise", "compilation_title"):
            hold(i.start, i.end)
    return [
        f"{sign} in {text[max(0, k - 8) : k + 8]!r}"
        for k, (sign, folded) in enumerate(zip(text, fold(text), strict=True))
        if not held[k] and folded not in _AT_EDGES and sign.isprintable() and not sign.isspace()
    ]


@settings(max_examples=300, deadline=None)
@given(_texts, st.sets(st.integers(0, 40)), st.integers(1, 3))
def test_every_character_of_a_dirty_text_is_told(text: str, styled: set[int], levels: int) -> None:
    assert not left_over(text)
    # Some of its lines were set as headings of several levels.
    starts = [0, *(k + 1 for k, sign in enumerate(text) if sign == "\n")]
    headings = tuple((start, 1 + n % levels) for n, start in enumerate(starts) if n in styled)
    assert not left_over(text, headings)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="一二12、.（）①第章篇：。，\n 工会总结月|\t“”…", max_size=120))
def test_every_character_of_any_text_is_told(text: str) -> None:
    assert not left_over(text)
