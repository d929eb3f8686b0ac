"""A synthetic archive whose clusters and slots are known: templates, filled in, damaged and reposted.

A paragraph's template is a handful of sentences of its own, with typed slots; a variant fills the slots anew,
drops or adds a sentence, is cut off, masked, half or full width, in traditional characters or broken into
lines. Paragraphs of one template are one cluster. Loners share nothing with others but stock sentences.
"""

from __future__ import annotations

import json
import random
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count, pairwise
from pathlib import Path

_WIDE = {ord(a): chr(ord(a) + 0xFEE0) for a in "0123456789"}
_NARROW = str.maketrans("，；：（）", ",;:()")


@dataclass(frozen=True)
class Mix:
    """How an archive is mixed: shares of texts or chances, the ``hard`` one with more of what hurts."""

    variants: int = 6
    loners: float = 0.25
    stock: int = 1
    slots: float = 0.5
    edits: float = 0.3
    truncated: float = 0.1
    masked: float = 0.15
    folded: float = 0.1
    broken: float = 0.1
    damage: float = 0.0
    # What only the drawn archives have: a share of the words, other lengths, more edits, moved sentences, bursts of damage.
    words: float = 1.0
    sentences: tuple[int, int] = (3, 6)
    again: float = 0.0
    moved: float = 0.0
    burst: float = 0.0


NORMAL = Mix()
HARD = Mix(stock=2, slots=0.9, damage=0.03)


@dataclass
class Text:
    """One paragraph, the number of its cluster, and the stretches that are slots."""

    text: str
    cluster: int
    slots: list[tuple[int, int]] = field(default_factory=list)


Piece = tuple[str, str]  # ("", fixed text) or (slot type, "")


_USED: list[dict[str, list[str]]] = []


@lru_cache(maxsize=1)
def _all_words() -> dict[str, list[str]]:
    data = tomllib.loads(Path(__file__).with_name("dedup_words.toml").read_text(encoding="utf-8"))
    return {k: v if isinstance(v, list) else v.split() for k, v in data.items()}


def words() -> dict[str, list[str]]:
    """The word lists in use."""
    return _USED[-1] if _USED else _all_words()


@contextmanager
def fewer(share: float, r: random.Random) -> Iterator[None]:
    """Only this share of each list is in use, at least two words of it."""
    _USED.append({k: r.sample(v, max(2, round(share * len(v)))) for k, v in _all_words().items()})
    try:
        yield
    finally:
        _USED.pop()


def clause(r: random.Random) -> str:
    """A clause about something done; the words are drawn anew for each template."""
    w, c = words(), r.choice
    thing = c(w["topics"]) + c(w["kinds"])
    forms = (
        lambda: c(w["modifiers"]) + c(w["verbs"]) + thing,
        lambda: c(w["modifiers"]) + c(w["verbs"]) + "了" + thing + "和" + c(w["topics"]) + c(w["kinds"]),
        lambda: "在" + c(w["places"]) + c(w["verbs"]) + c(w["topics"]) + thing,
        lambda: c(w["people"]) + "和" + c(w["people"]) + c(w["modifiers"]) + c(w["verbs"]) + thing,
        lambda: c(w["effects"]) + c(w["people"]) + "的" + c(w["nouns"]),
        lambda: c(w["effects"]) + c(w["adjectives"]) + "的" + c(w["topics"]) + c(w["nouns"]),
        lambda: "把" + thing + "与" + c(w["topics"]) + c(w["kinds"]) + "结合起来",
        lambda: "由" + c(w["people"]) + "牵头" + c(w["verbs"]) + thing,
    )
    return c(forms)()


def slotted(r: random.Random) -> list[Piece]:
    """A clause with slots."""
    w, c = words(), r.choice
    thing = c(w["topics"]) + c(w["kinds"])
    forms: tuple[list[Piece], ...] = (
        [("date", ""), ("", "，"), ("organisation", ""), ("", c(w["modifiers"]) + c(w["verbs"]) + thing)],
        [("", c(w["verbs"])), ("headcount", ""), ("", c(w["people"]) + "参加" + thing)],
        [("", "为" + c(w["people"]) + c(w["verbs"]) + thing + "，支出"), ("amount", "")],
        [("year", ""), ("", c(w["modifiers"]) + c(w["verbs"]) + thing), ("count", "")],
        [("", "走访" + c(w["people"])), ("headcount", ""), ("", "，发放" + c(w["topics"]) + "补助"), ("amount", "")],
        [("festival", ""), ("", "期间" + c(w["modifiers"]) + c(w["verbs"]) + thing)],
    )
    return c(forms)


