"""The four functions of each paragraph: 维护 safeguarding, 参与 participation, 教育 education, 建设 building."""

from gonghui_nlp.functions.classifier import (
    NO_LABELS,
    SELF_BUILDING,
    Classifier,
    Explanation,
    Labelled,
    LabelSet,
    classifier_of,
    explain,
    labels_of,
    load_classifier,
    shipped_path,
)
from gonghui_nlp.functions.model import BETWEEN_HEADINGS
from gonghui_nlp.functions.profiles import profiles

__all__ = [
    "BETWEEN_HEADINGS",
    "NO_LABELS",
    "SELF_BUILDING",
    "Classifier",
    "Explanation",
    "LabelSet",
    "Labelled",
    "classifier_of",
    "explain",
    "labels_of",
    "load_classifier",
    "profiles",
    "shipped_path",
]
