"""Chinese trade-union (工会) work summaries turned into data.

>>> import gonghui_nlp as gh
>>> doc = gh.analyze("3月8日，组织86名女教工参加健步行活动。")
>>> [d.value for d in doc.dates]
['XXXX-03-08']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from gonghui_nlp.version import __version__

# Every verb is imported when it is first used, so that `import gonghui_nlp` costs nothing.
_HOME = {
    "analyze": "pipeline",
    "analyze_many": "pipeline",
    "read": "readers",
    "to_frames": "tables",
    "read_tables": "tables",
    "deduplicate": "dedup",
    "load": "adapters.spacy_component",
    "parse_numeral": "quantities",
    "find_quantities": "pipeline",
    "Pipeline": "pipeline",
    "Stage": "pipeline",
    "evaluate": "evaluation",
    "Settings": "settings",
    "Document": "schema",
    "Source": "schema",
    "GonghuiError": "errors",
}
__all__ = [*_HOME, "__version__"]

if TYPE_CHECKING:
    from gonghui_nlp.adapters.spacy_component import load as load
    from gonghui_nlp.dedup import deduplicate as deduplicate
    from gonghui_nlp.errors import GonghuiError as GonghuiError
    from gonghui_nlp.evaluation.scores import evaluate as evaluate
    from gonghui_nlp.pipeline import Pipeline as Pipeline
    from gonghui_nlp.pipeline import Stage as Stage
    from gonghui_nlp.pipeline import analyze as analyze
    from gonghui_nlp.pipeline import analyze_many as analyze_many
    from gonghui_nlp.pipeline import find_quantities as find_quantities
    from gonghui_nlp.quantities import parse_numeral as parse_numeral
    from gonghui_nlp.readers import read as read
    from gonghui_nlp.schema import Document as Document
    from gonghui_nlp.schema import Source as Source
    from gonghui_nlp.settings import Settings as Settings
    from gonghui_nlp.tables import read_tables as read_tables
    from gonghui_nlp.tables import to_frames as to_frames


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'gonghui_nlp' has no attribute {name!r}")
    if name in ("analyze", "analyze_many", "Document", "Pipeline", "evaluate", "deduplicate"):
        # What a notebook shows for their results is loaded when it first shows one.
        import_module("gonghui_nlp.schema").show_with(lambda: import_module("gonghui_nlp.display.registered"))
    value = getattr(import_module(f"gonghui_nlp.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
