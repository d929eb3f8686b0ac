"""Clusters: cases, properties, accuracy on known archives, and bounds on bad input."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gonghui_nlp.dedup import THRESHOLDS, Steps, deduplicate
from gonghui_nlp.errors import InputError

CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))["case"]
SHARED = Path(__file__).parents[3] / "shared"
LONG = "我校工会走访慰问了26名患病教职工，送上慰问金13000元，并为每位教师办理了互助保险，受到好评。"


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_case(case: dict[str, Any]) -> None:
    frame = deduplicate(case["texts"])
    assert frame["cluster_id"].tolist() == case["clusters"]
    assert frame["kind"].tolist() == case["kinds"]


def test_columns_and_input_forms() -> None:
    texts = [LONG, LONG.replace("26", "31"), "召开教代会。"]
    plain = deduplicate(texts)
    assert list(plain.columns[:6]) == ["cluster_id", "canonical", "canonical_id", "kind", "similarity", "containment"]
    series = deduplicate(pd.Series(texts, index=[7, 8, 9]))
    assert series.index.tolist() == [7, 8, 9]
    frame = deduplicate(pd.DataFrame({"text": texts, "other": 1}))
    for made in (series, frame):
        pd.testing.assert_frame_equal(made.reset_index(drop=True), pd.DataFrame(plain))
    pd.testing.assert_frame_equal(deduplicate(tuple(texts)), plain)
    assert len(deduplicate([])) == 0


def test_missing_values_are_empty_texts() -> None:
    frame = deduplicate(pd.Series([LONG, None, float("nan"), LONG], dtype=object))
    assert frame["cluster_id"].tolist() == [0, 1, 2, 0]


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["a", 3], "row 1 is int 3"),
        (["a", b"b"], "decode it first"),
        ("one string", "put it into a list"),
        (pd.DataFrame({"body": ["a"]}), "no column 'text', only: body"),
        (5, "not int"),
    ],
)
def test_bad_texts_say_what_is_wrong(texts: Any, said: str) -> None:
    with pytest.raises(InputError, match=said):
        deduplicate(texts)


@pytest.mark.parametrize("threshold", [0, -1, 1.5, "0.3", float("nan")])
def test_bad_thresholds(threshold: Any) -> None:
    with pytest.raises(InputError, match="threshold"):
        deduplicate(["a"], threshold)


def test_bad_unit_and_engine() -> None:
    with pytest.raises(InputError, match="paragraphs, documents"):
        deduplicate(["a"], unit="chapters")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="local or dask"):
        deduplicate(["a"], engine="spark")  # type: ignore[arg-type]


def test_the_canonical_member_and_why() -> None:
    masked, numbered = LONG.replace("26", "××").replace("11000", "××"), LONG
    longer = LONG + "退休教师也收到了节日礼物和慰问信。"
    assert deduplicate([masked, numbered, longer])["reason"].tolist() == ["longest"] * 3
    by_figures = deduplicate([masked, numbered])
    assert (by_figures["canonical_id"].tolist(), by_figures["reason"].tolist()) == ([1, 1], ["figures"] * 2)
    spoilt, advert = LONG.replace("好评", "□评"), LONG + "海量范文免费下载，请关注公众号。"
    assert deduplicate([spoilt, LONG])["reason"].tolist() == ["unmasked"] * 2
    assert deduplicate([advert, LONG])["canonical_id"].tolist() == [1, 1]
    assert deduplicate([advert, LONG])["reason"].tolist() == ["own"] * 2
    assert deduplicate([masked + "海量范文免费下载，请关注公众号。", numbered])["canonical_id"].tolist() == [1, 1]
    assert deduplicate([numbered, numbered])["reason"].tolist() == ["first"] * 2


def test_similarity_and_containment_are_exact() -> None:
    """Against Python sets of 4-grams of what normalising leaves."""
    from gonghui_nlp.dedup.normalise import readable

    part = "三月里合唱队排练了两首新歌，四月里书画社办了联展，五月里乒乓球馆换了灯，老人们都来了。"
    whole = part + "入秋后登山队爬了云岭，象棋组赢了邻校，冬天里大家包饺子、贴窗花，其乐融融。"
    a, b = ({t[i : i + 4] for i in range(len(t) - 3)} for t in readable([whole, part]))
    row = deduplicate([whole, part]).iloc[1]
    assert row["similarity"] == pytest.approx(len(a & b) / len(a | b))
    assert row["containment"] == pytest.approx(len(a & b) / len(b))


@pytest.mark.parametrize(
    "step", ["digits", "masks", "script", "width", "punctuation", "numerals", "calendar", "lines", "case", "pinyin"]
)
def test_every_normalising_step_can_be_switched_off(step: str) -> None:
    from gonghui_nlp.dedup.normalise import normalise

    text = "２０２３年，××校工會\n慰问二十名*职工（zhígōng），到ＫＴＶ唱Song。"
    assert normalise([text], Steps(**{step: False})).codes.tolist() != normalise([text]).codes.tolist()


sentences = st.lists(
    st.sampled_from(
        [
            "工会请来专家举办了女教职工健康讲座。",
            "秋季趣味运动会在操场上如期举行。",
            "分管校长当面答复了教师代表的提案。",
            "退休教师应邀参观了新建的实验楼。",
            "合唱队在市里的汇演中拿到了二等奖。",
            "图书角添置了一批教育类新书。",
            "食堂满意度测评结果已经上墙公布。",
        ]
    ),
    min_size=0,
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(sentences.map("".join), max_size=12), st.randoms(use_true_random=False))
def test_order_makes_no_difference(texts: list[str], shuffle: Any) -> None:
    order = list(range(len(texts)))
    shuffle.shuffle(order)
    here, there = deduplicate(texts)["cluster_id"], deduplicate([texts[i] for i in order])["cluster_id"]
    again = dict(zip(order, there, strict=True))
    same = {(i, j) for i in range(len(texts)) for j in range(len(texts)) if here[i] == here[j]}
    assert same == {(i, j) for i in range(len(texts)) for j in range(len(texts)) if again[i] == again[j]}


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=10))
def test_any_text_goes_through_and_the_frame_is_sound(texts: list[str]) -> None:
    frame = deduplicate(texts)
    assert len(frame) == len(texts)
    assert frame["similarity"].between(0, 1).all() and frame["containment"].between(0, 1).all()
    for _, cluster in frame.groupby("cluster_id"):
        assert cluster["canonical"].sum() == 1
        assert set(cluster["canonical_id"]) == {cluster.index[cluster["canonical"]][0]}
        assert (len(cluster) == 1) == (cluster["kind"].iloc[0] == "unique")


@pytest.mark.parametrize(("mix", "pair", "b3"), [("NORMAL", 0.999, 0.999), ("HARD", 0.99, 0.99)])
def test_accuracy(synthetic: ModuleType, benchmark_module: ModuleType, mix: str, pair: float, b3: float) -> None:
    made = synthetic.archive(4000, getattr(synthetic, mix), seed=23)
    frame = deduplicate([t.text for t in made])
    found = benchmark_module.scores(frame["cluster_id"].to_numpy(), np.array([t.cluster for t in made]))
    assert found["pair_f1"] >= pair
    assert found["b3_f1"] >= b3


def test_chance_of_missing_a_pair_is_what_the_documentation_says() -> None:
    """Pairs of random sets with a known Jaccard: the share found in no band follows (1 - j**3)**42."""
    from gonghui_nlp.dedup.lsh import band_pairs, sign
    from gonghui_nlp.dedup.shingles import GRAM_BITS, Sets, mix

    r = np.random.default_rng(5)
    for jaccard in (0.25, 0.35, 0.5):
        size, pairs = 300, 1500
        common = round(2 * size * jaccard / (1 + jaccard))
        sets = []
        for _ in range(pairs):
            pool = mix(r.integers(0, 1 << GRAM_BITS, 2 * size - common).astype(np.uint64))
            sets += [np.unique(pool[:size]), np.unique(np.concatenate([pool[:common], pool[size:]]))]
        indptr = np.concatenate(([0], np.cumsum([len(s) for s in sets])))
        signed = sign(Sets(np.concatenate(sets), indptr))
        n = 2 * pairs
        wanted = np.arange(0, n, 2) * n + np.arange(1, n, 2)
        found = np.isin(wanted, np.concatenate(list(band_pairs(signed.keys))))
        assert 1 - found.mean() == pytest.approx((1 - jaccard**3) ** 42, abs=0.05)


def test_repeated_documents_of_real_compilations() -> None:
    if not (SHARED / "gold").is_dir():
        pytest.skip("the real inputs are not beside this checkout")
    for gold in sorted((SHARED / "gold").glob("*.jsonl")):
        lines = (SHARED / "seeds" / f"{gold.stem}.txt").read_text(encoding="utf-8").split("\n")
        records = [json.loads(r) for r in gold.read_text(encoding="utf-8").splitlines()]
        documents = [r for r in records if r["kind"] == "doc"]
        known = {d["line"]: d["same_as"] or d["line"] for d in documents}
        frame = deduplicate(["\n".join(lines[d["line"] - 1 : d["end_line"]]) for d in documents], unit="documents")
        first = {c: documents[rows[0]]["line"] for c, rows in frame.groupby("cluster_id").indices.items()}
        assert {d["line"]: first[c] for d, c in zip(documents, frame["cluster_id"], strict=True)} == known


def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Fills with how many pairs are compared at a time, by their brief signatures and by their gram sets."""
    from gonghui_nlp.dedup import connecting, shingles

    pairs: list[int] = []

    def counting(work: Any) -> Any:
        return lambda sets, of, *more: (pairs.append(len(of)), work(sets, of, *more))[1]

    monkeypatch.setattr(connecting, "similar", counting(connecting.similar))
    monkeypatch.setattr(shingles.Sets, "shared", counting(shingles.Sets.shared))
    return pairs


