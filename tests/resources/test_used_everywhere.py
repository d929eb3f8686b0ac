"""A folder of one's own is used by everything: outline, quantities, activities, copies, kinds of units, training, gold."""

import json
import subprocess
import sys

import pytest

import gonghui_nlp as gh
from gonghui_nlp.cli import main
from gonghui_nlp.evaluation.annotation import task_of, to_gold
from gonghui_nlp.resources import Resources
from gonghui_nlp.resources.catalogue import FIXED
from gonghui_nlp.tables.units import unit_kind

FILES = {
    "people.tsv": "word\tas\texample\n船工\tnumber participants\t慰问了12名船工\n",
    "quantities/classifiers.tsv": "word\texample\tone\tlost\tnever\n筏\t购置救生筏12筏\ty\t救生筏\t子\n",
    "quantities/currencies.tsv": "word\tcode\texample\n贝币\tXBB\t折合3000贝币\n",
    "events/triggers/welfare.tsv": "word\trole\texample\n拼单\tverb\t拼单大米45份\n",
    "outline/styles.toml": '[[style]]\nname = "stem"\npattern = \'{counts}[、.]\'\ncounts = ["甲", "乙", "丙", "丁"]\nwhere = "line"\nexample = ["乙、送温暖", 2]\n',
    "quantities/measures.toml": '[[measure]]\nname = "area"\nunits = { "平方米" = 1 }\nexample = "新建活动室120平方米"\ncounter_example = "第三平方米"\n',
    "units.tsv": "kind\tpattern\texample\nport\t码头|港务\t河口码头工会\n",
}
TEXT = "河口码头工会2023年工作总结\n甲、送温暖\n慰问了12船工。4月，拼单大米45份。\n乙、安全\n购置救生筏12筏，折合3000贝币，新建活动室120平方米。\n"


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def told(doc):
    return (
        [s.title.text for s in doc.sections if s.title],
        [h.who.text for h in doc.headcounts if h.who],
        [c.text for c in doc.counts],
        [a.currency for a in doc.amounts],
        [e.text for e in doc.events if e.trigger.text == "拼单"],
        [m.text for m in doc.more.get("area", ())],
    )


ALL = (["送温暖", "安全"], ["船工"], ["45份", "12筏"], ["XBB"], ["拼单大米45份"], ["120平方米"])


def test_texts_tables_and_spacy_go_by_it(own, tmp_path):
    settings = gh.Settings(resources=own)
    assert isinstance(settings.resources, str)
    doc = gh.analyze(TEXT, settings)
    assert told(doc) == ALL and told(gh.load(resources=own)(TEXT)._.gonghui) == ALL
    assert all(ours != theirs for ours, theirs in zip(told(gh.analyze(TEXT)), ALL, strict=True))
    assert unit_kind("河口码头工会", own) == "port" and unit_kind("河口码头工会") == "other"


def test_the_commands_go_by_it(own, tmp_path, monkeypatch):
    (tmp_path / "own.toml").write_text(f"resources = {json.dumps(str(own))}\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    for call in (
        ["annotate", "export", "a.txt", "-o", "tasks.jsonl", "--tool", "doccano"],
        ["annotate", "import", "tasks.jsonl", "-o", "gold", "--tool", "doccano"],
        ["dedup", "a.txt", "-o", "copies"],
    ):
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr("sys.argv", ["gonghui", "--lang", "en", *call, "--config", "own.toml"])
        with pytest.raises(SystemExit) as stopped:
            main()
        assert stopped.value.code == 0, call
    gold = [json.loads(line) for line in (tmp_path / "gold" / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {"12筏", "3000贝币", "拼单大米45份"} <= {r["text"] for r in gold}
    # A quantity that is none without it has no value to read.
    assert [r.why for r in to_gold(task_of(gh.analyze(TEXT, gh.Settings(resources=own))))[1]] != []


def test_an_unknown_place_in_it_is_said_when_it_is_opened(own, tmp_path):
    (tmp_path / "people.tsv").write_text("word\tas\texample\n船工\tnumber\t慰问了职工\n", encoding="utf-8")
    with pytest.raises(gh.GonghuiError, match=r"people\.tsv"):
        gh.analyze(TEXT, gh.Settings(resources=tmp_path))


ASKED = """
import sys
from pathlib import Path

import gonghui_nlp as gh
from gonghui_nlp.adapters.segmentation import segment
from gonghui_nlp.archive import convert
from gonghui_nlp.dedup import template
from gonghui_nlp.functions.lexicon import read_cues
from gonghui_nlp.resources import OURS, Resources, loader, opened, using
from gonghui_nlp.resources.catalogue import FIXED
from gonghui_nlp.tables.units import unit_kind

own, text, out = sys.argv[1:]
page = text + ".html"
foot = "<div>发布时间：2023年</div><div class=foot><p>版权所有</p></div>"
Path(page).write_text(f"<html><body><div><div><div>慰问职工12名。</div></div>{foot}</div></body></html>", "utf-8")
asked = {True: set(), False: set()}


def noting(read):
    def noted(self, name):
        asked[self is OURS].add(name)
        return read(self, name)

    return noted


def called(build):
    # The function, or the room and name of a pattern.
    cells = [c.cell_contents for c in build.__wrapped__.__closure__ or () if isinstance(c.cell_contents, str)]
    return cells or build.__qualname__


for how in ("rows", "toml", "text"):
    setattr(Resources, how, noting(getattr(Resources, how)))
assert loader._read.cache_info().currsize == 0  # importing reads none
for folder in (None, own):
    settings = gh.Settings(resources=folder)
    convert([text, page], f"{out}/{folder is None}", to="csv", zh=True, settings=settings)
    gh.analyze(Path(text).read_text("utf-8"), settings)._repr_html_()
    with using(opened(folder)):
        gh.deduplicate([Path(text).read_text("utf-8")] * 2)
        template(["青澜中学慰问职工12名，发放慰问金500元。", "沿河小学慰问职工35名，发放慰问金800元。"])
        segment("看望18名职工")
        read_cues()
    unit_kind("青澜中学工会", folder)
built = opened(own).built
print(sorted(loader._ours() - FIXED.keys() - asked[False]))
print([called(b) for b in OURS.built if b not in built])
print(len(built) > 300)
"""


def test_every_file_is_asked_of_a_folder_of_ones_own(tmp_path, root):
    """Each file is asked of it, and all that was built from ours is built again from it: nothing is kept from before.

    A value that a module reads once, or remembers for all, would be ours for ever.
    """
    sample = root / "corpora/samples/qinglan_county_federation_2013.txt"
    own, text = tmp_path / "own", tmp_path / "a.txt"
    own.mkdir()
    (own / "people.tsv").write_text("word\tas\texample\n船工\tnumber\t慰问了12名船工\n", encoding="utf-8")
    text.write_text(
        sample.read_text("utf-8") + "看望了××名职工。资金万元，慰问名困难职工，捐款10多万，受到好评。", encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-c", ASKED, own, text, tmp_path / "out"], capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines() == ["[]", "[]", "True"], done.stdout + done.stderr


@pytest.mark.parametrize("name", FIXED)
def test_a_file_that_is_always_ours_is_refused_with_the_reason(tmp_path, root, name):
    assert name in (root / "docs/extending.md").read_text("utf-8")
    (tmp_path / "text").mkdir()
    (tmp_path / name).write_text("貝", encoding="utf-8")
    with pytest.raises(gh.GonghuiError, match=r"this file is always ours: .*; take it away"):
        Resources(tmp_path)
