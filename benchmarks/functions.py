"""How well the four functions are told apart, on families of paragraphs that training never saw.

    python benchmarks/functions.py compare [--spacy] [--fold 0]   lexicon, linear models, boosting, spaCy side by side
    python benchmarks/functions.py card                the shipped design with intervals, by unit and cleanliness
    python benchmarks/functions.py settings            the cross-validation that chose the settings
    python benchmarks/functions.py kappa               agreement of the two labellings of the corpus
    python benchmarks/functions.py calibration         scores against frequencies
    python benchmarks/functions.py speed               microseconds a character

All figures are five-fold cross-validation with whole families left out, unless said otherwise.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from gonghui_nlp.functions import load_classifier
from gonghui_nlp.functions.corpus import NONE, Example, fold_of, read_examples
from gonghui_nlp.functions.fitting import Fitting, cross_validated, design, fit_once, make_encoder, told_by, unfolded
from gonghui_nlp.functions.lexicon import read_cues
from gonghui_nlp.functions.model import LinearModel, shares
from gonghui_nlp.functions.train import _class_order, corpus_files
from gonghui_nlp.schema import FUNCTIONS

CORPORA = Path(__file__).parents[1] / "corpora" / "functions"
SECOND = 0.3
"""A second function is one that has this share; the shipped model has a threshold of its own for each label."""
Shares = np.ndarray
Learner = Callable[[Sequence[Example], Sequence[Example], list[str]], Shares]


def decide(share: Shares, names: list[str]) -> list[list[str]]:
    """Labels from class shares: the largest, and further ones with a real share; none where that is the largest."""
    labels = [*FUNCTIONS, NONE]
    by_label = np.stack([share[:, [n.split("/")[0] == x for n in names]].sum(axis=1) for x in labels], axis=1)
    out = []
    for row in by_label:
        order = [labels[k] for k in np.argsort(-row, kind="stable")]
        if order[0] == NONE:
            out.append([])
        else:
            out.append([x for x in order if x != NONE and (x == order[0] or row[labels.index(x)] >= SECOND)])
    return out


def scores(found: Sequence[Sequence[str]], examples: Sequence[Example]) -> dict[str, float]:
    """F1 of each function and of none, their mean, and how often the first label is right."""
    true = [e.labels for e in examples]
    f1 = {}
    for label in FUNCTIONS:
        hits = sum(label in p and label in t for p, t in zip(found, true, strict=True))
        all_ = sum(label in p for p in found) + sum(label in t for t in true)
        f1[label] = 2 * hits / all_ if all_ else 0.0
    hits = sum(not p and not t for p, t in zip(found, true, strict=True))
    f1[NONE] = 2 * hits / max(1, sum(not p for p in found) + sum(not t for t in true))
    first = np.mean([(*p, NONE)[0] == (*t, NONE)[0] for p, t in zip(found, true, strict=True)])
    return {"macro": float(np.mean(list(f1.values()))), "primary": float(first), **f1}


def one_fold(examples: Sequence[Example], learner: Learner, names: list[str], k: int) -> dict[str, float]:
    """Scores on the families of fold ``k`` after training on the others."""
    train = [e for e in examples if fold_of(e.family) != k]
    test = [e for e in examples if fold_of(e.family) == k]
    return scores(decide(learner(train, test, names), names), test)


def folds(examples: Sequence[Example], learner: Learner, names: list[str]) -> Shares:
    """Class shares of every example from a learner that saw none of its family."""
    fold = np.array([fold_of(e.family) for e in examples])
    out = np.zeros((len(examples), len(names)))
    for k in range(5):
        train = [e for e, f in zip(examples, fold, strict=True) if f != k]
        out[fold == k] = learner(train, [e for e, f in zip(examples, fold, strict=True) if f == k], names)
    return out


def lexicon_alone(train: Sequence[Example], test: Sequence[Example], names: list[str]) -> Shares:
    """The hand weights of the cues, headings at half; no learning."""
    cues = read_cues()
    out = np.zeros((len(test), len(names)))
    for i, e in enumerate(test):
        above = "。".join(e.headings)
        for c in cues:
            out[i, names.index(c.label)] += c.weight * (c.text in e.text) + 0.5 * c.weight * (c.text in above)
    out = np.maximum(out, 0)
    out[:, names.index(NONE)] += 0.5
    return out / out.sum(axis=1, keepdims=True)


def logistic(train: Sequence[Example], test: Sequence[Example], names: list[str]) -> Shares:
    """Grams and cue features, multinomial logistic regression."""
    from sklearn.linear_model import LogisticRegression

    return on_design(LogisticRegression(C=10, max_iter=500), train, test, names)


def grams_alone(train: Sequence[Example], test: Sequence[Example], names: list[str]) -> Shares:
    """The same without the lexicon."""
    from sklearn.linear_model import LogisticRegression

    return on_design(LogisticRegression(C=30, max_iter=500), train, test, names, dense=False)


def shipped(train: Sequence[Example], test: Sequence[Example], names: list[str]) -> Shares:
    """The shipped design: grams and cue features, a linear SVM."""
    model = LinearModel(*fit_once(train, read_cues(), Fitting(), names))
    return shares(model.logits([e.text for e in test], [e.headings for e in test], told_by(test)))


def naive_bayes_vectors(train: Sequence[Example], test: Sequence[Example], names: list[str]) -> Shares:
    """NB-SVM: grams scaled by their log-count ratio, one linear SVM a class."""
    from scipy.sparse import diags
    from sklearn.svm import LinearSVC

    settings = Fitting()
    encoder = make_encoder(train, read_cues(), settings)
    a, b = design(encoder, train, settings), design(encoder, test, settings)
    rows, target, weight = unfolded(train, names, settings.second)
    out = np.zeros((len(test), len(names)))
    for k in range(len(names)):
        yes, no = (
            np.asarray(a[rows[target == k]].sum(axis=0)).ravel(),
            np.asarray(a[rows[target != k]].sum(axis=0)).ravel(),
        )
        ratio = diags(np.log((0.5 + yes) / (0.5 + yes).sum()) - np.log((0.5 + no) / (0.5 + no).sum()))
        model = LinearSVC(C=0.2).fit(a[rows] @ ratio, target == k, sample_weight=weight)
        out[:, k] = model.decision_function(b @ ratio)
    return softmax(2 * out)


def boosting(train: Sequence[Example], test: Sequence[Example], names: list[str]) -> Shares:
    """Gradient boosting over the cue features and 60 latent dimensions of the grams."""
    from sklearn.decomposition import TruncatedSVD
    from sklearn.ensemble import HistGradientBoostingClassifier

    settings = Fitting()
    encoder = make_encoder(train, read_cues(), settings)
    a, b = design(encoder, train, settings), design(encoder, test, settings)
    width = len(encoder.idf)
    latent = TruncatedSVD(60, random_state=0).fit(a[:, :width])
    dense = [np.hstack([latent.transform(x[:, :width]), x[:, width:].toarray()]) for x in (a, b)]
    rows, target, weight = unfolded(train, names, settings.second)
    model = HistGradientBoostingClassifier(max_iter=80, learning_rate=0.1, max_leaf_nodes=12, random_state=0)
    return model.fit(dense[0][rows], target, sample_weight=weight).predict_proba(dense[1])


def spacy_textcat(train: Sequence[Example], test: Sequence[Example], names: list[str]) -> Shares:
    """spaCy's default exclusive text classifier on characters; the headings go before the text."""
    import random

    import spacy
    from spacy.training import Example as Pair
    from spacy.util import fix_random_seed, minibatch

    fix_random_seed(0)
    nlp = spacy.blank("zh")
    textcat = nlp.add_pipe("textcat")
    for name in names:
        textcat.add_label(name)
    said = [" / ".join(e.headings) + "｜" + e.text for e in train]
    pairs = [
        Pair.from_dict(nlp.make_doc(t), {"cats": {n: float(n == e.classes[0]) for n in names}})
        for t, e in zip(said, train, strict=True)
    ]
    optimizer = nlp.initialize(lambda: pairs[:50])
    order = random.Random(0)
    for _ in range(12):
        order.shuffle(pairs)
        for batch in minibatch(pairs, 16):
            nlp.update(batch, sgd=optimizer, drop=0.2)
    docs = nlp.pipe(" / ".join(e.headings) + "｜" + e.text for e in test)
    return np.array([[d.cats[n] for n in names] for d in docs])


