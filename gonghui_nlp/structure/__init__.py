"""Structure: the outline that a careful reader would draw."""

from gonghui_nlp.structure.reader import read_structure
from gonghui_nlp.structure.structure import Structure

__all__ = ["Structure", "read_structure"]
