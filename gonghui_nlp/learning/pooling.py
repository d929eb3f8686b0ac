"""Several sequence models as one: the geometric mean of what they say, which is a model of the same form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from gonghui_nlp.learning.grams import Lookup
from gonghui_nlp.learning.sequence import FORBIDDEN, Chain, SequenceModel, Table


def pooled(models: Sequence[SequenceModel], share: float, channels: Iterable[str]) -> SequenceModel:
    """The model whose scores are the sum of the models' ones, each times ``share`` (a logarithmic opinion pool).

    ``channels`` names every channel of any of them, in the order they have in the pool. All have the same tags and
    forbid the same transitions.
    """
    tables = {name: _summed([m.tables[name] for m in models if name in m.tables], share) for name in channels}
    first = models[0].chain
    follow = np.sum([share * m.chain.follow for m in models], axis=0)
    follow = np.where(first.follow <= FORBIDDEN / 2, np.float32(FORBIDDEN), follow).astype(np.float32)
    return SequenceModel(models[0].tags, tables, Chain(first.start, follow, first.end))


def _summed(tables: Sequence[Table], share: float) -> Table:
    """One table of all their hashes; of two that share a slot of the look-up the lower one is kept."""
    keys = np.unique(np.concatenate([table.keys for table in tables]))
    keys = keys[Lookup.distinct_slots(keys)]
    weights = np.zeros((len(keys), len(tables[0].scale)), np.float32)
    for table in tables:
        row = np.minimum(np.searchsorted(keys, table.keys), len(keys) - 1)
        kept = keys[row] == table.keys
        weights[row[kept]] += np.float32(share) * (table.steps * table.scale)[kept].astype(np.float32)
    return Table(keys, weights, np.ones(weights.shape[1], np.float32))
