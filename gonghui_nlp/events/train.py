"""Train the models of this room on labelled sentences: where events stand, what is one, of which type, with what.

What the detection learns from the tagger must be what a tagger says of texts it has not learnt: each part of the files
is tagged by one that was fitted to the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gonghui_nlp.errors import InputError
from gonghui_nlp.events import detection, merging, statuses, tagger, typing
from gonghui_nlp.events.arguments import choosing
from gonghui_nlp.events.corpus import files_of, read
from gonghui_nlp.events.examples import Seen, chosen, decided, pieces, samples, see, stated, typed
from gonghui_nlp.events.features import Rival
from gonghui_nlp.events.fitting import Sample, fit
from gonghui_nlp.events.models import Models
from gonghui_nlp.events.tagger_fit import fit_tagger
from gonghui_nlp.events.triggers import TYPES
from gonghui_nlp.files import check_free
from gonghui_nlp.learning.linear import INTERCEPT, Linear
from gonghui_nlp.learning.matching import Record
from gonghui_nlp.learning.sequence import SequenceModel

# Inverse regularisation of each model: of events and types by leaving files of the corpus out in turn; the arguments'
# figures hardly move with it, and it was settled with `choosing.CHANCE`.
STRENGTH = {
    "events": 0.02,
    "merging": 0.3,
    "types": 0.03,
    "status": 0.01,
    "participants": 0.005,
    "place": 0.01,
    "result": 0.005,
    "name": 0.005,
}
# Settled on corpora/samples, corpora/blind and texts in the manner of real ones, where the figures are flat.
THRESHOLDS = {"threshold": 0.22, "unlisted": 0.7}
# Every how manieth dense document's paragraph teaches this argument: places and results are told there as everywhere, who
# took part and under which name is told otherwise.
DENSE = {"participants": 3, "place": 1, "result": 1, "name": 3}
LEAST = 0.08  # a feature that weighs less for every label is left out
NEVER = -30.0  # what the corpus does not hold: a type, pieces of one event
PARTS = 2


def learn(records: Sequence[Record]) -> Models:
    """The models that the records teach; the same records, the same models."""
    seen = list(_seen(records))
    return Models(
        fit_tagger(records),
        detection.scorer(_detection(seen), **THRESHOLDS),
        merging.weights(_merging(seen)),
        typing.scorer(_types(seen)),
        statuses.scorer(_status(seen)),
        choosing.models(_arguments(seen)),
    )


def write(records: Sequence[Record], target: Path, told: Callable[[float], None] = lambda share: None) -> None:
    """Write the models that the records teach into the folder ``target``; ``told`` how much of the work is done, to 1."""
    seen = []
    for each in _seen(records):
        seen.append(each)
        told(0.5 * len(seen) / len(records))
    target.mkdir(parents=True, exist_ok=True)
    (target / tagger.FILE).write_bytes(fit_tagger(records).to_file(tagger.TASK))
    told(0.7)
    (target / detection.FILE).write_bytes(_detection(seen).to_file(detection.TASK, **THRESHOLDS))
    (target / merging.FILE).write_bytes(_merging(seen).to_file(merging.TASK))
    told(0.8)
    (target / typing.FILE).write_bytes(_types(seen).to_file(typing.TASK))
    (target / statuses.FILE).write_bytes(_status(seen).to_file(statuses.TASK))
    told(0.9)
    for field, model in _arguments(seen).items():
        (target / choosing.file_of(field)).write_bytes(model.to_file(choosing.task_of(field)))
    told(1.0)


def _seen(records: Sequence[Record]) -> Iterator[Seen]:
    """Every record with its candidates, tagged by a tagger that did not learn its file."""
    files = sorted({record["file"] for record in records})
    part = {name: i % PARTS for i, name in enumerate(files)}
    for k in sorted(set(part.values())):
        others = [record for record in records if part[record["file"]] != k] or list(records)
        model: SequenceModel = fit_tagger(others)
        for record in records:
            if part[record["file"]] == k:
                yield see(record, model)


def _ordinary(seen: Sequence[Seen]) -> Sequence[Seen]:
    """The records of texts of ordinary density; all where there are no others.

    Dense, loose documents teach what no list holds, which is the tagger's part, and of which type it is. What is a duty
    and what an act among stock phrases, and who took part, is learned from texts that tell no more than real ones do:
    with dense ones among them the detection was one to two points worse on real excerpts.
    """
    return [each for each in seen if not each.record.get("dense")] or seen


def _detection(seen: Sequence[Seen]) -> Linear:
    labelled = [sample for each in _ordinary(seen) for sample in samples(each)]
    weights = {name: [round(w[0], 3)] for name, w in fit(labelled, STRENGTH["events"]).items()}
    return Linear.of(detection.LABELS, {n: w for n, w in weights.items() if n == INTERCEPT or abs(w[0]) >= 0.01})


def _merging(seen: Sequence[Seen]) -> Linear:
    labelled = [sample for each in seen for sample in pieces(each)]
    if len({one for _, one in labelled}) < 2:
        return Linear.of(merging.LABELS, {INTERCEPT: [NEVER]})  # a small corpus: nothing is put together
    fitted = fit(labelled, STRENGTH["merging"])
    return Linear.of(merging.LABELS, {name: [round(w[0], 3)] for name, w in fitted.items()})


def _types(seen: Sequence[Seen]) -> Linear:
    return _among(TYPES, [sample for each in seen for sample in typed(each)], STRENGTH["types"])


def _status(seen: Sequence[Seen]) -> Linear:
    return _among(statuses.LABELS, [sample for each in seen for sample in stated(each)], STRENGTH["status"])


def _among(labels: Sequence[str], labelled: Sequence[Sample], strength: float) -> Linear:
    """A scorer between several labels; one that no sample has is never likeliest."""
    fitted = fit(labelled, strength)
    learnt = sorted({label for _, label in labelled})
    if len(learnt) == 2:  # one weight stands for both
        fitted = {name: [-w[0], w[0]] for name, w in fitted.items()}
    weights = {}
    for name, w in fitted.items():
        said = dict(zip(learnt, w, strict=True))
        weights[name] = [round(said.get(label, NEVER if name == INTERCEPT else 0.0), 2) for label in labels]
    return Linear.of(labels, {n: w for n, w in weights.items() if n == INTERCEPT or max(map(abs, w)) >= LEAST})


def _arguments(seen: Sequence[Seen]) -> dict[str, Linear]:
    labelled: dict[str, list[Sample]] = {field: [] for field in choosing.CHANCE}
    dense = 0
    for each in seen:
        dense += bool(each.record.get("dense"))
        for field, names, right in chosen(each):
            if not each.record.get("dense") or dense % DENSE[field] == 0:
                labelled[field].append((names, right))
    fitted = {field: fit(examples, STRENGTH[field]) for field, examples in labelled.items()}
    return {
        field: Linear.of(
            choosing.LABELS,
            {name: [round(w[0], 3)] for name, w in of.items() if name == INTERCEPT or abs(w[0]) >= 0.003},
        )
        for field, of in fitted.items()
    }


def weighed(records: Iterable[Record], models: Models) -> Iterator[tuple[float, bool]]:
    """The chance the models give each candidate of the records, and whether it is one of the labelled events."""
    for record in records:
        seen = see(record, models.tagger)
        rivals: list[Rival] = seen.rivals
        chances = detection.probabilities(record["text"], rivals, seen.named, models.events)
        for i, right in decided(seen):
            yield chances[i], right


@dataclass(frozen=True, slots=True)
class Report:
    """What :func:`train` did."""

    path: Path
    records: int
    events: int
    bytes: int


def train(
    corpora: Iterable[Path | str],
    out: Path | str,
    *,
    overwrite: bool = False,
    lessons: Iterable[Record] = (),
    reached: Callable[[int, int], None] | None = None,
) -> Report:
    """Train on labelled text and write the models into the folder ``out``; the same text gives the same models.

    ``lessons`` are records beside those of the corpora, as :func:`~gonghui_nlp.events.corpus.prepared` gives them.
    ``reached`` is told how many bytes of how many are learned from.

    Raises:
        InputError: a corpus is malformed or empty.
        OutputError: ``out`` exists already (the shipped models included) and ``overwrite`` is false.
    """
    out = Path(out)
    check_free(out, overwrite)
    files, more = files_of([Path(path) for path in corpora]), list(lessons)
    size = sum(path.stat().st_size for path in files if path.is_file())
    size += sum(len(record["text"].encode("utf-8", "replace")) for record in more)
    so_far = reached or (lambda done, total: None)
    so_far(0, size)
    records = [*read(files), *more]
    if not any(record["events"] for record in records):
        raise InputError("no events in the labelled text; give text in which some are labelled")
    write(records, out, lambda share: so_far(round(share * size), size))
    size = sum(path.stat().st_size for path in out.iterdir())
    return Report(out, len(records), sum(len(record["events"]) for record in records), size)
