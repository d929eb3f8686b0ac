"""An evaluation as one page: every score with its interval, every error in its sentence, to search among."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup

from gonghui_nlp.display.escaped import html
from gonghui_nlp.display.frame import written
from gonghui_nlp.errors import OutputError
from gonghui_nlp.evaluation import report
from gonghui_nlp.evaluation.tally import ErrorCase, Evaluation
from gonghui_nlp.files import write_whole
from gonghui_nlp.words import word

_SCORES = ("measure", "precision", "recall", "f1", "low", "high", "kappa", "gold", "found")


def page(result: Evaluation, groups: Mapping[str, str] | None = None) -> str:
    """The page of an evaluation, in the language spoken, without any reference to the outside."""
    parts: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for by, of, *row in report.shown_scores(result, groups):
        parts.setdefault((by, of), []).append(tuple("" if x is None else str(x) for x in row))
    return written(
        "scores.html",
        script_name="copies.js",
        title=word("cell.scores"),
        sums=[
            word("cell.sources", n=f"{len(result.documents):,}"),
            f"{word('evaluate.sheet.errors')} {len(result.errors):,}",
        ],
        heads=[word(f"evaluate.column.{name}") for name in _SCORES],
        parts=[(" ".join(filter(None, key)), rows) for key, rows in parts.items()],
        error_heads=[
            word(f"evaluate.column.{name}") for name in ("sign", "kind", "sentence", "detail", "source", "start")
        ],
        errors=[
            (sign, kind, _marked(error), detail, source, start)
            for error in sorted(result.errors)
            for source, kind, sign, start, _, detail, _ in [report.shown_error(error)]
        ],
    )


def _marked(error: ErrorCase) -> Markup:
    """The sentence with the words of the error marked in it; the words alone where it stands in no paragraph."""
    before, found, behind = error.sentence.partition(error.text)
    if not found:
        return Markup("<mark>{}</mark> {}").format(html(error.text), html(error.sentence))
    return Markup("{}<mark>{}</mark>{}").format(html(before), html(found), html(behind))


def write(result: Evaluation, folder: Path, groups: Mapping[str, str] | None = None) -> Path:
    """Writes the page as ``evaluation.html`` (评测.html in Chinese) into a folder."""
    path = folder / f"{word('evaluate.file.evaluation')}.html"
    try:
        write_whole(path, page(result, groups).encode("utf-8", "replace"))
    except OSError as error:
        raise OutputError(f"{folder}: {error.strerror}; choose a folder that can be written") from error
    return path
