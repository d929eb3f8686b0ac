"""Archives to tables."""

from gonghui_nlp.batch.convert import Report, convert
from gonghui_nlp.batch.shards import Tally

__all__ = ["Report", "Tally", "convert"]
