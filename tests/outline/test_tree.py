"""The outline as a nested structure and as Markdown."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gonghui_nlp.outline import read_structure
from gonghui_nlp.outline.tree import Node, outline, to_markdown
from gonghui_nlp.schema import Document
from gonghui_nlp.text.normalize import fold

TEXT = """山泉小学工会工作总结
一年来，工会做了以下工作。
一、民主管理
（一）教代会
1、征集提案12件。
2、落实提案。答复率达到100%。
（二）校务公开
每月公示一次。
二、文体活动
一是登山；二是跳绳。
"""


def document(text: str) -> Document:
    s = read_structure(fold(text))
    return Document(text, "", s.constituents, s.sections, s.paragraphs)


def flat(nodes: list[Node] | tuple[Node, ...]) -> list[Node]:
    return [x for n in nodes for x in (n, *flat(n.children))]


def test_nodes_know_path_heading_and_body() -> None:
    (top,) = outline(document(TEXT))
    assert (top.title, top.path, [p.text for p in top.paragraphs]) == (
        "山泉小学工会工作总结",
        "1",
        ["一年来，工会做了以下工作。"],
    )
    assert [(n.path, n.heading) for n in flat(top.children)] == [
        ("一", "一、民主管理"),
        ("一/（一）", "（一）教代会"),
        ("一/（一）/1", "1、"),
        ("一/（一）/2", "2、落实提案"),
        ("一/（二）", "（二）校务公开"),
        ("二", "二、文体活动"),
        ("二/一是", "一是"),
        ("二/二是", "二是"),
    ]


def test_markdown_prints_every_word_once() -> None:
    assert to_markdown(document(TEXT)) == (
        "# 山泉小学工会工作总结\n\n一年来，工会做了以下工作。\n\n## 一、民主管理\n\n### （一）教代会\n\n"
        "1、征集提案12件。\n\n2、落实提案。答复率达到100%。\n\n### （二）校务公开\n\n每月公示一次。\n\n"
        "## 二、文体活动\n\n一是登山；\n\n二是跳绳。\n"
    )


def test_the_empty_document_has_no_outline() -> None:
    assert outline(Document("")) == [] and to_markdown(Document("")) == ""


def test_depth_costs_no_recursion() -> None:
    styles = ["一、", "（一）", "1、", "（1）", "①", "A、", "1）"]
    doc = document("".join(f"{m}工作\n" for m in styles) * 500)
    assert to_markdown(doc).count("工作") == 3500


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["一、", "二、", "（一）", "1、", "一是", "二是", "第一篇：", "某校工会总结", "\n", "学习。", "开展活动"]
        ),
        max_size=40,
    )
)
def test_the_tree_holds_every_section_and_paragraph_once(parts: list[str]) -> None:
    doc = document("".join(parts))
    nodes = flat(outline(doc))
    assert [n.section for n in nodes if n.section] == list(doc.sections)
    assert [p for n in nodes for p in n.paragraphs] == list(doc.paragraphs)
    inner = [n for n in nodes if n.section]
    assert [n.path for n in inner] == [doc.path_of(n.section) for n in inner if n.section]
