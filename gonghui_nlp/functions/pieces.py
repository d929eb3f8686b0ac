"""Paragraphs that a line end cut in two are read as one: each piece carries the label of the whole."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from gonghui_nlp.compiling import compiled
from gonghui_nlp.resources import patterns

# A line that a site broke off is as long as its column; a short line without a full stop is a list item.
_SHORTEST = 30
_LONGEST = 4000
_CLAUSE = 8
# What opens or lists cannot end a paragraph, however short it is.
_OPENERS = "“‘（《、"
_OPEN_END = compiled(r"[\u4e00-\u9fff0-9A-Za-z，、“‘（《](?=\s*\Z)")
_fresh_start = patterns.pattern("functions", "fresh_start")


_SIGNED = 28
_signature = patterns.pattern("functions", "signature")
_deed = patterns.pattern("functions", "deed")


def signs(text: str) -> bool:
    """Whether a line only signs or dates a document, whatever functions its words might speak for.

    >>> signs("松岗镇中心小学工会委员会"), signs("2015年12月28日"), signs("指导12个公司建立工会")
    (True, True, False)
    """
    return len(text) <= _SIGNED and bool(_signature().match(text)) and not _deed().match(text)


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
    if _fresh_start().match(after):
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
