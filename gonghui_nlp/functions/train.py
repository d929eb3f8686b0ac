"""Training: labelled paragraphs in, a model file out. The only module that needs scikit-learn.

The same corpora give the same bytes: nothing is random, features are ordered by their hash, and weights are
rounded before they are written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from gonghui_nlp.errors import InputError, OutputError
from gonghui_nlp.files import check_free, write_whole
from gonghui_nlp.functions.classifier import Classifier, shipped_path
from gonghui_nlp.functions.corpus import NONE, Example, read_examples
from gonghui_nlp.functions.fitting import Fitting, cross_validated, cue_labels, fit_once
from gonghui_nlp.functions.lexicon import Cue, read_cues
from gonghui_nlp.functions.model import Encoder
from gonghui_nlp.learning import modelfile
from gonghui_nlp.learning.steps import quantised
from gonghui_nlp.schema import EVENT_TYPES, FUNCTIONS

Floats = npt.NDArray[np.float64]
SHARE = 0.33
"""A further label is given only where it has at least this part of a paragraph: it is to fill about a third."""


@dataclass(frozen=True, slots=True)
class Report:
    """What :func:`train` did."""

    path: Path
    examples: int
    families: int
    features: int
    labels: tuple[str, ...]
    bytes: int


def train(
    corpus_paths: Iterable[Path | str],
    out: Path | str,
    *,
    overwrite: bool = False,
    cues: Path | None = None,
    settings: Fitting | None = None,
    reached: Callable[[int, int], None] | None = None,
    lessons: Iterable[Example] = (),
) -> Report:
    """Train on labelled JSON Lines and write the model file ``out``; ``lessons`` are examples beside them.

    The labels are those found in the corpora, whatever they are called; the cue lexicon serves as features
    for any of them. Files are read in the order of their names. ``reached`` is told how many bytes of how many are
    learned from.

    Raises:
        InputError: a corpus is malformed or holds fewer than two classes.
        OutputError: ``out`` exists already (the shipped model included) and ``overwrite`` is false.
    """
    out = Path(out)
    check_free(out, overwrite, shipped_path())
    paths, more = list(corpus_paths), list(lessons)
    files = corpus_files(paths) if paths or not more else []
    size = sum(file.stat().st_size for file in files if file.is_file())
    size += sum(len(example.text.encode("utf-8", "replace")) for example in more)
    so_far = reached or (lambda done, total: None)
    so_far(0, size)
    examples = [*read_examples(files), *more]
    # The last one learns from all that is left out in turn before.
    data, features = fit(
        examples, read_cues(cues), settings or Fitting(), lambda share: so_far(int(0.8 * share * size), size)
    )
    so_far(size, size)
    labels = Classifier(*modelfile.parse(data)).labels
    try:
        write_whole(out, data)
    except OSError as e:
        raise OutputError(f"{out} cannot be written: {e.strerror}") from e
    return Report(out, len(examples), len({e.family for e in examples}), features, labels, len(data))


def corpus_files(paths: Iterable[Path | str]) -> list[Path]:
    """The corpus files in the order of their names; a folder stands for its ``part_*.jsonl``, or all its JSONL."""
    files: list[Path] = []
    for path in map(Path, paths):
        if path.is_dir():
            files += list(path.glob("part_*.jsonl")) or [*path.glob("*.jsonl"), *path.glob("*.txt")]
        else:
            files.append(path)
    if not files:
        raise InputError("no corpus files; give JSON Lines of labelled paragraphs or a folder of them")
    return sorted(files, key=lambda f: (f.name, str(f)))


def fit(
    examples: Sequence[Example],
    cues: Sequence[Cue],
    settings: Fitting,
    told: Callable[[float], None] = lambda share: None,
) -> tuple[bytes, int]:
    """The bytes of a trained model, and how many grams it knows.

    Thresholds and calibration come from cross-validation with whole families left out.
    """
    names = sorted({c for e in examples for c in e.classes}, key=_class_order)
    if len(names) < 2:
        raise InputError(f"training needs at least two classes of paragraphs, the corpora have {names}")
    labels = list(dict.fromkeys(n.split("/")[0] for n in names if n != NONE))
    held_out = cross_validated(examples, cues, settings, names, told)
    second, slope, offset = _calibrate(examples, held_out, names, labels)
    encoder, weights, body, heading, kinds, bias = fit_once(examples, cues, settings, names)
    kept = _heaviest(encoder, weights, settings.largest)
    places = np.argwhere(encoder.cues[kept] != 0).astype(np.int32)
    steps, scale = quantised(weights[kept], np.int8)
    arrays: dict[str, npt.NDArray[Any]] = {
        "keys": encoder.lookup.keys[kept],
        "idf": encoder.idf[kept].astype(np.float16),
        "cue_places": places,
        "cue_weights": encoder.cues[kept][tuple(places.T)].astype(np.float32),
        "steps": steps,
        "scale": scale,
        "body": _rounded(body),
        "heading": _rounded(heading),
        "events": _rounded(kinds),
        "bias": _rounded(bias),
    }
    meta = {
        "task": "functions",
        "classes": [[*n.split("/", 1)] if "/" in n else [n, None] for n in names],
        "labels": labels,
        "cue_labels": cue_labels(cues),
        "event_types": list(EVENT_TYPES),
        "second": second,
        "slope": [slope] * len(labels),
        "offset": [offset] * len(labels),
        "floor": settings.floor if NONE in names else 0.0,
        "examples": len(examples),
    }
    return modelfile.dump(meta, arrays), len(kept)


def _calibrate(
    examples: Sequence[Example], share: Floats, names: Sequence[str], labels: Sequence[str]
) -> tuple[list[float], float, float]:
    """Per label the share from which it is a second label; the slope and offset that make shares scores.

    These are the same for all labels, so that scores are in the order of the shares.
    """
    from sklearn.linear_model import LogisticRegression

    mine = np.stack([share[:, [n.split("/")[0] == x for n in names]].sum(axis=1) for x in labels], axis=1)
    true = np.array([[label in e.labels for label in labels] for e in examples])
    odds = np.log(np.clip(mine, 1e-9, 1) / np.clip(1 - mine, 1e-9, 1))
    platt = LogisticRegression(C=1e3).fit(odds.reshape(-1, 1), true.ravel())
    grid = np.arange(SHARE, 0.5, 0.01)
    second = []
    for had, part in zip(true.T, mine.T, strict=True):
        hits = [2 * (had & (part >= t)).sum() / max(1, had.sum() + (part >= t).sum()) for t in grid]
        second.append(round(float(grid[int(np.argmax(hits))]), 2))
    return second, round(float(platt.coef_[0, 0]), 4), round(float(platt.intercept_[0]), 4)


def _heaviest(encoder: Encoder, weights: npt.NDArray[Any], largest: int) -> npt.NDArray[np.int64]:
    """The features to ship, in the order of their hash: the cues and those that weigh most."""
    force = np.abs(weights).max(axis=1) * encoder.idf + 1e9 * encoder.cues.any(axis=1)
    return np.sort(np.argsort(-force, kind="stable")[:largest])


def _rounded(values: npt.NDArray[Any]) -> npt.NDArray[np.float32]:
    """Three decimals: the last digits of a solver differ between machines, and nothing hangs on them."""
    return np.ascontiguousarray(np.round(values, 3).astype(np.float32))


def _class_order(name: str) -> tuple[int, str]:
    label = name.split("/")[0]
    if label == NONE:
        return len(FUNCTIONS) + 1, name
    return FUNCTIONS.index(label) if label in FUNCTIONS else len(FUNCTIONS), name


if __name__ == "__main__":
    import sys

    target = Path(sys.argv[1]) if len(sys.argv) > 1 else shipped_path()
    print(train([Path("corpora/functions")], target, overwrite=True))