def template(r: random.Random, mix: Mix) -> list[list[Piece]]:
    """The sentences of a template."""
    sentences: list[list[Piece]] = []
    for _ in range(r.randint(*mix.sentences)):
        pieces: list[Piece] = [("", r.choice(words()["links"]))] if r.random() < 0.2 else []
        for i in range(r.randint(2, 4)):
            pieces += [("", "，")] if i else []
            pieces += slotted(r) if r.random() < mix.slots / 2 else [("", clause(r))]
        sentences.append([*pieces, ("", "。")])
    for _ in range(r.randint(0, mix.stock)):
        sentences.insert(r.choice((0, len(sentences))), [("", r.choice(words()["stock"]))])
    return sentences


def value(kind: str, r: random.Random) -> str:
    """Something that may stand in a slot."""
    w = words()
    n = r.randint(2, 400)
    if kind == "year":
        return r.choice((f"{r.randint(2003, 2024)}年", f"{r.randint(2003, 2024)}年度", "今年", "本学年"))
    if kind == "date":
        return r.choice(
            (f"{r.randint(1, 12)}月{r.randint(1, 28)}日", f"{r.randint(1, 12)}月份", f"{r.randint(1, 12)}月")
        )
    if kind == "headcount":
        return r.choice((f"{n}名", f"{n}余名", f"{n}人", f"近{n}人"))
    if kind == "amount":
        return r.choice((f"{n * 100}元", f"{n / 10}万元", f"{n // 10 + 1}万余元"))
    if kind == "count":
        return r.choice((f"{n}次", f"{n // 9 + 1}场", f"{n}件"))
    if kind == "festival":
        return r.choice(w["festivals"])
    return r.choice(w["organisations"]) + r.choice(w["organisation_kinds"])


def fill(sentences: list[list[Piece]], r: random.Random, cluster: int) -> Text:
    """A text of the template, its slots filled."""
    out, slots, at = [], [], 0
    for kind, fixed in (p for s in sentences for p in s):
        piece = value(kind, r) if kind else fixed
        if kind:
            slots.append((at, at + len(piece)))
        out.append(piece)
        at += len(piece)
    return Text("".join(out), cluster, slots)


def vary(sentences: list[list[Piece]], r: random.Random, mix: Mix, cluster: int) -> Text:
    """A variant of the template."""
    sentences = list(sentences)
    if len(sentences) > 3 and r.random() < mix.edits:
        del sentences[r.randrange(len(sentences))]
    if r.random() < mix.edits:
        extra = [("", r.choice(words()["stock"]))] if r.random() < 0.5 else [("", clause(r) + "，" + clause(r) + "。")]
        sentences.insert(r.randrange(len(sentences) + 1), extra)
    while mix.again and r.random() < mix.again:
        if len(sentences) > 2 and r.random() < 0.5:
            del sentences[r.randrange(len(sentences))]
        else:
            extra = (
                [("", clause(r) + "，" + clause(r) + "。")] if r.random() < 0.7 else [("", r.choice(words()["stock"]))]
            )
            sentences.insert(r.randrange(len(sentences) + 1), extra)
    if mix.moved and r.random() < mix.moved:
        sentences.insert(r.randrange(len(sentences)), sentences.pop(r.randrange(len(sentences))))
    made = fill(sentences, r, cluster)
    inside = [False] * len(made.text)
    for start, end in made.slots:
        inside[start:end] = [True] * (end - start)
    return _damaged(list(zip(made.text, inside, strict=True)), r, mix, cluster)


