"""Events: who did what, when, with how many and for how much."""

from .extract import extract
from .passages import Passage

__all__ = ["Passage", "extract"]
