"""Copies as a network: in the middle of each cluster the text that stands for it, around it what was made of it."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, cos, pi, sin, sqrt
from typing import TYPE_CHECKING, Any

from gonghui_nlp.display.plots.canvas import COLOURS, canvas, finish, language_or_spoken, need, nothing
from gonghui_nlp.errors import InputError
from gonghui_nlp.words import Language, word

if TYPE_CHECKING:
    import pandas as pd

_NAMED = 12  # a cluster of more members names its canonical one alone


def template_network(
    clusters: pd.DataFrame,
    names: Sequence[str] | None = None,
    *,
    largest: int = 12,
    language: Language | None = None,
) -> Any:
    """The ``largest`` clusters of :func:`gonghui_nlp.deduplicate` as stars; ``names`` are by default the frame's index.

    Returns a figure. A line is as wide as two texts are alike; texts without copies are counted, not drawn.

    Raises:
        InputError: a column is missing, or there are not as many names as rows.
    """
    language = language_or_spoken(language)
    need(clusters, ("cluster_id", "canonical", "similarity"), "what gonghui_nlp.deduplicate returns")
    called = [str(n) for n in (clusters.index if names is None else names)]
    if len(called) != len(clusters):
        raise InputError(f"{len(clusters)} rows and {len(called)} names: give as many")
    groups: dict[Any, list[int]] = {}
    for position, cluster in enumerate(clusters["cluster_id"].tolist()):
        groups.setdefault(cluster, []).append(position)
    stars = sorted((g for g in groups.values() if len(g) > 1), key=lambda g: (-len(g), g))[:largest]
    if not stars:
        return nothing(language)
    canonical, alike = clusters["canonical"].tolist(), clusters["similarity"].tolist()
    across = ceil(sqrt(len(stars)))
    tall = 2.6 if len(stars[0]) > 2 else 1.6
    figure, axes = canvas(3.4 * across, tall * ceil(len(stars) / across) + 0.8)
    axes.set_axis_off()
    for n, star in enumerate(stars):
        middle = (3.4 * (n % across), -tall * (n // across))
        first = next((p for p in star if canonical[p]), star[0])
        _star(axes, middle, called[first], [(called[p], float(alike[p])) for p in star if p != first], COLOURS[n % 8])
    axes.set_xlim(-1.7, 3.4 * across - 1.7)
    axes.set_ylim(-tall * (ceil(len(stars) / across) - 1) - (1.2 if tall > 2 else 0.5), 1.2)
    alone = sum(len(g) == 1 for g in groups.values())
    return finish(figure, axes, word("plot.network", language), word("plot.network_note", language, alone=alone))


def _star(axes: Any, middle: tuple[float, float], name: str, others: list[tuple[str, float]], colour: str) -> None:
    x, y = middle
    for n, (other, similarity) in enumerate(others):
        turn = 2 * pi * n / len(others) + pi / 2
        there = x + 0.85 * cos(turn), y + 0.75 * sin(turn)
        axes.plot([x, there[0]], [y, there[1]], color=colour, lw=0.5 + 3 * similarity, alpha=0.45, zorder=1)
        axes.scatter(*there, s=60, facecolor="white", edgecolor=colour, zorder=2)
        if len(others) < _NAMED:
            below = there[1] < y
            _name(axes, there[0], there[1] + (-0.12 if below else 0.12), other, "top" if below else "bottom")
            half = 0.35 * x + 0.65 * there[0], 0.35 * y + 0.65 * there[1]
            axes.text(*half, f"{similarity:.2f}", fontsize=7, ha="center", va="center", zorder=3, color="#333333",
                      bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5, "alpha": 0.8})  # fmt: skip
    axes.scatter(x, y, s=110, color=colour, zorder=2)
    # Beside it: lines go up and down from here.
    _name(axes, x + 0.14, y + 0.06, name, "bottom", "left")


def _name(axes: Any, x: float, y: float, name: str, side: str, across: str = "center") -> None:
    short = name if len(name) <= 24 else f"{name[:13]}…{name[-10:]}"
    # A name may hold anything; a dollar sign must not open a formula.
    axes.text(x, y, short, fontsize=8, ha=across, va=side, zorder=4, parse_math=False,
              bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5, "alpha": 0.8})  # fmt: skip
