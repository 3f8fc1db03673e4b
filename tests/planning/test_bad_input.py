from __future__ import annotations

import copy
import json
import subprocess
import sys
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ydin.planning import InputError
from ydin.planning.cli import main
from ydin.planning.groups import load as load_market
from ydin.planning.groups import load_cpmp
from ydin.planning.samples import sample_season
from ydin.planning.season import load, load_plan
from ydin.planning.tables import golfer
from ydin.planning.tables import load as load_meeting

GOOD = sample_season(2, 1, members=4)

FAULTS = [
    (["months"], [], "months", "is empty"),
    (["months", 0], "January", "months[0]", "not a month such as 2027-01"),
    (["months", 1], "2027-01", "months[1]", "2027-01 occurs twice"),
    (["groups"], [], "groups", "is empty"),
    (["groups", 1, "id"], "g0", "groups[1].id", "g0 occurs twice"),
    (["groups", 0, "neighbours"], ["g7"], "groups[0].neighbours[0]", "no other group g7"),
    (["groups", 0, "neighbours"], ["g0"], "groups[0].neighbours[0]", "no other group g0"),
    (["groups", 0, "experts", 0], "e9", "groups[0].experts[0]", "no expert e9"),
    (["groups", 0, "members"], [], "groups[0].members", "is empty"),
    (["groups", 0, "members", 3, "id"], "g0m0", "groups[0].members[3].id", "g0m0 occurs twice"),
    (["groups", 0, "members", 3, "capacity"], -1, "groups[0].members[3].capacity", "is negative"),
    (["groups", 0, "members", 3, "capacity"], 1.5, "groups[0].members[3].capacity", "not a whole number"),
    (["groups", 0, "members", 3, "capacity"], True, "groups[0].members[3].capacity", "not a whole number"),
    (["groups", 0, "members", 3, "hosts"], "yes", "groups[0].members[3].hosts", "not true or false"),
    (
        ["groups", 0, "members", 2, "evenings"],
        ["2027-01-05", "2027-01-32"],
        "groups[0].members[2].evenings[1]",
        "not a date",
    ),
    (["groups", 0, "members", 2, "evenings"], [5], "groups[0].members[2].evenings[0]", "not a date"),
    (
        ["groups", 0, "members", 2, "evenings"],
        ["2031-01-05"],
        "groups[0].members[2].evenings[0]",
        "2031-01-05 is in no month of the season",
    ),
    (
        ["groups", 0, "members", 2, "evenings"],
        ["2027-01-05", "2027-01-05"],
        "groups[0].members[2].evenings[1]",
        "2027-01-05 occurs twice",
    ),
    (
        ["groups", 0, "members", 2, "seasons_since_hosting"],
        -2,
        "groups[0].members[2].seasons_since_hosting",
        "is negative",
    ),
    (["groups", 0, "travel_minutes"], [[0]], "groups[0].travel_minutes", "1 rows for 4 members"),
    (["groups", 0, "travel_minutes", 1], [0], "groups[0].travel_minutes[1]", "1 values for 4 members"),
    (["groups", 0, "travel_minutes", 1, 2], -5, "groups[0].travel_minutes[1][2]", "is negative"),
    (
        ["groups", 0, "locked"],
        [{"month": "2027-01", "host": "nobody", "evening": "2027-01-05"}],
        "groups[0].locked[0].host",
        "no member nobody",
    ),
    (
        ["groups", 0, "locked"],
        [{"month": "2027-01", "host": "g0m0", "evening": "2027-02-05"}],
        "groups[0].locked[0].evening",
        "2027-02-05 is not in 2027-01",
    ),
]


@pytest.mark.parametrize(("path", "value", "field", "message"), FAULTS)
def test_a_fault_is_named_by_its_field(path, value, field, message):
    source = copy.deepcopy(GOOD)
    target = source
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    with pytest.raises(InputError) as refusal:
        load(source)
    assert (refusal.value.field, refusal.value.message) == (field, message)


@pytest.mark.parametrize(("path", "value", "field", "message"), FAULTS)
def test_the_command_names_the_field_in_one_line(tmp_path, capsys, path, value, field, message):
    source = copy.deepcopy(GOOD)
    target = source
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    assert _refused(tmp_path, capsys, json.dumps(source)) == f"{field}: {message}\n"


