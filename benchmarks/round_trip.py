"""From texts to an annotation tool, to corrected gold, to event models of one's own: ``python benchmarks/round_trip.py [FOLDER]``.

An invented archive of mines speaks in words that no lexicon here has. Six of its texts are annotated (as doccano gives
them back), three others are held out: what is found there with the shipped models and with those of one's own. The texts
held out tell the same kinds of activities with other numbers and in other surroundings.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from gonghui_nlp.cli import main
from gonghui_nlp.evaluation import evaluate

ROOT = Path(__file__).parents[1]
SAID = [
    ("入井送凉{}次", "aid"), ("下井送茶{}桶", "aid"), ("井口亮安全嘱咐卡{}张", "publicity"), ("工间摆擂{}场", "contest"),
    ("班前宣誓{}次", "publicity"), ("组织矿嫂送饺子{}盒", "aid"), ("搭台赛歌{}场", "culture_sports"), ("矿工拔河{}次", "culture_sports"),
]  # fmt: skip
AROUND = ("在三号井", "国庆前，", "与矿团委一道")
LEARN, HELD = range(6), range(6, 9)


def summary(n: int) -> str:
    """The text of a mine."""
    told = [text.format(3 * n + k + 2) for k, (text, _) in enumerate(SAID)]
    around = [AROUND[(n + k) % len(AROUND)] if n in HELD else "" for k in range(len(SAID))]
    body = "".join(f"{before}{text}。\n" for before, text in zip(around, told, strict=True))
    return f"砚山{n}矿工会20{10 + n}年工作总结\n{body}"


def corrected(tasks: Path) -> None:
    """What somebody gives back who marks each activity."""
    out = []
    for line in tasks.read_text(encoding="utf-8").splitlines():
        task = json.loads(line)
        marks = []
        for k, (told, label) in enumerate(SAID):
            start = task["text"].index(told.split("{}")[0])
            end = task["text"].index("。", start)
            marks.append({"id": 1000 + k, "label": label, "start_offset": start, "end_offset": end})
        out.append(json.dumps(task | {"entities": marks, "relations": []}, ensure_ascii=False))
    tasks.write_text("\n".join(out) + "\n", encoding="utf-8")


def call(*words: object) -> None:
    """A command; an error of it ends this one."""
    sys.argv = ["gonghui", "--lang", "en", *map(str, words)]
    try:
        main()
    except SystemExit as ended:
        if ended.code:
            raise


def run(folder: Path) -> None:
    """The whole way, and the scores before and after."""
    for part, numbers in (("learn", LEARN), ("held", HELD)):
        (folder / part).mkdir(parents=True)
        for n in numbers:
            (folder / part / f"矿{n}.txt").write_text(summary(n), encoding="utf-8")
        tasks = folder / f"{part}.jsonl"
        call("annotate", "export", folder / part, "-o", tasks, "--tool", "doccano")
        corrected(tasks)
        call("annotate", "import", tasks, "--tool", "doccano", "-o", folder / "gold" / part)
    own = folder / "models"
    beside = ROOT / "corpora" / "events" / "hospitals.jsonl"
    call("train", "events", "--corpus", folder / "gold" / "learn", "--corpus", beside, "-o", own)
    for name, more in (("shipped", ()), ("own", ("--model", own))):
        call("convert", folder / "held", "-o", folder / name, "--format", "csv", "-j", 1, *more)
        result = evaluate(folder / name, [folder / "gold" / "held"])
        scores = (f"{kind} {result.score(kind).f1:.2f}" for kind in ("events", "event types"))
        print(f"{name} models: F1 of {', '.join(scores)}")


if __name__ == "__main__":
    if sys.argv[1:]:
        run(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as place:
            run(Path(place))
