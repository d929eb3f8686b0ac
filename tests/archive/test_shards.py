"""Only what a run itself finished is taken into its tables."""

import json

import pytest

from gonghui_nlp.archive.shards import Chunk, convert_chunk, read_shards
from gonghui_nlp.errors import OutputError
from gonghui_nlp.readers import find_files
from gonghui_nlp.settings import Settings


@pytest.fixture
def shards(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / "in" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "in" / name).write_text("看望了18名教师\u2028。\n", encoding="utf-8")
    folder = tmp_path / "shards"
    folder.mkdir()
    for number, entry in enumerate(find_files([tmp_path / "in"])):
        convert_chunk(Chunk(number, (entry,)), folder, None, Settings())
    return folder


def test_a_shard_without_its_manifest_counts_for_nothing(shards):
    assert [row[0] for row in read_shards(shards, "sources")] == ["a.txt", "b.txt"]
    (shards / "000000001.shard.json").unlink()
    assert [row[0] for row in read_shards(shards, "sources")] == ["a.txt"]


def test_a_shard_with_rows_missing_is_refused(shards):
    path = shards / "000000000.paragraphs.jsonl"
    path.write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="paragraphs of shard 0 has 0 rows, 2 were written"):
        list(read_shards(shards, "paragraphs"))


def test_the_manifest_of_a_shard_names_its_sources_by_their_bytes(shards, tmp_path):
    from hashlib import sha256

    about = json.loads((shards / "000000000.shard.json").read_bytes())
    assert about["sources"] == [["a.txt", sha256((tmp_path / "in" / "a.txt").read_bytes()).hexdigest()]]
