"""The sequence model: chances are chances, forbidden steps are not taken, batches change nothing."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from gonghui_nlp.events import tagger
from gonghui_nlp.events.layout import LONGEST, lay
from gonghui_nlp.events.models import shipped
from gonghui_nlp.events.pairs import codes
from gonghui_nlp.learning.marginals import marginals
from gonghui_nlp.learning.sequence import FORBIDDEN, Chain, lots, run

TEXTS = (
    "入冬前，后勤组把旧锅炉房改成了职工书吧，花去3200元；五月举办编织赛，62人参加。",
    "赛",
    "。",
    "慰问" * 400,
    "没有标点的一长串文字" * 60,
    "“" * 300,
)


@pytest.fixture(scope="module")
def model() -> object:
    return shipped().tagger


@pytest.mark.parametrize("text", TEXTS)
def test_chances_add_up_and_spans_lie_in_the_text(text: str) -> None:
    tagged = tagger.tag([codes(text)], shipped().tagger)
    rows = tagged.chances[tagged.begins[0] : tagged.begins[0] + len(text)]
    assert rows.sum(axis=1) == pytest.approx(np.ones(len(text)), abs=1e-4)
    last = 0
    for start, end, chance in tagger.spans(rows):
        assert last <= start < end <= len(text) and 0 <= chance <= 1
        last = end


def test_a_passage_alone_and_in_a_batch_has_the_very_same_chances() -> None:
    together = tagger.tag([codes(text) for text in TEXTS], shipped().tagger)
    for text, begin in zip(TEXTS, together.begins, strict=True):
        alone = tagger.tag([codes(text)], shipped().tagger)
        row = alone.begins[0]
        assert (alone.chances[row : row + len(text)] == together.chances[begin : begin + len(text)]).all()


def test_marginals_are_those_of_all_paths_counted() -> None:
    rng = np.random.default_rng(7)
    emissions = rng.normal(size=(4, 3))
    follow = rng.normal(size=(3, 3))
    follow[1, 2] = FORBIDDEN
    chain = Chain(rng.normal(size=3), follow, rng.normal(size=3))
    wanted, total = np.zeros((4, 3)), 0.0
    for path in np.ndindex(3, 3, 3, 3):
        score = chain.start[path[0]] + chain.end[path[-1]] + sum(emissions[t, tag] for t, tag in enumerate(path))
        weight = np.exp(score + sum(follow[a, b] for a, b in pairwise(path)))
        total += weight
        for t, tag in enumerate(path):
            wanted[t, tag] += weight
    chances = np.zeros((4, 3))
    partition, expected = run(emissions, chain, lots([(0, 4)])[0], chances)
    assert chances == pytest.approx(wanted / total)
    assert partition == pytest.approx(np.log(total))
    assert expected.sum() == pytest.approx(3) and expected[1, 2] == pytest.approx(0)


def test_work_grows_with_the_text_and_no_faster() -> None:
    bounds = [lay([codes("慰问困难职工，" * n)]).bounds for n in (100, 1000)]
    assert all(end - start <= LONGEST for listed in bounds for start, end in listed)
    assert len(bounds[1]) <= 11 * len(bounds[0])


@pytest.mark.parametrize("longest", [1, 9, 10, 11, 75])
def test_what_is_read_in_blocks_is_what_fitting_runs_through_step_by_step(longest: int) -> None:
    rng = np.random.default_rng(longest)
    lengths = rng.integers(1, longest + 1, size=12)
    edges = np.concatenate(([0], np.cumsum(lengths + 1)))
    bounds = [(int(a), int(a + n)) for a, n in zip(edges, lengths, strict=False)]
    emissions = rng.normal(scale=8, size=(int(edges[-1]), 4))
    chain = tagger.chain()
    chain = Chain(chain.start, chain.follow + rng.normal(size=(4, 4)), chain.end)
    stepped, read = np.full_like(emissions, 7.0), np.full_like(emissions.T, 7.0)
    (lot,) = lots(bounds)
    run(emissions, chain, lot, stepped)
    marginals(emissions.T, chain.start, chain.follow, chain.end, bounds, read)
    assert pytest.approx(stepped, abs=1e-9) == read.T  # and nothing is written between the chains
