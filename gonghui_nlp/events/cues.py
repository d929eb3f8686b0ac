"""Cue words, found in one pass over a text: which kinds of them stand in which stretches."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from gonghui_nlp.events.pairs import Array, Pairs
from gonghui_nlp.resources import knowledge

_ADVERB = "积极 切实 努力 不断 大力 深入 广泛 认真 充分 全面 继续 扎实"
_ABSTRACT_VERB = "进一步 加强 加大 深化 推动 推进 发挥 重视 确保 提高 增强 促进 丰富 营造 坚持 调动 树立 围绕 引导 贯穿"
# 要!求 stands for 要 unless 求 follows in the stretch. What stands before a mention, inside it, and elsewhere.
BEFORE = {
    "adverb<": _ADVERB,
    "abstract verb<": _ABSTRACT_VERB,
    "duty<": "要!求 必须 应!邀 需 须 负责 旨在 可以 能够 有利于 有助于 使 让 希望",
    "means<": "通过 以!来 结合 把 作为 是 在于 关于 对于 由于 借助 利用 随着 等形式 不仅",
    "purpose<": "为了 为使 为让",
    "negated<": "未能 没有 未 取消 不再 不能 不足 无法 停办 推迟 不够 缺乏",
    "this<": "这次 这一 这项 这些 这场 这届 此次 此项 本次 本届 该次 该项 上述",
    "example<": "如 例如 其中 包括 主要有",
    "if<": "凡 遇 若 一旦 无论 不管 每当 只要",
    "planned<": "将 拟 计划 准备 争取 打算",
    "routine<": "每 定期 凡 经常 平时 始终 长期",
    "success<": "成功 顺利 圆满 先后 共 如期 隆重 已 专门 还 及时",
    "subject": "工会 学校 我校 我们 我会 公司 我院 单位 委员会 党支部 行政 教师 职工",
}
INSIDE = {
    "aspect>": "了!解 过!解",
    "vague>": "丰富多彩 形式多样 多种 各种 各类 各项 系列 多样 有益 健康向上 喜闻乐见 群众性 经常性 行之有效 不同 "
    "有关 相关 扎实 良好",
    "adverb>": _ADVERB,
    "abstract verb>": _ABSTRACT_VERB,
    "routine>": "每 定期 经常",
    "copula>": "是 为目标 为载体 为重点 相结合 贡献 首要 重要工作",
    "prize": "一等奖 二等奖 三等奖 第一名 第二名 第三名 第四名 优胜 名次 冠军 亚军 好成绩 好评 效果",
    "ordinal": "第 首届 本届 一次 一场 届",
}
EARLIER = {"time": "每年 每月 每周 每季 每学 每两 一年来 本学期 今年 本年度 本期 年初 期初 学期初 开学初"}
BEHIND = {"outcome": "获 好评 一等奖 二等奖 三等奖 取得 名次 第一名 第二名 第三名 第四名 欢迎 圆满"}
GOING = {"held<": "在 于 到 赴"}


_BITS = {name: 1 << i for i, name in enumerate((*BEFORE, *INSIDE, *EARLIER, *BEHIND, *GOING))}


class _Lexicon(NamedTuple):
    """Bits by character, by number of a pair (also those a pair takes from its first character), by longer word."""

    pairs: Pairs
    single: Array
    double: Array
    unless: Array
    longer: dict[str, list[tuple[str, int]]]
    opens: Array


@knowledge
def _lexicon() -> _Lexicon:
    words: dict[str, int] = {}
    unless: dict[str, int] = {}
    for names in (BEFORE, INSIDE, EARLIER, BEHIND, GOING):
        for name, listed in names.items():
            for item in listed.split():
                word, mark, not_before = item.partition("!")
                words[word] = words.get(word, 0) | _BITS[name]
                if mark:
                    unless[word + not_before] = unless.get(word + not_before, 0) | _BITS[name]
    pairs = Pairs([*(w[:2] for w in words if len(w) > 1), *unless])
    single = np.zeros(1 << 16, dtype=np.int64)
    double, taken = np.zeros(len(pairs.ids) + 1, dtype=np.int64), np.zeros(len(pairs.ids) + 1, dtype=np.int64)
    opens = np.zeros(len(pairs.ids) + 1, dtype=bool)
    longer: dict[str, list[tuple[str, int]]] = {}
    for word, mask in words.items():
        if len(word) == 1:
            single[ord(word)] = mask
        elif len(word) == 2:
            double[pairs.ids[word]] = mask
        else:
            longer.setdefault(word[:2], []).append((word, mask))
            opens[pairs.ids[word[:2]]] = True
    for word, mask in unless.items():
        taken[pairs.ids[word]] = mask
    return _Lexicon(pairs, single, double, ~taken, longer, opens)


class Cues:
    """The cue words of a text."""

    def __init__(self, text: str, points: Array) -> None:
        lexicon = _lexicon()
        # One place more, so that a stretch may begin at the end of the text.
        size = len(points) + 1
        self._alone = np.zeros(size, dtype=np.int64)
        self._alone[:-1] = lexicon.single[points]
        numbers = np.zeros(size, dtype=np.int64)
        numbers[:-1] = lexicon.pairs.of(points)
        self._two = (self._alone & lexicon.unless[numbers]) | lexicon.double[numbers]
        self._three, self._four = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        for at in np.flatnonzero(lexicon.opens[numbers]).tolist():
            for word, mask in lexicon.longer[text[at : at + 2]]:
                if text.startswith(word, at):
                    (self._three if len(word) == 3 else self._four)[at] |= mask

    def within(self, *zones: tuple[Sequence[int], dict[str, str]]) -> list[list[tuple[str, ...]]]:
        """For the stretches of each zone (start, end, start …), its names that stand in them, whole words only."""
        edges = np.array([edge for stretches, _ in zones for edge in stretches], dtype=np.int64)
        starts, ends = edges[::2], edges[1::2]
        found = np.where(starts < ends, self._alone[np.maximum(ends - 1, 0)], 0)
        for length, marks in ((2, self._two), (3, self._three), (4, self._four)):
            found |= _any(marks, starts, ends - (length - 1))
        named: list[list[tuple[str, ...]]] = []
        low = 0
        for stretches, names in zones:
            high = low + len(stretches) // 2
            named.append(list(map(_names, (found[low:high] & sum(map(_BITS.__getitem__, names))).tolist())))
            low = high
        return named


def _any(marks: Array, starts: Array, ends: Array) -> Array:
    """All bits between each start and end, 0 for an empty stretch."""
    edges = np.empty(2 * len(starts), dtype=np.int64)
    edges[::2], edges[1::2] = starts, np.maximum(starts, ends)
    found: Array = np.bitwise_or.reduceat(marks, edges)[::2]
    return np.where(starts < ends, found, 0)


@lru_cache(maxsize=4096)
def _names(mask: int) -> tuple[str, ...]:
    return tuple(name for name, bit in _BITS.items() if mask & bit)
