"""What looks like a mark and is none leaves the outline as it is, inside a line and on a line of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from gonghui_nlp.outline import read_structure
from gonghui_nlp.text.normalize import fold

TRAPS = Path(__file__).with_name("traps.txt").read_text(encoding="utf-8").split()
TEXT = """云门小学工会工作总结
一、民主管理
召开教代会，听取工作报告。{inside}
二、生活福利
（一）走访慰问
1、慰问退休教师。
2、看望生病教师。
{line}
（二）体检疗养
组织全体会员体检。{inside}
三、文体活动
举办运动会。
"""
OUTLINE = [(1, "一、"), (1, "二、"), (2, "（一）"), (3, "1、"), (3, "2、"), (2, "（二）"), (1, "三、")]


@pytest.mark.parametrize("trap", TRAPS)
@pytest.mark.parametrize("place", ["inside", "line"])
def test_a_trap_is_no_mark(trap: str, place: str) -> None:
    text = TEXT.format(**{"inside": "", "line": "教师们十分满意。", place: trap})
    assert [(s.level, s.mark.text) for s in read_structure(fold(text)).sections] == OUTLINE
