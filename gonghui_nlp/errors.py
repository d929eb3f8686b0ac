"""One family of errors: bad calls raise them; bad text never does."""

from __future__ import annotations


class GonghuiError(Exception):
    """Base of every error this package raises on purpose; its text says what was wrong and what to do."""


class InputError(GonghuiError, ValueError):
    """An argument, a path or a setting that cannot be used."""


class ReadingError(GonghuiError):
    """A file whose text cannot be had; the batch records it and goes on."""


class ModelError(GonghuiError):
    """A model or index file that is damaged, foreign or from another version."""


class OutputError(GonghuiError):
    """An output place that cannot be written without harming what is there."""
