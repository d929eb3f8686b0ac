"""Kinds of units by their names."""

import pytest

from gonghui_nlp.resources import OURS
from gonghui_nlp.tables.units import UNIT_KINDS, unit_kind
from gonghui_nlp.words import known


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("××乡中学工会", "school"),
        ("临江三中工会", "school"),
        ("砚星镇中心幼儿园", "school"),
        ("岚江理工学院工会", "school"),
        ("仁康县卫生院工会", "hospital"),
        ("岚江农商银行工会", "company"),
        ("宸阳建工集团总工会", "company"),
        ("二车间分会", "company"),
        ("青澜县水务局工会", "office"),
        ("青澜县局机关工会", "office"),
        ("青瀾縣教育工會女職工委員會", "federation"),
        ("镜潭乡联合工会", "federation"),
        ("春雨诗社", "other"),
        (" ", None),
        (None, None),
        (float("nan"), None),
    ],
)
def test_kind(name: object, kind: str | None) -> None:
    assert unit_kind(name) == kind


def test_every_kind_has_its_words_and_is_what_its_example_is() -> None:
    assert all(known(f"value.unit_kind.{kind}") for kind in UNIT_KINDS)
    for row in OURS.rows("units.tsv"):
        assert row["kind"] in UNIT_KINDS and unit_kind(row["example"]) == row["kind"]
