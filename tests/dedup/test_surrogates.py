"""Half a character in a text or a name, as broken decoding leaves it, fails nothing and nobody else's text."""

from __future__ import annotations

from pathlib import Path

from gonghui_nlp.dedup import deduplicate, write_report
from gonghui_nlp.dedup.difference import difference
from gonghui_nlp.dedup.index import Index
from gonghui_nlp.dedup.templates import template

TEXT = "我校工会在春节前夕走访慰问了26名患病教职工\ud800，送上慰问金13000元和節日的问候。難\udfff"
OTHER = TEXT.replace("26", "18")


def test_every_verb_takes_it(tmp_path: Path) -> None:
    found = deduplicate([TEXT, OTHER, "\ud800", "\udc00甲"])
    assert found["cluster_id"].tolist() == [0, 0, 1, 2]
    made = template([TEXT, OTHER])
    assert [row[0].text for row in made.members] == ["26名", "18名"]
    assert all(TEXT[f.start : f.end] == f.text for f in made.members[0])
    assert "<del>26</del>" in difference(TEXT, OTHER)
    write_report(found.iloc[:2], [TEXT, OTHER], tmp_path / "report", names=["a\ud800", "b"])
    assert "13000" in (tmp_path / "report" / "templates.csv").read_text(encoding="utf-8-sig")


def test_an_index_keeps_such_names(tmp_path: Path) -> None:
    index = Index(tmp_path / "i")
    index.add([TEXT, OTHER], ["a\ud800", "b"])
    index.save()
    assert Index(tmp_path / "i").names == ["a\ud800", "b"]
