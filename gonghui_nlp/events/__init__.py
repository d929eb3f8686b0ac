"""Events: who did what, when, with how many and for how much."""

from gonghui_nlp.events.explaining import EventExplanation, explain
from gonghui_nlp.events.extract import Task, extract, extract_many
from gonghui_nlp.events.models import models_of
from gonghui_nlp.events.passages import Passage

__all__ = ["EventExplanation", "Passage", "Task", "explain", "extract", "extract_many", "models_of"]
