"""Structure: the outline that a careful reader would draw."""

from gonghui_nlp.outline.reader import read_structure
from gonghui_nlp.outline.structure import Structure

__all__ = ["Structure", "read_structure"]
