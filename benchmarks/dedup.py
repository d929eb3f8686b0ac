"""How well and how fast copies are found, beside datasketch and rensa, on archives whose clusters are known.

    python benchmarks/dedup.py accuracy [--sizes 2000,20000] [--mix normal,hard] [--seed 11]
    python benchmarks/dedup.py others [--sizes 4000] [--mix normal,hard] [--seed 29]    other kinds of archives, and documents
    python benchmarks/dedup.py speed [--sizes 2000,20000,100000] [--tools gonghui,rensa,datasketch,datasketch_bulk]
    python benchmarks/dedup.py thresholds          what the defaults were chosen on (seeds other than the reported)
    python benchmarks/dedup.py slots [--sizes 1000] [--seed 11]

Every tool runs in a process of its own; memory is the peak of that process less what it held before it began.
Peers get the same normalised text, the same 4-grams and the same bands; their pairs are verified by Jaccard.
A peer that is not installed is passed over with a word.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from dedup_forms import forms
from dedup_lineages import lineages
from dedup_others import documents, notices, reposts
from dedup_texts import HARD, NORMAL, Mix, Text, archive
from dedup_themes import themes

from gonghui_nlp.dedup import deduplicate
from gonghui_nlp.dedup.clusters import components
from gonghui_nlp.dedup.lsh import BANDS, RANGES
from gonghui_nlp.dedup.normalise import readable
from gonghui_nlp.dedup.templates import template

MIXES: dict[str, Mix] = {"normal": NORMAL, "hard": HARD}
OTHERS: dict[str, Callable[[int, bool, int], list[Text]]] = {
    "lineages": lineages,
    "reposts": reposts,
    "notices": notices,
    "documents": documents,
    "themes": themes,
    "forms": forms,
}
REPORTED, CHOSEN_ON = 11, 7
BEST = 0.35


def scores(found: np.ndarray, known: np.ndarray) -> dict[str, float]:
    """Pair and B-cubed precision, recall and F1 of cluster numbers against the known ones."""
    found = np.unique(found, return_inverse=True)[1].astype(np.int64)
    known = np.unique(known, return_inverse=True)[1]
    joint = np.unique(found * (known.max() + 1) + known, return_inverse=True)[1]
    f, k, j = np.bincount(found), np.bincount(known), np.bincount(joint)

    def pairs(counts: np.ndarray) -> float:
        return float((counts * (counts - 1) // 2).sum())

    out = {"pair_p": pairs(j) / max(pairs(f), 1), "pair_r": pairs(j) / max(pairs(k), 1)}
    out |= {"b3_p": float((j[joint] / f[found]).mean()), "b3_r": float((j[joint] / k[known]).mean())}
    for kind in ("pair", "b3"):
        p, r = out[f"{kind}_p"], out[f"{kind}_r"]
        out[f"{kind}_f1"] = 2 * p * r / max(p + r, 1e-12)
    return out


def gonghui(texts: list[str], threshold: float) -> np.ndarray:
    """This package; without a threshold as it comes, by its model."""
    return deduplicate(texts, threshold or None)["cluster_id"].to_numpy()


def _verified(sets: list[set[str]], candidates: Callable[[int], Any], threshold: float) -> np.ndarray:
    edges = []
    for i, grams in enumerate(sets):
        for j in candidates(i):
            if j > i:
                common = len(grams & sets[j])
                if common >= threshold * (len(grams) + len(sets[j]) - common):
                    edges.append((i, j))
    return components(len(sets), np.array(edges, dtype=np.int64).reshape(-1, 2))


def _grams(texts: list[str]) -> list[set[str]]:
    return [{t[i : i + 4] for i in range(len(t) - 3)} or {t} for t in readable(texts)]


def rensa(texts: list[str], threshold: float) -> np.ndarray:
    """rensa's RMinHash and RMinHashLSH, every candidate pair verified."""
    from rensa import RMinHash, RMinHashLSH

    sets = _grams(texts)
    hashes = RMinHash.from_token_sets([list(s) for s in sets], num_perm=RANGES, seed=42)
    index = RMinHashLSH(threshold=threshold, num_perm=RANGES, num_bands=BANDS)
    index.insert_many(hashes)
    return _verified(sets, lambda i: index.query(hashes[i]), threshold)


