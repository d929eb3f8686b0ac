"""How the small models of this room are fitted (with scikit-learn, which only training needs)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from gonghui_nlp.errors import InputError

LEAST = 3  # samples that must show a feature for its weight to be kept; one seen once or twice still takes up noise
INTERCEPT = ""
Sample = tuple[Sequence[str], Any]


def fit(labelled: Sequence[Sample], strength: float) -> dict[str, list[float]]:
    """Logistic regression over counted features: for each feature its weight for each label, in order of label.

    A feature is scaled by the logarithm of how rare it is, so that the rare ones, which say more, are held back
    less; the scale is part of the weight. Labels are in their sorted order; with two of them there is one weight,
    for the second. ``INTERCEPT`` names the intercepts. Raises InputError where all samples have one label.
    """
    import numpy as np
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    if len(labels := {label for _, label in labelled}) < 2:
        raise InputError(
            f"what is to be learned is told by examples of one kind only ({next(iter(labels), 'none')}); "
            "give more labelled text beside it, such as --corpus corpora/events"
        )
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([Counter(names) for names, _ in labelled])
    shown = np.asarray((matrix > 0).sum(axis=0)).ravel()
    rarity = np.log(matrix.shape[0] / shown)
    model = LogisticRegression(C=strength, max_iter=2000)
    model.fit(matrix.multiply(rarity).tocsr(), [label for _, label in labelled])
    weights: dict[str, list[float]] = {INTERCEPT: model.intercept_.tolist()}
    for i in np.flatnonzero(shown >= LEAST).tolist():
        weights[vectorizer.feature_names_[i]] = (model.coef_[:, i] * rarity[i]).tolist()
    return weights
