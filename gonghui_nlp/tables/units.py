"""What kind of unit a name is of: a school, a company, a federation of unions."""

from __future__ import annotations

import re
from os import PathLike
from pathlib import Path

from gonghui_nlp.resources import current, knowledge, opened, using
from gonghui_nlp.text.normalize import fold

UNIT_KINDS = ("school", "hospital", "company", "office", "federation", "other")


@knowledge
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [(row["kind"], re.compile(row["pattern"])) for row in current().rows("units.tsv")]


def unit_kind(name: object, resources: str | PathLike[str] | None = None) -> str | None:
    """The kind of a unit, one of ``UNIT_KINDS`` (a folder of ``resources`` of your own may have more); None for a missing name.

    It goes by words of the name alone (``resources/units.tsv``); a name with none of them is ``other``.

    >>> unit_kind("青澜县杨柳洲小学工会"), unit_kind("鴻昱軸承有限責任公司工會"), unit_kind("县总工会"), unit_kind("春雨诗社")
    ('school', 'company', 'federation', 'other')
    """
    if not isinstance(name, str) or not name.strip():
        return None
    folded = fold(name)
    with using(opened(Path(resources)) if resources is not None else current()):
        return next((kind for kind, pattern in _patterns() if pattern.search(folded)), "other")
