"""The plots: what is drawn is what the frame says, in both languages, in a font that has every character of it."""

from __future__ import annotations

import warnings
from typing import Any

import pandas as pd
import pytest

pytest.importorskip("matplotlib", reason="the notebook extra is not installed")
pytest.importorskip("zhplot", reason="the notebook extra is not installed")

from matplotlib.text import Text

from gonghui_nlp.display import plots
from gonghui_nlp.errors import InputError
from gonghui_nlp.functions import profiles
from gonghui_nlp.words import LANGUAGES, speaking

ACTIVITIES = pd.DataFrame(
    [
        ("青石坳小学工会", "2019-03-08", "culture_sports", "done", 86.0, 30000.0, "spending", True),
        ("青石坳小学工会", "2019-03", "aid", "done", 18.0, 12000.0, "aid", True),
        ("白鹤浦中学工会", "2019-03-08", "culture_sports", "done", 86.0, 30000.0, "spending", False),
        ("鸿昱轴承厂工会", "2019-05", "culture_sports", "planned", 50.0, 9000.0, "spending", True),
        ("鸿昱轴承厂工会", "2019", "contest", "done", 120.0, None, None, True),
        (None, None, "aid", "routine", None, 500.0, "aid", True),
    ],
    columns=["unit", "date", "type", "status", "heads", "yuan", "purpose", "counted"],
)
PARAGRAPHS = pd.DataFrame(
    {"functions": ["education", "education;building", "", "参政"], "year": [2023, 2023, 2024, 2024]}
)
CLUSTERS = pd.DataFrame(
    {
        "cluster_id": [0, 1, 0, 0, 2],
        "canonical": [False, True, True, False, True],
        "similarity": [0.5, 1.0, 1.0, 0.9, 1.0],
    },
    index=["$甲$", "乙", "丙", "丁", "戊"],
)
SHARES = profiles(PARAGRAPHS, labels=["education", "building", "参政"])
DRAWN: dict[str, Any] = {
    "months": lambda language: plots.events_by_month(ACTIVITIES, language=language),
    "sums": lambda language: plots.sums_by_purpose(ACTIVITIES, language=language),
    "profiles": lambda language: plots.function_profiles(SHARES, language=language),
    "heads": lambda language: plots.heads_by_unit_kind(ACTIVITIES, language=language),
    "network": lambda language: plots.template_network(CLUSTERS, language=language),
    "empty": lambda language: plots.heads_by_unit_kind(ACTIVITIES[:0], language=language),
}


def words_of(figure: Any) -> list[str]:
    return [t.get_text() for t in figure.findobj(Text) if t.get_text()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DRAWN)
def test_all_characters_are_in_the_font_that_is_used(name: str, language: str) -> None:
    figure = DRAWN[name](language)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of a glyph that is missing
        assert figure._repr_png_().startswith(b"\x89PNG")
    assert {t.get_fontfamily()[0] for t in figure.findobj(Text) if t.get_text()} == {plots.font()}
    assert any("\u4e00" <= c <= "\u9fff" for t in words_of(figure) for c in t) or language == "en"
    if language == "en" and name in ("months", "sums", "heads", "empty"):
        assert all(c < "\u3000" for t in words_of(figure) for c in t)


def heights(figure: Any) -> dict[str, list[float]]:
    """The bars by what the legend calls them."""
    return {c.get_label(): [b.get_height() for b in c] for c in figure.axes[0].containers}


def test_months_hold_what_is_counted_and_no_plan() -> None:
    found = heights(plots.events_by_month(ACTIVITIES, language="zh"))
    assert found == {"慰问帮扶": [0, 0, 1] + [0] * 9, "文体": [0, 0, 1] + [0] * 9}
    events = ACTIVITIES.assign(date="3月8日", date_value=ACTIVITIES["date"])  # as the table of events has them
    assert heights(plots.events_by_month(events, language="zh")) == found
    note = plots.events_by_month(ACTIVITIES, language="zh").get_supxlabel()
    assert "共 2 项" in note and "2 项没有写明月份" in note


