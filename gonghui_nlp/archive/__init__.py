"""Archives to tables."""

from gonghui_nlp.archive.convert import Report, convert
from gonghui_nlp.archive.packed import Tally

__all__ = ["Report", "Tally", "convert"]
