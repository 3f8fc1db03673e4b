"""Core groups with their companies, people and seats."""

from __future__ import annotations

import random
from datetime import date, timedelta

from django.db import transaction

from ydin.demo.rules import words
from ydin.demo.rules.network import SEED, SampleArea, SampleCompany
from ydin.demo.rules.parts import LEFT, VISITORS, is_member
from ydin.demo.rules.year import months_off
from ydin.demo.services.network import LONG_AGO, Built, BuiltGroup
from ydin.groups.models import CoreGroup
from ydin.groups.queries import readers_of, rules_now
from ydin.groups.rules import GroupKind, SeatState
from ydin.groups.services.groups import add_coordinator, create_group, publish_ground_rules, update_group
from ydin.groups.services.public import agree_to_be_named
from ydin.groups.services.seats import change_seat, give_seat
from ydin.groups.services.trust import accept_ground_rules, record_paper_acceptance
from ydin.networks.models import Enterprise
from ydin.networks.services.setup import add_representative, create_enterprise
from ydin.people.models import Person
from ydin.people.services import get_or_create_person

NEW_SHARE = 0.2
PAPER = 4
"""Of five, the one that signed on paper."""
SHARED_CARDS = 0.7


@transaction.atomic
def build_group(*, actor: None, built: Built, area: SampleArea, companies: list[SampleCompany]) -> BuiltGroup:
    """Create a group with everybody who has, had or wants a seat in it."""
    group = _group(actor, built, area)
    coordinator = built.coordinators[area.coordinator]
    spell = add_coordinator(actor=actor, group=group, person=coordinator, starts_on=LONG_AGO)
    agree_to_be_named(actor=actor, coordinator=spell)
    publish_ground_rules(actor=actor, group=group, texts=words.GROUND_RULES, valid_from=LONG_AGO)
    made = BuiltGroup(area, group, coordinator, [], [], {}, {})
    draw = random.Random(f"{SEED} {area.slug}")  # noqa: S311 - repeatable, nothing secret
    for index, sample in enumerate(companies):
        since = _since(draw, built.diary.today, index, len(companies))
        company, people = _company(actor, built, sample, since, shared=draw.random() < SHARED_CARDS)
        made.companies.append(company)
        made.people[company.pk], made.since[company.pk] = people, since
        place = (index, len(companies))
        _seat(actor=actor, made=made, company=company, place=place, today=built.diary.today)
        if is_member(index, len(companies)):
            made.members.append(company)
    _promise(made)
    return made


def _promise(made: BuiltGroup) -> None:
    """Let those inside accept the ground rules, each fifth on paper; who came last has not done so yet."""
    inside = readers_of(made.group)
    number = rules_now(made.group, made.group.language).number
    for index, one in enumerate(inside):
        if one.enterprise == made.members[-1]:
            continue
        if index % 5 == PAPER:
            record_paper_acceptance(
                actor=made.coordinator, group=made.group, person=one.person, number=number
            )
        else:
            accept_ground_rules(actor=one.person, group=made.group, number=number)


def _group(actor: None, built: Built, area: SampleArea) -> CoreGroup:
    centre = area.municipalities[0]
    return create_group(
        actor=actor,
        network=built.network,
        slug=area.slug,
        name=area.group,
        organisation=built.organisations[area.coordinator],
        region=built.regions[area.sub_region_code],
        kind=GroupKind.ONLINE if area.online else GroupKind.PLACE,
        about=words.ABOUT_ONLINE if area.online else words.ABOUT_GROUP,
        about_texts={} if area.online else words.ABOUT_GROUP_TEXTS,
        latitude=centre.latitude,
        longitude=centre.longitude,
        months_off=months_off(built.diary.today),
    )


def _since(draw: random.Random, today: date, index: int, size: int) -> date:
    if index >= size - VISITORS:
        return today - timedelta(days=20)
    if is_member(index, size) and index > size // 2 and draw.random() < NEW_SHARE:
        return today - timedelta(days=draw.randint(60, 300))
    return LONG_AGO + timedelta(days=draw.randint(0, 400))


def _company(
    actor: None, built: Built, sample: SampleCompany, since: date, *, shared: bool
) -> tuple[Enterprise, list[Person]]:
    company = create_enterprise(
        actor=actor,
        network=built.network,
        name=sample.name,
        business_id=sample.business_id,
        municipality=built.municipalities[sample.municipality.code],
        address=sample.address,
        latitude=sample.latitude,
        longitude=sample.longitude,
        industry_code=sample.trade.nace,
        industry_version="NACE 2.1",
        head_count=sample.head_count,
        premises_capacity=sample.capacity,
        description=sample.trade.about,
        languages=sorted({person.language for person in sample.people}),
        is_sample=True,
    )
    people = []
    for one in sample.people:
        person = get_or_create_person(actor=actor, email=one.email, name=one.name, language=one.language)
        add_representative(
            actor=actor, enterprise=company, person=person, starts_on=since, phone=one.phone, shared=shared
        )
        people.append(person)
    return company, people


def _seat(*, actor: None, made: BuiltGroup, company: Enterprise, place: tuple[int, int], today: date) -> None:
    group, since = made.group, made.since[company.pk]
    index, size = place
    visits = index >= size - VISITORS
    state = SeatState.VISITOR if visits else SeatState.MEMBER
    seat = give_seat(actor=actor, group=group, enterprise=company, state=state, starts_on=since)
    if visits or is_member(index, size):
        return
    if index < size - VISITORS - LEFT:
        change_seat(actor=actor, seat=seat, state=SeatState.PAUSED)
    else:
        change_seat(actor=actor, seat=seat, state=SeatState.LEFT, on=today - timedelta(days=90))


def join_neighbours(*, actor: None, built: Built) -> None:
    """Make the groups of a region neighbours of one another."""
    for one in built.groups.values():
        near = [g.group for g in built.groups.values() if g.area.region == one.area.region and g is not one]
        one.group.refresh_from_db(fields=["version"])
        one.group = update_group(actor=actor, group=one.group, version=one.group.version, neighbours=near)
