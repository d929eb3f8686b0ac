"""What a user's own module holds, by ``module:NAME``, as settings and options name it."""

from __future__ import annotations

import importlib

from gonghui_nlp.errors import InputError


def named(given: str, kind: type, what: str) -> object:
    """The object called ``module:NAME``, an instance or a subclass of ``kind``; InputError where there is none.

    >>> named("fractions:Fraction", object, "number").__name__
    'Fraction'
    """
    module, _, name = given.partition(":")
    try:
        found: object = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise InputError(
            f"{what} {given!r}: {error}; give the module and the name of a {kind.__name__} in it"
        ) from error
    if not isinstance(found, kind) and not (isinstance(found, type) and issubclass(found, kind)):
        raise InputError(f"{what} {given!r} is a {type(found).__name__}; it must be a {kind.__name__}")
    return found
