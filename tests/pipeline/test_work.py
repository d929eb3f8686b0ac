"""Work grows with the text and no faster, alone or among many; and one text needs no heavy library."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import gonghui_nlp as gh
from gonghui_nlp.pipeline import Stage

Counted = Callable[[Callable[[], object]], int]
MOST_PATTERNS = 180  # that a short text asks for, and
MOST_MODULES = 130  # of ours that it loads; both may only fall
MOST_CALLS = (
    23.0  # a character of a dense text, of Python and of C, one by one; more only where accuracy is bought with it
)
HEAVY = ("scipy", "pandas", "sklearn", "jieba", "spacy", "pydantic")


def _summary(paragraphs: int) -> str:
    return "\n".join(
        f"{i % 12 + 1}月{i % 28 + 1}日，组织职工{i + 3}人参加“安康{i}”竞赛；看望患病职工{i % 9 + 1}名，发放慰问金{i * 10 + 100}元。"
        for i in range(paragraphs)
    )


def test_one_long_text_takes_linear_work(calls: Counted) -> None:
    gh.analyze(_summary(3))
    assert calls(lambda: gh.analyze(_summary(160))) < 8.8 * calls(lambda: gh.analyze(_summary(20)))


def test_many_short_texts_take_linear_work(calls: Counted) -> None:
    short = ["", "慰问职工3人。", " "]
    list(gh.analyze_many(short))
    few, many = (calls(lambda n=n: list(gh.analyze_many(short * n))) for n in (60, 480))  # type: ignore[misc]
    assert many < 8.8 * few


def test_ten_thousand_empty_texts_are_as_many_documents() -> None:
    assert sum(not doc.events for doc in gh.analyze_many([""] * 10_000)) == 10_000


def test_a_batch_takes_less_work_than_its_texts_one_by_one(calls: Counted) -> None:
    texts = [_summary(2)] * 20
    list(gh.analyze_many(texts))
    assert calls(lambda: list(gh.analyze_many(texts))) < calls(lambda: [gh.analyze(text) for text in texts])


def test_a_character_takes_no_more_calls_than_it_did(
    calls: Counted, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As in a process of its own: other tests may have gone by Resources of a user's.
    monkeypatch.setattr(sys.modules["gonghui_nlp.resources.knowledge"], "_only_ours", True)
    texts = [source.text for source in gh.read(root / "corpora" / "samples")]
    list(gh.analyze_many(texts))
    assert calls(lambda: [gh.analyze(text) for text in texts]) < MOST_CALLS * sum(map(len, texts))


def test_no_search_for_cycles_runs_in_a_batch_and_it_goes_on_behind_it() -> None:
    seen: list[bool] = []
    stage = Stage("watching", lambda analysis: seen.append(gc.isenabled()) or [])
    gh.analyze("慰问", stages=[stage])
    assert (seen, gc.isenabled()) == ([False], True)
    with pytest.raises(ZeroDivisionError):
        gh.analyze("慰问", stages=[Stage("failing", lambda analysis: 1 // 0)])
    assert gc.isenabled()


def test_one_text_compiles_only_the_patterns_it_asks_for() -> None:
    """What a short text needs, of all that is known of events: start is what a person waits for."""
    code = """if True:
        import gonghui_nlp as gh
        from gonghui_nlp import compiling
        gh.analyze('三、慰问职工3人。')
        from gonghui_nlp.events.triggers import heading_types, themes, triggers, type_rules
        made = {pattern for pattern, flags in compiling._asked if flags >= 0}
        rules = {*(r.object for r in type_rules()), *(t.pattern for t in (*themes(), *heading_types()))}
        print(len(rules & made), sum(t.veto in made for t in triggers().values() if t.veto), len(made))
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    rules, vetoes, compiled = map(int, done.stdout.split())
    assert rules <= 5
    assert vetoes <= 5
    assert compiled <= MOST_PATTERNS


def test_no_heavy_library_is_loaded_to_show_one_text(tmp_path: Path) -> None:
    """Not even what typer turns values with: a path and a choice need no turning."""
    (tmp_path / "a.txt").write_text("一、送温暖\n慰问職工3人。", encoding="utf-8")
    code = f"""if True:
        import sys
        from gonghui_nlp.cli import main
        try:
            main()
        except SystemExit as ended:
            print(ended.code, [m for m in {HEAVY} if m in sys.modules])
    """
    told = [sys.executable, "-c", code, "show", "--lang", "zh", "--events", str(tmp_path / "a.txt")]
    done = subprocess.run(told, capture_output=True, text=True, check=True)
    assert "慰问" in done.stdout
    assert done.stdout.splitlines()[-1] == "0 []"


def test_one_text_loads_no_more_of_the_package_than_its_stages() -> None:
    code = """if True:
        import sys, gonghui_nlp as gh
        doc = gh.analyze('慰问职工3人。')
        ours = [name for name in sys.modules if name.startswith('gonghui_nlp.')]
        rooms = {name.split('.')[1] for name in ours}
        print(*sorted(rooms & {'display', 'tables', 'dedup', 'archive', 'adapters', 'readers', 'evaluation', 'cli'}))
        print(len(ours), 'numpy.ma' in sys.modules, '慰问职工' in doc._repr_html_())
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    rooms, said = done.stdout.splitlines()
    loaded, *others = said.split()
    assert (rooms, others) == ("", ["False", "True"])
    assert int(loaded) <= MOST_MODULES
