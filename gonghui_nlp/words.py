"""What people read, in Chinese and English, from one table: ``resources/words/*.tsv``, an entry a string.

An entry has a key, and its words in both languages; ``{name}`` stands for what differs. :func:`word` gives the words of
a key. Messages that are made where nobody knows who will read them (errors, issues) are English and are put into the
reader's language where they are shown: :func:`told` finds their entry by the English words.
"""

from __future__ import annotations

import locale
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from gonghui_nlp.errors import InputError
from gonghui_nlp.resources import current, knowledge
from gonghui_nlp.resources.knowledge import remembered

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")

_spoken: ContextVar[Language] = ContextVar("language", default="en")
spoken = _spoken.get
"""The language people are spoken to in; English unless :func:`speak` or :func:`speaking` says otherwise."""


def language_of(wanted: str = "auto") -> Language:
    """``zh`` or ``en``; for ``auto`` what the locale says. InputError for any other.

    >>> language_of("zh"), language_of("EN")
    ('zh', 'en')
    """
    name = wanted.strip().lower()
    if name in LANGUAGES:
        return name
    if name != "auto":
        raise InputError(f"language is {wanted!r}; it must be zh, en or auto")
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if told_by := os.environ.get(variable, ""):
            return "zh" if told_by.lower().startswith("zh") else "en"
    system = (locale.getlocale()[0] or "").lower()  # as on Windows, where no variable is set
    return "zh" if system.startswith(("zh", "chinese")) else "en"


def speak(language: Language) -> None:
    """Speak this language from now on."""
    _spoken.set(language)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak this language inside the block."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


class Entry(NamedTuple):
    """The words of a key in both languages."""

    key: str
    zh: str
    en: str


@knowledge
def entries() -> dict[str, Entry]:
    """Every entry by its key."""
    rows = (row for name in current().names("words") for row in current().rows(name))
    return {row["key"]: Entry(row["key"], row["zh"], row["en"]) for row in rows}


_SLOT = re.compile(r"(\{[a-z_]+\})")


@lru_cache(maxsize=2048)
def _pattern(words: str) -> re.Pattern[str]:
    """The words with their slots open; one that stands twice must be filled the same way."""
    out, seen = [], set()
    for part in _SLOT.split(words):
        name = part[1:-1] if _SLOT.fullmatch(part) else None
        if name is None:
            out.append(re.escape(part))
        else:
            out.append(f"(?P={name})" if name in seen else f"(?P<{name}>.*?)")
            seen.add(name)
    return re.compile("".join(out), re.DOTALL)


@knowledge
def _groups() -> dict[str, list[Entry]]:
    """The entries by all that stands before a point of their key, those with the most words of their own first."""
    found: dict[str, list[Entry]] = {}
    for entry in sorted(entries().values(), key=lambda e: (-len(_SLOT.sub("", e.en)), e.key)):
        group = entry.key.rpartition(".")[0]
        while group:
            found.setdefault(group, []).append(entry)
            group = group.rpartition(".")[0]
    return found


def known(key: str) -> bool:
    """Whether there is an entry of this key."""
    return key in entries()


def word(key: str, language: Language | None = None, /, **given: Any) -> str:
    """The words of a key in the language (else the one spoken), its slots filled; LookupError without an entry.

    >>> word("value.type.aid", "zh"), word("value.type.aid", "en")
    ('慰问帮扶', 'aid')
    """
    entry = entries()[key]
    words = entry.zh if (language or spoken()) == "zh" else entry.en
    return _filled(words, given)


def _filled(words: str, given: dict[str, Any]) -> str:
    """Slots filled; braces that are none stay, and what is filled in is never looked at for slots."""
    return _SLOT.sub(lambda m: str(given[m[1][1:-1]]) if m[1][1:-1] in given else m[1], words) if given else words


# What is longer is a text that somebody passed, and would be searched in vain.
_LONGEST = 2000


@remembered(4096)
def _told(message: str, group: str) -> str:
    for entry in _groups().get(group, ()) if len(message) <= _LONGEST else ():
        if (found := _pattern(entry.en).fullmatch(message)) is not None:
            return _filled(entry.zh, {name: _told(value, "message") for name, value in found.groupdict().items()})
    return message


def told(message: str, language: Language | None = None, group: str = "message") -> str:
    """A message that was made in English, in the language (else the one spoken); as it is where no entry has it.

    >>> told("holds no text", "zh")
    '没有文字'
    """
    return _told(message, group) if (language or spoken()) == "zh" and message else message
