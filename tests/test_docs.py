"""The documents say what the code does."""

import re

from gonghui_nlp.tables import COLUMNS


def test_the_table_page_lists_every_column_in_order(root):
    page = (root / "docs" / "tables.md").read_text(encoding="utf-8")
    listed = {}
    for table, cell in re.findall(r"^\| (\w+) \| (.+) \|$", page, flags=re.M):
        listed[table] = tuple(re.sub(r" \([^)]*\)", "", cell).split(", "))
    listed.pop("table", None)
    assert listed == COLUMNS


def test_no_document_names_what_is_not_part_of_the_product(root):
    pages = [
        root / "README.md",
        root / "CHANGELOG.md",
        *(root / "docs").glob("*.md"),
        *(root / "corpora").rglob("*.md"),
    ]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for word in ("../shared", "/work/", "helper session", "pypi.org"):
            assert word not in text, page