def test_the_command_refuses_a_million_members(tmp_path, capsys):
    source = copy.deepcopy(GOOD)
    member = json.dumps({"id": "m"})
    source["groups"][1]["members"] = "MANY"
    text = json.dumps(source).replace('"MANY"', "[" + ", ".join([member] * 1_000_000) + "]")
    complaint = _refused(tmp_path, capsys, text)
    assert complaint == "groups[1].members: 1000000 items, at most 1000\n"


def _refused(tmp_path, capsys, text):
    """What the command says when it refuses an instance; it must have written nothing."""
    instance, out = tmp_path / "in.json", tmp_path / "out.json"
    instance.write_text(text, encoding="utf-8")
    assert main(["season", str(instance), "--out", str(out)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert list(tmp_path.iterdir()) == [instance]
    return captured.err


def test_a_million_members_are_refused_at_once():
    source = copy.deepcopy(GOOD)
    source["groups"][0]["members"] *= 250_000
    with pytest.raises(InputError, match=r"groups\[0\].members: 1000000 items, at most 1000"):
        load(source)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["months", "groups", "id", "members", "p", "points", "coming"]), inner
        )
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(json_values)
def test_any_json_is_read_or_refused(value):
    for read in (load, load_plan, load_market, load_cpmp, load_meeting):
        with suppress(InputError):
            read(value)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('{"months": ["2027-01"], "groups": [{}]}', "groups[0].id: is missing"),
        ("{", "not JSON"),
        ("[NaN]", "not JSON: NaN is no number of JSON"),
        ("[]", "instance: not an object"),
    ],
)
def test_the_command_complains_in_one_line_and_writes_nothing(tmp_path, capsys, text, complaint):
    instance, out = tmp_path / "in.json", tmp_path / "out.json"
    instance.write_text(text, encoding="utf-8")
    assert main(["season", str(instance), "--out", str(out)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert complaint in captured.err
    assert not out.exists()


@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["season"],
        ["dance"],
        ["season", "no-such-file.json"],
        ["season", "-", "--seconds", "0"],
        ["season", "x.json", "--cancel", "g0:2027-01"],
        ["season", "x.json", "--out", "/no/such/folder/plan.json"],
        ["groups"],
        ["tables", "a.json", "--golfer", "5", "3", "6"],
        ["tables", "--golfer", "0", "3", "6"],
    ],
)
def test_bad_arguments_give_one_line_and_exit_2(argv, capsys):
    assert main(argv) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1


def test_too_large_golfers_are_refused():
    with pytest.raises(InputError, match="more than 100000 places"):
        golfer(400, 400, 400)


def test_the_module_runs_with_standard_streams():
    done = subprocess.run(
        [sys.executable, "-m", "ydin.planning", "season", "-", "--seconds", "10"],
        input=json.dumps(sample_season(1, 2, members=16)),
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": "src", "OMP_NUM_THREADS": "1"},
    )
    plan = json.loads(done.stdout)
    assert done.returncode == (3 if plan["unplaced"] else 0)
    assert len(plan["turns"]) + len(plan["unplaced"]) == 12
    assert "turns planned" in done.stderr


def test_a_cancellation_from_the_command_line(tmp_path, capsys):
    instance, first, second = (str(tmp_path / name) for name in ("in.json", "first.json", "second.json"))
    with open(instance, "w", encoding="utf-8") as stream:  # noqa: PTH123
        json.dump(sample_season(1, 1), stream)
    assert main(["season", instance, "--out", first]) == 0
    assert main(["season", instance, "--previous", first, "--cancel", "g0:2027-03", "--out", second]) == 0
    with open(first, encoding="utf-8") as a, open(second, encoding="utf-8") as b:  # noqa: PTH123
        before, after = json.load(a), json.load(b)
    moved = [
        x["month"] for x, y in zip(before["turns"], after["turns"], strict=True) if x["host"] != y["host"]
    ]
    assert moved == ["2027-03"]
    assert main(["season", instance, "--previous", first, "--cancel", "g0"]) == 2
    assert "cancel[0]: g0 is not GROUP:MONTH" in capsys.readouterr().err


def test_importing_the_engine_does_not_import_scipy():
    code = (
        "import sys, time; t = time.process_time(); import ydin.planning.season, ydin.planning.cli;"
        "assert time.process_time() - t < 3; assert 'scipy' not in sys.modules and 'django' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": "src"})