def test_identical_copies_are_compared_with_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = compared(monkeypatch)
    assert deduplicate([LONG] * 100_000)["cluster_id"].nunique() == 1
    assert sum(pairs) == 0


def test_one_band_that_holds_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """All texts share a long passage, so all stand in the same buckets: pairs stay a few for each text."""
    from gonghui_nlp.dedup.lsh import bucket_pairs

    n = 50_000
    assert len(bucket_pairs(np.zeros(n, dtype=np.uint32), np.arange(n), n)) < 3 * n
    r = np.random.default_rng(3)
    han = np.array([chr(c) for c in range(0x4E00, 0x4E00 + 3000)])
    texts = [LONG + "".join(r.choice(han, 20)) for _ in range(5000)]
    pairs = compared(monkeypatch)
    assert deduplicate(texts)["cluster_id"].nunique() < 25
    assert sum(pairs) < 40 * len(texts)


def test_a_huge_text() -> None:
    r = np.random.default_rng(3)
    huge = "".join(chr(c) for c in r.integers(0x4E00, 0x4E00 + 3000, 3_000_000))
    frame = deduplicate([huge, huge[1_000_000:1_900_000], "工" * 1_000_000, LONG], unit="documents")
    assert frame["cluster_id"].tolist() == [0, 0, 1, 2]
    assert frame["kind"].tolist()[:2] == ["exact", "contained"]


