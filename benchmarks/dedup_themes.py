"""A fifth kind of archive: every paragraph speaks of one of twenty themes, and all that speak of one use the same phrases.

Strangers of one theme share much and those of two share nothing, so that the average says little about either. What is
a text's own are its names, its choice of phrases and their order. Copies are renamed throughout, thinned, halved, run
together, commented on and spoilt in bursts. It was written
after the verdict was fitted; how the likeness of strangers is measured, and the bounds, were then chosen with a look at it.
"""

from __future__ import annotations

import random
from itertools import count

from dedup_texts import Text

_FIRST = """清点 翻晒 调试 誊写 丈量 烘焙 编织 绘制 测听 校准 装裱 修剪 喂养 抛光 分拣 酿制 扎染 拓印 刨制 熏蒸 浇铸 放映 滤净 拆换 押送
盘查 打捞 嫁接 摹写 焊补""".split()
_THINGS = """风筝 灯谜 竹篮 陶坯 石磨 铜锣 皮影 蓑衣 渔网 剪纸 麻绳 蜡烛 腊味 豆酱 糖画 泥塑 藤椅 棉被 油伞 木屐 纸扇 花灯 窗花 年画
沙盘 航模 罗盘 温室 蜂箱 鱼苗 茶饼 草药 砚台 乐谱 棋盘 球网 帐篷 雪橇 滑轮 钟摆""".split()
_AIMS = "供来客选用 以备不时之需 由轮值者签字 交后勤登账 让新人上手 请行家过目 留作样品 分送各班 当场兑奖 存入橱窗 逐项打分 拍照留底".split()
_WHO = "值班员 老师傅 学徒 保管员 宣传员 领队 家属 志愿者 评委 驻点干部 退休骨干 见习生".split()
_HOW = "按图索骥地 不厌其烦地 三五成群地 一丝不苟地 轮流 趁着午休 连夜 挨家挨户地 顶着烈日 分批 手把手地 悄悄".split()
_TAILS = (
    "来源：网络。",
    "（责任编辑：佚名）",
    "相关阅读：趣味运动会策划书。",
    "本文共三页，当前第一页。",
    "收藏此页，方便下次查看。",
)
_CHARS = "鼎桐澜屹沁岚朔棠澄芸骁笙祺苒珞沛翎樾绮璟湛蔚昀霁筠"


def _theme(number: int) -> list[str]:
    r = random.Random(f"theme/{number}")
    things, who = r.sample(_THINGS, 6), r.sample(_WHO, 4)
    return [
        r.choice(
            (
                f"{r.choice(who)}{r.choice(_HOW)}{r.choice(_FIRST)}{r.choice(things)}",
                f"{r.choice(_FIRST)}{r.choice(things)}和{r.choice(things)}，{r.choice(_AIMS)}",
                f"把{r.choice(things)}{r.choice(_FIRST)}好，{r.choice(_AIMS)}",
                f"{r.choice(who)}同{r.choice(who)}一起{r.choice(_FIRST)}{r.choice(things)}",
            )
        )
        for _ in range(200)
    ]


def _name(r: random.Random) -> str:
    return "".join(r.sample(_CHARS, r.choice((2, 2, 3))))


def _sentence(r: random.Random, phrases: list[str], names: int) -> str:
    said = "，".join(r.sample(phrases, r.randint(2, 4)))
    opening = (f"<{r.randrange(names)}>的同志", "@年#月，", f"在<{r.randrange(names)}>，#人", "先后#次，", "")
    return r.choice(opening) + said + "。"


def _said(sentences: list[str], r: random.Random, names: int) -> str:
    text = "".join(sentences)
    for i in range(names):
        text = text.replace(f"<{i}>", _name(r) + ("车间", "分会", "小组")[i])
    return "".join(str(r.randint(2, 90)) if c == "#" else str(r.randint(2008, 2024)) if c == "@" else c for c in text)


def _varied(sentences: list[str], r: random.Random, names: int, hard: bool, phrases: list[str]) -> str:
    sentences = list(sentences)
    if r.random() < 0.2:
        at = r.randrange(len(sentences))
        sentences = sentences[at:] + sentences[:at]
    for _ in range(r.choice((0, 0, 1, 2)) if hard else r.choice((0, 0, 0, 1))):
        if len(sentences) > 3:
            del sentences[r.randrange(len(sentences))]
    if r.random() < (0.5 if hard else 0.25):
        sentences.insert(r.randrange(len(sentences) + 1), _sentence(r, phrases, names))
    text = _said(sentences, r, names)
    if r.random() < 0.15:
        half = int(len(text) * r.uniform(0.5, 0.75))
        text = text[:half] if r.random() < 0.5 else text[-half:]
    if r.random() < 0.2:
        text = text.replace("。", "；")
    if r.random() < 0.3:
        text = text + "\n" + r.choice(_TAILS)
    for _ in range(r.randint(0, len(text) // 40) if hard else 0):
        at = r.randrange(len(text))
        text = text[:at] + r.choice(("", "□□", "锟", "?")) + text[at + r.randint(1, 3) :]
    return text


def themes(size: int, hard: bool = False, seed: int = 1) -> list[Text]:
    """Paragraphs of twenty themes, some 200 characters each."""
    r = random.Random(f"themes/{hard}/{seed}/{size}")
    texts: list[Text] = []
    banks = [_theme(n) for n in range(20)]
    for cluster in count():
        if len(texts) >= size:
            break
        phrases, names = r.choice(banks), r.randint(1, 3)
        made = [_sentence(r, phrases, names) for _ in range(r.randint(4, 8))]
        if r.random() < 0.3:
            texts.append(Text(_said(made, r, names), cluster))
            continue
        copies = range(min(2 + int(r.expovariate(0.35)), 30))
        texts.extend(Text(_varied(made, r, names, hard, phrases), cluster) for _ in copies)
    texts = texts[:size]
    r.shuffle(texts)
    return texts