def _damaged(chars: list[tuple[str, bool]], r: random.Random, mix: Mix, cluster: int) -> Text:
    """What reposting does to a text, character by character, so that the slots stay known."""

    def change(new: Callable[[str], str]) -> list[tuple[str, bool]]:
        return [(n, flag) for c, flag in chars for n in new(c)]

    if r.random() < mix.truncated:
        keep = int(len(chars) * r.uniform(0.6, 0.9))
        chars = chars[:keep] if r.random() < 0.6 else chars[-keep:]
    if r.random() < mix.masked:
        mask = r.choice(("×", "x", "*", ""))
        chars = change(lambda c: mask if c.isdigit() else c)
    if r.random() < mix.folded:
        table = r.choice((_WIDE, _NARROW))
        chars = change(lambda c: c.translate(table))
    if r.random() < mix.folded:
        text = str(_traditional().convert("".join(c for c, _ in chars)))
        chars = [(c, flag) for c, (_, flag) in zip(text, chars, strict=True)] if len(text) == len(chars) else chars
    if r.random() < mix.broken:
        at = r.randrange(len(chars))
        chars = [*chars[:at], ("\n", False), *chars[at:]]
    if mix.damage:
        chars = change(lambda c: r.choice(("", "□", "的", c + c)) if r.random() < mix.damage else c)
    for _ in range(round(mix.burst * len(chars))):
        at = r.randrange(len(chars))
        chars[at : at + r.randint(1, 4)] = [(r.choice("□日目口曰"), chars[at][1])]
    edges = [i for i in range(1, len(chars)) if chars[i][1] != chars[i - 1][1]]
    runs = [(i, j) for i, j in pairwise([0, *edges, len(chars)]) if i < j and chars[i][1]]
    return Text("".join(c for c, _ in chars), cluster, runs)


@lru_cache(maxsize=1)
def _traditional():  # type: ignore[no-untyped-def]
    from opencc import OpenCC

    return OpenCC("s2t")


def archive(size: int, mix: Mix = NORMAL, seed: int = 1) -> list[Text]:
    """``size`` paragraphs in random order."""
    r = random.Random(f"{seed}/{size}")
    texts: list[Text] = []
    for cluster in count():
        if len(texts) >= size:
            break
        made = template(r, mix)
        if r.random() < mix.loners:
            texts.append(fill(made, r, cluster))
            continue
        base = fill(made, r, cluster)
        copies = range(r.randint(2, 2 * mix.variants - 2))
        texts += [base if r.random() < 0.15 else vary(made, r, mix, cluster) for _ in copies]
    texts = texts[:size]
    r.shuffle(texts)
    return texts


def drawn(r: random.Random) -> Mix:
    """A mix with everything drawn widely: few words or all, paragraphs or documents, hardly changed or spoilt."""
    documents = r.random() < 0.25
    return Mix(
        variants=r.randint(3, 9),
        loners=r.uniform(0.1, 0.5),
        stock=r.randint(0, 3),
        slots=r.uniform(0.2, 1.0),
        edits=r.uniform(0.1, 0.6),
        truncated=r.uniform(0.0, 0.3),
        masked=r.uniform(0.0, 0.3),
        damage=r.choice((0.0, r.uniform(0.0, 0.06))),
        words=r.choice((1.0, 0.015 ** r.random())),
        sentences=(8, 30) if documents else r.choice(((3, 6), (2, 5), (4, 10))),
        again=r.uniform(0.0, 0.5),
        moved=r.choice((0.0, r.uniform(0.0, 0.5))),
        burst=r.choice((0.0, r.uniform(0.0, 0.025))),
    )


def corpus(archives: int, seed: int = 7) -> Iterator[list[Text]]:
    """Archives to learn from, each drawn anew: 250 to 8,000 paragraphs, or an fourth as many documents."""
    r = random.Random(f"corpus/{seed}")
    for number in range(archives):
        mix = drawn(r)
        size = round(250 * 32 ** r.random())
        with fewer(mix.words, r):
            yield archive(size // 4 if mix.sentences[1] > 10 else size, mix, seed * 1000 + number)


def write_corpus(folder: Path, archives: int, seed: int = 7) -> None:
    """What ``gonghui train copies --corpus FOLDER`` reads: a file an archive, a record a text."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, texts in enumerate(corpus(archives, seed)):
        records = (json.dumps({"text": t.text, "cluster": t.cluster}, ensure_ascii=False) for t in texts)
        (folder / f"{number:03}.jsonl").write_text("\n".join(records) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        write_corpus(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 48)
        sys.exit()
    for t in sorted(archive(24), key=lambda t: t.cluster):
        print(t.cluster, t.text)