def datasketch(texts: list[str], threshold: float, bulk: bool = False) -> np.ndarray:
    """datasketch's MinHashLSH as its documentation uses it, every candidate pair verified."""
    from datasketch import MinHash, MinHashLSH

    sets = _grams(texts)
    index = MinHashLSH(num_perm=RANGES, params=(BANDS, RANGES // BANDS))
    if bulk:
        hashes = list(MinHash.generator(([g.encode() for g in s] for s in sets), num_perm=RANGES))
    else:
        hashes = [MinHash(num_perm=RANGES) for _ in sets]
        for grams, made in zip(sets, hashes, strict=True):
            for g in grams:
                made.update(g.encode())
    with index.insertion_session() as session:
        for i, h in enumerate(hashes):
            session.insert(i, h)
    return _verified(sets, lambda i: index.query(hashes[i]), threshold)


def datasketch_bulk(texts: list[str], threshold: float) -> np.ndarray:
    """The same with datasketch's bulk interface."""
    return datasketch(texts, threshold, bulk=True)


TOOLS = {"gonghui": gonghui, "rensa": rensa, "datasketch": datasketch, "datasketch_bulk": datasketch_bulk}


def run(tool: str, mix: str, size: int, seed: int, threshold: float) -> dict[str, Any]:
    """One tool on one archive, in this process."""
    made = archive(size, MIXES[mix], seed)
    texts, known = [t.text for t in made], np.array([t.cluster for t in made])
    del made
    TOOLS[tool](texts[:50], threshold)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, cpu = time.perf_counter(), time.process_time()
    found = TOOLS[tool](texts, threshold)
    took, used = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    facts = {"tool": tool, "mix": mix, "size": size, "threshold": threshold, "seconds": took, "cpu": used}
    facts |= {"mb": (peak - before) / 1024, "peak_mb": peak / 1024, "chars": sum(map(len, texts)) / len(texts)}
    return facts | scores(found, known)


def other(kind: str, mix: str, size: int, seed: int) -> dict[str, float]:
    """This package on an archive of another kind; a compilation of two texts belongs to neither and is not counted."""
    made = OTHERS[kind](size, mix == "hard", seed)
    known = np.array([t.cluster for t in made])
    start = time.process_time()
    found = deduplicate([t.text for t in made], unit="documents" if kind == "documents" else "paragraphs")
    used = time.process_time() - start
    counted = known >= 0
    return scores(found["cluster_id"].to_numpy()[counted], known[counted]) | {"cpu": used}


def slots(mix: str, size: int, seed: int) -> dict[str, float]:
    """Slot characters found in the templates of the known clusters of at least three texts."""
    groups: dict[int, list[Text]] = defaultdict(list)
    for text in archive(size, MIXES[mix], seed):
        groups[text.cluster].append(text)
    hit = gold = found = members = 0
    start = time.perf_counter()
    for group in (g for g in groups.values() if len(g) > 2):
        texts = [t.text for t in group]
        frame = deduplicate(texts)
        made = template(texts, int(frame["canonical_id"].mode()[0]))
        members += len(group)
        for text, row in zip(group, made.members, strict=True):
            here = {i for f in row for i in range(f.start, f.end)}
            known = {i for a, b in text.slots for i in range(a, b)}
            hit, gold, found = hit + len(here & known), gold + len(known), found + len(here)
    p, r = hit / max(found, 1), hit / max(gold, 1)
    return {"p": p, "r": r, "f1": 2 * p * r / (p + r), "members": members, "seconds": time.perf_counter() - start}


def apart(*arguments: Any) -> dict[str, Any]:
    """:func:`run` in a process of its own."""
    command = [sys.executable, str(Path(__file__).resolve()), "run", *map(str, arguments)]
    # One core for everybody: threads would blur the comparison.
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"), "1")
    done = subprocess.run(command, env=os.environ | one, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{arguments}: {done.stderr[-2000:]}")
    return json.loads(done.stdout)


def show(facts: dict[str, Any]) -> None:
    """A line of a report."""
    print(
        f"{facts['tool']:15} {facts['mix']:6} {facts['size']:>9,} t={facts['threshold']:.2f}  {facts['seconds']:8.2f} s"
        f" (cpu {facts['cpu']:8.2f})  +{facts['mb']:6.0f} MB (peak {facts['peak_mb']:6.0f})"
        f"  pair P {facts['pair_p']:.5f} R {facts['pair_r']:.5f} F1 {facts['pair_f1']:.5f}  B3 F1 {facts['b3_f1']:.5f}",
        flush=True,
    )


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("accuracy", "speed", "others", "thresholds", "slots", "run"))
    parser.add_argument("rest", nargs="*")
    parser.add_argument("--sizes", default="2000,20000,100000")
    parser.add_argument("--mix", default="normal,hard")
    parser.add_argument("--tools", default="gonghui,rensa,datasketch,datasketch_bulk")
    parser.add_argument("--seed", type=int, default=REPORTED)
    a = parser.parse_args()
    sizes, mixes = [int(s) for s in a.sizes.split(",")], a.mix.split(",")
    if a.what == "run":
        tool, mix, size, seed, threshold = a.rest
        print(json.dumps(run(tool, mix, int(size), int(seed), float(threshold))))
    elif a.what == "others":
        for kind in OTHERS:
            for mix in mixes:
                for size in sizes:
                    told = other(kind, mix, size // 8 if kind == "documents" else size, a.seed)
                    print(kind, mix, size, {k: round(v, 4) for k, v in told.items()}, flush=True)
    elif a.what == "thresholds":
        for mix in mixes:
            for threshold in (0.22, 0.24, 0.26, 0.28, 0.3, 0.32, 0.35, 0.4, 0.5, 0.7, 0.9):
                show(apart("gonghui", mix, sizes[-1], CHOSEN_ON, threshold))
    elif a.what == "slots":
        for mix in mixes:
            for size in sizes:
                print(mix, size, {k: round(v, 4) for k, v in slots(mix, size, a.seed).items()})
    elif a.what == "accuracy":
        for mix in mixes:
            for size in sizes:
                show(apart("gonghui", mix, size, a.seed, 0))
    else:
        took: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for size in sizes:
            for tool in a.tools.split(","):
                if tool != "gonghui" and find_spec(name := tool.partition("_")[0]) is None:
                    print(f"{name} is not installed: pip install {name}")
                    continue
                # Peers know a threshold only; the best one for them here.
                facts = apart(tool, "normal", size, a.seed, 0 if tool == "gonghui" else BEST)
                took[tool].append((size, facts["cpu"]))
                show(facts)
        for tool, times in took.items():
            for (n, t), (m, u) in pairwise(times):
                print(f"{tool}: from {n:,} to {m:,} grows as n^{math.log(u / t) / math.log(m / n):.2f}")


if __name__ == "__main__":
    main()
