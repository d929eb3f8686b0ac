"""The command as a person or a script meets it: exit status, messages, quiet when not a terminal."""

import json

import pytest

TEXT = "2019年工会工作总结\n一、送温暖\n春节前看望了18名患病教职工，发放慰问金9600元。\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_convert_says_what_it_did_and_is_quiet_on_standard_output(folder, alone):
    done = alone("convert", folder / "in", "-o", folder / "out", text=True, encoding="utf-8")
    assert (done.returncode, done.stdout) == (0, "")
    assert "1 files, 1 documents, 1 events, 0 failed" in done.stderr
    assert str(folder / "out") in done.stderr
    assert "\x1b" not in done.stderr


def test_a_wrong_call_ends_a_process_with_status_two(folder, alone):
    done = alone("show", "nope.txt", text=True, encoding="utf-8", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "nope.txt" in done.stderr


def test_a_failed_file_is_status_one_and_named(folder, here):
    (folder / "in" / "b.txt").write_bytes(b"7z\xbc\xaf\x27\x1c\x00")
    done = here("convert", folder / "in", "-o", folder / "out")
    assert done.returncode == 1
    assert "failed: b.txt: is a 7z archive" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("convert", "nope", "-o", "out"), "nope: no such file or folder"),
        (("convert", "in"), "--out"),
        (("convert", "in", "-o", "out", "--encoding", "gb99"), "encoding 'gb99' is unknown"),
        (("convert", "in", "-o", "/"), "root of the file system"),
        (("convert", "in", "-o", "a" * 300), "File name too long"),
        (("convert", "a" * 300, "-o", "out"), "File name too long"),
        (("convert", "in", "-o", "out", "--encoding", "hex"), "encoding 'hex' is unknown"),
        (("convert", "in", "-o", "out", "--encoding", "idna"), "encoding 'idna' is"),
        (("convert", "in", "-o", "out", "--encoding", "undefined"), "encoding 'undefined' is"),
        (("convert", "in", "-o", "out", "--encoding", ""), "encoding '' is"),
        (("convert", "in", "-o", "out", "--encoding", "编码"), "encoding '编码' is"),
        (("convert", "in", "-o", "out", "--encoding", "x" * 5000), "is unknown"),
        (("convert", "in", "-o", "out", "--config", "deep.toml"), "not valid TOML"),
        (("convert", "in", "-o", "out", "--config", "wide.toml"), "threshold is 7"),
        (("convert", "in", "-o", "out", "--model", "no.bin"), "model file no.bin cannot be read"),
        (("dedup", "in", "-o", "/"), "root of the file system"),
        (("view", "in/a.txt", "-o", "in/a.txt"), "is the text itself"),
        (("view", "in/a.txt", "-o", "in/../in/a.txt"), "is the text itself"),
        (("view", "in/a.txt", "-o", "deep.toml"), "is a file that gonghui did not write"),
        (("view", "in/a.txt", "-o", "in"), "is a folder"),
        (("view", "in/a.txt", "-o", "a" * 300), "File name too long"),
        (("show", "a" * 300), "File name too long"),
        (("train", "--corpus", "in", "-o", "a" * 300), "gonghui: "),
        (("evaluate", "a" * 300, "deep.toml"), "gonghui: "),
        (("show", "in"), "is a folder"),
        (("show", "nope.txt"), "nope.txt"),
        (("evaluate", "in", "gold.jsonl"), "No such file"),
        (("brew",), "brew"),
    ],
)
def test_a_wrong_call_is_status_two_with_one_clear_line(folder, arguments, said, here):
    (folder / "deep.toml").write_text("a = " + "[" * 20_000, encoding="utf-8")
    (folder / "wide.toml").write_text("document_threshold = 7", encoding="utf-8")
    done = here(*arguments, cwd=folder)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert (folder / "in" / "a.txt").read_text(encoding="utf-8") == TEXT
    assert not (folder / "out").exists()


def test_a_page_of_ours_is_replaced(folder, here):
    for _ in range(2):
        assert here("view", folder / "in" / "a.txt", "-o", folder / "a.html").returncode == 0
    assert {p.name for p in folder.iterdir()} == {"in", "a.html"}


