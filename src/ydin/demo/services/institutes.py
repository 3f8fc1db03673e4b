"""What the sample institutes open to companies, what their students make, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from ydin.demo.rules.institutes import (
    ASK_WITHIN,
    ASSIGNMENTS,
    BEGINS,
    DEMOS,
    DOMAINS,
    FACILITIES,
    LASTS,
    STUDENTS,
    TEACHERS,
    WISHES,
    Outsider,
    SampleDemo,
    Until,
)
from ydin.demo.services.network import Built
from ydin.institutes.models import Assignment, Demo, Facility
from ydin.institutes.rules import RecruitKind, Usable
from ydin.institutes.services.demos import Scope, ask_for_demo, take_demo
from ydin.institutes.services.interest import answer_interest, ask_to_try
from ydin.institutes.services.making import (
    answer_name,
    assess_demo,
    deliver_demo,
    name_team,
    record_recruitment,
)
from ydin.institutes.services.pages import show_page, write_assignment, write_facility
from ydin.networks.models import Organisation, Region
from ydin.networks.queries import utc_today
from ydin.networks.rules import OrganisationKind
from ydin.networks.rules.outsiders import SignedHow
from ydin.networks.services.outsiders import invite_outsider, record_paper_commitment, sign_commitment
from ydin.networks.services.setup import create_organisation
from ydin.people.models import Person


@dataclass
class _Schools:
    institutes: dict[str, Organisation]
    regions: dict[str, Region | None]
    people: dict[str, Person] = field(default_factory=dict)
    teachers: dict[str, Person] = field(default_factory=dict)


@transaction.atomic
def build_institutes(*, actor: None, built: Built) -> None:
    """Build both institutes; their people sign, publish, make and deliver, each by their own hand."""
    institutes = {
        name: create_organisation(
            actor=actor, network=built.network, name=name, kind=OrganisationKind.INSTITUTE
        )
        for name in DOMAINS
    }
    groups = dict(zip(DOMAINS, ("ylivieska", "kokkola"), strict=True))
    regions = {name: built.groups[slug].group.region for name, slug in groups.items()}
    schools = _Schools(institutes, regions)
    for one in (*TEACHERS, *STUDENTS):
        person = _ask_in(actor, built, schools, one)
        schools.people[one.name] = person
        if one.role == "institute":
            schools.teachers[one.institute] = person
    facilities = [_facility(schools, name, values) for name, values in FACILITIES]
    assignments = {key: _assignment(schools, *told) for key, told in ASSIGNMENTS.items()}
    for demo in DEMOS:
        _demo(built, schools, assignments[demo.assignment], demo)
    _wish(built, schools, facilities)


def _ask_in(actor: None, built: Built, schools: _Schools, one: Outsider) -> Person:
    asking = schools.teachers.get(one.institute) or built.national
    given = invite_outsider(
        actor=asking,
        network=built.network,
        email=one.email,
        name=one.name,
        language=one.language,
        role=one.role,
        organisation=schools.institutes[one.institute],
    )
    person = given.person
    if one.signed == SignedHow.PAPER:
        record_paper_commitment(actor=actor, network=built.network, person=person, number=0)
    elif one.signed:
        sign_commitment(actor=person, network=built.network, number=0, how=SignedHow(one.signed))
    return person


def _facility(schools: _Schools, name: str, values: dict[str, Any]) -> Facility:
    teacher, institute = schools.teachers[name], schools.institutes[name]
    told = {**values, "region": schools.regions[name]}
    made = write_facility(actor=teacher, institute=institute, values=told)
    return show_page(actor=teacher, page=made, version=made.version)


def _assignment(schools: _Schools, name: str, values: dict[str, Any]) -> Assignment:
    teacher, today = schools.teachers[name], utc_today()
    days = {
        "starts_on": today + BEGINS,
        "ends_on": today + BEGINS + LASTS,
        "ask_by": today + ASK_WITHIN,
        "region": schools.regions[name],
    }
    institute = schools.institutes[name]
    made = write_assignment(actor=teacher, institute=institute, values={**values, **days})
    return show_page(actor=teacher, page=made, version=made.version)


def _demo(built: Built, schools: _Schools, assignment: Assignment, one: SampleDemo) -> None:
    area = built.groups[one.group]
    company = area.members[one.company % len(area.members)]
    person = area.people[company.pk][0]
    demo = ask_for_demo(
        actor=person,
        assignment=assignment,
        enterprise=company,
        group=area.group,
        scope=Scope(**one.scope),
        audience=one.audience,
    )
    if one.until == Until.ASKED:
        return
    teacher = next(who for who in schools.teachers.values() if who.pk == assignment.author_id)
    demo = take_demo(actor=teacher, demo=demo, version=demo.version)
    team = [schools.people[name] for name in one.team]
    demo = name_team(actor=teacher, demo=demo, version=demo.version, students=[who.pk for who in team])
    if one.until == Until.MADE:
        return
    demo = deliver_demo(actor=team[0], demo=demo, version=demo.version, told=one.told, link=one.link)
    if one.until == Until.RECRUITED:
        _assess(demo, person, schools.people[one.recruits], one)


def _assess(demo: Demo, person: Person, student: Person, one: SampleDemo) -> None:
    demo = assess_demo(
        actor=person, demo=demo, version=demo.version, usable=Usable.YES, learned=one.learned, again=True
    )
    made = record_recruitment(
        actor=person, demo=demo, version=demo.version, kind=RecruitKind.SUMMER, student=student
    )
    answer_name(actor=student, name=made.name, shows=True)


def _wish(built: Built, schools: _Schools, facilities: list[Facility]) -> None:
    for number, (place, slug, index, wish, contact) in enumerate(WISHES):
        area = built.groups[slug]
        company = area.members[index % len(area.members)]
        person = area.people[company.pk][0]
        facility = facilities[place]
        interest = ask_to_try(actor=person, facility=facility, enterprise=company, contact=contact, wish=wish)
        if number > 0:
            teacher = next(who for who in schools.teachers.values() if who.pk == facility.author_id)
            answer_interest(actor=teacher, interest=interest, version=1, agrees=True, answer="Tervetuloa!")
