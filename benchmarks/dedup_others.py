"""Archives that the verdict was not fitted on: two further kinds of paragraphs with other words and edits, and documents.

``reposts`` are put together from few words, so that strangers sound alike; they are reworded, padded and re-ordered.
``notices`` are words nobody ever used, drawn by their rank; they are cut, joined and damaged.
``documents`` are whole summaries: sections swapped, left out, cut off, and compilations of two that must join nothing.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import lru_cache
from itertools import count

from dedup_texts import HARD, NORMAL, Text, clause, slotted, value, words

_WHO = "退休教师 青年职工 女职工 困难家庭 新进员工 班组长 环卫工人 快递小哥 护士 老劳模 会员代表 农民工 驾驶员 炊事员".split()
_DID = "邀请 安排 带领 鼓励 帮助 引导 陪同 组织 动员 协助 推荐 委托".split()
_WHAT = """参观新车间 练习硬笔字 编排合唱节目 学习急救办法 修订集体合同 清点库存器材 布置读书角 填写意见表 打扫活动室
排演小品 交流带徒心得 观看安全短片 缝制香囊 挑选体检套餐 核对互助名单 晾晒老照片 种植小菜园 辅导职工子女 整理会议记录
试用新健身器 品尝创新菜 记录家访见闻 比试包饺子 演练灭火 评议食堂伙食 讨论休假办法 征集金点子 粉刷自行车棚 拍摄短视频
丈量新球场 采购防暑药品 登记来访诉求""".split()
_SO = """受到大家欢迎 效果十分明显 气氛格外热烈 职工普遍满意 意见当场答复 事后张榜公布 各组反响良好 还评出了优胜者 过程全部留痕
得到领导肯定 没有花一分冤枉钱 大家都说办得好 比往年更热闹 带动了周边单位 问题逐条销号""".split()
_WHERE = "在老礼堂 在三楼平台 在河堤上 在旧厂区 在阅览室 在门前广场 在分部 在调度室 在职工小家 在训练场".split()
_WHEN = "入夏后 雨季来临前 放假前一天 周末 下班以后 开工当日 月底 寒潮期间 检修期间 周年庆时".split()
_STOCK = """我们的工作离不开上级组织的关怀和全体会员的理解支持。 工会是职工的娘家人，要把好事办实、实事办好。
回头看，成绩是主要的，不足也不容回避。 面对新形势新任务，我们要以更饱满的热情投入工作。
一分部署，九分落实，各小组都拿出了实招。 维权不缺位，服务不打烊，这是我们对职工的承诺。
工会经费取之于会员，用之于会员，账目清楚。 让职工有更多获得感，是一切工作的出发点。""".split()
_SWAPS = [
    ("职工", "员工"),
    ("组织", "发动"),
    ("大家", "众人"),
    ("意见", "建议"),
    ("明显", "显著"),
    ("安排", "布置"),
    ("学习", "研读"),
]
_ADVERTS = """更多范文请关注本站公众号，海量资料免费下载。 本文来源于网络，版权归原作者所有，如有侵权请联系删除。
点击下方链接可下载全文，会员可享八折优惠。 上一篇：安全生产月活动方案，下一篇：后勤工作计划。""".split()
Piece = tuple[str, str]


def _sentence(r: random.Random, slots: float) -> list[Piece]:
    out: list[Piece] = []
    for i in range(r.randint(2, 4)):
        out += [("", "，")] if i else []
        if r.random() < slots:
            out += r.choice(([("date", ""), ("organisation", "")], [("year", "")], [("organisation", "")]))
        else:
            out.append(("", r.choice(_WHEN)))
        out.append(("", r.choice(_WHERE) + r.choice(_DID)))
        if r.random() < slots:
            out.append(("headcount", ""))
        out.append(("", r.choice(_WHO) + r.choice(_WHAT)))
        if r.random() < slots / 2:
            out += [("", "，花去"), ("amount", "")]
    return [*out, ("", "，" + r.choice(_SO) + "。")]


@lru_cache(maxsize=1)
def _lexicon() -> list[str]:
    r = random.Random("lexicon")
    han = [c for a in range(0xB0, 0xD8) for b in range(0xA1, 0xFF) if (c := bytes((a, b)).decode("gb2312", "ignore"))]
    return ["".join(r.sample(han, r.choice((2, 2, 2, 3)))) for _ in range(4000)]


def _noted(r: random.Random, slots: float) -> list[Piece]:
    words_, out = _lexicon(), []
    for i in range(r.randint(2, 5)):
        out += [("", "，")] if i else []
        if r.random() < slots:
            out.append((r.choice(("date", "organisation", "year", "festival")), ""))
        out.append(("", "".join(words_[int(4000 * r.random() ** 2.5)] for _ in range(r.randint(3, 6)))))
        if r.random() < slots:
            out.append((r.choice(("headcount", "amount", "count")), ""))
    return [*out, ("", "。")]


def _filled(sentences: list[list[Piece]], r: random.Random) -> str:
    return "".join(value(kind, r) if kind else fixed for s in sentences for kind, fixed in s)


def _damaged(text: str, r: random.Random, share: float) -> str:
    marks = ("", "", "■", "?", "口", "己")
    return "".join(r.choice(marks) if r.random() < share else c for c in text)


def reposts(size: int, hard: bool = False, seed: int = 1) -> list[Text]:
    """Paragraphs put together from few words; reworded, padded with adverts, re-ordered, thinned."""

    def made(r: random.Random) -> list[list[Piece]]:
        sentences = [_sentence(r, 0.7 if hard else 0.4) for _ in range(r.randint(3, 6))]
        for _ in range(r.randint(0, 2)):
            sentences.insert(r.randrange(len(sentences) + 1), [("", r.choice(_STOCK))])
        return sentences

    def varied(sentences: list[list[Piece]], r: random.Random) -> str:
        sentences = list(sentences)
        if r.random() < 0.3:
            r.shuffle(sentences)
        while len(sentences) > 3 and r.random() < (0.45 if hard else 0.25):
            del sentences[r.randrange(len(sentences))]
        text = _filled(sentences, r)
        for old, new in r.sample(_SWAPS, r.randint(0, 4 if hard else 2)):
            text = text.replace(old, new)
        if r.random() < (0.4 if hard else 0.2):
            advert = "".join(r.sample(_ADVERTS, r.randint(1, 2)))
            text = advert + text if r.random() < 0.3 else text + "\n" + advert
        return _damaged(text, r, 0.03) if hard else text

    return _archive(size, f"reposts/{hard}/{seed}", made, varied)


def notices(size: int, hard: bool = False, seed: int = 1) -> list[Text]:
    """Paragraphs of words nobody ever used; cut at both ends, sentences put in, damaged."""

    def made(r: random.Random) -> list[list[Piece]]:
        return [_noted(r, 0.6 if hard else 0.3) for _ in range(r.randint(2, 7))]

    def varied(sentences: list[list[Piece]], r: random.Random) -> str:
        sentences = list(sentences)
        for _ in range(r.randint(0, 3 if hard else 1)):
            sentences.insert(r.randrange(len(sentences) + 1), _noted(r, 0.3))
        text = _filled(sentences, r)
        if r.random() < 0.25:
            front, back = r.uniform(0, 0.2), r.uniform(0, 0.25)
            text = text[int(front * len(text)) : len(text) - int(back * len(text))]
        return _damaged(text, r, 0.05) if hard and r.random() < 0.7 else text

    return _archive(size, f"notices/{hard}/{seed}", made, varied)


def documents(size: int, hard: bool = False, seed: int = 1) -> list[Text]:
    """Whole summaries; a compilation of two is a cluster of its own, known by a negative number."""
    mix = HARD if hard else NORMAL

    def section(r: random.Random) -> list[list[Piece]]:
        out: list[list[Piece]] = [[("", r.choice(words()["topics"]) + "工作\n")]]
        for _ in range(r.randint(3, 8)):
            pieces: list[Piece] = []
            for i in range(r.randint(2, 4)):
                pieces += [("", "，")] if i else []
                pieces += slotted(r) if r.random() < mix.slots / 2 else [("", clause(r))]
            out.append([*pieces, ("", "。")])
        if r.random() < 0.6:
            out.append([("", r.choice(words()["stock"]))])
        return [*out, [("", "\n")]]

    def made(r: random.Random) -> list[list[Piece]]:
        return [[p for s in section(r) for p in s] for _ in range(r.randint(3, 7))]

    def varied(sections: list[list[Piece]], r: random.Random) -> str:
        sections = list(sections)
        if r.random() < 0.3:
            i, j = r.sample(range(len(sections)), 2)
            sections[i], sections[j] = sections[j], sections[i]
        if r.random() < 0.15:
            r.shuffle(sections)
        while len(sections) > 2 and r.random() < 0.3:
            del sections[r.randrange(len(sections))]
        if r.random() < 0.2:
            sections.insert(r.randrange(len(sections) + 1), [p for s in section(r) for p in s])
        text = _filled(sections, r)
        if r.random() < 0.15:
            text = text[: int(len(text) * r.uniform(0.45, 0.9))]
        return _damaged(text, r, 0.03) if hard else text

    texts = _archive(size, f"documents/{hard}/{seed}", made, varied)
    r = random.Random(f"joined/{seed}")
    for i in range(size // 40):
        a, b = r.sample(texts[:size], 2)
        texts.append(Text(a.text + "\n" + b.text, -1 - i))
    r.shuffle(texts)
    return texts


def _archive(
    size: int,
    seed: str,
    made: Callable[[random.Random], list[list[Piece]]],
    varied: Callable[[list[list[Piece]], random.Random], str],
) -> list[Text]:
    r = random.Random(f"{seed}/{size}")
    texts: list[Text] = []
    for cluster in count():
        if len(texts) >= size:
            break
        template = made(r)
        if r.random() < 0.3:
            texts.append(Text(_filled(template, r), cluster))
            continue
        texts += [Text(varied(template, r), cluster) for _ in range(min(2 + int(r.expovariate(0.35)), 30))]
    texts = texts[:size]
    r.shuffle(texts)
    return texts
