"""How the tagger is fitted to labelled records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from gonghui_nlp.events import tagger
from gonghui_nlp.events.layout import Laid, lay
from gonghui_nlp.events.pairs import codes
from gonghui_nlp.events.tagger import BEGIN, END, INSIDE, OUTSIDE, TAGS
from gonghui_nlp.learning.matching import Record
from gonghui_nlp.learning.pooling import pooled
from gonghui_nlp.learning.sequence import SequenceModel
from gonghui_nlp.learning.sequence_fit import Prior, fit

PRIOR = Prior(strength=1.0, rarest=3, iterations=45, largest=6000)
SHARE = 0.45  # of each chain in the pool: a little less than their mean, which is less sure of itself and finds more
Tags: TypeAlias = npt.NDArray[np.int8]
Known: TypeAlias = npt.NDArray[np.bool_]


def fit_tagger(records: Sequence[Record], prior: Prior = PRIOR) -> SequenceModel:
    """A tagger of the records' events; those on the threshold (``weak``) teach nothing."""
    laid = lay([codes(record["text"]) for record in records])
    gold, known = labelled(laid, records)
    channels = tagger.channels(laid.chars)
    chains = [
        fit([c for c in channels if c.name in names], TAGS, gold, known, laid.bounds, tagger.chain(), prior)
        for names in (tagger.LEXICAL, tagger.CLASSED)
    ]
    return pooled(chains, SHARE, tagger.CHANNELS)


def labelled(laid: Laid, records: Sequence[Record]) -> tuple[Tags, Known]:
    """The tag of every character, and where it teaches: not on the threshold, not where a chain cuts an event."""
    gold, known = np.zeros(len(laid.chars), np.int8), np.ones(len(laid.chars), bool)
    for record, begin in zip(records, laid.begins, strict=True):
        for event in record["events"]:
            start, end = begin + event["start"], begin + event["end"]
            if event.get("weak") or end - start < 2:
                known[start:end] = False
            else:
                gold[start], gold[start + 1 : end - 1], gold[end - 1] = BEGIN, INSIDE, END
    for start, end in laid.bounds:
        if gold[start] in (INSIDE, END) or gold[end - 1] in (BEGIN, INSIDE):
            gold[start:end], known[start:end] = OUTSIDE, False
    return gold, known
