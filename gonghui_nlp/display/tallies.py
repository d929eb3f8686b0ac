"""What a person sees of an evaluation in the terminal: scores as columns, errors as lines."""

from __future__ import annotations

import json

from rich.cells import cell_len

from gonghui_nlp.display.terminal import one_line, padded, short
from gonghui_nlp.errors import InputError
from gonghui_nlp.evaluation.intervals import interval
from gonghui_nlp.evaluation.report import detail, named
from gonghui_nlp.evaluation.tally import Evaluation
from gonghui_nlp.text.visible import visible
from gonghui_nlp.words import word


def print_scores(result: Evaluation, as_json: bool = False) -> None:
    """Prints precision, recall and F1 of every measure as columns or as JSON."""
    scores = result.scores()
    if as_json:
        out = {name: score._asdict() for name, score in scores.items()}
        print(json.dumps(out | {"functions macro": {"f1": result.functions_macro}}, ensure_ascii=False, indent=1))
        return
    labelled = any(result.kappa(name) is not None for name in scores)
    columns = ("precision", "recall", "f1", "interval", *(("kappa",) if labelled else ()), "gold", "found")
    heads = [word(f"evaluate.head.{name}") for name in columns]
    print(
        " " * 24
        + "".join(_right(head, 14 if name == "interval" else 8) for name, head in zip(columns, heads, strict=True))
    )
    for name, s in scores.items():
        sure = interval(result, name)
        kappa = result.kappa(name)
        cells = [
            f"{s.precision:.3f}",
            f"{s.recall:.3f}",
            f"{s.f1:.3f}",
            f"{sure.low:.2f}–{sure.high:.2f}" if sure else "",
        ]
        cells += ["" if kappa is None else f"{kappa:.3f}"] if labelled else []
        cells += [str(s.gold), str(s.found)]
        told = (_right(cell, 14 if c == "interval" else 8) for c, cell in zip(columns, cells, strict=True))
        print(padded(named(name), 24) + "".join(told))
    print(padded(named("functions macro"), 40) + f"{result.functions_macro:8.3f}")


def _right(text: str, cells: int) -> str:
    return " " * (cells - cell_len(text)) + text


def print_errors(result: Evaluation, kind: str) -> None:
    """Prints the misses (-), false alarms (+) and wrong values (~) of a kind; an unknown kind is an InputError."""
    kinds = ("sections", "items", "amounts", "headcounts", "counts", "rates", "dates", "events", "functions")
    if kind not in kinds:
        raise InputError(f"errors of {kind!r}: unknown kind; use one of {', '.join(kinds)}")
    mine = [e for e in result.errors if e.kind == kind]
    # Events by their type, so that what goes wrong alike stands together; everything else in reading order.
    for e in sorted(mine, key=lambda e: (e.detail.split(":")[0] if kind == "events" else "", e.source, e.start)):
        where = word("evaluate.at", source=e.source, start=e.start)
        print(visible(f"{e.sign} {where} {short(e.text)}  {detail(e)}".rstrip()))
        if kind == "events" and e.sentence:
            print(f"    {one_line(e.sentence)}")
