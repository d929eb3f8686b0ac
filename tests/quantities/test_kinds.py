"""The registry of kinds: each reads its example, and a kind of one's own is one entry of a file."""

from __future__ import annotations

from pathlib import Path

import pytest

import gonghui_nlp as gh
from gonghui_nlp.errors import InputError
from gonghui_nlp.quantities import scan
from gonghui_nlp.quantities.kinds import QuantityKind, kinds
from gonghui_nlp.resources import Resources, using
from gonghui_nlp.settings import Settings

AREA = """
[[measure]]
name = "area"
units = { "平方米" = 1, "亩" = 666.67 }
example = "新建活动室120平方米"
"""
RECORD = {"money": "Amount", "rate": "Count", "time": "Count", "people": "Headcount", "thing": "Count"}


def folder(place: Path, text: str) -> Path:
    (place / "quantities").mkdir()
    (place / "quantities" / "measures.toml").write_text(text, encoding="utf-8")
    return place


@pytest.mark.parametrize("kind", kinds(), ids=lambda k: k.name)
def test_every_kind_reads_its_example_and_leaves_its_counter_example(kind: QuantityKind) -> None:
    named = [type(q).__name__ for q in scan(kind.example).all()]
    assert RECORD[kind.name] in named
    assert not scan(kind.counter_example).all()


def test_a_kind_of_ones_own_is_one_entry(tmp_path: Path) -> None:
    with using(Resources(folder(tmp_path, AREA))):
        found = scan("新建活动室近120平方米，扩建菜园2亩，添置电脑3台。")
    assert [(m.kind, m.text, m.value, m.unit, m.what and m.what.text) for m in found.measures] == [
        ("area", "近120平方米", 120, "平方米", "活动室"),
        ("area", "2亩", 1333.34, "平方米", "扩建菜园"),
    ]
    assert [c.text for c in found.counts] == ["3台"]
    assert scan("扩建菜园2亩").measures == ()


def test_a_kind_of_ones_own_stands_in_the_document(tmp_path: Path) -> None:
    doc = gh.analyze("扩建菜园２亩。", Settings(resources=str(folder(tmp_path, AREA))))
    assert [(m.text, m.id) for m in doc.more["area"]] == [("２亩", "m1")]


def test_an_entry_that_is_not_complete_is_refused_with_its_place(tmp_path: Path) -> None:
    with using(Resources(folder(tmp_path, AREA.replace("area", "money")))), pytest.raises(InputError, match="line 2"):
        scan("扩建菜园2亩")


OWN = {
    "quantities/classifiers.tsv": "word\texample\tone\tlost\tnever\n挑\t送水9挑\tn\t水 泥土\t战|选\n-篇\t\t\t\t\n",
    "people.tsv": "word\tas\texample\n护林嫂\tnumber participants\t慰问6名护林嫂\n",
    "quantities/currencies.tsv": "word\tcode\texample\n龙洋\tLYD\t折合30龙洋\n",
    "quantities/festivals.tsv": "name\tday\tform\texample\tnot_after\tnot_before\n开犁节\t03-20\tplain\t开犁节期间\t\t\n",
    "quantities/purposes.tsv": "purpose\tcue\texample\naid\t暖冬\t暖冬行动支出500元\n",
    "quantities/traps.tsv": "pattern\texample\n九件套\t推行九件套\n",
}
TOLD = "开犁节期间送水9挑，暖冬行动支出500元，折合30龙洋，慰问6名护林嫂，推行九件套，征文3篇。"


def told() -> dict[str, list[object]]:
    found = scan(TOLD)
    return {
        "dates": [(d.text, d.value) for d in found.dates],
        "counts": [(c.text, c.unit) for c in found.counts],
        "amounts": [(a.text, a.currency, a.purpose) for a in found.amounts],
        "people": [(h.text, h.who and h.who.text) for h in found.headcounts],
    }


def test_units_people_currencies_festivals_of_ones_own_take_effect_and_leave_again(tmp_path: Path) -> None:
    before = told()
    assert ("3篇", "篇") in before["counts"] and not before["dates"]
    for name, text in OWN.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    with using(Resources(tmp_path)):
        assert told() == {
            "dates": [("开犁节期间", "XXXX-03-20")],
            "counts": [("9挑", "挑")],
            "amounts": [("500元", "CNY", "aid"), ("30龙洋", "LYD", "other")],
            "people": [("6名", "护林嫂")],
        }
    assert told() == before


def test_words_of_ones_own_say_how_near_a_number_is(tmp_path: Path) -> None:
    text = "足足30人到会，捐款40许万元，慰问50户开外，资助六十人。"
    words = "足足\tbefore\tover\t足足30人\n许\tinside\tabout\t40许元\n开外\tafter\tover\t50户开外\n"
    (tmp_path / "quantities").mkdir()
    path = tmp_path / "quantities/nearness.tsv"
    path.write_text("word\tstands\tsays\texample\n" + words, encoding="utf-8")
    with using(Resources(tmp_path)):
        found = scan(text)
        said = [(q.text, q.approx) for q in (*found.headcounts, *found.amounts, *found.counts)]
    assert said == [("足足30人", "over"), ("六十人", "exact"), ("40许万元", "about"), ("50户开外", "over")]
    assert not [q for q in (*scan(text).headcounts, *scan(text).counts) if q.approx != "exact"]
    path.write_text("word\tstands\tsays\texample\n足足\tfront\tover\t足足30人\n", encoding="utf-8")
    with using(Resources(tmp_path)), pytest.raises(InputError, match="line 2: 足足 stands front and says over; give"):
        scan(text)


def test_a_festival_of_its_number_and_a_congress_of_ones_own(tmp_path: Path) -> None:
    text = "庆祝九三节，元旦、九三、国庆期间慰问。2024年学习二十一大精神。"
    (tmp_path / "quantities").mkdir()
    festivals = tmp_path / "quantities/festivals.tsv"
    festivals.write_text("name\tday\tform\texample\n九三\t09-03\tnumber\t庆“九三”\n", encoding="utf-8")
    (tmp_path / "quantities/congresses.tsv").write_text(
        "congress\tyear\texample\n二十一\t2027\t学习二十一大精神\n", encoding="utf-8"
    )
    ours = scan(text)
    with using(Resources(tmp_path)):
        mine = scan(text)
    assert [d.value for d in mine.dates if "九三" in d.text] == ["XXXX-09-03", "XXXX-09-03"]
    assert not [d for d in ours.dates if "九三" in d.text]
    assert [i.code for i in mine.issues] == ["occasion_year"] and not ours.issues
    festivals.write_text("name\tday\tform\texample\n九三\t09-04\tnumber\t庆“九三”\n", encoding="utf-8")
    with using(Resources(tmp_path)), pytest.raises(InputError, match="line 2: 九三 is not written as the figures"):
        scan(text)


def test_a_cue_of_ones_own_says_whose_a_sum_is(tmp_path: Path) -> None:
    folder = tmp_path / "quantities/patterns"
    folder.mkdir(parents=True)
    (folder / "amounts.toml").write_text(
        "[[pattern]]\nname = 'standard'\npattern = '(?:标准|定额)[为是由从]?$'\nexample = '慰问定额为'\ncounter = '定额高'\n",
        encoding="utf-8",
    )
    sentence = "慰问定额为500元。"
    assert scan(sentence).amounts[0].per == "total"
    with using(Resources(tmp_path)):
        assert scan(sentence).amounts[0].per == "person"
