"""What kind of unit a name is of: a school, a company, a federation of unions."""

from __future__ import annotations

import re

from gonghui_nlp.resources import current, knowledge
from gonghui_nlp.text.normalize import fold

UNIT_KINDS = ("school", "hospital", "company", "office", "federation", "other")


@knowledge
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [(row["kind"], re.compile(row["pattern"])) for row in current().rows("units.tsv")]


def unit_kind(name: object) -> str | None:
    """The kind of a unit, one of ``UNIT_KINDS`` (a folder of resources may have more); None for a missing name.

    It goes by words of the name alone (``resources/units.tsv``); a name with none of them is ``other``.

    >>> unit_kind("青澜县杨柳洲小学工会"), unit_kind("鴻昱軸承有限責任公司工會"), unit_kind("县总工会"), unit_kind("春雨诗社")
    ('school', 'company', 'federation', 'other')
    """
    if not isinstance(name, str) or not name.strip():
        return None
    folded = fold(name)
    return next((kind for kind, pattern in _patterns() if pattern.search(folded)), "other")
