"""A fourth kind of archive, in another manner than the rest: copies of copies of paragraphs written after common frames.

What strangers share here is the frame of their sentences (forty of them, as summaries have), what is their own stands
in the blanks. Nobody copies the template: every text is copied from an earlier one of its family, with a few edits more,
so that the ends of a long line have little in common. It was written before the verdict was fitted, and not changed since.
"""

from __future__ import annotations

import random
from itertools import count

from dedup_texts import Text

_FRAMES = """{t}，工会牵头{a}，{p}共{n}参与，{r}。|根据年初计划，我们于{d}{a}，{r}。|针对{p}反映的{o}问题，{u}工会{a}。
为了{g}，先后{a}、{a}，投入{m}。|{d}，{u}邀请{p}走进{w}，{a}。|坚持每{q}{a}一次，让{p}{r}。
在{w}设立{o}专柜，由{p}轮流值守，{a}。|今年以来共为{p}办理{o}{n}件，{r}。|{a}，是{u}工会{t}的一件大事，{p}{r}。
会同{u}{a}，{n}{p}从中受益。|{t}里，{p}自发{a}，{w}一时{r}。|把{o}纳入考核，{a}，做到{r}。
{d}起试行{o}制度，{p}可凭证{a}。|{p}小组{a}，在全区评比中{r}。|拨出{m}用于{o}，{w}面貌{r}。
经职代会讨论，{o}方案以{n}票通过，随后{a}。|对{n}{p}逐户上门，{a}，{r}。|利用{t}，{a}，受到{p}欢迎。
{u}与{u}结为友好单位，共同{a}。|依托{w}，{a}，年内已办{n}期。|{p}代表提出的{o}建议，由{u}答复，{r}。
结合{t}，开展“{o}”主题月，{p}{a}。|组队参加{u}举办的{o}大赛，{n}{p}获奖。|{a}所需的{m}从{o}经费中列支，{r}。
{w}全年开放，{p}在此{a}，{r}。|以{o}为抓手，{a}，{g}。|{p}生病住院必访，{t}又{a}，送去{m}。
建立{o}微信群，{n}{p}入群，随时{a}。|聘请{u}专家，在{w}{a}，{p}{r}。|{t}前后，{a}，共计发出{n}份{o}。""".replace(
    "\n", "|"
).split("|")
_ACTS_A = "清理 腾出 翻新 筹建 试办 轮换 增设 承包 签订 兑现 核准 演示 比选 试吃 代办 代缴 补办 张贴 播放 刻录 拆洗 移交 预订 分装 接送 陪护 托管 丈量 开垦 栽种".split()
_ACTS_B = "旧书架 晾衣区 母婴室 凉茶点 充电棚 理发摊 缝补铺 磨刀台 借伞架 小药箱 热饭柜 开水间 淋浴房 停车位 羽网场 菜地 鱼池 花架 鸽舍 工具墙 老相册 家书 互助金 子女托班 暑期夏令营 回乡车票 年夜饭 生日面 长寿碗 返岗包车 工装 防滑鞋 护目镜 耳塞 手套 雨衣 头盔灯 保温杯".split()
_PEOPLE = "检修工 押运员 化验员 炊事班 保育员 收银员 投递员 话务员 护林员 测绘员 電焊工 司磅员 讲解员 调车员 养路工 织布工 质检员 领航员 配菜工 水暖工 绿化工 出纳 门卫 打字员 采购员 仓管员".replace(
    "電", "电"
).split()
_OBJECTS = "错峰用餐 夜班补贴 轮休排班 工伤互保 哺乳时间 通勤线路 宿舍水费 劳保换新 技能津贴 师徒契约 带薪年假 高温停工 岗位轮换 食材溯源 小额借款 法律代书 心理热线 隐患举报 节水金点子 废料利用 空调检修 班前喊话 交接清单 家属开放 退休欢送 新人破冰 异地探亲 血压建档 反诈提醒 旧衣回收".split()
_PLACES = "三号仓库 北门值班室 渡口码头 四楼露台 旧锅炉房 调度大厅 水塔广场 河西工棚 东配楼 铁路道口 样品间 印刷车间 苗圃 冷库门口 船坞 检票口 瞭望台 总装线 纺纱楼 选矿场".split()
_TIMES = "雨季 汛期 秋收时节 大修期间 盘点周 寒假 开学季 冬防阶段 采茶季 通车之际 双抢时节 试产阶段 厂庆月 评级期间 换届前夕 搬迁过程".split()
_RESULTS = "秩序井然 口碑不错 人人叫好 省去不少周折 投诉降了一半 几乎座无虚席 样样有着落 账实相符 来去方便 家家收到回执 难题迎刃而解 气象一新 名列前茅 笑声不断 无一拖欠 平安无事 差错为零 有始有终".split()
_GOALS = "减轻负担 留住熟手 守住安全线 补上短板 打通最后一米 化解积怨 照顾双职工 节约开支 缩短路程 摸清底数 拉近距离 提振士气".split()
_TOWNS = "芦家 石桥 白塔 双井 柳湾 大槐 三岔 龙尾 小营 牛首 荷塘 盐店 东坝 西堡 鹿鸣 雁栖 青龙 棋盘 望江 官渡".split()
_SORTS = "机务段 船厂 纱厂 面粉厂 水泥厂 林场 渔场 邮电所 粮站 供销社 客运站 矿务局 农机站 印染厂".split()
_FILLERS = """各项工作都离不开大家的共同努力。 今后还要继续把服务送到一线去。 存在的不足主要是创新不够、深入不够。
扫描下方二维码领取完整资料包。 本站所有文章均由网友上传分享。 特此总结，请上级批评指正。 职工利益无小事，桩桩件件记心头。
这一做法得到上级工会的充分认可。 猜你喜欢：工会换届选举工作方案。""".split()
_SYNONYMS = [
    ("参与", "参加"),
    ("先后", "陆续"),
    ("共同", "一道"),
    ("受到", "深受"),
    ("建立", "组建"),
    ("随后", "紧接着"),
]
_SYNONYMS += [
    ("坚持", "做到"),
    ("邀请", "约请"),
    ("今年以来", "本年度"),
    ("投入", "花费"),
    ("随时", "及时"),
    ("结合", "围绕"),
]
_CHINESE = "零一二三四五六七八九"
Sentence = list[tuple[str, str]]  # ("", fixed) or (kind, "")


