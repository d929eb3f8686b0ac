"""What the process that merges holds for each file is a small, bounded share of the file."""

import gc
import json
import random
import sys
import tracemalloc

from gonghui_nlp.archive import convert
from gonghui_nlp.archive.copies import find_copies
from gonghui_nlp.archive.packed import Found, Held, Tally, write_shard
from gonghui_nlp.dedup import entries, stock
from gonghui_nlp.dedup.prints import prints
from gonghui_nlp.settings import Settings
from gonghui_nlp.tables import COLUMNS, writer_of

PARAGRAPHS, CHARACTERS = 15, 200
# So many rows of each table that tells of its rows whether they are counted.
COUNTED = {"events": 10, "activities": 10, "amounts": 5, "headcounts": 5}


def shards(folder, files):
    """The shards of so many files of 3,000 characters, made without analysing them; a third of the paragraphs are copies."""
    folder.mkdir()
    draw = random.Random(1)
    characters = [chr(c) for c in range(0x4E00, 0x4E00 + 1500)]
    stock = ["".join(draw.choices(characters, k=CHARACTERS)) for _ in range(50)]
    for first in range(0, files, 50):
        found = []
        for place in range(50):
            texts = [
                draw.choice(stock) if i % 3 == 0 else "".join(draw.choices(characters, k=CHARACTERS))
                for i in range(PARAGRAPHS)
            ]
            lines = {table: [] for table in COLUMNS}
            source = f"{first + place}.txt"
            for table, n in (("sources", 1), ("documents", 1), ("paragraphs", PARAGRAPHS), *COUNTED.items()):
                for i in range(n):
                    row = dict.fromkeys(COLUMNS[table]) | {"source": source, "doc_id": f"{source}#1"}
                    row |= {next(iter(row)): f"{source}#1/{table[0]}{i}" if n > 1 else f"{source}#1"}
                    row |= {"paragraph_id": f"{source}#1/p{i}", "text": texts[i][:20]} if table != "paragraphs" else {}
                    row |= {"text": texts[i]} if table == "paragraphs" else {}
                    cells = [row[name] for name in COLUMNS[table]] if table != "sources" else [source, *[None] * 99]
                    lines[table].append(json.dumps(cells[: len(COLUMNS[table])]) + "\n")
            made = {"documents": prints(["".join(texts)]), "paragraphs": prints(texts)}
            found.append((place, Found(Tally(1), lines, made)))
        write_shard(folder, first, list(COLUMNS), found, [Held(str(i)) for i in range(50)])
    return folder


def held(folder):
    """The most bytes that are held while copies are found and tables written."""
    out = folder / "tables"
    out.mkdir()
    gc.collect()
    tracemalloc.start()
    copies = find_copies(folder, Settings())
    sys.modules[convert.__module__]._merge(folder, out, copies, {}, [writer_of("csv")], False, "en", "en", Settings())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_the_merge_holds_little_for_each_file(tmp_path, monkeypatch):
    # What the sample of stock phrases and the gram sets may hold at most does not depend on the number of files: so that
    # few files show what does, that is made small.
    monkeypatch.setattr(stock, "SAMPLE", 50)
    monkeypatch.setattr("gonghui_nlp.dedup.prints._MOST", 1 << 14)
    monkeypatch.setattr(entries, "_CHUNK", 1 << 13)
    monkeypatch.setattr(entries, "_LOT", 1 << 13)
    held(shards(tmp_path / "warm", 50))
    few, many = held(shards(tmp_path / "few", 200)), held(shards(tmp_path / "many", 600))
    # What is sorted for a while; with prints in the memory it would be over ten thousand for a file.
    assert (many - few) / 400 < 500
