"""Duplicates and templates: which texts are copies of which, and what was changed in them."""

from __future__ import annotations

from gonghui_nlp.dedup.difference import difference
from gonghui_nlp.dedup.frame import THRESHOLDS, deduplicate
from gonghui_nlp.dedup.normalise import Steps
from gonghui_nlp.dedup.phrases import stock_phrases
from gonghui_nlp.dedup.report import write_report
from gonghui_nlp.dedup.templates import Template, template

__all__ = [
    "THRESHOLDS",
    "Steps",
    "Template",
    "deduplicate",
    "difference",
    "stock_phrases",
    "template",
    "write_report",
]
