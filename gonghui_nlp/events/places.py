"""Where: behind 在, 到, 赴 in front of the activity, ending in a word that names places."""

from __future__ import annotations

import re

from .nuclei import Nucleus

Stretch = tuple[int, int]

# Every alternative begins with a literal character: the engine then skips to where one can begin.
_NOT_BEHIND = "[收达得做落感受直现送存所提年不正旨好来回]"
_MARK = re.compile(
    f"(?:{'|'.join(f'{w}(?<!{_NOT_BEHIND}{w})' for w in ('前往', '走进', '来到', '深入', *'在到赴于去'))})(?:(?<=深入)到)?"
    "(?!职|世|年|[0-9一二三四五六七八九十]+月|位|此|这|一[定起]|家(?!乡)|日常|全体|各[个项种]|了|[年月])"
)
_SUFFIX = (
    "会议室|报告厅|活动室|活动中心|中心|体育馆|图书馆|纪念馆|博物馆|公园|校园|乐园|景区|风景区|湿地|广场|操场|球场|剧场|礼堂|食堂|宾馆|酒店|饭店|山庄|基地|农场|果园|庄园|社区|企业|车间"
    "|医院|学校|小学|中学|幼儿园|大学|敬老院|福利院|学院|网上|校园网|内网|网站|公示栏|公开栏|公布栏|宣传栏|电视台|媒体|平台|公众号|信箱|教代会上?|职代会上?|大会上?|会议上?|会上|典礼上?|论坛上?|年会"
    "|等地|外地|各地|当地|市区|城区|省城|县城|[馆厅室楼园场院山湖岛寨谷峡洞寺庙村镇乡县市省州区街江河海店栏厂部]|基地|工地|驻地|营地"
)
_PLACE = re.compile(f'.*(?:{_SUFFIX})[”"]?(?:等地)?')
_STOP = re.compile(
    "[，。；：]|召开|举行|举办|开展|隆重|组织|进行|徒步|采|游玩|踏|跟岗|疗|休|旅|参观|观|考察|学习|春游|秋游|慰问|看望|开设|设立|发表|安装|建立|体检|前去|出席|参加|集中|公示|公布|无|经|购|做|为(?!民)|对|向|去(?!年)|与|以(?![上下内外])"
)
_TIMES = re.compile(
    "(?:期间|时候?|前夕?|后|中|之际|下|基础上|方面|[年月日节期]|[0-9]号|过程|来临|岗位|精神|重点|首位|过去|今后|实际|工作|作用)$"
)


def place(text: str, nucleus: Nucleus) -> Stretch | None:
    """The venue or the destination; None for times, occasions and figures of speech that also stand behind 在."""
    travels = nucleus.type in ("outing", "welfare", "training", "aid")
    low = nucleus.clause.start
    while m := _MARK.search(text, low, nucleus.end):
        low = m.end()
        start = max(m.end(), text.rfind("在", m.end(), m.end() + 14) + 1)
        if any(q.start < m.start() < q.end for q in nucleus.quotes):
            continue
        if start < nucleus.head.start or m.start() >= nucleus.start:
            stop = _STOP.search(text, start + 1, min(nucleus.end, start + 60))
            end = min(stop.start() if stop else start + 60, nucleus.end)
            if 1 < end - start <= 44:
                found = _PLACE.match(text, start, end)
                if found and not _TIMES.search(text, start, end):
                    return _unquoted(text, start, found.end())
                if (
                    travels
                    and m[0] in ("到", "赴", "前往")
                    and stop
                    and end - start <= 8
                    and not _TIMES.search(text, start, end)
                ):
                    return _unquoted(text, start, end)
    return None


def _unquoted(text: str, start: int, end: int) -> Stretch | None:
    if text[start] in '“"' and text[end - 1] in '”"':
        start, end = start + 1, end - 1
    return (start, end) if end - start > 1 else None
