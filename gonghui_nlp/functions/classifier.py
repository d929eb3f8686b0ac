"""Paragraphs to functions: the public face of the trained model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, TypedDict

import numpy as np
import numpy.typing as npt

from gonghui_nlp.errors import InputError, ModelError
from gonghui_nlp.functions.explaining import Evidence, evidence
from gonghui_nlp.functions.model import Encoder, LinearModel, TypedEvents, by_rows, event_parts, shares
from gonghui_nlp.functions.pieces import joined, signs
from gonghui_nlp.learning import modelfile
from gonghui_nlp.schema import FUNCTION_LABELS, Document, Label, Paragraph
from gonghui_nlp.schema import SELF_BUILDING as SELF_BUILDING_LABEL
from gonghui_nlp.settings import Settings
from gonghui_nlp.text.normalize import fold

Scheme = Literal["default", "classical"]
SELF_BUILDING = SELF_BUILDING_LABEL.name
"""自身建设, building/union as a function of its own: scheme ``classical``."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One paragraph's labels, most important first, none of them when it reports on no function.

    ``scores`` are calibrated probabilities in the order of the classifier's ``labels``; ``sub`` says which
    half of building it is; ``cues`` are the strongest words for the first label where they were asked for.
    """

    functions: tuple[str, ...] = ()
    sub: str | None = None
    scores: tuple[float, ...] = ()
    cues: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a paragraph was labelled as it was: per label the strongest words, with their place and weight."""

    labelled: Labelled
    evidence: dict[str, tuple[Evidence, ...]]


