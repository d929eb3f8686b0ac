"""Duplicates and templates: which texts are copies of which, and what was changed in them."""

from __future__ import annotations

from gonghui_nlp.dedup.frame import THRESHOLDS, deduplicate
from gonghui_nlp.dedup.normalise import Steps

__all__ = ["THRESHOLDS", "Steps", "deduplicate"]