def test_show_prints_the_tree(folder, here):
    done = here("show", folder / "in" / "a.txt", "--events", "--issues")
    assert done.returncode == 0
    assert "一、送温暖  1 event, 1 sum, 1 headcount" in done.stdout
    assert "· 看望了18名患病教职工" in done.stdout


def test_show_markdown(folder, here):
    done = here("show", folder / "in" / "a.txt", "--markdown")
    assert "一、送温暖" in done.stdout


def test_evaluate_prints_scores_and_errors(folder, here):
    here("convert", folder / "in", "-o", folder / "out")
    at = TEXT.index("9600元")
    gold = {"kind": "amount", "start": at, "end": at + 5, "text": "9600元", "min": 12000, "max": 12000, "per": "total"}
    (folder / "a.jsonl").write_text(json.dumps(gold), encoding="utf-8")
    scores = json.loads(here("evaluate", folder / "out", folder / "a.jsonl", "--json").stdout)
    assert scores["amounts spans"]["f1"] == 1.0
    assert scores["amounts values"]["f1"] == 0.0
    errors = here("evaluate", folder / "out", folder / "a.jsonl", "--errors", "amounts").stdout
    assert errors.startswith(f"~ a at {at} 9600元  wants (12000, 12000)")


def test_dedup_writes_clusters_templates_and_differences(folder, here):
    other = TEXT.replace("2019", "2020").replace("18名", "25名").replace("9600", "12500")
    (folder / "in" / "b.txt").write_text(other, encoding="utf-8")
    done = here("dedup", folder / "in", "-o", folder / "out")
    assert done.returncode == 0
    assert "2 documents compared: 1 clusters of several, 1 copies" in done.stderr
    slots = (folder / "out" / "slots.csv").read_text(encoding="utf-8-sig")
    assert "9600" in slots
    assert "12500" in slots
    assert "<ins>" in (folder / "out" / "differences" / "0.html").read_text(encoding="utf-8")


def test_dedup_with_an_index_knows_yesterdays_texts(folder, here):
    here("dedup", folder / "in", "-o", folder / "out", "--index", folder / "index")
    (folder / "new").mkdir()
    (folder / "new" / "c.txt").write_text(TEXT.replace("2019", "2021"), encoding="utf-8")
    done = here("dedup", folder / "new", "-o", folder / "out2", "--index", folder / "index")
    assert "2 documents compared: 1 clusters of several, 1 copies" in done.stderr
    clusters = (folder / "out2" / "clusters.csv").read_text(encoding="utf-8-sig")
    assert [line.split(",")[0] for line in clusters.splitlines()[1:]] == ["a.txt#1", "c.txt#1"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--unit", "words"), "unit is 'words'"),
        (("--engine", "spark"), "engine is 'spark'"),
        (("--threshold", "2"), "2"),
    ],
)
def test_dedup_refuses_wrong_calls(folder, arguments, said, here):
    done = here("dedup", folder / "in", "-o", folder / "out", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert not (folder / "out").exists()


def test_errors_of_events_stand_with_their_sentence_and_every_wrong_field(folder, here):
    here("convert", folder / "in", "-o", folder / "out")
    at = TEXT.index("看望")
    gold = {"kind": "event", "start": at, "end": at + 10, "text": TEXT[at : at + 10], "trigger": "看望", "type": "aid"}
    gold |= {
        "status": "planned",
        "date": "春节前",
        "participants": "患病教职工",
        "headcounts": ["18名"],
        "amounts": ["9600元"],
    }
    (folder / "a.jsonl").write_text(json.dumps(gold), encoding="utf-8")
    shown = here("evaluate", folder / "out", folder / "a.jsonl", "--errors", "events").stdout
    assert shown.splitlines()[0].endswith("aid: status wants planned got done")
    assert shown.splitlines()[1].strip() == "春节前看望了18名患病教职工，发放慰问金9600元。"


def test_an_encoding_that_does_not_fit_is_told_on_the_screen(folder, here):
    (folder / "in" / "a.txt").write_bytes((TEXT * 9).encode("gbk"))
    done = here("convert", folder / "in", "-o", folder / "out", "--encoding", "utf-8")
    assert "lost bytes or a doubtful encoding, see issues: 1 of the files" in done.stderr
    assert "could not be read as utf-8" in here("show", folder / "in" / "a.txt", "--encoding", "utf-8").stderr
    assert here("show", folder / "in" / "a.txt").stderr == ""