class Classifier:
    """A loaded model. Made by :func:`load_classifier`."""

    def __init__(self, meta: dict[str, Any], arrays: dict[str, npt.NDArray[Any]], name: str = "model") -> None:
        try:
            self.classes: tuple[tuple[str, str | None], ...] = tuple((str(a), b) for a, b in meta["classes"])
            self.labels: tuple[str, ...] = tuple(meta["labels"])
            columns = _cue_columns(arrays, len(meta["cue_labels"]))
            encoder = Encoder.of(arrays["keys"], arrays["idf"].astype(np.float32), columns)
            weights = (arrays["steps"] * arrays["scale"]).astype(np.float32)
            body, heading, bias = (arrays[k] for k in ("body", "heading", "bias"))
            # A model of one's own may have been trained before events were heard.
            self._event_types = tuple(map(str, meta.get("event_types", ())))
            told = arrays["events"] if self._event_types else np.zeros((0, len(self.classes)), np.float32)
            self._model = LinearModel(encoder, weights, body, heading, told, bias)
            if told.shape != (len(self._event_types), len(self.classes)):
                raise ValueError("types of events and their weights differ in number")
            self._second = np.array(meta["second"], float)
            self._slope, self._offset = np.array(meta["slope"], float), np.array(meta["offset"], float)
            self._floor = float(meta["floor"])
            if not len(self._second) == len(self._slope) == len(self._offset) == len(self.labels):
                raise ValueError("thresholds and labels differ in number")
        except (KeyError, TypeError, ValueError, IndexError) as e:
            raise ModelError(f"{name} is no model of functions ({type(e).__name__}: {e}); train it again") from e
        self.meta = meta
        groups = np.zeros((len(self.classes), len(self.labels)))
        for i, (label, _) in enumerate(self.classes):
            if label in self.labels:
                groups[i, self.labels.index(label)] = 1
        self._groups = groups

    def classify(
        self,
        texts: Sequence[str],
        headings: Sequence[tuple[str, ...]] | None = None,
        *,
        events: Sequence[TypedEvents] | None = None,
        continues: Sequence[bool] | None = None,
        scheme: Scheme = "default",
        folded: bool = False,
        cues: int = 0,
    ) -> list[Labelled]:
        """The functions of each paragraph.

        Args:
            texts: body paragraphs in reading order.
            headings: the titles each stands under, outermost first; none when left out.
            events: the type and the confidence of each event in a paragraph; nobody looked for any when left out.
            continues: True where a line end inside a sentence separates a paragraph from the one before it;
                both then carry the label of the whole. Guessed from the texts when left out.
            scheme: ``classical`` sets building/union apart as ``self_building``.
            folded: the texts went through :func:`gonghui_nlp.text.normalize.fold` already.
            cues: how many of the strongest words to give with each paragraph (slower).

        Raises:
            InputError: texts or headings of the wrong type or number.

        >>> load_classifier().classify(["召开教代会，审议学校工作报告。"])[0].functions
        ('participation',)
        """
        texts, paths = _checked(texts, headings)
        if scheme not in ("default", "classical"):
            raise InputError(f"scheme must be 'default' or 'classical', not {scheme!r}")
        if continues is not None and len(continues) != len(texts):
            raise InputError(f"{len(continues)} values of continues for {len(texts)} texts; give one for each")
        if events is not None and len(events) != len(texts):
            raise InputError(f"{len(events)} lists of events for {len(texts)} texts; give one for each")
        if not texts:
            return []
        if not folded:
            texts = _folded(texts)
        whole, owner = joined(texts, paths, continues)
        told: list[list[tuple[str, float]]] = [[] for _ in whole]
        for number, found in zip(owner.tolist(), events or (), strict=events is not None):
            told[number] += found
        parts = event_parts(told, self._event_types)
        share = shares(self._model.logits(whole, [paths[i] for i in _firsts(owner)], parts))[owner]
        share[[not t.strip() for t in texts]] = 0.0
        share[[signs(t) for t in texts]] = 0.0
        results = self._decide(share, scheme)
        if cues:
            results = [self._with_cues(r, t, p, cues) for r, t, p in zip(results, texts, paths, strict=True)]
        return results

    def explain(
        self,
        text: str,
        headings: Sequence[str] = (),
        *,
        events: TypedEvents = (),
        strongest: int = 5,
        scheme: Scheme = "default",
    ) -> Explanation:
        """The labels of one paragraph and the words of it and of its headings that spoke for each label.

        >>> load_classifier().explain("春节慰问").evidence["safeguarding"][0].text
        '慰问'
        """
        (text,), (path,) = _checked([text], [tuple(headings)])
        labelled = self.classify([text], [path], events=[events], scheme=scheme)[0]
        found = dict(zip(self.labels, evidence(self._model, fold(text), path, self._groups, strongest), strict=True))
        if scheme == "classical" and "building" in found:
            found[SELF_BUILDING] = found["building"]
        return Explanation(labelled, found)

    def _decide(self, share: npt.NDArray[np.float64], scheme: Scheme) -> list[Labelled]:
        by_label = by_rows(share, self._groups)
        odds = np.log(np.clip(by_label, 1e-9, 1) / np.clip(1 - by_label, 1e-9, 1))
        scores = 1 / (1 + np.exp(-(self._slope * odds + self._offset)))
        scores[by_label <= 0] = 0.0
        order = np.argsort(-scores, axis=1, kind="stable")
        # A score says how likely the label is; below the floor none is likelier than any.
        spoken = scores.max(axis=1, initial=0.0) >= max(self._floor, 1e-9)
        chosen = by_label >= self._second
        chosen[np.arange(len(share)), order[:, 0]] = True
        rounded = np.round(scores, 4).tolist()
        out = []
        for i, row in enumerate(order.tolist()):
            if not spoken[i]:
                out.append(Labelled(scores=tuple(rounded[i])))
                continue
            names = [self.labels[k] for k in row if chosen[i, k]]
            sub = self._sub(share[i], names)
            if scheme == "classical" and sub == "union":
                names = [SELF_BUILDING if n == "building" else n for n in names]
            out.append(Labelled(tuple(names), sub, tuple(rounded[i])))
        return out

    def _sub(self, share: npt.NDArray[np.float64], names: list[str]) -> str | None:
        halves = [(share[i], sub) for i, (label, sub) in enumerate(self.classes) if sub is not None and label in names]
        return max(halves)[1] if halves else None

    def _with_cues(self, labelled: Labelled, text: str, path: tuple[str, ...], count: int) -> Labelled:
        if not labelled.functions:
            return labelled
        first = "building" if labelled.functions[0] == SELF_BUILDING else labelled.functions[0]
        found = evidence(self._model, text, path, self._groups, count)[self.labels.index(first)]
        return Labelled(labelled.functions, labelled.sub, labelled.scores, found)


def _checked(texts: Any, headings: Any) -> tuple[list[str], list[tuple[str, ...]]]:
    if isinstance(texts, str) or not isinstance(texts, Iterable):
        raise InputError(f"texts must be a sequence of str, not {type(texts).__name__}; wrap a single text in a list")
    texts = list(texts)
    for i, text in enumerate(texts):
        if not isinstance(text, str):
            raise InputError(f"texts[{i}] is {type(text).__name__}, not str")
    paths = [()] * len(texts) if headings is None else list(headings)
    if len(paths) != len(texts):
        raise InputError(f"{len(paths)} heading paths for {len(texts)} texts; give one for each")
    for i, path in enumerate(paths):
        if isinstance(path, str) or not all(isinstance(h, str) for h in path):
            raise InputError(f"headings[{i}] must be a tuple of str, outermost heading first")
    return texts, [tuple(p) for p in paths]


