"""What a user's own module holds, by ``module:NAME``, and modules that make known what they hold, as settings name them."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterable
from pathlib import Path

from gonghui_nlp.errors import GonghuiError, InputError


def plugged(modules: Iterable[str]) -> None:
    """Imports modules of one's own, each once; they make known what they hold (``register_reader`` …).

    A module has a name that Python finds, or is the path of a ``.py`` file. Raises InputError, with the reason, for
    one that is not there or fails.
    """
    for module in modules:
        try:
            if module.endswith(".py"):
                _from_file(Path(module))
            else:
                importlib.import_module(module)
        except GonghuiError:
            raise
        except Exception as error:  # whatever a module of somebody else raises
            why = error.strerror or error if isinstance(error, OSError) else error
            raise InputError(f"plugin {module!r}: {why}; give a module that Python finds, or a .py file") from error


def _from_file(path: Path) -> None:
    """Runs a file as the module of its name, unless that file has been run."""
    path = path.resolve()
    known = sys.modules.get(path.stem)
    if known is not None:
        if getattr(known, "__file__", None) != str(path):
            raise ImportError(f"a module {path.stem} is there already; rename the file")
        return
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError("no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[path.stem]
        raise


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
