"""Work grows with the length of the text, whatever the text is."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

from gonghui_nlp.outline import read_structure

SIZE = 1_500
UNITS = [
    "组织全体教师开展慰问活动，参加人数众多，",
    "1、慰问教师。2、举办活动。",
    "1、慰问教师五名。\n2、举办活动。\n",
    "一、", "（一）", "1、", "首先，其次，", "一是", "。1月 ", " ", "\n", "1.", "1：",
    "第一篇：\n", "【篇1】总结", "某校工会工作总结\n", "三月份\n", "存在的问题\n", "、加强\n",
    "1、甲\n9、乙\n", "1、甲乙丙丁\n3、乙\n", "1、甲\n1.乙\n", "一、甲\n1、乙1.丙\n",
    "“\n三、八”节\n",
    "我们开展了各种各样的活动并且参加了由\n二、三校承办的活动，我们开展了各种各样的活动。\n",
    "一年来，我校工会在上级领导下总结如下：取得了很大的成绩和进步，全面完成了任务\n一、啊\n二、啊\n",
    "在工会的领导下我们开展了各种各样的活动并且\n",
    "小编为大家整理", "欢迎阅读。", "网友", "相关推荐：\n工会总结\n", "篇1 ", "总结 篇1 好", "一、某校工会工作总结\n", "篇1：总结\n", "1.1慰问\n",
    "第一季度：\n", "一季度：慰问\n三月：慰问\n", "首先，学习。第二，慰问。\n", "一、计划\n", "总之，有待改进。\n一年来，我校工会在领导的关怀下工作\n一、好\n",
    "【一】好\n", "学习1慰问", "（www.a.cn", "更多范文请看范文网", "--- 2 ---\n", "2020年1月2日\n",
]  # fmt: skip


def steps(text: str) -> int:
    """The lines of Python that reading a text runs through, whatever else the machine does."""
    count = 0

    def trace(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        read_structure(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("unit", UNITS, ids=range(len(UNITS)))
def test_steps_are_linear(unit: str) -> None:
    read_structure(unit * 3)
    once = steps(unit * (SIZE // len(unit)))
    four_times = steps(unit * (4 * SIZE // len(unit)))
    # A quadratic reader takes sixteen times as many.
    assert four_times < 5 * once + 500