def test_the_rarer_types_stand_together() -> None:
    many = pd.DataFrame(
        {"date": ["2020-01-01"] * 9, "type": ["aid"] * 3 + ["meeting"] * 3 + ["rules", "rights", "other"]}
    )
    found = heights(plots.events_by_month(many, types=2, language="zh"))
    assert {name: bars[0] for name, bars in found.items()} == {"慰问帮扶": 3, "会议": 3, "其余类型": 3}


def test_sums_leave_out_copies_plans_rates_and_lost_numbers() -> None:
    bars = plots.sums_by_purpose(ACTIVITIES, language="en").axes[0].patches
    assert [b.get_width() for b in bars] == [12500.0, 30000.0]
    amounts = pd.DataFrame(
        {
            "value": [100.0, 7.0, None, 5.0],
            "purpose": ["aid"] * 4,
            "per": ["total", "person", "total", "total"],
            "currency": ["CNY", "CNY", "CNY", "USD"],
            "masked": [False, False, True, False],
        }
    )
    figure = plots.sums_by_purpose(amounts, language="en")
    assert [b.get_width() for b in figure.axes[0].patches] == [
        100.0
    ] and "1 more whose number is lost" in figure.get_supxlabel()


def test_what_dwarfs_the_rest_is_no_bar() -> None:
    figure = plots.sums_by_purpose(pd.DataFrame({"value": [50.0, 9e9], "purpose": ["aid", "other"]}))
    assert figure.axes[0].get_xscale() == "log" and not figure.axes[0].patches


def test_profiles_are_the_shares() -> None:
    found = heights(plots.function_profiles(SHARES, language="en"))
    assert found == {"education": [0.75, 0], "building": [0.25, 0], "参政": [0, 0.5], "none": [0, 0.5]}


def test_heads_by_kinds_told_from_names_or_given() -> None:
    axes = plots.heads_by_unit_kind(ACTIVITIES, language="zh").axes[0]
    assert [t.get_text() for t in axes.get_yticklabels()] == ["学校", "企业"]
    assert [b.get_width() for b in axes.patches] == [104.0, 120.0]
    own = plots.heads_by_unit_kind(ACTIVITIES.assign(unit_kind="托儿所")).axes[0]
    assert [t.get_text() for t in own.get_yticklabels()] == ["托儿所"]


def test_the_network_draws_clusters_of_several() -> None:
    figure = plots.template_network(CLUSTERS, language="zh")
    axes = figure.axes[0]
    assert len(axes.lines) == 2  # a line a copy
    assert {"丙", "$甲$", "丁", "0.50", "0.90"} <= set(words_of(figure)) and "乙" not in words_of(figure)
    assert "2 篇没有副本" in figure.get_supxlabel()


def test_the_language_spoken_is_the_default_and_settings_stay() -> None:
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    with speaking("zh"):
        assert plots.events_by_month(ACTIVITIES).axes[0].get_title(loc="left") == "各月开展的活动"
    assert plots.events_by_month(ACTIVITIES).axes[0].get_title(loc="left") == "Activities by month"
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: plots.events_by_month(ACTIVITIES.drop(columns="date")), "no column 'date'"),
        (lambda: plots.sums_by_purpose(ACTIVITIES[["yuan"]]), "no column 'purpose'"),
        (lambda: plots.heads_by_unit_kind(ACTIVITIES[["heads"]]), "no column 'unit'"),
        (lambda: plots.function_profiles(ACTIVITIES), "holds no shares"),
        (lambda: plots.template_network(CLUSTERS, ["甲"]), "5 rows and 1 names"),
        (lambda: plots.template_network(ACTIVITIES), "no column 'cluster_id'"),
        (lambda: plots.events_by_month(ACTIVITIES, language="fr"), "it must be zh, en or None"),  # type: ignore[arg-type]
    ],
)
def test_refused(call: Any, says: str) -> None:
    with pytest.raises(InputError, match=says):
        call()
