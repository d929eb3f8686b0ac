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
        *(root / "docs").rglob("*.md"),
        *(root / "corpora").rglob("*.md"),
    ]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for word in ("../shared", "/work/", "helper session", "pypi.org"):
            assert word not in text, page


def test_every_promise_has_its_test(root):
    page = (root / "docs" / "promises.md").read_text(encoding="utf-8")
    rows = [row for row in re.findall(r"^\|(.+)\|$", page, flags=re.M) if "---" not in row and "proved by" not in row]
    assert len(rows) > 20
    for row in rows:
        tests = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", row)
        assert tests, row
        for file, name in tests:
            assert re.search(rf"^def {name}\(", (root / file).read_text(encoding="utf-8"), flags=re.M), (
                f"{file}::{name}"
            )
