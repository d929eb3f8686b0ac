"""The report: its tables and pages, cells that no spreadsheet runs, and places that cannot be written."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from gonghui_nlp.dedup import deduplicate, write_report
from gonghui_nlp.errors import InputError, OutputError

STOCK = "工会是教职工温暖的家园。"
TEXTS = [
    f"=2023年，我校工会走访慰问了26名患病教职工，送上慰问金13000元，并办理互助保险。{STOCK}",
    f"=2024年，我校工会走访慰问了18名患病教职工，送上慰问金9000元，并办理互助保险。{STOCK}",
    f"<b>春季登山</b>去了城郊的凤凰岭，六十位教师登顶，归途采摘草莓，傍晚返校。{STOCK}",
]


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))


def test_tables_and_pages(tmp_path: Path) -> None:
    paths = write_report(deduplicate(TEXTS), TEXTS, tmp_path, names=["@a", "b", "c"])
    clusters = _table(paths["clusters"])
    assert [(r["name"], r["cluster_id"], r["kind"]) for r in clusters] == [
        ("'@a", "0", "exact"),
        ("b", "0", "near"),
        ("c", "1", "unique"),
    ]
    (made,) = _table(paths["templates"])
    assert made["skeleton"].startswith("'=【年份】，我校工会走访慰问了【人数】患病教职工")
    values = {(r["name"], r["type"]): r["text"] for r in _table(paths["slots"])}
    assert values["b", "headcount"] == "18名" and values["'@a", "amount"] == "13000元"
    assert [(r["text"], r["documents"]) for r in _table(paths["stock"])] == [(STOCK, "2")]
    page = (paths["differences"].parent / "0.html").read_text(encoding="utf-8")
    assert "<del>26</del>" in page and "<ins>18</ins>" in page
    assert 'href="0.html"' in paths["differences"].read_text(encoding="utf-8")


def test_texts_that_are_not_at_hand_are_only_listed(tmp_path: Path) -> None:
    paths = write_report(deduplicate(TEXTS), [None, *TEXTS[1:]], tmp_path)
    assert len(_table(paths["clusters"])) == 3
    assert _table(paths["templates"]) == []


def test_many_members_and_many_clusters_are_bounded(tmp_path: Path) -> None:
    texts = [TEXTS[0].replace("26", str(i)) for i in range(30)] + [TEXTS[2]] * 2
    paths = write_report(deduplicate(texts), texts, tmp_path, members=5, pages=1)
    assert len({r["name"] for r in _table(paths["slots"])}) == 5
    assert _table(paths["templates"])[0]["members"] == "30"
    assert sorted(p.name for p in paths["differences"].parent.iterdir()) == ["0.html", "index.html"]


def test_wrong_lengths_and_places(tmp_path: Path) -> None:
    frame = deduplicate(TEXTS)
    with pytest.raises(InputError, match="2 texts, 3 rows of clusters and 2 names"):
        write_report(frame, TEXTS[:2], tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot make the folder"):
        write_report(frame, TEXTS, tmp_path / "file")
