"""Measures the planning engine against its targets: a table, and one JSON line at the end.

usage: bench/planning.py [--quick] [--only NAME …] [--cpmp FOLDER] [--checkers FOLDER]

Every line of the table is a process of its own with one thread. Seconds are processor seconds unless a
deadline is meant: on an idle machine the same as the clock's, and on a busy one still what the work takes. `--quick` leaves out what takes minutes.
The public p-median instances are looked for in FOLDER (default: ../shared/planning/cpmp beside the clone).
With `--checkers` every plan is run through the independent `check_season.py` and `check_cpmp.py` of that
folder, after the clock was stopped and the memory looked at; a fault makes the line "no".
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from ydin.planning import files, groups, season, tables  # noqa: E402
from ydin.planning.samples import sample_season  # noqa: E402

Row = dict[str, Any]


def checker(name: str) -> Path | None:
    """An independent checker, when `--checkers` was given."""
    folder = os.environ.get("YDIN_CHECKERS")
    return Path(folder) / name if folder else None


class Checks:
    """Counts the plans that went through the independent checker, and the faults it found."""

    def __init__(self) -> None:
        self.plans = 0
        self.faults: list[str] = []
        self.module: Any = None
        path = checker("check_season.py")
        spec = importlib.util.spec_from_file_location("check_season", path) if path else None
        if spec and spec.loader:
            self.module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(self.module)

    def season(self, source: Row, plan: season.Plan, previous: season.Plan | None = None) -> None:
        if self.module is not None:
            old = season.dump(previous) if previous else None
            self.note(self.module.check(source, season.dump(plan), old)[0])

    def by_command(self, name: str, *files: str) -> None:
        path = checker(name)
        if path is not None:
            done = subprocess.run(
                [sys.executable, str(path), *files], check=False, capture_output=True, text=True
            )
            self.note(done.stdout.splitlines()[:-1] if done.returncode else [])

    def note(self, faults: list[str]) -> None:
        self.plans += 1
        self.faults += faults


CHECKS = Checks()


def region(count: int, seed: int, seconds: float, per_coordinator: int = 4) -> tuple[season.Plan, float]:
    source = sample_season(count, seed, 25, per_coordinator)
    instance = season.load(source)
    started = time.process_time()
    plan = season.plan_season(instance, deadline_seconds=seconds, exact_regrets=False)
    took = time.process_time() - started
    CHECKS.season(source, plan)
    return plan, took


def percent(plan: season.Plan) -> float:
    return round(100 * (plan.objective / plan.bound - 1), 3) if plan.bound else math.nan


def one_group() -> Row:
    region(1, 1, 10)
    runs = [region(1, seed, 10) for seed in range(1, 101)]
    proved = sum(plan.objective == plan.bound for plan, _seconds in runs if not plan.unplaced)
    full = sum(not plan.unplaced for plan, _seconds in runs)
    times = sorted(1000 * seconds for _plan, seconds in runs)
    median = statistics.median(times)
    return {
        "result": f"median {median:.0f} ms, 95th {times[94]:.0f} ms; {proved} of {full} feasible seeds proved optimal",
        "target": "<= 20 ms, gap 0 on 95 of 100",
        "met": median <= 20 and proved >= 0.95 * full,
    }


def thirteen_groups() -> Row:
    runs = {seed: region(13, seed, 60) for seed in range(1, 11)}
    median = statistics.median(seconds for _plan, seconds in runs.values())
    proved = sum(plan.status == "optimal" for plan, _seconds in runs.values())
    first = runs[1][0].objective
    return {
        "result": f"{proved} of 10 proved, median {median:.2f} s, seed 1 = {first}",
        "target": "all proved, median <= 2 s, 42753",
        "met": proved == 10 and median <= 2 and first == 42753,
        "each": [round(seconds, 2) for _plan, seconds in runs.values()],
    }


def two_coordinators() -> Row:
    plan, seconds = region(24, 1, 30, 12)
    return {
        "result": f"{len(plan.turns)} of 288 placed, {percent(plan)} % above the bound, {seconds:.1f} s",
        "target": "all placed, <= 0.5 %, 30 s",
        "met": len(plan.turns) == 288 and percent(plan) <= 0.5 and seconds <= 31,
    }


def many(count: int, seconds: float, gap: float) -> Row:
    """Generated in another process, so that the memory is that of reading and planning."""
    with tempfile.TemporaryDirectory() as folder:
        name = str(Path(folder) / "instance.json")
        code = f"import json; from ydin.planning.samples import sample_season as s; json.dump(s({count}, 1), open({name!r}, 'w'))"
        subprocess.run([sys.executable, "-c", code], check=True, env=_environment())
        started, cpu = time.perf_counter(), time.process_time()
        instance = season.load(files.read(name))
        plan = season.plan_season(
            instance,
            deadline_seconds=seconds * 6,
            progress=lambda _seen: time.process_time() - cpu < seconds * 0.85,
            exact_regrets=False,
        )
        took, cpu = time.perf_counter() - started, time.process_time() - cpu
        answer = str(Path(folder) / "plan.json")
        files.write(answer, season.parts(plan))
        peak = _peak()
        CHECKS.by_command("check_season.py", name, answer)
    codes = sorted({reason.code for slot in plan.unplaced for reason in slot.because})
    return {
        "result": (
            f"{len(plan.turns)} of {count * 12} placed, open: {len(plan.unplaced)} {codes}, "
            f"{percent(plan)} % above the bound, {took:.0f} s, of the processor {cpu:.0f} s"
        ),
        "megabytes": peak,
        "target": f"all placed or proved not to be, <= {gap} %, <= {seconds:.0f} s, <= 1 GB",
        "met": percent(plan) <= gap
        and cpu <= seconds
        and "not_decided_in_time" not in codes
        and peak <= 1000,
    }


def repairs() -> Row:
    sources = [sample_season(count, seed) for seed in range(1, 6) for count in (1, 13)]
    instances = [season.load(source) for source in sources]
    plans = [season.plan_season(one, deadline_seconds=30, exact_regrets=False) for one in instances]
    rng = random.Random(1)
    times, single, full = [], 0, 0
    for n in range(100):
        instance, plan = instances[n % 10], plans[n % 10]
        slot = rng.choice(plan.turns).slot
        started = time.process_time()
        repaired = season.replan(instance, plan, [slot])
        times.append(1000 * (time.process_time() - started))
        CHECKS.season(sources[n % 10], repaired, plan)
        old = plan.by_slot()
        changed = [
            t for t in repaired.turns if (old[t.slot].host, old[t.slot].evening) != (t.host, t.evening)
        ]
        single += len(changed) == 1
        full += not repaired.unplaced
    times.sort()
    return {
        "result": f"{single} of 100 with one change, {full} complete; median {times[50]:.0f} ms, longest {times[-1]:.0f} ms",
        "target": "least changes in 100 of 100, <= 50 ms",
        "met": full == 100 and times[-1] <= 50,
    }


def companies(count: int, seconds: float) -> Row:
    market = _market(count)
    started = time.perf_counter()
    answer = groups.plan_groups(market)
    took = time.perf_counter() - started
    sizes = [len(circle.members) for circle in answer.groups]
    present = sum(company.group is not None for company in market.companies)
    moved = 100 * len(answer.moved) / present
    return {
        "result": (
            f"{len(sizes)} groups of {min(sizes)}-{max(sizes)}, {moved:.2f} % of present members moved, "
            f"{len(answer.competitors)} pairs of competitors named, {len(answer.ungrouped)} left, {took:.1f} s"
        ),
        "target": f"sizes 10-25, <= 3 % moved, <= {seconds:.0f} s",
        "met": min(sizes) >= 10 and max(sizes) <= 25 and moved <= 3 and took <= seconds,
    }


def _market(count: int) -> groups.Market:
    """Companies around towns of very different size; seven of ten belong to a group already."""
    rng = random.Random(1)
    towns = [(60 + rng.random() * 7, 21 + rng.random() * 9) for _ in range(max(3, count // 100))]
    weights = [rng.paretovariate(1.2) for _ in towns]
    filled = [0] * len(towns)
    found = []
    for n in range(count):
        town = rng.choices(range(len(towns)), weights)[0]
        group = None
        if rng.random() < 0.7:
            group = f"g{town}-{filled[town] // 22}"
            filled[town] += 1
        place = (towns[town][0] + rng.gauss(0, 0.08), towns[town][1] + rng.gauss(0, 0.15))
        languages = rng.choices([["fi"], ["sv"], ["fi", "sv"], ["fi", "en"]], [80, 5, 10, 5])[0]
        industry = f"{rng.randrange(100, 700)}0"
        found.append(groups.Company(f"c{n}", place, f"t{town}", industry, frozenset(languages), group))
    return groups.Market(tuple(found))


def clusters() -> Row:
    folder = Path(os.environ.get("YDIN_CPMP", ROOT.parent / "shared" / "planning" / "cpmp"))
    gaps = {}
    workers = int(os.environ.get("YDIN_WORKERS", "2"))
    for path in sorted(folder.glob("*.json")):
        source = json.loads(path.read_text(encoding="utf-8"))
        found = groups.plan_cpmp(source["points"], source["p"], deadline_seconds=30, workers=workers)
        with tempfile.TemporaryDirectory() as place:
            answer = str(Path(place) / "solution.json")
            files.write(answer, {"assignment": found[0], "cost": found[1]} if found else {"assignment": []})
            CHECKS.by_command("check_cpmp.py", str(path), answer)
        gaps[path.stem] = round(100 * (found[1] / source["best_known"] - 1), 3) if found else math.inf
    if not gaps:
        return {
            "result": f"no instances in {folder.name}",
            "target": "mean <= 0.3 %, none > 0.8 %",
            "met": None,
        }
    mean = statistics.mean(gaps.values())
    return {
        "result": f"mean gap {mean:.2f} %, largest {max(gaps.values()):.2f} % ({workers} processes): "
        + ", ".join(f"{name} {gap:.2f}" for name, gap in gaps.items()),
        "megabytes": _peak() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1000 * (workers - 1),
        "target": "mean <= 0.3 %, none > 0.8 % (two threads)",
        "met": mean <= 0.3 and max(gaps.values()) <= 0.8,
        "each": gaps,
    }


def golfers() -> Row:
    shown, good = [], True
    for size in ((5, 3, 6), (8, 4, 6), (8, 4, 7)):
        started = time.perf_counter()
        repeats = tables.golfer(*size).repeats
        took = time.perf_counter() - started
        good = good and repeats == 0 and took <= 2
        shown.append(f"{'-'.join(map(str, size))}: {repeats} repeats {took:.2f} s")
    return {"result": ", ".join(shown), "target": "no repeat, <= 2 s", "met": good}


def meetings() -> Row:
    """24 members, 10 meetings, three of four present, tables of at most 4."""
    planned, by_lot = zip(*(_meetings(seed) for seed in range(1, 11)), strict=True)
    return {
        "result": f"mean {statistics.mean(planned):.1f} repeated pairs, by lot {statistics.mean(by_lot):.1f}",
        "target": "about 16, by lot 80",
        "met": statistics.mean(planned) <= 16,
    }


def _meetings(seed: int) -> tuple[int, int]:
    rng = random.Random(seed)
    met: dict[tuple[str, str], int] = {}
    lot: set[tuple[str, str]] = set()
    planned = drawn = 0
    for _meeting in range(10):
        coming = [f"m{n:02d}" for n in range(24) if rng.random() < 0.75]
        for table in tables.seat(tables.Meeting(tuple(coming), met), seed=seed).tables:
            for pair in [(a, b) for a in table for b in table if a < b]:
                planned += pair in met
                met[pair] = met.get(pair, 0) + 1
        rng.shuffle(coming)
        count = math.ceil(len(coming) / 4)
        for table in [coming[at::count] for at in range(count)]:
            pairs = {(a, b) for a in table for b in table if a < b}
            drawn += len(pairs & lot)
            lot |= pairs
    return planned, drawn


def fairness() -> Row:
    """Ten seasons of groups whose members all host, with three who leave and three who join a year."""
    in_turn = [_ten_seasons(seed, in_turn=True) for seed in range(1, 11)]
    alone = [_ten_seasons(seed, in_turn=False) for seed in range(1, 4)]
    spread = max(most - least for _open, most, least in in_turn)
    return {
        "result": (
            f"10 groups asked in turn: counts differ by at most {spread}, "
            f"{sum(row[0] for row in in_turn)} months open; "
            f"by the objective alone: by up to {max(most - least for _open, most, least in alone)}"
        ),
        "target": "by at most 1",
        "met": spread <= 1,
        "each": [f"{least}-{most}" for _open, most, least in in_turn],
    }


def _ten_seasons(seed: int, *, in_turn: bool) -> tuple[int, int, int]:
    """(open months, most, least times hosted) of the members who were there all ten seasons."""
    source = sample_season(1, seed)
    members = source["groups"][0]["members"]
    times: dict[str, int] = {member["id"]: 0 for member in members}
    since: dict[str, int | None] = {}
    stayed = [member["id"] for member in members[3:]]
    empty = 0
    for year in range(10):
        fresh = sample_season(1, f"{seed}-{year}")["groups"][0]["members"]
        for n, member in enumerate(members):
            dates = {key: fresh[n][key] for key in ("evenings", "unavailable")}
            member |= {**dates, "hosts": True, "capacity": 40}
            if n < 3:
                member["id"] = f"new{year}-{n}"
            member["seasons_since_hosting"] = since.get(member["id"])
            times.setdefault(member["id"], min(times[key] for key in stayed))
        instance = season.load(source)
        instance = season.in_turn(instance, times) if in_turn else instance
        plan = season.plan_season(instance, deadline_seconds=10, exact_regrets=False)
        CHECKS.season(source, plan)
        empty += len(plan.unplaced)
        since = {key: None if value is None else value + 1 for key, value in since.items()}
        for turn in plan.turns:
            since[turn.host] = 1
            times[turn.host] += 1
    return empty, max(times[key] for key in stayed), min(times[key] for key in stayed)


def start() -> Row:
    code = "import time; t = time.perf_counter(); import ydin.planning.season; print(time.perf_counter() - t)"
    runs = [
        float(
            subprocess.run(
                [sys.executable, "-c", code], check=True, capture_output=True, env=_environment()
            ).stdout
        )
        for _ in range(5)
    ]
    return {
        "result": f"{statistics.median(runs):.3f} s",
        "target": "<= 0.6 s",
        "met": statistics.median(runs) <= 0.6,
    }


CASES: dict[str, tuple[str, bool, Callable[[], Row]]] = {
    "import": ("import", True, start),
    "group": ("1 group, 25 members, 12 months, 100 seeds", True, one_group),
    "region": ("13 groups, seeds 1-10", True, thirteen_groups),
    "coordinators": ("24 groups, 2 coordinators", True, two_coordinators),
    "repair": ("one cancellation, 1 and 13 groups", True, repairs),
    "fairness": ("fairness over ten seasons", True, fairness),
    "golfer": ("social golfer", True, golfers),
    "meetings": ("tables with absences", True, meetings),
    "companies10": ("10,000 companies", True, lambda: companies(10_000, 60)),
    "companies100": ("100,000 companies", False, lambda: companies(100_000, 600)),
    "season500": ("500 groups", False, lambda: many(500, 60, 0.5)),
    "cpmp": ("p-median instances, 30 s each", False, clusters),
    "season5000": ("5,000 groups", False, lambda: many(5_000, 600, 1.0)),
}


def _environment() -> dict[str, str]:
    return {
        **os.environ,
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": str(ROOT / "src"),
    }


def _peak() -> int:
    """Megabytes at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", nargs="*", choices=sorted(CASES))
    parser.add_argument("--cpmp", help="folder of the public p-median instances")
    parser.add_argument("--workers", type=int, default=2, help="processes for the p-median instances")
    parser.add_argument("--checkers", help="folder of check_season.py and check_cpmp.py")
    parser.add_argument("--case", choices=sorted(CASES), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.case:
        row = CASES[arguments.case][2]()
        cpu = time.process_time()
        checked = {"checked": CHECKS.plans, "faults": CHECKS.faults[:10]}
        if CHECKS.plans:
            row["result"] += f"; {CHECKS.plans} plans checked, {len(CHECKS.faults)} faults"
            row["met"] = row["met"] and not CHECKS.faults
        print(json.dumps({"megabytes": _peak(), **row, **checked, "cpu": round(cpu, 1)}))
        return 0
    if arguments.cpmp:
        os.environ["YDIN_CPMP"] = arguments.cpmp
    os.environ["YDIN_WORKERS"] = str(arguments.workers)
    if arguments.checkers:
        os.environ["YDIN_CHECKERS"] = arguments.checkers
    rows = {}
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(
        f"{machine}, one thread where nothing else is said, load {os.getloadavg()[0]:.1f}\n\n| Work | Measured | Seconds in all (processor) | MB | Target | Met |\n|---|---|---|---|---|---|"
    )
    for name, (title, quick, _run) in CASES.items():
        if name not in (arguments.only or CASES) or (arguments.quick and not quick):
            continue
        started = time.perf_counter()
        command = [sys.executable, __file__, "--case", name]
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=_environment())
        row = json.loads(done.stdout.splitlines()[-1])
        rows[name] = {**row, "seconds": round(time.perf_counter() - started, 1)}
        met = {True: "yes", False: "no", None: "-"}[row["met"]]
        print(
            f"| {title} | {row['result']} | {rows[name]['seconds']} ({row['cpu']}) | {row['megabytes']} "
            f"| {row['target']} | {met} |",
            flush=True,
        )
    print("\n" + json.dumps({"machine": machine, "load": os.getloadavg()[0], "rows": rows}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
