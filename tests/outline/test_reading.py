"""Soft line breaks, foreign matter, headings, paragraphs and what a constituent is."""

from __future__ import annotations

import pytest

from gonghui_nlp.outline import read_structure
from gonghui_nlp.schema import text_of
from gonghui_nlp.text.normalize import fold
from gonghui_nlp.text.offsets import View


def joined(text: str) -> str:
    folded = fold(text)
    return View(text, read_structure(folded).soft_breaks, folded).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("慰问困难职工3\n7户，发放慰问金。", "慰问困难职工37户，发放慰问金。"),
        ("支出慰问金5.88\n万元，全部用于帮扶。", "支出慰问金5.88万元，全部用于帮扶。"),
        ("募集善款2.\n6万元，购买大米350\n斤，送到户上。", "募集善款2.6万元，购买大米350斤，送到户上。"),
        ("一、活动\n1、庆“\n三、八”妇女节。\n2、植树。", "一、活动\n1、庆“三、八”妇女节。\n2、植树。"),
        (
            "加强自身建设，按时完成了上级交给的\n各项工作，受到好评。",
            "加强自身建设，按时完成了上级交给的各项工作，受到好评。",
        ),
        ("组织教师观看影片，撰写心得，\n评选优秀。", "组织教师观看影片，撰写心得，评选优秀。"),
        (
            "在义捐活动中教师踊跃捐款，全体教职工\r\n都参加了，教职工都很热心。",
            "在义捐活动中教师踊跃捐款，全体教职工都参加了，教职工都很热心。",
        ),
    ],
)
def test_line_ends_inside_sentences_are_joined(text: str, expected: str) -> None:
    assert joined(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "召开了教代会。\n举办了运动会。",
        "一、加强学习，提高素质\n组织教师读书。",
        "望江小学工会\n2020年1月3日",
        "一年来工会做了大量的工作\n\n为教师送去了温暖和关怀",
        "下半年工作思路\n继续做好各项工作。",
    ],
)
def test_other_line_ends_stay(text: str) -> None:
    assert joined(text) == text


def test_the_last_line_of_a_page_is_not_joined_over_its_mark() -> None:
    text = "组织全体教师学习业务知识和\n- 3 -\n政治理论，人人写笔记。"
    assert [text[a:b] for a, b in read_structure(fold(text)).noise] == ["- 3 -"]
    assert read_structure(fold(text)).soft_breaks == ()


def test_paragraphs_run_from_mark_to_mark_and_leave_whole_headings_out() -> None:
    s = read_structure("一、送温暖\n1、走访慰问。春节慰问六人。2、组织体检。\n二、办活动。\n一是登山；二是跳绳。")
    assert [p.text for p in s.paragraphs] == ["走访慰问。春节慰问六人。", "组织体检。", "登山；", "跳绳。"]
    assert [text_of(x.title) for x in s.sections] == ["送温暖", "走访慰问", "", "办活动", "", ""]


def test_lost_digits_are_counted_on() -> None:
    text = "".join(f"{n}、开展活动。\n" for n in (*range(1, 11), 1, 2, 13))
    s = read_structure(text)
    assert [x.ordinal for x in s.sections] == list(range(1, 14))
    assert [x.mark.text for x in s.sections if x.damaged] == ["1、", "2、"]


@pytest.mark.parametrize(
    ("text", "kind", "year", "organisation"),
    [
        ("有关于医院工会工作总结范文\n一、抓学习。3月组织会员学习。\n", "summary", None, None),
        ("青山小学工会2021年工作总结\n我校工会做了大量工作。", "summary", 2021, "青山小学工会"),
        (
            "第一篇：二○一八年工会工作计划\n服务教师。\n白鹭镇中心小学工会\n2018年1月5日",
            "plan",
            2018,
            "白鹭镇中心小学工会",
        ),
        ("工会20xx年工作总结和20xx年工作思路\n2019年，我校工会开展了工作。", "summary_plan", None, None),
        (
            "青山小学工会工作总结\n现将本学期工作总结及下学期工作打算汇报如下：\n一、成绩\n慰问教师。",
            "summary_plan",
            None,
            "青山小学",
        ),
        (
            "青山小学工会工作总结\n一、成绩\n慰问了教师。\n二、明年工作计划\n1、召开教代会。\n2、组织春游。",
            "summary_plan",
            None,
            "青山小学",
        ),
        (
            "青山小学工会工作总结\n一、学习\n学习了师德。\n二、慰问\n慰问了教师。\n"
            "在新的一年里，我们将继续努力：\n一、学习\n二、慰问",
            "summary_plan",
            None,
            "青山小学",
        ),
        (
            f"青山小学工会工作总结\n一、学习\n{'学习了师德，慰问了教师。' * 20}\n二、今后打算\n再接再厉。",
            "summary",
            None,
            "青山小学",
        ),
        ("关于评选先进工会小组的通知\n各工会小组：", "other", None, None),
        ("我们取得了成绩，得到了好评，完成了任务。\n临江厂工会\n2017年12月", "summary", 2017, "临江厂工会"),
        ("工会将组织教师登山，要慰问教师，拟召开教代会，争取建成教工之家。", "plan", None, None),
    ],
)
def test_what_a_constituent_is(text: str, kind: str, year: int | None, organisation: str | None) -> None:
    (c,) = read_structure(fold(text)).constituents
    assert (c.kind, c.year, text_of(c.organisation) or None) == (kind, year, organisation)


def test_a_title_and_its_opening_that_name_different_years_are_told() -> None:
    s = read_structure("中学工会2023年工作总结\n2022年我校工会做了大量工作。")
    assert [i.code for i in s.issues] == ["year_contradiction"]
    assert s.constituents[0].year == 2022
    plan = read_structure("中学工会2023年工作计划\n2022年我校工会做了大量工作。")
    assert ([i.code for i in plan.issues], plan.constituents[0].year) == (["year_contradiction"], 2023)
    assert not read_structure("中学工会2022-2023学年工作总结\n2023年我校工会开展了工作。").issues


def test_candidates_stay_as_they_are_while_titles_are_claimed() -> None:
    from gonghui_nlp.outline.documents import Splitter
    from gonghui_nlp.outline.lines import split_lines
    from gonghui_nlp.outline.marks import PART_TITLE, Mark

    text = "某校工会\n2020年工作总结\n慰问教师。"
    lines = split_lines(text)
    marks = (None, Mark(lines[1].start, lines[1].end, PART_TITLE, None, 1, lines[1].end, False), None)
    splitter = Splitter(text, lines, marks, [False] * 3)
    assert [block.heads for block in splitter.split()] == [2]
    assert splitter.marks[1] is None and marks[1] is not None


def test_a_mark_found_in_foreign_matter_leaves_the_headings_behind_it_headings() -> None:
    lines = (
        "某校工会工作总结",
        "一、慰问职工",
        "走访退休教师，送去慰问金。",
        "小编为大家整理的总结，仅供参考。二、民主管理",
        "召开教代会一次，代表们审议了方案。",
        "三、文体活动",
        "组织比赛，参加教师九十人。",
    )
    found = [p.text for p in read_structure(fold("\n".join(lines))).paragraphs]
    assert found == [lines[2], lines[4], lines[6]]
