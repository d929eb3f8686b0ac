"""Only what a run itself finished is taken into its tables."""

import zipfile

import pytest

from gonghui_nlp.archive.packed import files_in, path_of, prints_in, read_shards
from gonghui_nlp.archive.shards import Chunk, convert_chunk
from gonghui_nlp.archive.texts import UNITS
from gonghui_nlp.errors import OutputError
from gonghui_nlp.readers import find_files
from gonghui_nlp.settings import Settings
from gonghui_nlp.tables import TABLES


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


def test_a_shard_is_there_whole_or_not_at_all(shards, monkeypatch):
    assert [row[0] for row in read_shards(shards, "sources")] == ["a.txt", "b.txt"]
    assert sorted(p.name for p in shards.iterdir()) == ["000000000.shard", "000000001.shard", "reached"]
    path_of(shards, 1).rename(shards / ".000000001.shard.0badcafe.new")  # killed before it was finished
    assert [row[0] for row in read_shards(shards, "sources")] == ["a.txt"]


def test_a_shard_with_rows_missing_is_refused(shards):
    with zipfile.ZipFile(path_of(shards, 0)) as old:
        held = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path_of(shards, 0), "w") as new:
        for name, data in held.items():
            new.writestr(name, b"" if name == "paragraphs.jsonl" else data)
    with pytest.raises(OutputError, match="paragraphs of shard 0 has 0 rows, 2 were written"):
        list(read_shards(shards, "paragraphs"))


def everything(shards):
    return (
        [list(read_shards(shards, table)) for table in TABLES],
        [[p.codes.tolist() + p.keys.tolist() + p.unclean.tolist() for p in prints_in(shards, unit)] for unit in UNITS],
    )


def test_a_damaged_shard_is_refused(shards):
    path = path_of(shards, 0)
    written, wanted, refused = path.read_bytes(), everything(shards), 0
    for at in range(0, len(written), 89):
        path.write_bytes(written[:at] + bytes([written[at] ^ 0xFF]) + written[at + 1 :])
        try:
            assert everything(shards) == wanted  # a date, say
        except OutputError as error:
            refused += "shard 0" in str(error)
    assert refused > 20


def test_the_manifest_of_a_shard_names_its_sources_by_their_bytes(shards, tmp_path):
    from hashlib import sha256

    (file,) = files_in(shards, 0)
    assert (file.name, file.rows["headcounts"]) == ("a.txt", 1)
    assert file.sha256 == sha256((tmp_path / "in" / "a.txt").read_bytes()).hexdigest()


def test_prints_are_compared_as_the_texts_are(tmp_path):
    from gonghui_nlp.dedup import deduplicate
    from gonghui_nlp.dedup.frame import verdict_of
    from gonghui_nlp.dedup.prints import clusters_of, joined, prints
    from gonghui_nlp.dedup.spill import Spill

    base = "春节前夕，我校工会走访慰问了{}名患病教职工，送上慰问金{}元和节日的问候，并同他们谈心，了解生活上的困难。"
    texts = [base.format(i, 100 * i) for i in range(9)] + ["慰问教师。", "", "慰问 教师。", base[:20], base[10:] * 2]
    wanted = deduplicate(texts)
    spill = Spill(tmp_path, "texts")
    made = joined([prints(texts[:5]), prints([]), prints(texts[5:])], spill)
    canonical, similarity = clusters_of(made, verdict_of(None, "paragraphs"), spill=spill)
    assert canonical.tolist() == wanted["canonical_id"].tolist()
    assert similarity.tolist() == wanted["similarity"].tolist()
    again = made.take(range(len(texts)))
    assert [getattr(again, f).tolist() for f in ("codes", "keys")] == [
        getattr(made, f).tolist() for f in ("codes", "keys")
    ]
