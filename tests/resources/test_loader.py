"""The loader: a user's folder over ours, every entry with an example, every error with file, line and what to do."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import gonghui_nlp as gh
from gonghui_nlp.errors import InputError
from gonghui_nlp.events.triggers import triggers, types
from gonghui_nlp.quantities.lexicon import person_nouns
from gonghui_nlp.resources import OURS, Resources, current, knowledge, opened, remembered, using
from gonghui_nlp.resources.catalogue import TABLES, table_of
from gonghui_nlp.resources.loader import _check, _ours
from gonghui_nlp.words import word

FILES = sorted(name for name in _ours() if name.endswith(".tsv"))
LISTS = [(name, key) for name in sorted(_ours()) if name.endswith(".toml") for key in OURS.toml(name)]


def write(folder: Path, name: str, *lines: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.parametrize("name", FILES)
def test_every_entry_of_ours_is_shown_by_its_example(name: str) -> None:
    rows = OURS.rows(name)
    assert rows
    for row in rows:
        _check(row, TABLES.get(name) or table_of(name))  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "key"), LISTS, ids=lambda x: x)
def test_every_listed_entry_of_ours_has_an_example(name: str, key: str) -> None:
    entries = OURS.toml(name)[key]
    for entry in entries if isinstance(entries, list) else ():
        assert entry["example"], entry.where


@pytest.mark.parametrize("name", FILES)
def test_an_entry_stands_once(name: str) -> None:
    table = table_of(name)
    assert table is not None
    keys = [tuple(row[column] for column in table.key) for row in OURS.rows(name)]
    assert len(keys) == len(set(keys))


def test_an_entry_is_added_replaced_and_taken_away(tmp_path: Path) -> None:
    write(
        tmp_path,
        "events/triggers/welfare.tsv",
        "# mine",
        "word\trole\tveto\texample",
        "拼单\tverb\t价\t拼单大米45份",
        "体检\tnoun\t\t参加体检",
        "-妇检\t\t\t",
    )
    mine = {row["word"]: row for row in Resources(tmp_path).rows("events/triggers/welfare.tsv")}
    ours = {row["word"]: row for row in OURS.rows("events/triggers/welfare.tsv")}
    assert mine["拼单"]["veto"] == "价" and mine["体检"]["role"] == "noun" and "妇检" not in mine
    assert ours["体检"]["role"] == "verb" and "妇检" in ours and "拼单" not in ours
    assert len(mine) == len(ours)


def test_columns_may_be_left_out_and_stand_in_any_order(tmp_path: Path) -> None:
    write(tmp_path, "events/triggers/welfare.tsv", "example\trole\tword", "拼单大米45份\tverb\t拼单")
    with using(Resources(tmp_path)):
        assert triggers()["拼单"].role == "verb" and not triggers()["拼单"].veto


def test_a_word_of_mine_is_read_by_analyze(tmp_path: Path) -> None:
    text = "4月，校工会拼单大米45份。"
    assert gh.analyze(text).events == ()
    write(tmp_path, "events/triggers/welfare.tsv", "word\trole\texample", "拼单\tverb\t拼单大米45份")
    settings = gh.Settings(resources=str(tmp_path))
    assert [(e.text, e.type) for e in gh.analyze(text, settings).events] == [("拼单大米45份", "welfare")]
    assert [len(d.events) for d in gh.analyze_many([text, text], settings)] == [1, 1]
    assert gh.analyze(text).events == ()


def test_a_word_of_mine_takes_the_place_of_ours_in_another_file(tmp_path: Path) -> None:
    write(tmp_path, "events/triggers/rights.tsv", "word\trole\texample", "体检\tverb\t体检45人")
    with using(Resources(tmp_path)):
        assert triggers()["体检"].type == "rights"
    assert triggers()["体检"].type == "welfare"


def test_a_file_of_triggers_of_mine_is_a_new_type(tmp_path: Path) -> None:
    write(tmp_path, "events/triggers/housing.tsv", "word\trole\texample", "分房\tverb\t分房12套")
    with using(Resources(tmp_path)):
        assert types()[-1] == "housing"
    assert "housing" not in types()
    event = gh.analyze("5月，厂工会分房12套。", gh.Settings(resources=str(tmp_path))).events[0]
    assert event.type == "housing"


def test_a_type_rule_of_mine_is_tried_first(tmp_path: Path) -> None:
    write(tmp_path, "events/types.tsv", "words\tobject\ttype\texample", "慰问\t家属院\tinspection\t慰问家属院6户")
    settings = gh.Settings(resources=str(tmp_path))
    text = "5月，慰问家属院困难职工6户。"
    assert [gh.analyze(text, s).events[0].type for s in (None, settings)] == ["aid", "inspection"]


def test_a_noun_for_people_is_one_for_all(tmp_path: Path) -> None:
    write(tmp_path, "people.tsv", "word\tas\texample", "骑手\tnumber participants\t慰问了12名骑手")
    found = gh.analyze("6月，慰问骑手12名。", gh.Settings(resources=str(tmp_path))).events[0]
    assert found.participants is not None and found.participants.text == "骑手"
    with using(Resources(tmp_path)):
        assert "骑手" in person_nouns()


def test_lists_of_words_are_added_to(tmp_path: Path) -> None:
    write(tmp_path, "outline/lexicon.toml", "[title]", 'signers = ["合作社", "-医院"]')
    signers = Resources(tmp_path).toml("outline/lexicon.toml")["title"]["signers"]
    assert signers[0] == "合作社" and "医院" not in signers and "工会" in signers


def test_a_header_of_mine_is_a_header(tmp_path: Path) -> None:
    write(tmp_path, "words/columns.tsv", "key\tzh\ten", "column.year\t年度\tyear")
    with using(Resources(tmp_path)):
        assert word("column.year", "zh") == "年度" and word("column.source", "zh") == "来源文件"
    assert word("column.year", "zh") == "年份"


def test_an_entry_of_a_list_is_added_replaced_and_taken_away(tmp_path: Path) -> None:
    lines = ['[[slot]]\ntype = "shift"', "pattern = '[早中晚]班'", 'example = "早班"']
    write(tmp_path, "dedup/slots.toml", *lines)
    assert Resources(tmp_path).toml("dedup/slots.toml")["slot"][0]["type"] == "shift"
    pattern = OURS.toml("dedup/slots.toml")["slot"][0]["pattern"]
    write(tmp_path, "dedup/slots.toml", "[[slot]]", f"pattern = '{pattern}'", "remove = true")
    assert len(Resources(tmp_path).toml("dedup/slots.toml")["slot"]) == len(OURS.toml("dedup/slots.toml")["slot"]) - 1


WRONG = [
    ("events/trigers/aid.tsv", "word", "aid.tsv: no knowledge file has this name; rename it to one of .*events/"),
    ("events/triggers/aid.tsv", "word\trole\n拼单\tverb", "line 1: the first line names the columns"),
    ("events/triggers/aid.tsv", "word\tkind\texample\n拼单\tverb\t拼单", "line 1: the first line names the columns"),
    ("events/triggers/aid.tsv", "word\trole\texample\n拼单\tverb\t", "line 2: 拼单 has no example; give words"),
    ("events/triggers/aid.tsv", "word\trole\texample\n拼单\tverb\t购米", "line 2: the example '购米' does not show"),
    ("events/triggers/aid.tsv", "#\nword\trole\texample\n\tverb\t购米", "line 3: the column word is empty; fill it in"),
    ("events/triggers/aid.tsv", "word\trole\texample\n拼单\tverb\t拼单\tx", "line 2: 4 cells under 3 columns"),
    ("events/triggers/aid.tsv", "word\trole\texample\n-拼单\t\t", "line 2: no entry 拼单 to take away"),
    ("quantities/traps.tsv", "pattern\texample\n(一\t一", "line 2: pattern '.一' is no regular expression"),
    ("outline/styles.toml", "[[style]]\nname =", "not valid TOML"),
    ("outline/styles.toml", "[[styles]]\nname = 'x'", "unknown key 'styles'; known are style"),
    ("outline/styles.toml", "\n[[style]]\nfamily = 'x'", "line 2: an entry is known by its name; give it"),
    ("outline/styles.toml", "[[style]]\nname = 'x'", "line 1: 'x' has no example; give a text it fires on"),
    ("outline/styles.toml", "[[style]]\nname = 'x'\nremove = true", "line 1: no entry 'x' to take away"),
]


@pytest.mark.parametrize(("name", "content", "says"), WRONG, ids=[w[2][:40] for w in WRONG])
def test_an_error_names_file_and_line_and_what_to_do(tmp_path: Path, name: str, content: str, says: str) -> None:
    write(tmp_path, name, content)
    with pytest.raises(InputError, match=says) as error:
        gh.analyze("慰问4人。", gh.Settings(resources=str(tmp_path)))
    assert str(tmp_path) in str(error.value)


def test_a_missing_folder_and_another_encoding_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder; give the folder"):
        gh.analyze_many(["慰问4人。"], gh.Settings(resources=str(tmp_path / "nowhere")))
    (tmp_path / "people.tsv").write_bytes("骑手".encode("gbk"))
    with pytest.raises(InputError, match="save it as UTF-8"):
        Resources(tmp_path)


def test_a_wrong_role_and_a_wrong_type_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "events/triggers/aid.tsv", "word\trole\texample", "拼单\tnouns\t拼单大米")
    with pytest.raises(InputError, match="line 2: role 'nouns'; give light, verb or noun"):
        gh.analyze("慰问4人。", gh.Settings(resources=str(tmp_path)))
    write(tmp_path, "events/triggers/aid.tsv", "word\trole\texample")
    write(tmp_path, "events/themes.tsv", "theme\ttype\texample", "骑手\trider\t开展“骑手”活动")
    with pytest.raises(InputError, match="line 2: unknown type 'rider'; known are aid"):
        gh.analyze("3月，开展“骑手”活动。", gh.Settings(resources=str(tmp_path)))


def test_a_folder_is_read_again_when_it_has_changed(tmp_path: Path) -> None:
    write(tmp_path, "people.tsv", "word\tas\texample", "骑手\tnumber\t12名骑手")
    first = opened(tmp_path)
    assert opened(tmp_path) is first
    write(tmp_path, "people.tsv", "word\tas\texample", "骑手\tnumber\t12名骑手", "船工\tnumber\t12名船工")
    assert len(opened(tmp_path).rows("people.tsv")) == len(first.rows("people.tsv")) + 1


def test_no_folders_of_users_push_ours_out(tmp_path):
    ours = opened(None)
    for name in "abcdefghij":
        (tmp_path / name).mkdir()
        opened(tmp_path / name)
    assert opened(None) is ours


def test_equal_contents_are_equal_and_go_to_other_processes(tmp_path: Path) -> None:
    write(tmp_path, "people.tsv", "word\tas\texample", "骑手\tnumber\t12名骑手")
    mine = Resources(tmp_path)
    again = pickle.loads(pickle.dumps(mine))
    assert mine == again and hash(mine) == hash(again) and mine != OURS
    assert again.rows("people.tsv") == mine.rows("people.tsv")


def test_knowledge_is_built_once_for_each_resources(tmp_path: Path) -> None:
    built = []

    @knowledge
    def size() -> int:
        built.append(current())
        return len(current().rows("people.tsv"))

    @remembered(8)
    def known(word: str) -> bool:
        return any(row["word"] == word for row in current().rows("people.tsv"))

    write(tmp_path, "people.tsv", "word\tas\texample", "骑手\tnumber\t12名骑手")
    mine = Resources(tmp_path)
    assert not known("骑手")
    with using(mine):
        assert size() == size() and known("骑手")
    assert size() < len(mine.rows("people.tsv")) and not known("骑手")
    assert built == [mine, OURS]


def test_no_knowledge_is_kept_at_import() -> None:
    """What depends on the resources is built on call: importing every module builds nothing."""
    code = (
        "import pkgutil, importlib, gonghui_nlp\n"
        "from gonghui_nlp.resources import OURS, loader\n"
        "names = [m.name for m in pkgutil.walk_packages(gonghui_nlp.__path__, 'gonghui_nlp.') if '__main__' not in m.name]\n"
        "for name in names: importlib.import_module(name)\n"
        "print(len(names) > 100, [build.__qualname__ for build in OURS.built], loader._read.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True [] 0"


def test_a_style_of_mine_counts_with_words_and_stands_inside_lines(tmp_path: Path) -> None:
    lines = ["[[style]]", 'name = "stem"', "pattern = '{counts}、'", 'counts = ["甲", "乙", "丙"]', 'where = "both"']
    write(tmp_path, "outline/styles.toml", *lines, 'example = ["乙、送温暖", 2]')
    text = "甲、送温暖。慰问18户。乙、抓培训。举办培训班2期。丙、促和谐。召开座谈会。"
    found = gh.analyze(text, gh.Settings(resources=str(tmp_path))).sections
    assert [s.ordinal for s in found] == [1, 2, 3]


BAD_STYLES = [
    (["pattern = '{counts}、'", 'example = ["乙、送温暖", 2]'], "line 1: 'stem' does not read its example"),
    (
        ["pattern = '[甲乙]、'", 'first = "甲乙"', 'example = ["乙、送温暖", 2]'],
        "counts to None, not to 2; list what it",
    ),
    (["pattern = '[甲、'", 'example = ["乙、送温暖", 2]'], "line 1: unterminated character set"),
    (["pattern = '甲、'", 'example = "乙、"'], "line 1: .*; a style has a name, a pattern"),
    (["pattern = '甲、'", "level = 2", 'example = ["甲、", 1]'], "line 1: unknown key 'level'; known are before"),
]


@pytest.mark.parametrize(("lines", "says"), BAD_STYLES, ids=[s[1][:30] for s in BAD_STYLES])
def test_a_wrong_style_is_refused(tmp_path: Path, lines: list[str], says: str) -> None:
    write(tmp_path, "outline/styles.toml", "[[style]]", 'name = "stem"', *lines)
    with pytest.raises(InputError, match=says):
        gh.analyze("慰问4人。", gh.Settings(resources=str(tmp_path)))
