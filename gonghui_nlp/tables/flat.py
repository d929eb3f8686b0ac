"""One flat frame of activities: what a researcher groups by year, type and function."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from gonghui_nlp.tables.frames import Tables

COLUMNS = (
    "event_id source title organisation kind year year_from function functions type status text trigger name date"
    " date_value place organiser participants heads money headcounts amounts counts result confidence start end"
).split()


def activities(tables: Tables) -> pd.DataFrame:
    """One row an activity, with what its document and its paragraph say beside it.

    ``year`` is that of the activity's own date, else the one its document's title says; ``year_from`` tells which
    (``date``, ``document`` or empty). ``function`` and ``functions`` are the paragraph's. ``heads`` (people) and
    ``money`` (yuan, all told) are the one number linked to the activity; empty when none or several are linked or
    the number was lost: ``headcounts`` and ``amounts`` list them as written.
    """
    import pandas as pd

    documents = tables.documents.set_index("doc_id")[["title", "kind", "organisation", "year"]]
    paragraphs = tables.paragraphs.set_index("paragraph_id")[["function", "functions"]]
    flat = tables.events.join(documents, on="doc_id").join(paragraphs, on="paragraph_id")
    dated = pd.to_numeric(flat["date_value"].astype("string").str.extract(r"^(\d{4})", expand=False)).astype("Int64")
    flat["year_from"] = None
    flat.loc[flat["year"].notna(), "year_from"] = "document"
    flat.loc[dated.notna(), "year_from"] = "date"
    flat["year"] = dated.fillna(flat["year"])
    total = tables.amounts[(tables.amounts["per"] == "total") & (tables.amounts["currency"] == "CNY")]
    for column, found, linked in (("heads", tables.headcounts, tables.headcounts), ("money", total, tables.amounts)):
        several = linked["event_id"].value_counts()
        only = found[found["event_id"].map(several).eq(1).fillna(False).astype(bool)]
        flat[column] = flat["event_id"].map(only.set_index("event_id")["value"])
    return flat[COLUMNS]
