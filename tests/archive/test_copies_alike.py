"""The dedup command says of an archive what the tables say, and with an index over two runs what one run says."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest

from gonghui_nlp.archive import convert
from gonghui_nlp.archive.dedup import dedup

CLAUSES = """走访慰问患病教职工 修缮职工阅览室 举办女教工插花沙龙 组织退休教师参观古镇 签订集体合同 开展安全知识竞赛 筹建互助基金
评选师德标兵 举行趣味运动会 召开民主座谈会 添置羽毛球拍 开办暑期托管班 发放防暑饮料 慰问一线保洁员 公示工会经费账目 排练教师合唱
组织青年教师联谊 开设心理热线 举办厨艺比赛 更新宣传橱窗 协调食堂饭菜价格 代办互助保险 走进敬老院演出 编写工会简报""".split()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files in several formats and encodings: copies with other numbers, blank lines, line ends, widths and headers."""
    made = tmp_path_factory.mktemp("archive")
    draw = random.Random(3)
    for n in range(6):
        parts = [
            f"{'一二三'[i]}、" + "，".join(draw.sample(CLAUSES, 6)) + "，共{}人次参加，花去{}元。" for i in range(3)
        ]
        text = "溪口第{}中学工会工作总结\n" + "\n".join(parts) + "\n"

        def filled(text: str = text, n: int = n) -> str:
            return text.format(n + 1, *(draw.randrange(10, 999) for _ in range(6)))

        (made / f"{n}a.txt").write_text(filled(), encoding="utf-8")
        (made / f"{n}b.txt").write_bytes(filled().replace("\n", "\r\n\r\n").encode("gb18030"))
        (made / f"{n}c.htm").write_text(
            f"<html><body><div>首页 &gt; 工会</div>{''.join(f'<p>{p}</p>' for p in filled().split(chr(10)) if p)}</body></html>",
            encoding="utf-8",
        )
        (made / f"{n}d.md").write_text("# " + filled().replace("，", "，　"), encoding="utf-8")
    return made


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def tables(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("made") / "tables"
    convert([folder], out)
    return out


@pytest.mark.parametrize(("unit", "key"), [("documents", "doc_id"), ("paragraphs", "paragraph_id")])
def test_the_tables_and_the_command_agree(folder: Path, tables: Path, tmp_path: Path, unit: str, key: str) -> None:
    dedup([folder], tmp_path / "copies", unit=unit)
    said = {r["name"]: r for r in _rows(tmp_path / "copies" / "clusters.csv")}
    names = list(said)
    table = _rows(tables / f"{unit}.csv")
    assert {r[key] for r in table} == set(said)
    for row in table:
        theirs = said[row[key]]
        assert row["cluster_id"] == names[int(theirs["canonical_id"])]
        assert row["canonical"].lower() == theirs["canonical"].lower()
        assert float(row.get("similarity", theirs["similarity"])) == float(theirs["similarity"])
    assert len({r["cluster_id"] for r in table}) < len(table) / 2


def test_two_runs_with_an_index_show_what_one_run_over_all_shows(folder: Path, tmp_path: Path) -> None:
    files = sorted(folder.iterdir())
    for part in (files[:9], files[9:]):
        dedup(part, tmp_path / f"run{len(part)}", unit="paragraphs", index=tmp_path / "index")
    dedup(files, tmp_path / "whole", unit="paragraphs")
    for name in ("clusters", "templates", "slots", "stock"):
        assert _rows(tmp_path / "run15" / f"{name}.csv") == _rows(tmp_path / "whole" / f"{name}.csv"), name
    assert len(_rows(tmp_path / "whole" / "slots.csv")) > 20
