"""An institute, what it publishes, and a demo that its students make for the member's company, for the walk."""

from __future__ import annotations

from tests.factories import GroupWorld
from tests.institutes.school import make_demo, make_school

from ydin.institutes.models import Assignment, Demo, Facility, Interest
from ydin.kernel.links import make_token
from ydin.networks.models import RoleAssignment

DEMO = "SECRET-DEMO"


def build_institutes(ours: GroupWorld) -> None:
    """Let the member ask for a demo that the group may read, and for a facility."""
    school = make_school(ours)
    member, company = ours.members[1], ours.companies[1]
    make_demo(school, enterprise=company, asker=member, wanted=DEMO, audience="group", state="taken")
    Interest.objects.create(
        network=ours.network,
        institute=school.institute,
        facility=school.facility,
        enterprise=company,
        asker=member,
        contact=DEMO,
    )


def institute_keys() -> tuple[tuple[str, object], ...]:
    """Return the ids by the beginning of the address."""
    demo, teacher = Demo.objects.latest("pk"), RoleAssignment.objects.filter(role="institute").latest("pk")
    return (
        ("institutes/facilities/", Facility.objects.latest("pk").pk),
        ("institutes/assignments/", Assignment.objects.latest("pk").pk),
        ("institutes/interests/", Interest.objects.latest("pk").pk),
        ("institutes/demos/", demo.pk),
        ("institutes/<int:pk>/", demo.institute_id),
        ("networks/<slug:slug>/outsiders/", teacher.pk),
    )


def institute_tokens() -> tuple[tuple[str, str], ...]:
    """Return the beginnings of addresses behind a link, with their tokens."""
    demo, teacher = Demo.objects.latest("pk"), RoleAssignment.objects.filter(role="institute").latest("pk")
    return (
        ("d/", make_token("demo", demo.pk, demo.asker_id or 0)),
        ("d/a/", make_token("assignment", demo.assignment_id, demo.asker_id or 0)),
        ("d/f/", make_token("facility", Facility.objects.latest("pk").pk, demo.asker_id or 0)),
        ("p/", make_token("commitment", teacher.network_id, teacher.person_id)),
    )
