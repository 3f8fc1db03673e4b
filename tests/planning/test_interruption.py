from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.planning.checking import season_faults

from ydin.planning import Clock, backend, files
from ydin.planning.groups import plan_cpmp
from ydin.planning.samples import sample_season
from ydin.planning.season import dump, load, parts, plan_season
from ydin.planning.season.days import Days

EMPTY = backend.Program(*[np.zeros(1)] * 3, np.zeros((1, 1)), *[np.zeros(1)] * 2)


def test_an_interrupted_command_writes_the_best_plan_so_far(tmp_path):
    instance, out = tmp_path / "in.json", tmp_path / "out.json"
    source = sample_season(24, 1, 25, 12)
    instance.write_text(json.dumps(source), encoding="utf-8")
    with subprocess.Popen(
        [
            sys.executable,
            "-m",
            "ydin.planning",
            "season",
            str(instance),
            "--out",
            str(out),
            "--seconds",
            "300",
        ],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": "src", "OMP_NUM_THREADS": "1"},
    ) as running:
        assert "bound" in running.stderr.readline()
        running.send_signal(signal.SIGINT)
        asked = time.perf_counter()
        running.communicate(timeout=60)
    assert time.perf_counter() - asked < 30  # a second or so where nothing else runs
    plan = json.loads(out.read_text(encoding="utf-8"))
    assert season_faults(source, plan) == []
    assert running.returncode == (3 if plan["unplaced"] else 0)


def test_a_solver_call_is_given_up_when_the_listener_says_no():
    release = threading.Event()

    def endless(_program, _seconds, *, small):
        assert small
        release.wait(60)
        return backend.GIVEN_UP

    clock = Clock(100, lambda _seen: False)
    started = time.perf_counter()
    answer = backend.solve(EMPTY, 100, clock, small=True, backend=endless)
    assert answer is backend.GIVEN_UP
    assert time.perf_counter() - started < 20
    assert backend.running()
    assert backend.solve(EMPTY, 100, clock, backend=endless) is backend.GIVEN_UP
    release.set()
    deadline = time.perf_counter() + 20
    while backend.running() and time.perf_counter() < deadline:
        time.sleep(0.01)
    assert not backend.running()


def test_a_solver_call_past_its_time_is_given_up(monkeypatch):
    monkeypatch.setattr(backend, "GRACE", 0.0)
    release = threading.Event()
    answer = backend.solve(EMPTY, 0.1, Clock(0.1), backend=lambda *_args, **_more: release.wait(60))
    release.set()
    assert answer is backend.GIVEN_UP


def test_a_fault_of_the_solver_reaches_the_caller():
    def broken(_program, _seconds, *, small):
        raise ZeroDivisionError(small)

    with pytest.raises(ZeroDivisionError):
        backend.solve(EMPTY, 1, Clock(10), backend=broken)


def test_helpers_search_for_clusters_too():
    rng = np.random.default_rng(1)
    points = [[*place, 1.0, 9.0] for place in rng.random((60, 2)).tolist()]
    assignment, cost = plan_cpmp(points, 10, deadline_seconds=4, workers=2)
    alone = plan_cpmp(points, 10, deadline_seconds=1)
    assert len(set(assignment)) <= 10
    assert alone is not None
    assert cost <= 1.2 * alone[1]


days = st.sets(st.integers(0, 400).map(lambda n: date(2027, 1, 1) + timedelta(n)), max_size=12)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(days, days)
def test_days_are_a_set_of_dates(one, other):
    mine = Days(one)
    assert mine == frozenset(one)
    assert list(mine) == sorted(one)
    assert len(mine) == len(one)
    assert hash(mine) == hash(Days(sorted(one)))
    assert {day for day in other if day in mine} == one & other
    assert "2027-01-01" not in mine
    assert "Days(" in repr(mine)


def test_a_long_plan_is_written_piece_by_piece(tmp_path):
    plan = plan_season(load(sample_season(1, 3)), exact_regrets=False)
    out = tmp_path / "plan.json"
    files.write(str(out), parts(plan))
    assert json.loads(out.read_text(encoding="utf-8")) == dump(plan)
