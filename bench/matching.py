"""Suggested matches: nDCG@10 against plain TF-IDF and character n-grams, and speed for many companies.

    python bench/matching.py [--only quality speed] [--companies 100000]

The test set (`bench/data/matching.csv`) was written by hand in three languages; its `held` part by somebody who had
seen neither taxonomy nor code, and it took no part in tuning. Relevance: 2 is what was asked for, 1 would help (Järvelin & Kekäläinen 2002, gain 2^r - 1).
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import os
import platform
import random
import resource
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from ydin.planning.matching import Company, Index, Item, Market, Text
from ydin.planning.matching.learnt import lexicons
from ydin.planning.matching.taxonomy import concepts
from ydin.planning.matching.vectors import Floats, Vectoriser
from ydin.planning.matching.words import LANGUAGES, stem, tokens

DATA = Path(__file__).parent / "data" / "matching.csv"
DEPTH = 10
FILLING = {
    "fi": "haemme apua pian uuteen hankkeeseen keväällä lähellä hyvä hinta nopeasti",
    "sv": "till våren nära oss snabb start bra pris projekt nytt",
    "en": "soon near us quick start good price project spring",
}
Row = dict[str, str]


def load(which: str) -> tuple[list[Row], list[Row]]:
    with DATA.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["set"] == which]
    return [r for r in rows if r["kind"] == "offer"], [r for r in rows if r["kind"] == "need"]


def grades(need: Row) -> dict[str, int]:
    return {part.split("=")[0]: int(part.split("=")[1]) for part in need["relevant"].split()}


def ndcg(order: list[str], graded: dict[str, int]) -> float:
    gain = sum((2 ** graded.get(o, 0) - 1) / math.log2(n + 2) for n, o in enumerate(order[:DEPTH]))
    best = sorted(graded.values(), reverse=True)[:DEPTH]
    return gain / sum((2**g - 1) / math.log2(n + 2) for n, g in enumerate(best))


def ours(offers: list[Row], needs: list[Row]) -> Floats:
    texts = [Text(o["language"], o["text"]) for o in offers]
    asked = [Text(n["language"], n["text"]) for n in needs]
    vectoriser = Vectoriser()
    vectoriser.fit(texts + asked)
    found: Floats = (vectoriser.rows(asked) @ vectoriser.rows(texts).T).toarray()
    return found


def bag(offers: list[Row], needs: list[Row], cut: Callable[[str], list[str]]) -> Floats:
    known: dict[str, int] = {}
    every = [cut(item["text"]) for item in [*offers, *needs]]
    columns = [known.setdefault(part, len(known)) for parts in every for part in parts]
    starts = np.cumsum([0, *(len(parts) for parts in every)])
    counts = sp.csr_array((np.ones(len(columns)), columns, starts), shape=(len(every), len(known)))
    counts.sum_duplicates()
    rarity = np.log((1 + len(every)) / (1 + np.bincount(counts.indices, minlength=len(known)))) + 1
    rows = (counts @ sp.diags_array(rarity)).toarray()
    rows /= np.maximum(1e-12, np.linalg.norm(rows, axis=1))[:, None]
    found: Floats = rows[len(offers) :] @ rows[: len(offers)].T
    return found


def ngrams(text: str) -> list[str]:
    padded = [f"_{word}_" for word in tokens(text)]
    return [w[i : i + size] for w in padded for size in (3, 4, 5) for i in range(len(w) - size + 1)]


def score(matrix: Floats, offers: list[Row], needs: list[Row]) -> tuple[float, float, int]:
    """nDCG@10 over all needs, and over offers in another language than the need (needs that have such)."""
    every, across = [], []
    language = {o["id"]: o["language"] for o in offers}
    for row, need in zip(matrix, needs, strict=True):
        order = [offers[i]["id"] for i in np.argsort(-row, kind="stable")]
        graded = grades(need)
        every.append(ndcg(order, graded))
        foreign = {o: g for o, g in graded.items() if language[o] != need["language"]}
        if foreign:
            across.append(ndcg([o for o in order if language[o] != need["language"]], foreign))
    return float(np.mean(every)), float(np.mean(across)), len(across)


def quality(which: str) -> None:
    offers, needs = load(which)
    print(f"\n{which}: {len(offers)} offers, {len(needs)} needs")
    print(f"{'method':<28}{'nDCG@10':>9}{'across languages':>18}{'needs':>7}")
    rows = {
        "TF-IDF of words": bag(offers, needs, tokens),
        "TF-IDF of 3- to 5-grams": bag(offers, needs, ngrams),
        "ydin.planning.matching": ours(offers, needs),
    }
    result = {}
    for name, matrix in rows.items():
        every, across, count = score(matrix, offers, needs)
        result[name] = {"ndcg": round(every, 4), "across": round(across, 4)}
        print(f"{name:<28}{every:>9.3f}{across:>18.3f}{count:>7}")
    print(json.dumps({"set": which, **result}))


def market(size: int) -> Market:
    """Companies with an offer and a need of two trades each; four of five write Finnish."""
    draw = random.Random(1)
    known = list(concepts().values())
    weights = [1 / (n + 10) ** 0.7 for n in range(len(known))]
    picks = draw.choices(known, weights, k=4 * size)

    def text(n: int) -> Text:
        code = draw.choices(LANGUAGES, (80, 10, 10))[0]
        trades = [draw.choice(c.terms[code]) for c in picks[2 * n : 2 * n + 2]]
        return Text(code, " ".join([*trades, *draw.sample(FILLING[code].split(), 4)]))

    companies = [
        Company(
            f"c{n}",
            (60 + draw.random() * 8, 21 + draw.random() * 8),
            frozenset(draw.sample(LANGUAGES, 2)),
            picks[2 * n].nace,
            f"m{draw.randrange(308)}",
            frozenset(f"c{draw.randrange(size)}" for _ in range(3)),
        )
        for n in range(size)
    ]
    offers = [Item(f"o{n}", text(n), f"c{n}") for n in range(size)]
    return Market(companies, offers, [Item(f"n{n}", text(size + n), f"c{n}") for n in range(size)])


def speed(size: int) -> None:
    print(f"\n{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    started = time.perf_counter()
    lexicons()
    for language in LANGUAGES:
        stem("unheard-of", language)  # opens the dictionary, which a process does once
    words = time.perf_counter() - started
    made = market(size)
    clock, cpu = time.perf_counter(), time.process_time()
    index = Index(made, threads=os.cpu_count() or 1)
    read = time.perf_counter() - clock
    found = index.everything(top=DEPTH)
    total, cpu = time.perf_counter() - clock, time.process_time() - cpu
    most = int(np.bincount(found.offers).max())
    clock = time.perf_counter()
    for n in range(50):
        index.of_need(f"n{n}")
    one = (time.perf_counter() - clock) / 50 * 1000
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{size:,} companies: dictionaries {words:.1f} s once, index {read:.1f} s, index and top {DEPTH} for all"
    )
    print(f"  {total:.1f} s ({cpu:.1f} s of CPU), one need {one:.1f} ms, peak {peak} MB")
    print(f"  {len(found):,} suggestions, one offer at most {most} times (average {len(found) / size:.1f})")
    figures = {"companies": size, "seconds": round(total, 2), "cpu": round(cpu, 2), "one_ms": round(one, 2)}
    print(json.dumps({**figures, "peak_mb": peak, "most": most}))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", nargs="+", choices=("quality", "speed"), default=["quality", "speed"])
    parser.add_argument("--companies", type=int, default=100_000)
    given = parser.parse_args()
    if "quality" in given.only:
        quality("tune")
        quality("held")
    if "speed" in given.only:
        speed(given.companies)


if __name__ == "__main__":
    main()
