"""A sixth kind of archive: forms. What strangers share is every label; what is their own stands behind it and in a short account.

A form is filled in anew year by year and retyped or scanned: fields in another order or missing, figures and dates of the new
year, labels called otherwise, characters taken for ones that look alike, sentences of the account dropped, put in, replaced.
It was written when all weights and rules stood, and run once for the figures in the docs.
"""

from __future__ import annotations

import random
from itertools import count

from dedup_texts import Text

_LABELS = [
    ("活动名称", "名称", "项目"), ("活动时间", "时间", "日期"), ("活动地点", "地点", "场所"), ("组织单位", "主办", "承办部门"),
    ("参加对象", "对象", "参加人员"), ("参加人数", "人数", "到场人数"), ("经费开支", "经费", "支出"), ("活动内容", "主要内容", "经过"),
    ("活动效果", "效果", "反响"), ("存在问题", "不足", "问题"),
]  # fmt: skip
_ENDS = ("填表人：{n}　审核：{n}", "审核意见：情况属实，同意上报。", "备注：本表一式两份，工会、档案室各存一份。", "")
_WHAT_A = "趣味 健步 厨艺 插花 急救 茶艺 园艺 摄影 书画 棋牌 编织 烘焙 朗诵 合唱 骑行 垂钓 攀岩 瑜伽 太极 剪纸 陶艺 收纳 育儿 理财 普法 禁毒 反诈 防汛 消防 叉车 焊接 钳工 数控 点钞 速录 客服 导游 调酒 护理 面点".split()
_WHAT_B = "擂台 沙龙 讲堂 集市 夜校 体验日 接力 联赛 展评 训练营 观摩 巡演 竞答 公开课 开放日 结对 义诊 义卖 打卡 分享会".split()
_WHERE_A = "滨河 朝晖 银杏 长风 红旗 新港 北苑 南湖 锦绣 双桥 金沙 永安 望湖 翠竹 中州 高塘".split()
_WHERE_B = "俱乐部 体育馆 活动室 会议厅 操场 公园 食堂 车间 码头 仓库 图书室 文化宫 实训楼 广场".split()
_WHO = "一线职工 青年骨干 女会员 新入职人员 离退休人员 班组长 外来务工者 司乘人员 保洁员 安保员 技术员 文职人员 采编人员 乡村医生 代课教师 护林员".split()
_DID = "分成若干小组 按抽签先后上场 先由讲师示范 逐个动手操作 两两结成对子 现场提问作答 轮流登台展示 围坐交谈 互相点评 自带材料 限时完成 全程录像 评委亮分 当场揭晓名次 合影留念 整理场地后散去 领取纪念品 填写回执 观看短片 参观样品".split()
_FELT = "平时难得一聚 手上功夫见长 说说笑笑解了乏 回去还要教给家人 有人连夜写了体会 后悔来晚了 盼着下次再办 认识了不少新面孔 把烦心事放下了 学了一门手艺 心里踏实 干活更有劲 老少都喜欢 比看电视强 孩子也跟着学".split()
_LACK = "场地偏小 时间太紧 通知得迟 夜班的人来不了 材料备少了 音响出过毛病 讲师口音重 天热没有风扇 停车不便 报名的人多来的人少 奖品单一 没有录下来 年轻人不多".split()
_THEN = "其后 间隙 临近中午 开场时 到了下半场 收尾阶段 雨停之后 事先 当晚 第二轮".split()
_LIKE = [
    ("己", "已"),
    ("未", "末"),
    ("日", "曰"),
    ("人", "入"),
    ("大", "太"),
    ("土", "士"),
    ("天", "夭"),
    ("场", "扬"),
    ("会", "曾"),
    ("员", "贝"),
]
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
Fields = list[tuple[int, str]]
Account = list[str]


def _sentence(r: random.Random) -> str:
    c = r.choice
    what = r.random()
    if what < 0.4:
        return f"{c(_THEN)}{c(_WHO)}{c(_DID)}，{c(_DID)}。"
    if what < 0.7:
        return f"{c(_WHO)}{c(_DID)}，都说{c(_FELT)}。"
    return f"{c(_WHERE_A)}的{c(_WHO)}{c(_THEN)}{c(_DID)}，{c(_FELT)}，{c(_FELT)}。"


def _made(r: random.Random) -> tuple[Fields, Account]:
    c = r.choice
    own = [
        c(_WHAT_A) + c(_WHAT_A) + c(_WHAT_B), "", c(_WHERE_A) + c(_WHERE_B), c(_WHERE_A) + c(("分会", "工会小组", "女工部")),
        "、".join(r.sample(_WHO, r.randint(1, 3))), "", "", "，".join(r.sample(_DID, r.randint(2, 4))),
        "，".join(r.sample(_FELT, r.randint(1, 3))), "，".join(r.sample(_LACK, r.randint(1, 2))),
    ]  # fmt: skip
    return list(enumerate(own)), [_sentence(r) for _ in range(r.randint(2, 6))]


def _filled(form: tuple[Fields, Account], r: random.Random, hard: bool) -> str:
    fields, account = list(form[0]), list(form[1])
    if r.random() < 0.3:
        r.shuffle(fields)
    fields = [f for f in fields if r.random() > (0.2 if hard else 0.08)]
    for _ in range(r.randint(0, 3 if hard else 1)):
        at = r.randrange(len(account) + 1)
        account[at : at + r.randint(0, 1)] = [_sentence(r)]
    if len(account) > 2 and r.random() < 0.3:
        del account[r.randrange(len(account))]
    told = {
        1: f"{r.randint(2009, 2025)}年{r.randint(1, 12)}月{r.randint(1, 28)}日",
        5: f"{r.randint(6, 400)}人",
        6: r.choice((f"{r.randint(2, 90)}00元", f"{r.randint(2, 30) / 10}万元", "自筹")),
    }
    called = r.randrange(3) if r.random() < (0.5 if hard else 0.2) else 0
    lines = [f"{_LABELS[n][called]}：{told.get(n) or own}" for n, own in fields]
    name = r.choice(_SURNAMES) + r.choice("明芳伟丽强静磊洋")
    text = r.choice(("\n", "；", " ")).join(lines) + "\n" + "".join(account) + r.choice(_ENDS).format(n=name)
    share = 0.3 if hard else 0.06
    for one, other in _LIKE:
        if r.random() < share * 2:
            text = "".join(other if x == one and r.random() < share else x for x in text)
    lost = 0.025 if hard else 0.002
    return "".join("" if r.random() < lost / 2 else r.choice("口囗□") if r.random() < lost / 2 else x for x in text)


def forms(size: int, hard: bool = False, seed: int = 1) -> list[Text]:
    """Forms of activities, each filled in once or several times."""
    r = random.Random(f"forms/{hard}/{seed}/{size}")
    texts: list[Text] = []
    for cluster in count():
        if len(texts) >= size:
            break
        form = _made(r)
        times = 1 if r.random() < 0.35 else min(2 + int(r.expovariate(0.4)), 25)
        texts += [Text(_filled(form, r, hard), cluster) for _ in range(times)]
    texts = texts[:size]
    r.shuffle(texts)
    return texts
