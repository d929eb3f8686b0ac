"""Paragraphs that a line end cut in two are read as one: each piece carries the label of the whole."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from gonghui_nlp.compiling import compiled

# A line that a site broke off is as long as its column; a short line without a full stop is a list item.
_SHORTEST = 30
_LONGEST = 4000
_CLAUSE = 8
# What opens or lists cannot end a paragraph, however short it is.
_OPENERS = "“‘（《、"
_OPEN_END = compiled(r"[\u4e00-\u9fff0-9A-Za-z，、“‘（《](?=\s*\Z)")
_FRESH_START = compiled(
    r"\s*(?:[一二三四五六七八九十\d]+[、.]|[（(]|第[一二三四五六七八九十\d]|[①-⑳]|[一二三四五六七八九]是|其次|首先)"
)


_SIGNED = 28
_SIGNATURE = compiled(
    # the unit's name, or the day, alone on its line
    r"\s*(?:(?!工会)[^，。；：、\s]{2,26}(?:工会|工会委员会|委员会|联合会|总工会|小学|中学|学校|幼儿园|医院|公司)"
    r"|[\d一二三四五六七八九十○〇零×Xx*]{2,4}[年.\-/](?:[\d一二三四五六七八九十×Xx*]{0,3}[月.\-/])?(?:[\d一二三四五六七八九十×Xx*]{0,3}日?)"
    r"|(?:执笔|撰稿|报送|抄送|主题词)[：:].{0,20})\s*\Z"
)
_DEED = compiled(
    r"\s*(?:\d+[、.])?(?:建(?!设[局厅])|办(?!公)|开(?=展|好|办)|召|组(?!织部)|成立|改|健|加|完|评|争|参|发展|规范|走|访|看|慰|送|支|指|配|协|继"
    r"|做|抓|选|推|迎|庆|申|创|向|到|去|对|为|请|与)|.*(?:参加|参观|考核|验收|培训|会议|了|组织[^部]|慰问|看望)"
)


def signs(text: str) -> bool:
    """Whether a line only signs or dates a document, whatever functions its words might speak for.

    >>> signs("松岗镇中心小学工会委员会"), signs("2015年12月28日"), signs("指导12个公司建立工会")
    (True, True, False)
    """
    return len(text) <= _SIGNED and bool(_SIGNATURE.match(text)) and not _DEED.match(text)


def runs_on(before: str, after: str) -> bool:
    """Whether ``after`` goes on with the sentence that ``before`` breaks off.

    >>> runs_on("为了把离退休教师的各项工作做得更细更实，我们在重阳节前组织了茶话", "会和登高活动。")
    True
    >>> runs_on("三月：召开教代会", "四月：春游")
    False
    """
    end = before.rstrip()[-1:]
    if end and end in _OPENERS:
        return True
    if _FRESH_START.match(after):
        return False
    return (end == "，" and len(before) >= _CLAUSE) or (
        len(before) >= _SHORTEST and bool(_OPEN_END.search(before[-8:]))
    )


def joined(
    texts: Sequence[str], paths: Sequence[tuple[str, ...]], continues: Sequence[bool] | None
) -> tuple[list[str], npt.NDArray[np.int64]]:
    """The texts with the pieces of one paragraph joined, and for each text the number of its whole.

    >>> joined(["慰问", "三人"], [(), ()], [False, True])[0]
    ['慰问三人']
    """
    wholes: list[list[str]] = []
    owner = np.zeros(len(texts), np.int64)
    size = 0
    for i, text in enumerate(texts):
        same = i > 0 and paths[i] == paths[i - 1] and size + len(text) <= _LONGEST
        if same and (continues[i] if continues is not None else runs_on(texts[i - 1], text)):
            wholes[-1].append(text)
            size += len(text)
        else:
            wholes.append([text])
            size = len(text)
        owner[i] = len(wholes) - 1
    return ["".join(w) for w in wholes], owner
