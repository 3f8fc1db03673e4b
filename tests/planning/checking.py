"""The hard rules and the objective of a season once more, from the description alone; and tiny instances."""

from __future__ import annotations

import importlib.util
import itertools
import os
from collections import defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

from hypothesis import strategies as st

BESIDE = Path(__file__).resolve().parents[2].parent / "shared" / "planning"
SHARED = Path(os.environ.get("YDIN_PLANNING_CHECKERS", BESIDE))
DAYS = ["05", "12", "19", "26"]
MONTHS = ["2027-01", "2027-02", "2027-03"]
THEMES = ["export", "pricing"]

Json = dict[str, Any]


def shared_checker(name: str) -> ModuleType | None:
    """An independent checker: from the folder that YDIN_PLANNING_CHECKERS names, or beside the clone."""
    path = SHARED / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path) if path.exists() else None
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def season_faults(instance: Json, plan: Json) -> list[str]:
    """Every broken rule of a plan, and a wrong objective."""
    groups = {group["id"]: group for group in instance["groups"]}
    turns = {(turn["group"], turn["month"]): turn for turn in plan["turns"]}
    faults = ["two turns in a slot"] if len(turns) < len(plan["turns"]) else []
    wanted = set(itertools.product(groups, instance["months"]))
    open_slots = {(slot["group"], slot["month"]) for slot in plan["unplaced"]}
    if set(turns) | open_slots != wanted or set(turns) & open_slots:
        faults.append("slots are not covered exactly once")
    faults += [
        fault for turn in plan["turns"] for fault in turn_faults(instance, groups[turn["group"]], turn)
    ]
    faults += crossing_faults(groups, plan["turns"])
    for group in groups.values():
        for lock in group["locked"]:
            turn = turns.get((group["id"], lock["month"]), {})
            if (turn.get("host"), turn.get("evening")) != (lock["host"], lock["evening"]):
                faults.append(f"lock of {group['id']} moved")
    if plan["objective"] != objective(groups, plan["turns"]):
        faults.append(f"objective {plan['objective']} is {objective(groups, plan['turns'])}")
    return faults


def turn_faults(instance: Json, group: Json, turn: Json) -> list[str]:
    """What is wrong with a turn by itself."""
    host = next(member for member in group["members"] if member["id"] == turn["host"])
    day = turn["evening"]
    present = sum(day not in member["unavailable"] for member in group["members"])
    checks = {
        "does not host": host["hosts"],
        "not offered": day in host["evenings"] and day[:7] == turn["month"],
        "host away": day not in host["unavailable"],
        "too small": host["capacity"] >= 0.7 * present,
    }
    if turn["expert"] is not None:
        expert = next(one for one in instance["experts"] if one["id"] == turn["expert"])
        checks["expert not callable"] = expert["id"] in group["experts"]
        checks["expert away"] = day in expert["evenings"]
        checks["expert of another theme"] = bool(set(expert["themes"]) & set(host["themes"]))
    return [f"{group['id']} {turn['month']}: {name}" for name, fine in checks.items() if not fine]


def crossing_faults(groups: dict[str, Json], turns: list[Json]) -> list[str]:
    """What two turns forbid each other."""
    faults = []
    for one, other in itertools.combinations(turns, 2):
        a, b = groups[one["group"]], groups[other["group"]]
        if a is b and one["host"] == other["host"]:
            faults.append(f"{one['host']} hosts twice")
        if one["evening"] != other["evening"] or a is b:
            continue
        if a["coordinator"] == b["coordinator"]:
            faults.append(f"coordinator {a['coordinator']} twice on {one['evening']}")
        if b["id"] in a["neighbours"] or a["id"] in b["neighbours"]:
            faults.append(f"neighbours on {one['evening']}")
        if one["expert"] is not None and one["expert"] == other["expert"]:
            faults.append(f"expert {one['expert']} twice")
    return faults