def on_design(
    model: Any, train: Sequence[Example], test: Sequence[Example], names: list[str], dense: bool = True
) -> Shares:
    settings = Fitting()
    encoder = make_encoder(train, read_cues(), settings)
    a, b = design(encoder, train, settings), design(encoder, test, settings)
    if not dense:
        a, b = a[:, : len(encoder.idf)], b[:, : len(encoder.idf)]
    rows, target, weight = unfolded(train, names, settings.second)
    model.fit(a[rows], target, sample_weight=weight)
    return model.predict_proba(b) if hasattr(model, "predict_proba") else softmax(3 * model.decision_function(b))


def softmax(x: Shares) -> Shares:
    powers = np.exp(x - x.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def row(name: str, s: dict[str, float]) -> str:
    return f"| {name} | " + " | ".join(f"{v:.3f}" for v in s.values()) + " |"


HEADER = "| | macro F1 | first label | 维护 | 参与 | 教育 | 建设 | none |\n|---|---|---|---|---|---|---|---|"


def compare(examples: list[Example], names: list[str], with_spacy: bool, fold: int | None) -> None:
    learners: dict[str, Learner] = {
        "lexicon rules alone": lexicon_alone,
        "logistic regression, grams only": grams_alone,
        "logistic regression, grams + lexicon": logistic,
        "linear SVM, grams + lexicon (shipped)": shipped,
        "NB-SVM, grams + lexicon": naive_bayes_vectors,
        "gradient boosting, latent grams + lexicon": boosting,
    }
    if with_spacy:
        learners["spaCy textcat (default ensemble)"] = spacy_textcat
    print(HEADER)
    for name, learner in learners.items():
        begin = time.perf_counter()
        if fold is None:
            s = scores(decide(folds(examples, learner, names), names), examples)
        else:
            s = one_fold(examples, learner, names, fold)
        print(row(name, s), flush=True)
        print(f"  {name}: {time.perf_counter() - begin:.0f} s", file=sys.stderr)


def card(examples: list[Example], names: list[str]) -> None:
    found = decide(cross_validated(examples, read_cues(), Fitting(), names), names)
    print("| paragraphs | n | macro F1 (95 %) | first label (95 %) |\n|---|---|---|---|")
    groups: dict[str, list[int]] = {"all": list(range(len(examples)))}
    for i, e in enumerate(examples):
        kind, style = str(e.fields.get("unit_kind", "?")), str(e.fields.get("style", "?"))
        groups.setdefault(f"unit: {kind}", []).append(i)
        groups.setdefault("dirty" if style == "dirty" else "clean", []).append(i)
        groups.setdefault(f"style: {style}", []).append(i)
        groups.setdefault(f"kind: {e.fields.get('doc_kind', '?')}", []).append(i)
    for name, members in sorted(groups.items(), key=lambda g: (g[0] != "all", g[0].split(":")[0], -len(g[1]))):
        if len(members) >= 25:
            low = interval([examples[i] for i in members], [found[i] for i in members])
            s = scores([found[i] for i in members], [examples[i] for i in members])
            cells = [f"{s[k]:.3f} ({low[k][0]:.3f}–{low[k][1]:.3f})" for k in ("macro", "primary")]
            print(f"| {name} | {len(members)} | " + " | ".join(cells) + " |")
    s, low = scores(found, examples), interval(examples, found)
    for k in (*FUNCTIONS, NONE):
        print(f"| F1 of {k} | | {s[k]:.3f} ({low[k][0]:.3f}–{low[k][1]:.3f}) | |")


def interval(examples: list[Example], found: list[list[str]], times: int = 400) -> dict[str, tuple[float, float]]:
    """95 % of bootstrap samples of whole families."""
    families: dict[str, list[int]] = {}
    for i, e in enumerate(examples):
        families.setdefault(e.family, []).append(i)
    members, dice = list(families.values()), np.random.default_rng(0)
    drawn = []
    for _ in range(times):
        pick = [i for k in dice.integers(0, len(members), len(members)) for i in members[k]]
        drawn.append(scores([found[i] for i in pick], [examples[i] for i in pick]))
    return {k: (float(np.quantile([d[k] for d in drawn], 0.025)), float(np.quantile([d[k] for d in drawn], 0.975))) for k in drawn[0]}  # fmt: skip


def settings_table(examples: list[Example], names: list[str]) -> None:
    print(HEADER)
    for change in (
        {},
        {"cost": 0.2},
        {"cost": 0.5},
        {"heading": 0.3},
        {"heading": 1.0},
        {"heading_cues": 0.25},
        {"heading_cues": 1.0},
        {"rarest": 2},
        {"rarest": 6},
        {"second": 0.35},
    ):
        share = cross_validated(examples, read_cues(), replace(Fitting(), **change), names)  # type: ignore[arg-type]
        print(row(json.dumps(change), scores(decide(share, names), examples)), flush=True)


def kappa() -> None:
    """Cohen's kappa of each label between the first and the second labelling, where both are kept."""
    print("| part | n | first label | 维护 | 参与 | 教育 | 建设 | none |\n|---|---|---|---|---|---|---|---|")
    for first in sorted(CORPORA.glob("first_*.jsonl")):
        second = first.with_name(first.name.replace("first", "second"))
        if second.exists():
            a, b = labelled(first), labelled(second)
            both = sorted(a.keys() & b.keys())
            cells = [cohen([(*a[i], NONE)[0] for i in both], [(*b[i], NONE)[0] for i in both])]
            cells += [cohen([x in a[i] for i in both], [x in b[i] for i in both]) for x in FUNCTIONS]
            cells.append(cohen([not a[i] for i in both], [not b[i] for i in both]))
            print(
                f"| {first.stem.removeprefix('first_')} | {len(both)} | " + " | ".join(f"{c:.3f}" for c in cells) + " |"
            )


def labelled(path: Path) -> dict[str, list[str]]:
    records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {r["id"]: r["functions"] for r in records}


def cohen(a: Sequence[Any], b: Sequence[Any]) -> float:
    values, n = {*a, *b}, len(a)
    seen = sum(x == y for x, y in zip(a, b, strict=True)) / n
    chance = sum(list(a).count(v) * list(b).count(v) for v in values) / n**2
    return 1.0 if chance == 1 else (seen - chance) / (1 - chance)


def calibration(examples: list[Example], names: list[str]) -> None:
    """How far scores are from frequencies: Platt scaling fitted on four folds, read on the fifth, ten bins."""
    from sklearn.linear_model import LogisticRegression

    share = cross_validated(examples, read_cues(), Fitting(), names)
    fold = np.array([fold_of(e.family) for e in examples])
    print("| label | mean score | frequency | expected calibration error |\n|---|---|---|---|")
    for label in FUNCTIONS:
        mine = share[:, [n.split("/")[0] == label for n in names]].sum(axis=1)
        odds = np.log(np.clip(mine, 1e-9, 1) / np.clip(1 - mine, 1e-9, 1))[:, None]
        true = np.array([label in e.labels for e in examples])
        score = np.zeros(len(examples))
        for k in range(5):
            fitted = LogisticRegression(C=1e3).fit(odds[fold != k], true[fold != k])
            score[fold == k] = fitted.predict_proba(odds[fold == k])[:, 1]
        bins = np.minimum((score * 10).astype(int), 9)
        error = sum(
            abs(score[bins == b].mean() - true[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist())
        )
        print(f"| {label} | {score.mean():.3f} | {true.mean():.3f} | {error:.3f} |")


def speed(examples: list[Example]) -> None:
    texts, paths = [e.text for e in examples], [e.headings for e in examples]
    chars = sum(map(len, texts))
    classifier = load_classifier()
    for folded in (True, False):
        best = 1e9
        for _ in range(7):
            begin = time.perf_counter()
            classifier.classify(texts, paths, folded=folded)
            best = min(best, time.perf_counter() - begin)
        print(f"{'folded' if folded else 'raw'}: {best / chars * 1e6:.3f} µs a character ({chars} characters)")


def main() -> None:
    what = sys.argv[1] if len(sys.argv) > 1 else "compare"
    if what == "kappa":
        return kappa()
    examples = read_examples(corpus_files([CORPORA]))
    names = sorted({c for e in examples for c in e.classes}, key=_class_order)
    if what == "compare":
        fold = int(sys.argv[sys.argv.index("--fold") + 1]) if "--fold" in sys.argv else None
        return compare(examples, names, "--spacy" in sys.argv, fold)
    if what == "card":
        return card(examples, names)
    if what == "settings":
        return settings_table(examples, names)
    if what == "calibration":
        return calibration(examples, names)
    if what == "speed":
        return speed(examples)
    return print(__doc__)


if __name__ == "__main__":
    main()
