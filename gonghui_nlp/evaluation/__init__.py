"""Scores of tables against gold annotation."""

from .scores import evaluate

__all__ = ["evaluate"]