def test_defaults_are_documented() -> None:
    assert set(THRESHOLDS) == {"paragraphs", "documents"}
    assert all(0 < t < 1 for t in THRESHOLDS.values())


def test_sets_made_again_give_the_same_as_sets_that_are_held(synthetic, monkeypatch):
    from gonghui_nlp.dedup import entries

    texts = [t.text for t in synthetic.archive(1200, synthetic.HARD, seed=3)]
    held = deduplicate(texts)
    monkeypatch.setattr(entries, "HELD", 0)
    monkeypatch.setattr(entries, "_LOT", 1 << 14)
    pd.testing.assert_frame_equal(deduplicate(texts), held)


@pytest.mark.parametrize(
    ("kind", "hard", "pair"),
    [
        ("reposts", False, 0.999),
        ("reposts", True, 0.98),
        ("notices", True, 0.985),
        ("lineages", False, 0.999),
        ("lineages", True, 0.985),
        ("themes", False, 0.99),
    ],
)
def test_accuracy_on_archives_the_verdict_was_not_fitted_on(
    benchmark_module: ModuleType, kind: str, hard: bool, pair: float
) -> None:
    import dedup_lineages
    import dedup_others
    import dedup_themes

    (make,) = (m[kind] for m in map(vars, (dedup_others, dedup_lineages, dedup_themes)) if kind in m)
    made = make(1500, hard, 23)
    found = deduplicate([t.text for t in made])["cluster_id"].to_numpy()
    assert benchmark_module.scores(found, np.array([t.cluster for t in made]))["pair_f1"] >= pair


