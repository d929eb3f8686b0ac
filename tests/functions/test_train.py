"""Training: the shipped model bit for bit, one's own labels, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gonghui_nlp.errors import InputError, OutputError
from gonghui_nlp.functions import load_classifier, shipped_path
from gonghui_nlp.functions.corpus import fold_of, read_examples, untitled
from gonghui_nlp.functions.lexicon import read_cues
from gonghui_nlp.functions.train import train

CORPORA = Path(__file__).parents[2] / "corpora" / "functions"
SHADOWS = CORPORA.parent / "shadows"
needs_corpora = pytest.mark.skipif(not CORPORA.exists(), reason="the corpora are not part of an installed package")


def write(path: Path, *records: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
    return path


OWN = [
    {"text": f"{verb}{thing}{n}次", "functions": [label], "family": f"{label}{n}"}
    for label, verb, thing in (("安全", "检查", "隐患"), ("宣传", "编印", "简报"))
    for n in range(12)
]


@needs_corpora
def test_the_shipped_model_is_rebuilt_bit_for_bit(tmp_path: Path) -> None:
    report = train([CORPORA, SHADOWS], tmp_path / "again.bin")
    assert (tmp_path / "again.bin").read_bytes() == shipped_path().read_bytes()
    assert report.examples >= 1500


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    corpus = write(tmp_path / "own.jsonl", *OWN)
    before = shipped_path().read_bytes()
    with pytest.raises(OutputError, match="shipped model"):
        train([corpus], shipped_path())
    assert shipped_path().read_bytes() == before
    out = tmp_path / "m.bin"
    train([corpus], out)
    with pytest.raises(OutputError, match="there already"):
        train([corpus], out)
    train([corpus], out, overwrite=True)


def test_ones_own_labels(tmp_path: Path) -> None:
    train([write(tmp_path / "own.jsonl", *OWN)], tmp_path / "m.bin")
    c = load_classifier(tmp_path / "m.bin")
    assert set(c.labels) == {"安全", "宣传"}
    assert c.classify(["检查隐患三次"])[0].functions == ("安全",)
    assert c.explain("编印简报").evidence["宣传"]


def test_three_labels_none_and_a_sub(tmp_path: Path) -> None:
    more = [{"text": f"天气晴好{n}", "functions": [], "family": f"n{n}"} for n in range(12)]
    subs = [{"text": f"消防演练{n}", "functions": ["安全"], "sub": "消防", "family": f"x{n}"} for n in range(12)]
    train([write(tmp_path / "own.jsonl", *OWN, *more, *subs)], tmp_path / "m.bin")
    c = load_classifier(tmp_path / "m.bin")
    assert c.classify(["天气晴好"])[0].functions == ()
    found = c.classify(["消防演练"])[0]
    assert (found.functions, found.sub) == (("安全",), "消防")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "line 1 is no JSON"),
        ("[]", "object"),
        ('{"functions": []}', "'text'"),
        ('{"text": " ", "functions": []}', "'text'"),
        ('{"text": "慰问"}', "'functions'"),
        ('{"text": "慰问", "functions": "x"}', "'functions'"),
        ('{"text": "慰问", "functions": [], "headings": "x"}', "'headings'"),
        ('{"text": "慰问", "functions": [], "events": "aid"}', "'events'"),
        ('{"text": "慰问", "functions": ["x"], "sub": 3}', "'sub'"),
        ('{"text": "慰问", "functions": ["x"]}', "at least two classes"),
    ],
)
def test_bad_corpora_are_refused(tmp_path: Path, line: str, says: str) -> None:
    (tmp_path / "bad.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        train([tmp_path / "bad.jsonl"], tmp_path / "m.bin")
    assert says in str(refused.value)
    assert not (tmp_path / "m.bin").exists()


def test_missing_and_undecodable_corpora_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        train([tmp_path / "none.jsonl"], tmp_path / "m.bin")
    (tmp_path / "gbk.jsonl").write_bytes("慰问".encode("gbk"))
    with pytest.raises(InputError, match="UTF-8"):
        train([tmp_path / "gbk.jsonl"], tmp_path / "m.bin")
    with pytest.raises(InputError, match="no corpus files"):
        train([], tmp_path / "m.bin")


@pytest.mark.parametrize("cue", read_cues(), ids=lambda c: f"{c.label}-{c.text}")
def test_each_cue_fires_on_its_example(cue: object) -> None:
    import numpy as np

    from gonghui_nlp.functions.features import gram_hash, present
    from gonghui_nlp.functions.lexicon import Cue
    from gonghui_nlp.learning.grams import Lookup

    assert isinstance(cue, Cue)
    known = Lookup(np.array([gram_hash(cue.text)], np.uint32))
    assert len(present([cue.example], known)[0]) == 1


def test_a_cue_stands_once_a_label() -> None:
    pairs = [(c.label, c.text) for c in read_cues()]
    assert len(pairs) == len(set(pairs))


HEAD = "label\tweight\tcue\texample\n"


@pytest.mark.parametrize(
    "table",
    ["a\tb", HEAD + "x\t1\t慰问慰问慰问慰问\t慰问", HEAD + "x\tmuch\t慰问\t慰问", HEAD + "x\t1\t慰问\t慰问\tmore"],
)
def test_a_bad_lexicon_is_refused(tmp_path: Path, table: str) -> None:
    (tmp_path / "cues.tsv").write_text(table, encoding="utf-8")
    with pytest.raises(InputError, match=r"line [12]"):
        read_cues(tmp_path / "cues.tsv")


@needs_corpora
def test_the_corpus_is_what_its_card_says() -> None:
    examples = read_examples(sorted(CORPORA.glob("part_*.jsonl")))
    assert len(examples) >= 1500
    labels = [e.classes[0] for e in examples]
    for name in ("safeguarding", "participation", "education", "building/work", "building/union", "none"):
        assert labels.count(name) >= 100, name
    # Copies would let a family straddle the split.
    texts: dict[str, str] = {}
    for e in examples:
        if len(e.text) > 20:
            assert texts.setdefault(e.text, e.family) == e.family


def test_numbering_goes_and_words_stay() -> None:
    assert [untitled(h) for h in ("一、送温暖", "（二）自身建设", "3.教代会", "十月", "一月份", "三八节")] == [
        "送温暖",
        "自身建设",
        "教代会",
        "十月",
        "一月份",
        "三八节",
    ]


def test_folds_do_not_depend_on_the_machine() -> None:
    assert [fold_of(f"family-{i}") for i in range(6)] == [3, 1, 1, 3, 2, 0]
