"""Shares of the functions over documents, years or units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gonghui_nlp.errors import InputError
from gonghui_nlp.schema import FUNCTIONS, SELF_BUILDING

if TYPE_CHECKING:
    import pandas as pd

NONE = "none"
COLUMNS = (*FUNCTIONS, NONE)
_BY = {"document": "doc_id", "doc": "doc_id", "unit": "organisation"}


def profiles(
    paragraphs: pd.DataFrame,
    by: str = "year",
    *,
    documents: pd.DataFrame | None = None,
    weight: str = "paragraphs",
    copies: bool = False,
    scheme: str = "default",
    labels: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Share of each label in every group: one row a group, columns in the order of the labels, ``none`` last.

    Each text counts once: rows whose ``canonical`` is false are near-duplicates of another row and are left
    out unless ``copies`` is true. A paragraph of two functions counts half for each.

    Args:
        paragraphs: the ``paragraphs`` table (columns ``functions`` and, for the default, ``canonical``).
        by: ``year``, ``unit``, ``document``, or any column of either table.
        documents: the ``documents`` table; needed when ``by`` is one of its columns.
        weight: ``paragraphs`` counts each paragraph once, ``chars`` by its length.
        scheme: ``classical`` sets building/union apart as ``self_building``.
        labels: the labels of a model of one's own, in the order of the columns (``[x.name for x in doc.labels]``);
            when left out, the four functions, unless the table has score columns of other labels.

    Raises:
        InputError: the table bears a label that is not among the labels, a column is missing or an option unknown.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"functions": ["education", "education;building", ""], "year": [2023, 2023, 2024]})
    >>> profiles(rows).loc[2023, "education"].item()
    0.75
    """
    import pandas as pd

    if weight not in ("paragraphs", "chars") or scheme not in ("default", "classical"):
        raise InputError(
            f"weight is 'paragraphs' or 'chars', scheme 'default' or 'classical'; got {weight!r}, {scheme!r}"
        )
    frame = _with_group(paragraphs, _BY.get(by, by), documents)
    group = _BY.get(by, by)
    if not copies and "canonical" in frame:
        # A missing verdict is no verdict of being a copy.
        frame = frame[~frame["canonical"].map(_is_false)]
    names = list(labels) if labels is not None else _labels_in(frame)
    if scheme == "classical" and "building" in names:
        names.append(SELF_BUILDING.name)
    columns = [*dict.fromkeys(names), NONE]
    rows = _rows(frame, scheme)
    if unknown := sorted({name for row in rows for name in row} - {*columns, SELF_BUILDING.name}):
        raise InputError(f"the paragraphs bear the label {unknown[0]!r}; give labels=, among them this one")
    values = [_split(row, columns) for row in rows]
    share = pd.DataFrame(values, columns=columns, index=frame.index, dtype=float)
    if weight == "chars":
        share = share.mul(frame["text"].str.len(), axis=0)
    total = share.groupby(frame[group], sort=True, dropna=True).sum()
    out = total.div(total.sum(axis=1).where(lambda s: s > 0, 1.0), axis=0)
    out["paragraphs"] = frame.groupby(group, sort=True, dropna=True).size()
    return out


def _with_group(paragraphs: pd.DataFrame, group: str, documents: pd.DataFrame | None) -> pd.DataFrame:
    if "functions" not in paragraphs:
        raise InputError("the frame has no column 'functions'; give the paragraphs table")
    if group in paragraphs:
        return paragraphs
    if documents is None or group not in documents or "doc_id" not in paragraphs:
        raise InputError(f"no column {group!r} to group by; give documents= with that column, or another by=")
    return paragraphs.merge(documents[["doc_id", group]], on="doc_id", how="left")


def _labels_in(frame: pd.DataFrame) -> list[str]:
    """The labels of the model that scored the paragraphs, by the score columns that hold anything."""
    own = [c.removeprefix("score_") for c in frame.columns if c.startswith("score_") and frame[c].notna().any()]
    return own if set(own) - set(FUNCTIONS) else list(FUNCTIONS)


def _is_false(value: object) -> bool:
    return str(value).strip().lower() in ("false", "0", "0.0")


def _rows(frame: pd.DataFrame, scheme: str) -> list[list[str]]:
    subs: Sequence[object] = frame["sub"].tolist() if "sub" in frame else [None] * len(frame)
    apart = [scheme == "classical" and sub == "union" for sub in subs]
    return [_names(listed, own) for listed, own in zip(frame["functions"].tolist(), apart, strict=True)]


def _names(listed: object, apart: bool) -> list[str]:
    """The labels of one cell; with ``apart`` building is that of the union itself."""
    names = list(listed) if isinstance(listed, (tuple, list)) else str(listed or "").split(";")
    return [SELF_BUILDING.name if apart and n == "building" else n for n in names if n and n != "nan"]


def _split(names: list[str], columns: list[str]) -> list[float]:
    known = [n for n in names if n in columns] or [NONE]
    return [known.count(c) / len(known) for c in columns]