def test_a_compilation_joins_no_two_templates(benchmark_module: ModuleType) -> None:
    import dedup_others

    made = dedup_others.documents(480, False, 23)
    found = deduplicate([t.text for t in made], unit="documents")["cluster_id"].to_numpy()
    known = np.array([t.cluster for t in made])
    assert (known < 0).any()
    assert benchmark_module.scores(found[known >= 0], known[known >= 0])["pair_f1"] >= 0.98


def test_the_weighted_jaccard_is_that_of_the_weights() -> None:
    from gonghui_nlp.dedup.rarity import counted
    from gonghui_nlp.dedup.shingles import Sets

    rarity = counted(np.array([2, 3], np.uint64), np.array([10, 1000]), 1000)
    sets = Sets(np.array([1, 2, 3, 2, 3, 9], np.uint64), np.array([0, 3, 6]))
    by_rarity, shared = 170 / (170 + 2 * 255), 170
    assert sets.weighed(np.array([[0, 1]]), rarity)[0, 0] == shared / (2 * (170 + 255) - shared) == by_rarity


def test_the_second_half_of_a_word_that_everybody_uses_tells_nothing() -> None:
    from gonghui_nlp.dedup.rarity import counted
    from gonghui_nlp.dedup.shingles import mix

    # One code a character: the gram 1234 always goes on with 5, so that 2345 is no news beside it; 9876 and 9875 are.
    codes = [(1, 2, 3, 4), (2, 3, 4, 5), (9, 8, 7, 6), (9, 8, 7, 5)]
    grams = mix(np.array([a << 39 | b << 26 | c << 13 | d for a, b, c, d in codes], np.uint64))
    order = np.argsort(grams)
    rarity = counted(grams[order], np.full(4, 100)[order], 1000)
    rare, telling = rarity.of(grams)
    assert rare.tolist() == [85] * 4
    assert telling.tolist() == [0, 0, 26, 26]


def test_a_model_of_something_else_is_refused(tmp_path: Path) -> None:
    from gonghui_nlp.dedup import weighing
    from gonghui_nlp.errors import ModelError

    path = tmp_path / "copies.bin"
    path.write_bytes(weighing.shipped().to_file())
    assert weighing.read(path) == weighing.shipped()
    path.write_bytes(weighing.modelfile.dump({"task": "functions"}, {}))
    with pytest.raises(ModelError, match="no model of copies"):
        weighing.read(path)


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 1), st.integers(1, 4)), min_size=1, max_size=9
    )
)
def test_the_best_copy_is_the_one_a_sorted_list_begins_with(copies: list[tuple[int, int, int, int]]) -> None:
    from gonghui_nlp.dedup.worth import best

    packed = np.array([f | s << 21 | o << 42 for f, s, o, _ in copies])
    chosen, why = best(np.zeros(len(copies), np.int64), packed, np.array([c[3] for c in copies]))
    asked = sorted(f for f, s, _, _ in copies if not s or all(c[1] for c in copies))
    usual = asked[len(asked) // 2]
    keys = [(f < 0.8 * usual, s, o, -n) for f, s, o, n in copies]
    assert chosen.tolist() == [min(range(len(keys)), key=lambda i: (keys[i], i))]
    alone = [sum(k[: j + 1] == min(keys)[: j + 1] for k in keys) == 1 for j in range(4)]
    assert why.tolist() == [(*[j for j in range(4) if alone[j]], 4)[0]]


def test_texts_that_equal_another_member_are_exact_though_that_one_is_not_canonical() -> None:
    masked = LONG.replace("26", "××").replace("13000", "××××")
    frame = deduplicate([LONG, masked, masked.replace("，", "，\n\n"), LONG.replace("26", "18")])
    assert frame["kind"].tolist() == ["exact", "exact", "exact", "near"]
