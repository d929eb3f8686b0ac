"""All knowledge as data: word lists, numbering styles, patterns, translations, one folder a room.

One loader reads it, and a user's folder lies over it: see :class:`Resources`. What a run knows is what the current
Resources hold; :func:`using` makes others current, and what is built from them (:func:`knowledge`) is built once for
each.
"""

from gonghui_nlp.resources.knowledge import OURS, current, go_by, knowledge, remembered, using
from gonghui_nlp.resources.loader import Entry, Resources, Row, opened

__all__ = ["OURS", "Entry", "Resources", "Row", "current", "go_by", "knowledge", "opened", "remembered", "using"]