def _value(kind: str, r: random.Random) -> str:
    n = r.randint(2, 900)
    if kind == "n":
        spoken = "".join(_CHINESE[int(c)] for c in str(n))
        return r.choice((f"{n}", f"{n}余", f"近{n}", spoken)) + r.choice(("名", "人", "位"))
    if kind == "m":
        return r.choice((f"{n}0元", f"{n / 100:.2f}万元", f"{n}.5元"))
    if kind == "d":
        return r.choice(
            (f"{r.randint(1, 12)}月{r.randint(1, 28)}日", f"{r.randint(1, 12)}月中旬", f"{r.randint(2008, 2025)}年")
        )
    return r.choice(_TOWNS) + r.choice(_SORTS)


def _own(kind: str, r: random.Random) -> str:
    c = r.choice
    if kind == "a":
        return c(_ACTS_A) + c(_ACTS_B) + (c(("和", "与", "兼")) + c(_ACTS_B) if r.random() < 0.4 else "")
    if kind == "p":
        return (c(_TIMES) + "坚守的" if r.random() < 0.2 else "") + c(_PEOPLE)
    if kind == "q":
        return c(("周", "月", "季度", "半年"))
    lists = {"o": _OBJECTS, "w": _PLACES, "t": _TIMES, "r": _RESULTS, "g": _GOALS}
    return c(lists[kind])


def _sentence(r: random.Random, loose: float) -> Sentence:
    """A frame with its own words; in a ``loose`` share of the blanks copies write what they like."""
    out: Sentence = []
    frame = r.choice(_FRAMES)
    for part in frame.split("{"):
        kind, _, fixed = part.rpartition("}")
        if kind in "nmdu" and kind:
            out.append((kind, ""))
        elif kind:
            out.append((kind, "") if kind in "pwq" and r.random() < loose else ("", _own(kind, r)))
        out.append(("", fixed))
    return out


def _written(sentence: Sentence, r: random.Random) -> str:
    return "".join(fixed or (_value(k, r) if k in "nmdu" else _own(k, r)) if k else fixed for k, fixed in sentence)


def _edited(parts: list[tuple[Sentence, str]], r: random.Random, hard: bool) -> list[tuple[Sentence, str]]:
    """A copy of a copy: its blanks written anew, and some edits that last."""
    parts = [(s, _written(s, r) if s and r.random() < 0.8 else t) for s, t in parts]
    for _ in range(r.randint(0, 3 if hard else 2)):
        at, what = r.randrange(len(parts)), r.random()
        sentence, text = parts[at]
        if what < 0.2 and len(parts) > 3:
            del parts[at]
        elif what < 0.4:
            parts.insert(at, ([], r.choice(_FILLERS) if r.random() < 0.6 else _written(_sentence(r, 0.0), r)))
        elif what < 0.55:
            parts.insert(r.randrange(len(parts)), parts.pop(at))
        elif what < 0.8:
            old, new = r.choice(_SYNONYMS)
            parts = [([(k, f.replace(old, new)) for k, f in s], t.replace(old, new)) for s, t in parts]
        elif what < 0.9:
            parts[at] = ([], text[: len(text) // 2] + "……" if r.random() < 0.5 else text[len(text) // 3 :])
        else:
            parts[at] = (sentence, text.replace("工会", "我会").replace("，", "，\n"))
    return parts


def _scanned(text: str, r: random.Random, hard: bool) -> str:
    """As a bad scan leaves it: damage comes in bursts; digits masked."""
    if r.random() < 0.15:
        text = "".join("*" if c.isdigit() else c for c in text)
    if not hard:
        return text
    chars = list(text)
    for _ in range(len(chars) // 25):
        at = r.randrange(len(chars))
        for i in range(at, min(at + r.choice((1, 1, 2, 3)), len(chars))):
            chars[i] = r.choice(("", "□", "口", chars[i] * 2, r.choice("日目曰田由甲申")))
    return "".join(chars)


def lineages(size: int, hard: bool = False, seed: int = 1) -> list[Text]:
    """``size`` paragraphs in random order; families of one to sixteen texts."""
    r = random.Random(f"lineages/{hard}/{seed}/{size}")
    texts: list[Text] = []
    for cluster in count():
        if len(texts) >= size:
            break
        sentences = [_sentence(r, 0.6 if hard else 0.3) for _ in range(r.randint(4, 7))]
        family = [[(s, _written(s, r)) for s in sentences]]
        for _ in range(0 if r.random() < 0.3 else r.choice((1, 1, 2, 3, 4, 6, 9, 15))):
            family.append(_edited(r.choice(family), r, hard))
        texts += [Text(_scanned("".join(t for _, t in parts), r, hard), cluster) for parts in family]
    texts = texts[:size]
    r.shuffle(texts)
    return texts


if __name__ == "__main__":
    for made in sorted(lineages(24, True), key=lambda t: t.cluster):
        print(made.cluster, made.text)
