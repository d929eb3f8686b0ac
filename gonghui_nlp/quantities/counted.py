"""What a number counts: the words behind its classifier, else the noun in front of it."""

from __future__ import annotations

import re

from gonghui_nlp.schema import Span

_STOP = "，。；：！？、（）\\s"
_WHAT = re.compile(f"(?:以上|以下|以内|左右)?的?([^{_STOP}]{{1,16}})")
_VERB_CUT = re.compile(
    "(?=[获参分送进得荣被在于为给向已均都全并供用受组以及，共和的])(?:获得|获|参赛|参加|分别|送到|进行了?|得到|荣获|被|在|于|为|给|向|已|均|都|全部|并|供|用于|受到|组成|以及|及|，|的[0-9]|共[0-9一二三四五六七八九十]|和[0-9一二两三四五六七八九十]).*"
)
_BEFORE = re.compile(f"([^{_STOP}]{{1,10}})$")
_LEAD = re.compile(
    ".*(?=[共其悬上答采办开张签覆走慰评编制改新分辖收征发赠组参举召印整了送添购有计达])(?:共|其中|悬挂|上报|答复|采纳|办理|开设|张贴|签订|覆盖|走访|慰问(?![品金信])|评选|评出|编写|制作|改建|新建|分|辖|收到|收集|征集|发放|赠送|组织|参与|开展|举办|召开|编印|整理|了|送出|新增|添置|购置|有|计|达)"
)
_TRAILING_LAST = frozenset("人各计共达近约等")
_TRAILING = re.compile("(?:每人|各|共计|共|达|近|约|等)+$")


def what(text: str, start: int, end: int) -> Span | None:
    """The thing counted: the words behind the classifier, else the noun before the number."""
    if m := _WHAT.match(text, end, end + 24):
        found = _VERB_CUT.sub("", m[1])
        if found:
            return Span(m.start(1), m.start(1) + len(found), found)
    if m := _BEFORE.search(text[max(0, start - 10) : start]):
        found = _TRAILING.sub("", m[1]) if m[1][-1] in _TRAILING_LAST else m[1]
        at = max(0, start - 10) + m.start(1)
        if lead := _LEAD.match(found):
            at, found = at + lead.end(), found[lead.end() :]
        return Span(at, at + len(found), found) if found else None
    return None
