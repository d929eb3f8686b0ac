"""Events: who did what, when, with how many and for how much."""

from gonghui_nlp.events.extract import extract
from gonghui_nlp.events.passages import Passage

__all__ = ["Passage", "extract"]
