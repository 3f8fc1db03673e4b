"""The lists on "Who can see me" are what the two barriers do, person by person."""

from __future__ import annotations

import re

import pytest
from tests.factories import LONG_AGO, EnterpriseFactory, GroupWorld, PersonFactory, make_group, make_meeting

from ydin.groups.models import Seat
from ydin.groups.policies import visible_enterprises
from ydin.kernel.acting import acting_as
from ydin.meetings.models import Attendance, Memo, Rsvp
from ydin.networks.models import ContactCard, Enterprise, Representative
from ydin.networks.queries import enterprises_of
from ydin.people.models import Person
from ydin.trust.documents.seen import names, of_company, of_person
from ydin.trust.queries import circles_of


@pytest.fixture
def ours(db: None) -> GroupWorld:
    world = make_group(members=3)
    other = make_group(members=1)
    for index, person in enumerate((*world.members, *other.members)):
        person.name = f"Member {index}"
        person.save()
    colleague = PersonFactory(name="Colleague")
    Representative.objects.create(person=colleague, enterprise=world.companies[0], starts_on=LONG_AGO)
    visitor, firm = PersonFactory(name="Visitor"), EnterpriseFactory(network=world.network)
    Representative.objects.create(person=visitor, enterprise=firm, starts_on=LONG_AGO)
    Seat.objects.create(group=world.group, enterprise=firm, state="visitor", starts_on=LONG_AGO)
    meeting = make_meeting(world, invited=False)
    Memo.objects.create(meeting=meeting, group=world.group)
    me = {"meeting": meeting, "group": world.group, "person": world.members[0]}
    Rsvp.objects.create(**me)
    Attendance.objects.create(**me, recorded="code")
    acts = Representative.objects.get(person=world.members[0])
    ContactCard.objects.create(representative=acts, phone="040")
    return world


def _readers(model: type, **where: object) -> list[str]:
    found = []
    for person in Person.objects.all():
        with acting_as(person.pk):
            if model.objects.filter(**where).exists():
                found.append(person)
    return names(found)


@pytest.mark.parametrize("shared", [True, False])
def test_the_lists_are_true(ours: GroupWorld, shared: bool) -> None:
    me = ours.members[0]
    ContactCard.objects.update(shared_with_group=shared)
    own, cards, group = of_person(me, circles_of(enterprises_of(me), me))
    assert own.pieces[0].who == [str(me)]
    assert cards.pieces[0].who == _readers(ContactCard)
    said, answers, present, _seat = group.pieces
    assert said.who == _readers(Memo)
    assert answers.who == _readers(Rsvp)
    assert present.who == _readers(Attendance)
    assert ("Visitor" in cards.pieces[0].who, "Member 1" in cards.pieces[0].who) == (False, shared)


def test_the_company_s_page(ours: GroupWorld) -> None:
    firm = ours.companies[0]
    people = [r.person for r in firm.representatives.all()]
    parts = of_company(firm.name, people, circles_of(Enterprise.objects.filter(pk=firm.pk), None))
    opens = [p for p in Person.objects.all() if visible_enterprises(p).filter(pk=firm.pk).exists()]
    assert parts[0].pieces[0].who == names(opens)


def test_pages(ours: GroupWorld, as_person) -> None:
    client, firm = as_person(ours.members[0]), ours.companies[0]
    text = client.get("/me/seen/").content.decode()
    assert "What you say: memos and promises" in text
    assert re.search(r"<li>Colleague</li>", text)
    assert f"/networks/companies/{firm.pk}/seen/" in text
    assert client.get(f"/networks/companies/{firm.pk}/seen/").status_code == 200
    for stranger in (ours.members[1], make_group(members=1).coordinator):
        assert as_person(stranger).get(f"/networks/companies/{firm.pk}/seen/").status_code == 404
    assert as_person(None).get("/me/seen/").status_code == 302
