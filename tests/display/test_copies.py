"""The report on copies: clusters to search, why and in what they differ, and what to keep by the names of the files."""

from __future__ import annotations

import csv
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonghui_nlp.dedup import deduplicate, write_report
from gonghui_nlp.display.copies import _side_by_side, draw
from gonghui_nlp.words import speaking

COMMON = "春节前走访慰问患病教职工，坚持做到生病住院必访、家庭困难必访，让教职工感受到组织的关怀和温暖。" * 3
TEXTS = [
    f"2021年，我校工会慰问了18名教职工，发放慰问金9600元。{COMMON}",
    f"2022年，我校工会慰问了22名教职工，发放慰问金11000元。{COMMON}",
    f"2022年，我校工会慰问了22名教职工，发放慰问金11000元。{COMMON}",
    "<script>alert(1)</script>组织女教工前往桂枝山登山。",
]
NAMES = ["=映山.txt#1", "澄湖.txt#1", "石桥.txt#1", "<b>.txt#1"]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    with speaking("zh"):
        write_report(deduplicate(TEXTS), TEXTS, tmp_path, names=NAMES, draw=draw)
    return tmp_path


def test_what_to_keep_by_names(report: Path) -> None:
    with (report / "去留清单.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(r["文件"], r["去留"], r["保留的文本"]) for r in rows] == [
        ("'=映山.txt", "保留", "'=映山.txt#1"),
        ("澄湖.txt", "副本", "'=映山.txt#1"),
        ("石桥.txt", "副本", "'=映山.txt#1"),
        ("<b>.txt", "保留", "<b>.txt#1"),
    ]
    first = (report / "去留清单.xlsx").read_bytes()
    with speaking("zh"):
        write_report(deduplicate(TEXTS), TEXTS, report, names=NAMES, draw=draw)
    assert first == (report / "去留清单.xlsx").read_bytes()


def test_a_page_tells_why_and_in_what(report: Path) -> None:
    page = (report / "对照" / "0.html").read_text(encoding="utf-8")
    words = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", page.split("<main", 1)[1])))
    assert "保留" in words and "【人数】" in words and "18名" in words and "11000元" in words
    assert "因为它" in page and "<del>" in page and "<ins>" in page
    assert page.count(COMMON[60:120]) <= 4
    assert 'href="index.html"' in page and 'href="../去留清单.xlsx"' in (report / "对照" / "index.html").read_text(
        "utf-8"
    )


@given(
    st.text(alphabet="慰问职工2018名，。\n <&", max_size=300), st.text(alphabet="慰问职工2018名，。\n <&", max_size=300)
)
def test_side_by_side_both_texts_are_there(left: str, right: str) -> None:
    rows = _side_by_side(left, right)

    def read(side: str) -> str:
        parts = [row.same or unescape(re.sub(r"</?(?:del|ins)>", "", getattr(row, side))) for row in rows]
        return "".join(parts)

    assert read("left") == left
    assert "".join(read("right").split()) == "".join(right.split())


def test_the_report_in_a_browser(report: Path, browser: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto((report / "对照" / "index.html").as_uri())
    found = [axe.run(page).response["violations"]]
    page.fill("[name=query]", "没有")
    page.wait_for_selector("tbody tr[hidden]", state="attached")
    page.fill("[name=query]", "石桥")
    page.locator("tbody a:visible").click()
    found.append(axe.run(page).response["violations"])
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator(".back a").click()
    assert page.url.endswith("index.html")
    page.close()
    assert [(v["id"], v["nodes"][0]["html"][:200]) for violations in found for v in violations] == []