def objective(groups: dict[str, Json], turns: list[Json]) -> int:
    """The objective as the description words it."""
    total = 0
    travelled: dict[str, list[int]] = defaultdict(list)
    for turn in turns:
        group = groups[turn["group"]]
        place = [member["id"] for member in group["members"]].index(turn["host"])
        host = group["members"][place]
        since = host["seasons_since_hosting"]
        total += 100 * (6 - (6 if since is None else min(since, 6)))
        total += 10 * sum(turn["evening"] in member["unavailable"] for member in group["members"])
        total += 60 * (turn["expert"] is None)
        offered = [day for day in host["evenings"] if day.startswith(turn["month"])]
        total += 4 * offered.index(turn["evening"])
        minutes = [row[place] for row in group["travel_minutes"]]
        total += sum(minutes) // len(minutes)
        sums = travelled[turn["group"]] or [0] * len(minutes)
        travelled[turn["group"]] = [a + b for a, b in zip(sums, minutes, strict=True)]
    return total + sum(3 * max(sums) for sums in travelled.values())


def options(instance: Json, group: Json, month: str) -> list[Json | None]:
    """Every turn that a group could have in a month by itself, and none."""
    found: list[Json | None] = [None]
    for member in group["members"]:
        for day in member["evenings"]:
            for expert in [None, *group["experts"]]:
                turn = {
                    "group": group["id"],
                    "month": month,
                    "host": member["id"],
                    "evening": day,
                    "expert": expert,
                }
                if day[:7] == month and not turn_faults(instance, group, turn):
                    found.append(turn)
    return found


def brute_force(instance: Json) -> tuple[int, int]:
    """(turns, objective) of the best plan: all combinations are tried."""
    groups = {group["id"]: group for group in instance["groups"]}
    every = [options(instance, group, month) for group in groups.values() for month in instance["months"]]
    best = (0, 0)

    def extend(at: int, turns: list[Json]) -> None:
        nonlocal best
        if at == len(every):
            best = min(best, (-len(turns), objective(groups, turns)))
            return
        for turn in every[at]:
            if turn is None:
                extend(at + 1, turns)
            elif not crossing_faults(groups, [*turns, turn])[:1]:
                extend(at + 1, [*turns, turn])

    extend(0, [])
    return -best[0], best[1]


@st.composite
def instances(draw: st.DrawFn, most_groups: int = 2, most_members: int = 4, most_months: int = 2) -> Json:
    """Small seasons in which rules bite often."""
    months = MONTHS[: draw(st.integers(1, most_months))]
    every = [f"{month}-{day}" for month in months for day in DAYS[:2]]
    days = st.lists(st.sampled_from(every), unique=True, max_size=4)
    count = draw(st.integers(1, most_groups))
    experts = [
        {"id": f"e{n}", "themes": [THEMES[n]], "evenings": draw(days)} for n in range(draw(st.integers(0, 2)))
    ]
    groups = []
    for g in range(count):
        size = draw(st.integers(1, most_members))
        minutes = st.integers(0, 60)
        groups.append(
            {
                "id": f"g{g}",
                "coordinator": f"c{draw(st.integers(0, 1))}",
                "neighbours": [f"g{n}" for n in range(count) if n != g and draw(st.booleans())],
                "experts": [expert["id"] for expert in experts if draw(st.booleans())],
                "locked": [],
                "travel_minutes": [[draw(minutes) for _ in range(size)] for _ in range(size)],
                "members": [
                    {
                        "id": f"g{g}m{n}",
                        "seasons_since_hosting": draw(st.sampled_from([None, 0, 1, 3, 7])),
                        "hosts": draw(st.integers(0, 5)) > 0,
                        "capacity": draw(st.integers(0, 5)),
                        "themes": [draw(st.sampled_from(THEMES))],
                        "evenings": draw(days),
                        "unavailable": draw(days),
                    }
                    for n in range(size)
                ],
            }
        )
    return {"months": months, "groups": groups, "experts": experts}
