"""Who sees which facility, assignment and demo, in both barriers; who may do what; states, counts and pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.factories import EnterpriseFactory, PersonFactory, make_group
from tests.institutes.school import School, add_to_team, make_demo, make_school, outsider, today

from ydin.institutes.emails import demo_path
from ydin.institutes.models import (
    Assignment,
    Demo,
    Facility,
    Interest,
    Recruitment,
    RecruitName,
    TeamMember,
)
from ydin.institutes.policies import (
    visible_assignments,
    visible_demos,
    visible_facilities,
    visible_interests,
)
from ydin.institutes.queries import recruited_in
from ydin.institutes.rules import MOVES, Act, DemoState, Side, is_theirs, may_act, next_state
from ydin.institutes.services.demos import Scope, ask_for_demo, show_demo_to, take_demo
from ydin.institutes.services.interest import ask_to_try
from ydin.institutes.services.making import answer_name, deliver_demo, record_recruitment
from ydin.kernel.acting import acting_as
from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.networks.services.outsiders import publish_commitment
from ydin.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return make_school()


def _recruit(demo: Demo, **fields: Any) -> Recruitment:
    values = {"network": demo.network, "institute": demo.institute, "enterprise": demo.enterprise}
    return Recruitment.objects.create(demo=demo, kind="job", **{**values, **fields})


POLICIES = {
    Facility: visible_facilities,
    Assignment: visible_assignments,
    Demo: visible_demos,
    Interest: visible_interests,
}


def _seen(person: Person) -> dict[type, set[int]]:
    """What the person reads, and that both barriers agree on it."""
    found = {}
    for model, policy in POLICIES.items():
        asked = set(policy(person).values_list("pk", flat=True))
        with acting_as(person.pk):
            rows = set(model.objects.values_list("pk", flat=True))
            listed = set(policy(person).values_list("pk", flat=True))
        assert asked == rows == listed, (person, model)
        found[model] = rows
    return found


def _everything(school: School) -> tuple[dict[str, Person], dict[str, Demo]]:
    world = school.world
    other = make_group(members=1)
    neighbours = make_group(members=1, network=world.network)
    rival = make_school(world)
    people = {
        "asker": world.members[0],
        "group": world.members[1],
        "network": neighbours.members[0],
        "stranger": other.members[0],
        "teacher": school.teacher,
        "rival": rival.teacher,
        "team": school.students[0],
        "unsigned": school.students[1],
        "expert": outsider(world, "expert", school.institute, signed=True, name="Asia Tuntija"),
        "coordinator": world.coordinator,
        "national": world.national,
        "nobody": PersonFactory(),
    }
    demos = {}
    for state in ("asked", "taken"):
        for audience in ("team", "group", "network"):
            page = Assignment.objects.get(pk=school.assignment.pk)
            page.pk, page.title = None, f"{state} {audience}"
            page.save()
            demo = make_demo(school, assignment=page, state=state, audience=audience)
            add_to_team(demo, *school.students)
            demos[f"{state} {audience}"] = demo
    return people, demos


def test_both_barriers_show_a_demo_to_those_whom_it_is_for(school: School) -> None:
    people, demos = _everything(school)
    draft = make_school(school.world, state="draft")
    seen = {name: _seen(person) for name, person in people.items()}
    every, taken_group = set(demos), {"taken group", "taken network"}
    expected = {
        "asker": every,
        "teacher": every,
        "team": every,
        "group": taken_group,
        "coordinator": taken_group,
        "network": {"taken network"},
        "national": {"taken network"},
        "rival": set(),
        "unsigned": set(),
        "expert": set(),
        "stranger": set(),
        "nobody": set(),
    }
    for name, keys in expected.items():
        assert seen[name][Demo] == {demos[key].pk for key in keys}, name
    for name in ("rival", "unsigned", "expert", "stranger", "nobody", "team"):
        assert school.facility.pk not in seen[name][Facility], name
    for name in ("asker", "network", "teacher", "national"):
        assert school.facility.pk in seen[name][Facility], name
        assert draft.facility.pk not in seen[name][Facility], name
    assert seen["team"][Assignment] == {demo.assignment_id for demo in demos.values()}
    assert seen["unsigned"][Assignment] == set()


def test_a_changed_commitment_closes_institute_and_team(school: School) -> None:
    demo = make_demo(school, state="taken")
    add_to_team(demo, school.students[0])
    publish_commitment(actor=school.world.national, network=school.world.network, texts={"fi": "Uusi"})
    for person in (school.teacher, school.students[0]):
        assert all(rows == set() for rows in _seen(person).values())
    link = demo_path(demo, school.students[0])
    assert Client().get(link).headers["Location"].startswith("/p/")


def test_team_names_and_recruitments_are_for_the_two_sides(school: School) -> None:
    demo = make_demo(school, state="assessed", audience="network")
    add_to_team(demo, school.students[0])
    row = _recruit(demo)
    name = RecruitName.objects.create(
        recruitment=row,
        network=demo.network,
        institute=demo.institute,
        enterprise=demo.enterprise,
        person=school.students[0],
    )
    world = school.world

    def rows(model: Any, person: Person) -> int:
        with acting_as(person.pk):
            return int(model.objects.count())

    for person, team, hired, named in (
        (world.members[0], 1, 1, 1),
        (school.teacher, 1, 1, 0),
        (school.students[0], 1, 1, 1),
        (school.students[1], 0, 0, 0),
        (world.members[1], 0, 0, 0),
        (world.national, 0, 0, 0),
        (world.coordinator, 0, 0, 0),
    ):
        got = rows(TeamMember, person), rows(Recruitment, person), rows(RecruitName, person)
        assert got == (team, hired, named), person
    with pytest.raises(NotAllowed):
        answer_name(actor=world.members[0], name=name, shows=True)
    answer_name(actor=school.students[0], name=name, shows=True)
    assert rows(RecruitName, school.teacher) == 1
    answer_name(actor=school.students[0], name=name, shows=False)
    assert rows(RecruitName, school.teacher) == 0


def test_no_number_from_fewer_than_three_companies_nor_where_one_has_most(school: School) -> None:
    demo, network = make_demo(school, state="assessed"), school.world.network
    _recruit(demo)
    _recruit(demo, enterprise=school.world.companies[1])
    reader = school.world.members[1]

    def told(person: Person) -> int | None:
        with acting_as(person.pk):
            return recruited_in(network.pk)

    assert told(reader) is None, "two companies"
    third = EnterpriseFactory(network=network)
    _recruit(demo, enterprise=third)
    assert told(reader) == 3
    assert told(school.teacher) == 3
    assert told(PersonFactory()) is None, "a stranger"
    for _n in range(7):
        _recruit(demo, enterprise=third)
    assert told(reader) is None, "one has most"


def _scope(**more: Any) -> Scope:
    return Scope(**{"wanted": "x", "contact": "040 111 2222", **more})


def test_who_asks_and_for_what(school: School) -> None:
    world = school.world
    ask: dict[str, Any] = {
        "assignment": school.assignment,
        "enterprise": world.companies[0],
        "group": world.group,
    }
    for actor in (world.members[1], world.national, school.teacher, world.coordinator):
        with pytest.raises(NotAllowed):
            ask_for_demo(actor=actor, scope=_scope(), **ask)
    for scope in (_scope(wanted=" "), _scope(contact="")):
        with pytest.raises(Refused):
            ask_for_demo(actor=world.members[0], scope=scope, **ask)
    for change in ({"state": "down"}, {"state": "shown", "ask_by": today() - timedelta(days=1)}):
        Assignment.objects.filter(pk=school.assignment.pk).update(**change)
        with pytest.raises(Refused):
            ask_for_demo(
                actor=world.members[0],
                scope=_scope(),
                **{**ask, "assignment": Assignment.objects.get(pk=school.assignment.pk)},
            )
    try_it: dict[str, Any] = {"facility": school.facility, "contact": "040", "wish": ""}
    with pytest.raises(NotAllowed):
        ask_to_try(actor=world.members[1], enterprise=world.companies[0], **try_it)
    with pytest.raises(Refused):
        ask_to_try(actor=world.members[0], enterprise=world.companies[0], **{**try_it, "contact": " "})


def test_acts_are_of_their_side_state_and_version(school: School) -> None:
    demo, world = make_demo(school), school.world
    with pytest.raises(NotAllowed):
        take_demo(actor=world.members[0], demo=demo, version=1)
    with pytest.raises(NotAllowed):
        take_demo(actor=make_school(world).teacher, demo=demo, version=1)
    with pytest.raises(Conflict):
        take_demo(actor=school.teacher, demo=demo, version=7)
    with pytest.raises(Refused):
        deliver_demo(actor=school.teacher, demo=demo, version=1, told="x")
    demo = take_demo(actor=school.teacher, demo=demo, version=1)
    with pytest.raises(Refused):
        record_recruitment(actor=world.members[0], demo=demo, version=2, kind="job")
    colleague = PersonFactory()
    with pytest.raises(NotAllowed):
        show_demo_to(actor=colleague, demo=demo, version=2, audience="network")
    demo = show_demo_to(actor=world.members[0], demo=demo, version=2, audience="network")
    assert (demo.state, demo.audience) == ("taken", "network")


def test_the_table_of_states_is_whole() -> None:
    for (state, act), (after, sides) in MOVES.items():
        assert next_state(state, act) == after
        assert sides
        assert all(may_act(state, act, {side}) == (side in sides) for side in Side)
        assert all(is_theirs(act, {side}) for side in sides)
    for state in (DemoState.DECLINED, DemoState.WITHDRAWN):
        assert not any(may_act(state, act, set(Side)) for act in Act), "these are ends"
    reached = {after for after, _sides in MOVES.values()} | {DemoState.ASKED}
    assert reached == set(DemoState)
