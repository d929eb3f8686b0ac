"""Fitting the weights by which pairs are judged, on archives whose clusters are known. The only module that needs scikit-learn.

A corpus is JSON Lines, a file an archive: ``{"text": "…", "cluster": 3}``. The same corpora give the same bytes: nothing is
random, and weights are rounded before they are written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from gonghui_nlp.dedup.clusters import components, distinct
from gonghui_nlp.dedup.connecting import cut_outs, speakers
from gonghui_nlp.dedup.entries import Kept, build, gather, prepare, stock_of
from gonghui_nlp.dedup.frame import THRESHOLDS
from gonghui_nlp.dedup.kin import kin_pairs, wanted
from gonghui_nlp.dedup.lsh import band_pairs, packed, unpacked
from gonghui_nlp.dedup.normalise import ALL
from gonghui_nlp.dedup.verdict import Verdict
from gonghui_nlp.dedup.weighing import Floats, Weighing, figures, shipped
from gonghui_nlp.errors import InputError, OutputError
from gonghui_nlp.files import check_free, write_whole

Longs = npt.NDArray[np.int64]
Archive = tuple[list[str], list[object]]
_LEAST_JACCARD = 0.02
# Of more pairs of strangers in an archive every so-manieth is learned from, and counts for the others.
_MOST = 20_000
# Every archive counts alike, as if it had so many pairs of copies; one with very few counts less.
_COUNTED, _FEW = 1000.0, 100
# Where strangers share more than this, an archive is put together from so few words that its clusters are accidents.
_ACCIDENTS = 0.075
# Archives whose strangers share about as much (on the scale of logarithms) say nothing about what that changes.
_ALIKE = 0.3
_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Report:
    """What :func:`train` did: archives learned from, their texts and the pairs that were looked at."""

    path: Path
    archives: int
    texts: int
    pairs: int
    bytes: int


@dataclass(frozen=True, slots=True)
class _Pairs:
    figures: Floats
    copies: npt.NDArray[np.bool_]
    counts: Floats


def train(
    corpus: Iterable[Path | str],
    out: Path | str,
    *,
    overwrite: bool = False,
    reached: Callable[[int, int], object] | None = None,
) -> Report:
    """Fit the weights on archives of known clusters and write the model file ``out``.

    ``corpus`` are files or folders of them, read in the order of their names. ``reached`` is told how many bytes
    of how many are read.
    Archives of fewer than 60 independent texts are passed over, as the model is not asked about such, and so are ones put
    together from next to no words.

    Raises:
        InputError: a corpus is malformed, or there is nothing to learn from.
        OutputError: ``out`` exists already and ``overwrite`` is false.
    """
    from sklearn.linear_model import LogisticRegression

    path = Path(out)
    check_free(path, overwrite)
    known, texts, done = [], 0, 0
    files = _files(corpus)
    total = sum(f.stat().st_size for f in files)
    for file in files:
        archive = read_archive(file)
        texts += len(archive[0])
        if (pairs := _pairs(*archive)) is not None:
            known.append(pairs)
        done += file.stat().st_size
        if reached:
            reached(done, total)
    if not known:
        raise InputError("no archive has both copies and 60 independent texts; give larger ones")
    x, y, counts = (np.concatenate([getattr(p, name) for p in known]) for name in ("figures", "copies", "counts"))
    if x[:, 2].std() < _ALIKE:
        x[:, 2] = 0.0
    mean, spread = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-9)
    fitted = LogisticRegression(C=10, max_iter=3000, tol=1e-8).fit((x - mean) / spread, y, counts)
    weights = fitted.coef_[0] / spread
    rare, telling, strangers = (round(float(w), _DECIMALS) for w in weights)
    intercept = round(float(fitted.intercept_[0] - (weights * mean).sum()), _DECIMALS)
    data = Weighing((rare, telling, strangers), intercept).to_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
    except OSError as e:
        raise OutputError(f"cannot write {path}: {e.strerror}") from e
    return Report(path, len(known), texts, len(y), len(data))


def read_archive(path: Path) -> Archive:
    """Texts and their clusters; InputError with file and line where a record is none."""
    texts: list[str] = []
    clusters: list[object] = []
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                record = json.loads(line)
                text, cluster = record["text"], record["cluster"]
                if not isinstance(text, str) or not isinstance(cluster, str | int):
                    raise TypeError("text must be a string, cluster a name or a number")
            except (ValueError, KeyError, TypeError) as e:
                said = f"{type(e).__name__}: {e}"
                raise InputError(
                    f'{path}, line {number}: no record of a text ({said}); write {{"text": "…", "cluster": 3}}'
                ) from e
            texts.append(text)
            clusters.append(cluster)
    return texts, clusters


def _files(corpus: Iterable[Path | str]) -> list[Path]:
    found: list[Path] = []
    for path in map(Path, corpus):
        if not path.exists():
            raise InputError(f"{path} does not exist; give files of JSON Lines or folders of them")
        found += sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not found:
        raise InputError("no corpus: the folder holds no .jsonl")
    return found


def _pairs(texts: Sequence[str], clusters: Sequence[object]) -> _Pairs | None:
    """The pairs of an archive that :func:`~gonghui_nlp.dedup.deduplicate` would look at, and which are copies."""
    numbers = {c: i for i, c in enumerate(dict.fromkeys(clusters))}
    entries = prepare(texts, ALL)
    nodes = gather(entries.keys, entries.state)
    compared = nodes.entry[: nodes.compared]
    label = np.array([numbers[clusters[i]] for i in compared.tolist()], dtype=np.int64)
    stock = stock_of(entries.rows, compared, Verdict(THRESHOLDS["paragraphs"], model=shipped()), ALL)
    if stock.rarity is None or not stock.rarity.known or stock.rarity.strangers > _ACCIDENTS:
        return None
    built, signatures = build(entries.rows, compared, stock)
    sets, n = Kept(entries.rows, compared, stock, built), len(compared)
    candidates = [*band_pairs(signatures.keys), cut_outs(signatures, np.arange(n))]
    pairs = unpacked(distinct(np.concatenate(candidates)), n)
    same = components(n, pairs[_jaccard(sets, pairs) >= shipped().sure])
    speak = np.flatnonzero(speakers(same, sets.sizes))
    asked = wanted(stock.rarity.strangers, len(speak))
    kin, _ = kin_pairs(*sets.own_words(speak, asked), n, asked.least)
    pairs = unpacked(distinct(np.concatenate([packed(pairs[:, 0], pairs[:, 1], n), kin])), n)
    pairs = pairs[_jaccard(sets, pairs) >= _LEAST_JACCARD]
    copies = label[pairs[:, 0]] == label[pairs[:, 1]]
    if not copies.any():
        return None
    counts = np.full(len(pairs), _COUNTED / max(int(copies.sum()), _FEW))
    every = max(1, -(-int((~copies).sum()) // _MOST))
    thinned = copies.copy()
    thinned[np.flatnonzero(~copies)[::every]] = True
    counts[~copies] *= every
    pairs, copies, counts = pairs[thinned], copies[thinned], counts[thinned]
    return _Pairs(figures(sets.weighed(pairs, stock.rarity), stock.rarity.strangers), copies, counts)


def _jaccard(sets: Kept, pairs: Longs) -> Floats:
    shared = sets.shared(pairs)
    return np.asarray(shared / np.maximum(sets.sizes[pairs].sum(axis=1) - shared, 1), np.float64)