def _folded(texts: list[str]) -> list[str]:
    """All texts folded in one call; folding keeps every length."""
    whole, out, at = fold("\n".join(texts)), [], 0
    for text in texts:
        out.append(whole[at : at + len(text)])
        at += len(text) + 1
    return out


def _firsts(owner: npt.NDArray[np.int64]) -> list[int]:
    return np.flatnonzero(np.diff(owner, prepend=-1)).tolist()


def _cue_columns(arrays: dict[str, npt.NDArray[Any]], count: int) -> npt.NDArray[np.float32]:
    table = np.zeros((len(arrays["keys"]), count), np.float32)
    feature, label = arrays["cue_places"].T
    table[feature, label] = arrays["cue_weights"]
    return table


def shipped_path() -> Path:
    """Where the model that comes with the package lies."""
    return Path(str(files("gonghui_nlp.resources").joinpath("models/functions.bin")))


def explain(document: Document, paragraph: Paragraph, strongest: int = 5) -> Explanation:
    """The labels of a Document's paragraph and the words that spoke for them, those of its headings among them.

    The model is the one that labelled the Document.

    >>> import gonghui_nlp as gh
    >>> doc = gh.analyze("一、送温暖\\n春节前看望了18名患病教职工。")
    >>> [e.text for e in explain(doc, doc.paragraphs[0]).evidence["safeguarding"] if e.heading]
    ['送温暖']
    """
    headings = [fold(heading.text) for heading in document.headings_of(paragraph)]
    classifier = classifier_of(document.settings)
    told = [(e.type, e.confidence) for e in document.events if paragraph.start <= e.start < paragraph.end]
    scheme = document.settings.scheme
    return classifier.explain(paragraph.text, headings, events=told, strongest=strongest, scheme=scheme)


def classifier_of(settings: Settings) -> Classifier:
    """The classifier that settings name; InputError where their labels are not those of its model."""
    classifier = load_classifier(settings.model)
    if settings.labels and {name for name, _ in settings.labels} != set(classifier.labels):
        given, own = (", ".join(names) for names in ((n for n, _ in settings.labels), classifier.labels))
        raise InputError(f"labels are {given}, but those of the model are {own}; give a name for each of these")
    return classifier


class LabelSet(TypedDict):
    """The labels of a Document's paragraphs, and the names of those that have scores, in the order of the scores."""

    labels: tuple[Label, ...]
    scored: tuple[str, ...]


NO_LABELS = LabelSet(labels=(), scored=())
"""What a Document has whose paragraphs nobody labelled."""


def labels_of(settings: Settings) -> LabelSet:
    """The labels that settings and their model can give.

    >>> [label.zh for label in labels_of(Settings(scheme="classical"))["labels"]]
    ['维护', '参与', '教育', '建设', '自身建设']
    """
    scored = classifier_of(settings).labels
    shown = {label.name: label.zh for label in FUNCTION_LABELS} | dict(settings.labels)
    labels = [Label(name, shown.get(name, name)) for name in scored]
    if settings.scheme == "classical" and "building" in scored:
        labels.append(SELF_BUILDING_LABEL)
    return LabelSet(labels=tuple(labels), scored=scored)


def load_classifier(path: Path | str | None = None) -> Classifier:
    """The shipped classifier (read once), or one's own from a file that ``gonghui train`` wrote.

    Raises:
        ModelError: the file is missing, foreign, damaged or of another version.

    >>> load_classifier().labels
    ('safeguarding', 'participation', 'education', 'building')
    """
    if path is None:
        return _shipped()
    if not isinstance(path, (str, Path)):
        raise InputError(f"path of a model must be str or Path, not {type(path).__name__}")
    try:
        state = Path(path).stat()
    except OSError:
        return Classifier(*modelfile.load(Path(path)), name=str(path))
    return _own(str(path), state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4)
def _own(path: str, changed: int, size: int) -> Classifier:
    """A model of one's own, read again when its file has changed."""
    return Classifier(*modelfile.load(Path(path)), name=path)


@lru_cache(maxsize=1)
def _shipped() -> Classifier:
    return Classifier(*modelfile.load(shipped_path()), name="the shipped model")
